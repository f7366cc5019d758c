"""A report file for each return, and a manifest of what was read, what was refused and why.

    DIR/清单.csv             every file of the batch: read or refused, the reason, its records, its report
    DIR/东区.xlsx …          what was found in one return, named like the return
    DIR/西区-报表.xlsx       of two returns with one name each is led by its folder

Each file is written whole or not at all, and none that others wrote or changed is replaced; whatever else lies in DIR
stays. The manifest is written last, so that one that is new speaks of reports that are all there.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from msgspec import Struct

from communitycheck.errors import ReturnError, WriteError
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.model.returns import COPIES, Notice, Return
from communitycheck.own_list import REPORT
from communitycheck.products.bundles.kinds import USUAL_OF_RETURN
from communitycheck.products.bundles.names import portable
from communitycheck.products.bundles.parts import by_return
from communitycheck.products.bundles.results_folder import refuse_inputs
from communitycheck.products.bundles.split import Split
from communitycheck.reporting.files import make_folder
from communitycheck.reporting.formats.registry import Formats
from communitycheck.reporting.own_folder import OwnFolder, taken_away
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

COLUMNS = (
    "column-path", "column-status", "column-reason-code", "column-reason", "column-file-format", "column-encoding",
    "column-records", "column-notices", "column-passed", "column-failed", "column-no-data", "column-report",
    "column-sha256",
)  # fmt: skip


class ReturnFiles(Struct, frozen=True):
    """What became of the files for returns.

    Attributes:
        written: the manifest last. failed: what could not be written.
        stale: files of ours that an earlier run left and this one does not make; by their names in the folder.
    """

    written: list[Path]
    failed: list[WriteError]
    stale: list[str]


class PerReturn:
    """A file of each kind for each return, planned; nothing is written before ``write``.

    Args:
        folder: made where it is missing.
        kinds: suffixes of formats.
        force: replace what others wrote, too.

    Raises:
        UsageError: a return lies where a report should.
        WriteError: files lie there that we did not write.
    """

    def __init__(
        self,
        report: Report,
        folder: str | Path,
        lang: Lang,
        formats: Formats,
        *,
        kinds: Sequence[str] = USUAL_OF_RETURN,
        all_verdicts: bool = False,
        force: bool = False,
    ) -> None:
        self._report, self._formats, self._kinds, self._all_verdicts = report, formats, kinds, all_verdicts
        self._wording = Wording.of(report, lang)
        self._own = OwnFolder(Path(folder), force=force)
        listing = f"{self._wording.say('manifest-name')}.csv"
        self._names = file_names([one.path for one in report.returns], [listing.removesuffix(".csv")])
        self._listing = self._own.root / listing
        planned = [self._place(name, kind) for name in self._names for kind in kinds]
        refuse_inputs(report, [*planned, self._listing])
        self._own.refuse_others([*planned, self._listing])

    def write(self, step: Callable[[int, int, str], None] | None = None) -> ReturnFiles:
        """Write it all; of what cannot be written the manifest does not speak.

        Args:
            step: called after each return how many are done, of how many, and its path.

        Raises:
            WriteError: the folder cannot be made.
        """
        report, wording = self._report, self._wording
        split = Split(report, by_return(report))
        rows: list[Row] = []
        written: list[Path] = []
        failed: list[WriteError] = []
        with self._own as own:
            make_folder(own.root)
            before = own.known.of_kind(REPORT)
            for k, (one, name) in enumerate(zip(report.returns, self._names, strict=True)):
                part, files = split.report(k), []
                for kind in self._kinds:
                    place = self._place(name, kind)
                    try:
                        self._formats.write_into(own, part, place, wording.lang, all_verdicts=self._all_verdicts)
                        files.append(place)
                    except WriteError as error:
                        failed.append(error)
                written += files
                rows.append(_read(one, part, " ".join(file.name for file in files), wording))
                if step is not None:
                    step(k + 1, len(self._names), one.path)
            rows += [_refused(error, wording) for error in report.unread]
            rows += [_repeated(notice, wording) for notice in report.notices if notice.code in COPIES]
            try:
                own.write(self._listing, _csv(sorted(rows), wording), "utf-8-sig")
                written.append(self._listing)
            except WriteError as error:
                failed.append(error)
            gone = own.gone()
            written, failed = [path for path in written if path not in gone], [*failed, *map(taken_away, gone)]
            now = {self._listing.name, *(self._place(n, k).name for n in self._names for k in self._kinds)}
            return ReturnFiles(written, failed, sorted(n for n in before - now if (own.root / n).is_file()))

    def _place(self, name: str, kind: str) -> Path:
        return self._own.root / f"{name}.{kind}"


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
