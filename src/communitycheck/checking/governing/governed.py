"""The records of one table that one standard governs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.classes import SubjectClasses
from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.fields import fields_of
from communitycheck.checking.governing.placement import Placement
from communitycheck.checking.repeated.judged import LatestRecords
from communitycheck.checking.repeated.once import Once
from communitycheck.checking.repeated.same_subject import SameSubjects, same_subjects
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Node, names_in, rules_in
from communitycheck.model.expression.values import Value
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bools, Bytes, Ints, Table


class MoreLocal(Struct):
    """A more local standard that may govern some of the records instead; nobody knows.

    Attributes:
        places: those records, among the governed ones.
        changes: the rules that both have, and that it sets anew.
        adds: the rules that it alone has.
        outcomes: what a rule of its own answers for the records.
    """

    standard: Standard
    places: Ints
    changes: frozenset[str]
    adds: tuple[Rule, ...]
    outcomes: Callable[[Rule], Bytes] | None = None


class GovernedRecords(Struct):
    """The records of one table that one standard governs, and what has been found about them so far."""

    standard: Standard
    dictionary: Dictionary
    records: Records  # the same object for all results, so that it may serve as a key
    out_of_jurisdiction: Bools  # one for each governed record
    as_of: date
    more_local: list[MoreLocal] = field(default_factory=list)
    outcomes: dict[str, np.ndarray] = field(default_factory=dict)
    exempt: dict[str, Bools] = field(default_factory=dict)  # rule -> where the return says that it does not apply
    classes: dict[str, SubjectClasses] = field(default_factory=dict)  # of rules that are not the same for all
    # For a rule whose threshold names aggregates: what works them out over the records below.
    recompute: Callable[[Rule], Callable[[Call], Value]] | None = None
    # Kind -> the records of that kind that the standard governs.
    elsewhere: Callable[[str], RecordContext | None] = lambda _: None
    # For copies of a record: what a call that looks at other records says.
    held: Callable[[Call], Value] | None = None
    latest: LatestRecords | None = None  # which records of the table are judged; None where all are
    past: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # rows that it would govern, but they are not
    _context: RecordContext | None = None
    _same: list[SameSubjects | None] = field(default_factory=list)  # once it is known
    _sheet_fields: tuple[list[frozenset[str]], Ints] | None = None

    def __len__(self) -> int:
        return len(self.records)

    @property
    def table(self) -> Table:
        return self.records.table

    def inside_jurisdiction(self) -> Ints:
        """The positions of the governed records that lie in the jurisdiction: those that groups are made of."""
        return np.flatnonzero(~self.out_of_jurisdiction).astype(np.int32)

    def unsettled(self, rule: Rule) -> Bools:
        """The governed records of which nobody knows whether a more local standard governs them, that changes the
        rule."""
        marks = np.zeros(len(self), bool)
        for other in self.more_local:
            if rule.id in other.changes:
                marks[other.places] = True
        return marks

    def divisions_missing(self) -> tuple[str, ...]:
        """The known regions of the jurisdiction that have no record, where others of them have some."""
        place = self.standard.jurisdiction
        regions = self.table.regions.get({"province": "city", "city": "county"}.get(place.level, ""))
        rows = self.records.rows(self.inside_jurisdiction())
        present = set() if regions is None else {regions.names[k] for k in np.unique(regions.codes[rows]) if k >= 0}
        absent = tuple(d for d in place.divisions if d not in present)
        return absent if len(absent) < len(place.divisions) else ()

    def context(self) -> RecordContext:
        """The records as the rules see them; one context for all rules, so that picked columns are copied once."""
        if self._context is None:
            self._context = RecordContext(
                self.records, self.standard.parameters, self.as_of, self.outcomes, self.dictionary
            )
            self._context.exempt = self.exempt
            self._context.subjects = self._subjects
            self._context.elsewhere = self.elsewhere
            self._context.held = self.held
            self._context.aside = self.out_of_jurisdiction if self.out_of_jurisdiction.any() else None
        return self._context

    def with_past(self) -> RecordContext:
        """The records with those of earlier periods, whose figures are compared with."""
        if not len(self.past):
            return self.context()
        rows = np.concatenate([self.records.rows(np.arange(len(self), dtype=np.int32)), self.past])
        records = Records(self.table, np.sort(rows))
        return RecordContext(records, self.standard.parameters, self.as_of, None, self.dictionary)

    def look_again(self) -> None:
        """Forget what was copied from the table, which has changed."""
        self._context = None

    def once(self) -> Once | None:
        """Which of the records in the jurisdiction are of one subject; None where each is of another."""
        inside = self.inside_jurisdiction()
        if not self._same:
            self._same.append(same_subjects(self.table, self.records.rows(inside)))
        same = self._same[0]
        return None if same is None else Once(same, len(inside), lambda node: self._silent(node)[inside])

    def _subjects(self) -> Ints | None:
        """For each record the one that stands for its subject, where several returns list it. One that a return lists
        twice stands there twice."""
        once = self.once()
        if once is None:
            return None
        inside = self.inside_jurisdiction()
        kept, same = inside[once.pairs.kept], inside[once.pairs.same]
        files = np.unique([sheet.path for sheet in self.table.sheets], return_inverse=True)[1]
        file_of = files[self.table.sheet_of[self.records.rows(np.arange(len(self), dtype=np.int32))]]
        apart = file_of[kept] != file_of[same]
        heads = np.arange(len(self), dtype=np.int32)
        heads[same[apart]] = kept[apart]
        return heads

    def fields_behind(self, node: Node) -> tuple[str, ...]:
        """The fields that an expression reads, those behind the rules that it names and behind what is worked out."""
        rules = {rule.id: rule for rule in self.standard.rules}
        named = [f for i in rules_in(node) if i in rules for f in fields_of(rules[i], self.dictionary, self.table)]
        found = dict.fromkeys((*names_in(node), *named))
        for name in list(found):
            entry = self.dictionary.fields.get(name)
            if entry is not None and entry.derived is not None:
                found |= dict.fromkeys(names_in(entry.derived))
        return tuple(name for name in found if name in self.dictionary.fields)

    def _silent(self, node: Node) -> Bools:
        """Records whose sheet has no column for anything that the expression reads."""
        names = self.fields_behind(node)
        kinds, kind_of = self.sheet_fields()
        lacking = np.array([bool(names) and not kind & set(names) for kind in kinds], bool)
        silent: Bools = lacking[kind_of][self.table.sheet_of]
        if self.records.index is not None:
            silent = silent[self.records.index]
        return silent & ~self.context().some_known(names) if silent.any() else silent

    def sheet_fields(self) -> tuple[list[frozenset[str]], Ints]:
        """The fields that the table's sheets have columns for: the different sets, and which of them each sheet has."""
        if self._sheet_fields is None:
            sets = [frozenset(c.field for c in sheet.columns if c.field) for sheet in self.table.sheets]
            number = {fields: i for i, fields in enumerate(dict.fromkeys(sets))}
            self._sheet_fields = list(number), np.array([number[fields] for fields in sets], np.int32)
        return self._sheet_fields


def govern(
    standard: Standard,
    dictionary: Dictionary,
    heirs: Sequence[Standard],
    table: Table,
    placed: Mapping[str, Placement],
    as_of: date,
    *,
    chosen: bool,
    latest: LatestRecords | None = None,
) -> GovernedRecords | None:
    """The records of ``table`` that ``standard`` governs; None where it governs none.

    Args:
        heirs: the more local standards that extend it; they govern what lies in their jurisdictions.
        placed: by the id of a standard, where the records lie as its jurisdiction sees it.
        chosen: the user named the standard: records of unknown region are taken as meant, and records outside its
            jurisdiction stay in view as not applicable.
        latest: which records of the table are judged at all; None where all are.
    """
    place = placed[standard.id]
    mine = np.ones(len(table), bool) if chosen else place.inside.copy()
    for heir in heirs:
        mine &= placed[heir.id].outside if chosen else ~placed[heir.id].inside
    if chosen and heirs:
        mine &= ~place.outside
    past = np.zeros(0, np.int32)
    if latest is not None:
        past = np.flatnonzero(mine & ~latest.judged).astype(np.int32)
        mine &= latest.judged
    if not mine.any():
        return None
    rows = np.flatnonzero(mine).astype(np.int32)
    return GovernedRecords(
        standard,
        dictionary,
        Records(table, None if mine.all() else rows),
        place.outside[rows] if chosen else np.zeros(len(rows), bool),
        as_of,
        [] if chosen else list(_perhaps(standard, heirs, table.entity, placed, rows)),
        latest=latest,
        past=past,
    )


def _perhaps(
    standard: Standard, heirs: Sequence[Standard], entity: str, placed: Mapping[str, Placement], rows: Ints
) -> Iterator[MoreLocal]:
    """The more local standards that may govern some of the records at ``rows``."""
    own = {rule.id for rule in standard.rules}
    for heir in heirs:
        places = np.flatnonzero(~placed[heir.id].outside[rows]).astype(np.int32)
        if len(places):
            new = [rule for rule in heir.rules if rule.layer not in (standard.id, *standard.lineage)]
            adds = tuple(r for r in new if r.id not in own and r.applies_to == entity and r.manual is None)
            yield MoreLocal(heir, places, frozenset(r.id for r in new) & own, adds)
