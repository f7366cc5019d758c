"""A circular as plain data, before any layout, and the draft that it is written on.

Renderers draw pieces alone; every word and figure is settled here, so that all of them agree.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from communitycheck.messages import Lang, catalogue
from communitycheck.model.expression import Name
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.standard import Rule
from communitycheck.reporting.areas import UNPLACED, Areas
from communitycheck.reporting.summary import is_listed
from communitycheck.reporting.words.numbers import amount
from communitycheck.reporting.words.sanitise import clip, one_line
from communitycheck.reporting.words.sentences import Wording

TITLE = 60  # characters of a rule's title, and of a name
_AROUND_WIDE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one kind: ``strong`` leads a paragraph, ``blank`` is for the office to fill in."""

    text: str
    kind: Literal["plain", "strong", "blank"] = "plain"


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 or 2; the number is part of the text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans
    style: Literal["body", "note"] = "body"

    @property
    def text(self) -> str:
        return "".join(s.text for s in self.spans)


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` of the table's width; figures stand to the ``right``."""

    title: str
    share: int = 2
    right: bool = False


@dataclass(slots=True)
class Grid:
    """A table with one header row."""

    caption: str
    columns: list[Column]
    rows: list[tuple[str, ...]] = field(default_factory=list)


Piece = Heading | Paragraph | Grid


@dataclass(slots=True)
class Circular:
    """The whole circular. ``signature`` are the lines at its end, ``annex`` follows on a page of its own."""

    lang: Lang
    as_of: date
    memorandum: str
    head: list[tuple[str, Spans]]  # label and value: recipients, issuer, number, date, in this order
    title: str
    recipients: Spans
    body: list[Piece]
    annex_note: str
    signature: list[Spans]
    contact: Spans
    annex_label: str
    annex_title: str
    annex: list[Piece]

    @property
    def issuer(self) -> Spans:
        return self.head[1][1]

    @property
    def number(self) -> Spans:
        return self.head[2][1]


class Draft:
    """A circular being written: its words, its areas, and the pieces so far, numbered as they come."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report = report
        self.lang: Lang = lang
        self.wording = Wording.of(report, lang)
        self.areas = Areas(report)
        self.pieces: list[Piece] = []
        self._index = 0 if lang == "zh" else 1
        self._numerals = self.say("circular-numerals").split()
        self._first = self._second = self._third = self._tables = 0

    # words

    def say(self, code: str, /, **values: Any) -> str:
        return self.wording.say(code, **values)

    def blank(self, what: str) -> Span:
        """A place for the office to fill in."""
        return Span(self.say(f"circular-blank-{what}"), "blank")

    def spans(self, code: str, /, **values: Any) -> Spans:
        """The message ``code`` with its values filled in; a value that is a span keeps its kind."""
        found: list[Span] = []
        for literal, name, _, _ in string.Formatter().parse(catalogue()[code][self._index]):
            if literal:
                found.append(Span(literal))
            if name is not None:
                value = values[name]
                found.append(value if isinstance(value, Span) else Span(str(value)))
        return tuple(s for s in found if s.text)

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return ("" if self.lang == "zh" else " ").join(s for s in sentences if s)

    def listed(self, items: Iterable[str]) -> str:
        """Items that hold commas themselves."""
        return self.say("semicolon").join(items)

    def date(self, day: date) -> str:
        month = self.say("circular-months").split()[day.month - 1]
        return self.say("circular-date", year=day.year, month=month, day=day.day)

    def prose(self, figure: str) -> str:
        """A figure as running text has it: 312平方米 for 312 ㎡."""
        if self.lang != "zh":
            return figure
        return _AROUND_WIDE.sub("", figure).replace("㎡", self.say("circular-square-metres"))

    def amount(self, value: float, unit: str) -> str:
        return self.prose(amount(value, unit, self.lang))

    def title_of(self, rule: Rule) -> str:
        return clip(self.wording.rule_title(rule), TITLE)

    def name_of(self, verdict: Verdict) -> str:
        return clip(self.wording.name(verdict.subject), TITLE)

    def need_of(self, rule: Rule) -> str:
        """What a shortfall of the rule is an amount of; empty where the rule's title says so already."""
        label = self.wording.label(rule.lever, rule.standard) if rule.lever else ""
        same = rule.lever is not None and rule.indicator == Name(rule.lever)
        if not label or (same and label.casefold() in self.title_of(rule).casefold()):
            return ""
        return self.say("circular-of-field", field=label)

    def level_of(self) -> str:
        """The areas in words: 各县（区）, or the kind of subject."""
        if self.areas.level:
            return self.say(f"circular-level-{self.areas.level}")
        kinds = self.areas.entities
        entity = self.wording.entities(kinds[0]) if len(kinds) == 1 else self.say("circular-subjects-word")
        return self.say("circular-level-subject", entity=entity)

    @property
    def figures(self) -> bool:
        """True for a report about figures that documents or months state, not about subjects."""
        return bool(self.areas.entities) and set(self.areas.entities) <= set(UNPLACED)

    def names_of(self, paths: Iterable[tuple[str, ...]]) -> list[str]:
        """Names of areas; two of one name are told apart by what they lie in."""
        known = list(paths)
        last = [path[-1] for path in known]
        found = []
        for path in known:
            name = path[-1] if last.count(path[-1]) == 1 else "/".join(p for p in path if p)
            found.append(clip(one_line(name), TITLE) or self.say("region-unnamed"))
        return found

    def kind_of(self, rules: Iterable[Rule]) -> str:
        """The kind of subject of all ``rules``; 对象 where they are of several."""
        kinds = {rule.applies_to for rule in rules}
        return self.wording.entities(kinds.pop()) if len(kinds) == 1 else self.say("circular-subjects-word")

    # pieces

    def heading(self, text: str) -> None:
        self._first, self._second, self._third = self._first + 1, 0, 0
        self.pieces.append(Heading(1, self.say("circular-heading-1", n=self._numerals[self._first - 1], text=text)))

    def subheading(self, text: str) -> None:
        self._second, self._third = self._second + 1, 0
        self.pieces.append(Heading(2, self.say("circular-heading-2", n=self._numerals[self._second - 1], text=text)))

    def paragraph(self, *sentences: str) -> None:
        text = self.joined(*sentences)
        if text:
            self.pieces.append(Paragraph((Span(text),)))

    def sentence(self, spans: Spans, *more: str) -> None:
        """A paragraph that begins with ``spans``."""
        rest = self.joined("", *more)
        gap = "" if self.lang == "zh" or not rest else " "
        self.pieces.append(Paragraph((*spans, *((Span(gap + rest),) if rest else ()))))

    def item(self, lead: str, text: str, *, facts: str = "") -> None:
        """A numbered paragraph: 1.东区。…"""
        self._third += 1
        stop = self.say("circular-stop") + ("" if self.lang == "zh" else " ")
        strong = Span(self.say("circular-item", n=self._third, text=lead), "strong")
        self.pieces.append(Paragraph((strong, Span(facts + stop + text))))

    def note(self, *sentences: str) -> None:
        self.pieces.append(Paragraph((Span(self.joined(*sentences)),), "note"))

    def grid(self, caption: str, columns: list[Column]) -> Grid:
        if caption:
            self._tables += 1
            caption = self.say("circular-table", n=self._tables, text=caption)
        self.pieces.append(Grid(caption, columns))
        return self.pieces[-1]  # type: ignore[return-value]


def concerned(result: RuleResult) -> bool:
    """True for a rule that judges, and had somebody to judge."""
    return is_listed(result) and bool(len(result) - result.counts()[Outcome.NOT_APPLICABLE])


def capped(items: list[str], most: int) -> tuple[list[str], int]:
    """The first ``most`` items and how many are left."""
    return items[:most], max(len(items) - most, 0)
