"""Regular expressions that are compiled when first used: a run needs few of the many ways to write a cell."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(text, flags)``, compiled when one of its methods is first used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self.flags = text, flags

    def __getattr__(self, name: str) -> Any:
        """A method of the compiled expression, kept on this object so that it is looked up only once."""
        found = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, found)
        return found
