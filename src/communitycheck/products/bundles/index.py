"""The index of bundles: every region with its totals and its files, as a page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct, field

from communitycheck.errors import WriteError
from communitycheck.model.address import Address
from communitycheck.model.places.regions import Region
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.printable import printed
from communitycheck.products.bundles.split import Split
from communitycheck.reporting.gap_words import missing_in_words
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.gaps import gaps
from communitycheck.reporting.totals.rules import group_verdicts
from communitycheck.reporting.words.numbers import count, rate
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

INDEX = ("index.html", "index.csv")
NAMED = 3  # marked-up returns of a bundle that are listed one by one
GAPS = 3  # of a region that are named
LISTED = 200  # verdicts on larger regions, and files, that the page lists
COLUMNS = (
    "label-subjects", "column-judged", "column-passed", "column-failed", "column-rate", "column-not-due",
    "column-no-data",
)  # fmt: skip


class Totals(Struct, frozen=True):
    """What a report comes to. ``gaps`` names its largest."""

    subjects: int
    passed: int
    failed: int
    not_due: int
    no_data: int
    gaps: str = ""

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def rate(self) -> str:
        return rate(self.passed, self.judged)

    @property
    def numbers(self) -> tuple[int, ...]:
        return self.subjects, self.passed, self.failed, self.not_due, self.no_data


class Bundle(Struct, frozen=True):
    """One folder as it was written; ``region`` is None for the whole report.

    ``files`` are the reports in it, ``marked`` the marked-up returns; ``left_out`` says what is not in it, and why.
    ``failed`` are files that could not be written; ``beside`` marked-up returns under a new name, by the place of the
    mended one that stays.
    """

    region: Region | None
    folder: str
    files: list[str]
    totals: Totals
    marked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: list[WriteError] = field(default_factory=list)
    beside: dict[Path, Path] = field(default_factory=dict)

    @property
    def entries(self) -> list[tuple[str, int]]:
        """Its files to list, each with 0; of many marked-up returns their folder alone, with their number."""
        if len(self.marked) <= NAMED:
            return [(name, 0) for name in (*self.files, *self.marked)]
        return [*((name, 0) for name in self.files), (self.marked[0].partition("/")[0] + "/", len(self.marked))]


class Index(Struct, frozen=True):
    """What a run wrote.

    ``stale`` are files and folders (with a ``/``) that an earlier run left; ``missing`` tells which page of the index
    could itself not be written.
    """

    level: str
    bundles: list[Bundle]
    whole: Bundle
    stale: list[str]
    missing: list[WriteError] = field(default_factory=list)

    @property
    def failed(self) -> list[WriteError]:
        """What could not be written."""
        return [*(error for bundle in (*self.bundles, self.whole) for error in bundle.failed), *self.missing]

    @property
    def beside(self) -> dict[Path, Path]:
        """Marked-up returns under a new name, by the place of the mended one that stays."""
        return {old: new for bundle in (*self.bundles, self.whole) for old, new in bundle.beside.items()}

    @property
    def beyond(self) -> Totals:
        """What is in the whole report alone: verdicts on larger regions."""
        whole = self.whole.totals.numbers
        parts = [sum(column) for column in zip(*(b.totals.numbers for b in self.bundles), strict=True)]
        return Totals(*(w - p for w, p in zip(whole, parts, strict=True)))


def totals(report: Report, wording: Wording) -> Totals:
    counts = report.outcomes()
    found = gaps(report)
    named = []
    for gap in found[:GAPS]:
        rule = gap.tally.result.rule
        named.append(
            wording.say("index-gap", rule=wording.rule_title(rule), amount=missing_in_words(gap.tally, wording))
        )
    if len(found) > GAPS:
        named.append(wording.say("index-gaps-more", n=len(found) - GAPS))
    return Totals(
        report.subjects,
        counts[Outcome.PASS],
        counts[Outcome.FAIL],
        counts[Outcome.NOT_DUE],
        counts[Outcome.NO_DATA] + counts[Outcome.ERROR],
        wording.say("semicolon").join(named),
    )


def index_csv(index: Index, wording: Wording) -> Iterator[str]:
    """A line for each region, one for what is in the whole report alone, and one for the whole."""
    say = wording.say
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    heads = [say(c) for c in (*COLUMNS, "index-gaps", "index-files", "index-left-out")]
    writer.writerow([wording.entity(index.level), say("index-folder"), *heads])
    for one in index.bundles:
        name = wording.region_name(one.region) if one.region is not None else ""
        writer.writerow(_row(name, one, one.totals, wording))
    writer.writerow(_row(say("index-beyond"), None, index.beyond, wording))
    writer.writerow(_row(say("all-regions"), index.whole, index.whole.totals, wording))
    yield sink.getvalue()


def _row(name: str, bundle: Bundle | None, one: Totals, wording: Wording) -> list[object]:
    numbers = [one.subjects, one.judged, one.passed, one.failed, one.rate, one.not_due, one.no_data]
    folder, files, left_out = "", "", ""
    if bundle is not None:
        folder = bundle.folder
        files = wording.listed(_entry(text, n, wording) for text, n in bundle.entries)
        left_out = wording.say("semicolon").join(bundle.left_out)
    return [cell(name), cell(folder), *numbers, cell(one.gaps), cell(files), cell(left_out)]


def _entry(text: str, n: int, wording: Wording) -> str:
    return text + wording.say("brackets", text=wording.say("index-copies", n=count(n))) if n else text


def index_html(index: Index, report: Report, split: Split, wording: Wording) -> Iterator[str]:
    """The page: one file that needs no other and no network, with links into the folders."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("communitycheck.products.bundles", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printed,
    )
    environment.filters.update(count=count, href=_href)
    say = wording.say
    above = _above(report, split, wording)
    unread = [(wording.place(Address(e.path, e.sheet)), wording.error(e)) for e in report.unread]
    page = environment.get_template("bundle_index.html").generate(
        lang=wording.lang,
        say=say,
        title=say("index-title-others" if wording.of_others else "index-title", level=wording.entity(index.level)),
        facts=summary_pairs(report, wording),
        columns=[say(c) for c in COLUMNS],
        level=wording.entity(index.level),
        index=index,
        entry=lambda text, n: _entry(text, n, wording),
        names=[wording.region_name(b.region) for b in index.bundles if b.region is not None],
        above=above[:LISTED],
        more_above=len(above) - LISTED,
        unread=unread[:LISTED],
        more_unread=len(unread) - LISTED,
        version=report.version,
    )
    yield from page
    yield "\n"


def _href(*parts: str) -> str:
    """A relative link; nothing in a name can make it lead elsewhere."""
    return "./" + "/".join(quote(name, safe="") for part in parts if part for name in part.split("/"))


def _above(report: Report, split: Split, wording: Wording) -> list[tuple[str, ...]]:
    """Verdicts on regions larger than the bundles', which the whole report alone holds; those to look at first."""
    outside = {result: set(split.in_no_part(result)) for result in report.results}
    return [_line(result, i, wording) for result, i in group_verdicts(report) if i in outside[result]]


def _line(result: RuleResult, i: int, wording: Wording) -> tuple[str, ...]:
    verdict = result.verdict(i)
    figures = wording.figures(verdict, result.add_unit)
    return (
        "/".join(p for p in (wording.region(verdict.subject), wording.name(verdict.subject)) if p),
        f"{wording.rule_id(verdict.rule)} {wording.rule_title(verdict.rule)}",
        wording.full(figures),
        figures.required,
        wording.outcome(verdict.outcome),
    )
