"""`kebao doctor`: what this machine has, what is missing, and how to mend it."""

from __future__ import annotations

import importlib.util
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import click

import kebao
from kebao.cli.usage import common
from kebao.media import equipment
from kebao.model.errors import KebaoError
from kebao.model.text import Language, Text
from kebao.occupations.store import default_folder, load_all
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules

_EXTRAS = {
    "faster_whisper": Text(
        zh="语音识别（pip install kebao[speech]）", en="speech recognition (pip install kebao[speech])"
    ),
    "rapidocr": Text(
        zh="画面里的字幕、封面照片上的字（pip install kebao[ocr]）",
        en="captions in the picture, print on photographs of covers (pip install kebao[ocr])",
    ),
    "speechmos": Text(
        zh="听感估计，仅供参考（pip install kebao[dnsmos]）", en="perceived quality, a hint (pip install kebao[dnsmos])"
    ),
    "mediapipe": Text(
        zh="口型与声音，仅供参考（pip install kebao[face]）",
        en="mouths against sound, a hint (pip install kebao[face])",
    ),
    "django": Text(zh="课堂平台（pip install kebao[platform]）", en="the platform (pip install kebao[platform])"),
}


@click.command("doctor", help="检查这台电脑能不能用课包，缺什么、怎么补。\n\nWhat this machine has and lacks.")
@common
def doctor_command(lang: Language) -> int:
    """Print every finding of the machine; 1 when something needed is missing."""
    bad = False
    for sound, words in _findings():
        bad |= sound is False
        click.echo(f"{'–' if sound is None else '✓' if sound else '✗'} {words.to(lang)}")
    return 1 if bad else 0


def _findings() -> Iterator[tuple[bool | None, Text]]:
    yield (
        True,
        Text(
            zh=f"课包 {kebao.__version__}，Python {platform.python_version()}，{platform.system()}",
            en=f"Kebao {kebao.__version__}, Python {platform.python_version()}, {platform.system()}",
        ),
    )
    missing = equipment.decoders_missing()
    yield (
        not missing,
        Text(
            zh=f"音视频读取：PyAV {equipment.version()}"
            + (f"，缺少解码器 {'、'.join(missing)}，请重新安装 av" if missing else ""),
            en=f"Media: PyAV {equipment.version()}"
            + (f", lacks {', '.join(missing)}; install av again" if missing else ""),
        ),
    )
    for name in shipped_ids():
        try:
            book = load(name, all_rules())
            yield (
                True,
                Text(zh=f"规则册 {name}：{len(book.clauses)} 条", en=f"Rulebook {name}: {len(book.clauses)} clauses"),
            )
        except KebaoError as error:
            yield False, error.message
    yield _catalogue()
    for module, words in _EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        state = Text(zh="已装" if there else "没装，可不装", en="installed" if there else "not installed, optional")
        yield (True if there else None), Text(zh=f"{words.zh}：{state.zh}", en=f"{words.en}: {state.en}")
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    yield free > 1, Text(zh=f"当前磁盘剩余 {free:.0f} GB", en=f"{free:.0f} GB free on this disk")


def _catalogue() -> tuple[bool | None, Text]:
    try:
        loaded = load_all()
    except KebaoError as error:
        return False, error.message
    if not loaded.editions:
        return None, Text(
            zh=f"补贴标准目录：未装入（A3(2) 显示“未检查”）。装入：kebao occupations import 文件.xlsx；存放在 {default_folder()}",
            en=f"Subsidy catalogue: none loaded (A3(2) stays untested). Load: kebao occupations import FILE.xlsx; kept in {default_folder()}",
        )
    names = "、".join(edition.name for edition in loaded.editions)
    return True, Text(zh=f"补贴标准目录：{names}", en=f"Subsidy catalogue: {names}")
