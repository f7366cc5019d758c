"""Which standards judge, and what is to be said where a return lies outside them or covers them in part only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.governing.placement import (
    Placement,
    Places,
    coded_names,
    coded_prefixes,
)
from communitycheck.checking.repeated.judged import LatestRecords
from communitycheck.errors import UsageError
from communitycheck.model.address import Address
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.place_names import tells_no_city
from communitycheck.model.report import stray_notices
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.returns import PLACE_UNKNOWN, Notice
from communitycheck.model.standard import Jurisdiction, Locality, Rule, Standard
from communitycheck.model.table import Bools, Table

# So many of the regions that a return names are quoted.
PLACES = 3


def taking_part(
    standards: Sequence[Standard],
    by_entity: Mapping[str, Table],
    placed: Mapping[str, Mapping[str, Placement]],
    as_of: date,
    region: Locality | None,
    *,
    chosen: bool,
    latest: Mapping[str, LatestRecords | None],
) -> tuple[list[Standard], list[Notice], list[Records]]:
    """The standards that judge, notices about that, and the records that none of them covers.

    Args:
        placed: kind of record -> standard -> where the records lie as its jurisdiction sees it.
        chosen: the user named the standards, so all of them judge.
        latest: kind of record -> which are judged at all; None where all are.
    """
    if chosen:
        marks = {
            entity: _only(latest[entity], _out_of_place(standards, table, placed[entity]))
            for entity, table in by_entity.items()
        }
        lost = [Records(by_entity[e], np.flatnonzero(m).astype(np.int32)) for e, m in marks.items() if m.any()]
        return list(standards), stray_notices(lost), lost
    covering = [s for s in standards if any(_only(latest[e], _covered(s, e, p)).any() for e, p in placed.items())]
    notices = [
        Notice("standard-not-in-force", Address(s.file), values={"standard": s.id, "as_of": as_of.isoformat()})
        for s in covering
        if not s.in_force(as_of)
    ]
    in_force = [s for s in covering if s.in_force(as_of)]
    if not in_force and by_entity:
        choices = [s for s in standards if not all(_judges_none(s, entity) for entity in by_entity)]
        known = "; ".join(f"{s.id} ({s.jurisdiction.name})" for s in choices)
        if covering:
            raise UsageError("none-in-force", as_of=as_of.isoformat(), known="; ".join(s.id for s in covering))
        if region is not None and not any(_one_in_the_other(s.jurisdiction, region.place) for s in choices):
            name = region.county or region.city or region.place.name
            raise UsageError("region-not-covered", region=name, known=known)
        places = _places_written(by_entity.values())
        if places and all(tells_no_city(comparable(name)) for name in places):
            at = _first_place(by_entity.values())
            raise UsageError("region-tells-no-city", at=at, place="、".join(places[:PLACES]), known=known)
        if places:
            raise UsageError("region-without-standard", place="、".join(places[:PLACES]), known=known)
        raise UsageError("region-needed", known=known)
    strays: list[Records] = []
    for entity, table in by_entity.items():
        stray = _only(latest[entity], ~np.any([_covered(s, entity, placed[entity]) for s in in_force], axis=0))
        if stray.any():
            strays.append(Records(table, np.nonzero(stray)[0].astype(np.int32)))
    return in_force, notices + stray_notices(strays), strays


def _only(latest: LatestRecords | None, marks: Bools) -> Bools:
    return marks if latest is None else marks & latest.judged


def _places_written(tables: Iterable[Table]) -> list[str]:
    """The regions that the records or the titles over them name, as written."""
    written: list[str] = []
    for table in tables:
        columns = [table.columns.get(level) for level in ("province", "city", "county")]
        held = [column.coded().names for column in columns if column is not None and column.text is not None]
        written += [name for names in held[:1] for name in names]
        written += [sheet.place for sheet in table.sheets if sheet.place]
    return list(dict.fromkeys(written))


def _first_place(tables: Collection[Table]) -> str:
    """Where the first region stands that a return names: its cell, or the sheet over whose records it stands."""
    for table in tables:
        for level in ("province", "city", "county"):
            rows = np.flatnonzero(coded_names(table, level).codes >= 0)
            if len(rows):
                sheet, at = table.sheets[int(table.sheet_of[rows[0]])], int(table.row_of[rows[0]])
                return str(sheet.address_of(at, sheet.cell_of(level, at)))
    sheet = next(sheet for table in tables for sheet in table.sheets if sheet.place)
    return str(Address(sheet.path, sheet.name))


def _out_of_place(standards: Sequence[Standard], table: Table, placed: Mapping[str, Placement]) -> Bools:
    """Records that their code alone puts outside all standards: most others of the sheet lie inside, and no name of a
    place tells them apart. One wrong digit looks like that, and nobody knows which of the two is meant."""
    outside: Bools = np.all([placed[s.id].outside for s in standards], axis=0)
    if not outside.any():
        return outside
    inside = np.any([placed[s.id].inside for s in standards], axis=0)
    counts = [np.bincount(table.sheet_of[rows], minlength=len(table.sheets)) for rows in (outside, inside)]
    lost: Bools = outside & (counts[0] < counts[1])[table.sheet_of]
    for level in ("province", "city", "county"):
        names = coded_names(table, level)
        told = np.zeros(len(names.names) + 1, bool)
        told[names.codes[inside]] = True
        told[-1] = True  # no name at all
        lost &= told[names.codes]
    return lost & (coded_prefixes(table).codes >= 0) if lost.any() else lost


def _covered(standard: Standard, entity: str, placed: Mapping[str, Placement]) -> Bools:
    """Records of one kind that lie in the jurisdiction of the standard, where it judges that kind."""
    inside = placed[standard.id].inside
    return np.zeros_like(inside) if _judges_none(standard, entity) else inside


def _judges_none(standard: Standard, entity: str) -> bool:
    """A standard for the whole country covers every record, so only the kinds that its rules judge count for it."""
    return standard.jurisdiction.level == "country" and all(r.applies_to != entity for r in standard.rules)


def _one_in_the_other(one: Jurisdiction, other: Jurisdiction) -> bool:
    return one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix)


def regions_missing(
    standard: Standard, results: Iterable[RuleResult], governed: Mapping[str, GovernedRecords]
) -> list[Notice]:
    """A notice where a jurisdiction is judged as a whole by the records of some of its regions only."""
    place = standard.jurisdiction
    kinds = {r.rule.applies_to for r in results if place.level in r.rule.by and len(r)}
    notices: dict[tuple[str, ...], Notice] = {}
    for kind in sorted(kinds & set(governed)):
        table = governed[kind].table
        absent = governed[kind].divisions_missing()
        if absent:
            known = {"place": place.name, "count": len(place.divisions) - len(absent), "total": len(place.divisions)}
            at = Address(table.sheets[0].path)
            notices.setdefault(absent, Notice("regions-missing", at, values={**known, "regions": "、".join(absent)}))
    return list(notices.values())


def more_local_notices(governed: Mapping[str, GovernedRecords], wanted: Callable[[Rule], bool]) -> list[Notice]:
    """A notice for the records that a more local standard may govern: its own rules were not asked of them."""
    notices = []
    for mine in governed.values():
        for other in mine.more_local:
            rules = [rule.id for rule in other.adds if wanted(rule)]
            at = mine.records.at(int(other.places[0]), ())[0]
            if rules and at is not None:
                values = {"count": len(other.places), "standard": other.standard.id, "rules": len(rules)}
                place = other.standard.jurisdiction.name
                notices.append(Notice(PLACE_UNKNOWN, at, values={**values, "place": place}))
    return notices


def other_titles(places: Places, table: Table, region: Locality) -> list[Notice]:
    """A notice for each sheet whose title or file names another place than the one that the user gave, which holds."""
    given = region.county or region.city or region.place.name
    return [
        Notice("region-and-title", Address(sheet.path, sheet.name), stated, {"place": stated, "given": given})
        for sheet, stated in places.titled_elsewhere(table, region)
    ]
