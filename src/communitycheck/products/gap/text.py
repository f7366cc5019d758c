"""What ``gap`` found for a reader: what is missing by lever, by region, in whom with least, and what shares lack."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from communitycheck.model.places.regions import RegionIndex
from communitycheck.model.report import Report
from communitycheck.model.subjects import Records
from communitycheck.planning.costs import Costs, Money, Price, money_of
from communitycheck.planning.needs import GroupNeed, LeverNeed, NeedKind, Needs, NoAmount
from communitycheck.planning.regions import RegionNeed, levels_of, region_needs, whole_need
from communitycheck.printable import clip, one_line
from communitycheck.products.gap.budget_text import plan_blocks
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.lines import NeedLine, need_lines
from communitycheck.products.gap.waived import waived_block
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.gap_words import rule_in_words, subjects_in_words
from communitycheck.reporting.outline import unread_block
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.regions import is_coarse
from communitycheck.reporting.words.numbers import count, plain, stated, with_unit
from communitycheck.reporting.words.sentences import Wording

LEVERS = 3  # levers whose regions and subjects are listed
REGIONS, NEAREST, CHEAPEST, GROUPS = 30, 5, 3, 20
NAME = 40  # characters of a name


def gap_blocks(found: FoundGap, wording: Wording, *, details: bool, how: str = "--details") -> list[Block]:
    """The pages from the top; ``details`` lists everybody; ``how`` is the option that does, if there is one."""
    drawn = _Gap(found.needs, found.level, found.costs, wording, details=details, how=how)
    blocks = [head_block(found, wording)]
    if found.needs.levers:
        blocks.append(drawn.levers())
    blocks += plan_blocks(found, wording, details=details, how=how)
    if found.needs.levers:
        blocks += drawn.each_lever()
    waived = waived_block(found, wording, details=details, how=how)
    last = [drawn.costs_block(), drawn.groups(), drawn.unclosed(), waived, unread_block(found.report.unread, wording)]
    return blocks + [block for block in last if block is not None]


def head_block(found: FoundGap, wording: Wording) -> Block:
    """What stands on top: what was read, how amounts are meant, and what judging again says."""
    block = _Gap(found.needs, found.level, found.costs, wording, details=False).head(found.report)
    if found.projection is not None:
        block.lines[:0] = projected_in_words(found, wording)
    return block


def group_block(found: FoundGap, wording: Wording) -> Block | None:
    """What shares and sums lack, all of them."""
    return _Gap(found.needs, found.level, found.costs, wording, details=True).groups()


def projected_in_words(found: FoundGap, wording: Wording) -> Iterator[str]:
    """Of which year the figures are, and how they were found."""
    projection = found.projection
    assert projection is not None
    if projection.growth is not None:
        held = {key for one in found.report.returns for table in one.tables for key in table.columns}
        grown = [wording.label(key) for key in projection.grown(found.report.dictionary) if key in held]
        rate = with_unit(plain(100 * projection.growth), "ratio", wording.lang)
        yield wording.say("projection-grows", year=projection.year, rate=rate, fields=wording.listed(grown))
    for key, heading in (projection.columns or {}).items():
        yield wording.say("projection-column-used", year=projection.year, field=wording.label(key), heading=heading)
    if projection.without:
        yield wording.say("projection-without", sheets=wording.listed(map(one_line, projection.without)))


class _Gap:
    def __init__(
        self, needs: Needs, level: str | None, costs: Costs, wording: Wording, *, details: bool, how: str = ""
    ) -> None:
        self.needs, self.level, self.costs, self.wording, self.details = needs, level, costs, wording, details
        self.how = how
        self.say, self.index = wording.say, RegionIndex()
        # What most of the subjects lack comes first.
        self.largest = sorted(needs.levers, key=lambda one: -int(one.short.sum()))

    def head(self, report: Report) -> Block:
        say, needs = self.say, self.needs
        block = Block("gap", say("gap-title"), pairs=summary_pairs(report, self.wording, exits=False))
        if not needs.levers and not needs.groups:
            block.lines.append(say("gap-nothing-known" if report.open_points() else "gap-nothing"))
        else:
            block.lines.append(say("gap-how"))
        added = [one.short & np.isfinite(one.most) for one in needs.levers]
        n = sum(int(mask.sum()) for mask in added)
        stuck = sum(int((mask & ~one.passes).sum()) for mask, one in zip(added, needs.levers, strict=True))
        if n:
            code = "gap-again-not" if stuck else "gap-again"
            block.lines.append(say(code, n=count(n), stuck=count(stuck)))
        for (standard, rule), lost in needs.after.items():
            named = rule_in_words(rule, standard, self.wording)
            block.lines.append(say("gap-passes-no-more", rule=named, n=count(lost)))
        if any(one.open.any() for one in needs.levers):
            block.lines.append(say("gap-open-note"))
        if again := sum(int(one.again.sum()) for one in needs.levers):
            block.lines.append(say("gap-again-elsewhere", n=count(again)))
        if needs.waived:
            block.lines.append(say("gap-waived-note", n=count(len(needs.waived))))
        if needs.advisory:
            block.lines.append(say("gap-advisory", n=count(needs.advisory)))
        return block

    def levers(self) -> Block:
        say = self.say
        block = Block("gap-levers", say("gap-heading-levers"), columns=[
            TableColumn(say("column-lever"), wrap=True, least=18),
            TableColumn(say("column-rules"), spare=True),
            *self._sum_columns(),
        ])  # fmt: skip
        for need in self.largest:
            rules = self.wording.listed(dict.fromkeys(self.wording.rule_id(part.rule) for part in need.parts))
            whole = whole_need(need)
            block.add_row(self._label(need), rules, *self._sums(whole, need), tone="bad" if whole.short else "doubt")
        return block.without_blanks()

    def _sum_columns(self) -> list[TableColumn]:
        say = self.say
        return [
            TableColumn(say("gap-column-short"), right=True),
            TableColumn(say("gap-column-add"), right=True),
            TableColumn(say("gap-column-open"), right=True, named=True),
            TableColumn(say("gap-column-at-most"), right=True, named=True, wrap=True, least=12),
            TableColumn(say("gap-column-none"), right=True, named=True, wrap=True, least=6),
            TableColumn(say("gap-column-cost"), right=True, named=True, wrap=True, least=12),
        ]

    def _sums(self, one: RegionNeed, need: LeverNeed) -> tuple[str, ...]:
        most = ""
        if one.unbounded:
            most = self.say("gap-no-end", n=count(one.unbounded))
        elif one.most != one.least:
            most = self._amount(one.most, need)
        return (
            count(one.short),
            self._amount(one.least, need),
            count(one.open) if one.open else "",
            most,
            count(one.none) if one.none else "",
            self._cost(one, self.costs.cheapest(need)),
        )

    def _cost(self, one: RegionNeed, price: Price | None) -> str:
        """The money that the additions take, in yuan; a range where something is not known."""
        return "" if price is None else self._money(money_of(one, price.price))

    def _money(self, money: Money) -> str:
        low, high = (
            stated(end, "yuan", self.wording.lang) if math.isfinite(end) else "" for end in (money.least, money.most)
        )
        return low if money.least == money.most else self.wording.range(low, high)

    def costs_block(self) -> Block | None:
        """Every method with its price, and what it comes to."""
        if not self.costs.prices:
            return None
        say, lang = self.say, self.wording.lang
        block = Block("gap-costs", say("gap-heading-costs"), columns=[
            TableColumn(say("column-lever"), wrap=True, least=12),
            TableColumn(say("gap-column-method"), wrap=True, least=8),
            TableColumn(say("gap-column-price"), right=True),
            TableColumn(say("gap-column-cost"), right=True, wrap=True, least=14),
            TableColumn(say("gap-column-running"), right=True, named=True, wrap=True, least=12),
        ])  # fmt: skip
        total, without = Money(0.0, 0.0), []
        for need in self.largest:
            whole, prices = whole_need(need), self.costs.of(need.lever.key)
            for price in prices:
                running = "" if price.running is None else self._money(money_of(whole, price.running))
                unit = f"yuan/{need.lever.unit}"
                block.add_row(
                    self._label(need), one_line(price.method.in_lang(lang)), stated(price.price, unit, lang),
                    self._cost(whole, price), running,
                )  # fmt: skip
            if prices:
                one = money_of(whole, prices[0].price)
                total = Money(total.least + one.least, total.most + one.most)
            else:
                without.append(self._label(need))
        if block.rows:
            block.lines.append(say("gap-cost-total", n=self._money(total)))
        if without:
            block.lines.append(say("gap-cost-without", levers=self.wording.listed(without)))
        return block.without_blanks()

    def _amount(self, value: float, need: LeverNeed) -> str:
        return stated(round(value, 4), need.unit, self.wording.lang)

    def _label(self, need: LeverNeed) -> str:
        alike = [one for one in self.needs.levers if one.lever.key == need.lever.key]
        label = self.wording.label(need.lever.key, need.parts[0].rule.standard)
        return label if len(alike) == 1 else label + self.say("brackets", text=self.wording.entity(need.table.entity))

    def each_lever(self) -> Iterator[Block]:
        listed = self.largest if self.details else self.largest[:LEVERS]
        for need in listed:
            if (block := self._regions(need)) is not None:
                yield block
            if need.short.any():
                yield self._nearest(need)
        if left := len(self.largest) - len(listed):
            yield Block(
                "gap-left", self.say("gap-heading-left"), lines=[self.say("gap-left", n=count(left), how=self.how)]
            )

    def _regions(self, need: LeverNeed) -> Block | None:
        level, found = self._level(need)
        if not level:
            return None
        say = self.say
        title = say("gap-heading-regions", lever=self._label(need), level=self.wording.entity(level))
        block = Block("gap-regions", title, columns=[
            TableColumn(say("label-region"), wrap=True, least=12), *self._sum_columns(),
        ])  # fmt: skip
        shared = _shared([one.path for one in found])
        shown = found if self.details else sorted(found, key=lambda one: -one.least)[:REGIONS]
        for one in shown:
            name = "/".join(map(one_line, filter(None, one.path[shared:]))) or say("region-unnamed")
            block.add_row(clip(name, NAME), *self._sums(one, need))
        block.add_row(say("gap-total"), *self._sums(whole_need(need), need))
        if left := len(found) - len(shown):
            block.more = say("gap-more-region-lines", n=count(left), how=self.how)
        return block.without_blanks()

    def _level(self, need: LeverNeed) -> tuple[str, list[RegionNeed]]:
        """The level asked for; else the widest that tells several regions apart."""
        levels = levels_of(need)
        for level in [self.level] if self.level in levels else [] if self.level else levels:
            assert level is not None
            numbers, paths = self.index.of(need.table, level, need.rows)
            if is_coarse(numbers, paths):
                found = region_needs(need, level, self.index)
                if self.level or len(found) > 1:
                    return level, found
        return "", []

    def _nearest(self, need: LeverNeed) -> Block:
        say, wording = self.say, self.wording
        block = Block("gap-nearest", say("gap-heading-nearest", lever=self._label(need)), columns=[
            TableColumn(say("column-name"), wrap=True, least=12),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("gap-column-now"), right=True),
            TableColumn(say("gap-column-add"), right=True),
            TableColumn(say("gap-column-then"), right=True),
            TableColumn(say("column-rules"), wrap=True, least=10),
        ])  # fmt: skip
        order = need.nearest_first()
        short = order[need.short[order]]
        shown = short if self.details else short[:NEAREST]
        for one in need_lines(need, shown):
            block.add_row(
                clip(wording.name(one.subject), NAME),
                wording.region(one.subject),
                self._ends(one.now, need) if one.now is not None else say("none"),
                self._ends((one.least, one.most), need),
                self._then(one, need),
                wording.listed(wording.rule_id(rule) for rule in one.rules),
                tone="" if one.passes else "doubt",
            )
        if left := len(short) - len(shown):
            block.more = say("gap-more-subjects", n=count(left), how=self.how)
        return block

    def _then(self, one: NeedLine, need: LeverNeed) -> str:
        if one.now is None or not math.isfinite(one.most):
            return self.say("none")
        return self._ends((one.now[0] + one.most, one.now[1] + one.most), need)

    def _ends(self, ends: tuple[float, float], need: LeverNeed) -> str:
        low, high = (self._amount(end, need) if math.isfinite(end) else "" for end in ends)
        return low if ends[0] == ends[1] else self.wording.range(low, high)

    def groups(self) -> Block | None:
        if not self.needs.groups:
            return None
        say, wording = self.say, self.wording
        block = Block("gap-groups", say("gap-heading-groups"), columns=[
            TableColumn(say("column-rule"), wrap=True, least=14),
            TableColumn(say("label-region"), wrap=True, least=8),
            TableColumn(say("gap-column-met"), right=True),
            TableColumn(say("column-threshold"), right=True),
            TableColumn(say("gap-column-more"), right=True, wrap=True, least=8),
            TableColumn(say("gap-column-cheapest"), wrap=True, least=16),
        ])  # fmt: skip
        shown = self.needs.groups if self.details else self.needs.groups[:GROUPS]
        for one in shown:
            rule = one.result.rule
            met = "" if one.counted is None else f"{count(one.met or 0)}/{count(one.counted)}"
            block.add_row(
                f"{wording.rule_id(rule)} {wording.rule_title(rule)}",
                clip(wording.name(one.result.subjects.subject(one.i)), NAME),
                met,
                wording.threshold(rule),
                self._more(one),
                self._cheapest(one),
                tone="doubt" if one.open else "bad",
            )
        if left := len(self.needs.groups) - len(shown):
            block.more = say("gap-more-subjects", n=count(left), how=self.how)
        return block

    def _more(self, one: GroupNeed) -> str:
        wording, share = self.wording, one.counted is not None
        if one.open and not math.isfinite(one.most):
            return self.say("gap-not-known")
        low, high = (
            "" if not math.isfinite(end) else count(int(end)) if share else stated(end, one.unit, wording.lang)
            for end in (one.least, one.most)
        )
        if not low and not high:
            return self.say("gap-none-never")
        text = low if low == high else wording.range(low, high)
        return subjects_in_words(text, one.result.rule.applies_to, wording) if share else text

    def _cheapest(self, one: GroupNeed) -> str:
        found = one.candidates
        if found is None or not len(found.rows):
            return ""
        k = min(int(one.most) if math.isfinite(one.most) else len(found.rows), len(found.rows))
        if found.order == "equal" and k < len(found.rows):
            return self.say("gap-any", n=count(k))
        few = found.rows[: k if self.details else min(k, CHEAPEST)]
        named = []
        for n, seen in enumerate(Records(found.table).with_cells(few, ())):
            lacks, lever = found.amount(n), found.lever
            add = "" if lacks is None or lever is None else f" +{stated(lacks, lever.shown_unit, self.wording.lang)}"
            named.append(clip(self.wording.name(seen.subject), NAME) + add)
        return self.wording.listed(named) + ("…" if len(few) < k else "")

    def unclosed(self) -> Block | None:
        say, wording = self.say, self.wording
        lines = [
            say("gap-unclosed", rule=f"{wording.rule_id(r)} {wording.rule_title(r)}", n=count(one.count))
            for one in self.needs.unclosed
            for r in [one.result.rule]
        ]
        for need in self.needs.levers:
            for part in need.parts:
                reasons = Counter(part.why[part.kind == int(NeedKind.NONE)].tolist())
                rule = f"{wording.rule_id(part.rule)} {wording.rule_title(part.rule)}"
                for why, n in sorted(reasons.items()):
                    lines.append(say("gap-blocked", rule=rule, n=count(n), why=say(f"gap-none-{NoAmount(why).word}")))
        return Block("gap-unclosed", say("gap-heading-unclosed"), lines=lines) if lines else None


def _shared(paths: list[tuple[str, ...]]) -> int:
    """How many names all paths begin with; the last stays."""
    n = 0
    while paths and all(len(path) > n + 1 and path[n] == paths[0][n] for path in paths):
        n += 1
    return n
