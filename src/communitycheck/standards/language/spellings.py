"""The ways to write a number out: in which units documents state what it is held against, the usual first."""

from __future__ import annotations

from math import isclose

from communitycheck.model.expression import Number, show
from communitycheck.model.text import Text
from communitycheck.model.units import NONE, RuleUnit, UnitPart, canonical, parse_unit, shown
from communitycheck.standards.language.bare_numbers import Fault, reading
from communitycheck.standards.language.side import PARTS_OF_ONE, Side, unit_of_dimension

# Of how many documents commonly speak, the usual first; areas and sums of money are also given a person.
_USUAL = {"households": (100, 1), "persons": (1000, 10_000, 1)}
# Large fields are declared in the one, and what each has of it is said in the other.
_EACH = {"ha": "m2", "mu": "m2", "km2": "m2", "万元": "yuan", "亿元": "yuan"}
_GIVEN_EACH = ("m2", "yuan", *_EACH)
_PLAIN_FORMS = {"households": 2, "persons": 1}


def unit_forms(beside: Side) -> tuple[str, ...]:
    """In which units documents state what is measured: m2/100 households, m2/household; of hectares to a person m2 as
    well."""
    words = [canonical(beside.kind)] if beside.kind else []
    words = words if beside.written is None else unit_words(beside.written)
    if len(words) == 1:
        return (_behind_figures(words[0]),)
    words = words or unit_of_dimension(beside.dimension or NONE, beside.thing).split("/")
    above, *below = (_behind_figures(words[0]), *words[1:])
    each = [unit for one in below if (unit := parse_unit(one, {})) is not None and unit.dimension.is_count]
    plain = _EACH.get(above) if each else None
    found = _rates(above, below, beside)
    if plain is not None:
        found = [*_rates(plain, below, beside)[: _PLAIN_FORMS.get(_usual_atom(beside), 1)], *found]
    return tuple(found)


def _rates(above: str, below: list[str], beside: Side) -> list[str]:
    atom = _usual_atom(beside)
    if len(below) != 1 or not atom:
        return ["/".join((above, *below))]
    numbers = sorted(_USUAL[atom]) if above in _GIVEN_EACH and atom == "persons" else _USUAL[atom]
    return [f"{above}/{below[0]}" if number == 1 else f"{above}/{number} {atom}" for number in numbers]


def _usual_atom(beside: Side) -> str:
    """Persons or households, where it is so much to them."""
    powers = dict((beside.dimension or NONE).powers)
    atoms = [atom for atom in _USUAL if powers.get(atom) == -1 or _counted(beside.written, atom)]
    return atoms[0] if len(atoms) == 1 else ""


def _counted(unit: RuleUnit | None, atom: str) -> bool:
    """So many persons to a person: a share, of which documents may say per 1000."""
    return unit is not None and len(unit.parts) == 2 and dict(unit.parts[1].word.dimension.powers).get(atom) == 1


def unit_words(unit: RuleUnit) -> list[str]:
    """Its words as they stand behind figures: what begins with a figure is written in Chinese, 亿元 and 万人."""
    first, *rest = unit.text.split("/")
    return [RuleUnit(unit.parts[:1]).shown("zh") if first[:1].isdigit() else first, *rest]


def _behind_figures(unit: str) -> str:
    """A unit that begins with a figure cannot stand behind one."""
    return unit.replace("10k yuan", "万元")


def written_out(bare: Side, beside: Side) -> Text:
    """The number in each unit in which it may be meant; with dots in its place where it is a formula."""
    held = bare.node.value if isinstance(bare.node, Number) else bare.most
    value = "…" if held is None else f"{held:.12g}"
    if beside.dimension == NONE:
        if held is not None and reading(bare, beside).fault == "percent":
            return one_of([f"{value}%", f"{held * 100:.12g}%"])
        things = [f"{value} {form}" for form in unit_forms(beside) if "/" in form]
        return one_of([f"{value}%", f"{value} ratio", *things[:1]])
    forms = [f"{value} {form}" for form in unit_forms(beside)]
    if held is not None and beside.is_rate_of_counts:
        percent = f"{held * 100 if held <= 1 else held:.12g}%"
        # Of people documents speak by the thousand, of things to things by the hundred.
        forms = [*forms, percent] if _usual_atom(beside) else [percent, *forms]
    return one_of(forms)


def declared_unit(side: Side) -> RuleUnit | None:
    """The unit that is declared for it, 万人 as well."""
    unit = side.written
    if side.declared is None or (unit is not None and isclose(unit.factor, side.declared * side.factor)):
        return unit
    plain = parse_unit(side.unit_text, {})
    return None if plain is None else RuleUnit((UnitPart(side.declared, plain.parts[0].word), *plain.parts[1:]))


def quotient_forms(above: Side, below: Side, quotient: Side) -> list[str]:
    """In which units one may be so much to the other: as they are declared, and as documents say it."""
    one, other = declared_unit(above), declared_unit(below)
    declared = []
    if one is not None and other is not None and len(other.parts) == 1 and one != other:
        unit = RuleUnit((*one.parts, *other.parts))
        declared = ["/".join(unit_words(unit))]
    forms = [form for form in unit_forms(quotient) if "/" in form] if quotient.written or quotient.dimension else []
    is_said_otherwise = any(form.split("/")[0] in _EACH for form in declared)
    found = [*forms, *declared] if is_said_otherwise else [*declared, *forms]
    # 50 m2/1000 held against m2/person lacks the persons.
    return list(dict.fromkeys(found)) or (list(unit_forms(quotient)) if quotient.dimension else ["ratio"])


def written_in_declared(bare: Side, beside: Side) -> Text:
    """The number in the unit that is declared beside it; a large one may be in the plain unit."""
    unit, factor = declared_unit(beside), beside.declared or 1.0
    if unit is None or isclose(factor, 1) or not isinstance(bare.node, Number):
        return one_of([declared_form(bare, beside)])
    value = bare.node.value
    plain = [f"{value:.12g} {_behind_figures(beside.unit_text)}"] if value * value >= factor else []
    zh, en = f"{value:.12g}{unit.shown('zh')}", declared_form(bare, beside)
    return Text(one_of([*plain, zh]).zh, one_of([*plain, en]).en)


def declared_form(bare: Side, beside: Side) -> str:
    """The number in the unit that is declared for what stands beside it."""
    unit, factor = beside.written, beside.declared or 1.0
    if unit is None or not isclose(unit.factor, factor * beside.factor):  # 万人, which has no text of its own
        value = f"{bare.node.value * factor:.12g}" if isinstance(bare.node, Number) else "…"
        return f"{value} {_behind_figures(beside.unit_text)}"
    return f"{spelled(bare) if isinstance(bare.node, Number) else '…'} {_behind_figures(unit.text)}"


def remedy(fault: Fault, bare: Side, beside: Side) -> Text:
    """How a number that is refused is to be written."""
    if fault != "fraction":
        return written_out(bare, beside)
    unit = unit_of_dimension(beside.dimension or NONE, beside.thing)
    return in_thousands(bare.node.value if isinstance(bare.node, Number) else None, unit)


def in_thousands(value: float | None, unit: str) -> Text:
    """As documents give large numbers of things; without a value the unit alone."""
    found = parse_unit(unit, {})
    word = unit if found is None else found.shown("zh")
    if value is None:
        return Text(f"万{word}", f"万{word}")
    large = " or ".join(f"{value * times:.12g} {unit}" for times in (10_000, 1000))
    return Text(f"{value:.12g}万{word} 或 {value:.12g}千{word}", large)


def lone_ten_thousand(number: Side, beside: Side) -> Text | None:
    """How 1.2 万 is written beside what is no sum of money: 万 alone is 万元."""
    node = number.node
    if not isinstance(node, Number) or node.written != "万" or not beside.dimension:
        return None
    unit = parse_unit(beside.unit_text, {})
    word = beside.unit_text if unit is None else unit.shown("zh")
    value = in_written(number)
    return Text(f"{value:.12g}万{word}", f"{value * 10_000:.12g} {beside.unit_text}")


def in_print(value: float, unit: str) -> Text:
    """A figure with its unit, as reports have it."""
    return Text(*(f"{value:.12g} {shown(unit, lang)}".strip() for lang in ("zh", "en")))


def spelled(limit: Side) -> str:
    """``30 m2``, in the unit in which it is written; a formula or parameter by itself."""
    node = limit.node
    if not isinstance(node, Number):
        return show(node)
    if limit.written is None:
        if node.dimension in (None, "ratio"):
            return show(node)
        return f"{node.value:.12g} {canonical(node.dimension or '')}"
    gap = "" if limit.written.text in PARTS_OF_ONE else " "
    return f"{in_written(limit):.12g}{gap}{'/'.join(unit_words(limit.written))}"


def in_written(limit: Side) -> float:
    """The figure of a number as it is written before its unit."""
    assert isinstance(limit.node, Number)
    return float(f"{limit.node.value / (limit.declared or 1.0):.12g}")


def one_of(forms: list[str]) -> Text:
    return Text(" 或 ".join(forms), " or ".join(forms))
