"""A folder for each region with what is sent there, the whole report above them, and an index of it all.

    DIR/index.html, index.csv       every region with its totals and its files
    DIR/核查结果.xlsx, 通报.docx     the whole report
    DIR/沈河区/核查结果.xlsx …       the same of one region alone
    DIR/沈河区/已标注报表/…          the marked-up copies of the returns with records of this region

Of a return that several regions share each gets its own rows alone: what a county has reported, names and telephone
numbers of its staff among it, is not its neighbour's business. The copy with all rows lies beside the whole report.

Each file is written whole or not at all, and none that others wrote or changed is replaced; whatever else lies in DIR
stays. The index is written last, over the old one: one that is new speaks of bundles that are all there, and a run that
could not write it leaves the old one. Where one file cannot be written the others are, and the index says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.errors import ReturnError, UsageError, WriteError
from communitycheck.messages import Lang
from communitycheck.model.places.regions import Region
from communitycheck.model.report import Report
from communitycheck.own_list import MARKED as MARKED_COPY
from communitycheck.own_list import REPORT
from communitycheck.printable import one_line
from communitycheck.products.bundles.index import INDEX, Bundle, Index, index_csv, index_html, totals
from communitycheck.products.bundles.kinds import MARKED, USUAL
from communitycheck.products.bundles.names import folder_names
from communitycheck.products.bundles.parts import by_region, stated_levels
from communitycheck.products.bundles.results_folder import refuse_inputs
from communitycheck.products.bundles.split import Split
from communitycheck.reporting.files import make_folder
from communitycheck.reporting.formats.registry import Formats
from communitycheck.reporting.own_folder import OwnFolder, taken_away
from communitycheck.reporting.words.sentences import Wording

LEFT_OUT = 5  # returns of a region that are named where no copy of them is given


class Copies(Struct, frozen=True):
    """Marked-up copies of some returns.

    Attributes:
        written: the files. refused: what kept others from being made. failed: those that could not be written.
        beside: copies under a new name, by the place of a mended one that stays.
    """

    written: list[Path] = field(default_factory=list)
    refused: list[ReturnError] = field(default_factory=list)
    failed: list[WriteError] = field(default_factory=list)
    beside: dict[Path, Path] = field(default_factory=dict)


Step = Callable[[int, int, str], None]
# Writes marked-up copies of a report's returns into a folder among the results; of those that are shared, by path, the
# report's own rows.
MarkUp = Callable[[Report, Path, Collection[str], OwnFolder], Copies]


class RegionFolders:
    """A folder for each region of a level, planned; nothing is written before ``write``.

    Args:
        folder: made where it is missing.
        kinds: which files a bundle holds, of ``kinds_of_region``; ``marked`` needs ``mark_up``.
        force: replace what others wrote, too.

    Raises:
        UsageError: no record says to which region of that level it belongs, or a return lies where a report should.
        WriteError: files lie there that we did not write.
    """

    def __init__(
        self,
        report: Report,
        folder: str | Path,
        level: str,
        lang: Lang,
        formats: Formats,
        *,
        kinds: Sequence[str] = USUAL,
        all_verdicts: bool = False,
        mark_up: MarkUp | None = None,
        force: bool = False,
    ) -> None:
        self._report, self._level, self._formats, self._all_verdicts = report, level, formats, all_verdicts
        self._wording = wording = Wording.of(report, lang)
        stated = stated_levels(report)
        if not stated:
            raise UsageError("split-none-stated")
        if level not in stated:
            raise UsageError("split-level-unstated", level=wording.entity(level), known="|".join(stated))
        self._split = Split(report, by_region(report, level))
        root = Path(folder)
        self._names = [f"{wording.say(formats.bundled[kind].bundle)}.{kind}" for kind in kinds if kind != MARKED]
        self._copies = wording.say("bundle-marked") if mark_up is not None and MARKED in kinds else ""
        self._mark_up = mark_up
        nameless = wording.say("region-none", level=wording.entity(level))
        taken = [*INDEX, *self._names, self._copies]
        self._folders = folder_names(self._split.parts.regions, nameless, taken)
        self._own = OwnFolder(root, force=force)
        reports = [*INDEX, *self._names, *(f"{one}/{name}" for one in self._folders for name in self._names)]
        refuse_inputs(report, [root / name for name in reports])
        self._own.refuse_others([root / name for name in reports])

    def write(self, step: Step | None = None) -> Index:
        """Write it all; what cannot be written is left out, and told in the index and by its ``failed``.

        Args:
            step: called after each bundle how many are done, of how many, and the folder of the last.

        Raises:
            WriteError: the folder cannot be made.
        """
        with self._own as own:
            make_folder(own.root)
            before = own.known.of_kind(REPORT) | own.known.of_kind(MARKED_COPY)
            homes = self._split.regions_of_returns() if self._copies else {}
            bundles = []
            for k, (region, name) in enumerate(zip(self._split.parts.regions, self._folders, strict=True)):
                part = self._split.report(k)
                alone = [k] if region.path else []
                shared = {r.path for r in part.returns if homes.get(r.path) != alone}
                bundles.append(self._put(region, part, name, shared))
                if step is not None:
                    step(k + 1, len(self._folders), name)
            whole = self._put(None, self._report, "", frozenset())
            gone = set(own.gone())
            bundles, whole = [self._less(b, gone) for b in bundles], self._less(whole, gone)
            now = {f"{b.folder}/{f}" if b.folder else f for b in (*bundles, whole) for f in (*b.files, *b.marked)}
            old = _still_there(own.root, before - now - set(INDEX))
            index = Index(self._level, bundles, whole, _outermost(old, [*self._folders, self._copies]))
            pages = (
                (INDEX[1], index_csv(index, self._wording), "utf-8-sig"),
                (INDEX[0], index_html(index, self._report, self._split, self._wording), "utf-8"),
            )
            for name, content, encoding in pages:
                try:
                    own.write(own.root / name, content, encoding)
                except WriteError as error:
                    index.missing.append(error)
            index.missing.extend(map(taken_away, own.gone()))
            return index

    def _less(self, bundle: Bundle, gone: Collection[Path]) -> Bundle:
        """The bundle without files that somebody has taken away meanwhile; they count as not written."""
        place = self._own.root / bundle.folder
        lost = [name for name in (*bundle.files, *bundle.marked) if place / name in gone]
        if not lost:
            return bundle
        failed = [taken_away(place / name) for name in lost]
        return replace(
            bundle,
            files=[name for name in bundle.files if name not in lost],
            marked=[name for name in bundle.marked if name not in lost],
            left_out=[*bundle.left_out, *(self._wording.error(error) for error in failed[:LEFT_OUT])],
            failed=[*bundle.failed, *failed],
        )

    def _put(self, region: Region | None, report: Report, folder: str, shared: Collection[str]) -> Bundle:
        """Write the bundle of ``region``; of the returns at the paths ``shared`` it gets its own rows."""
        place = self._own.root / folder
        files, failed = [], []
        made = Copies()
        try:
            make_folder(place)
        except WriteError as error:
            failed.append(error)
        else:
            for name in self._names:
                try:
                    self._formats.write_into(
                        self._own, report, place / name, self._wording.lang, all_verdicts=self._all_verdicts
                    )
                    files.append(name)
                except WriteError as error:
                    failed.append(error)
            if self._mark_up is not None and self._copies:
                made = self._mark_up(report, place / self._copies, shared, self._own)
        marked = sorted(file.relative_to(place).as_posix() for file in made.written)
        failed += made.failed
        left_out = [*_left_out(made.refused, self._wording), *(self._wording.error(e) for e in failed[:LEFT_OUT])]
        told = totals(report, self._wording)
        return Bundle(region, folder, files, told, marked, left_out, failed, made.beside)


def _left_out(refused: list[ReturnError], wording: Wording) -> list[str]:
    """Why returns of a bundle have no marked-up copy in it."""
    lines = [f"{one_line(Path(error.path).name)}: {wording.error(error)}" for error in refused[:LEFT_OUT]]
    if len(refused) > LEFT_OUT:
        lines.append(wording.say("index-not-marked", n=len(refused) - LEFT_OUT))
    return lines


def _still_there(root: Path, names: Iterable[str]) -> list[str]:
    """Those of ``names`` that an earlier run left."""
    return sorted(name for name in names if (root / name).is_file())


def _outermost(names: list[str], folders: list[str]) -> list[str]:
    """``names`` as a reader wants them: a whole folder where this run has none of that name."""
    current = set(folders)
    return list(dict.fromkeys(n if (top := n.partition("/")[0]) in current or top == n else top + "/" for n in names))
