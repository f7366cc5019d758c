"""A folder for each region with what is sent there, the whole report above them, and an index of it all.

    DIR/index.html, index.csv       every region with its totals and its files
    DIR/核查结果.xlsx, 通报.docx     the whole report
    DIR/沈河区/核查结果.xlsx …       the same of one region alone
    DIR/沈河区/已标注报表/…          the marked-up copies of the returns with records of this region

Of a return that several regions share each gets its own rows alone: what a county has reported, names and telephone
numbers of its staff among it, is not its neighbour's business. The copy with all rows lies beside the whole report.

Only names of our own are written, each file whole or not at all; whatever else lies in DIR stays. The index is taken
away first and written last, so that none lies beside bundles that are not finished.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from communitycheck.errors import ReturnError, UsageError
from communitycheck.messages import Lang
from communitycheck.model.output_marks import Manifest
from communitycheck.model.places.regions import Region
from communitycheck.model.report import Report
from communitycheck.products.bundles.index import INDEX, Bundle, Index, index_csv, index_html, totals
from communitycheck.products.bundles.kinds import MARKED, USUAL
from communitycheck.products.bundles.names import folder_names
from communitycheck.products.bundles.parts import by_region, stated_levels
from communitycheck.products.bundles.results_folder import refuse_inputs, write_manifest
from communitycheck.products.bundles.split import Split
from communitycheck.reporting.files import make_folder, write_file
from communitycheck.reporting.formats.registry import Formats
from communitycheck.reporting.words.sanitise import one_line
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.files.own_outputs import read_manifest

LEFT_OUT = 5  # returns of a region that are named where no copy of them is given


class Copies(NamedTuple):
    """Marked-up copies of some returns: the files, and what kept others from being made."""

    written: list[Path]
    refused: list[ReturnError]


Step = Callable[[int, int, str], None]
# Writes marked-up copies of a report's returns into a folder; of those that are shared, by path, the report's own rows.
MarkUp = Callable[[Report, Path, Collection[str]], Copies]


def write_bundles(
    report: Report,
    folder: str | Path,
    level: str,
    lang: Lang,
    formats: Formats,
    *,
    kinds: Sequence[str] = USUAL,
    all_verdicts: bool = False,
    mark_up: MarkUp | None = None,
    step: Step | None = None,
) -> Index:
    """Write a bundle for each region of ``level`` into ``folder``, which is made where it is missing.

    Args:
        kinds: which files a bundle holds, of ``kinds_of_region``; ``marked`` needs ``mark_up``.
        step: called after each bundle how many are done, of how many, and the folder of the last.

    Raises:
        UsageError: no record says to which region of that level it belongs, or a return lies where a report should.
        WriteError: the folder cannot be made, or a file not be written.
    """
    wording = Wording.of(report, lang)
    stated = stated_levels(report)
    if not stated:
        raise UsageError("split-none-stated")
    if level not in stated:
        raise UsageError("split-level-unstated", level=wording.entity(level), known="|".join(stated))
    split = Split(report, by_region(report, level))
    root = Path(folder)
    names = [f"{wording.say(formats.bundled[kind].bundle)}.{kind}" for kind in kinds if kind != MARKED]
    copies = wording.say("bundle-marked") if mark_up is not None and MARKED in kinds else ""
    nameless = wording.say("region-none", level=wording.entity(level))
    folders = folder_names(split.parts.regions, nameless, [*INDEX, *names, copies])
    reports = [*INDEX, *names, *(f"{one}/{name}" for one in folders for name in names)]
    refuse_inputs(report, [root / name for name in reports])
    make_folder(root)
    before = read_manifest(root) or Manifest()
    write_manifest(root, {*before.reports, *reports}, before.marked)
    for name in set(INDEX) & set(before.reports):
        with contextlib.suppress(OSError):
            (root / name).unlink()
    homes = split.regions_of_returns() if copies else {}

    writer = _BundleWriter(root, names, copies, formats, wording, all_verdicts, mark_up)
    bundles = []
    for k, (region, name) in enumerate(zip(split.parts.regions, folders, strict=True)):
        part = split.report(k)
        alone = [k] if region.path else []
        bundles.append(writer.put(region, part, name, {r.path for r in part.returns if homes.get(r.path) != alone}))
        if step is not None:
            step(k + 1, len(folders), name)
    whole = writer.put(None, report, "", frozenset())
    marked = [f"{b.folder}/{f}" if b.folder else f for b in (*bundles, whole) for f in b.marked]
    old = _still_there(root, {*before.reports, *before.marked} - {*reports, *marked})
    index = Index(level, bundles, whole, _outermost(old, [*folders, copies]))
    write_file(root / INDEX[1], index_csv(index, wording), "utf-8-sig")
    write_file(root / INDEX[0], index_html(index, report, split, wording))
    write_manifest(root, {*reports, *old} - set(before.marked), {*marked, *(set(before.marked) & set(old))})
    return index


@dataclass(frozen=True, slots=True)
class _BundleWriter:
    """Writes bundles below ``root``: in each reports of these ``names``, and marked copies in a folder ``copies``."""

    root: Path
    names: list[str]
    copies: str
    formats: Formats
    wording: Wording
    all_verdicts: bool
    mark_up: MarkUp | None

    def put(self, region: Region | None, report: Report, folder: str, shared: Collection[str]) -> Bundle:
        """Write the bundle of ``region``; of the returns at the paths ``shared`` it gets its own rows."""
        place = self.root / folder
        make_folder(place)
        for name in self.names:
            self.formats.write(report, place / name, self.wording.lang, all_verdicts=self.all_verdicts)
        made = Copies([], [])
        if self.mark_up is not None and self.copies:
            made = self.mark_up(report, place / self.copies, shared)
        marked = sorted(file.relative_to(place).as_posix() for file in made.written)
        left_out = _left_out(made.refused, self.wording)
        return Bundle(region, folder, self.names, totals(report, self.wording), marked, left_out)


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
