"""Modules as one classic script: equal names do not meet, and what cannot be put together is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from kebao.player.classic import classic_script
from kebao.player.page import STATIC


def modules(folder: Path, **texts: str) -> list[Path]:
    made = []
    for name, text in texts.items():
        path = folder / f"{name}.js"
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def test_each_module_stands_in_a_function_of_its_own(tmp_path: Path) -> None:
    made = modules(
        tmp_path,
        one="const T = 1;\nexport class A {}\n",
        two='import { A } from "./one.js";\nconst T = 2;\nexport const a = new A();\n',
    )
    assert classic_script(made) == (
        '(() => {\n"use strict";\nconst modules = {};\n'
        'modules["one.js"] = (() => {\nconst T = 1;\nclass A {}\n\nreturn { A };\n})();\n'
        'modules["two.js"] = (() => {\nconst { A } = modules["one.js"];\nconst T = 2;\nconst a = new A();\n\nreturn { a };\n})();\n'
        "})();\n"
    )


def test_the_player_s_own_modules_leave_no_import_or_export() -> None:
    script = classic_script([STATIC / name for name in ("step.js", "transcript.js", "player.js")])
    assert [line for line in script.splitlines() if line.startswith(("import ", "export "))] == []


def test_a_module_that_comes_too_early_is_named(tmp_path: Path) -> None:
    made = modules(tmp_path, two='import { A } from "./one.js";\n', one="export class A {}\n")
    with pytest.raises(ValueError, match=r"two\.js imports one\.js"):
        classic_script(made)


def test_other_ways_to_export_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"one\.js: export default 1;"):
        classic_script(modules(tmp_path, one="export default 1;\n"))
