"""A report file for each return, and a manifest of what was read, what was refused and why.

    DIR/清单.csv             every file of the batch: read or refused, the reason, its records, its report
    DIR/东区.xlsx …          what was found in one return, named like the return
    DIR/西区-报表.xlsx       of two returns with one name each is led by its folder

Only names of our own are written, each file whole or not at all; whatever else lies in DIR stays. The manifest is
written last, so that one that is new speaks of reports that are all there.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from communitycheck.errors import ReturnError
from communitycheck.messages import Lang
from communitycheck.model.output_marks import Manifest
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.model.returns import Notice, Return
from communitycheck.products.bundles.kinds import USUAL_OF_RETURN
from communitycheck.products.bundles.names import portable
from communitycheck.products.bundles.parts import by_return
from communitycheck.products.bundles.results_folder import refuse_inputs, write_manifest
from communitycheck.products.bundles.split import Split
from communitycheck.reporting.files import make_folder, write_file
from communitycheck.reporting.formats.registry import Formats
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.files.own_outputs import read_manifest

# Notices of returns that were handed in twice.
COPIES = ("same-file-twice", "same-tables-twice")
COLUMNS = (
    "column-path", "column-status", "column-reason-code", "column-reason", "column-file-format", "column-encoding",
    "column-records", "column-notices", "column-passed", "column-failed", "column-no-data", "column-report",
    "column-sha256",
)  # fmt: skip


def write_returns(
    report: Report,
    folder: str | Path,
    lang: Lang,
    formats: Formats,
    *,
    kinds: Sequence[str] = USUAL_OF_RETURN,
    all_verdicts: bool = False,
    step: Callable[[int, int, str], None] | None = None,
) -> list[Path]:
    """Write a file of each kind for each return into ``folder``, which is made where it is missing.

    Args:
        kinds: suffixes of formats. step: called after each return how many are done, of how many, and its path.

    Returns:
        What was written, the manifest last.

    Raises:
        UsageError: a return lies where a report should.
        WriteError: the folder cannot be made, or a file not be written.
    """
    wording = Wording.of(report, lang)
    root = Path(folder)
    listing = f"{wording.say('manifest-name')}.csv"
    names = file_names([one.path for one in report.returns], [listing.removesuffix(".csv")])
    planned = [root / f"{name}.{kind}" for name in names for kind in kinds]
    refuse_inputs(report, [*planned, root / listing])
    make_folder(root)
    before = read_manifest(root) or Manifest()
    write_manifest(root, {*before.reports, *(path.name for path in planned), listing}, before.marked)
    split = Split(report, by_return(report))
    rows = []
    for k, (one, name) in enumerate(zip(report.returns, names, strict=True)):
        own = split.report(k)
        for kind in kinds:
            formats.write(own, root / f"{name}.{kind}", lang, all_verdicts=all_verdicts)
        rows.append(_read(one, own, " ".join(f"{name}.{kind}" for kind in kinds), wording))
        if step is not None:
            step(k + 1, len(names), one.path)
    rows += [_refused(error, wording) for error in report.unread]
    rows += [_repeated(notice, wording) for notice in report.notices if notice.code in COPIES]
    write_file(root / listing, _csv(sorted(rows), wording), "utf-8-sig")
    return [*planned, root / listing]


def file_names(paths: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """A name without suffix for each path: that of the file, led by its folders where two would have the same."""
    parts = [[*PurePath(path).parts[:-1], PurePath(path).stem] for path in paths]
    wanted = ["".join(p[-1:]) for p in parts]
    for depth in range(2, 5):
        many = Counter(_same(name) for name in (*wanted, *taken))
        shared = [many[_same(name)] > 1 for name in wanted]
        wanted = ["-".join(p[-depth:]) if s else name for p, name, s in zip(parts, wanted, shared, strict=True)]
    used = {_same(name) for name in taken}
    names = []
    for name in wanted:
        free, number = portable(name), 1
        while _same(free) in used:
            number += 1
            free = f"{portable(name, 80)} ({number})"
        used.add(_same(free))
        names.append(free)
    return names


def _same(name: str) -> str:
    return portable(name).casefold()


Row = list[str]


def _read(one: Return, own: Report, name: str, wording: Wording) -> Row:
    outcomes = own.outcomes()
    figures = [outcomes[kind] for kind in (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)]
    counts = [sum(sheet.records for sheet in one.sheets), len(one.notices), *figures]
    facts = [one.format, one.encoding or "", *map(str, counts), name, one.sha256]
    return [one.path, wording.say("manifest-read"), "", "", *facts]


def _refused(error: ReturnError, wording: Wording) -> Row:
    return [error.path, wording.say("manifest-refused"), error.code, wording.error(error), *[""] * 9]


def _repeated(notice: Notice, wording: Wording) -> Row:
    return [notice.at.path, wording.say("manifest-repeated"), notice.code, wording.notice(notice), *[""] * 9]


def _csv(rows: list[Row], wording: Wording) -> Iterator[str]:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([wording.say(column) for column in COLUMNS])
    writer.writerows([cell(text) for text in row] for row in rows)
    yield sink.getvalue()
