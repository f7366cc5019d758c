"""How a rule holds its indicator against its limit: ``at_least``, ``between``, ``covers`` and their kin.

All that sets one comparison apart stands in its class: how it is written and explained, how it is tested, by how much
it is missed, and what it asks as a condition, from which lint reasons. To add one, write a class and list it in
``COMPARISONS``; ``python tools/schemas.py`` then renews the published JSON Schemas.

Rules are read, listed and linted without any arithmetic on columns, so that is loaded when something is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from communitycheck.model.expression import Binary, Call, Node, Number, String, Unary
from communitycheck.model.text import Text

if TYPE_CHECKING:
    from communitycheck.model.expression.values import Array, Num, Tru

# What stands behind the key in a rule file: one number (or a list of dated ones), two, true or false, a list of words.
Form = Literal["limit", "range", "truth", "items"]
IndicatorKind = Literal["number", "date", "truth", "items"]
Direction = Literal["up", "down"]

# Conditions that the rule language has no operator for; nothing but lint reads them.
INCLUDES = "includes"
ABOUT = "about"


class Comparison:
    """One way to hold an indicator against a limit.

    Attributes:
        key: the name in rule files and in JSON.
        form: what is written behind the key.
        sign: between indicator and limit where it is met; ``opposite`` where it is missed.
        operator: the same in the rule language; empty where no single operator says it.
        mirror: the comparison read from its other side (a >= b is b <= a); empty where it has none.
        direction: where better values lie; None where neither more nor less is better, and amounts do not add up.
        adding_helps: more of the rule's lever can close a shortfall.
        met_at_limit: a value exactly at the limit passes.
        equates: both sides state one figure, so a tolerance may stand between them.
        words: the limit in a sentence, from ``value``; ``claim`` likewise where a rule is described, ``of_dates``
            where it is a date.
        shortfall_code: the message that says by how much it is missed.
        help: what the key means, for those who write rule files.
    """

    key: ClassVar[str]
    form: ClassVar[Form] = "limit"
    sign: ClassVar[str]
    opposite: ClassVar[str]
    operator: ClassVar[str] = ""
    mirror: ClassVar[str] = ""
    direction: ClassVar[Direction | None] = None
    adding_helps: ClassVar[bool] = False
    met_at_limit: ClassVar[bool] = False
    equates: ClassVar[bool] = False
    words: ClassVar[Text]
    claim: ClassVar[Text | None] = None
    of_dates: ClassVar[Text | None] = None
    shortfall_code: ClassVar[str] = "short-below"
    help: ClassVar[Text]

    def __repr__(self) -> str:
        return self.key

    @property
    def kind(self) -> IndicatorKind:
        """What the indicator has to be."""
        match self.form:
            case "limit" | "range":
                return "number"
            case "truth" | "items":
                return self.form

    @property
    def prefix(self) -> str:
        """The sign in front of a limit in print."""
        return f"{self.sign} " if self.form == "limit" else ""

    def test(self, observed: Num, required: Num, upper: Num | None = None, slack: float | Array = 0.0) -> Tru:
        """Whether each subject meets its limit: known where the bounds leave no doubt, within the usual tolerance.

        Args:
            upper: the second limit of a range. slack: by how much the sides may differ where it ``equates`` them.
        """
        from communitycheck.model.expression.truths import compared  # what columns are judged with

        return compared(self.operator, observed, required, slack)

    def shortfall(self, observed: Num, required: Num, upper: Num | None = None) -> Array:
        """By how much each subject misses at least, in the indicator's unit."""
        short: Array = required.lo - observed.hi
        return short

    def condition(
        self, indicator: Node, limits: tuple[Node, ...], items: tuple[str, ...], tolerance: float | str | None
    ) -> Node:
        """What is asked, as a condition of the rule language.

        Args:
            limits: one, or both ends of a range.
        """
        return Binary(self.operator, indicator, limits[0])


class AtLeast(Comparison):
    key = "at_least"
    sign, opposite = "≥", "<"
    operator, mirror = ">=", "at_most"
    direction = "up"
    adding_helps = True
    met_at_limit = True
    words = Text("不少于 {value}", "at least {value}")
    of_dates = Text("不早于 {value}", "not before {value}")
    help = Text(
        "不少于：数、带单位的量、参数、算式或按日期的列表",
        "not less than: number, quantity, parameter, formula or dated list",
    )


class MoreThan(Comparison):
    key = "more_than"
    sign, opposite = ">", "≤"
    operator, mirror = ">", "less_than"
    direction = "up"
    adding_helps = True
    words = Text("多于 {value}", "more than {value}")
    of_dates = Text("晚于 {value}", "after {value}")
    help = Text("多于（不含本数）", "more than, the limit itself excluded")


class AtMost(Comparison):
    key = "at_most"
    sign, opposite = "≤", ">"
    operator, mirror = "<=", "at_least"
    direction = "down"
    met_at_limit = True
    words = Text("不超过 {value}", "at most {value}")
    of_dates = Text("不晚于 {value}", "not after {value}")
    shortfall_code = "short-above"
    help = Text("不多于", "not more than")

    def shortfall(self, observed: Num, required: Num, upper: Num | None = None) -> Array:
        short: Array = observed.lo - required.hi
        return short


class LessThan(AtMost):
    key = "less_than"
    sign, opposite = "<", "≥"
    operator, mirror = "<", "more_than"
    met_at_limit = False
    words = Text("少于 {value}", "less than {value}")
    of_dates = Text("早于 {value}", "before {value}")
    help = Text("少于（不含本数）", "less than, the limit itself excluded")


class Equals(Comparison):
    key = "equals"
    sign, opposite = "=", "≠"
    operator, mirror = "==", "equals"
    adding_helps = True
    met_at_limit = True
    equates = True
    words = Text("等于 {value}", "{value}")
    claim = Text("等于 {value}", "equal to {value}")
    shortfall_code = "short-off"
    help = Text("等于，可用 tolerance 放宽", "equal to; tolerance gives it slack")

    def shortfall(self, observed: Num, required: Num, upper: Num | None = None) -> Array:
        import numpy as np

        over = observed.lo > required.lo
        apart: Array = np.abs(np.where(over, observed.lo - required.hi, required.lo - observed.hi))
        return apart

    def condition(
        self, indicator: Node, limits: tuple[Node, ...], items: tuple[str, ...], tolerance: float | str | None
    ) -> Node:
        if isinstance(tolerance, str):  # how many digits a return prints is not known beforehand
            return Call(ABOUT, (indicator, limits[0]))
        if not tolerance:
            return Binary("==", indicator, limits[0])
        low, high = _shifted(limits[0], -tolerance), _shifted(limits[0], tolerance)
        return Binary("and", Binary(">=", indicator, low), Binary("<=", indicator, high))


class Between(Comparison):
    key = "between"
    form = "range"
    sign, opposite = "∈", "∉"
    adding_helps = True
    met_at_limit = True
    words = Text("在 {value} 之间", "{value}")
    shortfall_code = "short-off"
    help = Text("介于两数之间（含两端）", "between two limits, both included")

    def test(self, observed: Num, required: Num, upper: Num | None = None, slack: float | Array = 0.0) -> Tru:
        from communitycheck.model.expression.truths import at_least, conjunction  # as above

        assert upper is not None
        return conjunction(at_least(observed, required), at_least(upper, observed))

    def shortfall(self, observed: Num, required: Num, upper: Num | None = None) -> Array:
        import numpy as np

        assert upper is not None
        short: Array = np.maximum(required.lo - observed.hi, observed.lo - upper.hi)
        return short

    def condition(
        self, indicator: Node, limits: tuple[Node, ...], items: tuple[str, ...], tolerance: float | str | None
    ) -> Node:
        low, high = limits
        return Binary("and", Binary(">=", indicator, low), Binary("<=", indicator, high))


class Is(Comparison):
    """The indicator is a truth. The limit is 1 for true, 0 for false."""

    key = "is"
    form = "truth"
    sign, opposite = "=", "≠"
    words = Text("为“{value}”", "{value}")
    help = Text("是否类要求：true 或 false", "a yes/no requirement: true or false")

    def condition(
        self, indicator: Node, limits: tuple[Node, ...], items: tuple[str, ...], tolerance: float | str | None
    ) -> Node:
        return indicator if limits[0] == Number(1.0) else Unary("not", indicator)


class Covers(AtLeast):
    """The indicator is a list. How many of the items it names is held against how many there are."""

    key = "covers"
    form = "items"
    operator = mirror = ""
    adding_helps = False
    words = Text("覆盖全部 {value} 项", "all {value} items")
    help = Text(
        "列举型字段必须包含的各项；写了 by 则为地区内各记录合起来必须有的各项（名称、代码）；旁边写 at_least: 2 "
        "则至少含其中 2 项",
        "items that a list field has to hold, or with by that the records of a region have to name together; with "
        "at_least: 2 beside it, at least two of them",
    )

    def test(self, observed: Num, required: Num, upper: Num | None = None, slack: float | Array = 0.0) -> Tru:
        return COMPARISONS["at_least"].test(observed, required)

    def condition(
        self, indicator: Node, limits: tuple[Node, ...], items: tuple[str, ...], tolerance: float | str | None
    ) -> Node:
        first, *others = (Call(INCLUDES, (indicator, String(item))) for item in items)
        if limits[0] != Number(float(len(items))):
            return Binary(">=", Call("count_of", (first, *others)), limits[0])
        every: Node = first
        for one in others:
            every = Binary("and", every, one)
        return every


def _shifted(node: Node, by: float) -> Node:
    if isinstance(node, Number):
        return Number(node.value + by, node.dimension)
    return Binary("+" if by >= 0 else "-", node, Number(abs(by)))


# By name, in the order in which rule files and schemas list them.
_COMPARISONS = (
    AtLeast(),
    MoreThan(),
    AtMost(),
    LessThan(),
    Equals(),
    Between(),
    Is(),
    Covers(),
)
COMPARISONS: dict[str, Comparison] = {one.key: one for one in _COMPARISONS}
