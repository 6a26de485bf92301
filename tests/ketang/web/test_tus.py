"""tus 1.0: resumed after a cut, checked, ended; nobody reaches another's upload; nothing is kept twice."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils.http import http_date, parse_http_date

from ketang.people.models import Account
from ketang.platform.uploads.actions import PIECE_BYTES, PieceReader
from ketang.platform.uploads.expiring import let_expired_go
from ketang.platform.uploads.models import Upload, UploadPiece, UploadState

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def sender(client: Client) -> Client:
    client.force_login(Account.objects.create(login="sender", email="sender@example.invalid"))
    return client


def begin(client: Client, length: int, name: str = "课程.zip") -> str:
    metadata = f"filename {base64.b64encode(name.encode()).decode()}"
    answer = client.post(
        "/uploads/",
        headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata},
        content_type="text/plain",
    )
    assert answer.status_code == 201, answer.content
    return answer["Location"]


def send(client: Client, place: str, offset: int, content: bytes, **headers: str) -> Any:
    return client.patch(
        place,
        content,
        content_type="application/offset+octet-stream",
        headers={**TUS, "Upload-Offset": str(offset), **headers},
    )


def whole(upload: Upload) -> bytes:
    return PieceReader(upload).read()


def test_an_upload_in_three_parts_is_the_file(sender: Client) -> None:
    content = bytes(range(256)) * 40
    place = begin(sender, len(content))
    for start in (0, 4000, 8000):
        answer = send(sender, place, start, content[start : start + 4000])
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(min(start + 4000, len(content))))
    upload = Upload.objects.get()
    assert (upload.name, upload.offset, upload.state, whole(upload)) == (
        "课程.zip",
        len(content),
        UploadState.WHOLE,
        content,
    )


def test_head_tells_where_to_go_on(sender: Client) -> None:
    place = begin(sender, 10)
    send(sender, place, 0, b"1234")
    answer = sender.head(place, headers=TUS)
    assert (answer.status_code, answer["Upload-Offset"], answer["Upload-Length"], answer["Cache-Control"]) == (
        200,
        "4",
        "10",
        "no-store",
    )


@pytest.mark.parametrize(
    ("offset", "content", "status"), [(3, b"x", 409), (5, b"x", 409), (4, b"1234567", 413), (0, b"x", 409)]
)
def test_bytes_for_another_place_or_too_many_are_not_kept(
    sender: Client, offset: int, content: bytes, status: int
) -> None:
    place = begin(sender, 10)
    send(sender, place, 0, b"1234")
    assert send(sender, place, offset, content).status_code == status
    upload = Upload.objects.get()
    assert (upload.offset, whole(upload), UploadPiece.objects.count()) == (4, b"1234", 1)


def test_a_checksum_that_differs_throws_the_bytes_away(sender: Client) -> None:
    place = begin(sender, 8)
    right = base64.b64encode(hashlib.sha256(b"12345678").digest()).decode()
    assert send(sender, place, 0, b"1234567x", **{"Upload-Checksum": f"sha256 {right}"}).status_code == 460
    assert (Upload.objects.get().offset, UploadPiece.objects.count()) == (0, 0)
    assert send(sender, place, 0, b"12345678", **{"Upload-Checksum": "crc9 AA=="}).status_code == 400
    assert send(sender, place, 0, b"12345678", **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204
    assert whole(Upload.objects.get()) == b"12345678"


class Cut:
    """A line that is cut after some bytes."""

    def __init__(self, content: bytes) -> None:
        self._left = content

    def read(self, size: int) -> bytes:
        if not self._left:
            raise ConnectionResetError
        part, self._left = self._left[:size], self._left[size:]
        return part


def test_what_came_before_a_cut_is_kept(sender: Client) -> None:
    from ketang.platform.uploads import actions

    begin(sender, PIECE_BYTES + 100)
    upload = Upload.objects.get()
    assert actions.append(upload=upload, offset=0, source=Cut(b"a" * (PIECE_BYTES + 40))) == PIECE_BYTES + 40
    upload.refresh_from_db()
    assert (upload.offset, upload.state) == (PIECE_BYTES + 40, UploadState.OPEN)
    assert actions.append(upload=upload, offset=upload.offset, source=Cut(b"b" * 60)) == upload.length
    assert whole(upload) == b"a" * (PIECE_BYTES + 40) + b"b" * 60


def test_of_two_lines_that_send_the_same_place_one_wins(sender: Client) -> None:
    from ketang.platform.uploads import actions

    begin(sender, 8)
    one, other = Upload.objects.get(), Upload.objects.get()
    assert actions.append(upload=one, offset=0, source=Cut(b"1234")) == 4
    with pytest.raises(actions.WrongOffset):
        actions.append(upload=other, offset=0, source=Cut(b"abcdefgh"))
    assert whole(Upload.objects.get()) == b"1234"
    assert len(default_storage.listdir(f"uploads/{one.uuid}")[1]) == 1


def test_an_upload_is_its_owner_s_alone(sender: Client) -> None:
    place = begin(sender, 4)
    other = Client()
    other.force_login(Account.objects.create(login="other", email="other@example.invalid"))
    assert [
        other.head(place, headers=TUS).status_code,
        send(other, place, 0, b"1234").status_code,
        other.delete(place, headers=TUS).status_code,
    ] == [404, 404, 404]
    assert Client().head(place, headers=TUS).status_code == 404
    assert (
        Client().post("/uploads/", headers={**TUS, "Upload-Length": "1"}, content_type="text/plain").status_code == 403
    )
    assert Upload.objects.get().offset == 0


def test_an_ended_or_expired_upload_leaves_nothing(sender: Client) -> None:
    place = begin(sender, 8)
    send(sender, place, 0, b"1234")
    folder = f"uploads/{Upload.objects.get().uuid}"
    assert sender.delete(place, headers=TUS).status_code == 204
    assert (Upload.objects.count(), default_storage.exists(folder)) == (0, False)
    begin(sender, 8)
    Upload.objects.update(expires_at="2020-01-01T00:00Z")
    assert (let_expired_go(), Upload.objects.count()) == (1, 0)


def test_every_answer_tells_when_it_expires(sender: Client) -> None:
    place = begin(sender, 8)
    told = [send(sender, place, 0, b"1234"), sender.head(place, headers=TUS)]
    expires = http_date(Upload.objects.get().expires_at.timestamp())
    assert [answer["Upload-Expires"] for answer in told] == [expires, expires]
    assert round(parse_http_date(expires) / 86400 - time.time() / 86400, 2) == 7


def test_the_protocol_is_told_and_another_version_refused(sender: Client) -> None:
    told = sender.options("/uploads/")
    assert {name: told[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Checksum-Algorithm")} == {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,checksum,expiration,termination",
        "Tus-Checksum-Algorithm": "sha256,sha1,md5",
    }
    assert sender.post("/uploads/", headers={"Upload-Length": "1"}, content_type="text/plain").status_code == 412
    place = begin(sender, 4)
    assert (
        sender.patch(place, b"1234", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"}).status_code
        == 415
    )


@pytest.mark.parametrize("length", ["", "-1", "x", "1" * 16, "٣"])
def test_a_length_that_is_none_is_refused(sender: Client, length: str) -> None:
    assert (
        sender.post("/uploads/", headers={**TUS, "Upload-Length": length}, content_type="text/plain").status_code == 400
    )


def test_a_file_above_the_limit_is_refused_in_words(sender: Client, settings: Any) -> None:
    settings.UPLOAD_BYTES = 10
    answer = sender.post("/uploads/", headers={**TUS, "Upload-Length": "11"}, content_type="text/plain")
    assert (answer.status_code, "上限" in answer.content.decode()) == (413, True)


def test_a_name_is_never_a_path(sender: Client) -> None:
    begin(sender, 4, name="..\\..\\etc/passwd\0\n")
    assert Upload.objects.get().name == "passwd"


def test_a_browser_must_show_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.create(login="sender"))
    assert client.post("/uploads/", headers={**TUS, "Upload-Length": "1"}, content_type="text/plain").status_code == 403
