"""Faults of a file, noted one after the other, so that its author is told all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from communitycheck.errors import RuleFileError, together


class FaultList:
    """What has been found so far; work goes on where it can."""

    def __init__(self, found: Iterable[RuleFileError] = ()) -> None:
        self.found = list(found)

    def note(self, *faults: RuleFileError) -> None:
        self.found += [one for fault in faults for one in (fault, *fault.others)]

    @contextmanager
    def noted(self) -> Iterator[None]:
        """What is done inside either succeeds or leaves its fault here."""
        try:
            yield
        except RuleFileError as error:
            self.note(error)

    def raise_any(self) -> None:
        """Raise all of them as one error, if there are any."""
        if self.found:
            raise together(self.found)


def sorted_once(faults: Iterable[RuleFileError]) -> list[RuleFileError]:
    """Faults by file and line, each once."""
    found = list(faults)
    if not found:
        return []
    first = together(found)
    return [first, *first.others]
