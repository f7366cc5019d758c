"""What an archive with all that is in it may use: one allowance, which the archives inside share.

An archive within an archive is packed to almost nothing where its members are alike, so that a few kilobytes may hold
ten thousand returns: each is harmless, and no limit of one file stops them.
"""

from __future__ import annotations

import math
import time

from communitycheck.returns.files.formats.apart import READERS
from communitycheck.system.limits import OverLimit, limit, refuse_more, refuse_packing

# Beside half of what one file may take: seconds of the processor for each return, and bytes on the disk for which there
# is another second. An honest archive takes a third of it.
SECONDS_EACH = 0.05
PACE = 200_000
# A part of an archive has its share of the seconds, but so many at least.
LEAST = 1.0


class Allowance:
    """The allowance of one archive, begun now.

    Args:
        size: bytes on the disk. returns: its own members that are no archives. parts: of which one is read here.
        timed: whether the seconds are limited.
    """

    def __init__(self, size: int, returns: int, parts: int, *, timed: bool = True) -> None:
        self._size = size
        self._members = self._unpacked = 0
        self._begin = _spent()
        seconds = max(LEAST, (limit("seconds") / 2 + SECONDS_EACH * returns + size / PACE) / parts)
        self.seconds: float = seconds if timed else math.inf

    def take(self, members: int, unpacked: int) -> None:
        """An archive holds so many members of so many bytes.

        Raises:
            OverLimit: ``members``, ``unpacked`` or ``packing``, with what all archives hold together.
        """
        self._members += members
        self._unpacked += unpacked
        refuse_more("members", self._members)
        refuse_packing(self._unpacked, self._size)

    def left(self) -> float:
        """Seconds of the processor that are left; what was done with the members counts as well.

        Raises:
            OverLimit: ``seconds``: there are none.
        """
        left = self.seconds - (_spent() - self._begin)
        if left <= 0:
            raise OverLimit("seconds", most=round(self.seconds))
        return left


def _spent() -> float:
    """Seconds of the processor, of this process and of those that read for it."""
    return time.process_time() + READERS.spent
