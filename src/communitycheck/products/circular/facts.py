"""What all parts of a circular draw on: the report and its areas, names and amounts as running text has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Generic, TypeVar

from msgspec import Struct

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Name
from communitycheck.model.places.regions import levels_above
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.standard import Rule
from communitycheck.printable import clip, one_line
from communitycheck.reporting.own_words import own_texts
from communitycheck.reporting.totals.area import Area
from communitycheck.reporting.totals.areas import Areas
from communitycheck.reporting.totals.rules import is_listed
from communitycheck.reporting.words.numbers import amount, plain
from communitycheck.reporting.words.sentences import Wording

TITLE = 60  # characters of a rule's title, and of a name
AREAS, SUBJECTS = 40, 20  # how many areas are named, regions or single subjects, before the rest is only counted
_AROUND_WIDE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")

T = TypeVar("T")


class Some(Struct, Generic[T], frozen=True):
    """Those of many that are named, how many there are in all, and how many ``more``."""

    named: list[T]
    total: int
    more: int

    @classmethod
    def of(cls, items: list[T], most: int) -> Some[T]:
        return cls(items[:most], len(items), max(len(items) - most, 0))

    def __bool__(self) -> bool:
        return self.total > 0

    def __iter__(self) -> Iterator[T]:
        return iter(self.named)


GroupVerdicts = list[tuple[RuleResult, int]]
Values = dict[str, object]
"""What a template fills in, by name."""


class _LetterWording(Wording):
    """Words of a letter: its reader has the files, and not the folders that they were checked in."""

    folder = ""

    def place(self, at: Address | None, cells: tuple[str, ...] = ()) -> str:
        return super().place(at, cells).removeprefix(self.folder)


def _common_folder(paths: list[str]) -> str:
    """The folder that all of ``paths`` lie in, its last separator included; empty where there is none."""
    folders = [re.findall(r"[^/\\]*[/\\]", one_line(path)) for path in paths]
    level = zip(*folders, strict=False)
    return "".join(names[0] for names in takewhile(lambda names: len(set(names)) == 1, level))


class Facts:
    """The report, and how the circular names what is in it."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report = report
        self.lang: Lang = lang
        self.wording = _LetterWording.of(report, lang)
        self.wording.folder = _common_folder([r.path for r in report.returns] + [e.path for e in report.unread])
        self.areas = Areas(report)
        self.none = self.wording.say("none")
        areas = self.areas.pick(AREAS if self.areas.level else SUBJECTS)
        self.named_areas = list(zip(self._names(areas), areas, strict=True))

    @property
    def about_figures(self) -> bool:
        """True for a report about figures that documents or months state, not about subjects."""
        return bool(self.areas.entities) and not any(map(self.is_placed, self.areas.entities))

    def is_placed(self, entity: str) -> bool:
        """Whether subjects of the kind lie in regions, as documents and months do not."""
        return self.report.dictionary.entity(entity).placed

    def within(self, entity: str) -> bool:
        """False for a kind of subject larger than the region that the report is of: a city's columns are no township's
        to fill in, and a city's duties none of its own."""
        stated = [level for level in REGION_LEVELS if level in self.areas.region]
        level = self.report.region.level if self.report.region is not None else stated[-1] if stated else ""
        return entity not in REGION_LEVELS or not level or entity not in levels_above(level)

    def prose(self, figure: str) -> str:
        """A figure as running text has it: 312平方米 for 312 ㎡."""
        if self.lang != "zh":
            return figure
        return _AROUND_WIDE.sub("", figure).replace("㎡", self.wording.say("square-metres"))

    def amount(self, value: float, unit: str) -> str:
        return self.prose(amount(value, unit, self.lang))

    def title(self, rule: Rule) -> str:
        return clip(self.wording.rule_title(rule), TITLE)

    def name(self, verdict: Verdict) -> str:
        return clip(self.wording.name(verdict.subject), TITLE)

    def region_name(self, name: str) -> str:
        return clip(one_line(name), TITLE) or self.wording.say("region-unnamed")

    def _names(self, areas: list[Area]) -> list[str]:
        """Names of areas; two of one name are told apart by what they lie in."""
        last = Counter(area.path[-1] for area in areas)
        paths = [area.path[-1:] if last[area.path[-1]] == 1 else area.path for area in areas]
        return [self.region_name("/".join(p for p in path if p)) for path in paths]

    def need(self, rule: Rule) -> str:
        """The field that a shortfall of the rule is an amount of; empty where the rule's title says so already."""
        label = self.wording.label(rule.lever, rule.standard) if rule.lever else ""
        same = rule.lever is not None and rule.indicator == Name(rule.lever)
        return "" if same and label.casefold() in self.title(rule).casefold() else label

    def kind(self, entities: Iterable[str]) -> str:
        """The kind of subject, in the plural, where all are of one; else empty."""
        kinds = set(entities)
        return self.wording.entities(kinds.pop()) if len(kinds) == 1 else ""

    def about(self, rule: Rule) -> Values:
        """What a rule is called and how binding it is."""
        due = [rule.due.isoformat()] if rule.dues and rule.due is not None else []
        return {
            "title": self.title(rule),
            "id": self.wording.rule_key(rule),
            "severity": self.wording.say("comma").join([self.wording.severity(rule.severity), *due]),
            "clause": one_line(rule.clause),
        }

    def own_words(self, fails: GroupVerdicts) -> list[str]:
        """What rules say of these fails in words of their own, without the stop that ends them."""
        return [self.prose(text).rstrip(" 。.；;") for _, text in own_texts(fails, self.wording)]

    def regions(self, found: GroupVerdicts, most: int) -> Some[Values]:
        return Some([self._region(r, i) for r, i in found[:most]], len(found), len(found[most:]))

    def _region(self, result: RuleResult, i: int) -> Values:
        """An indicator of a whole region: ``needed`` more subjects would meet it, or it is ``off`` by an amount."""
        verdict = result.verdict(i)
        figures = self.wording.figures(verdict, result.add_unit)
        counted = bool(verdict.add and result.add_unit == "items" and figures.whole)
        return self.about(verdict.rule) | {
            "name": self.name(verdict),
            "observed": self.prose(self.wording.full(figures)) or self.none,
            "required": self.prose(self.wording.limit(verdict.rule, figures.required)),
            "outcome": self.wording.outcome(verdict.outcome),
            "needed": plain(verdict.add) if counted else "",
            "off": "" if counted else self.prose(figures.missing),
            "waived": verdict.waiver is not None,
            "own_words": self.own_words([(result, i)]),
        }


def is_binding(result: RuleResult) -> bool:
    """True for a rule that judges and asks for something: not manual, not advisory."""
    return is_listed(result) and result.rule.severity != "advisory"


def is_concerned(result: RuleResult) -> bool:
    """True for a rule that judges, and had somebody to judge."""
    return is_listed(result) and bool(result.total - result.counts()[Outcome.NOT_APPLICABLE])


def is_ceiling(rule: Rule) -> bool:
    """True for a rule that sets a limit not to be passed: what it finds wrong is too much, not too little."""
    return rule.threshold is not None and rule.threshold.comparison.direction == "down"
