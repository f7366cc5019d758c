"""What the names in an expression mean where it is evaluated: the fields of some records, or the groups they form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from communitycheck.checking.evaluation.alike import is_listed
from communitycheck.checking.evaluation.homes import Homes, homes
from communitycheck.checking.evaluation.items import ItemsPresent
from communitycheck.checking.evaluation.record_fields import RecordFields
from communitycheck.checking.repeated.earlier import Pairing, earlier_records
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Name, Node, truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Txt, Value
from communitycheck.model.places.regions import levels_above
from communitycheck.model.result import Outcome
from communitycheck.model.standard import Parameter
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bools, Ints, State, among

Outcomes = Mapping[str, npt.NDArray[np.uint8]]  # rule id -> its outcome for each governed record


class EvaluationContext(Protocol):
    """What names, aggregates and other rules mean where an expression is evaluated for ``len(context)`` subjects."""

    @property
    def as_of(self) -> date: ...

    bounded: bool  # a number that is not known lies within what its field can be, in place of being unknown

    def __len__(self) -> int: ...

    def field(self, name: str) -> Value: ...

    def written(self, name: str) -> Value:
        """A text as it is written, also where that is no value of the field."""
        ...

    def is_blank(self, name: str) -> Tru: ...

    def is_valid(self, name: str) -> Tru:
        """Whether what is written is a value of the field's type."""
        ...

    def among_all(self, call: Call, worked_out: Callable[[RecordContext], Value]) -> Value:
        """What a call says of each record that is worked out from all records together."""
        ...

    def above(self, name: str) -> Value:
        """What the field says of the nearest larger region whose sheet has it."""
        ...

    def previous(self, name: str) -> Value:
        """What the field says of the same subject one period before."""
        ...

    def is_listed(self, name: str, entity: str, field: str) -> Tru:
        """Whether the records of another kind have among the values of ``field`` what each of these says."""
        ...

    def items_present(self, name: str, wanted: tuple[str, ...]) -> ItemsPresent:
        """How many of the items each subject names in the field."""
        ...

    def unusable(self, node: Node) -> Bools | None:
        """Where a cell that ``node`` reads says something that cannot be used, and so is no blank that may be filled;
        None where there is no such cell."""
        ...

    def without_column(self, names: Iterable[str]) -> Bools:
        """Which subjects stand in a return that has a column for none of the fields."""
        ...

    def parameter(self, name: str) -> float | None: ...

    def aggregate(self, call: Call) -> Value: ...

    def meets(self, rules: tuple[str, ...]) -> Tru: ...

    def quotient(self, above: Call, below: Call) -> Num:
        """One sum divided by another, over those records that both can be asked of."""
        ...


class RecordContext(RecordFields):
    """Names are fields of single records, which other records, regions and rules may be asked of as well.

    Attributes:
        outcomes: those of the rules judged before, for ``meets``; ``exempt`` marks what the return says does not
            apply.
        recompute: works out an aggregate over the records below each of these.
        subjects: for each record the one that stands for its subject, where several returns list it; None where each
            is of its own.
        elsewhere: kind -> the records of that kind, None where there are none.
        aside: records outside the jurisdiction, with which no other is compared.
        held: what a call that looks at other records says, where these are copies of records that lie elsewhere.
    """

    def __init__(
        self,
        records: Records,
        parameters: Mapping[str, Parameter],
        as_of: date,
        outcomes: Outcomes | None = None,
        dictionary: Dictionary | None = None,
    ) -> None:
        super().__init__(records, dictionary)
        self.parameters = parameters
        self._as_of = as_of
        self.outcomes: Outcomes = {} if outcomes is None else outcomes
        self.exempt: Mapping[str, Bools] = {}
        self.recompute: Callable[[Call], Value] | None = None
        self.subjects: Callable[[], Ints | None] = lambda: None
        self.elsewhere: Callable[[str], RecordContext | None] = lambda _: None
        self.aside: Bools | None = None
        self.held: Callable[[Call], Value] | None = None
        self._picked_from: RecordContext | None = None  # not itself: it would wait for the collector
        self._among: dict[Call, Value] = {}
        self._earlier: dict[str, Pairing] = {}
        self._homes: dict[str, tuple[RecordContext, Homes] | None] = {}
        self._positions: Ints | None = None  # of these records among those of ``outcomes``; None: the same

    @property
    def as_of(self) -> date:
        return self._as_of

    @property
    def _whole(self) -> RecordContext:
        """The context of all records, of which these may be some."""
        return self if self._picked_from is None else self._picked_from

    def picked(self, positions: Ints) -> RecordContext:
        """The same context for some of its records."""
        records = Records(self.records.table, self.records.rows(positions))
        some = RecordContext(records, self.parameters, self.as_of, self.outcomes, self.dictionary)
        some.exempt = self.exempt
        some._picked_from = self._whole
        some._positions = positions if self._positions is None else self._positions[positions]
        return some

    def parameter(self, name: str) -> float | None:
        found = self.parameters.get(name)
        if found is None:
            return None
        value = found.at(self.as_of)
        return np.nan if value is None else value

    def among_all(self, call: Call, worked_out: Callable[[RecordContext], Value]) -> Value:
        """Asked of all records together, also where only some are picked."""
        whole = self._whole
        if call not in whole._among:
            whole._among[call] = worked_out(whole) if whole.held is None else whole.held(call)
        return self._of_whole(whole._among[call])

    def earlier(self, name: str) -> Pairing:
        """For each record of the table the one of its subject one period before that carries the field."""
        found, column = self._whole._earlier, self.column(name)
        absent = None
        if column is not None and column.state is not None:
            absent = among(column.state, State.ABSENT, State.UNLISTED)
        key = name if absent is not None and absent.any() else ""
        if key not in found:
            found[key] = earlier_records(self.records.table, ~absent if key and absent is not None else None)
        return found[key]

    def region_above(self, name: str) -> tuple[RecordContext, Homes] | None:
        """The records of the nearest larger regions that have the field, and in which of them each of these lies."""
        whole = self._whole
        if name not in whole._homes:
            whole._homes[name] = whole._find_above(name)
        found = whole._homes[name]
        if found is None or self._positions is None:
            return found
        others, lies_in = found
        return others, replace(lies_in, of=lies_in.of[self._positions])

    def _find_above(self, name: str) -> tuple[RecordContext, Homes] | None:
        for level in reversed(levels_above(self.records.table.entity)):
            others = self.elsewhere(level)
            if others is not None and name in others.records.table.columns:
                carrying = others.in_state((name,), State.ABSENT, State.UNLISTED)
                return others, homes(self.records, others.records, ~carrying)
        return None

    def above(self, name: str) -> Value:
        if self._whole.held is not None:
            return self._of_whole(self._whole.held(Call("above", (Name(name),))))
        found = self.region_above(name)
        if found is None:
            nothing = np.full(len(self), np.nan)
            return Num(nothing, nothing)
        others, lies_in = found
        again = RecordContext(others.records, others.parameters, self.as_of, None, others.dictionary)
        again.bounded, again.believing = self.bounded, self.believing
        return lies_in.values(again.field(name))

    def unpaired(self, name: str) -> Bools:
        """Which records have none of their subject one period before."""
        return self.pick(self.earlier(name).rows) < 0

    def previous(self, name: str) -> Value:
        if self._whole.held is not None:
            return self._of_whole(self._whole.held(Call("previous", (Name(name),))))
        whole = RecordContext(Records(self.records.table), self.parameters, self.as_of, None, self.dictionary)
        whole.bounded, whole.believing = self.bounded, self.believing
        rows = self.pick(self.earlier(name).rows)
        return v.taken(whole.field(name), rows)

    def _of_whole(self, value: Value) -> Value:
        """What is known of all records together, for these."""
        return value if self._positions is None else v.taken(value, self._positions)

    def is_listed(self, name: str, entity: str, field: str) -> Tru:
        others = self._whole.elsewhere(entity)
        own = self.dictionary.entity(entity).name_field
        field = field or own
        value = self.field(name)
        listed = None if others is None else others.field(field)
        if not isinstance(value, Txt) or not isinstance(listed, Txt):
            nothing = np.zeros(len(self), bool)
            return Tru(nothing, nothing)
        present = [listed.names[code] for code in np.unique(listed.codes).tolist() if code >= 0]
        return is_listed(value, present, entity if field == own else "")

    def aggregate(self, call: Call) -> Value:
        """An aggregate over the records below each of these (``checking.groups.recomputed``)."""
        if self.recompute is None:
            raise TypeError(f"{call.function} outside a group")
        value = self.recompute(call)
        assert isinstance(value, Num)
        if len(value.lo) != len(self):
            raise TypeError("an aggregate over other records than these")
        return value

    def quotient(self, above: Call, below: Call) -> Num:
        one, other = self.aggregate(above), self.aggregate(below)
        assert isinstance(one, Num) and isinstance(other, Num)
        return v.divide(one, other)

    def meets(self, rules: tuple[str, ...]) -> Tru:
        """Whether each record meets those of the rules that apply to it; no question where none does, and none where
        the return says of a part that it does not apply and all else is met: the whole was not shown."""
        found = [self._met(rule) for rule in rules]
        yes = np.any([one.yes for one in found], axis=0)
        no = np.any([one.no for one in found], axis=0)
        void = [truths.does_not_apply(one) for one in found]
        open_ = np.any([~one.yes & ~one.no & ~away for one, away in zip(found, void, strict=True)], axis=0)
        nowhere = np.all(void, axis=0) | (self._exempted(rules) & ~no & ~open_)
        na = np.where(nowhere, np.uint8(v.EXEMPT), np.uint8(0)) if nowhere.any() else None
        return Tru(yes & ~no & ~open_ & ~nowhere, no, na)

    def _exempted(self, rules: tuple[str, ...]) -> Bools:
        """Records of which the return says that what one of the rules asks does not apply."""
        found = np.zeros(len(self), bool)
        for exempt in (self.exempt[rule] for rule in rules if rule in self.exempt):
            found |= exempt if self._positions is None else exempt[self._positions]
        return found

    def _met(self, rule: str) -> Tru:
        """Whether each record meets a rule judged before; where that does not apply, the question does not arise."""
        outcome = self.outcomes[rule]
        if self._positions is not None:
            outcome = outcome[self._positions]
        void = among(outcome, Outcome.NOT_APPLICABLE)
        na = np.where(void, np.uint8(v.EXEMPT), np.uint8(0)) if void.any() else None
        return Tru(among(outcome, Outcome.PASS), among(outcome, Outcome.FAIL, Outcome.NOT_DUE), na)
