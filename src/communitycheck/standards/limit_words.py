"""How the numbers of a rule are better written: in advice, and in what lint says of rules that load."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.model.expression import Binary, Call, Name, Node, Number, TableOf, show, walk
from communitycheck.model.expression.lookup_table import numbers_of
from communitycheck.model.standard import Remark
from communitycheck.model.text import Text
from communitycheck.model.units import NONE, OwnUnits, parse_unit
from communitycheck.printable import clip
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.language.bare_numbers import Doubt
from communitycheck.standards.language.side import Side
from communitycheck.standards.language.spellings import (
    declared_form,
    in_written,
    one_of,
    spelled,
    unit_forms,
    unit_words,
    written_out,
)
from communitycheck.standards.raw_rule import RawRule


def suggested(measured: Side, limit: Side) -> Text:
    """How the limit is meant, with its number where that is certain; else the units in which it may be written."""
    if measured.dimension is None or (not measured.dimension and measured.written is None):
        return one_of(_of_share(measured, limit))
    if limit.is_bare:
        return written_out(limit, measured)
    return one_of(_with_number(measured, limit) or list(unit_forms(measured)))


def _of_share(measured: Side, limit: Side) -> list[str]:
    """The limit as a share; where the indicator is multiplied by 100 its number is one of percents."""
    if not limit.is_bare or not isinstance(limit.node, Number):
        return ["%", "ratio"]
    sign = _SIGNS.get(measured.scale or 1.0)
    value = f"{limit.node.value:.12g}"
    return [f"{value}{sign}"] if sign else [f"{value}%", f"{value} ratio"]


_ONE_ORDER = 10
_SIGNS = {100.0: "%", 1000.0: "‰"}


def _with_number(measured: Side, limit: Side) -> list[str]:
    """The limit with what it lacks behind its unit (per household), or without what is too much (per year)."""
    if limit.written is None or limit.dimension is None or measured.dimension is None:
        return []
    value = f"{in_written(limit):.12g} " if isinstance(limit.node, Number) else ""
    words, parts = unit_words(limit.written), limit.written.parts
    for at in range(1, len(parts)):
        if limit.dimension * parts[at].word.dimension == measured.dimension:
            return [value + "/".join(words[:at] + words[at + 1 :])]
    forms = unit_forms(measured)
    first = parse_unit(forms[-1].split("/")[0], {})
    if len(parts) == 1 and first is not None and first.dimension == limit.dimension:
        found = list(dict.fromkeys("/".join((*words, *form.split("/")[1:])) for form in forms))
        percent = [f"{value.strip()}%"] if value and measured.dimension == NONE else []
        return percent + [value + form for form in found]
    lacking = [] if measured.written is None else measured.written.parts[1:]
    for part in lacking:
        if limit.dimension / part.word.dimension == measured.dimension:
            return ["/".join((value + words[0], *words[1:], part.word.one or part.word.key))]
    return []


def as_remark(key: str, doubt: Doubt) -> Remark:
    """What is to be said of a number that had better be written otherwise."""
    bare, beside, code, near = doubt
    shown = declared_form(bare, beside) if near is None else near
    limit = clip(spelled(bare), 40)
    if bare.most is not None and bare.written is not None and not isinstance(bare.node, Number):
        limit += f" ({float(f'{bare.most / (bare.declared or 1.0):.12g}'):.12g} {'/'.join(unit_words(bare.written))})"
    values = {"indicator": clip(show(beside.node), 40), "limit": limit, "near": shown}
    return code, key, {**values, "unit": beside.unit}


def other_things(comparison: Comparison, measured: Side, limit: Side, units: OwnUnits) -> Iterator[Remark]:
    """As many books as pupils, neither more nor less, is seldom what a document says."""
    if not (comparison.equates or comparison.form == "range") or limit.is_quantity:
        return
    if not all(one.is_number_of_things and one.kind and not one.is_loose for one in (measured, limit)):
        return
    one, other = measured.unit_text, limit.unit_text
    each = parse_unit(f"{one}/{other}", units)
    if one == other or "items" in (one, other) or each is None:
        return
    near = Text(*(f"1 {each.shown(lang, one=True)}" for lang in ("zh", "en")))
    values = {"indicator": clip(show(measured.node), 40), "limit": spelled(limit), "near": near}
    yield "lint-other-things", comparison.key, {**values, "one": measured.unit, "other": limit.unit}


def small_percentages(raw: RawRule, key: str, node: Node, formulas: Formulas) -> Iterator[Remark]:
    """Percentages below one that are the least of something: 0.55%, where 55% is meant.

    At least 0.3% is seldom asked, and can be said as 3‰; at most 0.3% is a common limit for errors.
    """
    is_limit = key in COMPARISONS and COMPARISONS[key].operator in (">=", ">")
    for held in (node,) if is_limit else _lower_limits(node):
        figure = _percentage(raw, held, formulas)
        if figure is not None and 0 < figure < 1:
            near, same = f"{figure * 100:.12g}%", f"{figure * 10:.12g}‰"
            yield "lint-small-percent", key, {"limit": f"{figure:.12g}%", "near": near, "same": same}


def small_end(raw: RawRule, low: Node, high: Node, formulas: Formulas) -> Iterator[Remark]:
    """The lower end of a range that is less than a percent and far below the upper: 0.8% to 15%, where 8% is meant."""
    ends = _percentage(raw, low, formulas), _percentage(raw, high, formulas)
    if ends[0] is not None and ends[1] is not None and 0 < ends[0] < 1 and ends[1] > ends[0] * _ONE_ORDER:
        near, same = f"{ends[0] * 10:.12g}%", f"{ends[0] * 10:.12g}‰"
        yield "lint-small-percent", "between", {"limit": f"{ends[0]:.12g}%", "near": near, "same": same}


def _lower_limits(node: Node) -> Iterator[Node]:
    for part in walk(node):
        match part:
            case Binary(">=" | ">", _, held) | Binary("<=" | "<", held, _):
                yield held
            case _:
                pass


def _percentage(raw: RawRule, node: Node, formulas: Formulas) -> float | None:
    """The figure that a file states before %; of a parameter or table the largest one."""
    match node:
        case Number(value, "ratio", "%"):
            return 100 * value
        case Binary("*", one, other):  # so small a part of something else
            found = [figure for side in (one, other) if (figure := _percentage(raw, side, formulas)) is not None]
            return found[0] if len(found) == 1 else None
        case Name(name) if (parameter := formulas.parameters.get(name)) is not None and parameter.declared == "%":
            return 100 * max((value for _, value in parameter.values), default=0.0)
        case Call("lookup", (TableOf(table), *_)) if table.declared == "%":
            return None if _states_unit(raw, table.name) else 100 * max(numbers_of(table.rows), default=0.0)
        case _:
            return None


def _states_unit(raw: RawRule, table: str) -> bool:
    """Lint tells of the table as a whole."""
    tables = raw.file.data.get("tables") if isinstance(raw.file.data, dict) else None
    own = tables.get(table) if isinstance(tables, dict) else None
    return isinstance(own, dict) and "unit" in own
