"""Messages between processes: a head with the length and the limits of the job, then the bytes.

The head of an answer says in the same place what the job has used.
"""

from __future__ import annotations

import struct
from typing import IO, NamedTuple

# Length of the body, and the limits.
_HEAD = struct.Struct("<QQd")


class Limits(NamedTuple):
    """What one job may use: bytes of memory, seconds of the processor's time; 0 stands for no limit.

    A clock on the wall decides about nothing that can be read: it runs on while other programs have the processor. It
    only ends what hangs, long after (``patience``).
    """

    memory: int = 0
    seconds: float = 0.0

    @property
    def patience(self) -> float:
        """Seconds after which a job that has not used up its time must be hanging."""
        return 60 + 30 * self.seconds


class Message(NamedTuple):
    body: bytes
    limits: Limits


def send(sink: IO[bytes], body: bytes, limits: Limits = Limits()) -> None:  # noqa: B008 - a plain constant
    """Write one message.

    Raises:
        OSError: nobody reads any more.
    """
    sink.write(_HEAD.pack(len(body), *limits))
    sink.write(body)
    sink.flush()


def receive(source: IO[bytes]) -> Message | None:
    """The next message; None where the other side has ended, even in the middle of one."""
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size, *limits = _HEAD.unpack(head)
    body = source.read(size)
    return Message(body, Limits(*limits)) if len(body) == size else None
