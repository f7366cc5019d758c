"""Run a standard's own rules in DuckDB and in Polars: ``python bench/engines.py RETURN.csv [-s STANDARD]``.

A proof, not a part of the product: the nodes of a parsed rule file become SQL and Polars expressions without a change
to the rules, and both engines must give every record the outcome and the shortfall that ``check`` gives.

What it covers: rules of single records with ``at_least``, arithmetic, comparisons, ``and or not in``, ``min max ceil
floor abs coalesce``; blanks as unknown; the tolerance of comparing; a zero denominator as not applicable. What it does
not: reading a messy return (the header is taken from how ``check`` found it, and a cell is a number or unknown, so
约三百 is lost), plausible ranges, bounds such as 300余, groups, due dates, waivers, notices, places in the file.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from communitycheck import check
from communitycheck.model.expression import (
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    String,
    Truth,
    Unary,
    names_in,
    walk,
)
from communitycheck.model.expression.folding import settled_rule
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.model.standard import Rule

OPERATORS = {"==": "=", "!=": "<>"}
FUNCTIONS = {"max": "greatest", "min": "least", "ceil": "ceil", "floor": "floor", "abs": "abs", "coalesce": "coalesce"}


def sql(node: Node) -> str:
    """The expression as SQL; a comparison of what is unknown is unknown there as well."""
    match node:
        case Number(value):
            return f"({value!r}::DOUBLE)"
        case String(value):
            return "'" + value.replace("'", "''") + "'"
        case Truth(value):
            return str(value).lower()
        case Name(name):
            return f'"{name}"'
        case Unary(op, operand):
            return f"({op} {sql(operand)})"
        case Binary("/", left, right):
            return f"({sql(left)} / nullif({sql(right)}, 0))"
        case Binary("in" | "not in" as op, left, ListOf(items)):
            return f"({sql(left)} {op} ({', '.join(map(sql, items))}))"
        case Binary(op, left, right):
            return f"({sql(left)} {OPERATORS.get(op, op)} {sql(right)})"
        case Call("max" | "min" as function, arguments):  # greatest() passes over what is unknown; a rule does not
            known = " or ".join(f"{sql(a)} is null" for a in arguments)
            return f"(case when {known} then null else {FUNCTIONS[function]}({', '.join(map(sql, arguments))}) end)"
        case Call(function, arguments) if function in FUNCTIONS:
            return f"{FUNCTIONS[function]}({', '.join(map(sql, arguments))})"
    raise NotImplementedError(f"not covered by this proof: {node}")


def verdict_sql(rule: Rule) -> str:
    """Two columns for a rule: the outcome's number, and the shortfall where it is missed."""
    where, observed, required, zero = _parts(rule)
    scope = "true" if where is None else sql(where)
    a, b = sql(observed), sql(required)
    void = " or ".join(f"coalesce({sql(d)} = 0, false)" for d in zero) or "false"
    met = f"({a} >= {b} - (greatest(abs({a}), abs({b})) * 1e-9 + 1e-12))"
    outcome = (
        f"case when not {scope} then {Outcome.NOT_APPLICABLE:d} when {scope} is null then {Outcome.NO_DATA:d} "
        f"when {void} then {Outcome.NOT_APPLICABLE:d} when {met} then {Outcome.PASS:d} "
        f"when not {met} then {Outcome.FAIL:d} else {Outcome.NO_DATA:d} end"
    )
    return f'{outcome} as "{rule.id}", {b} - {a} as "{rule.id} short"'


def expression(node: Node) -> pl.Expr:
    """The same as a Polars expression. Polars speaks SQL too; its own expressions are what Spark's resemble."""
    match node:
        case Number(value) | String(value) | Truth(value):
            return pl.lit(value)
        case Name(name):
            return pl.col(name)
        case Unary("not", operand):
            return ~expression(operand)
        case Unary(_, operand):
            return -expression(operand)
        case Binary("/", left, right):
            below = expression(right)
            return expression(left) / pl.when(below != 0).then(below)
        case Binary("in" | "not in" as op, left, ListOf(items)):
            found = pl.any_horizontal([expression(left) == expression(i) for i in items])
            return found if op == "in" else ~found
        case Binary("and", left, right):
            return expression(left) & expression(right)
        case Binary("or", left, right):
            return expression(left) | expression(right)
        case Binary(op, left, right):
            method = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}.get(op)
            method = method or {"+": "add", "-": "sub", "*": "mul"}[op]
            return getattr(expression(left), method)(expression(right))
        case Call("max" | "min" as function, arguments):
            parts = [expression(a) for a in arguments]
            chosen = pl.max_horizontal(parts) if function == "max" else pl.min_horizontal(parts)
            return pl.when(pl.all_horizontal([p.is_not_null() for p in parts])).then(chosen)
        case Call("coalesce", arguments):
            return pl.coalesce([expression(a) for a in arguments])
        case Call("ceil" | "floor" | "abs" as function, (argument,)):
            return getattr(expression(argument), function)()
    raise NotImplementedError(f"not covered by this proof: {node}")


def verdict_expressions(rule: Rule) -> list[pl.Expr]:
    where, observed, required, zero = _parts(rule)
    scope = pl.lit(True) if where is None else expression(where)
    a, b = expression(observed), expression(required)
    void = pl.any_horizontal([pl.lit(False), *((expression(d) == 0).fill_null(False) for d in zero)])
    met = a >= b - (pl.max_horizontal(a.abs(), b.abs()) * 1e-9 + 1e-12)
    outcome = (
        pl.when(~scope).then(int(Outcome.NOT_APPLICABLE))
        .when(scope.is_null()).then(int(Outcome.NO_DATA))
        .when(void).then(int(Outcome.NOT_APPLICABLE))
        .when(met).then(int(Outcome.PASS))
        .when(~met).then(int(Outcome.FAIL))
        .otherwise(int(Outcome.NO_DATA))
    )  # fmt: skip
    return [outcome.alias(rule.id), (b - a).alias(f"{rule.id} short")]


def _parts(rule: Rule) -> tuple[Node | None, Node, Node, list[Node]]:
    """Scope, observed, required, and the denominators in them."""
    if rule.by or rule.indicator is None or rule.threshold is None or rule.threshold.comparison != "at_least":
        raise NotImplementedError(f"not covered by this proof: {rule.id}")
    limit = rule.threshold.limits[-1].value
    nodes = (*walk(rule.indicator), *walk(limit))
    zero = [n.right for n in nodes if isinstance(n, Binary) and n.op == "/" and not isinstance(n.right, Number)]
    return rule.where, rule.indicator, limit, zero


def source_columns(report: Report, rules: list[Rule]) -> dict[str, tuple[str, dict[str, str]]]:
    """For each field that a rule reads its header in the return and, for a category, written form -> value."""
    found = {}
    for rule in rules:
        assert rule.indicator is not None and rule.threshold is not None
        nodes = [n for n in (rule.where, rule.indicator, rule.threshold.limits[-1].value) if n is not None]
        for key in (k for node in nodes for k in names_in(node)):
            header = next(c.header for c in report.returns[0].sheets[0].columns if c.field == key)
            values = report.dictionary.fields[key].values
            found[key] = header, {form: value for value, forms in values.items() for form in forms}
    return found


def in_duckdb(path: Path, rules: list[Rule], columns: dict[str, tuple[str, dict[str, str]]]) -> dict[str, Any]:
    picked = []
    for key, (header, forms) in columns.items():
        cases = " ".join(f"when {sql(String(form))} then {sql(String(value))}" for form, value in forms.items())
        cell = f'case "{header}" {cases} end' if forms else f'try_cast("{header}" as DOUBLE)'
        picked.append(f'{cell} as "{key}"')
    source = f"select {', '.join(picked)} from read_csv({sql(String(str(path)))}, header = true, all_varchar = true)"
    query = f"with records as ({source}) select {', '.join(map(verdict_sql, rules))} from records"
    found: dict[str, Any] = duckdb.sql(query).fetchnumpy()
    return found


def in_polars(path: Path, rules: list[Rule], columns: dict[str, tuple[str, dict[str, str]]]) -> dict[str, Any]:
    records = pl.scan_csv(path, infer_schema=False).select(
        (pl.col(h).replace_strict(forms, default=None) if forms else pl.col(h).cast(pl.Float64, strict=False)).alias(
            key
        )
        for key, (h, forms) in columns.items()
    )
    frame = records.select(e for rule in rules for e in verdict_expressions(rule)).collect()
    return {name: frame[name].to_numpy() for name in frame.columns}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="a csv whose first line is its header")
    parser.add_argument("-s", "--standard", type=Path, default=Path(__file__).with_name("eight_rules.yaml"))
    options = parser.parse_args()
    start = time.perf_counter()
    report = check(options.path, options.standard, as_of=date(2023, 12, 31))
    print(f"{'communitycheck':<15}{time.perf_counter() - start:8.2f} s")
    parameters = report.standards[0].parameters
    value = {name: p.at(report.as_of) for name, p in parameters.items()}.get
    rules = [settled_rule(r.rule, value) for r in report.results]
    columns = source_columns(report, rules)
    apart = 0
    for name, engine in (("DuckDB", in_duckdb), ("Polars", in_polars)):
        start = time.perf_counter()
        found = engine(options.path, rules, columns)
        seconds = time.perf_counter() - start
        outcomes = shortfalls = fails = 0
        for result in report.results:
            ours, theirs = result.outcome, np.asarray(found[result.rule.id])
            short = np.ma.filled(np.ma.asarray(found[f"{result.rule.id} short"], dtype=float), np.nan)[result.missed]
            outcomes += int((ours != theirs).sum())
            shortfalls += int((~np.isclose(short, result.shortfall, rtol=1e-9, atol=1e-9)).sum())
            fails += len(result.missed)
        total = sum(len(r) for r in report.results)
        print(
            f"{name:<15}{seconds:8.2f} s  {total:,} verdicts, {outcomes:,} of them other than ours; "
            f"{fails:,} shortfalls, {shortfalls:,} of them other than ours"
        )
        apart += outcomes + shortfalls
    sys.exit(1 if apart else 0)


if __name__ == "__main__":
    main()
