"""Everything that is to be changed, in the order in which it was given: a copy of the standards of a run with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import RuleFileError, UsageError
from communitycheck.judging import Basis
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.threshold_hash import threshold_hash
from communitycheck.nearest import nearest
from communitycheck.products.whatif.limit_option import LimitSpan, limit_asked, parameter_asked
from communitycheck.standards.choose import whole_dictionary
from communitycheck.standards.files.yaml_file import dotted
from communitycheck.standards.reforms.reform import Reform, load_reform

ChangeKind = Literal["set", "parameter", "reform"]
AskedChange = tuple[ChangeKind, str]


class ReformedBasis(Struct):
    """What is judged by with all changes in place. Of one rule the limit may run through a span."""

    basis: Basis
    rules: set[str]
    span: LimitSpan | None = None

    def at(self, value: str) -> Basis:
        """With one limit of the span."""
        return self.basis if self.span is None else reformed(self.basis, self.span.reforms(value))


def reforms_asked(changes: Sequence[AskedChange], basis: Basis) -> ReformedBasis:
    """Each change on top of those before it.

    Raises:
        UsageError, RuleFileError: nothing is to be changed, or a change cannot be made.
    """
    if not changes:
        raise UsageError("whatif-nothing")
    found = ReformedBasis(basis, set())
    for kind, written in changes:
        now = found.basis
        if kind == "reform":
            reform = load_reform(written)
            _refuse_unknown(reform, now)
            found.basis = reformed(now, [reform])
            found.rules |= set(reform.shape.override)
            continue
        asked = (limit_asked if kind == "set" else parameter_asked)(written, now.book, now.standards)
        if isinstance(asked, LimitSpan):
            if found.span is not None:
                raise UsageError("whatif-two-spans", option=f"--set {written}")
            found.span = asked
            found.rules.add(asked.rule)
            continue
        found.basis = reformed(now, asked)
        found.rules |= {rule for one in asked for rule in one.shape.override}
    return found


def reformed(basis: Basis, reforms: Sequence[Reform]) -> Basis:
    """The basis with its standards as the reforms leave them."""
    book = basis.book.reformed(reforms)
    standards = [book.standard(one.id) for one in basis.standards]
    return replace(basis, book=book, standards=standards, dictionary=whole_dictionary(book, standards))


def _refuse_unknown(reform: Reform, basis: Basis) -> None:
    """Whatever a file changes has to be there."""
    faults = list(_unknown(reform, basis))
    if faults:
        first, *others = faults
        first.others = tuple(others)
        raise first


def _unknown(reform: Reform, basis: Basis) -> Iterator[RuleFileError]:
    shape, file = reform.shape, reform.file
    standards: Sequence[Standard] = basis.standards
    if shape.extends is not None:
        if shape.extends not in basis.book.files:
            near = nearest(shape.extends, basis.book.files) or ""
            yield RuleFileError(
                "extends-unknown", file=file.name, line=file.line(("extends",)), key="extends", name=shape.extends,
                near=near,
            )  # fmt: skip
            return
        standards = [basis.book.standard(shape.extends)]
    homes = (
        ("override", shape.override, [rule.id for one in standards for rule in one.rules]),
        ("parameters", shape.parameters, [key for one in standards for key in one.parameters]),
        ("tables", shape.tables, [key for one in standards for key in one.tables]),
    )
    for home, given, known in homes:
        for name in given:
            if name not in known and not (shape.extends is not None and home != "override"):
                path = (home, name)
                yield RuleFileError(
                    f"reform-unknown-{home}", file=file.name, line=file.line(path), key=dotted(path), name=name,
                    near=nearest(name, known) or "",
                )  # fmt: skip


def changed_rules(before: Basis, after: Basis, day: date) -> set[str]:
    """The rules that ask something else than before on a day, or bind otherwise, in any standard."""
    found = set[str]()
    for one, other in zip(before.standards, after.standards, strict=True):
        was = {rule.id: _asked(rule, one, before, day) for rule in one.rules}
        now = {rule.id: _asked(rule, other, after, day) for rule in other.rules}
        found |= {rule for rule in was.keys() | now.keys() if was.get(rule) != now.get(rule)}
    return found


def _asked(rule: Rule, standard: Standard, basis: Basis, day: date) -> tuple[object, ...]:
    bound = (rule.severity, rule.due, repr(rule.severities), repr(rule.dues))
    return threshold_hash(rule, standard, basis.dictionary, day), *bound
