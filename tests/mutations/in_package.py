"""Faults of files, faces, names, materials, form and rights."""

from __future__ import annotations

from collections.abc import Callable

from kebao.kit.pack import SUMS, YAML
from mutations.mutation import Mutation, fault, together
from mutations.workshop import BOOK, FORM, Copy, sound

V1, V2, V3 = "视频/尊重老人.mp4", "视频/试水温.mp4", "视频/协助坐位饮水.mp4"
UNIT, TITLE = "天津市晴禾职业培训学校", "老年人饮水照护入门"
PERSON, DISABLED = "11010519491231002X", "11010519491231002X23"  # synthetic: the example of GB 11643


def _no_manifest(copy: Copy) -> None:
    copy.remove(BOOK, YAML, SUMS, FORM)
    copy.keep(YAML, SUMS, FORM)


def _unknown_field(copy: Copy) -> None:
    """Only the machine's face, written by hand."""
    copy.remove(BOOK, SUMS)
    copy.keep(YAML, SUMS, FORM)
    copy.write(YAML, copy.path(YAML).read_text(encoding="utf-8") + "colour: red\n")


def _other_digest(copy: Copy) -> str:
    lines = copy.path(SUMS).read_text(encoding="utf-8").splitlines()
    return "\n".join("0" * 64 + line[64:] if line.endswith("饮水要点.md") else line for line in lines) + "\n"


def _emptied(label: str) -> Callable[[Copy], None]:
    return lambda copy: copy.fill(label, None)


FILES: tuple[Mutation, ...] = (
    fault("video taken away", lambda c: c.remove(V2),
         "file-absent @ 培训包.xlsx 学习资源!4 文件"),
    fault("video taken away, digests kept", together(lambda c: c.keep(SUMS), lambda c: c.remove(V2)),
         "file-absent @ 培训包.xlsx 学习资源!4 文件"),
    fault("captions taken away", lambda c: c.remove("视频/试水温.vtt"),
         "file-absent @ 培训包.xlsx 学习资源!4 字幕"),
    fault("transcript taken away", lambda c: c.remove("文本/试水温文字稿.md"),
         "file-absent @ 培训包.xlsx 学习资源!4 文字稿"),
    fault("task sheet taken away", lambda c: c.remove("文本/任务单.md"),
         "file-absent @ 培训包.xlsx 学习资源!5 任务单"),
    fault("paper taken away", lambda c: c.remove("试卷/试卷2.xlsx"),
         "file-absent @ 培训包.xlsx 试卷!4 文件"),
    fault("form taken away", lambda c: c.remove(FORM),
         "file-absent @ 培训包.xlsx 基本情况!42 基本情况表文件"),
    fault("undertaking taken away", lambda c: c.remove("材料/版权承诺书.docx"),
         "file-absent @ 培训包.xlsx 基本情况!44 版权承诺书"),
    fault("introduction of the supplier taken away", lambda c: c.remove("材料/单位简介.md"),
         "file-absent @ 培训包.xlsx 基本情况!25 单位或个人简介"),
    fault("introduction of the supplier left blank", lambda c: c.write("材料/单位简介.md", f"单位简介\n单位名称\n{UNIT}\n主要业务\n"),
         "supplier-introduction-blank @ 材料/单位简介.md supplier.introduction"),
    fault("introduction of the course taken away", lambda c: c.remove("课程介绍.md"),
         "file-absent @ 培训包.xlsx 课程介绍!5 课程介绍正文或文件"),
    fault("chart taken away", lambda c: c.remove("图表/试温三步图.png"),
         "file-absent @ 培训包.xlsx 学习资源!7 文件"),
    fault("video renamed", lambda c: c.move(V2, "视频/测水温.mp4"),
         "file-absent @ 培训包.xlsx 学习资源!4 文件"),
    fault("video in another case", lambda c: c.move(V2, "视频/试水温.MP4"),
         "file-name-differs @ 培训包.xlsx 学习资源!4 文件"),
    fault("folder of texts moved", lambda c: c.move("文本/饮水要点.md", "文本/第一章/饮水要点.md"),
         "file-absent @ 培训包.xlsx 学习资源!6 文件"),
    fault("path with backslashes", lambda c: c.row("学习资源", "v2", 文件="视频\\试水温.mp4"),
         "file-name-differs @ 培训包.xlsx 学习资源!4 文件"),
    fault("path out of the package", lambda c: c.row("学习资源", "v2", 文件="../试水温.mp4"),
         "path-unsound @ 培训包.xlsx 学习资源!4 文件"),
    fault("path of a drive", lambda c: c.row("学习资源", "v2", 文件="D:/课程/试水温.mp4"),
         "path-unsound @ 培训包.xlsx 学习资源!4 文件"),
    fault("web address as path", lambda c: c.row("学习资源", "v2", 文件="https://pan.example.com/试水温.mp4"),
         "path-unsound @ 培训包.xlsx 学习资源!4 文件"),
    fault("no path", lambda c: c.row("学习资源", "v2", 文件=None),
         "resource-path-missing @ 培训包.xlsx 学习资源!4 文件"),
    fault("video cut off", lambda c: c.cut(V2, 3000),
         "file-damaged @ 视频/试水温.mp4"),
    fault("video empty", lambda c: c.write(V2, b""),
         "file-damaged @ 视频/试水温.mp4"),
    fault("playlist called mp4", lambda c: c.write(V2, "#EXTM3U\n#EXTINF:10,\nhttp://example.com/a.ts\n"),
         "file-unsafe @ 视频/试水温.mp4"),
    fault("chart is no picture", lambda c: c.write("图表/试温三步图.png", b"not a picture, but long enough to be looked at"),
         "file-damaged @ 图表/试温三步图.png"),
    fault("paper cut off", lambda c: c.cut("试卷/试卷2.xlsx", 5000),
         "file-damaged @ 试卷/试卷2.xlsx"),
    fault("undertaking cut off", lambda c: c.cut("材料/版权承诺书.docx", 5000),
         "file-damaged @ 材料/版权承诺书.docx"),
    fault("pdf that is a web page", lambda c: c.write("材料/音乐授权书.pdf", "<!doctype html><html><body>404</body></html>"),
         "file-damaged @ 材料/音乐授权书.pdf"),
    fault("macros in the undertaking", lambda c: c.pack_part("材料/版权承诺书.docx", "word/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
         "file-unsafe @ 材料/版权承诺书.docx"),
    fault("text in a video's row is a recording", together(lambda c: c.move(V2, "视频/试水温.wav"), lambda c: c.write("视频/试水温.wav", sound(600)), lambda c: c.row("学习资源", "v2", 文件="视频/试水温.wav")),
         "medium-of-another-kind @ 视频/试水温.wav v2"),
    fault("silent video as audio", lambda c: c.film("音频/听一听.mp4", 30, channels=0) or c.remove("音频/听一听.wav") or c.row("学习资源", "a1", 文件="音频/听一听.mp4"),
         "medium-of-another-kind @ 音频/听一听.mp4 a1"),
    fault("spare video", lambda c: c.film("视频/花絮.mp4", 9),
         "file-unlisted @ 视频/花絮.mp4"),
    fault("spare paper", lambda c: c.write("试卷/试卷4.xlsx", c.path("试卷/试卷3.xlsx").read_bytes()),
         "file-unlisted @ 试卷/试卷4.xlsx"),
    fault("spare text", lambda c: c.write("文本/备课草稿.md", "草稿"),
         "file-unlisted @ 文本/备课草稿.md"),
)  # fmt: skip

FACES: tuple[Mutation, ...] = (
    fault("workbook changed after issuing", together(lambda c: c.keep(YAML), lambda c: c.fill("主要学习内容", "饮水照护")),
         "faces-differ @ 培训包.xlsx 课程介绍!4 主要学习内容"),
    fault("title in one face changed", together(lambda c: c.keep(YAML), lambda c: c.row("学习资源", "t1", 名称="饮水的要点")),
         "faces-differ @ 培训包.xlsx 学习资源!6 名称"),
    fault("row in one face alone", together(lambda c: c.keep(YAML), lambda c: c.add("权利清单", 内容或素材="字体", 类别="字体", 权利人=UNIT, 是否自有="是")),
         "faces-differ @ 培训包.xlsx 权利清单!5 rights.2"),
    fault("machine's face changed by hand", together(lambda c: c.keep(YAML), lambda c: c.rewrite(YAML, "version: '1'", "version: '2'")),
         "faces-differ @ 培训包.xlsx 基本情况!8 课程包版本"),
    fault("machine's face is no yaml", together(lambda c: c.keep(YAML), lambda c: c.write(YAML, "title: [\n")),
         "value-not-understood @ 培训包.yaml"),
    fault("workbook cut off", together(lambda c: c.keep(YAML, FORM), lambda c: c.cut(BOOK, 9000)),
         "file-damaged @ 培训包.xlsx"),
    fault("no manifest", _no_manifest,
         "catalogue-hours-missing @ hours k1",
         "catalogue-hours-missing @ hours k2",
         "catalogue-hours-missing @ hours k3",
         "catalogue-hours-missing @ hours k4",
         "catalogue-hours-missing @ hours k5",
         "catalogue-hours-missing @ hours k6",
         "catalogue-hours-missing @ hours k7",
         "catalogue-hours-missing @ hours k8",
         "catalogue-hours-missing @ hours k9",
         "category-missing @ categories",
         "chart-alternative-missing @ alt r2",
         "chart-alternative-missing @ alt r3",
         "form-missing @ materials.form",
         "free-use-not-agreed @ free_use.agreed",
         "hours-undeclared @ hours",
         "manifest-missing @ the package",
         "occupation-missing @ occupation.name",
         "resource-length-unknown @ minutes r1",
         "resource-length-unknown @ minutes r2",
         "resource-length-unknown @ minutes r3",
         "resource-length-unknown @ minutes r4",
         "resource-length-unknown @ minutes r5",
         "rights-list-missing @ rights",
         "role-missing @ role r6",
         "role-missing @ role r7",
         "role-missing @ role r8",
         "role-missing @ role r9"),
    fault("video changed after issuing", together(lambda c: c.keep(SUMS), lambda c: c.film(V1, 300, fps=30)),
         "checksum-differs @ 视频/尊重老人.mp4"),
    fault("text changed after issuing", together(lambda c: c.keep(SUMS), lambda c: c.write("文本/饮水要点.md", "改过")),
         "checksum-differs @ 文本/饮水要点.md"),
    fault("digest mistyped", together(lambda c: c.keep(SUMS), lambda c: c.write(SUMS, _other_digest(c))),
         "checksum-differs @ 文本/饮水要点.md"),
    fault("file of the digests gone", together(lambda c: c.write("材料/营业执照.txt", "合成"), lambda c: c.issue(), lambda c: c.keep(SUMS), lambda c: c.remove("材料/营业执照.txt")),
         "checksum-differs @ 材料/营业执照.txt"),
    fault("line of the digests is none", together(lambda c: c.keep(SUMS), lambda c: c.write(SUMS, c.path(SUMS).read_text(encoding="utf-8") + "以上共二十四个文件\n")),
         "value-not-understood @ SHA256SUMS line 28 以上共二十四个文件"),
    fault("hours in words", lambda c: c.fill("申报总学时", "约一个学时"),
         "value-not-understood @ 培训包.xlsx 基本情况!6 申报总学时"),
    fault("unknown kind of resource", lambda c: c.row("学习资源", "t1", 类型="讲义"),
         "value-not-understood @ 培训包.xlsx 学习资源!6 类型"),
    fault("column of the teacher's own", lambda c: (c.sheet("试卷").cell(1, 7, "出题人"), c.sheet("试卷").cell(3, 7, "教研组")),
         "value-not-understood @ 培训包.xlsx 试卷!3 出题人"),
    fault("field that yaml does not know", _unknown_field,
         "value-not-understood @ 培训包.yaml line 172 colour"),
)  # fmt: skip

NAMES: tuple[Mutation, ...] = (
    fault("folder named by the title alone", lambda c: c.rename(TITLE),
         "package-name-differs @ name"),
    fault("folder of another unit", lambda c: c.rename(f"网络课程+天津市晨光学校+{TITLE}"),
         "package-name-differs @ name"),
    fault("folder of another title", lambda c: c.rename(f"网络课程+{UNIT}+老年人进食照护"),
         "package-name-differs @ name"),
    fault("folder without the unit", lambda c: c.rename(f"网络课程+{TITLE}"),
         "package-name-differs @ name"),
    fault("folder without the prefix", lambda c: c.rename(f"{UNIT}+{TITLE}"),
         "package-name-differs @ name"),
    fault("title that no file can bear", together(lambda c: c.fill("课程名称", "饮水照护：什么时候喂?"), lambda c: c.fill("表中课程名称", "饮水照护：什么时候喂?"), lambda c: c.rewrite("课程介绍.md", TITLE, "饮水照护：什么时候喂?"), lambda c: c.rename("网络课程+天津市晴禾职业培训学校+饮水照护")),
         "package-name-impossible @ 培训包.xlsx 基本情况!3 课程名称"),
    fault("no unit", lambda c: c.fill("供应单位全称或个人姓名", None),
         "supplier-name-missing @ 培训包.xlsx 基本情况!22 供应单位全称或个人姓名"),
    fault("neither unit nor person", lambda c: c.fill("单位或个人", None),
         "supplier-kind-missing @ 培训包.xlsx 基本情况!21 单位或个人"),
    fault("credit code mistyped", lambda c: c.fill("统一社会信用代码", "91350100M000100Y44"),
         "credit-code-invalid @ 培训包.xlsx 基本情况!23 统一社会信用代码"),
    fault("credit code too short", lambda c: c.fill("统一社会信用代码", "91350100M000100Y"),
         "credit-code-invalid @ 培训包.xlsx 基本情况!23 统一社会信用代码"),
    fault("identity number instead of the code", lambda c: c.fill("统一社会信用代码", PERSON),
         "personal-number-needless @ 培训包.xlsx 基本情况!23 统一社会信用代码"),
    fault("disability number among the remarks", lambda c: c.fill("备注", f"残疾人证 {DISABLED}"),
         "personal-number-needless @ 培训包.xlsx 基本情况!36 备注"),
    fault("identity number in a name", lambda c: c.fill("联系人", f"合成人员 {PERSON}"),
         "personal-number-needless @ 培训包.xlsx 基本情况!31 联系人"),
)  # fmt: skip

MATERIALS: tuple[Mutation, ...] = (
    fault("no form named", together(lambda c: c.fill("基本情况表文件", None), lambda c: c.remove(FORM)),
         "form-missing @ 培训包.xlsx 基本情况!42 基本情况表文件"),
    fault("no undertaking named", lambda c: c.fill("版权承诺书", None),
         "copyright-proof-missing @ 培训包.xlsx 基本情况!44 版权承诺书"),
    fault("no introduction of the supplier named", lambda c: c.fill("单位或个人简介", None),
         "supplier-introduction-missing @ 培训包.xlsx 基本情况!25 单位或个人简介"),
    fault("recommendation that is not there", lambda c: c.fill("推荐函", "材料/推荐函.pdf"),
         "file-absent @ 培训包.xlsx 基本情况!46 推荐函"),
    fault("no introduction of the course", together(lambda c: c.fill("课程介绍正文或文件", None), lambda c: c.remove("课程介绍.md")),
         "package-part-missing @ 培训包.xlsx 课程介绍!5 课程介绍正文或文件"),
    fault("no catalogue", lambda c: c.clear("课程目录"),
         "package-part-missing @ 培训包.xlsx 课程目录! catalogue"),
    fault("no resources", lambda c: c.clear("学习资源"),
         "package-part-missing @ 培训包.xlsx 学习资源! resources"),
)  # fmt: skip

FORMS: tuple[Mutation, ...] = (
    *(
        fault(f"form without {label}", _emptied(label), f"form-field-missing @ 培训包.xlsx 基本情况!{row} {label}")
        for row, label in (
            (28, "是否具有自主知识产权"), (29, "是否数字技能培训课程"), (31, "联系人"), (32, "职务"), (33, "联系电话"), (34, "电子邮箱"),
            (35, "通讯地址"),
        )
    ),
    fault("form without its title", lambda c: c.fill("表中课程名称", None),
         "form-field-missing @ 培训包.xlsx 基本情况!27 表中课程名称"),
    fault("form without its unit", lambda c: c.fill("单位名称", None),
         "form-field-missing @ 培训包.xlsx 基本情况!30 单位名称"),
    *(
        fault(f"form without {label}", _emptied(label), f"form-topic-missing @ 培训包.xlsx 课程介绍!{row} {label}")
        for row, label in enumerate(
            ("线上课程资源来源", "培训的职业工种", "依据的职业标准", "培训大纲", "培训师资", "培训资源", "培训形式", "培训流程", "培训课时", "画面质量"),
            start=7,
        )
    ),
    fault("form of another title", lambda c: c.fill("表中课程名称", "老年人进食照护入门"),
         "form-title-differs @ 培训包.xlsx 基本情况!27 表中课程名称"),
    fault("form of another unit", lambda c: c.fill("单位名称", "天津市晨光学校"),
         "form-unit-differs @ 培训包.xlsx 基本情况!30 单位名称"),
    fault("form of other hours", lambda c: c.fill("培训课时", "总学时 3.0。"),
         "form-hours-differ @ 培训包.xlsx 课程介绍!15 培训课时"),
    fault("telephone too short", lambda c: c.fill("联系电话", "2800000"),
         "form-phone-invalid @ 培训包.xlsx 基本情况!33 联系电话"),
    fault("mail without its domain", lambda c: c.fill("电子邮箱", "course@"),
         "form-email-invalid @ 培训包.xlsx 基本情况!34 电子邮箱"),
    fault("address of another city", lambda c: c.fill("通讯地址", "河北省石家庄市示例路 1 号"),
         "address-outside-city @ 培训包.xlsx 基本情况!35 通讯地址"),
    fault("printed form of another telephone", together(lambda c: c.keep(FORM), lambda c: c.part(FORM, "word/document.xml", "022-28000000", "022-28000001")),
         "form-document-differs @ 材料/基本情况表.docx form.phone"),
    fault("printed form of another title", together(lambda c: c.keep(FORM), lambda c: c.part(FORM, "word/document.xml", TITLE, "老年人进食照护入门")),
         "form-document-differs @ 材料/基本情况表.docx form.title"),
    fault("own rights ticked otherwise on paper", together(lambda c: c.keep(FORM), lambda c: c.fill("是否数字技能培训课程", "是")),
         "form-document-differs @ 材料/基本情况表.docx form.digital_skills"),
)  # fmt: skip

RIGHTS: tuple[Mutation, ...] = (
    fault("no rights list", lambda c: c.clear("权利清单"),
         "rights-list-missing @ 培训包.xlsx 权利清单! rights"),
    fault("no own rights and no authorisation", lambda c: c.fill("是否具有自主知识产权", "否"),
         "authorisation-missing @ 培训包.xlsx 基本情况!45 授权书"),
    fault("most footage by others", lambda c: c.row("权利清单", "全部视频", 权利人="晨光影像工作室", 是否自有="否", 许可方式="书面授权", 证明="材料/音乐授权书.pdf", 引用标注="晨光影像工作室提供"),
         "own-rights-contradicted ? @ 培训包.xlsx 基本情况!28 是否具有自主知识产权"),
    fault("music without its owner", lambda c: c.row("权利清单", "片头音乐", 权利人=None),
         "rights-row-incomplete @ 培训包.xlsx 权利清单!4 权利人"),
    fault("music without its licence", lambda c: c.row("权利清单", "片头音乐", 许可方式=None),
         "rights-row-incomplete @ 培训包.xlsx 权利清单!4 许可方式"),
    fault("row without its name", lambda c: c.row("权利清单", "片头音乐", 内容或素材=None),
         "rights-row-incomplete @ 培训包.xlsx 权利清单!4 内容或素材"),
    fault("music without its proof", lambda c: c.row("权利清单", "片头音乐", 证明=None) or c.remove("材料/音乐授权书.pdf"),
         "third-party-without-evidence @ 培训包.xlsx 权利清单!4 证明"),
    fault("music without its citation", lambda c: c.row("权利清单", "片头音乐", 引用标注=None),
         "third-party-without-citation @ 培训包.xlsx 权利清单!4 引用标注"),
    fault("proof taken away", lambda c: c.remove("材料/音乐授权书.pdf"),
         "evidence-absent @ 培训包.xlsx 权利清单!4 证明"),
    fault("own item of somebody else", lambda c: c.row("权利清单", "片头音乐", 是否自有="是"),
         "own-item-of-another ? @ 培训包.xlsx 权利清单!4 权利人"),
    fault("text without licence", lambda c: c.row("学习资源", "t1", 许可=None),
         "resource-without-rights @ 培训包.xlsx 学习资源!6 许可"),
    fault("bought text without a row", lambda c: c.row("学习资源", "t1", 许可="购买"),
         "licensed-resource-unlisted @ 培训包.xlsx 学习资源!6 许可"),
    fault("free use refused", lambda c: c.fill("是否同意免费使用", "否"),
         "free-use-not-agreed @ 培训包.xlsx 基本情况!38 是否同意免费使用"),
    fault("free use not spoken of", lambda c: c.fill("是否同意免费使用", None),
         "free-use-not-agreed @ 培训包.xlsx 基本情况!38 是否同意免费使用"),
    fault("free use answered with neither yes nor no", lambda c: c.fill("是否同意免费使用", "待定"),
         "value-not-understood @ 培训包.xlsx 基本情况!38 是否同意免费使用"),
    fault("own rights answered with neither yes nor no", lambda c: c.fill("是否具有自主知识产权", "部分"),
         "value-not-understood @ 培训包.xlsx 基本情况!28 是否具有自主知识产权"),
    fault("free use without a name", lambda c: c.fill("同意人", None),
         "free-use-unsigned @ 培训包.xlsx 基本情况!39 同意人"),
    fault("free use without a day", lambda c: c.fill("同意日期", None),
         "free-use-unsigned @ 培训包.xlsx 基本情况!40 同意日期"),
    fault("free use on no day of the calendar", lambda c: c.fill("同意日期", "2023-02-30"),
         "free-use-unsigned @ 培训包.xlsx 基本情况!40 同意日期"),
)  # fmt: skip
