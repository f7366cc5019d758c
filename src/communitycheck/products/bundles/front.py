"""The front door of ``check --split-by``: a report as a folder of bundles, marked-up returns among them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.products.bundles.folders import USUAL, Copies, Step, write_bundles
from communitycheck.products.bundles.index import Index
from communitycheck.products.markup.front import mark_up_returns


def write_by_region(
    report: Report,
    folder: str | Path,
    level: str,
    lang: Lang,
    *,
    kinds: Sequence[str] = USUAL,
    all_verdicts: bool = False,
    step: Step | None = None,
) -> Index:
    """Write a folder for each region of ``level``, the whole report above them, and an index.

    Args:
        kinds: what each folder holds: formats by their suffix, ``marked`` for marked-up copies of the returns.
        step: told after each folder how many are done, of how many, and its name.

    Raises:
        UsageError: no record says to which region of that level it belongs, or a return lies where a report should.
        WriteError: a folder cannot be made, or a file not be written.
    """

    def mark_up(one: Report, place: Path) -> Copies:
        copies = mark_up_returns(one, place, lang)
        if copies.failed:
            raise copies.failed[0]
        return Copies(list(copies.written.values()), list(copies.refused))

    return write_bundles(
        report, folder, level, lang, kinds=kinds, all_verdicts=all_verdicts, mark_up=mark_up, step=step
    )
