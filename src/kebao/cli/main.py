"""Entry point of the command `kebao`: one language, one way of saying what went wrong, fixed exit codes.

Exit codes: 0 nothing of severity error failed; 1 something did (or, with `--strict`, anything remains open);
2 the command was used wrongly; 3 the package cannot be read or is unsafe.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

import kebao
from kebao.cli.check import check_command
from kebao.cli.doctor import doctor_command
from kebao.cli.inspect import inspect_command
from kebao.cli.kit import kit_command, new_command
from kebao.cli.media import media_command
from kebao.cli.occupations import occupations_group
from kebao.cli.output import reason
from kebao.cli.prints import prints_group
from kebao.cli.rules import explain_command, rules_command
from kebao.cli.usage import usage_text
from kebao.cli.verify_snapshot import verify_snapshot_command
from kebao.model.errors import KebaoError, Unreadable
from kebao.model.text import Language, Text

USAGE, UNREADABLE = 2, 3


@click.group(
    name="kebao",
    help="课包：逐条检查职业技能培训课程包。\n\nKebao checks vocational-training course packages, clause by clause.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(kebao.__version__, "--version", prog_name="kebao", message="%(prog)s %(version)s")
def cli() -> None:
    """The group; every command stands in its own module."""


for _command in (
    check_command, media_command, inspect_command, new_command, kit_command, rules_command, explain_command, doctor_command,
    occupations_group, prints_group, verify_snapshot_command,
):  # fmt: skip
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit. Nothing a user can do ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console of an old code page must not break on a Chinese word
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(given)
    try:
        code: Any = cli.main(args=given, prog_name="kebao", standalone_mode=False)
    except click.exceptions.Abort:
        code = _complain(Text(zh="已中断。", en="Interrupted."), language, 130)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = USAGE
    except click.ClickException as error:
        code = _complain(usage_text(error), language, USAGE)
    except Unreadable as error:
        code = _complain(error.message, language, UNREADABLE)
    except KebaoError as error:
        code = _complain(error.message, language, USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        name, why = f"“{error.filename}”" if error.filename else "", reason(error)
        said = Text(zh=f"读写文件{name}失败：{why.zh}。", en=f"Cannot read or write {name}: {why.en}.")
        code = _complain(said, language, UNREADABLE)
    sys.exit(code if isinstance(code, int) else 0)


def _complain(message: Text, language: Language, code: int) -> int:
    head = Text(zh="错误：", en="Error: ").to(language)
    click.echo(f"{head}{message.to(language)}", err=True)
    return code


def _language(arguments: list[str]) -> Language:
    """The language of complaints, needed before the arguments are understood."""
    for index, word in enumerate(arguments):
        if word == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "zh"
        if word.startswith("--lang="):
            return "en" if word == "--lang=en" else "zh"
    return "en" if os.environ.get("KEBAO_LANG") == "en" else "zh"
