"""The front door of baselines: written from a run, brought up to date with another, and held against reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.report import Report
from communitycheck.own_list import FORM
from communitycheck.planning.baseline.entries import Baseline, baseline_of, told_apart
from communitycheck.planning.baseline.hold import held_against, held_run
from communitycheck.planning.baseline.update import UpdatedBaseline, updated
from communitycheck.planning.compare.of_report import excused_fails, side_of
from communitycheck.planning.compare.renames import Rename
from communitycheck.products.compare import baseline_file
from communitycheck.products.compare.baseline_text import baseline_blocks
from communitycheck.products.renames_file import load_renames
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats.registry import Format, Formats, FoundFormats, Look
from communitycheck.reporting.own_folder import refuse_others, write_file
from communitycheck.reporting.page import Page
from communitycheck.reporting.summary import left_open_in_words
from communitycheck.reporting.words.sentences import Wording
from communitycheck.standards.choose import named_standards, open_rule_book, whole_dictionary


class OpenBaseline(Struct, frozen=True):
    """A baseline that was read, and what is declared of its subjects."""

    baseline: Baseline
    renames: tuple[Rename, ...]


class WrittenBaseline(Struct, frozen=True):
    """How many fails a new baseline holds; ``unnamed`` are those of subjects that nothing tells from others, ``waived``
    those that are excused."""

    path: str
    fails: int
    unnamed: int
    waived: int


def check_baseline_target(path: str | Path, *, force: bool) -> None:
    """Refuse before any work a file that could not be written.

    Raises:
        UsageError: it is no JSON file. WriteError: it must not be replaced, or cannot be written.
    """
    if Path(path).suffix.lower() != ".json":
        raise UsageError("baseline-not-json", path=str(path))
    refuse_others([Path(path)], force=force)


def open_baseline(
    path: str | Path, standards: Sequence[str | Path], rules_dir: str | Path | None, renames: str | Path | None = None
) -> OpenBaseline:
    """Read a baseline, before anything is judged.

    Raises:
        UsageError, RuleFileError: the file, or that of the renames, has a fault.
    """
    return OpenBaseline(
        baseline_file.load_baseline(path, _dictionary(standards, rules_dir)),
        () if renames is None else load_renames(renames),
    )


def apply_baseline(report: Report, held: OpenBaseline) -> None:
    """Mark the fails of the report by the baseline: what it knows no longer decides the exit code."""
    held_against(report, held.baseline, held.renames)


def write_baseline(report: Report, path: str | Path, *, force: bool = False) -> WrittenBaseline:
    """Write the fails of a report that nothing excuses: who is excused until a day fails anew after it. Of subjects
    without code and name, or that stand several times, none is held: later nobody could say whose it is.

    Raises:
        WriteError: the file cannot be written, or must not be replaced.
    """
    side = side_of(report, str(path))
    excused = excused_fails(report, side)
    apart = told_apart(side)
    left = {key: some | ~apart[side.verdicts[key].kind][side.verdicts[key].rows] for key, some in excused.items()}
    whole, kept = (baseline_of(side, str(path), some) for some in (excused, left))
    write_file(Path(path), baseline_file.baseline_json(kept), force=force, kind=FORM)
    waived = sum(int(np.count_nonzero(some)) for some in excused.values())
    return WrittenBaseline(str(path), len(kept), len(whole) - len(kept), waived)


def update_baseline(report: Report, held: OpenBaseline, *, accept: bool, drop_unlisted: bool) -> UpdatedBaseline:
    """Write the baseline without what is settled; with what is new where that is accepted.

    Args:
        drop_unlisted: also without the subjects that the report does not list.

    Raises:
        WriteError: the file cannot be written.
    """
    side = side_of(report, "")
    run = held_run(held.baseline, side, held.renames)
    found = updated(run, excused_fails(report, side), accept=accept, drop_unlisted=drop_unlisted)
    write_file(Path(held.baseline.path), baseline_file.baseline_json(found.baseline), force=True, kind=FORM)
    return found


def left_out_of_baseline(report: Report, lang: Lang) -> Iterator[str]:
    """What the report was not told of, in sentences: of it a baseline that comes of it says nothing."""
    return left_open_in_words(report, Wording.of(report, lang))


def _content(held: OpenBaseline, format: str, lang: Lang, look: Look) -> Content:
    """What a baseline holds."""
    if format == "json":
        return baseline_file.baseline_json(held.baseline)
    wording = Wording(lang, _dictionary((), None))
    return Page(look.width, look.colour).draw_all(baseline_blocks(held.baseline, wording, details=look.details))


render_baseline = FoundFormats(Formats((Format("text"), Format("json"))), _content).render


def _dictionary(standards: Sequence[str | Path], rules_dir: str | Path | None) -> Dictionary:
    book = open_rule_book(rules_dir, standards)
    return whole_dictionary(book, named_standards(book, standards))
