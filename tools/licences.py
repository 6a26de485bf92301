"""What the installed wheels really carry: every bundled shared library is listed with its licence, and GPL parts stand in NOTICE.

Metadata is not believed alone: PyAV's says BSD, its FFmpeg says LGPL of itself and is linked with libx264 and libx265. The list is
`tools/binaries.toml`; what is linked statically into a Python module cannot be seen here.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LIBRARY = re.compile(r"lib(.+?)(?:-[0-9a-f]{8})*(?:\.so[\d.]*|[\d.]*\.dylib)")
_GPL = re.compile(r"A?GPL-\d\.\d(-only|-or-later)?")
# Configuration flags by which an FFmpeg tells that GPL code is in it or linked to it (its LICENSE.md).
_GPL_FLAGS = re.compile(
    rb"--enable-(gpl|libx264|libx265|libxavs2?|libxvid|libvidstab|librubberband|libdavs2|frei0r|libcdio)\b"
)


def main() -> int:
    """Print what was found; 1 when something is unlisted, or GPL and not named in NOTICE."""
    licences: dict[str, str] = tomllib.loads((ROOT / "tools/binaries.toml").read_text(encoding="utf-8"))["libraries"]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    found = dict(bundled())
    problems = [*faults(found, licences, notice), *metadata_gpl()]
    wheels = len({path.parent for path in found.values()})
    print(
        f"{len(found)} bundled libraries in {wheels} wheels; GPL in them: {', '.join(sorted(gpl(found, licences))) or 'none'}"
    )
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def bundled() -> Iterator[tuple[str, Path]]:
    """Libraries that wheels bring in folders of their own (`av.libs`, `.dylibs`), by bare name."""
    for distribution in importlib.metadata.distributions():
        for file in distribution.files or ():
            if not any(part.endswith((".libs", ".dylibs")) for part in file.parts[:-1]):
                continue
            if match := _LIBRARY.fullmatch(file.name):
                yield match[1], Path(str(distribution.locate_file(file)))


def gpl(found: Mapping[str, Path], licences: Mapping[str, str]) -> set[str]:
    """Names of libraries under the GPL without another choice: by the list, and by what an FFmpeg says it was built with."""
    plain = {name for name in found if _GPL.fullmatch(licences.get(name, ""))}
    linked = {
        match[1].decode().removeprefix("lib")
        for name, path in found.items()
        if licences.get(name) == "FFmpeg"
        for match in _GPL_FLAGS.finditer(path.read_bytes())
    }
    return plain | linked


def faults(found: Mapping[str, Path], licences: Mapping[str, str], notice: str) -> Iterator[str]:
    """Sentences about what is not listed, or GPL and not named."""
    for name in sorted(set(found) - set(licences)):
        yield f"not listed in tools/binaries.toml: lib{name} ({found[name].parent.name}/{found[name].name})"
    for name in sorted(gpl(found, licences)):
        if name not in notice:
            yield f"GPL and not named in NOTICE: {name}"


def metadata_gpl() -> Iterator[str]:
    """Run-time packages whose own metadata says GPL (LGPL is none)."""
    lock = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE):
        try:
            words = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform
        licence = words.get("License-Expression") or (words.get("License") or "").partition("\n")[0]
        if re.search(
            r"(?<!L)GPL|(?<!Lesser )General Public", " ".join([licence, *(words.get_all("Classifier") or ())])
        ):
            yield f"metadata says GPL: {name}"


if __name__ == "__main__":
    sys.exit(main())
