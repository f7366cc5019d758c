"""What ``overlap`` found."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Notice
from communitycheck.planning.overlap import Overlap


class FoundOverlap(Struct, frozen=True):
    """What several forms ask for, what could not be read, and notices about files that are there twice."""

    overlap: Overlap
    dictionary: Dictionary
    unread: list[ReturnError]
    notices: list[Notice]

    @property
    def exit_code(self) -> int:
        """0; 2 where a file could not be read; 3 where there are no two forms to hold against each other."""
        return 2 if self.unread else 0 if self.overlap.comparable else 3
