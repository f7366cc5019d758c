"""The columns that a rule gives for each subject: why its verdict is what it is, and the figures behind it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from communitycheck.model.expression import values as v
from communitycheck.model.result import Outcome, Reason
from communitycheck.model.standard import Rule
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.operands import ConditionSql
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.measuring import MeasuredSql, only_at_least, shortfall

_VOID = {
    v.ZERO_DENOMINATOR: Reason.ZERO_DENOMINATOR,
    v.EXEMPT: Reason.EXEMPT,
    v.NOT_LAID_DOWN: Reason.NOT_LAID_DOWN,
}
# Reason -> outcome; a miss is a fail or not due.
NOT_APPLICABLE = (
    Reason.OUT_OF_SCOPE,
    Reason.ZERO_DENOMINATOR,
    Reason.EXEMPT,
    Reason.NOT_LAID_DOWN,
    Reason.EMPTY_GROUP,
    Reason.NOT_IN_FORCE,
)


def word(reason: Reason) -> str:
    return reason.name.lower()


class VerdictColumns(Struct, frozen=True):
    """The columns of one rule, in the order in which they stand in a view.

    Attributes:
        parts: ``outcome``, ``reason``, ``observed``, ``observed_high``, ``required``, ``required_high``,
            ``shortfall``, of groups also ``numerator``, ``denominator`` and ``blanks`` -> its SQL.
    """

    rule: Rule
    parts: dict[str, Sql] = field(default_factory=dict)


RECORD_PARTS = ("outcome", "reason", "observed", "observed_high", "required", "required_high", "shortfall")
GROUP_PARTS = (*RECORD_PARTS, "numerator", "denominator", "blanks")


def reason_of(measured: MeasuredSql, scope: ConditionSql, odd: Sql) -> Sql:
    """The reason, as ``checking.outcomes`` finds it: what stands first here overrules what stands below."""
    cases: list[tuple[Sql, str]] = []
    if scope.na is not None:
        void = scope.void
        cases.append((t.both(void, t.same(scope.na, v.NOT_LAID_DOWN)), word(Reason.NOT_LAID_DOWN)))
        cases.append((void, word(Reason.EXEMPT)))
    cases += [
        (t.negated(scope.holds), word(Reason.OUT_OF_SCOPE)),
        (t.is_null(scope.holds) if not t.is_true(scope.holds) else t.constant(False), word(Reason.SCOPE_UNKNOWN)),
        (odd, word(Reason.IMPLAUSIBLE)),
        (measured.met.holds, word(Reason.MET)),
        (t.negated(measured.met.holds), word(Reason.MISSED)),
    ]
    if measured.met.na is not None:
        cases += [(t.same(measured.met.na, na), word(why)) for na, why in _VOID.items()]
    ends = [one.lo for one in (measured.observed, measured.required) if one.value is None]
    unknown = t.either(*map(t.is_null, ends))
    cases.append((unknown, word(Reason.MISSING)))
    return t.choose(*((when, t.text(said)) for when, said in cases), default=t.text(word(Reason.UNDECIDED)))


def outcome_of(rule: Rule, reason: Sql, as_of: date) -> Sql:
    missed = Outcome.NOT_DUE if rule.due is not None and rule.due > as_of else Outcome.FAIL
    return t.choose(
        (t.same(reason, t.text(word(Reason.MET))), t.text(Outcome.PASS.word)),
        (t.same(reason, t.text(word(Reason.MISSED))), t.text(missed.word)),
        (t.among(reason, [t.text(word(one)) for one in NOT_APPLICABLE]), t.text(Outcome.NOT_APPLICABLE.word)),
        default=t.text(Outcome.NO_DATA.word),
    )


def figures_of(rule: Rule, measured: MeasuredSql, reason: Sql) -> dict[str, Sql]:
    """The columns of figures; the shortfall where the limit is missed."""
    missed = t.same(reason, t.text(word(Reason.MISSED)))
    far = measured.required if measured.upper is None else measured.upper
    short = t.choose((missed, only_at_least(measured, shortfall(rule, measured))))
    if measured.is_truth:
        short = t.unknown_number()
    return {
        "observed": measured.observed.lo,
        "observed_high": measured.observed.hi,
        "required": measured.required.lo,
        "required_high": far.hi,
        "shortfall": short,
    }


__all__ = ["GROUP_PARTS", "RECORD_PARTS", "VerdictColumns", "figures_of", "outcome_of", "reason_of"]
