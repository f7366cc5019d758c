"""What the documents ask for, entry by entry, and how far the rules account for it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.text import Text

Status = Literal["automated", "manual", "restated", "no_rule", "missing"]
STATUSES: tuple[Status, ...] = ("automated", "manual", "restated", "no_rule", "missing")
EntryKind = Literal["normative", "identity"]


def wording_code(status: Status) -> str:
    """The ending of the messages that speak of a status."""
    return status.replace("_", "-")


class Entry(Struct, frozen=True):
    """One requirement of a document (``normative``), or one relation its figures have to satisfy (``identity``).

    ``restates`` is the entry that this one says again; ``document`` the id of the standard that encodes it;
    ``no_rule`` the reason why no rule can judge it.
    """

    id: str
    document: str
    kind: EntryKind
    title: Text
    clause: str = ""
    restates: str | None = None
    no_rule: Text = Text()


class Document(Struct, frozen=True):
    """One document of the catalogue."""

    id: str
    title: Text
    entries: tuple[Entry, ...]


class Account(Struct, frozen=True):
    """What became of an entry. ``rules`` carry it; ``reason`` says why it is left to people, or to no rule."""

    entry: Entry
    status: Status
    rules: tuple[Rule, ...] = ()
    reason: Text = Text()


class DocumentCoverage(Struct, frozen=True):
    """One document with the account of each entry. ``standard`` is None where the rule book lacks it."""

    document: Document
    standard: Standard | None
    accounts: tuple[Account, ...]

    def of(self, kind: EntryKind) -> tuple[Account, ...]:
        return tuple(a for a in self.accounts if a.entry.kind == kind)


class BookCoverage(Struct, frozen=True):
    """The whole rule book against the catalogue.

    ``uncatalogued`` are standards that the catalogue does not list; ``stray`` are ids that rules cite and no
    document has.
    """

    documents: tuple[DocumentCoverage, ...]
    uncatalogued: tuple[Standard, ...] = ()
    stray: tuple[tuple[str, Rule], ...] = ()

    def count(self, kind: EntryKind, *statuses: Status) -> int:
        """Entries of one kind, of all statuses or those named."""
        return sum(1 for d in self.documents for a in d.of(kind) if not statuses or a.status in statuses)

    @property
    def whole(self) -> bool:
        """True where every entry is accounted for."""
        return not self.stray and all(a.status != "missing" for d in self.documents for a in d.accounts)


class Step(Struct, frozen=True):
    """Columns to add next to the sheets of one kind of subject, and the rules that they unlock."""

    entity: str
    fields: tuple[str, ...]
    unlocks: tuple[Rule, ...]


class ReturnCoverage(Struct):
    """Which rules some returns can answer.

    Attributes:
        standards: those held against the returns; ``region_known`` is False where nothing told the region: then all
            were.
        answerable, manual: rules with all they need, and rules that no return answers.
        lacking: rules that miss columns, with the smallest choice of columns that each misses.
        steps: what to add, the most useful first; for each kind of subject.
        sheetless: kinds of subject that rules judge and no sheet holds.
        aside: standards left out because none of their rules judges a kind of subject that the returns hold.
        dictionary: the fields by which the standards name their columns.
    """

    standards: list[Standard]
    region_known: bool
    answerable: list[Rule] = field(default_factory=list)
    manual: list[Rule] = field(default_factory=list)
    lacking: list[tuple[Rule, tuple[str, ...]]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    sheetless: tuple[str, ...] = ()
    aside: list[Standard] = field(default_factory=list)
    paths: tuple[str, ...] = ()
    records: dict[str, int] = field(default_factory=dict)
    unread: list[ReturnError] = field(default_factory=list)
    dictionary: Dictionary = field(default_factory=lambda: Dictionary({}))
