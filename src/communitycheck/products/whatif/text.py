"""What a reform changes, for a reader: the answer in a sentence, each rule before and after, regions, who changes side,
and how many pass at every limit."""

from __future__ import annotations

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.result import Outcome
from communitycheck.model.table import Ints
from communitycheck.planning.compare.changes import VerdictChange
from communitycheck.planning.whatif.effects import SIDES, RegionEffect, RuleEffect
from communitycheck.printable import clip, one_line
from communitycheck.products.whatif.found import FoundCurve, FoundWhatIf
from communitycheck.products.whatif.picture import curve_picture
from communitycheck.products.whatif.sentence import NAME, EffectWords
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.outline import unread_block
from communitycheck.reporting.summary import left_open_in_words, returns_in_words
from communitycheck.reporting.words.numbers import count, rate, stated
from communitycheck.reporting.words.sentences import Wording

REGIONS, LISTED, STEPS = 30, 10, 20
BAR = 24  # cells of the picture of a curve
_SURE, _PERHAPS = "█", "░"


def whatif_blocks(found: FoundWhatIf, lang: Lang, *, details: bool, drawing: bool = False) -> list[Block]:
    """The pages from the top; ``details`` lists everybody and every limit, ``drawing`` has pictures."""
    wording = Wording.of(found.after, lang)
    drawn = _WhatIf(found, EffectWords(found, Wording.of(found.before, lang), wording), details=details)
    drawn.drawing = drawing
    blocks: list[Block | None] = [drawn.head()]
    if found.effects:
        blocks += [drawn.rules(), drawn.levers()]
    for effect in found.effects:
        blocks += [drawn.regions(effect), *(drawn.subjects(effect, change) for change in SIDES)]
    blocks += [drawn.curve(one) for one in found.curves if len(one.curve)]
    blocks.append(unread_block(found.unread, wording))
    return [block for block in blocks if block is not None]


class _WhatIf:
    def __init__(self, found: FoundWhatIf, words: EffectWords, *, details: bool) -> None:
        self.found, self.words, self.details = found, words, details
        self.wording, self.say = words.now, words.say
        self.drawing = False

    def head(self) -> Block:
        say, report = self.say, self.found.after
        pairs = [
            (say("whatif-label-changes") if not n else "", one_line(change))
            for n, change in enumerate(self.found.changes)
        ]
        pairs += [
            (say("label-as-of"), report.as_of.isoformat()),
            (say("label-returns"), returns_in_words(report, self.wording)),
        ]
        block = Block("whatif", say("whatif-title"), pairs=pairs)
        block.lines = list(self.words.sentences()) or [say("whatif-no-verdicts")]
        block.lines += left_open_in_words(report, self.wording)
        return block

    def rules(self) -> Block:
        say = self.say
        block = Block("whatif-rules", say("whatif-heading-rules"), columns=[
            TableColumn(say("column-rule"), wrap=True, least=14),
            TableColumn(say("whatif-column-limit"), wrap=True, least=12),
            *self._sum_columns(),
        ])  # fmt: skip
        for effect in self.found.effects:
            was, now = self.words.limits(effect)
            limit = self._arrow(was, now) or say("none")
            before, after = effect.before.counts(), effect.after.counts()
            missed = tuple(one[Outcome.FAIL] + one[Outcome.NOT_DUE] for one in (before, after))
            block.add_row(self.words.rule(effect.rule), limit, *self._sums(
                (before[Outcome.PASS], after[Outcome.PASS]), (missed[0], missed[1]),
                (before[Outcome.NO_DATA], after[Outcome.NO_DATA]),
                effect.count(VerdictChange.NEWLY_FAILING), effect.count(VerdictChange.FIXED),
            ), tone="bad" if effect.count(VerdictChange.NEWLY_FAILING) else "")  # fmt: skip
        return block.without_blanks()

    def levers(self) -> Block | None:
        """What all who miss a limit need, and what it costs, the least of both."""
        if not self.found.levers:
            return None
        say, lang = self.say, self.wording.lang
        block = Block("whatif-levers", say("whatif-heading-levers"), columns=[
            TableColumn(say("column-lever"), wrap=True, least=12),
            *(TableColumn(say(f"whatif-column-{key}"), right=True, named=True, wrap=True, least=10)
              for key in ("add-before", "add-after", "more", "none-before", "none-after", "cost-before", "cost-after",
                          "cost-more")),
        ])  # fmt: skip
        for one in self.found.levers:
            unit = one.lever.shown_unit
            costs = (one.cost_before, one.cost_after)
            money = ["" if end is None else stated(end.least, "yuan", lang) for end in costs]
            block.add_row(
                self.words.label(one), *(
                    "" if end.none and not end.short else stated(end.least, unit, lang)
                    for end in (one.before, one.after)
                ),
                "" if one.more is None else stated(one.more, unit, lang),
                *(count(end.none) if end.none else "" for end in (one.before, one.after)),
                *money, "" if one.cost_more is None else stated(one.cost_more, "yuan", lang),
            )  # fmt: skip
        return block.without_blanks()

    def _sum_columns(self) -> list[TableColumn]:
        say = self.say
        return [
            TableColumn(say("column-passed"), right=True, wrap=True, least=8),
            TableColumn(say("column-failed"), right=True, wrap=True, least=8),
            TableColumn(say("column-no-data"), right=True, named=True, wrap=True, least=6),
            TableColumn(say("column-rate-short"), right=True, wrap=True, least=10),
            TableColumn(say("whatif-column-failing"), right=True, wrap=True, least=6),
            TableColumn(say("whatif-column-fixed"), right=True, named=True, wrap=True, least=6),
        ]

    def _sums(
        self, passed: tuple[int, int], missed: tuple[int, int], unknown: tuple[int, int], failing: int, fixed: int
    ) -> tuple[str, ...]:
        rates = [rate(one, one + other) for one, other in zip(passed, missed, strict=True)]
        return (
            *(self._arrow(*map(count, pair)) for pair in (passed, missed)),
            self._arrow(*map(count, unknown)) if any(unknown) else "",
            self._arrow(*rates),
            count(failing),
            count(fixed) if fixed else "",
        )

    def _arrow(self, was: str, now: str) -> str:
        return now if was == now else f"{was or self.say('none')} → {now or self.say('none')}"

    def regions(self, effect: RuleEffect) -> Block | None:
        level, found = self.words.level(effect)
        if not level:
            return None
        say = self.say
        title = say("whatif-heading-regions", rule=self.words.rule(effect.rule), level=self.wording.entity(level))
        block = Block("whatif-regions", title, columns=[
            TableColumn(say("label-region"), wrap=True, least=12), *self._sum_columns(),
        ])  # fmt: skip
        shown = found if self.details else sorted(found, key=lambda one: -(one.newly_failing + one.fixed))[:REGIONS]
        for one in shown:
            sums = self._sums(one.passed, one.missed, one.unknown, one.newly_failing, one.fixed)
            block.add_row(self._region(one, found), *sums)
        if left := len(found) - len(shown):
            block.more = say("whatif-more-regions", n=count(left))
        return block.without_blanks()

    def _region(self, one: RegionEffect, among_: list[RegionEffect]) -> str:
        alike = [other for other in among_ if other.path[-1:] == one.path[-1:]]
        name = self.words.region(one)
        return name if len(alike) == 1 else clip("/".join(map(one_line, filter(None, one.path))), NAME)

    def subjects(self, effect: RuleEffect, change: VerdictChange) -> Block | None:
        some = effect.changing(change)
        if not len(some):
            return None
        say = self.say
        title = say(
            "whatif-heading-subjects", rule=self.words.rule(effect.rule), n=count(len(some)),
            change=say(f"whatif-change-{change.word.replace('_', '-')}"),
        )  # fmt: skip
        block = Block("whatif-subjects", title, columns=[
            TableColumn(say("column-name"), wrap=True, least=12),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("column-observed"), right=True),
            TableColumn(say("column-required"), right=True, wrap=True, least=12),
            TableColumn(say("column-at"), spare=True),
        ])  # fmt: skip
        shown = some if self.details else some[:LISTED]
        for name, region, observed, required, at in self._lines(effect, shown):
            block.add_row(clip(name, NAME), region, observed, required, at)
        if left := len(some) - len(shown):
            block.more = say("whatif-more-subjects", n=count(left))
        return block

    def _lines(self, effect: RuleEffect, some: Ints) -> list[tuple[str, ...]]:
        lines: list[tuple[str, ...]] = []
        for before, after in zip(effect.before.verdicts(some), effect.after.verdicts(some), strict=True):
            was, now = self.words.was.figures(before), self.wording.figures(after)
            lines.append((
                self.wording.name(after.subject), self.wording.region(after.subject),
                now.observed or was.observed or self.say("none"), self._arrow(was.required, now.required),
                self.wording.place(after.at, after.cells),
            ))  # fmt: skip
        return lines

    # the curve

    def curve(self, one: FoundCurve) -> Block:
        say, curve = self.say, one.curve
        inside = np.flatnonzero(curve.within(one.low, one.high)).astype(np.int32)
        block = Block("whatif-curve", say("whatif-heading-curve", rule=self.words.rule(curve.rule)), columns=[
            TableColumn(say("column-threshold"), right=True),
            TableColumn(say("column-passed"), right=True),
            TableColumn(say("column-failed"), right=True),
            TableColumn(say("column-no-data"), right=True, named=True),
            TableColumn(say("column-rate-short"), right=True),
            TableColumn(say("whatif-column-picture")),
            TableColumn("", named=True),
        ])  # fmt: skip
        now = self.words.place(one, one.now) if one.now is not None else -1
        listed = self._shown(one, inside, now)
        for k, limit in zip(listed, self.words.limits_at(one, listed), strict=True):
            passed, missed, unknown = int(curve.passed[k]), int(curve.missed[k]), int(curve.unknown[k])
            block.add_row(
                limit, count(passed), count(missed),
                count(unknown) if unknown else "", rate(passed, passed + missed), _bar(passed, missed, unknown),
                say("whatif-now") if k == now else "",
            )  # fmt: skip
        if self.drawing:
            block.picture = curve_picture(one, self.words)
        block.lines.append(say("whatif-between-stricter" if curve.comparison.met_at_limit else "whatif-between-milder"))
        if len(inside) > len(block.rows):
            block.lines.append(say("whatif-more-steps", n=count(len(inside) - len(block.rows))))
        if curve.unknown[inside].any():
            block.lines.append(say("whatif-picture-unknown"))
        return block.without_blanks()

    def _shown(self, one: FoundCurve, inside: Ints, now: int) -> list[int]:
        """All of them, or the ends, the limit in force, those that the rate leads to, and others between them."""
        if self.details or len(inside) <= STEPS:
            return [int(k) for k in inside]
        chosen = {int(k) for k in inside[np.linspace(0, len(inside) - 1, STEPS - 2).round().astype(int)]}
        wanted = {now}
        if self.found.rate is not None and (at := one.curve.strictest_place(self.found.rate)) is not None:
            wanted.add(at)
        return sorted(chosen | (wanted & set(inside.tolist())))


def _bar(passed: int, missed: int, unknown: int) -> str:
    """Who passes for certain, and who may, among all; nobody is drawn as everybody, and everybody as nobody."""
    every = passed + missed + unknown
    sure, may = (_cells(some, every) for some in (passed, passed + unknown))
    return _SURE * sure + _PERHAPS * (may - sure)


def _cells(some: int, every: int) -> int:
    if some in (0, every):
        return BAR if some else 0
    return min(max(round(BAR * some / every), 1), BAR - 1)
