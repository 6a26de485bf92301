"""Steps of migrations that make many tables at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel


class Together(Operation):
    """`CreateModel` many times, in any order, whichever refers to which.

    Django's own loop makes every model of the project anew after each operation, which among 130 tables takes twenty
    seconds; here that is done once.
    """

    reduces_to_sql = True
    reversible = True
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As Django writes it into a file."""
        return self.__class__.__qualname__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models are known. What was rendered of the state before goes: whoever asks for models next renders all, once."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The tables are made; PostgreSQL refers them to one another when all are there."""
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """They are gone, last made first."""
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """One line for `showmigrations --plan`."""
        return f"Create {len(self.operations)} models together"


class Besides(Operation):
    """What the models do not tell: triggers, indexes of the search. Unlike `RunPython`, it asks for no models of the moment.

    Args:
        make: takes the schema editor.
        unmake: the same; without it going back leaves what was made, for it goes with its table.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, make: Callable[[Any], None], unmake: Callable[[Any], None] | None = None) -> None:
        self.make, self.unmake = make, unmake

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that models tell."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - as Django calls it
        """Make it."""
        self.make(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - as Django calls it
        """Unmake it."""
        if self.unmake is not None:
            self.unmake(schema_editor)

    def describe(self) -> str:
        """One line for `showmigrations --plan`."""
        return f"Besides: {self.make.__name__}"
