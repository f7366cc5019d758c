"""Every group function against every way to fill what is not known, on random groups of few records.

A record may or may not count, a figure may be blank (anything its field can be) or lie within bounds, a cell may say
that it does not apply. The least and the most that a way of filling gives are the ends that the engine has to find.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from reference import EXEMPT, Void, value

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import number
from communitycheck.checking.groups.breakdown import Taken
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.groups.grouping import Grouping
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import GROUP_FUNCTIONS, Binary, Call, Name, Node, Number, names_in
from communitycheck.model.expression.values import Tru, settled
from communitycheck.model.subjects import Records
from communitycheck.model.text import Text
from communitycheck.standards.language.parse import parse

MOST = 24.0
FIELDS = Dictionary(
    {
        **{k: Field(k, Text(k), "hours", low=0.0, high=MOST) for k in ("a", "b")},
        "p": Field("p", Text("p"), "truth"),
        "s": Field("s", Text("s"), "text"),
    }
)
FIGURES = (0.0, 1.0, 2.0, 5.0, 24.0)
Record = dict[str, Any]  # its cells, and under "in" whether it counts: True, False or None

NUMBERS = ("a", "b", "a + 1", "2 * b", "a + b", "max(a, b)", "min(a, 3)", "a - b")
TRUTHS = ("p", "a > 2", "a >= b", "not p", "p and b > 1")
# What the arguments of each function may be. There is no function of groups that has no entry here.
DRAWN: dict[str, Sequence[str]] = {
    "sum": [f"sum({x})" for x in NUMBERS],
    "mean": [*(f"mean({x})" for x in NUMBERS), "mean(a, b)", "mean(a + 1, b)"],
    "lowest": [f"lowest({x})" for x in NUMBERS],
    "highest": [f"highest({x})" for x in NUMBERS],
    "median": [f"median({x})" for x in NUMBERS],
    "percentile": [f"percentile({x}, {q})" for x in ("a", "a + b") for q in (0, 10, 50, 75, 100)],
    "distinct": ["distinct(a)", "distinct(s)", "distinct(p)"],
    "count": ["count()", *(f"count({x})" for x in TRUTHS)],
    "share": [f"share({x})" for x in TRUTHS],
}
QUOTIENTS = ("sum(a) / sum(b)", "sum(a + b) / sum(b)")


def random_record(draw: random.Random) -> Record:
    def cell() -> Any:
        kind = draw.random()
        if kind < 0.6:
            return draw.choice(FIGURES)
        if kind < 0.75:
            return tuple(sorted(draw.sample(FIGURES, 2)))
        return None if kind < 0.93 else EXEMPT

    return {
        "a": cell(),
        "b": cell(),
        "p": draw.choice([True, False, True, False, None, EXEMPT]),
        "s": draw.choice(["urban", "rural", "x", None]),
        "in": draw.choice([True, True, True, None, False]),
    }


def engine(node: Node, groups: list[list[Record]]) -> list[tuple[float, float, bool]]:
    """The two ends of each group, and whether the question does not arise there."""
    records = [one for group in groups for one in group]
    cells = [{k: v for k, v in one.items() if k != "in"} for one in records]
    context = RecordContext(
        Records(table_from_records(cells, FIELDS, "community")), {}, date(2024, 1, 1), dictionary=FIELDS
    )
    codes = np.array([k for k, group in enumerate(groups) for _ in group], np.int32)
    grouping = Grouping(codes, ["county"] * len(groups), [()] * len(groups), [""] * len(groups))
    scope = Tru(np.array([one["in"] is True for one in records]), np.array([one["in"] is False for one in records]))
    found = settled(number(node, GroupContext.of(context, grouping, Taken(scope, None))))
    na = np.zeros(len(groups), bool) if found.na is None else np.broadcast_to(found.na, len(groups)) > 0
    return list(zip(found.lo.tolist(), found.hi.tolist(), na.tolist(), strict=True))


def fillings(record: Record, names: tuple[str, ...]) -> Iterator[Record]:
    """Each way to fill those of its cells that are read: the ends of what is possible, and a point between."""
    choices = []
    for name in names:
        said = record[name]
        if said == EXEMPT or (said is not None and not isinstance(said, tuple)):
            choices.append([said])
        elif name == "p":
            choices.append([True, False])
        else:
            low, high = (0.0, MOST) if said is None else said
            choices.append([low, (low + high) / 2, high])
    for way in product(*choices):
        yield dict(zip(names, way, strict=True))


def answers(node: Node, record: Record, *, is_truth: bool) -> list[Any]:
    """What the argument may be in the record; nothing where it is not asked."""
    names = names_in(node)
    said = [record[name] for name in names]
    if is_truth and all(one is None for one in said) and len(said):
        return [True, False]  # a blank alone decides nothing
    if EXEMPT in said:
        try:
            whole = value(node, {name: (0.0, MOST) if x is None and name != "p" else x for name, x in record.items()})
        except Void:
            return []
        return [True, False] if whole is None else [whole] if is_truth else [*{*whole}]
    found = []
    for way in fillings(record, names):
        try:
            answer = value(node, way)
        except Void:
            continue
        found.append(answer if isinstance(answer, bool) else answer[0])
    return list(dict.fromkeys(found))


def ways(arguments: tuple[Node, ...], group: list[Record], *, is_truth: bool) -> Iterator[list[tuple[Any, ...]]]:
    """Every way for the records of the group to count and to say what their arguments are."""
    choices: list[list[Any]] = []
    for record in group:
        if record["in"] is False:
            continue
        each = [answers(one, record, is_truth=is_truth) for one in arguments]
        if any(not found for found in each):
            continue
        choices.append([*product(*each), *([None] if record["in"] is None else [])])
    for way in product(*choices):
        yield [one for one in way if one is not None]


def percentile(figures: list[float], q: float) -> float:
    ordered = sorted(figures)
    at = (len(ordered) - 1) * q / 100
    below = math.floor(at + 1e-9)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def divided(above: float, below: float) -> float | None:
    return above / below if below else None


def _by(above: float, below: float) -> float | None:
    """A figure by one that comes as near to 0 as it likes, as where single records are divided."""
    return above / below if below else math.inf if above else None


WORKED_OUT: dict[str, Callable[..., float | None]] = {
    "sum": lambda those: sum(x for (x,) in those),
    "lowest": lambda those: min(x for (x,) in those) if those else None,
    "highest": lambda those: max(x for (x,) in those) if those else None,
    "median": lambda those: percentile([x for (x,) in those], 50) if those else None,
    "count": lambda those: float(sum(x is True for (x,) in those)),
    "share": lambda those: divided(sum(x is True for (x,) in those), len(those)),
}


def brute(node: Node, group: list[Record]) -> list[float | None]:
    match node:
        case Binary("/", Call("sum", (x,)), Call("sum", (y,))):
            together = list(ways((x, y), group, is_truth=False))
            if not any(b for way in together for _, b in way):
                return [None]
            return [_by(sum(a for a, _ in way), sum(b for _, b in way)) if way else None for way in together]
        case Call("mean", (x, weight)):
            together = list(ways((x, weight), group, is_truth=False))
            return [divided(sum(a * w for a, w in way), sum(w for _, w in way)) for way in together]
        case Call("mean", arguments):
            return [divided(sum(a for (a,) in way), len(way)) for way in ways(arguments, group, is_truth=False)]
        case Call("percentile", (x, Number(q))):
            return [percentile([a for (a,) in way], q) if way else None for way in ways((x,), group, is_truth=False)]
        case Call("distinct", (Name(name),)):
            return [float(len({*way})) for way in _values(name, group)]
        case Call("count", ()):
            sizes = [[1] if one["in"] else [0, 1] for one in group if one["in"] is not False]
            return [float(sum(way)) for way in product(*sizes)]
        case Call(function, arguments):
            together = ways(arguments, group, is_truth=function in ("count", "share"))
            return [WORKED_OUT[function](way) for way in together]
    raise TypeError(node)


def _values(name: str, group: list[Record]) -> Iterator[list[Any]]:
    """What the records that count may say: a blank one of the others' values, one of its own, or that of a blank."""
    known = {one[name] for one in group if one[name] not in (None, EXEMPT) and not isinstance(one[name], tuple)}
    choices: list[list[Any]] = []
    for at, one in enumerate(group):
        if one["in"] is False or one[name] == EXEMPT:
            continue
        is_open = one[name] is None or isinstance(one[name], tuple)
        said = [*known, ("own", at), "another"] if is_open else [one[name]]
        choices.append([*said, *([VOID_ROW] if one["in"] is None else [])])
    for way in product(*choices):
        yield [one for one in way if one is not VOID_ROW]


VOID_ROW = object()


def holds(formula: str, groups: list[list[Record]]) -> None:
    node = parse(formula)
    for (low, high, void), group in zip(engine(node, groups), groups, strict=True):
        possible = brute(node, group)
        said = (formula, group, (low, high, void))
        if any(way is None for way in possible) and isinstance(node, Call) and node.function == "share":
            nobody = all(way is None for way in possible)  # else perhaps, and a share lies between none and all
            assert void == nobody and (nobody or (low, high) == (0.0, 1.0)), said
        elif isinstance(node, Binary) and math.isnan(low) and any(one["in"] is None for one in group):
            assert None in possible or math.inf in possible, said  # perhaps all that is divided by is not counted
        elif any(way is None for way in possible) or not possible:
            assert math.isnan(low) and math.isnan(high), said
            assert void == all(way is None for way in possible), said
        else:
            ends = min(x for x in possible if x is not None), max(x for x in possible if x is not None)
            assert not void, said
            assert (low, high) == pytest.approx(ends, rel=1e-7, abs=1e-12), (*said, ends)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_twenty_thousand_records_in_groups(seed: int) -> None:
    draw = random.Random(seed)
    formulas = [*QUOTIENTS, *(formula for function in GROUP_FUNCTIONS for formula in DRAWN[function])]
    for at in range(40):
        holds(draw.choice(formulas), random_groups(1000 * seed + at, 10))


def random_groups(seed: int, n: int) -> list[list[Record]]:
    draw = random.Random(seed)
    return [[random_record(draw) for _ in range(draw.randint(1, 4))] for _ in range(n)]


@pytest.mark.parametrize("function", GROUP_FUNCTIONS)
def test_every_function_of_groups_finds_both_ends(function: str) -> None:
    for at, formula in enumerate(DRAWN[function]):
        holds(formula, random_groups(at, 40))


@pytest.mark.parametrize("formula", QUOTIENTS)
def test_a_sum_by_a_sum_finds_both_ends(formula: str) -> None:
    holds(formula, random_groups(5, 60))
