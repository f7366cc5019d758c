"""The expression language once more, plain and slow: one record at a time, no arrays. Tests hold the engine to it.

A number is a pair of ends or None (unknown); a truth is True, False or None. ``Void`` is raised where the question
does not arise (a zero denominator, a cell that says "does not apply").
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta
from typing import Any

from communitycheck.model.expression import (
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    Number,
    String,
    TableOf,
    Truth,
    Unary,
    names_in,
)
from communitycheck.model.expression.lookup_table import ByNumber, ByText, Entry

EXEMPT = "不适用"
VOID = "void"
EPOCH = date(1970, 1, 1)
# What the sheets of other kinds of subjects list, by hand.
LISTED = {"street": {"rural", "甲社区"}, "estate": {"urban", "210102"}}
# What is no value of its field: no day, no class, no code, no identity number.
MISFORMED = {"2024-13-45", "上月", "unknown", "(unreadable)", "invalid"}
OF_THE_FORM = ("matches", "starts_with", "ends_with", "contains", "length", "is_division_code", "is_credit_code")
# Which of the codes in the tests are of a region there is.
DIVISIONS = {"210102": True, "210102001001": True, "990102": False, "210199": False}
AS_OF = date(2024, 1, 1)


class Void(Exception):
    """The question does not arise for this record."""


def value(node: Node, record: dict[str, Any]) -> Any:
    """The value of ``node``; operands are all looked at first, as the engine does, so that a void anywhere shows."""
    match node:
        case Number(x):
            return (x, x)
        case Truth(x) | String(x):
            return x
        case Day(number):
            return float(number), float(number)
        case Call("as_of", _):
            return (float((AS_OF - EPOCH).days),) * 2
        case Name("d" | "e" | "day" as name):
            return None if record.get(name) in MISFORMED else days(record.get(name))
        case Call(function, (Name("code"), *more)) if function in OF_THE_FORM:  # takes what is written
            return call(function, [record.get("code"), *(value(one, record) for one in more)])
        case Name("kind" | "code" as name):
            return None if record.get(name) in MISFORMED else record.get(name)
        case Name(name):
            return cell(record.get(name))
        case Unary("-", a):
            x = value(a, record)
            return None if x is None else as_open((-x[1], -x[0]), [x])
        case Unary("not", a):
            x = value(a, record)
            return None if x is None else not x
        case Binary("and", a, b):
            x, y = truth(a, record), truth(b, record)
            if False in (x, y):
                return False
            if None in (x, y):
                return None
            if VOID in (x, y):
                raise Void
            return True
        case Binary("or", a, b):
            x, y = truth(a, record), truth(b, record)
            if True in (x, y):
                return True
            if None in (x, y):
                return None
            if (x, y) == (False, False):
                return False
            if (x is False and answers(a)) or (y is False and answers(b)):
                return False
            raise Void
        case Binary("in" | "not in" as op, a, ListOf(items)):
            x = value(a, record)
            if x is None:
                return None
            if isinstance(x, OfNothing):
                raise Void
            found = [equal(x, value(i, record)) for i in items]
            result = True if True in found else None if None in found else False
            return result if op == "in" else None if result is None else not result
        case Binary("+" | "-" | "*" | "/" as op, a, b):
            both = pair(a, b, record)
            return as_open(arithmetic(op, *both), both)
        case Binary(op, a, b):
            both = pair(a, b, record)
            if any(isinstance(x, OfNothing) for x in both):
                return against_nothing(op, *both)
            return as_open(compare(op, *both), both)
        case Call("coalesce", arguments):
            return coalesce(arguments, record)
        case Call("if", (condition, a, b)):
            return chosen(truth(condition, record), a, b, record)
        case Call("lookup", (TableOf(table), *keys)):
            found = [truth(key, record) for key in keys]
            if VOID in found or any(isinstance(x, OfNothing) for x in found):
                raise Void
            return as_open(row_of(table.rows, found), found)
        case Call("is_blank", (Name(name),)):
            return record.get(name) is None
        case Call("is_valid", (Name(name),)):
            said = record.get(name)
            return None if said is None else said not in MISFORMED
        case Call("previous" | "above", (Name(name),)):
            return cell(record["earlier"][name])
        case Call("change", (Name(name) as own,)):
            earlier = truth(Call("previous", (own,)), record)
            now = truth(own, record)
            if VOID in (earlier, now):
                raise Void
            return None if earlier is None or now is None else arithmetic("-", now, earlier)
        case Call("is_unique", arguments):
            return is_unique([name.name for name in arguments if isinstance(name, Name)], record)
        case Call("rank", (figure, *within)):
            return rank(figure, [name.name for name in within if isinstance(name, Name)], record)
        case Call("exists_in", (Name(name), String(kind), String())):
            said = cell(record.get(name))
            return None if said is None else said.casefold() in LISTED[kind]
        case Call("meets", arguments):
            return meets([record[rule.value] for rule in arguments if isinstance(rule, String)])
        case Call("count_of", arguments):
            return count_of([truth(a, record) for a in arguments])
        case Call(function, arguments):
            found = [value(a, record) for a in arguments]
            return as_open(call(function, found), found)
    raise TypeError(node)


class Row(dict[str, Any]):
    """A record that knows the others of its table."""

    others: list[Row]


def is_unique(names: list[str], record: dict[str, Any]) -> Any:
    """Whether no other record says the same in all the fields; what is not known is nobody's copy."""
    own = [key(record, name) for name in names]
    if VOID in own:
        raise Void
    if None in own:
        return None
    assert isinstance(record, Row)
    return not any([key(other, name) for name in names] == own for other in record.others)


def rank(figure: Node, within: list[str], record: dict[str, Any]) -> Any:
    """One more than how many others of its group have more; a group that is not known may be any."""
    own, home = truth(figure, record), [key(record, name) for name in within]
    if VOID in (own, *home):
        raise Void
    if None in (own, *home):
        return None
    assert isinstance(record, Row)
    best = worst = 1
    for other in record.others:
        said, there = truth(figure, other), [key(other, name) for name in within]
        if VOID in (said, *there) or (None not in there and there != home):
            continue
        low, high = (-math.inf, math.inf) if said is None else said
        best += low > own[1] and None not in there
        worst += high > own[0]
    return float(best), float(worst)


def key(record: dict[str, Any], name: str) -> Any:
    """What a record says in a field: VOID, None (not known), or something to compare."""
    if record.get(name) == EXEMPT:
        return VOID
    said = days(record.get(name)) if name in "de" else cell(record.get(name))
    if isinstance(said, tuple):
        return said[0] if said[0] == said[1] else None
    return said.casefold() if isinstance(said, str) else said


def meets(outcomes: list[str]) -> bool | None:
    """Whether those of the rules that apply are met."""
    asked = [one for one in outcomes if one != "not_applicable"]
    if not asked:
        raise Void
    if {"fail", "not_due"} & {*asked}:
        return False
    return True if {*asked} == {"pass"} else None


def truth(node: Node, record: dict[str, Any]) -> Any:
    """True, False, None (unknown) or VOID."""
    try:
        return value(node, record)
    except Void:
        return VOID


def answers(node: Node) -> bool:
    """A no of ``x and y`` may only say "another case"; any other no is an answer."""
    match node:
        case Binary("and", _, _):
            return False
        case Binary("or", a, b):
            return answers(a) and answers(b)
    return True


def count_of(truths: list[Any]) -> Any:
    yes, unknown, void = (sum(x is one for x in truths) for one in (True, None, VOID))
    if void and not unknown and False not in truths:
        return Open((float(yes), float(yes + void)))
    return float(yes), float(yes + unknown + (0 if False in truths else void))


class Open(tuple[float, float]):
    """A count with parts that do not apply: where its ends do not decide, there is no answer."""


def chosen(met: Any, a: Node, b: Node, record: dict[str, Any]) -> Any:
    """What is chosen; where nobody knows, what both allow."""
    if met is VOID:
        raise Void
    if met is not None:
        return value(a if met else b, record)
    one, other = (VOID if isinstance(x, OfNothing) else x for x in (truth(a, record), truth(b, record)))
    if all(x is VOID or isinstance(x, Open) for x in (one, other)) and VOID in (one, other):
        raise Void
    if one is None or other is None or VOID in (one, other):
        return None
    if not isinstance(one, tuple):
        return one if one == other else None
    hull = min(one[0], other[0]), max(one[1], other[1])
    return Open(hull) if isinstance(one, Open) and isinstance(other, Open) else hull


def row_of(entry: Entry, keys: list[Any]) -> Any:
    """What a table gives for its keys: each row that the key may be in is looked at."""
    if entry is None:
        return None
    if isinstance(entry, ByText | ByNumber) and keys[0] is None:  # what all rows say holds whatever stands there
        rows = [one for _, one in entry.rows] if isinstance(entry, ByText) else entry.entries
        given = [row_of(one, keys[1:]) for one in rows]
        return given[0] if all(one is not None and one == given[0] for one in given) else None
    match entry:
        case ByText(rows):
            return row_of(dict(rows)[keys[0]], keys[1:]) if keys[0] in dict(rows) else None
        case ByNumber(edges, entries):
            low, high = keys[0]
            ends = [-math.inf, *(edge for edge, _ in edges), math.inf]
            up_to = [False, *(belongs for _, belongs in edges), False]
            found = []
            for i, one in enumerate(entries):
                room = [slack(end, end) if math.isfinite(end) else 0.0 for end in ends]
                above = high > ends[i] + room[i] if up_to[i] else high >= ends[i] - room[i]
                under = low <= ends[i + 1] + room[i + 1] if up_to[i + 1] else low < ends[i + 1] - room[i + 1]
                if above and (under or ends[i + 1] == math.inf):
                    found.append(row_of(one, keys[1:]))
            return None if None in found else (min(x for x, _ in found), max(y for _, y in found))
    ((_, number),) = entry
    return number, number


class OfNothing(tuple[float, float]):
    """Something, or perhaps something, divided by zero: no limit is met by it, but an upper one is exceeded."""


def as_open(result: Any, of: Any) -> Any:
    """What is worked out with an open count is open too, unless its ends decide."""
    if any(isinstance(x, OfNothing) for x in of):
        if result is None:
            raise Void
        return OfNothing(result)
    if isinstance(result, bool) or not any(isinstance(x, Open) for x in of):
        return result
    if result is None:
        raise Void
    return Open(result)


def days(written: str | None) -> Any:
    """The first and the last day that the text may mean, found by trying each day of its year."""
    if written is None:
        return None
    year, part = int(written[:4]), written[5:]
    all_days = [date(year, 1, 1) + timedelta(days=k) for k in range(366)]
    meant = [
        (day - EPOCH).days
        for day in all_days
        if day.year == year
        and (not part or part in (f"{day:%m-%d}", f"{day:%m}", f"Q{(day.month + 2) // 3}", f"H{(day.month + 5) // 6}"))
    ]
    return float(min(meant)), float(max(meant))


def spanned(start: float, end: float, step: int) -> float:
    """So many months each, counted one by one, and the share of the days of the one that is begun."""
    if end < start:
        return -spanned(end, start, step)
    first, last = (EPOCH + timedelta(days=int(day)) for day in (start, end))
    full, done = 0, first
    while True:
        year, month = divmod(first.year * 12 + first.month - 1 + (full + 1) * step, 12)
        ends = calendar.monthrange(year, month + 1)[1]
        following = date(year, month + 1, min(first.day, ends))
        if following > last:
            return full + (last - done).days / (following - done).days
        full, done = full + 1, following


def cell(x: Any) -> Any:
    if x == EXEMPT:
        raise Void
    if isinstance(x, bool) or x is None or isinstance(x, str):
        return x
    return x if isinstance(x, tuple) else (float(x), float(x))


def pair(a: Node, b: Node, record: dict[str, Any]) -> tuple[Any, Any]:
    voids = 0
    got: list[Any] = []
    for node in (a, b):
        try:
            got.append(value(node, record))
        except Void:
            voids += 1
    if voids:
        raise Void
    return got[0], got[1]


def coalesce(arguments: tuple[Node, ...], record: dict[str, Any]) -> Any:
    """The first known; a void counts as an answer, but only where everything before it is unknown. Every field has a
    column here, so that no constant stands in for one."""
    for i, node in enumerate(arguments):
        if not names_in(node) and any(names_in(a) for a in arguments[:i]):
            continue
        x = value(node, record)
        if x is not None:
            return x
        if any(record[name] in MISFORMED for name in names_in(node) if isinstance(record.get(name), str)):
            return None  # what is written there is no blank to be filled
    return None


def arithmetic(op: str, x: Any, y: Any) -> Any:
    if op == "/" and y == (0.0, 0.0):
        if x is not None and x[1] <= 1e-12:
            raise Void
        return OfNothing((math.inf if x is not None and x[0] > 1e-12 else 0.0, math.inf))
    if x is None or y is None:
        return None
    if op == "+":
        return x[0] + y[0], x[1] + y[1]
    if op == "-":
        return x[0] - y[1], x[1] - y[0]
    if op == "/" and y[0] < 0 < y[1]:
        return -math.inf, math.inf
    if op == "/":  # what comes near to 0 has the sign of its other end there
        y = (y[0] + 0.0, -0.0 if y[1] == 0 and y[0] < 0 else y[1])
    corners = [corner(op, a, b) for a in x for b in y]
    return None if any(math.isnan(c) for c in corners) else (min(corners), max(corners))


def corner(op: str, a: float, b: float) -> float:
    if op == "*":
        return a * b
    if b == 0:
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)
    return a / b


def slack(a: float, b: float) -> float:
    size = max(abs(a), abs(b))
    return (0.0 if math.isinf(size) else size) * 1e-9 + 1e-12


def at_least(x: Any, y: Any) -> bool | None:
    if x[0] >= y[1] - slack(x[0], y[1]):
        return True
    return False if x[1] < y[0] - slack(x[1], y[0]) else None


def equal(x: Any, y: Any) -> bool | None:
    if not isinstance(x, tuple):
        return x == y
    room = slack(x[0], y[0])
    if x[0] > y[1] + room or x[1] < y[0] - room:
        return False
    return True if abs(x[0] - y[1]) <= room and abs(x[1] - y[0]) <= room else None


def compare(op: str, x: Any, y: Any) -> bool | None:
    if x is None or y is None:
        return None
    match op:
        case "==":
            return equal(x, y)
        case "!=":
            same = equal(x, y)
            return None if same is None else not same
        case ">=":
            return at_least(x, y)
        case "<=":
            return at_least(y, x)
        case ">":
            less = at_least(y, x)
            return None if less is None else not less
    more = at_least(x, y)
    return None if more is None else not more


def against_nothing(op: str, x: Any, y: Any) -> bool | None:
    """What a quotient over zero can be denied, never granted: it is too large, or it may be."""
    if op in ("==", "!="):
        raise Void
    x, y = (side or (math.nan, math.nan) for side in (x, y))
    if op in ("<", "<="):
        x, y, op = y, x, {"<": ">", "<=": ">="}[op]
    if x[0] == y[0] and math.isinf(x[0]):
        raise Void
    if compare(op, x, y) is False:
        return False
    if math.inf in (y[1], -x[0]):
        return None
    raise Void


def call(function: str, arguments: list[Any]) -> Any:
    if any(a is None for a in arguments):
        return None
    match function:
        case "matches" | "starts_with" | "ends_with" | "contains" if "***" in arguments[0]:
            return None
        case "is_identity_number":
            return arguments[0] == "valid"
        case "is_division_code" | "is_credit_code" if "***" in arguments[0]:
            return None
        case "is_division_code":
            return DIVISIONS.get(arguments[0], False)
        case "is_credit_code":
            return is_credit_code(arguments[0])
        case "round":
            low, high = arguments[0]
            tens = 10.0 ** (arguments[1][0] if len(arguments) > 1 else 0)
            ends = step(half_up, (low * tens, high * tens))
            return ends[0] / tens, ends[1] / tens
        case "matches":
            return re.fullmatch(arguments[1], arguments[0]) is not None
        case "starts_with":
            return arguments[0][: len(arguments[1])] == arguments[1]
        case "ends_with":
            return arguments[0][len(arguments[0]) - len(arguments[1]) :] == arguments[1]
        case "contains":
            return arguments[0].find(arguments[1]) >= 0
        case "days_between":
            start, end = arguments
            return end[0] - start[1], end[1] - start[0]
        case "months_between" | "years_between":
            start, end = arguments
            each = 1 if function == "months_between" else 12
            return spanned(start[1], end[0], each), spanned(start[0], end[1], each)
        case "length":
            return float(len(arguments[0])), float(len(arguments[0]))
        case "min":
            return min(a[0] for a in arguments), min(a[1] for a in arguments)
        case "max":
            return max(a[0] for a in arguments), max(a[1] for a in arguments)
        case "abs":
            low, high = arguments[0]
            ends = abs(low), abs(high)
            return (0.0 if low <= 0 <= high else min(ends)), max(ends)
        case "ceil":
            return step(math.ceil, arguments[0])
        case "floor":
            return step(math.floor, arguments[0])
    raise TypeError(function)


def step(function: Any, x: tuple[float, float]) -> tuple[float, float]:
    def one(a: float) -> float:
        if math.isinf(a):
            return a
        whole = round(a)
        return float(whole) if abs(a - whole) <= 1e-9 * max(abs(a), 1.0) else float(function(a))

    return one(x[0]), one(x[1])


def half_up(x: float) -> float:
    return math.copysign(math.floor(abs(x) + 0.5 + 1e-9), x)


def is_credit_code(text: str) -> bool:
    """GB 32100: the sum of all signs, each by its power of 3, is a multiple of 31."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(text) != 18 or any(sign not in signs for sign in text) or not text[2:8].isdigit():
        return False
    return (sum(signs.index(sign) * 3**at for at, sign in enumerate(text[:17])) + signs.index(text[17])) % 31 == 0
