"""Returns read without being judged: one for a Python program, or several with how each was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from communitycheck.errors import ReturnError, UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Notice, Return
from communitycheck.own_list import FORM
from communitycheck.products.inspect.report import render_inspect
from communitycheck.reporting.own_folder import write_file
from communitycheck.returns import read
from communitycheck.returns.batch.read_many import Progress
from communitycheck.returns.columns.mapping.mapping_file import mapping_text
from communitycheck.returns.gather import read_all, unused_entries
from communitycheck.returns.read import loaded_mapping
from communitycheck.standards.choose import load_standard, open_rule_book, whole_dictionary

if TYPE_CHECKING:
    import pandas as pd


def read_return(
    source: str | Path | pd.DataFrame,
    *,
    standards: Sequence[str | Path] | str | Path = (),
    mapping: str | Path | None = None,
) -> Return:
    """Read one return without judging it: its sheets, its tables, and a notice for every cell that gave trouble.

    Args:
        source: a file, or a DataFrame whose columns are named like those of a return.
        standards: standards (ids or YAML files) whose own fields are recognised in addition to the dictionary's.
        mapping: a YAML file that pins sheets, header rows and columns.

    Raises:
        ReturnError: it cannot be read; also for a folder or an archive of several returns (``check`` takes those).
        QuestionError: it can be read two ways.
        UsageError: it is neither.
    """
    named = [standards] if isinstance(standards, str | Path) else standards
    book = open_rule_book()
    dictionary = whole_dictionary(book, [load_standard(one) for one in named])
    if isinstance(source, str | Path):
        return read.read_return(source, dictionary, mapping=mapping)
    if not hasattr(source, "iloc"):
        raise UsageError("path-kind", kind=type(source).__name__)
    from communitycheck.returns.frames import return_of_frame  # Arrow, which most files are read without

    return return_of_frame(source, dictionary, name="DataFrame", mapping=mapping)


class Inspection(Struct, frozen=True):
    """How returns were read: those that were, those that could not be, the fields by which they were read, and notices
    about the run."""

    returns: list[Return]
    unread: list[ReturnError]
    dictionary: Dictionary
    notices: list[Notice]


def inspect(
    paths: Sequence[str | Path],
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    mapping: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> Inspection:
    """Read returns without judging them. A column that raises a question is left out, and of a form that nobody has
    filled in the columns are shown; both stand among the ``unread`` as well.

    Args:
        standards: YAML files whose own fields are to be recognised as well; those of the rule book always are.
        rules_dir, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        RuleFileError: a fault in a rule file.
    """
    book = open_rule_book(rules_dir, standards)
    dictionary = whole_dictionary(book, book.all())
    given = loaded_mapping(mapping, dictionary)
    returns, unread = read_all(
        paths, dictionary, mapping=given, to_show=True, jobs=jobs, cache=cache, progress=progress
    )
    return Inspection(returns, unread, dictionary, unused_entries(given, mapping, returns, unread))


def render_inspection(
    found: Inspection, format: str, lang: Lang, *, colour: bool = False, width: int | None = None
) -> Iterator[str]:
    """How returns were read, as ``text`` or ``json``; ``width`` of the text in cells, by default 100."""
    notices = [*(notice for one in found.returns for notice in one.notices), *found.notices]
    return render_inspect(
        found.returns,
        found.unread,
        notices,
        format,
        lang,
        dictionary=found.dictionary,
        colour=colour,
        width=width,
    )


def save_mapping(path: str | Path, found: Inspection, lang: Lang, *, force: bool = False) -> None:
    """Write how columns were taken for fields as a mapping, which a person may correct and ``check`` takes.

    Raises:
        WriteError: the file cannot be written; without ``force`` also one that others wrote or edited.
    """
    text = mapping_text(found.returns, found.unread, lang)
    write_file(Path(path), [text], force=force, kind=FORM)
