"""`python -m kebao.demo OUT`: make the demonstration's packages, check them, and say where the reports lie.

Exit codes: 0 the check found the planted faults and nothing else; 1 it did not; 2 something is missing or in the way;
3 the disk cannot be written.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TextIO

from kebao.demo.making import Made, make
from kebao.demo.planted import PLANTED, expected, found
from kebao.model.errors import KebaoError
from kebao.model.text import Text

USAGE, UNWRITABLE = 2, 3


def main(arguments: list[str]) -> int:
    """Run, print, and give the exit code; nothing that can happen to a newcomer ends in a traceback."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        _say("用法 · usage: python -m kebao.demo 文件夹 FOLDER", sys.stderr)
        return USAGE
    try:
        return _run(Path(arguments[0]))
    except KebaoError as error:
        _complain(error.message)
        return USAGE
    except OSError as error:
        reason = error.strerror or type(error).__name__
        name = f"“{error.filename}”" if error.filename else ""
        _complain(
            Text(
                zh=f"写不进去 {name}：{reason}。请检查磁盘空间和权限，或换一个文件夹。",
                en=f"Cannot write {name}: {reason}. Look at free space and permissions, or choose another folder.",
            )
        )
        return UNWRITABLE


def _run(out: Path) -> int:
    started = time.monotonic()
    sound, faulty = make(out, films=_film, step=_step)
    whole = time.monotonic() - started
    right = found(sound.report) == [] and found(faulty.report) == expected()
    _say("")
    _show(Text(zh="合格的课程包", en="The conforming package"), sound)
    _show(Text(zh=f"有问题的课程包（放进了 {len(PLANTED)} 个错误）", en=f"With {len(PLANTED)} planted faults"), faulty)
    if not right:
        _complain(
            Text(
                zh="检查结果和放进去的错误对不上，请把上面的输出反馈给开发者。",
                en="The check did not find exactly what was planted; please report the lines above.",
            )
        )
    _say(f"用时 {whole:.0f} 秒。用浏览器打开上面的检查报告就能看。 Took {whole:.0f} s; open the reports in a browser.")
    return 0 if right else 1


def _show(what: Text, made: Made) -> None:
    _say(f"{what.zh} · {what.en}")
    _say(f"  结论　　{made.report.verdict.sentence.zh}")
    _say(f"          {made.report.verdict.sentence.en}")
    _say(f"  检查报告 {made.page.resolve()}")
    _say(f"  课程包　 {(made.archive or made.folder).resolve()}")
    _say("")


def _step(what: Text) -> None:
    _say(f"· {what.zh} · {what.en}")


def _film(title: str, reused: bool) -> None:
    _say(f"    {title}{'（已有，直接使用）· reused' if reused else ''}")


def _complain(message: Text) -> None:
    _say(f"错误：{message.zh}\nError: {message.en}", sys.stderr)


def _say(words: str, stream: TextIO | None = None) -> None:
    print(words, file=stream or sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
