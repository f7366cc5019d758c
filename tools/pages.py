"""Writes the notices of ``docs/answers.md`` anew from the messages. To be run after one was added or worded anew."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "answers.md"
MARK = "<!-- notices -->\n"
# The files of ``messages/`` that hold notices, and what each is about.
ABOUT = {
    "returns.files": "文件 / Files",
    "returns.layout": "工作表、表格和行 / Sheets, tables and rows",
    "returns.columns": "列 / Columns",
    "returns.cells": "单元格 / Cells",
    "governing": "地区、标准和重复 / Regions, standards and repeats",
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def notices() -> str:
    """A table of codes with their texts for each of these files."""
    parts = []
    for name, heading in ABOUT.items():
        messages: dict[str, tuple[str, str]] = import_module(f"communitycheck.messages.{name}").MESSAGES
        rows = [f"| `{code}` | {' | '.join(map(_shown, messages[code]))} |" for code in sorted(messages)]
        parts.append("\n".join([f"### {heading}", "", "| 代号 / code | 中文 | English |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _shown(text: str) -> str:
    """A message as it may read: … for what the return says."""
    return _PLACEHOLDER.sub("…", text.replace("[[", "").replace("]]", "")).replace("|", r"\|").replace("\n", " ")


def page(text: str) -> str:
    """The page with the notices of today."""
    return text.partition(MARK)[0] + MARK + "\n" + notices()


def main() -> None:
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
