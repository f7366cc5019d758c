"""What is not covered, and why: a rule is refused by name, and never worked out in another way than ``check`` does."""

from __future__ import annotations


class NotCovered(Exception):
    """Something in a rule that has no SQL here.

    Attributes:
        code: why, the message ``sql-not-<code>``; ``values`` are those of the message.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
