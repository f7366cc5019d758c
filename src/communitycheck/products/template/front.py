"""The front door of ``template``: which sheets and columns a blank return for some standards needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from communitycheck.errors import UsageError
from communitycheck.messages import Lang, say
from communitycheck.model.aggregates import aggregates_of, entity_below
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary, Field
from communitycheck.model.entity import REGION_CODE, Entity
from communitycheck.model.expression import Name, Node, children, names_in, rules_in, unanswerable, walk
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.units import shown
from communitycheck.products.template.blank import Template, TemplateColumn, TemplateSheet, Use
from communitycheck.returns.cells.names import read_category
from communitycheck.returns.cells.truths import read_truth
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.standards.choose import named_standards, open_rule_book, whole_dictionary
from communitycheck.version import __version__

_LEVELS = ("country", *REGION_LEVELS)
_GATING = frozenset({"mandatory", "expected"})
# Columns that need no unit in their header: a percent format shows it, or there is none.
_UNITLESS = frozenset({"share", "truth", "category", "items", "text", "date", "code", "identity"})
# The answers to a yes-or-no question.
_TRUTHS = ("yes", "no", "template-exempt")


def blank_return(
    standards: Sequence[str | Path], *, rules_dir: str | Path | None = None, lang: Lang = "zh"
) -> Template:
    """The blank return for some standards.

    Args:
        standards: ids or YAML files, one at least.

    Raises:
        UsageError: no standard, an unknown one, or standards that ask for nothing.
        RuleFileError: a fault in a rule file.
    """
    book = open_rule_book(rules_dir, standards)
    if not standards:
        raise UsageError("template-which-standard", known=", ".join(book.ids()))
    chosen = tuple(named_standards(book, standards))
    dictionary = whole_dictionary(book, chosen)
    top = min((s.jurisdiction.level for s in chosen), key=_LEVELS.index)
    fields_read, aside = _fields_read(chosen, dictionary, top)
    if not fields_read:
        raise UsageError("template-asks-nothing", name=", ".join(s.id for s in chosen))
    places = list(dict.fromkeys(s.jurisdiction for s in chosen))
    widest = min(places, key=lambda j: _LEVELS.index(j.level))
    one_place = all(j.code.startswith(widest.prefix) for j in places)
    above = _LEVELS[: _LEVELS.index(top) + 1] if one_place else _LEVELS[: _LEVELS.index(top)]
    headers = _Headers(dictionary, lang)
    sheets = tuple(
        _sheet(entity, fields_read[key], above, headers, own=any(key in s.entities for s in chosen))
        for key, entity in dictionary.entities.items()
        if key in fields_read
    )
    place = widest.name if one_place and top != "country" else ""
    return Template(chosen, dictionary, sheets, place, tuple(aside), __version__)


class _Need(Struct):
    """A field of one kind of subject, and the rules that read it there."""

    required: bool = False
    uses: list[Use] = field(default_factory=list)


def _fields_read(
    standards: Iterable[Standard], dictionary: Dictionary, top: str
) -> tuple[dict[str, dict[str, _Need]], list[tuple[Standard, Rule]]]:
    """Kind of subject -> field -> what reads it; and the rules that no return of this place answers."""
    fields_read: dict[str, dict[str, _Need]] = {}
    aside: list[tuple[Standard, Rule]] = []
    seen: set[tuple[str, str]] = set()
    for standard in standards:
        for rule in standard.judged:
            if (rule.id, rule.layer) in seen:  # taken over unchanged from a standard that is here as well
                continue
            seen.add((rule.id, rule.layer))
            if rule.manual is not None or _above(rule.applies_to, top):
                aside.append((standard, rule))
                continue
            fields_read.setdefault(rule.applies_to, {})
            for entity, key, use, needed in _reads(standard, rule, dictionary):
                need = fields_read.setdefault(entity, {}).setdefault(key, _Need())
                need.required |= needed and rule.severity in _GATING
                need.uses.append(use)
    return fields_read, aside


def _above(entity: str, top: str) -> bool:
    return entity in REGION_LEVELS and _LEVELS.index(entity) < _LEVELS.index(top)


def _reads(standard: Standard, rule: Rule, dictionary: Dictionary) -> Iterator[tuple[str, str, Use, bool]]:
    """(kind of subject, field, use, whether the rule cannot do without it), a field once for each kind."""
    others = {r.id: _settled(r, standard) for r in standard.judged}
    live = others[rule.id]
    calls = aggregates_of(live)
    below = entity_below(live, calls, dictionary, others) if calls else ""
    inside = {n for call in calls for n in names_in(call)}
    own = _nodes(live, skip=calls)
    here = [*own, *_met(own, others)]
    beneath: list[Node] = [*calls, *_met(calls, others)]
    judged = {n for node in own if node is not live.where for n in names_in(node)} | inside
    for entity, nodes in ((rule.applies_to, here), (below, beneath)):
        names = dict.fromkeys(n for node in nodes for n in names_in(node))
        everything = set(names) | set(standard.parameters)
        for name in names:
            entry = dictionary.find(name)
            if entry is not None and name not in standard.parameters:
                needed = any(name in unanswerable(n, everything - {name}) for n in nodes)
                yield entity, entry.key, Use(standard, rule, name in judged), needed


def _settled(rule: Rule, standard: Standard) -> Rule:
    """The rule without the readings that the latest value of a parameter switches off."""

    def latest(name: str) -> float | None:
        found = standard.parameters.get(name)
        return None if found is None else found.at(date.max)

    return rule.folded(latest)


def _nodes(rule: Rule, skip: Sequence[Node]) -> list[Node]:
    """The rule's expressions; a threshold that runs over other records is left out, but for its plain names."""
    nodes = [n for n in (rule.where, rule.indicator) if n is not None]
    if rule.threshold is None:
        return nodes
    held = [limit.value for limit in rule.threshold.limits]
    held += [rule.threshold.upper] if rule.threshold.upper is not None else []
    for node in held:
        nodes += _names_outside(node, skip) if any(part in skip for part in walk(node)) else [node]
    return nodes


def _names_outside(node: Node, skip: Sequence[Node]) -> list[Node]:
    """The names in ``node`` that no expression of ``skip`` contains."""
    if node in skip:
        return []
    if isinstance(node, Name):
        return [node]
    return [name for child in children(node) for name in _names_outside(child, skip)]


def _met(nodes: Iterable[Node], others: dict[str, Rule]) -> list[Node]:
    """The expressions of the rules that ``meets`` names, and of those that these name."""
    found: list[Node] = []
    todo = [i for n in nodes for i in rules_in(n)]
    done: set[str] = set()
    while todo:
        name = todo.pop()
        if name in others and name not in done:
            done.add(name)
            inner = _nodes(others[name], skip=())
            found += inner
            todo += [i for n in inner for i in rules_in(n)]
    return found


def _sheet(
    entity: Entity, needs: dict[str, _Need], above: Sequence[str], headers: _Headers, *, own: bool
) -> TemplateSheet:
    """Regions from the largest down, the name, the code; then what the rules read, as the dictionary orders it.

    Args:
        own: a standard declares the entity, and with it what else it lies in.
    """
    fields = headers.dictionary.fields
    name = entity.name_field if entity.kind != "period" else next(k for k, f in fields.items() if f.role == "period")
    lead = [level for level in REGION_LEVELS if level in entity.within and level not in above]
    lead += [around for around in reversed(entity.within) if own and around not in REGION_LEVELS]
    lead += [name] if name in fields else ["subject_name"]
    coded = entity.kind == "place" or entity.code_field not in ("", REGION_CODE)
    codes = [entity.code_field] if coded and entity.code_field in fields else []
    columns = []
    for key in (*lead, *codes):
        header = headers.of(fields[key], entity.key)
        uses = tuple(needs[key].uses) if key in needs else ()
        columns.append(
            TemplateColumn(
                fields[key], header, unit_shown(fields[key], headers.lang), lead=True, required=key in lead, uses=uses
            )
        )
    for key, entry in fields.items():
        if key in needs and key not in lead and key not in codes and not entry.personal:
            need = needs[key]
            header, choices = headers.of(entry, entity.key), headers.choices(entry)
            columns.append(
                TemplateColumn(
                    entry,
                    header,
                    unit_shown(entry, headers.lang),
                    required=need.required,
                    choices=choices,
                    uses=tuple(need.uses),
                )
            )
    return TemplateSheet(entity.key, tuple(columns))


class _Headers:
    """Headers and written values that the reader takes for exactly what is meant."""

    def __init__(self, dictionary: Dictionary, lang: Lang) -> None:
        self.dictionary = dictionary
        self.lang: Lang = lang
        self._names = FieldNames.of(dictionary)

    def of(self, entry: Field, entity: str) -> str:
        """The field's label, or the first of its names that means it alone on such a sheet, with the unit.

        Raises:
            UsageError: another field has all its names.
        """
        unit = unit_shown(entry, self.lang)
        for name in self._candidates(entry):
            space = " " if name.isascii() else ""
            header = f"{name}{space}({unit})" if unit else name
            if self._means(header, entry, entity):
                return header
        raise UsageError("template-no-header", field=entry.key, label=entry.label)

    def _candidates(self, entry: Field) -> list[str]:
        label, other = entry.label.in_lang(self.lang), entry.label.in_lang("en" if self.lang == "zh" else "zh")
        same = [a for a in entry.aliases if a.isascii() == (self.lang == "en")]
        return [n for n in dict.fromkeys((label, *same, other, *entry.aliases, entry.key)) if n]

    def _means(self, header: str, entry: Field, entity: str) -> bool:
        parsed = parse_header(header)
        found = [
            o
            for o in candidates(parsed, self._names)
            if not self._names.fields[o.key].entities or entity in self._names.fields[o.key].entities
        ]
        special = [o for o in found if self._names.fields[o.key].entities] or found
        unit = entry.unit if unit_shown(entry, self.lang) else ""
        held = self._names.unit_in(entry, parsed)
        fits = any(held.worth(text) == 1 for text in (parsed.unit_text, parsed.foreign, *parsed.asides))
        return [(o.key, o.confidence) for o in special] == [(entry.key, 1.0)] and (fits or not unit)

    def choices(self, entry: Field) -> tuple[str, ...]:
        """What a cell may be chosen from, in words that read back as meant; empty for other kinds of field."""
        if entry.type == "truth":
            return tuple(say(code, self.lang) for code in _TRUTHS)
        if entry.type != "category":
            return ()
        chosen = []
        for value, forms in entry.values.items():
            own = [f for f in forms if f.isascii() and len(f) > 2] if self.lang == "en" else list(forms)
            for form in dict.fromkeys((*own, value, *forms)):
                if self._reads(form, value, entry):
                    chosen.append(form)
                    break
        return tuple(chosen)

    def _reads(self, form: str, value: str, entry: Field) -> bool:
        """True where a cell with ``form`` says ``value``, and what other fields read from the column is clear too."""
        cell = read_category(form, entry)
        guests = [f for f in self.dictionary.fields.values() if f.same_column == entry.key]
        others = [read_truth(form, f) if f.type == "truth" else read_category(form, f) for f in guests]
        return cell.text == value and all(c.known and not c.note for c in (cell, *others))


def unit_shown(entry: Field, lang: Lang) -> str:
    """The unit in a header; empty where the column needs none.

    A share has none: its cells are formatted as percentages, which settles each of them wherever it is copied to.
    """
    if entry.type in _UNITLESS or not entry.unit:
        return ""
    return shown(entry.unit, lang)


__all__ = ["blank_return", "unit_shown"]
