"""The right answer of a case, held against what the tool said. What a case does not state is not looked at.

| key | what must hold |
|---|---|
| ``rows`` | one letter for each row (see ``answers.LETTERS``); by sheet where there are several |
| ``entity`` | what all records are |
| ``names`` | the records' names, in the order of the file |
| ``records`` | how many, or by name what they hold; of fields not given nothing is said |
| ``outcomes`` | by rule and subject |
| ``verdicts`` | how many subjects a rule has |
| ``exit`` | the exit code, or those that will do |
| ``notices``, ``silent`` | codes, with the cell after ``@``, that must and must not be said; ``a, b`` is either |
| ``refused`` | the code of the refusal, or true for any |
| ``as_of`` | the date judged by |
| ``never`` | names that no subject may bear |
| ``no_pass`` | nothing passes |
| ``either`` | other answers that are right as well |
"""

from __future__ import annotations

from typing import Any

from cases.answers import Answer


def differences(right: dict[str, Any], got: Answer) -> list[str]:
    """Empty where the answer is right; else what is not, by the nearest of the right answers."""
    answers = [right, *right.get("either", [])]
    return min((_against(one, got) for one in answers), key=len)


def _against(right: dict[str, Any], got: Answer) -> list[str]:
    wrong: list[str] = []
    for key, wanted in right.items():
        if key != "either":
            wrong += CHECKS[key](wanted, got)
    return wrong


def _same(what: str, wanted: Any, found: Any) -> list[str]:
    return [] if wanted == found else [f"{what}: {found} instead of {wanted}"]


def _alike(wanted: str, name: str, got: Answer) -> bool:
    """Rows of units and of numbers are told by their counts alone, or as rows of the header."""
    counts, found = got.counts.get(name, {}), got.rows.get(name, "")
    if counts and any(counts.get(letter, 0) != wanted.count(letter) for letter in "UI"):
        return False
    pairs = zip(wanted, found, strict=False)
    return len(wanted) == len(found) and all(is_ == right or (right in "UI" and is_ in "UIH.") for right, is_ in pairs)


def _rows(wanted: Any, got: Answer) -> list[str]:
    if isinstance(wanted, str):
        wanted = {next(iter(got.rows), ""): wanted}
    return [
        f"rows {name}: {got.rows.get(name)} {got.counts.get(name)} instead of {one}"
        for name, one in wanted.items()
        if not _alike(one, name, got)
    ]


def _records(wanted: Any, got: Answer) -> list[str]:
    if isinstance(wanted, int):
        return _same("records", wanted, len(got.records))
    wrong = []
    for name, fields in wanted.items():
        held = [record for record in got.records if record["name"] == name]
        if not held:
            wrong.append(f"no record {name}")
        for key, value in (fields or {}).items() if held else ():
            wrong += _same(f"{name} {key}", value, held[0].get(key))
    return wrong


def _outcomes(wanted: dict[str, dict[str, Any]], got: Answer) -> list[str]:
    wrong = []
    for rule, by_name in wanted.items():
        for name, outcome in by_name.items():
            found = got.outcomes.get(rule, {}).get(name)
            if found not in (outcome if isinstance(outcome, list) else [outcome]):
                wrong.append(f"{rule} {name}: {found} instead of {outcome}")
    return wrong


def _said(notice: str, got: Answer) -> bool:
    for one in notice.split(", "):
        code, _, at = one.partition("@")
        if code in got.refused or (code in got.notices and (not at or at in got.notices[code])):
            return True
    return False


CHECKS = {
    "rows": _rows,
    "records": _records,
    "outcomes": _outcomes,
    "verdicts": lambda wanted, got: [
        line for rule, n in wanted.items() for line in _same(f"verdicts of {rule}", n, got.verdicts.get(rule, 0))
    ],
    "entity": lambda wanted, got: _same("entity", {wanted}, set(got.entities)),
    "names": lambda wanted, got: _same("names", wanted, [record["name"] for record in got.records]),
    "exit": lambda wanted, got: (
        []
        if got.exit in (wanted if isinstance(wanted, list) else [wanted])
        else [f"exit {got.exit} instead of {wanted}"]
    ),
    "notices": lambda wanted, got: [f"not said: {one}" for one in wanted if not _said(one, got)],
    "silent": lambda wanted, got: [f"said: {one} {got.notices.get(one)}" for one in wanted if _said(one, got)],
    "refused": lambda wanted, got: (
        [] if got.refused and wanted in (True, got.refused[0]) else [f"refused: {got.refused} instead of {wanted}"]
    ),
    "as_of": lambda wanted, got: _same("as of", str(wanted), got.as_of),
    "never": lambda wanted, got: [f"a subject {r['name']}" for r in got.records if r["name"] in wanted],
    "no_pass": lambda wanted, got: [
        f"{rule} passes {name}" for rule, held in got.outcomes.items() for name, word in held.items() if word == "pass"
    ],
}
