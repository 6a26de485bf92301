"""What was wrong with the words on the command line, in both languages; and options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from kebao.model.text import Text

LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", envvar="KEBAO_LANG", show_default=True,
    help="语言 · language",
)  # fmt: skip


def usage_text(error: click.ClickException) -> Text:
    """A usage error as a sentence."""
    english = error.format_message()
    match error:
        case click.NoSuchOption():
            near = f"，您要找的是 {'、'.join(error.possibilities)} 吗？" if error.possibilities else "。"
            return Text(zh=f"没有选项 {error.option_name}{near}", en=english)
        case click.MissingParameter():
            return Text(zh=f"少了参数 {_name(error)}。用 --help 看用法。", en=english)
        case click.BadParameter():
            return Text(zh=f"参数 {_name(error)} 不对：{_reason(error)}", en=english)
        case click.FileError():
            return Text(zh=f"文件“{error.ui_filename}”打不开：{error.message}", en=english)
        case click.UsageError() if error.message.startswith("No such command"):
            return Text(zh=f"没有这个命令：{_quoted(error.message)}。用 kebao --help 看有哪些命令。", en=english)
        case click.UsageError() if "unexpected extra argument" in error.message:
            return Text(zh=f"多了参数：{error.message.split('(')[-1].rstrip(').')}。", en=english)
    return Text(zh=f"命令用法不对：{english}", en=english)


def _name(error: click.BadParameter) -> str:
    if error.param is not None:
        return "/".join(error.param.opts) if isinstance(error.param, click.Option) else error.param.human_readable_name
    return str(error.param_hint or "")


def _reason(error: click.BadParameter) -> str:
    kind: Any = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(str(choice) for choice in kind.choices)}。"
    if isinstance(kind, click.Path) and "does not exist" in error.message:
        return f"找不到{_quoted(error.message)}。"
    if isinstance(kind, click.Path) and "is a directory" in error.message:
        return f"{_quoted(error.message)}是文件夹，这里要写文件。"
    if isinstance(kind, click.Path) and "is a file" in error.message:
        return f"{_quoted(error.message)}是文件，这里要写文件夹。"
    if isinstance(kind, click.Path) and "is not readable" in error.message:
        return f"没有权限读{_quoted(error.message)}。"
    if isinstance(kind, click.DateTime):
        return "日期写成 2023-08-31 这样。"
    if isinstance(kind, click.IntRange):
        return f"应是不小于 {kind.min} 的整数。"
    return error.message


def _quoted(message: str) -> str:
    parts = message.split("'")
    return f"“{parts[1]}”" if len(parts) > 2 else message


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that every command has."""
    return LANG(function)
