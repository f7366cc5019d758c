"""The front door of ``rules docs``: the reference pages in a folder, written or compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from communitycheck.products.rulebook.coverage import cover_book
from communitycheck.products.rulebook.pages import pages
from communitycheck.reporting.files import make_folder
from communitycheck.reporting.own_folder import OwnFolder
from communitycheck.standards.choose import open_rule_book


@dataclass(frozen=True, slots=True)
class DocsFolder:
    """The reference pages of a folder by their paths in it; ``stale`` are those that are not as they should be."""

    folder: Path
    pages: list[str]
    stale: list[str]


def write_docs(
    folder: str | Path, *, check: bool = False, rules_dir: str | Path | None = None, force: bool = False
) -> DocsFolder:
    """Write the reference pages of the rule book; with ``check`` only compare them.

    Pages that others wrote or edited are replaced with ``force`` alone.

    Raises:
        RuleFileError: a fault in a rule file.
        WriteError: a page cannot be written, or must not be replaced.
    """
    book = open_rule_book(rules_dir)
    wanted = pages(book.all(), book.dictionary, cover_book(rules_dir))
    place = Path(folder)
    if check:
        return DocsFolder(place, list(wanted), [name for name, text in wanted.items() if _text(place / name) != text])
    with OwnFolder(place, force=force) as own:
        own.refuse_others([place / name for name in wanted], {place / n: t.encode() for n, t in wanted.items()})
        for name, text in wanted.items():
            make_folder((place / name).parent)
            own.write(place / name, [text])
    return DocsFolder(place, list(wanted), [])


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
