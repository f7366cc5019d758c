"""A submitted file as it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct, field

from communitycheck.model.address import Address
from communitycheck.model.sheet import LEFT_OUT, Sheet
from communitycheck.model.table import Table
from communitycheck.patterns import pattern

# Codes of notices: the period that a return states lies in a year that has not begun, or is no date.
# What a return says of how many records it has.
SERIAL_GAP, COUNT_DIFFERS, GROUP_COUNT_DIFFERS = "serial-gap", "count-differs", "group-count-differs"
PERIOD_NOT_BEGUN, PERIOD_IMPOSSIBLE = "period-not-begun", "period-impossible"
PERIOD_NOT_TOLD = "period-not-told"  # rows of a table of several periods that state none, and were left out
# Columns of years that were not read, as nobody knows what they hold; figures of no year beside those of several.
YEARS_ASIDE, YEARS_BESIDE_OTHERS = "years-aside", "years-beside-others"
FIGURES_OF_NO_YEAR, COLUMN_OF_ANOTHER_YEAR = "figures-of-no-year", "column-of-another-year"
YEARS_IN_QUESTION = (YEARS_ASIDE, YEARS_BESIDE_OTHERS, FIGURES_OF_NO_YEAR)
COLUMN_TO_CONFIRM = "column-to-confirm"  # that rules wait for
# A return was handed in twice: its bytes, or its tables.
COPIES = ("same-file-twice", "same-tables-twice")
# A more local standard may have rules for records, and nobody knows whether it does.
PLACE_UNKNOWN = "place-unknown"


class Notice(Struct, frozen=True, eq=False):
    """Trouble in reading a return; never a verdict. Two that say the same are two.

    ``code`` is a key of the message catalogue (``unreadable-value``...), ``text`` what the cell said, ``values``
    what else the message prints. ``level`` is ``warning`` (something was not used) or ``info`` (something was
    used, and how).
    """

    code: str
    at: Address
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    level: str = "warning"


# A member of an archive is named behind it: 2023.zip/east.csv.
_OF_ARCHIVE = pattern(r"(.*?\.zip)/", re.I)


class Return(Struct, eq=False):
    """A submitted file, read: its sheets, its tables and everything that gave trouble."""

    path: str
    sha256: str
    format: str
    sheets: list[Sheet] = field(default_factory=list)
    tables: Sequence[Table] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    encoding: str | None = None

    def argument(self) -> str:
        """What names it on a command line: its path and, where some sheets of it were chosen, one of them alone."""
        chosen = [sheet.name for sheet in self.sheets if sheet.not_read not in LEFT_OUT]
        some = any(sheet.not_read == "not-chosen" for sheet in self.sheets) and len(chosen) == 1
        if "://" in self.path:  # a database on a server, of which nothing was read but what was chosen
            joint = "&" if "?" in self.path else "?"
            return self.path + joint + "&".join(f"table={quote(name, safe='')}" for name in chosen)
        return f"{self.path}::{chosen[0]}" if some else self.path

    def argument_to_type(self) -> str:
        """The same as somebody can type it: of a member the archive that holds it, and no path like an option."""
        archive = _OF_ARCHIVE.match(self.path)
        word = self.argument() if archive is None else archive[1]
        return f"./{word}" if word.startswith("-") else word

    def __repr__(self) -> str:
        counts = f"sheets {len(self.sheets)}, tables {len(self.tables)}, notices {len(self.notices)}"
        return f"<Return {self.path!r}: {counts}>"
