"""The front door of ``rules docs``: the reference pages in a folder, written or compared."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from communitycheck.errors import WriteError
from communitycheck.products.rulebook.coverage import cover_book
from communitycheck.products.rulebook.pages import pages
from communitycheck.reporting.files import make_folder
from communitycheck.reporting.own_folder import OwnFolder
from communitycheck.standards.choose import open_rule_book


class DocsFolder(Struct, frozen=True):
    """The reference pages of a folder by their paths in it.

    Attributes:
        stale: those that are not as they should be. failed: why some could not be written.
    """

    folder: Path
    pages: list[str]
    stale: list[str]
    failed: list[WriteError] = field(default_factory=list)


def write_docs(
    folder: str | Path, *, check: bool = False, rules_dir: str | Path | None = None, force: bool = False
) -> DocsFolder:
    """Write the reference pages of the rule book; with ``check`` only compare them.

    Pages that others wrote or edited are replaced with ``force`` alone.

    Raises:
        RuleFileError: a fault in a rule file.
        WriteError: the folder cannot be made, or a page must not be replaced.
    """
    book = open_rule_book(rules_dir)
    wanted = pages(book.all(), book.dictionary, cover_book(rules_dir))
    place = Path(folder)
    if check:
        return DocsFolder(place, list(wanted), [name for name, text in wanted.items() if _text(place / name) != text])
    written: list[str] = []
    failed: list[WriteError] = []
    with OwnFolder(place, force=force) as own:
        own.refuse_others([place / name for name in wanted], {place / n: t.encode() for n, t in wanted.items()})
        make_folder(place)
        for name, text in wanted.items():
            try:
                make_folder((place / name).parent)
                own.write(place / name, [text])
                written.append(name)
            except WriteError as error:
                failed.append(error)
    return DocsFolder(place, written, [], failed)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
