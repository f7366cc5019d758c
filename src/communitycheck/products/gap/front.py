"""The front door of ``gap``: returns are judged, and what closes their fails is found and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communitycheck.check import check
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.returns import Return
from communitycheck.planning.costs import Costs
from communitycheck.planning.find_needs import find_needs
from communitycheck.planning.given import with_given
from communitycheck.planning.projection import Projection
from communitycheck.products.costs_file import load_costs
from communitycheck.products.gap.budget_option import budget_asked, planned
from communitycheck.products.gap.formats import check_gap_outputs, render_gap, write_gap
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.projection_option import fields_read, project, projection_asked, resolved
from communitycheck.returns.batch.read_many import Progress
from communitycheck.standards.book import RuleBook
from communitycheck.standards.choose import whole_dictionary


def gap(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    period: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    mapping: str | Path | None = None,
    waivers: str | Path | None = None,
    level: str | None = None,
    advisory: bool = False,
    costs: str | Path | None = None,
    budget: str | None = None,
    objective: str | None = None,
    at: int | None = None,
    growth: str | None = None,
    projection: Sequence[str] = (),
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundGap:
    """Find what has to be added so that what fails would pass, by subject, group and region, judged again.

    Args:
        paths, standards, rules_dir, region, as_of, period, select, ignore, mapping, jobs, cache, progress: as ``check``
        waivers: what they excuse is listed apart, in no amount and no cost.
        level: of the regions that amounts are added up for; by default the widest that tells several apart.
        advisory: rules that advise count as well.
        costs: a YAML file of prices by lever and method; without one nothing is said of money.
        budget: an amount to be spent as well as it can be: money, or so much of a lever (``LEVER=AMOUNT`` if in doubt).
        objective: most-communities (unless said), most-people, worst-first, share-target or share-target:RULE.
        at: the year to plan for; ``as_of`` is then the day of figures that do not say theirs. Residents grow by
            ``growth`` a year, or a column gives them: ``FIELD=HEADING`` in ``projection``.

    Raises:
        UsageError, RuleFileError: as ``check``; a budget that can mean several things.
    """
    asked, runs = budget_asked(budget, objective), list[StandardRun]()
    beside = _Beside(costs, projection_asked(at, growth, projection), as_of)
    report = check(
        paths, standards, rules_dir=rules_dir, region=region, as_of=as_of if at is None else date(at, 12, 31),
        period=period, select=select, ignore=ignore, mapping=mapping, waivers=waivers,
        jobs=jobs, cache=cache, progress=progress,
        on_book=beside.on_book, on_read=beside.on_read, on_standard=runs.append,
    )  # fmt: skip
    needs = find_needs(report, runs, advisory=advisory)
    plan = planned(asked, report, runs, needs, beside.costs, level)
    return FoundGap(report, needs, with_given(runs, needs.levers, plan), level, beside.costs, plan, beside.projection)


class _Beside:
    """What stands beside the returns: prices, and what their figures will be in another year."""

    def __init__(self, costs: str | Path | None, projection: Projection | None, as_of: date | None) -> None:
        self.file, self.projection, self.as_of = costs, projection, as_of
        self.costs, self.dictionary = Costs(), Dictionary({})

    def on_book(self, book: RuleBook) -> dict[str, Field] | None:
        """Read the prices; the fields for columns of projections."""
        if self.file is None and self.projection is None:
            return None
        self.dictionary = whole_dictionary(book, book.all())
        if self.file is not None:
            self.costs = load_costs(self.file, self.dictionary)
        if self.projection is None:
            return None
        self.projection = resolved(self.projection, self.dictionary)
        return fields_read(self.projection, self.dictionary)

    def on_read(self, returns: Sequence[Return]) -> None:
        """Put the figures of the year in place."""
        if self.projection is not None:
            self.projection = project(self.projection, returns, self.dictionary, self.as_of)


__all__ = ["FoundGap", "check_gap_outputs", "gap", "render_gap", "write_gap"]
