"""The database itself refuses to change what was said and voted in a meeting; an account that is erased may still leave its line."""

from typing import Any

from django.db import migrations

KEPT = {
    "selection_remark": ("meeting_id", "submission_id", "signed_as", "words", "said_at"),
    "selection_vote": ("meeting_id", "submission_id", "seat_id", "choice", "voted_at"),
}
_SAID = "what was said and voted in a meeting never changes"


def keep(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor != "sqlite":
        editor.execute(
            "CREATE FUNCTION meeting_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$"
        )
    for table, columns in KEPT.items():
        head = f"CREATE TRIGGER {table}_stays BEFORE UPDATE OF {', '.join(columns)} ON {table}"
        if editor.connection.vendor == "sqlite":
            editor.execute(f"{head} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")
        else:
            editor.execute(f"{head} FOR EACH ROW EXECUTE FUNCTION meeting_stays()")


def let_go(_apps: Any, editor: Any) -> None:
    sqlite = editor.connection.vendor == "sqlite"
    for table in KEPT:
        editor.execute(f"DROP TRIGGER {table}_stays" if sqlite else f"DROP TRIGGER {table}_stays ON {table}")
    if not sqlite:
        editor.execute("DROP FUNCTION meeting_stays()")


class Migration(migrations.Migration):
    dependencies = [("selection", "0031_rankings_computed")]
    operations = [migrations.RunPython(keep, let_go)]
