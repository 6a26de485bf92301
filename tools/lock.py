"""Write `requirements/*.txt` from pyproject.toml: exact versions with digests, no index address."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """The locks: what runs, the demonstration's material, Node where there is none, and everything that lints and tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    run = [
        *project["project"]["dependencies"],
        *extras["platform"],
        *project["build-system"]["requires"],
        "editables>=0.5",
    ]
    compile_lock("run.txt", run)
    compile_lock("demo.txt", groups["demo"], "--no-deps")
    compile_lock("node.txt", groups["node"])
    compile_lock("dev.txt", [*groups["lint"], *groups["test"]], "--constraints", "requirements/run.txt")


def compile_lock(name: str, wanted: list[str], *more: str) -> None:
    """Resolve `wanted` and write one lock."""
    target = ROOT / "requirements" / name
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "-", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
        "--no-header", "--universal", "--python-version", "3.11", "--no-annotate", "-q", "-o", str(target), *more,
    ]  # fmt: skip
    subprocess.run(command, input="\n".join(wanted), text=True, check=True, cwd=ROOT)
    lines = target.read_text(encoding="utf-8")
    target.write_text("# Made by `make lock` from pyproject.toml.\n" + lines, encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {lines.count('==')} packages")


if __name__ == "__main__":
    main()
