"""Names and words in one language: outcomes, fields, rules, places, notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

from communitycheck.errors import CommunityCheckError
from communitycheck.messages import Lang, catalogue, filled
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.places.regions import Region
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, Subject
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import SheetColumn
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.text import Text
from communitycheck.printable import one_line
from communitycheck.reporting.words.numbers import grouped, plain, shown


class Names:
    """What things are called in one language.

    Args:
        rules: all rules of the report; an id that two standards share is then printed with its standard.
    """

    def __init__(
        self,
        lang: Lang,
        dictionary: Dictionary,
        standards: Iterable[Standard] = (),
        as_of: date | None = None,
        rules: Iterable[Rule] = (),
    ) -> None:
        self.lang: Lang = lang
        self.dictionary = dictionary
        self.standards = {s.id: s for s in standards}
        self.as_of = as_of
        self._entities = {
            **dictionary.entities,
            **{k: e for s in self.standards.values() for k, e in s.entities.items()},
        }
        rules = list(rules)
        self._kinds = {rule.applies_to for rule in rules}
        self._index = 0 if lang == "zh" else 1
        self._catalogue = catalogue()
        self._labels: dict[tuple[str, str], str] = {}
        self._words: dict[str, str] = {}
        self._outcomes = {o: self.say("outcome-" + o.word.replace("_", "-")) for o in OUTCOMES}
        ids = Counter(rule_id for rule_id, _ in {(r.id, r.standard) for r in rules})
        self._shared_ids = {i for i, n in ids.items() if n > 1}

    @classmethod
    def of(cls, report: Report, lang: Lang) -> Self:
        rules = [r.rule for r in report.results]
        return cls(lang, report.dictionary, report.standards, report.as_of, rules)

    def report_title(self) -> str:
        """What a report is headed; where its rules judge what standards declare, and nobody else, no word of others."""
        return self.say("report-title-others" if self.of_others else "report-title")

    @property
    def of_others(self) -> bool:
        """Whether the rules judge what standards declare, and not the kind of subject that is the usual one."""
        usual = next(iter(self.dictionary.entities), "")
        declared = any(self._kinds & standard.entities.keys() for standard in self.standards.values())
        return declared and usual not in self._kinds

    # words

    def say(self, code: str, /, **values: object) -> str:
        """The message ``code``, its values filled in."""
        if values:
            return filled(self._catalogue[code][self._index], values)
        word = self._words.get(code)
        if word is None:
            word = self._words[code] = filled(self._catalogue[code][self._index], {})
        return word

    def fill(self, text: Text, /, **values: object) -> str:
        """A phrase of the model, its values filled in."""
        return filled(text.in_lang(self.lang), values)

    def outcome(self, outcome: Outcome) -> str:
        return self._outcomes[outcome]

    def severity(self, severity: str) -> str:
        return self.say(f"severity-{severity}")

    def entity(self, entity: str) -> str:
        """What people call a kind of subject, or a level of regions."""
        if entity == "country":
            return self.say("entity-country")
        return one_line(self._entities[entity].label.in_lang(self.lang)) if entity in self._entities else entity

    def entities(self, entity: str) -> str:
        """The kind of subject in the plural."""
        return one_line(self._entities[entity].plural.in_lang(self.lang)) if entity in self._entities else entity

    def skipped(self, reason: str) -> str:
        """Why a row of a return is no record."""
        code = f"row-{reason}"
        return self.say(code) if code in self._catalogue else reason

    def truth(self, value: bool) -> str:
        return self.say("yes" if value else "no")

    def listed(self, items: Iterable[str]) -> str:
        return self.say("list-comma").join(items)

    def label(self, key: str, standard: str = "") -> str:
        """What people call the field ``key``; its key where nobody has a name for it."""
        cached = self._labels.get((key, standard))
        if cached is not None:
            return cached
        field = self._field(key, standard)
        label = one_line((field.label.in_lang(self.lang) if field else "") or key)
        self._labels[key, standard] = label
        return label

    def unit_of(self, key: str, standard: str = "") -> str:
        """The unit behind the figures of the field ``key``."""
        field = self._field(key, standard)
        return field.shown_unit if field else ""

    def unit_of_column(self, column: SheetColumn) -> str:
        """The unit of a field and by how much figures of the column are multiplied to be in it: ㎡ ×10000."""
        unit = shown(column.unit, self.lang) or ("%" if column.unit == "ratio" else "") if column.unit else ""
        return f"{unit} ×{column.factor:.12g}".strip() if column.factor != 1.0 else unit

    def category(self, key: str, value: str, standard: str = "") -> str:
        """A text value; a category in Chinese by the first word that people write for it."""
        field = self._field(key, standard)
        forms = field.values.get(value, ()) if field is not None and self.lang == "zh" else ()
        return one_line(forms[0] if forms else value)

    def _field(self, key: str, standard: str) -> Field | None:
        """The field as its standard defines it, else as the dictionary does."""
        own = self.standards[standard].fields if standard in self.standards else None
        return (own or {}).get(key) or self.dictionary.find(key)

    def range(self, low: str, high: str) -> str:
        """A range in words; an open end is empty. Of a unit at both ends only the last is kept."""
        if not low or not high:
            return self.say("range-to", high=high) if high else self.say("range-from", low=low)
        (bare, _, unit), (_, _, other) = low.partition(" "), high.partition(" ")
        return self.say("range", low=bare if unit == other else low, high=high)

    # rules

    def rule_key(self, rule: Rule) -> str:
        """How a rule is asked for: by its id, with the standard where several have it."""
        return self.key_of_rule(rule.id, rule.standard)

    def key_of_rule(self, rule: str, standard: str) -> str:
        return f"{rule}@{standard}" if rule in self._shared_ids else rule

    def rule_id(self, rule: Rule) -> str:
        """The same for reading: of a rule with classes of subjects also which of them is meant."""
        name = self.rule_key(rule)
        told = [self.severity(rule.severity)] if rule.severities else []
        told += [rule.due.isoformat() if rule.due else self.say("due-at-once")] if rule.dues else []
        return name + self.say("brackets", text=self.say("comma").join(told)) if told else name

    def rule_title(self, rule: Rule) -> str:
        return one_line(rule.title.in_lang(self.lang))

    def rule_entity(self, rule: Rule) -> str:
        """The kind of subject that the rule judges: the smallest group level, else the records' own kind."""
        return rule.by[0] if rule.by else rule.applies_to

    # subjects and places

    def region(self, subject: Subject) -> str:
        return one_line("/".join(subject.region))

    def region_name(self, region: Region) -> str:
        """``沈阳市/和平区``; for records that name no region of the level, a phrase that says so."""
        if not region.path:
            return self.say("region-none", level=self.entity(region.level))
        return one_line("/".join(region.path))

    def name(self, subject: Subject) -> str:
        return one_line(subject.name) or self.entity(subject.entity)

    def place(self, at: Address | None, cells: tuple[str, ...] = ()) -> str:
        """``returns/a.xlsx [社区] F12``, ``data.db [communities] code=510402001001 · population``; empty for a group of
        records."""
        if at is None:
            return ""
        sheet = f" [{one_line(at.sheet)}]" if at.sheet else ""
        return f"{one_line(at.path)}{sheet} {self.spot(at, cells)}".rstrip()

    def spot(self, at: Address | None, cells: tuple[str, ...] = ()) -> str:
        """``F12``, ``row 12``, ``code=510402001001 · population``: the place inside its sheet."""
        if at is None:
            return ""
        if at.key is not None:
            return one_line(" · ".join([at.key, *(cells or ([at.cell] if at.cell else []))]))
        return " ".join(cells) or at.cell or (self.say("row-at", row=at.row) if at.row is not None else "")

    # trouble

    def notice(self, notice: Notice) -> str:
        """The sentence of a notice, without its place."""
        values = {"path": notice.at.path, "sheet": notice.at.sheet, "row": notice.at.row, "cell": notice.at.cell}
        return self._sentence(notice.code, {**values, "text": notice.text, **notice.values})

    def error(self, error: CommunityCheckError) -> str:
        """The sentence of an error, without its place."""
        return self._sentence(error.code, error.values)

    def _sentence(self, code: str, values: Mapping[str, object]) -> str:
        if code not in self._catalogue:
            return code
        shown: dict[str, object] = {}
        for key, value in values.items():
            if isinstance(value, Text):
                shown[key] = value.in_lang(self.lang)
            elif value is not None:
                shown[key] = _Figure(value) if isinstance(value, float) else value
        try:
            return filled(self._catalogue[code][self._index], _Lenient(shown))
        except (ValueError, TypeError, AttributeError):  # a format that does not suit the value
            return code


class _Figure(float):
    """A number that a sentence prints whole (``1,200,000,000``), never with an exponent."""

    def __format__(self, spec: str) -> str:
        if spec not in ("", "g"):
            return super().__format__(spec)
        return grouped(plain(self))


class _Lenient(dict[str, object]):
    """Values of a sentence; one that is missing prints as nothing, for a gap harms less than no report at all."""

    def __missing__(self, key: str) -> str:
        return ""
