"""What ``conflicts`` found as rows: as CSV, and as JSON (``communitycheck-conflicts/1``: ``conflicts-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.returns import Notice
from communitycheck.model.subjects import Subject
from communitycheck.planning.conflicts.find_conflicts import ReturnConflicts
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.lines import conflict_lines, perhaps_lines, unused_lines
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.json_objects import Object, array, line, subject_object
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording
from communitycheck.version import __version__

SCHEMA = "communitycheck-conflicts/1"
COLUMNS = (
    "column-entity",
    "column-region",
    "column-name",
    "column-code",
    "conflicts-column-field",
    "conflicts-column-one",
    "conflicts-column-one-at",
    "conflicts-column-other",
    "conflicts-column-other-at",
    "conflicts-column-questions",
    "conflicts-column-unused",
)


def conflicts_csv(found: FoundConflicts, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    yield record([wording.say(code) for code in COLUMNS])
    for row in rows(found, wording):
        yield record([cell(text) for text in row])


def rows(found: FoundConflicts, wording: Wording) -> Iterator[tuple[str, ...]]:
    """The cells of each row: whom, which field, and its value and place in both returns; then, without a field, those
    of whom nobody knows whether both list them, by their names and with the reason; and what was held against nothing,
    with the reason."""
    for pair in found.pairs:
        for one in conflict_lines(pair, wording):
            who = one.subject
            yield (
                *_whom(who, wording), wording.label(one.field), one.value, one.at, one.other, one.other_at, "", "",
            )  # fmt: skip
        for asked in perhaps_lines(pair):
            who, *_ = asked.subjects
            names = (wording.listed(map(wording.name, some)) for some in (asked.subjects, asked.others))
            places = (wording.listed(some) for some in (asked.at, asked.other_at))
            (one_name, other_name), (one_at, other_at) = names, places
            yield (
                *_whom(who, wording), "", one_name, one_at, other_name, other_at, asked.reason(wording), "",
            )  # fmt: skip
        for odd in unused_lines(pair):
            yield (
                *_whom(odd.subject, wording), wording.label(odd.field), "", odd.at, "", odd.other_at, "",
                odd.reason(wording),
            )  # fmt: skip
    for notice in (*found.why_none, *found.left_out):
        yield (*[""] * 6, str(notice.at), *[""] * 3, wording.notice(notice))


def _whom(who: Subject, wording: Wording) -> tuple[str, str, str, str]:
    return wording.entity(who.entity), wording.region(who), who.name, who.code


def conflicts_json(found: FoundConflicts, wording: Wording) -> Iterator[str]:
    """The pairs of returns, and the conflicts one by one."""
    run = {
        "version": __version__,
        "lang": wording.lang,
        "unread": len(found.unread),
        "exit_code": found.exit_code,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("pairs", (_pair(one) for one in found.pairs))
    yield from array("why_none", (_notice(one, wording) for one in found.why_none))
    yield from array("conflicts", (one for pair in found.pairs for one in _objects(pair, wording)))
    yield from array("perhaps_in_common", (one for pair in found.pairs for one in _perhaps(pair)))
    yield from array("not_held", (one for pair in found.pairs for one in _unused(pair)))
    yield from array("left_out", (_notice(one, wording) for one in found.left_out), last=True)
    yield "}\n"


def _pair(one: ReturnConflicts) -> Object:
    return {
        "returns": [one.one.argument(), one.other.argument()],
        "entity": one.table.entity,
        "period": None if one.period is None else one.period.last.isoformat(),
        "subjects_in_common": one.common,
        "cells_compared": one.compared,
        "conflicts": one.count,
        "questions": len(one.perhaps),
        "not_held": one.left_open,
    }


def _notice(one: Notice, wording: Wording) -> Object:
    return {"code": one.code, "at": str(one.at), "text": wording.notice(one)}


def _unused(pair: ReturnConflicts) -> Iterator[Object]:
    for one in unused_lines(pair):
        yield {
            "subject": subject_object(one.subject),
            "field": one.field,
            "cells": [one.at, one.other_at],
            "states": [state.name.lower() for state in one.states],
        }


def _objects(pair: ReturnConflicts, wording: Wording) -> Iterator[Object]:
    for one in conflict_lines(pair, wording):
        yield {
            "subject": subject_object(one.subject),
            "field": one.field,
            "values": [one.value, one.other],
            "cells": [one.at, one.other_at],
        }


def _perhaps(pair: ReturnConflicts) -> Iterator[Object]:
    for one in perhaps_lines(pair):
        yield {
            "subjects": [[subject_object(who) for who in some] for some in (one.subjects, one.others)],
            "cells": [one.at, one.other_at],
            "why": one.why,
        }
