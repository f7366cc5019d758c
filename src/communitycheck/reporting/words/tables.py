"""The tables that a rule asks, row by row: in words for a card, as plain data for machines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from communitycheck.model.expression import TableOf, walk
from communitycheck.model.expression.lookup_table import ByNumber, ByText, DatedNumbers, Entry, LookupTable
from communitycheck.model.standard import Rule
from communitycheck.reporting.words.numbers import clean, grouped, plain, stated
from communitycheck.reporting.words.rules import RuleWords

Row = tuple[tuple[str, ...], DatedNumbers | None]  # what each key has to be, and the number


def tables_of(rule: Rule) -> list[LookupTable]:
    """The tables that the rule asks, each once."""
    nodes = (node for whole in rule.expressions for node in walk(whole))
    return list(dict.fromkeys(node.table for node in nodes if isinstance(node, TableOf)))


def table_lines(table: LookupTable, words: RuleWords) -> list[str]:
    """The table's name and clause, then a line for each row."""
    head = table.name + (words.say("brackets", text=table.clause) if table.clause else "")
    return [head, *(_line(keys, numbers, table, words) for keys, numbers in _rows(table.rows, words))]


def table_object(table: LookupTable, words: RuleWords) -> dict[str, object]:
    return {
        "name": table.name,
        "unit": table.unit or None,
        "clause": table.clause,
        "layer": table.layer,
        "note": table.note.in_lang(words.wording.lang) or None,
        "rows": [
            {
                "keys": list(keys),
                "values": [
                    {"from": start.isoformat() if start else None, "value": clean(value)}
                    for start, value in numbers or ()
                ],
            }
            for keys, numbers in _rows(table.rows, words)
        ],
    }


def _line(keys: tuple[str, ...], numbers: DatedNumbers | None, table: LookupTable, words: RuleWords) -> str:
    say, lang = words.say, words.wording.lang
    told = []
    for start, value in numbers or ():
        text = stated(value, table.unit, lang)
        told.append(text if start is None else say("card-from", start=start.isoformat(), text=text))
    shown = say("semicolon").join(told) or say("table-none")
    return say("table-row", keys=say("comma").join(keys), value=shown)


def _rows(entry: Entry, words: RuleWords, keys: tuple[str, ...] = ()) -> Iterator[Row]:
    match entry:
        case ByText(rows):
            for text, one in rows:
                yield from _rows(one, words, (*keys, text))
        case ByNumber(edges, entries):
            ends = [None, *edges, None]
            for one, (low, high) in zip(entries, pairwise(ends), strict=True):
                if one is not None or high is not None:
                    yield from _rows(one, words, (*keys, _range(low, high, words)))
        case _:
            yield keys, entry


def _range(low: tuple[float, bool] | None, high: tuple[float, bool] | None, words: RuleWords) -> str:
    """``3,000 以上、5,000 以下`` with what belongs: not below 3,000, below 5,000."""
    parts = []
    if low is not None:
        parts.append(words.say("table-over" if low[1] else "table-from", value=grouped(plain(low[0]))))
    if high is not None:
        parts.append(words.say("table-up-to" if high[1] else "table-below", value=grouped(plain(high[0]))))
    return words.say("table-and").join(parts)
