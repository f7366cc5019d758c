"""Cases to begin with: for each rule of a new standard at its limit, below it and with a blank cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communitycheck.checking.table_of_records import RecordValue
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Name, Node, Number, String, names_in
from communitycheck.model.result import Outcome
from communitycheck.model.standard import Rule
from communitycheck.printable import as_json
from communitycheck.products.rulebook.case import Case
from communitycheck.products.rulebook.cases import run_cases
from communitycheck.standards import RuleBook

_HEAD = """\
# yaml-language-server: $schema={schema}
#
# 用例：给出几个字段，写明应得的结论；改了规则就再跑一遍
# Cases: a few fields and the outcome that they must have; run them again after every change
#
#   communitycheck rules test {file}
standard: {id}
cases:
"""


def starter_cases(standard_id: str, file: str, schema: str, book: RuleBook) -> str:
    """The text of a case file for the rules of ``standard_id``; empty where no case comes to mind."""
    standard = book.standard(standard_id)
    dictionary = standard.dictionary_on(book.dictionary)
    cases = [
        Case(standard_id, rule.id, name, (record,), (Outcome.PASS,), every=True)
        for rule in standard.rules
        if rule.layer == standard_id and rule.manual is None and not rule.by
        for name, record in _records(rule, dictionary)
    ]
    lines = [
        f"  - rule: {as_json(result.case.rule)}\n    name: {result.case.name}\n"
        f"    records: [{_flow(result.case.records[0])}]\n    outcome: {result.found[0].word}\n"
        for result in run_cases(cases, book)
        if result.found and result.found[0] is not Outcome.ERROR
    ]
    return _HEAD.format(schema=schema, file=file, id=as_json(standard_id)) + "\n".join(lines) if lines else ""


def _records(rule: Rule, dictionary: Dictionary) -> Iterator[tuple[str, Mapping[str, RecordValue]]]:
    scope = _scope(rule.where)
    if scope is None or rule.indicator is None or rule.threshold is None:
        return
    read = {*names_in(rule.indicator), *(n for limit in rule.threshold.limits for n in names_in(limit.value))}
    blank: dict[str, RecordValue] = {name: None for name in sorted(read) if name in dictionary.fields}
    if not isinstance(rule.indicator, Name):
        yield "空白 blank", {**scope, **blank}
        return
    name, limit = rule.indicator.name, rule.threshold.limits[-1].value
    if rule.threshold.comparison.form == "truth":
        values: list[tuple[str, RecordValue]] = [("有 yes", True), ("无 no", False)]
    elif isinstance(limit, Number) and rule.threshold.comparison.form == "limit":
        less = limit.value - 1 if limit.value > 1 else limit.value * 0.9
        values = [("恰在限值 at the limit", limit.value), ("低于限值 below it", less)]
    else:
        values = []
    for text, value in (*values, ("空白 blank", None)):
        yield text, {**scope, **blank, name: value}


def _scope(where: Node | None) -> dict[str, RecordValue] | None:
    """A record in scope, where that is plain."""
    match where:
        case None:
            return {}
        case Binary("==", Name(name), String(value)):
            return {name: value}
        case _:
            return None


def _flow(record: Mapping[str, RecordValue]) -> str:
    def said(value: RecordValue) -> str:
        return f"{value:.12g}" if isinstance(value, float) else as_json(value)

    return "{" + ", ".join(f"{key}: {said(value)}" for key, value in record.items()) + "}"
