"""Writes anew what a run takes in place of the built-in rule files: what they are compiled to, and the names of the
dictionary in the forms in which they are looked up. To be run after one of the files was changed, or the code that
reads them."""

from __future__ import annotations

from pathlib import Path

from communitycheck.resources import data_dir
from communitycheck.returns.columns.meaning.field_names import forms_of, written_names
from communitycheck.returns.columns.meaning.known_names import KNOWN, written
from communitycheck.standards.book import load_rule_book
from communitycheck.standards.compiled.built_in import COMPILED, compiled


def texts_of_today() -> dict[Path, str]:
    """What the two files should hold, by their paths: all rule files of the toolkit, read and compiled just now."""
    folder = data_dir("rules")
    book = load_rule_book([folder], anew=True)
    lines = compiled(folder, book.dictionary, book.all())
    names = {name for one in book.dictionary.fields.values() for name in (*written_names(one), *one.not_aliases)}
    return {
        COMPILED: "".join(f"{line}\n" for line in lines),
        KNOWN: written((name, forms_of(name)) for name in names),
    }


def main() -> None:
    for path, text in texts_of_today().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
