"""Byte ranges as RFC 9110 has them: exactly the bytes asked for, the whole where the header is passed over, 416 beyond the end."""

from __future__ import annotations

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory

from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.reading import Damaged, read_range, store
from ketang.web.ranges import stored_response, wanted_range
from ketang_columns import Column

CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)


def asked(method: str = "GET", content: bytes = CONTENT, **headers: str) -> tuple[int, bytes, HttpResponseBase]:
    request = getattr(RequestFactory(), method.lower())("/", headers=headers)
    answer = stored_response(request, put_bytes(content), "video/mp4")
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined, arg-type]
    return answer.status_code, body, answer


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-0", (0, 0)), ("bytes=0-", (0, 99)), ("bytes=10-19", (10, 19)), ("bytes=90-1000", (90, 99)),
        ("bytes=-1", (99, 99)), ("bytes=-1000", (0, 99)), ("Bytes = 5 - 6", (5, 6)), ("bytes=99-99", (99, 99)),
        ("", None), ("bytes=", None), ("bytes=-", None), ("bytes=9-5", None), ("bytes=0-1,5-6", None), ("lines=0-1", None),
        ("bytes=a-b", None), ("bytes=٠-٩", None), ("bytes=0x1-", None), ("bytes=1.5-2", None), ("bytes=" + "9" * 40 + "-", None),
    ],
)  # fmt: skip
def test_headers_are_read_exactly(header: str, wanted: tuple[int, int] | None) -> None:
    assert wanted_range(header, 100) == wanted


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_beyond_the_end(header: str) -> None:
    with pytest.raises(IndexError):
        wanted_range(header, 100)


@pytest.mark.django_db
def test_the_whole() -> None:
    status, body, answer = asked()
    assert (status, body == CONTENT) == (200, True)
    tag = answer["ETag"]
    assert dict(answer.headers) == {
        "Content-Type": "video/mp4", "Content-Length": str(SIZE), "Content-Disposition": "inline", "Accept-Ranges": "bytes",
        "ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    status, body, answer = asked("HEAD", Range="bytes=0-9")
    assert (status, body, answer["Content-Length"]) == (200, b"", str(SIZE))
    status, body, answer = asked(content=b"")
    assert (status, body, answer["Content-Length"]) == (200, b"", "0")


@pytest.mark.django_db
def test_a_part() -> None:
    status, body, answer = asked(Range="bytes=300-555")
    assert (status, body == CONTENT[300:556]) == (206, True)
    assert (answer["Content-Range"], answer["Content-Length"]) == (f"bytes 300-555/{SIZE}", "256")
    status, body, _answer = asked(Range="bytes=-10")
    assert (status, body) == (206, CONTENT[-10:])


@pytest.mark.django_db
def test_a_file_inside_another() -> None:
    def of(within: tuple[int, int], **headers: str) -> tuple[int, bytes, HttpResponseBase]:
        request = RequestFactory().get("/", headers=headers)
        answer = stored_response(request, put_bytes(CONTENT), "video/mp4", within=within)
        return answer.status_code, b"".join(answer) if answer.streaming else answer.content, answer  # type: ignore[attr-defined, arg-type]

    status, body, answer = of((1000, 500))
    assert (status, body, answer["Content-Length"]) == (200, CONTENT[1000:1500], "500")
    status, body, answer = of((1000, 500), Range="bytes=490-9999")
    assert (status, body, answer["Content-Range"]) == (206, CONTENT[1490:1500], "bytes 490-499/500")
    assert of((1000, 500), Range="bytes=500-")[0] == 416
    assert of((1000, 500), **{"If-None-Match": answer["ETag"]})[0] == 304
    assert of((1000, 499), **{"If-None-Match": answer["ETag"]})[0] == 200


@pytest.mark.django_db
def test_a_part_that_is_not_there() -> None:
    for header in (f"bytes={SIZE}-", "bytes=-0"):
        status, body, answer = asked(Range=header)
        assert (status, body, answer["Content-Range"]) == (416, b"", f"bytes */{SIZE}")
    assert asked(content=b"", Range="bytes=0-")[0] == 416


@pytest.mark.django_db
def test_a_part_only_of_the_same_bytes() -> None:
    tag = asked()[2]["ETag"]
    assert asked(Range="bytes=0-9", **{"If-Range": tag})[:2] == (206, CONTENT[:10])
    for other in ('"other"', f"W/{tag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert asked(Range="bytes=0-9", **{"If-Range": other})[:2] == (200, CONTENT)


@pytest.mark.django_db
def test_what_the_browser_has_is_not_sent_again() -> None:
    tag = asked()[2]["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        status, body, answer = asked(**{"If-None-Match": known})
        assert (status, body, answer["ETag"]) == (304, b"", tag)
    assert asked(**{"If-None-Match": '"other"'})[0] == 200


@pytest.mark.django_db
def test_an_absent_or_short_file_is_a_fault() -> None:
    stored = put_bytes(b"soon gone")
    with pytest.raises(Damaged):
        list(read_range(stored.digest, 0, 20))
    store().delete(stored.path)
    with pytest.raises(Damaged):
        list(read_range(stored.digest, 0, 1))


def test_parts_on_both_columns(column: Column) -> None:
    stored = put_bytes(CONTENT)
    assert b"".join(read_range(stored.digest, 1000, 5999)) == CONTENT[1000:6000]
    with pytest.raises(Damaged):
        list(read_range("0" * 64, 0, 1))
    assert column.name in ("small", "large")
