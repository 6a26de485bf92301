"""Every rule of the library, found by its file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType

import kebao.rules
from kebao.model.rule import Rule

AREA_DEPTH = 3  # kebao.rules.<area>.<rule>; what stands directly in this room is no rule


@cache
def all_rules() -> MappingProxyType[str, Rule]:
    """Rules by id, in the order of their ids.

    Raises:
        ValueError: a file holds no rule, or more than one.
    """
    found: dict[str, Rule] = {}
    for module_info in pkgutil.walk_packages(kebao.rules.__path__, "kebao.rules."):
        if module_info.ispkg or module_info.name.count(".") < AREA_DEPTH:
            continue
        module = importlib.import_module(module_info.name)
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        if len(rules) != 1:
            raise ValueError(f"{module_info.name} holds {len(rules)} rules; one rule, one file")
        found[rules[0].id] = rules[0]
    return MappingProxyType(dict(sorted(found.items())))
