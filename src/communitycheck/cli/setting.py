"""A setting: the value of one option for runs that do not name it themselves, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One option of ``check``.

    Attributes:
        name: as on the command line, without dashes (``fail-on``).
        value: text, yes or no, a number or a list of texts, as the option takes it; None where nothing is set.
        source: ``default``, ``file`` or ``environment``; ``where`` is the file or the variable.
    """

    name: str
    value: str | bool | int | tuple[str, ...] | None
    source: str = "default"
    where: str = ""
