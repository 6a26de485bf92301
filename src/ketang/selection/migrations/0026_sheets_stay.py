"""The database itself refuses to change a submitted score sheet: even a statement that goes around the product's actions."""

from typing import Any

from django.db import migrations

TABLE = "selection_submittedsheet"
_SQLITE = (
    f"CREATE TRIGGER submitted_sheet_stays BEFORE UPDATE ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'a submitted score sheet never changes'); END"
)
_POSTGRES = (
    "CREATE FUNCTION submitted_sheet_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a submitted score sheet never changes'; END $$",
    f"CREATE TRIGGER submitted_sheet_stays BEFORE UPDATE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION submitted_sheet_stays()",
)


def keep(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(_SQLITE)
    else:
        for statement in _POSTGRES:
            editor.execute(statement)


def let_go(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER submitted_sheet_stays")
    else:
        editor.execute(f"DROP TRIGGER submitted_sheet_stays ON {TABLE}")
        editor.execute("DROP FUNCTION submitted_sheet_stays()")


class Migration(migrations.Migration):
    dependencies = [("selection", "0025_scoring")]
    operations = [migrations.RunPython(keep, let_go)]
