"""Waivers as JSON objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from communitycheck.model.waiver import OwnExplanation, Waiver, WaiversApplied
from communitycheck.reporting.json_objects import Object
from communitycheck.reporting.waivers.words import STATES


def waiver_objects(applied: WaiversApplied) -> Iterator[Object]:
    """What became of each, in the order of the file."""
    for one in applied.outcomes:
        waiver, subject = one.waiver, one.waiver.subject
        yield {
            "line": waiver.line,
            "rule": waiver.rule,
            "standard": waiver.standard or None,
            "subject": {
                "code": subject.code or None,
                "name": subject.name or None,
                "pattern": subject.pattern or None,
                "region": subject.region or None,
            },
            **_terms(waiver),
            "state": one.word,
            "use": one.use.value,
            "subjects": one.subjects,
            "fails": one.fails,
            "waived": one.waived,
            "near": one.near or None,
        }


def file_object(applied: WaiversApplied) -> Object:
    return {"path": applied.path, "sha256": applied.sha256}


def states_object(applied: WaiversApplied) -> Object:
    """How many stand where."""
    counts = Counter(one.word for one in applied.outcomes)
    return {state: counts[state] for state in STATES}


def excuse_object(one: Waiver | OwnExplanation, day: date | None) -> Object:
    """What a fail is excused by."""
    if isinstance(one, OwnExplanation):
        at = one.at
        cell = None if at is None else {"path": at.path, "sheet": at.sheet, "row": at.row, "cell": one.cell or at.cell}
        return {"kind": "explanation", "reason": one.reason, "approved_by": None, "expires": None, "at": cell}
    return {"kind": "waiver", **_terms(one), "state": None if day is None else one.state(day).value, "line": one.line}


def _terms(waiver: Waiver) -> Object:
    return {
        "reason": waiver.reason,
        "approved_by": waiver.approver,
        "document": waiver.document or None,
        "from": _day(waiver.start),
        "expires": _day(waiver.until),
        "remedy_by": _day(waiver.remedy_by),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
