"""Writes anew what the built-in rule files are compiled to. To be run after one of them was changed, or the code that
compiles them."""

from __future__ import annotations

from communitycheck.resources import data_dir
from communitycheck.standards.book import load_rule_book
from communitycheck.standards.compiled.built_in import COMPILED, compiled


def text_of_today() -> str:
    """What ``COMPILED`` should hold: all rule files of the toolkit, read and compiled just now."""
    folder = data_dir("rules")
    book = load_rule_book([folder], anew=True)
    return "".join(f"{line}\n" for line in compiled(folder, book.dictionary, book.all()))


def main() -> None:
    COMPILED.write_text(text_of_today(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
