"""Messages between processes: the length in eight bytes, then as many bytes."""

from __future__ import annotations

from typing import IO


def send(sink: IO[bytes], message: bytes) -> None:
    """Write one message.

    Raises:
        OSError: nobody reads any more.
    """
    sink.write(len(message).to_bytes(8, "little"))
    sink.write(message)
    sink.flush()


def receive(source: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has ended, be it in the middle of one."""
    head = source.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "little")
    message = source.read(size)
    return message if len(message) == size else None
