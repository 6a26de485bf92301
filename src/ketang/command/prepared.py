"""Whether an instance is as this version of the product needs it: tables made, static files collected. Without Django."""

from __future__ import annotations

from pathlib import Path

PRODUCT = Path(__file__).resolve().parents[1]


def mark(home: Path) -> None:
    """Note that the instance was prepared by what is installed now."""
    (home / "prepared").write_text(_state(), encoding="utf-8")


def is_prepared(home: Path) -> bool:
    """Whether what is installed now has prepared the instance."""
    try:
        return (home / "prepared").read_text(encoding="utf-8") == _state()
    except FileNotFoundError:
        return False


def _state() -> str:
    """Names, sizes and times of migrations and static files."""
    seen = []
    for path in sorted([*PRODUCT.glob("**/migrations/*.py"), *PRODUCT.glob("**/static/**/*")]):
        status = path.stat()
        if path.is_file():
            seen.append(f"{path.relative_to(PRODUCT)} {status.st_size} {status.st_mtime_ns}\n")
    return "".join(seen)
