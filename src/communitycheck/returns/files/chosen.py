"""Which sheets of a file are read: ``FILE::SHEET``, of a database its table or view; what is no file, but a URL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.model.text import Text
from communitycheck.nearest import nearest

MARK = "::"
URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
# Sheets that a message names.
_NAMED = 30


class AskedFile(Struct, frozen=True):
    """A file as shown, and the sheets of it that are asked for; none: whatever is in it."""

    path: str
    sheets: tuple[str, ...] = ()

    def and_also(self, other: AskedFile) -> AskedFile:
        """Both asked for: all of a file where one asks for all of it."""
        sheets = tuple(sorted({*self.sheets, *other.sheets})) if self.sheets and other.sheets else ()
        return AskedFile(min(self.path, other.path), sheets)


def is_url(given: str) -> bool:
    return URL.match(given) is not None


def divided(given: str) -> Iterator[tuple[str, str]]:
    """The ways to take ``FILE::SHEET`` apart, the shortest file first."""
    at = given.find(MARK)
    while at >= 0:
        file, sheet = given[:at], given[at + len(MARK) :]
        if file and sheet:
            yield file, sheet
        at = given.find(MARK, at + 1)


def meant(name: str, there: Sequence[str]) -> str | None:
    """The one of the names ``there`` that is asked for: as written or, where one alone is alike, but for capitals."""
    alike = [one for one in there if one == name] or [one for one in there if one.casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 else None


def refuse_missing(wanted: Sequence[str], there: Sequence[str], shown: str) -> None:
    """Hold the names that are asked for against those that are there.

    Raises:
        ReturnError: ``sheet-not-there``, ``sheets-without-names``.
    """
    missing = next((name for name in wanted if meant(name, there) is None), None)
    if missing is None:
        return
    known = [one for one in there if one]
    if not known:
        raise ReturnError("sheets-without-names", path=shown, name=missing)
    raise ReturnError(
        "sheet-not-there", path=shown, name=missing, near=nearest(missing, known), sheets=listed(known)
    )


def listed(names: Sequence[str]) -> Text:
    """Names as a message lists them."""
    more = "…" if len(names) > _NAMED else ""
    return Text("、".join(names[:_NAMED]) + more, ", ".join(names[:_NAMED]) + more)
