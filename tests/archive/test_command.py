"""Every file of hostile/ through the command in a process of its own: refused in one sentence that names it, quickly, in little memory, nothing written.

`test_hostile.py` asks the rooms of each file in every run; this asks what a person gets, of each fourth in every run and of all in the sweep. Files of formats that are not readable yet say so.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

import standing

LONGEST_S, MOST_MB = 10, 300

SCORM = "这是 SCORM 或 Common Cartridge 课件包（里面有 imsmanifest.xml），现在还不能读取。请把其中的视频、文档和考题放进培训包文件夹（kebao new 会生成）再检查。"
ALONE = (
    "（纯文本）还不能单独检查。现在能单独检查的有：视频、音频、图片、试卷（xlsx）、培训包.xlsx、基本情况表（docx）。"
)
NO_QUESTIONS = "可以打开，但不是基本情况表，没有读出考题：Word 文档里的考题现在还不能读取，请填进 xlsx 格式的试卷模板（kebao new 会生成）。"
# file: what is said behind its name
ANSWERS = {
    **dict.fromkeys(
        (
            "ok_scorm12.zip",
            "manifest_bom.zip",
            "href_traversal.zip",
            "href_javascript.zip",
            "bomb_nested.zip",
            "scorm_in_folder.zip",
            "macosx_junk.zip",
            "php_inside.zip",
            "utf8_names_noflag.zip",
            "manifest_gbk.zip",
            "href_case.zip",
            "href_backslash.zip",
            "href_urlencoded.zip",
            "href_missing.zip",
            "xinclude.zip",
            "xslt_pi.zip",
        ),
        "：" + SCORM,
    ),
    "docx_ok.docx": NO_QUESTIONS,
    "slip_dotdot.zip": "：“../../evil.txt”指向包外的位置（含 ..、盘符或以 / 开头），不能接收；请用包内的相对路径。",
    "slip_abs.zip": "：“/tmp/evil.txt”指向包外的位置（含 ..、盘符或以 / 开头），不能接收；请用包内的相对路径。",
    "slip_drive.zip": "：“C:/evil.txt”指向包外的位置（含 ..、盘符或以 / 开头），不能接收；请用包内的相对路径。",
    "slip_urlenc_dir.zip": "：“%2e%2e/%2e%2e/evil.txt”指向包外的位置（含 ..、盘符或以 / 开头），不能接收；请用包内的相对路径。",
    "symlink_file.zip": "：“leak.txt”是指向别处的链接，请放入文件本身。",
    "symlink_up.zip": "：“leak.txt”是指向别处的链接，请放入文件本身。",
    "special_fifo.zip": "：“fifo”不是普通文件（是设备、管道之类），请删去。",
    "docx_external_image.docx": NO_QUESTIONS,
    "nul_in_name.zip": "：文件名“evil.php\\u0000.jpg”含有看不见的控制字符，请改名。",
    "windows_reserved.zip": "：“aux.txt”在 Windows 上无法保存（系统保留名称，或以点、空格结尾），请改名。",
    "dup_names.zip": "：有两个文件都叫“index.html”，请删去一个或改名。",
    "case_clash.zip": "：“INDEX.html”与“index.html”只有大小写不同，在 Windows 上会互相覆盖，请改名。",
    "nfc_nfd_clash.zip": "：" + SCORM + "有两个文件看上去都叫“café.txt”（字符编码形式不同），建议改名。",
    "long_name.zip": f"：“{'课' * 60}…{'课' * 35}.html”太长：路径不超过 240 个字符，每级名称不超过 255 字节（约 85 个汉字）。请改短。",
    "deep_dirs.zip": f"：“{'d/' * 30}…{'/d' * 17}/x.txt”的文件夹超过 32 层，请减少层数。",
    "bomb_ratio.zip": "：“big.bin”解压后超过压缩前的 100 倍，疑似压缩炸弹，已拒收；请删去它，或换成平常的文件，重新打包。",
    "mbz_gz_bomb.mbz": "解压后超过压缩前的 100 倍，疑似压缩炸弹，已拒收；请删去它，或换成平常的文件，重新打包。",
    "many_entries.zip": "里的文件超过 20000 个，请合并或删减。",
    "truncated.zip": "不完整，可能没有传完，请重新打包或重新发送。",
    "mp4_only_ftyp.mp4": "：视频文件不完整或已损坏，读不出长度和画面。请在录制的设备上重新导出，或重新复制。",
    "mp4_zero.mp4": "：这个文件里是认不出的内容，没有可以播放的画面或声音。请重新导出成 MP4 再放进来。",
    "empty_file.zip": "是空文件，请重新发送。",
    "rar_named.zip": "是 RAR 压缩包，请改用 zip 格式打包再发送。",
    "html_named.docx": "是网页，不是能读的 Office 文档；请用 Word、Excel 或 WPS 另存后再提交。",
    "csv_named.xlsx": "是纯文本，不是能读的 Office 文档；请用 Word、Excel 或 WPS 另存后再提交。",
    "png_named.mp4": "：这个文件里是 PNG 图片，没有可以播放的画面或声音。请重新导出成 MP4 再放进来。",
    "polyglot_gif_zip.gif": "看上去是 GIF 图片，后面却藏着别的内容，已拒收；请用画图软件另存一份。",
    "prefix_zip.zip": "前面附有别的内容（像自解压程序），请重新打成普通的 zip。",
    "svg_script.svg": "SVG 图形“svg_script.svg”里有脚本或外部内容，已拒收；请改用 png，或另存为纯图形的 SVG。",
    "gbk_names.zip": "：" + SCORM + "4 个文件名没有注明编码，已按 GBK/GB18030 读出，请核对。",
    "manifest_uppercase.zip": "：这是 SCORM 或 Common Cartridge 课件包（里面有 IMSMANIFEST.XML），现在还不能读取。请把其中的视频、文档和考题放进培训包文件夹（kebao new 会生成）再检查。",
    "xxe_file.zip": "：“imsmanifest.xml”的 XML 要读取包外的文件，已拒收；请删去 DOCTYPE 部分。",
    "xxe_param.zip": "：“imsmanifest.xml”的 XML 要读取包外的文件，已拒收；请删去 DOCTYPE 部分。",
    "billion_laughs.zip": "：“imsmanifest.xml”的 XML 里定义了实体（可能无限展开），已拒收；请删去 DOCTYPE 部分。",
    "docx_laughs.docx": "：“word/document.xml”的 XML 里定义了实体（可能无限展开），已拒收；请删去 DOCTYPE 部分。",
    "deep_xml.zip": "：“imsmanifest.xml”的 XML 嵌套超过 200 层，已拒收；请用制作它的软件重新导出。",
    "docx_macro.docx": "含有宏，不能接收；请另存为不带宏的文档（docx、xlsx、pptx）。",
    "csv_formula.csv": ALONE,
    "xss_question.csv": ALONE,
    "concat_named.mp4": "：这个文件是播放列表，不是视频本身；为安全起见没有打开。请放入真正的视频文件。",
    "png_bomb.png": "图片“png_bomb.png”有 40000×40000 像素，超过上限 5000 万像素，请缩小。",
    "vtt_gbk.vtt": ALONE,
}


def test_every_row_is_answered(shared: Path) -> None:
    with (shared / "hostile/expected.csv").open(encoding="utf-8") as rows:
        assert {row["file"] for row in csv.DictReader(rows)} == set(ANSWERS)


def run(path: Path, folder: Path) -> standing.Done:
    """What `kebao check` leaves, whose every way to write ends in `folder`."""
    for name in ("work", "tmp", "home"):
        (folder / name).mkdir()
    places = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home")}
    return standing.kebao("check", path, cwd=folder / "work", env=os.environ | places)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.sweep if at % 4 else ()) for at, name in enumerate(ANSWERS)],
)
def test_hostile_file_is_answered(name: str, shared: Path, tmp_path: Path) -> None:
    answer = ANSWERS[name]
    done = run(shared / "hostile" / name, tmp_path)
    sentence = answer if f"“{name}”" in answer else f"“{name}”{answer}"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"错误：{sentence}\n")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "home", "tmp", "work",
    ]  # fmt: skip
    assert not (tmp_path.parent / "evil.txt").exists()
    assert not Path("/tmp/evil.txt").exists()
    assert done.seconds < LONGEST_S
    assert done.peak_mb < MOST_MB
