"""A blind copy of a real package: nothing names its supplier, and what could not be hidden is told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from kebao.media.stripping import words_carried
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.storage.reading import read_range, read_whole
from ketang.selection.intake.models import Submission
from ketang.selection.scoring.actions import ask_for_copies
from ketang.selection.scoring.models import BlindCopy
from review_rows import accept, assigned, seated

pytestmark = pytest.mark.django_db(transaction=True)

UNIT = "天津市晴禾职业培训学校"
"""As the package's own form names it."""
GIVES_AWAY = (
    "晴禾", "qinghe", "示例培训学校", "28000000", "示例路", "教务处", "91120000MA0000001Q", "13800138000", "TIANJIN-2023-0001",
)  # fmt: skip


@pytest.fixture(scope="session")
def named_package(small_package: bytes) -> bytes:
    """The package with its supplier's name wherever somebody might write it: a text, captions, a film's own title."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_package)) as source, zipfile.ZipFile(out, "w") as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("饮水要点.md"):
                content += f"\n\n{UNIT}编，晴 禾学校教务处电话 13800138000，ｑｉｎｇｈｅ@example.com。".encode()
            elif entry.filename.endswith("试水温.vtt"):
                content = content.replace("试水温".encode(), "大家好，我是晴禾职业培训学校的".encode())
            elif entry.filename.endswith("尊重老人.mp4"):
                content = _titled(content, UNIT)
            made.writestr(entry.filename, content)
    return out.getvalue()


def _titled(film: bytes, words: str) -> bytes:
    """The film with a title and an author of its own."""
    out = io.BytesIO()
    with av.open(io.BytesIO(film)) as source, av.open(out, "w", format="mp4") as made:
        made.metadata.update({"title": words, "artist": words})
        copies = {stream.index: made.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = copies[packet.stream_index]
                made.mux(packet)
    return out.getvalue()


@pytest.fixture
def named_copy(
    supplier_draft: Submission, administrator: Account, actors: dict[Role, Actor], named_package: bytes,
    make_copies: Callable[[], None], settings: object, tmp_path: Path,
) -> BlindCopy:  # fmt: skip
    settings.WORK = str(tmp_path / "work")  # type: ignore[attr-defined]
    accept(supplier_draft, administrator, named_package)
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    assigned(supplier_draft, seated(supplier_draft, expert))
    make_copies()
    return BlindCopy.objects.get(submission=supplier_draft)


def test_nothing_that_an_expert_is_shown_names_the_supplier(named_copy: BlindCopy) -> None:
    parts = list(named_copy.parts.all())
    shown = json.dumps(
        [
            named_copy.title,
            named_copy.words,
            named_copy.shown,
            [[p.chapter, p.title, p.text, p.transcript] for p in parts],
        ],
        ensure_ascii=False,
    )
    captions = "".join(read_whole(part.captions_id).decode() for part in parts if part.captions_id)
    assert [word for word in GIVES_AWAY if word in shown + captions] == []
    assert parts[2].text == ("少量多次，先试后喂。\n\n〔供应单位〕编，〔供应单位〕〔姓名〕电话 〔电话〕，〔邮箱〕。")
    assert [line["text"] for line in parts[1].transcript][:1] == ["大家好，我是〔供应单位〕的"]


def test_it_tells_what_was_taken_out_and_what_could_not_be(named_copy: BlindCopy) -> None:
    taken = dict(named_copy.hidden)
    assert set(taken) == {"供应单位", "姓名", "师资", "电话", "邮箱"}
    assert taken["师资"] == 1
    assert [place for place, _why in named_copy.shown] == ["1. 尊重老人", "2. 试水温", "4. 协助坐位饮水"]
    assert {why["zh"] for _place, why in named_copy.shown} == {
        "画面里的台标、片头片尾、人像和衣着，声音里的自我介绍，机器去不掉。"
    }


def test_a_film_with_its_makers_words_is_played_from_a_copy_without_them(named_copy: BlindCopy) -> None:
    first, second = named_copy.parts.get(number=1), named_copy.parts.get(number=2)
    assert first.stored is not None
    film = read_whole(first.stored.digest)
    assert words_carried(io.BytesIO(film)) == {}
    assert UNIT.encode() not in film
    with av.open(io.BytesIO(film)) as played:
        assert [(s.type, round(float(s.duration * s.time_base))) for s in played.streams] == [
            ("video", 8),
            ("audio", 8),
        ]
    assert second.stored_id == named_copy.version.digest  # it lies in the package unpacked, and carries no words
    assert second.stored is not None
    assert b"".join(read_range(second.stored.digest, second.start + 4, second.start + 7)) == b"ftyp"


def test_the_same_version_is_copied_once_and_its_number_tells_nothing(named_copy: BlindCopy) -> None:
    submission, assignment = named_copy.submission, named_copy.submission.assignments.get()
    ask_for_copies([assignment])
    assert list(BlindCopy.objects.filter(submission=submission)) == [named_copy]
    assert 100 <= named_copy.alias < 1000
    assert [row.action for row in history(named_copy)] == ["scoring.copied"]


def test_a_package_that_cannot_be_read_says_so(
    supplier_draft: Submission, administrator: Account, actors: dict[Role, Actor], make_copies: Callable[[], None]
) -> None:
    accept(supplier_draft, administrator, b"PK\x03\x04 and nothing more")
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    assigned(supplier_draft, seated(supplier_draft, expert))
    make_copies()
    made = BlindCopy.objects.get(submission=supplier_draft)
    assert (made.is_made, bool(made.why)) == (False, True)
