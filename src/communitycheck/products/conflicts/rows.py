"""What ``conflicts`` found as rows: as CSV, and as JSON (``communitycheck-conflicts/1``: ``conflicts-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.planning.conflicts import ReturnConflicts
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.lines import conflict_lines, perhaps_lines
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
)


def conflicts_csv(found: FoundConflicts, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    yield record([wording.say(code) for code in COLUMNS])
    for row in rows(found, wording):
        yield record([cell(text) for text in row])


def rows(found: FoundConflicts, wording: Wording) -> Iterator[tuple[str, ...]]:
    """The cells of each row: whom, which field, and its value and place in both returns; then, without a field, those
    of whom nobody knows whether both list them, by their names and with the reason."""
    for pair in found.pairs:
        for one in conflict_lines(pair, wording):
            who = one.subject
            yield (
                who.entity, wording.region(who), who.name, who.code, one.field, one.value, one.at, one.other,
                one.other_at, "",
            )  # fmt: skip
        for asked in perhaps_lines(pair):
            who, *_ = asked.subjects
            names = (wording.listed(map(wording.name, some)) for some in (asked.subjects, asked.others))
            places = (wording.listed(some) for some in (asked.at, asked.other_at))
            (one_name, other_name), (one_at, other_at) = names, places
            yield (
                who.entity, wording.region(who), who.name, who.code, "", one_name, one_at, other_name, other_at,
                asked.reason(wording),
            )  # fmt: skip


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
    yield from array("conflicts", (one for pair in found.pairs for one in _objects(pair, wording)))
    yield from array("perhaps_in_common", (one for pair in found.pairs for one in _perhaps(pair)), last=True)
    yield "}\n"


def _pair(one: ReturnConflicts) -> Object:
    return {
        "returns": [one.path, one.other],
        "entity": one.table.entity,
        "subjects_in_common": one.common,
        "cells_compared": one.compared,
        "conflicts": one.count,
        "questions": len(one.perhaps),
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
