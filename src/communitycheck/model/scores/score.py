"""Assessment sheets: what a standard scores, and how. A score stands beside the verdicts, never in their place."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from communitycheck.model.rule import Rule
from communitycheck.model.text import Text

Kind = Literal["weight", "bonus", "penalty"]
Way = Literal["rule", "full", "proportional", "tiers", "deduct", "each", "if", "manual"]
NotApplicable = Literal["full", "left_out"]


class Band(Struct, frozen=True):
    """A stretch of numbers from ``start`` up to the start of the band above; ``points`` are what it gives."""

    start: float
    included: bool = True
    points: float = 0.0


class Grade(Struct, frozen=True):
    name: Text
    band: Band


class ScoreItem(Struct, frozen=True, eq=False):
    """One line of an assessment sheet.

    Attributes:
        kind: whether its points are part of the total, come on top or are taken off; ``most`` is the most of them.
        way: how points are earned; of a penalty, how they are lost.
        rule: what is judged for it: a rule of the standard, or one of the item's own; None where it is marked by hand.
        floor, cap: the fewest and the most points that it gives.
        none_below: the share of the target below which it gives none.
        step: the points for each ``per`` of what is counted.
        bands: from the highest to the lowest.
    """

    id: str
    title: Text
    clause: str
    section: str
    kind: Kind
    way: Way
    most: float
    floor: float = 0.0
    cap: float = 0.0
    rule: Rule | None = None
    none_below: float = 0.0
    step: float = 0.0
    per: float = 1.0
    bands: tuple[Band, ...] = ()
    note: Text = Text()
    line: int = 0

    @property
    def has_own_rule(self) -> bool:
        """What it judges is its own, not a rule of the standard."""
        return self.rule is not None and self.way != "rule"


class ScoreSection(Struct, frozen=True):
    id: str
    title: Text
    total: float


class Veto(Struct, frozen=True, eq=False):
    """What keeps the grade from being better than ``cap``, a place among the grades; no points are taken."""

    title: Text
    clause: str
    rule: Rule
    on_condition: bool
    cap: int
    line: int = 0


class Score(Struct, frozen=True, eq=False):
    """An assessment sheet. ``by`` is the level whose groups are scored; empty scores each record.

    ``scope`` passes those whom the sheet is for; None is for all. ``grades`` run from the best to the worst.
    ``most`` is where the score ends, whatever is earned on top.
    """

    id: str
    standard: str
    title: Text
    applies_to: str
    by: str
    items: tuple[ScoreItem, ...]
    scope: Rule | None = None
    sections: tuple[ScoreSection, ...] = ()
    grades: tuple[Grade, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    bonus_cap: float | None = None
    penalty_cap: float | None = None
    most: float | None = None
    not_applicable: NotApplicable | None = None
    clause: str = ""
    note: Text = Text()
    layer: str = ""
    file: str = ""
    line: int = 0

    @property
    def total(self) -> float:
        """Full marks, without what comes on top."""
        return round(sum(item.most for item in self.items if item.kind == "weight"), 9)

    @property
    def highest(self) -> float:
        """The best score that there can be."""
        bonus = sum(item.most for item in self.items if item.kind == "bonus")
        best = self.total + (bonus if self.bonus_cap is None else min(bonus, self.bonus_cap))
        return best if self.most is None else min(best, self.most)

    @property
    def own_rules(self) -> tuple[Rule, ...]:
        """What its scope, items and vetoes judge themselves, beside the rules of the standard."""
        own = [item.rule for item in self.items if item.has_own_rule and item.rule is not None]
        scope = () if self.scope is None else (self.scope,)
        return (*scope, *own, *(veto.rule for veto in self.vetoes if veto.on_condition))
