"""What Python programs call besides ``check``: a standard and a return, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.check import open_rule_book, whole_dictionary
from communitycheck.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from communitycheck.model.returns import Return
    from communitycheck.model.standard import Standard


def load_standard(standard: str | Path, *, rules_dir: str | Path | None = None) -> Standard:
    """A standard with everything it inherits in place.

    Args:
        standard: the id of one that comes with the toolkit or lies in ``rules_dir``, or the path of a YAML file.

    Raises:
        UsageError: there is no standard of that id; the nearest is named.
        RuleFileError: a fault in a rule file, with file, line and key.
    """
    name = str(standard)
    if name.lower().endswith((".yaml", ".yml")):
        book = open_rule_book(rules_dir)
        return book.standard(book.add_file(Path(name)))
    return open_rule_book(rules_dir).standard(name)


def read_return(
    source: str | Path | pd.DataFrame,
    *,
    standards: Sequence[str | Path] | str | Path = (),
    mapping: str | Path | None = None,
) -> Return:
    """Read one return without judging it: its sheets, its tables, and a notice for every cell that gave trouble.

    Args:
        source: a file, or a DataFrame whose columns are named like those of a return.
        standards: standards (ids or YAML files) whose own fields are to be recognised besides the dictionary's.
        mapping: a YAML file that pins sheets, header rows and columns.

    Raises:
        ReturnError: it cannot be read; also for a folder or an archive of several returns (``check`` takes those).
        QuestionError: it can be read two ways.
        UsageError: it is neither.
    """
    from communitycheck import returns
    from communitycheck.returns.frames import return_of_frame

    named = [standards] if isinstance(standards, str | Path) else standards
    book = open_rule_book()
    dictionary = whole_dictionary(book, [load_standard(one) for one in named])
    if isinstance(source, str | Path):
        return returns.read_return(source, dictionary, mapping=mapping)
    if not hasattr(source, "iloc"):
        raise UsageError("path-kind", kind=type(source).__name__)
    return return_of_frame(source, dictionary, name="DataFrame", mapping=mapping)
