"""Facts of all files, gathered in parallel before any rule runs. Hashing and probing release the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

from kebao.model.progress import Progress, silent
from kebao.model.text import Text
from kebao.subjects.course import Package

READING = Text(zh="读取文件", en="Reading files")
HASHING = Text(zh="计算校验值", en="Hashing")


def gather(package: Package, *, jobs: int = 2, digests: bool = True, progress: Progress = silent) -> None:
    """Fill the package's facts: faults, container facts and, if asked, SHA-256 of every file.

    Facts are kept by `package.facts`, so rules that ask for them later cost nothing.
    """
    resources = {resource.entry.path: resource for resource in package.resources}

    def look(path: str) -> None:
        package.facts.fault(path)
        if path in resources:
            _ = resources[path].media

    _each(package.facts.paths, look, READING, jobs, progress)
    if digests:
        _each(package.facts.paths, package.facts.digest, HASHING, jobs, progress)


def _each(paths: tuple[str, ...], work: Callable[[str], object], stage: Text, jobs: int, progress: Progress) -> None:
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        waiting = {pool.submit(work, path): path for path in paths}
        try:
            for done, future in enumerate(as_completed(waiting), start=1):
                future.result()
                progress(stage, done, len(paths), waiting[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C must not wait for the files still in line
            raise
