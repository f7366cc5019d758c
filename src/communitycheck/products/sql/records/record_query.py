"""The records of one table as its rules see them: figures that cannot be are NULL, and so are those that cannot be
beside each other; fields that the table lacks are worked out from others."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlglot import exp

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Call, Node, names_in, unanswerable
from communitycheck.model.expression.values import EXEMPT
from communitycheck.products.sql.dialects import SqlDialect
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.expressions import evaluate
from communitycheck.products.sql.language.operands import (
    ConditionSql,
    NumberSql,
    Operand,
    TextSql,
    settled,
    unknown_figure,
)
from communitycheck.products.sql.language.steps import Steps
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.tidy_tables import (
    HIGH,
    LOW,
    WHOLE,
    TidyTables,
    kind_of,
    own_name,
    possible_range,
)
from communitycheck.products.sql.refusals import NotCovered

SOURCE = "source"


class RecordQuery:
    """The columns that the rules about one kind of subject work with.

    Attributes:
        given: what is taken from the table itself, by the name it goes by.
        steps: what is worked out from that.
        asked: the columns of the table that are read, with what they hold.
        contradicted: field -> where its figure cannot be beside another.
        stands: fields that say whether the premises are there at all.
        believing: figures that contradict each other are taken as they are stated.
        reasons: of the rules judged before, for ``meets``.
    """

    def __init__(
        self, entity: str, dictionary: Dictionary, dialect: SqlDialect, tables: TidyTables, as_of: date
    ) -> None:
        self.entity, self.dictionary, self.dialect, self.tables = entity, dictionary, dialect, tables
        self._as_of = as_of
        self.bounded = self.believing = False
        self.given: dict[str, Sql] = {}
        self.steps = Steps()
        self.asked: dict[str, str] = {}
        self.stands: tuple[str, ...] = ()
        self.doubted: frozenset[str] = frozenset()
        self.contradicted: dict[str, Sql] = {}
        self.reasons: dict[str, Sql] = {}
        self._read: dict[tuple[str, bool], Operand] = {}
        self._names: dict[str, str] = {}

    @property
    def as_of(self) -> date:
        return self._as_of

    @contextmanager
    def trial(self) -> Iterator[None]:
        """What is tried leaves nothing behind where it is refused."""
        kept = {name: copy.copy(value) for name, value in vars(self).items() if isinstance(value, dict)}
        steps = self.steps.copied()
        try:
            yield
        except NotCovered:
            vars(self).update(kept)
            self.steps, self.bounded, self.believing = steps, False, False
            raise

    def keep(self, expression: Sql) -> Sql:
        return self.steps.keep(expression)

    def has_column(self, name: str) -> bool:
        """Whether the table has it, or it can be worked out from others that it has."""
        return self.tables.has(name) or self._derivation(name) is not None

    def _derivation(self, name: str) -> Node | None:
        """How a field is worked out that the table lacks."""
        entry = self.dictionary.fields.get(name)
        if self.tables.has(name) or entry is None or entry.derived is None:
            return None
        have = {one for one in names_in(entry.derived) if self.has_column(one)}
        return None if unanswerable(entry.derived, have) else entry.derived

    # --- fields

    def field(self, name: str) -> Operand:
        value = self._value(name)
        if not self.bounded or not isinstance(value, NumberSql):
            return value
        entry = self.dictionary.fields[name]
        if not entry.is_number or entry.type == "truth":
            return value
        least, most = entry.of(self.entity).possible
        low: t.Part = least
        if entry.zero_impossible and self._derivation(name) is None and least > 0:
            low = t.choose((self._impossible(name), min(least, 0.0)), default=least)
            least = min(least, 0.0)
        if value.value is not None:
            return value
        ends = [
            self.keep(t.first_known(end, t.double(x) if isinstance(x, float | int) else x))
            for end, x in ((value.lo, low), (value.hi, most))
        ]
        return NumberSql(ends[0], ends[1], None, min(least, value.least), max(most, value.most), known=True)

    def _value(self, name: str) -> Operand:
        if name not in self.dictionary.fields:
            raise NotCovered("no-field", field=name)
        believed = self.believing and self._rests_on_doubt(name)
        if (name, believed) not in self._read:
            self._read[name, believed] = self._first_read(name, believed)
        return self._read[name, believed]

    def _rests_on_doubt(self, name: str) -> bool:
        derivation = self._derivation(name)
        return name in self.doubted or (derivation is not None and any(map(self._rests_on_doubt, names_in(derivation))))

    def _first_read(self, name: str, believed: bool) -> Operand:
        entry = self.dictionary.fields[name]
        derivation = self._derivation(name)
        if derivation is not None:
            return self._derived(name, derivation, believed)
        if not self.tables.has(name):
            return unknown_figure()
        kind, own = kind_of(entry), self.own(name)
        match kind:
            case "text":
                written = self._given_text(name)
                if entry.values:
                    written = self.keep(written)
                    written = t.choose((t.among(written, [t.text(v) for v in entry.values]), written))
                return TextSql(self.steps.name(own, written))
            case "date":
                day = self.steps.name(own, self.dialect.days(self.take(name, "date")))
                return NumberSql(day, day, least=-1e7, most=1e7)
            case _:
                return self._stated(entry, kind, believed)

    def _stated(self, entry: Field, kind: str, believed: bool) -> Operand:
        name, own = entry.key, self.own(entry.key)
        if kind == "truth":
            stated = self.take(name, "truth")
            if absent := self._does_not_stand(entry):
                stated = t.choose((t.both(*absent, stated), exp.Null()), default=stated)
                stated = self.steps.name(own + "__stated", stated)
            if name in self.doubted and not believed:
                stated = self.steps.name(own, t.choose((t.negated(self.contradicted[name]), stated)))
            return ConditionSql(stated)
        suffix = "__stated" if name in self.doubted else ""
        ends = [self.steps.name(own + part + suffix, end) for part, end in self._told_ends(entry)]
        if suffix and not believed:
            alone = t.negated(self.contradicted[name])
            ends = [
                self.steps.name(own + part, t.choose((alone, end))) for part, end in zip(("", HIGH), ends, strict=False)
            ]
        low, high = possible_range(entry.of(self.entity))
        bounded = len(ends) > 1
        return NumberSql(ends[0], ends[-1], None, low, math.inf if bounded else high)

    def _told_ends(self, entry: Field) -> list[tuple[str, Sql]]:
        """The same without figures of rooms that do not stand: those are of a plan."""
        ends, absent = self._possible_ends(entry), self._does_not_stand(entry)
        if not absent:
            return ends
        planned = self.keep(t.both(*absent, t.more(self.keep(ends[-1][1]), 0)))
        return [(part, t.choose((planned, exp.Null()), default=self.keep(end))) for part, end in ends]

    def _does_not_stand(self, entry: Field) -> tuple[Sql, ...]:
        """Where the record says that the premises, of which the field is a figure, are not there."""
        if entry.premises != "whole" or entry.key in self.stands or not self.stands:
            return ()
        return (t.either(*(t.negated(self.take(key, "truth")) for key in self.stands)),)

    def _possible_ends(self, entry: Field) -> list[tuple[str, Sql]]:
        """The figure, or its two ends, where it can be."""
        low, high = possible_range(entry.of(self.entity))
        given = self.take(entry.key, "number")
        point = exp.Between(this=given, low=t.number(low), high=t.number(high))
        sound = [point, *((t.differs(given, 0),) if entry.zero_impossible else ())]
        value = given
        if entry.type == "hours":  # 0.375 may be a time of day as well as hours
            sound.append(t.either(t.same(given, 0), t.at_least(given, 1)))
        if entry.type in WHOLE:
            nearest = self.keep(exp.Round(this=given))
            off = t.size(t.minus(given, nearest))
            near = t.times(t.number(1e-9), t.size(given))
            sound.append(t.either(t.at_most(off, t.number(1e-9)), t.at_most(off, near)))
            value = nearest
        exact = t.choose((t.both(*sound), value))
        if entry.key not in self.tables.bounded:
            return [("", exact)]
        ends = [self.take(entry.key + suffix, "number") for suffix in (LOW, HIGH)]
        some = t.either(*map(t.is_known, ends))
        first = self.keep(t.first_known(ends[0], t.choose((some, max(low, 0.0)))))
        last = self.keep(t.first_known(ends[1], t.choose((some, math.inf))))
        fits = [t.at_most(first, last), t.at_least(last, t.number(low)), t.at_most(first, t.number(high))]
        fits += [t.differs(last, 0)] if entry.zero_impossible else []
        inside = self.keep(t.both(t.is_null(given), *fits))
        return [
            (part, t.choose((t.is_known(given), exact), (inside, end))) for part, end in (("", first), (HIGH, last))
        ]

    def _derived(self, name: str, node: Node, believed: bool) -> Operand:
        bounded, self.bounded, believing, self.believing = self.bounded, False, self.believing, believed
        value = evaluate(node, self)
        self.bounded, self.believing = bounded, believing
        own = self.own(name) + ("__stated" if believed else "")
        match value:
            case NumberSql():
                found = settled(value)
                lo = self.steps.name(own, found.lo)
                return NumberSql(
                    lo, lo if found.exact else self.steps.name(own + HIGH, found.hi), None, found.least, found.most
                )
            case ConditionSql(holds, _):
                return ConditionSql(self.steps.name(own, holds))
            case _:
                raise NotCovered("field-type", field=name, type="text")

    def _given_text(self, name: str) -> Sql:
        return exp.Nullif(this=exp.Trim(this=self.take(name, "text")), expression=t.text(""))

    def ends_with(self, value: Sql, end: str) -> Sql:
        return self.dialect.ends_with(value, end)

    def take(self, name: str, kind: str) -> Sql:
        """A column of the table, made what it is to hold."""
        own = self.own(name) + "__given" if kind in ("number", "date", "text") else self.own(name)
        if own not in self.given:
            source = exp.column(name, table=SOURCE, quoted=True)
            self.given[own] = self._cast(source, kind)
            self.asked[name] = kind
        return t.column(own)

    def passed(self, name: str) -> Sql:
        """A column of the table as it is."""
        self.given[name] = exp.column(name, table=SOURCE, quoted=True)
        return t.column(name)

    def _cast(self, source: Sql, kind: str) -> Sql:
        match kind:
            case "number":
                return self.dialect.without_nan(exp.cast(source, t.DOUBLE))
            case "truth":
                return exp.cast(source, exp.DataType.Type.BOOLEAN)
            case "text":
                return exp.cast(source, exp.DataType.Type.TEXT)
            case _:
                return source

    def own(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = own_name(name, len(self._names) + 1)
        return self._names[name]

    # --- cells

    def is_blank(self, name: str) -> Sql:
        if not self.has_column(name):
            return t.constant(True)
        value = self._value(name)
        if self._derivation(name) is not None or isinstance(value, TextSql):
            return t.is_null(self._known_by(value))
        return t.negated(self._is_given(name))

    def _is_given(self, name: str) -> Sql:
        ends = [name, *((name + LOW, name + HIGH) if name in self.tables.bounded else ())]
        if self.dictionary.fields[name].type == "truth":
            return t.is_known(self.take(name, "truth"))
        kind = "date" if self.dictionary.fields[name].type == "date" else "number"
        return t.either(*(t.is_known(self.take(one, kind)) for one in ends))

    def _impossible(self, name: str) -> Sql:
        """Where the figure is stated, but cannot be."""
        self._value(name)
        entry = self.dictionary.fields[name]
        believing, self.believing = self.believing, True
        stated = self._value(name)
        self.believing = believing
        assert isinstance(stated, NumberSql) and entry.is_number
        return t.both(self._is_given(name), t.is_null(stated.lo))

    def unusable(self, names: tuple[str, ...]) -> Sql:
        found = []
        for name in names:
            if not self.tables.has(name):
                continue
            value = self._value(name)
            if isinstance(value, TextSql):
                if self.dictionary.fields[name].values:
                    found.append(t.both(t.is_known(self._given_text(name)), t.is_null(value.written)))
                continue
            found.append(t.both(self._is_given(name), t.is_null(self._known_by(value))))
        return t.either(*found)

    def some_known(self, names: Iterable[str]) -> Sql:
        """Where at least one of the fields has a value."""
        return t.either(*(t.is_known(self._known_by(self._value(n))) for n in names if self.has_column(n)))

    @staticmethod
    def _known_by(value: Operand) -> Sql:
        match value:
            case NumberSql():
                return value.lo
            case ConditionSql():
                return value.holds
            case TextSql():
                return value.written

    # --- other rules and records

    def aggregate(self, call: Call) -> NumberSql:
        raise NotCovered("records-below", function=call.function)

    def quotient(self, above: Call, below: Call) -> NumberSql:
        raise NotCovered("records-below", function=above.function)

    def meets(self, rules: tuple[str, ...]) -> ConditionSql:
        """Whether each record meets those of the rules that apply to it; no question where none does."""
        reasons = []
        for rule in rules:
            if rule not in self.reasons:
                raise NotCovered("rule-named", rule=rule)
            reasons.append(self.reasons[rule])
        void = t.both(*(t.among(reason, _VOID) for reason in reasons))
        missed = t.either(*(t.same(reason, t.text("missed")) for reason in reasons))
        met = t.both(*(t.among(reason, [t.text("met"), *_VOID]) for reason in reasons))
        holds = t.choose((missed, t.constant(False)), (void, t.unknown_truth()), (met, t.constant(True)))
        return ConditionSql(self.keep(holds), t.choose((void, t.whole(EXEMPT)), default=t.whole(0)))


_VOID: list[Sql] = [t.text(word) for word in ("out_of_scope", "zero_denominator", "exempt", "not_laid_down")]
