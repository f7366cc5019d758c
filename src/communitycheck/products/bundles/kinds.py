"""The kinds of files that a folder of results may hold, as ``--bundle`` names them."""

from __future__ import annotations

from communitycheck.reporting.formats.registry import Formats

MARKED = "marked"  # marked-up copies of the returns
USUAL = ("xlsx", "docx", MARKED)  # for a region
USUAL_OF_RETURN = ("xlsx",)


def kinds_of_region(formats: Formats) -> list[str]:
    """For a region: a report in a format, by its suffix, and marked-up copies of the returns."""
    return [*USUAL, *(kind for kind in formats.bundled if kind not in USUAL)]


def kinds_of_return(formats: Formats) -> list[str]:
    """For each return: a report in a format, by its suffix."""
    return [kind for kind in kinds_of_region(formats) if kind != MARKED]
