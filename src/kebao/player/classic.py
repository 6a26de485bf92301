"""Modules put together as one classic script: browsers run no `type=module` from `file://`, where a course on a stick is opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(?:\./)?([\w.-]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (const|class|function|async function) (\w+)", re.MULTILINE)


def classic_script(modules: Sequence[Path]) -> str:
    """One script of modules, each in a function of its own, so that equal names do not meet.

    Args:
        modules: files by unlike names, each after those that it imports. They import and export by name, a line each, as ours do.

    Raises:
        ValueError: a module imports one that does not stand before it, or writes imports and exports in another way.
    """
    parts = ['"use strict";', "const modules = {};"]
    known: set[str] = set()
    for path in modules:
        text = path.read_text(encoding="utf-8")
        missing = [name for _names, name in _IMPORT.findall(text) if name not in known]
        if missing:
            raise ValueError(f"{path.name} imports {missing[0]}, which does not stand before it")
        body = _IMPORT.sub(r'const { \1 } = modules["\2"];', text)
        names = [name for _kind, name in _EXPORT.findall(body)]
        body = _EXPORT.sub(r"\1 \2", body)
        if (other := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE)) is not None:
            raise ValueError(f"{path.name}: {other.group()}")
        parts.append(f'modules["{path.name}"] = (() => {{\n{body}\nreturn {{ {", ".join(names)} }};\n}})();')
        known.add(path.name)
    inside = "\n".join(parts)
    return f"(() => {{\n{inside}\n}})();\n"
