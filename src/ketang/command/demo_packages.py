"""What `ketang demo --packages` puts in besides accounts: an open call, and the packages that anybody may try."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ketang.people.account.models import Account
    from ketang.selection.calls.models import Call

SLUG = "demo"
OPEN_DAYS = 60
FOLDERS = {"mended": "合格", "faulty": "试检"}
"""Sample → folder of `python -m kebao.demo` that holds its package."""


def put_in(packages: Path, administrator: Account) -> Call:
    """The call, if it is not there yet, and both samples."""
    call = _call(administrator)
    for name, folder in FOLDERS.items():
        _sample(name, next(path for path in sorted((packages / folder).iterdir()) if path.is_dir()))
    return call


def _call(administrator: Account) -> Call:
    from django.utils import timezone

    from ketang.selection.calls import actions
    from ketang.selection.calls.callfile import Both, read_call
    from ketang.selection.calls.models import Call
    from ketang.selection.calls.shipped import shipped_call

    if (known := Call.objects.filter(slug=SLUG).first()) is not None:
        return known
    file = read_call(shipped_call("tianjin-2023"))
    closes = (timezone.now() + timedelta(days=OPEN_DAYS)).astimezone(file.zone)
    changes = {
        "id": SLUG,
        "title": Both(zh=f"{file.title.zh}（演示）", en=f"{file.title.en} (demonstration)"),
        "organiser": Both(zh="示例主办单位（虚构）", en="Example organiser (fictitious)"),
        "closes": closes.replace(hour=23, minute=59, second=59, microsecond=0, tzinfo=None),
    }
    call = actions.create(file=file.model_copy(update=changes), actor=administrator)
    actions.publish(call=call, actor=administrator)
    call.refresh_from_db()
    return call


def _sample(name: str, folder: Path) -> None:
    from ketang.selection.checking.samples import keep_sample

    with tempfile.TemporaryDirectory() as made:
        archive = Path(made) / f"{folder.name}.zip"
        with zipfile.ZipFile(archive, "w") as packed:  # stored, not deflated: films are dense already
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                packed.write(path, path.relative_to(folder.parent))
        keep_sample(name, archive)
