"""What a budget is spent on, for a reader: whom it brings over their limits, where, and whom it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from communitycheck.model.dictionary import Field
from communitycheck.model.places.regions import RegionIndex
from communitycheck.model.table import Bools
from communitycheck.planning.budget import BudgetPlan
from communitycheck.planning.costs import Costs
from communitycheck.planning.plan_regions import RegionPlan, plan_levels, plan_regions
from communitycheck.printable import clip, one_line
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.offer_lines import chosen_first, offer_lines
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.gap_words import rule_in_words, subjects_in_words
from communitycheck.reporting.words.numbers import amount, count, fixed, stated
from communitycheck.reporting.words.sentences import Wording

CHOSEN, LEFT, GROUPS, REGIONS = 10, 5, 20, 30
NAME = 40  # characters of a name


def plan_blocks(found: FoundGap, wording: Wording, *, details: bool, how: str) -> list[Block]:
    """The pages of the budget; none without one. ``how`` is the option that lists everybody."""
    if found.plan is None:
        return []
    drawn = _Plan(found.plan, found.costs, found.level, wording, details=details, how=how)
    blocks = [drawn.head(), drawn.groups(), drawn.regions(), *drawn.subjects()]
    return [block for block in blocks if block is not None]


class _Plan:
    def __init__(
        self, plan: BudgetPlan, costs: Costs, level: str | None, wording: Wording, *, details: bool, how: str
    ) -> None:
        self.costs = costs
        self.plan, self.level, self.wording, self.details, self.how = plan, level, wording, details, how
        self.say = wording.say

    def head(self) -> Block:
        say, plan = self.say, self.plan
        pairs = [
            (say("budget-label"), self._budget()),
            (say("budget-label-objective"), say(f"budget-objective-{plan.objective}")),
            (say("budget-label-spent"), say("budget-spent", n=self._amount(plan.spent), rest=self._amount(plan.rest))),
        ]
        block = Block("budget", say("budget-title"), pairs=pairs)
        share = "-share" if plan.objective == "share-target" else ""
        block.lines.append(
            say(f"budget-done{share}", n=self._kinds(plan.chosen), of=self._kinds(np.ones(len(plan.offers), bool)))
        )
        if plan.elsewhere:
            block.lines.append(say(f"budget-elsewhere{share}", n=count(plan.elsewhere)))
        if plan.people is not None:
            block.lines.append(self._people())
        left = ~plan.chosen
        if left.any():
            block.lines.append(say("budget-leaves", n=self._kinds(left), amount=self._amount(plan.cost(left))))
        for why, n in plan.offers.without.items():
            block.lines.append(say(f"budget-without-{why}", n=count(n)))
        for (standard, rule), n in plan.after.items():
            block.lines.append(say("budget-after", rule=rule_in_words(rule, standard, self.wording), n=count(n)))
        if not plan.budget.lever:
            block.lines.append(say("budget-methods", methods=self.wording.listed(self._methods())))
        return block

    def _methods(self) -> Iterator[str]:
        """The method and price that each lever is paid by."""
        wording = self.wording
        for key, lever in self.plan.offers.fields.items():
            price = next(iter(self.costs.of(key)), None)
            if price is not None:
                text = stated(price.price, f"yuan/{lever.unit}", wording.lang)
                yield f"{wording.label(key)} {one_line(price.method.in_lang(wording.lang))} {text}"

    def _budget(self) -> str:
        plan = self.plan
        labels = dict.fromkeys(
            self.wording.label(one.lever.key, one.parts[0].rule.standard) for one in plan.levers
        )  # fmt: skip
        return self._amount(plan.budget.amount) + self.say("brackets", text=self.wording.listed(labels))

    def _amount(self, value: float) -> str:
        return stated(round(value, 4), self.plan.budget.unit, self.wording.lang)

    def _kinds(self, which: Bools) -> str:
        """So many subjects, by kind where they are of several."""
        offers = self.plan.offers
        numbers = Counter(offers.tables[k].entity for k in offers.table_of[which].tolist())
        if not numbers:
            return "0"
        return self.wording.listed(subjects_in_words(count(n), kind, self.wording) for kind, n in numbers.items())

    def _people(self) -> str:
        plan, lang = self.plan, self.wording.lang
        assert plan.people is not None and plan.people_field is not None
        unit = plan.people_field.unit
        every = int(np.nansum(plan.people))
        said = [self.say("budget-people", n=amount(plan.reached, unit, lang), of=amount(every, unit, lang))]
        if plan.exact:
            said.append(self.say("budget-people-exact"))
        else:
            assert plan.bound is not None
            share = f"{fixed(100 * (plan.bound - plan.reached) / max(plan.bound, 1), 4)}%"
            said.append(self.say("budget-people-bound", n=amount(plan.bound, unit, lang), share=share))
        if plan.people_unknown:
            said.append(self.say("budget-people-unknown", n=count(plan.people_unknown)))
        return (" " if lang == "en" else "").join(said)

    def groups(self) -> Block | None:
        if not self.plan.groups:
            return None
        say, wording = self.say, self.wording
        rule = self.plan.groups[0].need.result.rule
        title = say("budget-heading-groups", rule=f"{wording.rule_id(rule)} {wording.rule_title(rule)}")
        block = Block("budget-groups", title, columns=[
            TableColumn(say("label-region"), wrap=True, least=10),
            TableColumn(say("gap-column-met"), right=True),
            TableColumn(say("column-threshold"), right=True),
            TableColumn(say("gap-column-more"), right=True),
            TableColumn(say("budget-column-takes"), right=True),
            TableColumn(say("budget-column-reached"), wrap=True, least=8),
        ])  # fmt: skip
        shown = self.plan.groups if self.details else self.plan.groups[:GROUPS]
        for one in shown:
            need = one.need
            block.add_row(
                clip(wording.name(need.result.subjects.subject(need.i)), NAME),
                f"{count(need.met or 0)}/{count(need.counted or 0)}",
                wording.threshold(rule),
                count(one.wanted) if np.isfinite(need.most) else say("gap-not-known"),
                say("budget-too-few") if one.price is None else self._amount(one.price),
                wording.truth(one.reached),
                tone="" if one.reached else "bad",
            )
        if more := len(self.plan.groups) - len(shown):
            block.more = say("gap-more-region-lines", n=count(more), how=self.how)
        return block

    def regions(self) -> Block | None:
        level, found = self._level()
        if not level:
            return None
        say = self.say
        block = Block("budget-regions", say("budget-heading-regions", level=self.wording.entity(level)), columns=[
            TableColumn(say("label-region"), wrap=True, least=12),
            TableColumn(say("budget-column-chosen"), right=True),
            TableColumn(say("budget-column-spent"), right=True),
            TableColumn(say("budget-column-left"), right=True),
            TableColumn(say("budget-column-lacking"), right=True),
        ])  # fmt: skip
        shown = found if self.details else sorted(found, key=lambda one: -one.spent)[:REGIONS]
        for one in shown:
            name = one_line(one.path[-1]) if one.path and one.path[-1] else say("region-unnamed")
            block.add_row(
                clip(name, NAME), count(one.chosen), self._amount(one.spent), count(one.left),
                self._amount(one.lacking) if one.left else "",
            )  # fmt: skip
        plan, left = self.plan, ~self.plan.chosen
        block.add_row(
            say("gap-total"), count(int(plan.chosen.sum())), self._amount(plan.spent), count(int(left.sum())),
            self._amount(plan.cost(left)) if left.any() else "",
        )  # fmt: skip
        if more := len(found) - len(shown):
            block.more = say("gap-more-region-lines", n=count(more), how=self.how)
        return block

    def _level(self) -> tuple[str, list[RegionPlan]]:
        """The level asked for; else the widest that tells several regions apart."""
        index, levels = RegionIndex(), plan_levels(self.plan)
        for level in [self.level] if self.level in levels else [] if self.level else levels:
            assert level is not None
            found = plan_regions(self.plan, level, index)
            if self.level or len(found) > 1:
                return level, found
        return "", []

    def subjects(self) -> list[Block]:
        """The first of those that are chosen, and the worst off of those that are left."""
        chosen, left = chosen_first(self.plan)
        blocks = []
        for key, order, most in (("chosen", chosen, CHOSEN), ("left", left, LEFT)):
            if not len(order):
                continue
            shown = order if self.details else order[:most]
            block = Block(f"budget-{key}", self.say(f"budget-heading-{key}"), columns=self._columns())
            for one in offer_lines(self.plan, shown):
                block.add_row(
                    clip(self.wording.name(one.subject), NAME),
                    self.wording.region(one.subject),
                    f"{int(100 * one.attained)}%",
                    self.wording.listed(self._added(lever, more) for lever, more in one.adds),
                    *([] if self.plan.budget.lever else [self._amount(one.price)]),
                    *([] if self.plan.people is None else ["" if one.people is None else count(one.people)]),
                )
            if more := len(order) - len(shown):
                block.more = self.say("gap-more-subjects", n=count(more), how=self.how)
            blocks.append(block)
        return blocks

    def _added(self, lever: Field, more: float) -> str:
        text = stated(round(more, 4), lever.shown_unit, self.wording.lang)
        return text if self.plan.budget.lever else f"{self.wording.label(lever.key)} +{text}"

    def _columns(self) -> list[TableColumn]:
        say, people, single = self.say, self.plan.people_field, bool(self.plan.budget.lever)
        return [
            TableColumn(say("column-name"), wrap=True, least=12),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("budget-column-has"), right=True),
            TableColumn(say("gap-column-add"), right=single, wrap=not single, least=18),
            *([] if single else [TableColumn(say("budget-column-takes"), right=True)]),
            *([] if people is None else [TableColumn(self.wording.label(people.key), right=True)]),
        ]
