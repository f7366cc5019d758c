"""The front door of ``whatif``: returns are read once and judged by the rules as they are and as they would be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from communitycheck import judging
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.judging import Basis, Gathered
from communitycheck.model.report import Report
from communitycheck.planning.costs import Costs
from communitycheck.planning.find_needs import find_needs
from communitycheck.planning.whatif.effects import effects_of
from communitycheck.planning.whatif.lever_effects import LeverEffect, lever_effects
from communitycheck.products.costs_file import load_costs
from communitycheck.products.whatif.formats import check_whatif_outputs, render_whatif, write_whatif
from communitycheck.products.whatif.found import FoundWhatIf
from communitycheck.products.whatif.reforms_asked import AskedChange, ReformedBasis, changed_rules, reforms_asked
from communitycheck.products.whatif.span import curves_of, hanging_on, mildest, rate_asked
from communitycheck.returns.batch.read_many import Progress
from communitycheck.returns.gather import day_to_judge_by
from communitycheck.standards.choose import RuleFilter, whole_dictionary


def whatif(
    paths: Sequence[str | Path] | str | Path,
    changes: Sequence[AskedChange],
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    period: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    mapping: str | Path | None = None,
    level: str | None = None,
    rate: str | None = None,
    costs: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundWhatIf:
    """Judge returns by other limits beside those in force: who changes side, in which region, and, over a span of
    limits, how many pass at each.

    Args:
        changes: what is changed, each on top of those before it: ``("set", "LN-01=600 m2")`` (or a span,
            ``LN-01=300..800 m2``), ``("parameter", "NAME=VALUE")``, ``("reform", "FILE")``.
        paths, standards, rules_dir, region, as_of, period, select, ignore, mapping, jobs, cache, progress: as for
            ``check``.
        level: of the regions that are told apart; by default the widest that tells several apart.
        rate: a share (``90%``): at which limit of the span so many would pass.
        costs: a YAML file of prices by lever and method; without one nothing is said of money.

    Raises:
        UsageError, RuleFileError: as ``check``; a change that cannot be made.
    """
    share = rate_asked(rate)
    basis = judging.basis_of(standards, rules_dir, region, select, ignore)
    asked = reforms_asked(changes, basis)
    prices = Costs() if costs is None else load_costs(costs, whole_dictionary(basis.book, basis.book.all()))
    if share is not None and asked.span is None:
        raise UsageError("whatif-rate-alone")
    read = judging.gathered(paths, basis.dictionary, (), mapping=mapping, jobs=jobs, cache=cache, progress=progress)
    read, last = judging.of_one_period(read, period)
    runs = _BothRuns(basis, asked, read, as_of or last, changes, last)
    before, after = runs.judged()
    span = asked.span
    effects = [one for one in effects_of(before, after) if one.rule.id not in runs.spanned]
    curves = [] if span is None else curves_of(before, after, span, asked.at)
    levers = runs.levers(before, after, prices) if span is None else []
    given = [f"--{kind} {text}" for kind, text in changes]
    hanging = [] if span is None else hanging_on(span.rule, after.standards)
    return FoundWhatIf(before, after, given, effects, curves, level, share, levers, hanging)


class _BothRuns:
    """The same returns judged by the rules as they are and as they would be, as far as these differ."""

    def __init__(
        self,
        basis: Basis,
        asked: ReformedBasis,
        read: Gathered,
        as_of: date | None,
        changes: Sequence[AskedChange],
        of_period: date | None,
    ) -> None:
        self.basis, self.asked, self.read, self.as_of, self.of_period = basis, asked, read, as_of, of_period
        self.options = tuple((f"--{kind}", text) for kind, text in changes)
        self.day = day_to_judge_by(as_of, read.returns, date.today())[0]
        self.spanned = set[str]()  # what the limit of the span decides
        self.runs, self.runs_after = list[StandardRun](), list[StandardRun]()

    def judged(self) -> tuple[Report, Report]:
        """Before and after; over a span, after is under its mildest limit."""
        span = self.asked.span
        rules = self.asked.rules | changed_rules(self.basis, self.asked.basis, self.day)
        wanted = {rule.id for one in self.basis.standards for rule in one.rules if self.basis.wanted(rule)} & rules
        if not wanted:
            raise UsageError("whatif-not-selected", rules=", ".join(sorted(rules)))
        before = self._report(self.basis, wanted, self.runs)
        after = self.asked.basis
        if span is not None:
            after = self.asked.at(mildest(before, span, self.asked.at))
            self.spanned = {span.rule} | changed_rules(self.asked.basis, after, self.day)
        return before, self._report(after, wanted, self.runs_after)

    def levers(self, before: Report, after: Report, costs: Costs) -> list[LeverEffect]:
        """What is needed of each lever for all whom the rules judge, mandatory or not."""
        one, other = (
            find_needs(report, runs, advisory=True, again=False)
            for report, runs in ((before, self.runs), (after, self.runs_after))
        )
        return lever_effects(one, other, costs)

    def _report(self, basis: Basis, wanted: set[str], runs: list[StandardRun]) -> Report:
        basis = replace(basis, wanted=RuleFilter(tuple(sorted(wanted)), ()))
        return judging.judged(basis, self.read, self.as_of, None, self.options, runs.append, of_period=self.of_period)


__all__ = ["FoundWhatIf", "check_whatif_outputs", "render_whatif", "whatif", "write_whatif"]
