"""Every group function over a scope that asks of the very cells that the function is of.

A blank that decides whether its record counts is filled once, for the scope, the numerator and the denominator
together. What the engine says has to hold what each way of filling gives: small and large figures, 0, and negative ones
where the field may be. It may be wider, as it takes the three apart, but never narrower.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from reference import OfNothing, Void, value

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import in_scope, number
from communitycheck.checking.groups.breakdown import Taken
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.groups.grouping import Grouping
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import GROUP_FUNCTIONS, Binary, Call, Name, Node, Number, Unary
from communitycheck.model.expression.values import settled
from communitycheck.model.subjects import Records
from communitycheck.model.text import Text
from communitycheck.standards.language.parse import parse

# a and b: nothing negative. c: a field of one's own without a range. w: may be negative, within a range.
RANGES = {"a": (0.0, None), "b": (0.0, 24.0), "c": (None, None), "w": (-10.0, 10.0)}
FIELDS = Dictionary(
    {
        k: Field(k, Text(k), "hours" if high == 24.0 else "decimal", low=low, high=high)
        for k, (low, high) in RANGES.items()
    }
)
SAID: dict[str, tuple[float, ...]] = {
    "a": (0.0, 1.0, 10.0, 400.0),
    "b": (0.0, 1.0, 5.0, 24.0),
    "c": (-20.0, 0.0, 5.0, 100.0),
    "w": (-10.0, -1.0, 0.0, 10.0),
}
# What a blank of each is filled with.
FILLED: dict[str, tuple[float, ...]] = {
    "a": (0.0, 0.5, 3.0, 5.0, 50.0, 1e7),
    "b": (0.0, 0.5, 3.0, 5.0, 24.0),
    "c": (-1e7, -30.0, -1.0, 0.0, 0.5, 5.0, 50.0, 1e7),
    "w": (-10.0, -3.0, 0.0, 0.5, 5.0, 10.0),
}
EARLIER = {k: f"previous({k})" for k in RANGES}
Record = dict[str, Any]  # its cells, and under "earlier" those of the period before

TERMS = (
    "X", "Y", "X - Y", "Y - X", "X + Y", "-X", "2 * X - 5", "if(X >= 5, Y, X)", "if(Y > 3, X - Y, 0)", "max(X, Y)",
    "abs(X - Y)", "change(X)", "previous(X)", "Y - previous(X)", "min(X, Y)", "X / Y", "Y / X", "1 / (X + 1)",
)  # fmt: skip
WHERES = (
    "X >= 5", "X > 0", "X < 5", "X >= 0", "X + Y >= 5", "X >= Y", "not X >= 5", "X >= 5 and Y > 0", "X >= 5 or Y < 5",
    "previous(X) >= 5", "change(X) > 0", "previous(X) >= 0",
)  # fmt: skip
TRUTHS = ("X / Y >= 3", "X >= 5", "Y > 3", "X >= Y", "X - Y > 0", "change(X) > 0", "if(X > 3, Y > 3, X < 1)")


def drawn(draw: random.Random, function: str) -> str:
    """An indicator with this function, of X and Y."""
    one, other = draw.choice(TERMS), draw.choice(TERMS)
    match function:
        case "quotient":
            return f"sum({one}) / sum({other})"
        case "combined":
            return draw.choice(
                (
                    f"sum({one}) - sum({other})",
                    f"sum({one}) / count()",
                    f"mean({one}) / mean({other})",
                    f"sum({one}) / count({draw.choice(TRUTHS)})",
                    f"sum({one}) / sum({other}) + count()",
                )
            )
        case "mean" if draw.random() < 0.5:
            return f"mean({one}, {other})"
        case "percentile":
            return f"percentile({one}, {draw.choice((0, 10, 50, 75, 100))})"
        case "count" if draw.random() < 0.3:
            return "count()"
        case "count" | "share":
            return f"{function}({draw.choice(TRUTHS)})"
    return f"{function}({one})"


def named(draw: random.Random, formula: str) -> str:
    x, y = draw.sample(sorted(RANGES), 2)
    return formula.replace("X", x).replace("Y", y)


def random_record(draw: random.Random) -> Record:
    def cells() -> Record:
        return {k: draw.choice(SAID[k]) if draw.random() < 0.75 else None for k in RANGES}

    return {**cells(), "earlier": cells()}


def of(records: Sequence[Record]) -> RecordContext:
    rows = [{k: one[k] for k in RANGES} for one in records]
    return RecordContext(
        Records(table_from_records(rows, FIELDS, "community")), {}, date(2024, 1, 1), dictionary=FIELDS
    )


class Earlier(RecordContext):
    """Records that know those of the period before, however they are picked."""

    before: RecordContext

    def previous(self, name: str) -> Any:
        before = self.before if self.records.index is None else self.before.picked(self.records.index)
        before.bounded = self.bounded
        before._picked.clear()
        return before.field(name)

    def picked(self, places: Any) -> Earlier:
        few = super().picked(places)
        few.__class__, few.before = Earlier, self.before  # type: ignore[assignment, attr-defined]
        return few  # type: ignore[return-value]


def engine(node: Node, where: Node, groups: list[list[Record]]) -> list[tuple[float, float, bool]]:
    records = [one for group in groups for one in group]
    context: Any = of(records)
    context.__class__, context.before = Earlier, of([one["earlier"] for one in records])
    codes = np.array([k for k, group in enumerate(groups) for _ in group], np.int32)
    grouping = Grouping(codes, ["county"] * len(groups), [()] * len(groups), [""] * len(groups))
    found = settled(number(node, GroupContext.of(context, grouping, Taken(in_scope(where, context), None, where))))
    n = len(groups)
    low, high = np.broadcast_to(found.lo, n).tolist(), np.broadcast_to(found.hi, n).tolist()
    na = np.zeros(n, bool) if found.na is None else np.broadcast_to(found.na, n) > 0
    return list(zip(low, high, na.tolist(), strict=True))


def fillings(record: Record, wanted: set[str]) -> Iterator[Record]:
    """Each way to fill the blanks that are read; ``wanted`` holds names, and ``previous(name)`` for those before."""
    blanks = [k for k in RANGES if record[k] is None and k in wanted]
    before = [k for k in RANGES if record["earlier"][k] is None and EARLIER[k] in wanted]
    for way in product(*(FILLED[k] for k in (*blanks, *before))):
        filled = {**record, **dict(zip(blanks, way, strict=False))}
        filled["earlier"] = {**record["earlier"], **dict(zip(before, way[len(blanks) :], strict=True))}
        yield filled


def read(node: Node) -> set[str]:
    match node:
        case Name(name):
            return {name}
        case Call("previous", (Name(name),)):
            return {EARLIER[name]}
        case Call("change", (Name(name),)):
            return {name, EARLIER[name]}
        case Call(_, parts):
            return {x for part in parts for x in read(part)}
        case Binary(_, one, other):
            return read(one) | read(other)
        case Unary(_, one):
            return read(one)
    return set()


def said(node: Node, record: Record) -> Any:
    """None where the question does not arise."""
    try:
        found = value(node, record)
    except Void:
        return None
    if isinstance(found, OfNothing):
        return None
    return found if isinstance(found, bool) else found[0]


def percentile(figures: list[float], q: float) -> float:
    ordered = sorted(figures)
    at = (len(ordered) - 1) * q / 100
    below = math.floor(at + 1e-9)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def worked_out(node: Node, those: list[Record]) -> float | None:
    """The indicator where nothing is blank; None where the question does not arise."""
    match node:
        case Number(x):
            return x
        case Binary("/", Call("sum", (x,)), Call("sum", (y,))) if any(
            None in (said(x, one), said(y, one)) for one in those
        ):
            return worked_out(node, [one for one in those if None not in (said(x, one), said(y, one))])
        case Binary(op, one, other):
            a, b = worked_out(one, those), worked_out(other, those)
            if a is None or b is None or (op == "/" and b == 0):
                return None
            return {"+": a + b, "-": a - b, "/": a / (b or 1)}[op]
        case Call("count", ()):
            return float(len(those))
        case Call(function, (x, *more)):
            those = [one for one in those if all(said(part, one) is not None for part in (x, *more))]
            figures = [said(x, one) for one in those]
            match function:
                case "count":
                    return float(sum(figures))
                case "sum":
                    return float(sum(figures))
                case "distinct":
                    return float(len({*figures}))
            if not figures:
                return None
            if more and function == "mean":
                weights = [said(more[0], one) for one in those]
                # A mean by weights of which some are negative is none.
                if sum(weights) == 0 or min(weights) < 0:
                    return None
                return sum(f * w for f, w in zip(figures, weights, strict=True)) / sum(weights)
            if function in ("mean", "share"):
                return sum(figures) / len(figures)
            place = {"lowest": 0.0, "median": 50.0, "highest": 100.0}.get(function)
            if place is None:
                assert isinstance(more[0], Number)
                place = more[0].value
            return percentile(figures, place)
    raise TypeError(node)


def possible(node: Node, where: Node, group: list[Record], draw: random.Random) -> list[float | None]:
    """What ways of filling the group give: all of them, or many drawn by lot where there are too many."""
    wanted = read(node) | read(where)
    each = [[way if said(where, way) else None for way in fillings(one, wanted)] for one in group]
    if math.prod(map(len, each)) <= 700:
        ways: list[tuple[Record | None, ...]] = list(product(*each))
    else:
        ways = [tuple(draw.choice(choices) for choices in each) for _ in range(700)]
    return [worked_out(node, [one for one in way if one is not None]) for way in ways]


def holds(formula: str, condition: str, groups: list[list[Record]], draw: random.Random) -> None:
    node, where = parse(formula), parse(condition)
    for (low, high, void), group in zip(engine(node, where, groups), groups, strict=True):
        found = [x for x in possible(node, where, group, draw) if x is not None]
        told = (formula, condition, group, (low, high, void))
        if void:
            assert not found, told
        elif not math.isnan(low) and found:
            assert low <= min(found) + 1e-6 * max(1.0, abs(min(found))), (*told, min(found))
            assert high >= max(found) - 1e-6 * max(1.0, abs(max(found))), (*told, max(found))


def tried(function: str, seed: int, formulas: int, groups: int) -> None:
    draw = random.Random(f"{function} {seed}")
    for _ in range(formulas):
        formula, condition = named(draw, f"{drawn(draw, function)}|{draw.choice(WHERES)}").split("|")
        some = [[random_record(draw) for _ in range(draw.randint(1, 3))] for _ in range(groups)]
        holds(formula, condition, some, draw)


def record(**cells: float | None) -> Record:
    """Nothing blank but what is given as None; ``was_`` names the period before."""
    now = {k: cells.get(k, 1.0) for k in RANGES}
    return {**now, "earlier": {k: cells.get(f"was_{k}", 1.0) for k in RANGES}}


@pytest.mark.parametrize(
    ("formula", "condition", "group", "reaches"),
    [
        ("sum(b - a) / sum(a)", "a >= 100", [record(a=400.0, b=20.0), record(a=None, b=20.0)], (-0.999, -0.84)),
        ("sum(change(a)) / sum(previous(a))", "previous(a) >= 5",
         [record(a=11.0, was_a=10.0), record(a=20.0, was_a=None)], (-0.9, 1.0)),
        ("sum(b) / sum(c)", "c >= 5", [record(c=10.0, b=20.0), record(c=None, b=20.0)], (0.1, 40 / 15)),
        ("sum(c - a) / sum(a)", "a >= 0", [record(a=10.0, c=11.0), record(a=None, c=None)], (-1.0, 5.0)),
        ("mean(a) / mean(w)", "b > 0", [record(a=5.0, w=-2.0), record(a=5.0, w=None, b=None)], (-2.5, -10 / 12)),
    ],
)  # fmt: skip
def test_a_blank_of_the_scope_moves_the_quotient(
    formula: str, condition: str, group: list[Record], reaches: tuple[float, float]
) -> None:
    ((low, high, void),) = engine(parse(formula), parse(condition), [group])
    assert not void
    assert math.isnan(low) or (low <= reaches[0] and high >= reaches[1])


KINDS = (*GROUP_FUNCTIONS, "quotient", "combined")


@pytest.mark.parametrize("function", KINDS)
def test_no_filling_lies_outside(function: str) -> None:
    tried(function, 0, 12, 12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 11))
@pytest.mark.parametrize("function", KINDS)
def test_no_filling_of_many_lies_outside(function: str, seed: int) -> None:
    tried(function, seed, 25, 12)
