"""The answers that cases gave, put in the place of those that were expected; nothing else of a file changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import unified_diff
from math import isnan

import yaml

from communitycheck.products.rulebook.case import CaseResult

Change = tuple[int, int, str]


def changed_text(text: str, results: Iterable[CaseResult]) -> tuple[str, list[CaseResult]]:
    """``text`` of a case file with what the failed ``results`` gave, and those whose answer has no place in it.

    Comments and everything else stay as they are.
    """
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    assert tree is not None
    cases = _entries(tree)["cases"][1].value
    changes: list[Change] = []
    left: list[CaseResult] = []
    for result in results:
        nothing = result.error is not None or not (result.found or result.marks)
        found = None if nothing else _changes(result, cases[result.case.number])
        if found is None:
            left.append(result)
        else:
            changes += found
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text, left


def difference(name: str, before: str, after: str) -> str:
    """What changes in the file, as a unified diff."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _entries(node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The entries of a mapping by key: (key, value)."""
    return {key.value: (key, value) for key, value in node.value}


def _changes(result: CaseResult, case: yaml.Node) -> list[Change] | None:
    entries = _entries(case)
    if result.marks:
        return _mark_changes(result, entries)
    found = [o.word for o in result.found]
    changes = []
    if "outcome" in entries:
        key, value = entries["outcome"]
        if len(set(found)) == 1:
            changes.append(_put(value, found[0]))
        else:
            changes += [_put(key, "outcomes"), _put(value, f"[{', '.join(found)}]")]
    else:
        value = entries["outcomes"][1]
        if isinstance(value, yaml.MappingNode) or len(value.value) != len(found):
            return None  # nothing tells which answer belongs to which name
        changes += [_put(one, word) for one, word in zip(value.value, found, strict=True)]
    for name, amount in (("shortfall", result.shortfall), ("add", result.add)):
        if name in entries:
            if amount is None or isnan(amount):
                return None
            changes.append(_put(entries[name][1], f"{amount:.10g}"))
    return changes


def _mark_changes(result: CaseResult, entries: dict[str, tuple[yaml.Node, yaml.Node]]) -> list[Change] | None:
    """Score and grade; where the subjects of a case differ, nothing tells which is meant."""
    first = result.marks[0]
    if any(mark != first for mark in result.marks) or first.points is None or isnan(first.points[0]):
        return None
    if not {"score", "grade"} & entries.keys():
        return None
    changes = []
    if "score" in entries:
        ends = [f"{end:.10g}" for end in dict.fromkeys(round(end, 2) for end in first.points)]
        changes.append(_put(entries["score"][1], ends[0] if len(ends) == 1 else f"[{', '.join(ends)}]"))
    if "grade" in entries:
        if not first.grades:
            return None
        odd = set(",[]{}:#\"'")
        names = [json.dumps(name, ensure_ascii=False) if odd & set(name) else name for name in first.grades]
        changes.append(_put(entries["grade"][1], names[0] if len(names) == 1 else f"[{', '.join(names)}]"))
    return changes


def _put(node: yaml.Node, new: str) -> Change:
    return node.start_mark.index, node.end_mark.index, new
