"""`kebao kit`: from a filled folder to what is handed in: form, label, digests, canonical name, zip."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kebao.archive.stored_zip import Stored, write_stored
from kebao.documents.form import LABELS, TOPICS, write_form
from kebao.documents.templates import write_label
from kebao.kit.new import LABEL
from kebao.kit.placing import FORM, SUMS
from kebao.model.errors import UsageFault
from kebao.model.text import Text
from kebao.package.manifest import Manifest
from kebao.package.yaml_face import write_yaml
from kebao.subjects.reading import open_package
from kebao.text.package_name import canonical

YAML = "培训包.yaml"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class PackedKit:
    """What was made: the zip, the name it bears, and the mail's subject (P7.1: the same)."""

    archive: Path
    name: str
    files: int
    bytes: int

    @property
    def mail_subject(self) -> str:
        """Subject of the mail that carries the package."""
        return self.name


def pack(folder: Path, out: Path, *, force: bool = False) -> PackedKit:
    """Write the machine's face, the filled form, the label and the digests into the folder, and pack it.

    Effects, in order: the form, `培训包.yaml`, the label and `SHA256SUMS` are written anew in the folder; then the zip
    appears in `out` at once, whole. What was typed into the form by hand stays where the manifest says nothing; a form
    that is a scan is left alone.

    Raises:
        UsageFault: name of unit or course missing; the zip exists and `force` is off, or would lie inside the folder;
            the disk is too full.
        Unreadable, Unsafe: the folder cannot be read.
    """
    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageFault(
            Text(
                zh=f"压缩包不能放在课程包文件夹里面：{out}。请用 --out 换一个地方。",
                en=f"The zip cannot lie inside the package's own folder: {out}. Choose another with --out.",
            )
        )
    with open_package(folder, as_of=date.today()) as opened:
        manifest = opened.package.manifest
        kind = opened.package.kind
        by_hand = opened.package.form_document or {}
    name = _name(manifest)
    archive = out / f"{name}.zip"
    if archive.exists() and not force:
        raise UsageFault(
            Text(
                zh=f"“{archive.name}”已经有了。要覆盖请加 --force。",
                en=f"“{archive.name}” exists. Use --force to replace it.",
            )
        )
    if kind == "native":
        _write_form(manifest, by_hand, folder)
        (folder / YAML).write_text(write_yaml(manifest), encoding="utf-8")
    write_label(folder / LABEL, unit=manifest.supplier.name, title=manifest.title, name=name)
    digests = _write_sums(folder)
    total = sum((folder / path).stat().st_size for path in digests)
    _room(out, total)
    _zip(folder, archive, name, sorted([*digests, SUMS]))
    return PackedKit(archive, name, len(digests) + 1, archive.stat().st_size)


def form_fields(manifest: Manifest) -> dict[str, str]:
    """The form's fields as words, from the manifest."""
    fields: dict[str, str] = {}
    for field in (*LABELS, "remark"):
        value = getattr(manifest.form, field)
        fields[field] = {True: "是", False: "否", None: ""}[value] if not isinstance(value, str) else value
    for field in TOPICS:
        fields[field] = getattr(manifest.form.introduction, field.split(".")[1])
    fields["title"] = fields["title"] or manifest.title
    fields["unit"] = fields["unit"] or manifest.supplier.name
    return fields


def _name(manifest: Manifest) -> str:
    missing = [
        word
        for value, word in ((manifest.supplier.name, "单位名称（或个人姓名）"), (manifest.title, "课程名称"))
        if not value
    ]
    if missing:
        listed = "、".join(missing)
        raise UsageFault(
            Text(
                zh=f"还没有填：{listed}。请在培训包.xlsx 的“基本情况”页填好再打包。",
                en=f"Not filled in yet: {listed}. Fill it in on the sheet 基本情况 of 培训包.xlsx, then pack.",
            )
        )
    return canonical(manifest.supplier.name, manifest.title)


def _write_form(manifest: Manifest, by_hand: Mapping[str, str], folder: Path) -> None:
    path = folder / (manifest.materials.form or FORM)
    if path.suffix.lower() != ".docx":
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = form_fields(manifest)
    write_form({name: value or by_hand.get(name, "") for name, value in fields.items()}, path)


def _write_sums(folder: Path) -> dict[str, str]:
    """`SHA256SUMS` over every file but itself, as `sha256sum` writes it."""
    with open_package(folder, as_of=date.today()) as opened:
        facts = opened.package.facts
        digests = {path: facts.digest(path) for path in facts.paths if path != SUMS}
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    (folder / SUMS).write_text(lines, encoding="utf-8", newline="\n")
    return digests


def _room(out: Path, needed: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(out).free
    if free < needed + 64 * _BLOCK:
        raise UsageFault(
            Text(
                zh=f"磁盘空间不够：需要 {needed / 1e9:.1f} GB，只剩 {free / 1e9:.1f} GB。请用 --out 换一个盘。",
                en=f"The disk is too full: {needed / 1e9:.1f} GB needed, {free / 1e9:.1f} GB free. Choose another with --out.",
            )
        )


def _zip(folder: Path, archive: Path, name: str, paths: list[str]) -> None:
    """The zip appears under its name only when it is whole."""
    handle, temporary = tempfile.mkstemp(dir=archive.parent, prefix=".kebao-", suffix=".zip")
    try:
        with os.fdopen(handle, "wb") as raw:
            write_stored(raw, (_entry(folder, name, path) for path in paths))
        Path(temporary).replace(archive)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _entry(folder: Path, name: str, path: str) -> Stored:
    place = folder / path
    return Stored(f"{name}/{path}", place.stat().st_size, lambda: place.open("rb"))
