"""What ``overlap`` found as rows, one for each place that asks: as CSV, and as JSON, schema
``communitycheck-overlap/1`` (``overlap-1.json``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communitycheck.errors import QuestionError
from communitycheck.planning.overlap import AlikeHeader, Asked, Derivable, FormSheet, Overlap, SharedField
from communitycheck.products.overlap.found import FoundOverlap
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.json_objects import Object, array, line, notice_object, unread_object
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording
from communitycheck.version import __version__

SCHEMA = "communitycheck-overlap/1"
COLUMNS = (
    *("overlap-column-what", "column-field", "overlap-column-key", "column-entity", "overlap-column-forms"),
    *("overlap-column-number", "column-path", "column-sheet", "column-cell", "column-header", "column-unit"),
    "label-period",
)


def overlap_csv(found: FoundOverlap, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    yield record(wording.say(code) for code in COLUMNS)
    for row in rows(found.overlap, wording):
        yield record(cell(text) for text in row)


def rows(found: Overlap, wording: Wording) -> Iterator[tuple[str, ...]]:
    """The cells of each row: what several forms ask for, what one asks twice, what follows, what is spelled alike, what
    means no field."""
    for what, fields in (("shared", found.shared), ("twice", found.twice)):
        for one in fields:
            lead = (wording.say(f"overlap-what-{what}"), wording.label(one.key), one.key)
            entity = wording.entity(one.entity) if one.entity else ""
            yield from _places(one.asked, (*lead, entity, str(one.forms)), wording)
    for made in found.derivable:
        key = made.asked.column.field or ""
        lead = (wording.say("overlap-what-derived"), wording.label(key), key)
        asked = [made.asked, *(at for _, at in made.source)]
        whose = made.asked.form.entity
        yield from _places(asked, (*lead, wording.entity(whose) if whose else "", ""), wording)
    for alike in found.alike:
        yield from _places(alike.asked, (wording.say("overlap-what-alike"), "", "", "", str(alike.forms)), wording)
    yield from _places(found.not_known, (wording.say("overlap-what-not-known"), "", "", "", ""), wording)


def _places(asked: Iterable[Asked], lead: tuple[str, ...], wording: Wording) -> Iterator[tuple[str, ...]]:
    for one in asked:
        form, column = one.form, one.column
        yield (
            *lead, str(form.number), form.path, form.sheet, column.at, column.header, wording.unit_of_column(column),
            form.period.isoformat() if form.period else "",
        )  # fmt: skip


def overlap_json(found: FoundOverlap, wording: Wording) -> Iterator[str]:
    """Forms, the matrix of what they have in common, and what was found."""
    one = found.overlap
    run = {
        "version": __version__,
        "lang": wording.lang,
        "comparable": one.comparable,
        "unread": len(found.unread),
        "exit_code": found.exit_code,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("forms", (_form(form, one) for form in one.forms))
    yield from array("shared", (_shared(field, wording) for field in one.shared))
    yield from array("twice_in_one_form", (_shared(field, wording) for field in one.twice))
    yield from array("derivable", (_derivable(made) for made in one.derivable))
    yield from array("spelled_alike", (_alike(alike) for alike in one.alike))
    yield from array("not_known", (_asked(at) for at in one.not_known))
    yield from array("same_headers", ({"forms": [form.number for form in group]} for group in one.same_headers))
    yield from array("questions", (_question(question, wording) for question in one.questions))
    yield from array("notices", (notice_object(notice, wording) for notice in found.notices))
    yield from array("unread", (unread_object(error, wording) for error in found.unread), last=True)
    yield "}\n"


def _form(form: FormSheet, found: Overlap) -> Object:
    return {
        "number": form.number,
        "path": form.path,
        "sheet": form.sheet,
        "entity": form.entity,
        "period": form.period.isoformat() if form.period else None,
        "fields": len(form.fields),
        "asked_by_it_alone": found.alone(form),
        "no_field": len(form.others),
        "in_common": [found.in_common(form, other) for other in found.forms],
    }


def _shared(one: SharedField, wording: Wording) -> Object:
    return {
        "field": one.key,
        "label": wording.label(one.key),
        "entity": one.entity,
        "forms": one.forms,
        "periods_differ": one.periods_differ,
        "units_differ": one.units_differ,
        "asked": [_asked(at) for at in one.asked],
    }


def _asked(at: Asked) -> Object:
    column = at.column
    return {
        "form": at.form.number,
        "cell": column.at,
        "header": column.header,
        "unit": column.unit,
        "factor": clean(column.factor),
        "confidence": clean(column.confidence),
    }


def _derivable(made: Derivable) -> Object:
    return {
        "field": made.asked.column.field,
        "asked": _asked(made.asked),
        "how": "summed" if made.summed else "derived",
        "from": [{"field": key, **_asked(at)} for key, at in made.source],
    }


def _alike(alike: AlikeHeader) -> Object:
    return {"forms": alike.forms, "asked": [_asked(at) for at in alike.asked]}


def _question(question: QuestionError, wording: Wording) -> Object:
    return {
        "path": question.path,
        "sheet": question.sheet,
        "columns": list(question.columns),
        "message": wording.error(question),
    }
