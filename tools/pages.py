"""Writes anew what pages take from the program, in both languages.

Below the mark of ``docs/answers.md`` stand the notices, below that of ``docs/reference.md`` the options of every
command, below that of ``docs/rules-language.md`` the words of the rule language. To be run after a message, a command,
an option or a word of the language was added or worded anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from communitycheck.cli.program import build
from communitycheck.messages import LANGS, Lang, say
from communitycheck.products.rulebook.language.report import language_tables

DOCS = Path(__file__).parents[1] / "docs"
MARK = "<!-- made by tools/pages.py -->\n"
SUFFIX: dict[Lang, str] = {"en": "", "zh": ".zh-CN"}
# The files of ``messages/`` that hold notices, and what each is about.
ABOUT = {
    "returns.files": ("文件", "Files"),
    "returns.engine": ("由数据库引擎判定的大表", "Large tables that an engine judges"),
    "returns.databases": ("数据库与按名选表", "Databases, and sheets chosen by name"),
    "returns.layout": ("工作表、表格和行", "Sheets, tables and rows"),
    "returns.columns": ("列", "Columns"),
    "returns.cells": ("单元格", "Cells"),
    "governing": ("地区、标准和重复", "Regions, standards and repeats"),
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_ONE_OF = re.compile(r"\{\{\w+:[^{}|]*\|([^{}|]*)\}\}")
_ITEM = re.compile(r"^  (\S.*?)(?: {2,}|\n {6,})(\S.*)$", re.MULTILINE)
_WIDE = 10_000


def notices(lang: Lang) -> str:
    """A table of codes with their texts for each of these files."""
    parts = []
    for name, headings in ABOUT.items():
        messages: dict[str, tuple[str, str]] = import_module(f"communitycheck.messages.{name}").MESSAGES
        own = LANGS.index(lang)
        rows = [f"| `{code}` | {_shown(messages[code][own])} |" for code in sorted(messages)]
        head = {"zh": "| 代号 | 提示 |", "en": "| code | notice |"}[lang]
        parts.append("\n".join([f"### {headings[own]}", "", head, "|---|---|", *rows, ""]))
    return "\n".join(parts)


def _shown(text: str) -> str:
    """A message as it may read: … for what the return says."""
    text = _ONE_OF.sub(r"\1", text)
    return _PLACEHOLDER.sub("…", text.replace("[[", "").replace("]]", "")).replace("|", r"\|").replace("\n", " ")


def options(lang: Lang) -> str:
    """For each command what it is for, what it is given, and its options as its help tells them."""
    head = {"zh": "| 参数、选项 | 说明 |", "en": "| argument or option | what it says |"}[lang]
    parts = []
    for name, command, context in commands(lang):
        rows = [f"| {_typed(first)} | {_cell(second)} |" for first, second in _items(command.get_help(context), lang)]
        heading = f"### {name}" if name else {"zh": "### 各命令之前", "en": "### Before every command"}[lang]
        parts.append("\n".join([heading, "", command.help.partition("\n")[0], "", head, "|---|---|", *rows, ""]))
    return "\n".join(parts)


def commands(lang: Lang) -> Iterator[tuple[str, Any, Any]]:
    """The program and every command with its name and a context, those of a group after it."""
    program: Any = build(lang)
    yield from _with_those_below("", program, program.context_class(program, info_name="communitycheck", **_width()))


def _with_those_below(name: str, command: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    yield name, command, context
    for one in command.list_commands(context) if hasattr(command, "list_commands") else []:
        below = command.get_command(context, one)
        inner = below.context_class(below, info_name=one, parent=context, **_width())
        yield from _with_those_below(f"{name} {one}".strip(), below, inner)


def _width() -> dict[str, int]:
    return {"terminal_width": _WIDE, "max_content_width": _WIDE}


def _items(text: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """What a help page lists below its headings of arguments and options, without ``--help``."""
    for heading in ("help-arguments", "help-options"):
        start = say("help-heading", lang, text=say(heading, lang)) + "\n"
        if start in text:
            items = _ITEM.findall(text.partition(start)[2].partition("\n\n")[0])
            yield from ((first, second) for first, second in items if first != "--help")


def _typed(first: str) -> str:
    """``-s, --standard ID|FILE`` as a cell of a table."""
    return f"`{_cell(first)}`"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


PARTS: dict[str, Callable[[Lang], str]] = {"answers": notices, "reference": options, "rules-language": language_tables}


def page(text: str, part: str, lang: Lang) -> str:
    """The page with what the program says today."""
    return text.partition(MARK)[0] + MARK + "\n" + PARTS[part](lang)


def main() -> None:
    for part in PARTS:
        for lang, suffix in SUFFIX.items():
            path = DOCS / f"{part}{suffix}.md"
            path.write_text(page(path.read_text("utf-8"), part, lang), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
