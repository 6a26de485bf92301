"""The command needs no system and no network: it verifies in a process where neither can be had."""

from __future__ import annotations

from pathlib import Path

from sealed_lists import PUBLISHED, alone, sealed


def test_a_stranger_verifies_and_sees_a_changed_byte(tmp_path: Path) -> None:
    place = tmp_path / "list.json"
    place.write_bytes(sealed())
    code, said, errors = alone(place, "--key", PUBLISHED)
    assert (code, said[0], errors) == (0, "✓ 名单完整，封存以后没有改动。", "")
    place.write_bytes(sealed().replace(b'"bytes":12', b'"bytes":13', 1))
    code, said, errors = alone(place, "--key", PUBLISHED)
    assert (code, said[0], errors) == (1, "✗ 名单第 1 条（编号 T-0001）被改过。", "")
