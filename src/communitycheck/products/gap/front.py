"""The front door of ``gap``: returns are judged, and what closes their fails is found and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from communitycheck.check import check
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.planning.costs import Costs
from communitycheck.planning.find_needs import find_needs
from communitycheck.products.gap.budget_option import budget_asked, planned
from communitycheck.products.gap.costs_file import load_costs
from communitycheck.products.gap.csv import gap_csv
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.json import gap_json
from communitycheck.products.gap.text import gap_blocks
from communitycheck.reporting.document import Block
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.batch.read_many import Progress
from communitycheck.standards.book import RuleBook
from communitycheck.standards.choose import whole_dictionary

FORMATS = ("text", "json", "csv", "markdown")


def gap(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    mapping: str | Path | None = None,
    level: str | None = None,
    advisory: bool = False,
    costs: str | Path | None = None,
    budget: str | None = None,
    objective: str | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundGap:
    """Find what has to be added so that what fails would pass: for each subject and lever, for each share and sum of a
    group, and added up by region. All of it is judged again with the additions in place.

    Args:
        paths, standards, rules_dir, region, as_of, select, ignore, mapping, jobs, cache, progress: as for ``check``.
        level: of the regions that amounts are added up for; by default the widest that tells several apart.
        advisory: rules that advise count as well.
        costs: a YAML file of prices by lever and method; without one nothing is said of money.
        budget: an amount to be spent as well as it can be: money, or so much of a lever, ``LEVER=AMOUNT`` where the
            unit alone does not tell which.
        objective: by what it is spent: most-communities (unless said), most-people, worst-first, share-target or
            share-target:RULE.

    Raises:
        UsageError, RuleFileError: as ``check``; a budget that can mean several things.
    """
    asked = budget_asked(budget, objective)
    prices: list[Costs] = []
    runs: list[StandardRun] = []

    def priced(book: RuleBook) -> None:
        if costs is not None:
            prices.append(load_costs(costs, whole_dictionary(book, book.all())))

    report = check(
        paths,
        standards,
        rules_dir=rules_dir,
        region=region,
        as_of=as_of,
        select=select,
        ignore=ignore,
        mapping=mapping,
        jobs=jobs,
        cache=cache,
        progress=progress,
        on_book=priced,
        on_standard=runs.append,
    )
    needs, known = find_needs(report, runs, advisory=advisory), prices[0] if prices else Costs()
    return FoundGap(report, needs, level, known, planned(asked, report, runs, needs, known, level))


def render_gap(
    found: FoundGap,
    format: str,
    lang: Lang,
    *,
    colour: bool = False,
    width: int | None = None,
    details: bool = False,
) -> Iterator[str]:
    """What was found in one of ``FORMATS``.

    Args:
        colour, width: of ``text``: colours of a terminal, cells in a line (100 by default).
        details: ``text`` and ``markdown`` list every subject in place of the nearest to the line.

    Raises:
        UsageError: it is none of them.
    """
    wording = Wording.of(found.report, lang)

    def blocks() -> list[Block]:
        return gap_blocks(found, wording, details=details)

    match format:
        case "text":
            return Page(width, colour).draw_all(blocks())
        case "markdown":
            return markdown.draw(p for number, block in enumerate(blocks()) for p in block.pieces(2 if number else 1))
        case "json":
            return gap_json(found, lang)
        case "csv":
            return gap_csv(found, wording)
        case _:
            raise UsageError("format-unknown", format=format, known=", ".join(FORMATS))


__all__ = ["FORMATS", "FoundGap", "gap", "render_gap"]
