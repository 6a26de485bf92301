"""A sealed list: what it holds, and that no change passes."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kebao.cli.main import main
from kebao.model.errors import KebaoError, Unreadable, UsageFault
from kebao.seal.keys import public_pem, read_fingerprint
from kebao.seal.snapshot import entry, moment, snapshot_schema
from kebao.seal.verifying import Altered, verify
from sealed_lists import KEY, PUBLISHED, electronic, sealed

PACKAGE = b"a package"


def refusal(data: bytes, published: str | None = None) -> tuple[type[KebaoError], str]:
    with pytest.raises((Unreadable, Altered)) as caught:
        verify(data, published=published)
    assert caught.value.message.zh.endswith("。")
    assert caught.value.message.en.endswith(".")
    return type(caught.value), caught.value.code


def changed(change) -> bytes:
    content = json.loads(sealed())
    change(content)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def test_what_was_sealed_is_read_back_whole() -> None:
    data = sealed()
    found = verify(data, published=PUBLISHED)
    assert found == verify(data)
    assert [one.arrival.number for one in found.entries] == ["T-0001", "T-0002", "T-0003", "T-0004"]
    assert set(json.loads(data)) == {"schema", "call", "number", "former", "made_at", "audit_head", "count", "entries", "public_key", "fingerprint", "signature"}  # fmt: skip
    assert json.loads(data)["entries"][2]["arrival"] == {
        "position": 3, "kind": "paper", "number": "T-0003", "received_at": "2023-08-31T10:00:00.000000+08:00",
        "lateness": "in-grace",
    }  # fmt: skip
    jsonschema.validate(json.loads(data), snapshot_schema())


def test_the_same_list_is_the_same_bytes() -> None:
    assert sealed() == sealed()


def test_each_changed_bit_is_detected() -> None:
    data = sealed(electronic(1), electronic(2))
    for place in range(len(data)):
        for bit in range(8):
            other = bytearray(data)
            other[place] ^= 1 << bit
            with pytest.raises((Unreadable, Altered)):
                verify(bytes(other))


def test_changed_removed_and_added_bytes_anywhere_are_detected() -> None:
    draw = random.Random(5)
    data = sealed()
    for _round in range(3000):
        start, length = draw.randrange(len(data)), draw.randrange(0, 40)
        other = data[:start] + draw.randbytes(draw.randrange(0, 40)) + data[start + length :]
        if other != data:
            with pytest.raises((Unreadable, Altered)):
                verify(other)


def test_each_cut_is_called_a_cut() -> None:
    data = sealed()
    assert {refusal(data[:length]) for length in range(1, len(data))} == {(Unreadable, "truncated")}


def _swap(content) -> None:
    content["entries"][0], content["entries"][1] = content["entries"][1], content["entries"][0]


def _lend(content) -> None:
    content["entries"].append(json.loads(json.dumps(content["entries"][0])))


def _rewrite(content) -> None:
    """Somebody who knows the format gives his entry its own check."""
    content["entries"][0] = entry(electronic(1, "c" * 64)).model_dump(mode="json")


@pytest.mark.parametrize(
    "change, code",
    [
        (lambda content: content["entries"][1]["arrival"].update(lateness="in-time"), "entry-changed"),
        (lambda content: content["entries"].pop(1), "entry-removed"),
        (lambda content: content["entries"].pop(), "entry-removed"),
        (_lend, "entry-added"),
        (_swap, "entries-reordered"),
        (_rewrite, "signature"),
        (lambda content: content["call"].update(title="另一个征集"), "signature"),
        (lambda content: content.update(count=3), "entry-added"),
        (lambda content: content.update(fingerprint="0" * 64), "fingerprint"),
        (lambda content: content.update(more=1), "changed"),
        (lambda content: content["audit_head"].update(digest="b" * 64), "signature"),
    ],
)
def test_what_differs_is_named(change, code: str) -> None:
    assert refusal(changed(change)) == (Altered, code)


def test_the_words_name_the_entry() -> None:
    with pytest.raises(Altered) as caught:
        verify(changed(_swap))
    assert caught.value.message.zh == "名单第 2 条（编号 T-0002）不在原来的位置，顺序被改过。"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"{}", b"[" * 200_000, b'{"schema":"kebao.media/1"}\n', b"\xff\xfe"]
)
def test_something_else_is_no_snapshot(data: bytes) -> None:
    assert refusal(data) == (Unreadable, "not-a-snapshot")


def test_a_newer_format_asks_for_a_newer_program() -> None:
    assert refusal(sealed().replace(b"snapshot/1", b"snapshot/2", 1)) == (Unreadable, "newer-format")


def test_depth_and_size_of_numbers_do_not_crash() -> None:
    start = b'{"schema":"kebao.snapshot/1","call":'
    assert refusal(start + b"[" * 200_000 + b'"}\n') == (Altered, "changed")
    assert refusal(start + b"9" * 20_000 + b',"a":"}\n') == (Altered, "changed")


def test_another_key_is_not_the_published_one() -> None:
    assert refusal(sealed(), "1" * 64) == (Altered, "other-key")


def test_keys_are_given_as_fingerprint_or_file() -> None:
    spaced = ":".join(PUBLISHED[i : i + 4].upper() for i in range(0, 64, 4))
    pem = public_pem(KEY.public_key()).encode()
    assert [read_fingerprint(spaced), read_fingerprint(pem), read_fingerprint(f"{spaced}\n".encode())] == [
        PUBLISHED
    ] * 3
    rsa = generate_private_key(65537, 1024).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for wrong in ("", PUBLISHED[:16], b"\xff", rsa):
        with pytest.raises(UsageFault):
            read_fingerprint(wrong)


def test_moments_and_positions_are_written_one_way() -> None:
    assert moment(datetime(2023, 8, 31, tzinfo=UTC)) == "2023-08-31T00:00:00.000000+00:00"
    with pytest.raises(ValueError):
        moment(datetime(2023, 8, 31))
    with pytest.raises(ValueError):
        sealed(electronic(2))


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["verify-snapshot", *map(str, arguments)])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    import hashlib

    package, snapshot = tmp_path / "课程.zip", tmp_path / "名单.json"
    package.write_bytes(PACKAGE)
    snapshot.write_bytes(sealed(electronic(1, hashlib.sha256(PACKAGE).hexdigest()), electronic(2)))
    return snapshot, package


def test_the_command_verifies(capsys, files) -> None:
    snapshot, _package = files
    assert run(capsys, snapshot, "--key", PUBLISHED) == (
        0,
        "✓ 名单完整，封存以后没有改动。\n征集：征集通知（主办单位）\n截止：2023-08-31T23:59:59.000000+08:00（Asia/Shanghai）\n"
        f"第 1 次封存：2023-09-01T08:00:00.000000+08:00，共 2 条\n公钥指纹：{PUBLISHED}\n签名用的是公布的密钥。\n",
        "",
    )
    code, said, _error = run(capsys, snapshot, "--lang", "en")
    assert (code, said.splitlines()[-1]) == (0, "Compare this fingerprint with the one the organiser published, or verify again with --key.")  # fmt: skip


def test_the_command_finds_a_package(capsys, files) -> None:
    snapshot, package = files
    answers = [
        run(capsys, snapshot, "--package", package, "--receipt", name)
        for name in ("t-r00001", "T-0001", "T-R00002", "T-R9")
    ]
    assert [(code, said.splitlines()[-1][:16]) for code, said, _error in answers] == [
        (0, "✓ 这个文件在名单里：T-000"), (0, "✓ 这个文件在名单里：T-000"),
        (1, "✗ 名单里有 T-R00002，"), (1, "✗ 名单里没有 T-R9；这个文"),
    ]  # fmt: skip
    package.write_bytes(b"another")
    assert run(capsys, snapshot, "--package", package, "--receipt", "X")[1].endswith(
        "✗ 名单里没有 X，也没有这个文件。\n"
    )


def test_exit_codes_of_the_command(capsys, files) -> None:
    snapshot, package = files
    assert run(capsys, snapshot, "--package", package)[0] == 2
    assert run(capsys, snapshot, "--key", "abc")[0] == 2
    assert run(capsys, snapshot, "--key", "1" * 64)[0] == 1
    assert run(capsys, package) == (3, "", "错误：这不是封存的截止名单。\n")
    snapshot.write_bytes(snapshot.read_bytes().replace(b"T-0002", b"T-0009"))
    assert run(capsys, snapshot) == (1, "✗ 名单第 2 条（编号 T-0009）被改过。\n", "")
