"""The front door of ``conflicts``: returns are read and placed, and held against each other two by two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from communitycheck.check import check
from communitycheck.errors import ReturnError, UsageError
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.planning.conflicts import ReturnConflicts, find_conflicts
from communitycheck.printable import clip, one_line
from communitycheck.products.conflicts.lines import conflict_lines
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.json_objects import Object, array, line, subject_object
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.batch.read_many import Progress
from communitycheck.version import __version__

FORMATS = ("text", "json", "csv", "markdown")
SCHEMA = "communitycheck-conflicts/1"
LISTED = 10  # lines of a list before the rest is counted
NAME = 30
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
)


@dataclass(frozen=True, slots=True)
class FoundConflicts:
    """What each two returns say differently, and the report whose words it has."""

    report: Report
    pairs: list[ReturnConflicts]

    @property
    def unread(self) -> list[ReturnError]:
        return self.report.unread


def conflicts(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    mapping: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundConflicts:
    """Find what returns of one period say differently of the same subjects: two departments, say.

    Args:
        paths, standards, rules_dir, region, as_of, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        UsageError, RuleFileError: as ``check``.
    """
    report = check(
        paths,
        standards,
        rules_dir=rules_dir,
        region=region,
        as_of=as_of,
        mapping=mapping,
        jobs=jobs,
        cache=cache,
        progress=progress,
    )
    tables = (records.table for records in report.records)
    return FoundConflicts(report, list(find_conflicts(tables, report.dictionary)))


def render_conflicts(
    found: FoundConflicts,
    format: str,
    lang: Lang,
    *,
    colour: bool = False,
    width: int | None = None,
    details: bool = False,
) -> Iterator[str]:
    """What was found in one of ``FORMATS``.

    Args:
        colour, width: of ``text``: colours of a terminal, cells in a line (100 by default).
        details: ``text`` and ``markdown`` list every cell in place of the first.

    Raises:
        UsageError: it is none of them.
    """
    wording = Wording.of(found.report, lang)
    match format:
        case "text":
            return Page(width, colour).draw_all(_blocks(found, wording, details=details))
        case "markdown":
            return markdown.draw_blocks(_blocks(found, wording, details=details))
        case "json":
            return _json(found, wording)
        case "csv":
            return _csv(found, wording)
        case _:
            raise UsageError("format-unknown", format=format, known=", ".join(FORMATS))


def _blocks(found: FoundConflicts, wording: Wording, *, details: bool) -> list[Block]:
    say = wording.say
    head = Block("conflicts", say("conflicts-title"), columns=[
        TableColumn(say("conflicts-column-one"), wrap=True, least=14),
        TableColumn(say("conflicts-column-other"), wrap=True, least=14),
        TableColumn(say("column-entity"), wrap=True, least=6),
        TableColumn(say("conflicts-column-common"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-compared"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-count"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-questions"), right=True, named=True, wrap=True, least=8),
    ])  # fmt: skip
    for one in found.pairs:
        asked = count(one.questions) if one.questions else ""
        head.add_row(
            one_line(one.path), one_line(one.other), wording.entity(one.table.entity), count(one.common),
            count(one.compared), count(one.count), asked, tone="bad" if one.count else "",
        )  # fmt: skip
    if not found.pairs:
        head.lines.append(say("conflicts-none"))
    return [head.without_blanks(), *(_listed(one, wording, details=details) for one in found.pairs if one.count)]


def _listed(one: ReturnConflicts, wording: Wording, *, details: bool) -> Block:
    say = wording.say
    title = say("conflicts-heading", one=one_line(one.path), other=one_line(one.other), n=count(one.count))
    block = Block("conflicts-pair", title, columns=[
        TableColumn(say("column-name"), wrap=True, least=10),
        TableColumn(say("column-region"), spare=True),
        TableColumn(say("conflicts-column-field"), wrap=True, least=10),
        TableColumn(say("conflicts-column-one"), wrap=True, least=12),
        TableColumn(say("conflicts-column-other"), wrap=True, least=12),
    ])  # fmt: skip
    for found in islice(conflict_lines(one, wording), None if details else LISTED):
        block.add_row(
            clip(wording.name(found.subject), NAME),
            wording.region(found.subject),
            wording.label(found.field),
            say("conflicts-value", value=clip(found.value, NAME), at=one_line(_cell_alone(found.at, one.path))),
            say("conflicts-value", value=clip(found.other, NAME), at=one_line(_cell_alone(found.other_at, one.other))),
        )
    if one.count > len(block.rows):
        block.more = say("compare-more", n=count(one.count - len(block.rows)))
    return block


def _csv(found: FoundConflicts, wording: Wording) -> Iterator[str]:
    yield record([wording.say(code) for code in COLUMNS])
    for pair in found.pairs:
        for one in conflict_lines(pair, wording):
            who = one.subject
            texts = (
                who.entity, wording.region(who), who.name, who.code, one.field, one.value, one.at, one.other,
                one.other_at,
            )  # fmt: skip
            yield record([cell(text) for text in texts])


def _json(found: FoundConflicts, wording: Wording) -> Iterator[str]:
    run = {"version": __version__, "lang": wording.lang, "unread": len(found.unread)}
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("pairs", (_pair(one) for one in found.pairs))
    yield from array("conflicts", (one for pair in found.pairs for one in _objects(pair, wording)), last=True)
    yield "}\n"


def _pair(one: ReturnConflicts) -> Object:
    return {
        "returns": [one.path, one.other],
        "entity": one.table.entity,
        "subjects_in_common": one.common,
        "cells_compared": one.compared,
        "conflicts": one.count,
        "questions": one.questions,
    }


def _objects(pair: ReturnConflicts, wording: Wording) -> Iterator[Object]:
    for one in conflict_lines(pair, wording):
        yield {
            "subject": subject_object(one.subject),
            "field": one.field,
            "values": [one.value, one.other],
            "cells": [one.at, one.other_at],
        }


__all__ = ["FORMATS", "FoundConflicts", "conflicts", "render_conflicts"]


def _cell_alone(place: str, path: str) -> str:
    """``[设施]!F12``, or ``F12`` of a file without sheets, where the file is named above."""
    return place.removeprefix(path).removeprefix("!")
