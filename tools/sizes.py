"""Sizes of modules and functions under src: median, p95, and whatever is too long (module > 600, function > 80 lines)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
MODULE_MOST, FUNCTION_MOST = 600, 80


def main() -> int:
    """Print the figures; 1 when something is too long."""
    modules: dict[str, int] = {}
    functions: dict[str, int] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        if "migrations" not in path.parts:  # written by Django: a list of tables has no subjects to part
            modules[name] = text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.lineno} {node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    for word, sizes in (("modules", modules), ("functions", functions)):
        lengths = sorted(sizes.values())
        print(
            f"{word}: {len(lengths)}, median {median(lengths):.0f}, p95 {lengths[int(len(lengths) * 0.95)]}, longest {lengths[-1]}"
        )
    long = [(n, s) for n, s in modules.items() if s > MODULE_MOST] + [
        (n, s) for n, s in functions.items() if s > FUNCTION_MOST
    ]
    for name, size in long:
        print(f"too long: {name}: {size} lines")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit(main())
