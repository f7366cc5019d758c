"""What linting a rule file finds: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing that is wrong, doubtful or worth knowing about a rule file.

    Attributes:
        file: the rule file; ``line`` counts from 1, None where the whole file is meant.
        key: the rule, or the dotted path of the key.
        code: the message in the catalogue; ``values`` fill it in.
        level: ``error`` where the file cannot be used as it is meant, ``warning`` where it can but should be looked at.
    """

    file: str
    line: int | None
    key: str | None
    code: str
    level: Level
    values: dict[str, object] = field(default_factory=dict, compare=False)
