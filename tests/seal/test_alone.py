"""The command needs no system and no network: it verifies in a process where neither can be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sealed_lists import PUBLISHED, sealed

ALONE = """
import sys
for name in ("ketang", "django"):
    sys.modules[name] = None
sys.addaudithook(lambda event, _: event.startswith("socket.connect") and sys.exit("network"))
from kebao.cli.main import main
main(["verify-snapshot", *sys.argv[1:]])
"""


def run(*arguments: object) -> tuple[int, str, str]:
    ended = subprocess.run([sys.executable, "-c", ALONE, *map(str, arguments)], capture_output=True, text=True)
    return ended.returncode, ended.stdout.partition("\n")[0], ended.stderr


def test_a_stranger_verifies_and_sees_a_changed_byte(tmp_path: Path) -> None:
    place = tmp_path / "list.json"
    place.write_bytes(sealed())
    assert run(place, "--key", PUBLISHED) == (0, "✓ 名单完整，封存以后没有改动。", "")
    place.write_bytes(sealed().replace(b'"bytes":12', b'"bytes":13', 1))
    assert run(place, "--key", PUBLISHED) == (1, "✗ 名单第 1 条（编号 T-0001）被改过。", "")
