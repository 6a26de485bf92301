"""The table of `docs/media-quality.md`: what a run counted, as it is, with the command that made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from defects.ablation import CATCHES
from defects.bounds import LEAST_HOURS, rate_shown, wilson_lower
from defects.detector import bound_rules
from defects.expected import EXPECTED
from defects.goals import ALARMS_ASKED, ALARMS_FAILED, BALANCE_LU, BALANCE_SHARE, GOALS
from defects.material import HALVES, Half, music, shots, synthetic_voices, voices
from defects.names import NAMES, called, sized
from defects.notes import HEAD, METHOD
from defects.tally import Clean, CleanKey, Key, Row, clean, filter_alarms, rows
from defects.trials import Result

ABSENT = "—"


def page(results: Sequence[Result], half: Half, command: str, planned: int) -> str:
    """The whole page in Markdown, without dates."""
    found = rows(results)
    parts = [
        HEAD.format(command=command, half=half) + _unfinished(len(results), planned),
        _material(half),
        _goals(found),
        _recall(found),
        _alarms(clean(results)),
        _balance(found),
        _ablation(found, filter_alarms(results)),
        _unjudged(results),
        METHOD,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _unfinished(done: int, planned: int) -> str:
    """That the run was stopped for want of time, where it was."""
    if done == planned:
        return ""
    return (
        f"\n\n这次运行因时间用完停在中途：计划 {planned} 个文件，做完 {done} 个；做哪些先后在看到结果之前已定。 · This run was stopped for want "
        f"of time: {done} of {planned} planned files were done, in an order set before any result was seen."
    )


def grid(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def share(row: Row | None) -> str:
    """Caught of tried, in percent, with the bound."""
    if row is None or not row.trials:
        return ABSENT
    return f"{row.caught}/{row.trials} = {row.caught / row.trials:.1%} (≥{wilson_lower(row.caught, row.trials):.1%})"


def pooled(found: dict[Key, Row], defect: str, magnitude: float, medium: str) -> Row | None:
    """Both bit rates together."""
    cells = [row for (d, m, _, its), row in found.items() if (d, m, its) == (defect, magnitude, medium)]
    if not cells:
        return None
    row = Row()
    for cell in cells:
        row.add(cell)
    return row


def _material(half: Half) -> str:
    body = []
    for name in HALVES:
        families = {shot.family for shot in shots(name)}
        body.append(
            [
                f"{name}{' （本表 · this table）' if name == half else ''}", str(len(voices(name))), str(len(synthetic_voices(name)) or "无 · absent"),
                f"{len(shots(name))} / {len(families)}", str(sum(shot.fixed for shot in shots(name))), str(len(music(name))),
            ]
        )  # fmt: skip
    head = [
        "一半 · half", "真人说话人 · real speakers", "合成嗓音 · synthetic voices", "真实镜头／来源族 · real clips / families",
        "其中固定机位 · of these, camera fixed", "音乐 · pieces of music",
    ]  # fmt: skip
    return "## 素材 · Material\n\n" + grid(head, body)


def _goals(found: dict[Key, Row]) -> str:
    body = []
    for goal in GOALS:
        real, drawn = (pooled(found, goal.defect, goal.magnitude, medium) for medium in ("real", "synthetic"))
        if real is None or not real.trials:
            continue
        bound = wilson_lower(real.caught, real.trials)
        if bound >= goal.share:
            word = "达到 · met"
        elif real.caught / real.trials >= goal.share:
            word = "未证明 · not borne out"
        else:
            word = "未达到 · not met"
        body.append(
            [
                called(goal.defect),
                sized(goal.defect, goal.magnitude),
                f"{goal.share:.0%}",
                share(real),
                word,
                share(drawn),
            ]
        )
    if not body:
        return ""
    text = "两种码率合计；以 95 % 威尔逊区间的下端为准。 · Both bit rates pooled; judged on the lower end of the 95 % Wilson interval."
    head = ["缺陷 · defect", "大小 · size", "目标 · goal", "真实 · real", "结论 · verdict", "合成 · synthetic"]
    return f"## 目标 · Goals\n\n{text}\n\n{grid(head, body)}"


def _recall(found: dict[Key, Row]) -> str:
    body = []
    order = {name: index for index, name in enumerate(NAMES)}
    for defect, magnitude, bits in sorted(
        {key[:3] for key in found}, key=lambda key: (order[key[0]], key[1], key[2] != "low")
    ):
        real, drawn = (found.get((defect, magnitude, bits, medium)) for medium in ("real", "synthetic"))
        body.append(
            [
                called(defect), sized(defect, magnitude), bits, share(real), _clips(real), _asked(real), _errors(real),
                share(drawn), _clips(drawn), _asked(drawn),
            ]
        )  # fmt: skip
    head = [
        "缺陷 · defect", "大小 · size", "码率 · bit rate", "真实：查出 · real: caught", "片段／来源／循环 · clips / sources / looped",
        "只提请看 · only asked", "位置误差 · place error", "合成：查出 · synthetic: caught", "片段／来源／循环", "只提请看",
    ]  # fmt: skip
    return "## 查出率 · Recall\n\n" + grid(head, body)


def _clips(row: Row | None) -> str:
    return ABSENT if row is None or not row.trials else f"{len(row.clips)} / {len(row.sources)} / {row.looped}"


def _asked(row: Row | None) -> str:
    return ABSENT if row is None or not row.trials else str(row.asked)


def _errors(row: Row | None) -> str:
    if row is None or not row.errors:
        return ABSENT
    middle, ninety = np.percentile(row.errors, [50, 90])
    return f"{middle:.2f} s, P90 {ninety:.2f} s"


def _alarms(found: dict[CleanKey, Clean]) -> str:
    body = []
    for clause, bits in sorted({key[:2] for key in found}, key=lambda key: (key[0], key[1] != "low")):
        line = [clause, bits]
        for medium in ("real", "synthetic"):
            row = found.get((clause, bits, medium))
            line += [ABSENT, ABSENT] if row is None else [_rate(row.failed, row.seconds), _rate(row.asked, row.seconds)]
        body.append(line)
    if not body:
        return ""
    text = (
        f"每小时次数（95 % 上限）；不循环的干净素材不足 {LEAST_HOURS:.0f} 小时的，只写次数和小时数。目标：误判不合格每小时少于 {ALARMS_FAILED}，"
        f"提请看少于 {ALARMS_ASKED:.0f}。\n\nAn hour (95 % upper bound); below {LEAST_HOURS:.0f} hours of clean, unlooped material only the "
        f"count and the hours. Goal: under {ALARMS_FAILED} false failures and {ALARMS_ASKED:.0f} requests to look an hour."
    )
    head = ["条款 · clause", "码率 · bit rate", "真实：不合格 · real: failed", "真实：提请看 · real: cantTell", "合成：不合格 · synthetic: failed",
            "合成：提请看 · synthetic: cantTell"]  # fmt: skip
    return f"## 干净素材上的误报 · Alarms on clean material\n\n{text}\n\n{grid(head, body)}{_places(found)}"


def _rate(count: int, seconds: float) -> str:
    return rate_shown(count, seconds / 3600)


def _places(found: dict[CleanKey, Clean]) -> str:
    """Where false failures stood, for whoever mends the rule."""
    counts: dict[str, int] = {}
    for row in found.values():
        for place, count in row.places.items():
            counts[place] = counts.get(place, 0) + count
    if not counts:
        return ""
    lines = [
        f"- {place} ×{count}" for place, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:30]
    ]
    return "\n\n误判所在（最多 30 处） · Where the false failures stood (30 at most):\n\n" + "\n".join(lines)


_READ = (("music-balance", "plain"), ("music-balance", "ducked"), ("live-balance", ""), ("sync", ""))
"""Quantities that are read, by defect and, where both are planned, by variant."""
_VARIANTS = {"": "", "plain": "，不压低 · not ducked", "ducked": "，讲话时压低 · ducked under the words"}


def _balance(found: dict[Key, Row]) -> str:
    body = []
    for defect, variant in _READ:
        for medium in ("real", "synthetic"):
            cells = [row for (d, _, _, its), row in found.items() if (d, its) == (defect, medium)]
            tried = sum(variant in ("", its) for row in cells for its in row.variants)
            if not tried or not EXPECTED.get(defect) or not EXPECTED[defect].value:
                continue
            errors = [abs(read - true) for row in cells for its, true, read in row.values if variant in ("", its)]
            unit = "ms" if defect == "sync" else "LU"
            ends = [f"{np.percentile(errors, p):.2f} {unit}" for p in (50, 90)] if errors else [ABSENT, ABSENT]
            body.append([called(defect) + _VARIANTS[variant], medium, f"{len(errors)}/{tried}", *ends])
    if not body:
        return ""
    text = (
        f"有读数的那些试验。目标：P{BALANCE_SHARE * 100:.0f} ≤ {BALANCE_LU} LU。 · Of the trials with a reading. "
        f"Goal: P{BALANCE_SHARE * 100:.0f} ≤ {BALANCE_LU} LU."
    )
    head = [
        "量 · quantity",
        "素材 · material",
        "有读数 · with a reading",
        "误差中位 · median error",
        "误差 P90 · error at P90",
    ]
    return f"## 读数误差 · Error of the readings\n\n{text}\n\n{grid(head, body)}"


def _ablation(found: dict[Key, Row], alarms: dict[str, tuple[int, float]]) -> str:
    body = []
    for defect in NAMES:
        for magnitude in sorted({key[1] for key in found if key[0] == defect}):
            row = pooled(found, defect, magnitude, "real")
            if row is None or not row.trials:
                continue
            names = "、".join(CATCHES[defect]) or "无 · none"
            theirs = Row(trials=row.filtered, caught=row.filters)
            body.append([called(defect), sized(defect, magnitude), names, share(theirs), share(row)])
    head = ["缺陷 · defect", "大小 · size", "滤镜 · filter", "滤镜查出 · filter catches", "本软件 · this software"]
    lines = [
        f"- {name}: {count} 次／{seconds / 3600:.2f} 小时 · {count} in {seconds / 3600:.2f} h"
        for name, (count, seconds) in alarms.items()
    ]
    text = (
        "同样的试验（按摘要抽三分之一），用 FFmpeg 自带滤镜（silencedetect、ebur128、astats、scdet、freezedetect、blackdetect），阈值取对它们有利的值；真实素材，两种码率合计。"
        " · The same trials, a third of them drawn by digest, by FFmpeg's own filters with thresholds set in their favour; real material, both bit rates."
    )
    tail = "它们在干净真实素材上的报警（低码率；剪辑点也算） · What they raise on clean real material (low bit rate; cuts count too):\n\n"
    return (
        f"## 对照：FFmpeg 自带滤镜 · Beside FFmpeg's own filters\n\n{text}\n\n{grid(head, body)}\n\n{tail}"
        + "\n".join(lines)
    )


def _unjudged(results: Sequence[Result]) -> str:
    """Rules that crashed or could not judge, and defects for which there is no rule: silence is not a pass."""
    counts: dict[str, int] = {}
    for result in results:
        for rule in result.look.crashed:
            counts[f"{rule}: 程序出错 · crashed"] = counts.get(f"{rule}: 程序出错 · crashed", 0) + 1
    ruleless = [called(defect) for defect in NAMES if not any(rule in bound_rules() for rule in _rules(defect))]
    lines = [f"- {word} ×{count}" for word, count in sorted(counts.items())]
    if ruleless:
        lines.append("- 还没有规则可查，一律算漏 · no rule yet, counted as missed: " + "；".join(ruleless))
    return "## 未能判断 · Not judged\n\n" + "\n".join(lines) if lines else ""


def _rules(defect: str) -> tuple[str, ...]:
    expected = EXPECTED.get(defect)
    return expected.rules if expected else ()
