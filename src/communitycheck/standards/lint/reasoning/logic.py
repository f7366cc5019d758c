"""Can a condition hold? Interval reasoning over one quantity at a time, then over those that read the same fields.

A condition becomes alternatives (``or``) of demands (``and``), each demand a set of values for one quantity in the one
form that it has (``linear``). An alternative with an empty set can never hold. Where one alternative holds demands on
quantities that share no field, it can. Of those that do share fields ``together`` tells. Anything else is left
undecided, and said to be so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct, field

from communitycheck.model.comparison import ABOUT, INCLUDES
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import (
    FUNCTIONS,
    MIRRORED,
    NEGATED,
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    String,
    Truth,
    Unary,
    names_in,
    show_evaluated,
)
from communitycheck.standards.lint.reasoning.bounds import bounds, constant, is_whole
from communitycheck.standards.lint.reasoning.choices import without_choice
from communitycheck.standards.lint.reasoning.linear import Forms
from communitycheck.standards.lint.reasoning.sets import (
    EITHER,
    EVERY,
    FALSE,
    TRUE,
    Domain,
    Reals,
    Texts,
    between,
    compared,
    meet,
)
from communitycheck.standards.lint.reasoning.sets import point as exactly
from communitycheck.standards.lint.reasoning.together import can_meet

# Alternatives beyond this many are not followed up.
MAX_ALTERNATIVES = 200


class Answer(Enum):
    YES = "yes"
    NO = "no"
    OPEN = "open"


class Demands(Struct):
    """Sets of values by variable, all of which have to be met."""

    domains: dict[str, Domain] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def joined(self, other: Demands) -> Demands:
        if not self.domains:
            return other
        both = Demands(dict(self.domains), {**self.nodes, **other.nodes})
        for key, domain in other.domains.items():
            both.domains[key] = meet(both.domains[key], domain) if key in both.domains else domain
        return both


class Logic:
    """Conditions over the fields of one dictionary."""

    def __init__(self, dictionary: Dictionary, *, ranges: bool = True) -> None:
        self.dictionary = dictionary
        self.ranges = ranges
        self.forms = Forms(dictionary)
        # Thousands of rules ask the same few questions.
        self._ways: dict[tuple[Node, bool], list[Demands] | None] = {}
        self._answers: dict[tuple[Node | None, ...], tuple[Answer, str]] = {}
        # By variable: every value that it can have, and whether these are whole numbers.
        self._naturals: dict[str, tuple[Domain, bool]] = {}

    def can_hold(self, *conditions: Node | None) -> Answer:
        """Whether all of ``conditions`` can hold of one subject at once."""
        return self.examine(*conditions)[0]

    def examine(self, *conditions: Node | None) -> tuple[Answer, str]:
        """The answer and, where it is no, the variable on which the first alternative breaks."""
        if conditions not in self._answers:
            self._answers[conditions] = self._examine(conditions)
        return self._answers[conditions]

    def alternatives(self, node: Node, wanted: bool) -> list[Demands] | None:
        """The ways in which ``node`` is true (or, not ``wanted``, false); None where there are too many."""
        if (node, wanted) not in self._ways:
            self._ways[node, wanted] = self._alternatives(node, wanted)
        return self._ways[node, wanted]

    def quantity(self, node: Node) -> str:
        """What an indicator measures, as text: the same for every spelling and multiple of a number."""
        return self.forms.quantity(node) if self.is_number(node) else show_evaluated(node)

    def possible(self, node: Node, *domains: Domain) -> Domain:
        """The values in all of ``domains`` that the variable can have at all."""
        return self._possible(show_evaluated(node), node, *domains)

    def _possible(self, variable: str, node: Node, *domains: Domain) -> Domain:
        if variable not in self._naturals:
            self._naturals[variable] = self._natural(node), is_whole(node, self.dictionary)
        found, whole = self._naturals[variable]
        for domain in domains:
            found = meet(domain, found)
        return found.whole() if whole and isinstance(found, Reals) else found

    def _examine(self, conditions: tuple[Node | None, ...]) -> tuple[Answer, str]:
        count, ways = 1, []
        for condition in conditions:
            if condition is None:
                continue
            more = self.alternatives(condition, True)
            if more is None or count * len(more) > MAX_ALTERNATIVES:
                return Answer.OPEN, ""
            count *= len(more)
            ways.append(more)
        return self._together(Demands(), ways)

    def _together(self, held: Demands, ways: Sequence[Sequence[Demands]]) -> tuple[Answer, str]:
        """Whether one way of each condition can be met beside what is ``held``, looking no further than needed.

        What clashes already is not joined with more, and the first that can be met is the answer.
        """
        if not ways:
            return self._settled(held), ""
        answer, broken = Answer.NO, ""
        for way in ways[0]:
            joined = held.joined(way)
            clash = self._clash(joined, way)
            if clash:
                broken = broken or clash
                continue
            found, below = self._together(joined, ways[1:])
            if found is Answer.YES:
                return found, ""
            broken = broken or below
            answer = found if found is Answer.OPEN else answer
        return answer, broken

    def _settled(self, held: Demands) -> Answer:
        """The answer for demands none of which asks the impossible by itself."""
        if _independent(held):
            return Answer.YES
        numbers, others = _parted(held)
        met = can_meet(numbers, self.forms, ranges=self.ranges)
        if met is False:
            return Answer.NO
        read = {name for node in numbers for name in names_in(node)}
        apart = _independent(others) and read.isdisjoint(n for node in others.nodes.values() for n in names_in(node))
        return Answer.YES if met and apart else Answer.OPEN

    def _clash(self, demands: Demands, new: Demands) -> str:
        """A variable that no value is left for; empty where every one has some, as before the ``new`` ones joined."""
        for key in new.domains:
            if self._possible(key, demands.nodes[key], demands.domains[key]).empty:
                return key
        for key, node in demands.nodes.items():
            # A blank cell answers no comparison.
            if isinstance(node, Call) and node.function == "is_blank" and demands.domains[key] == TRUE:
                name = show_evaluated(node.arguments[0])
                if name in demands.domains:
                    return name
        return ""

    def _natural(self, node: Node) -> Domain:
        """Every value that the variable can have at all."""
        if isinstance(node, Name):
            known = self.dictionary.fields.get(node.name)
            if known is None:
                return EVERY
            if known.type == "category":
                return Texts(frozenset(known.values))
            if known.type == "date":
                return EVERY
            if not known.is_number:
                return Texts(frozenset(), True)
            if known.type == "truth":
                return EITHER
            interval = between(*bounds(node, self.dictionary)) if self.ranges else EVERY
            if known.zero_impossible and self.ranges:
                interval = interval & exactly(0.0).complement()
            return interval
        if _is_condition(node):
            return EITHER
        return between(*bounds(node, self.dictionary)) if self.ranges or _bounded_by_nature(node) else EVERY

    def _alternatives(self, node: Node, wanted: bool) -> list[Demands] | None:
        match node:
            case Unary("not", operand):
                return self._alternatives(operand, not wanted)
            case Binary("and" | "or" as op, left, right):
                sides = self._alternatives(left, wanted), self._alternatives(right, wanted)
                if sides[0] is None or sides[1] is None:
                    return None
                if (op == "and") != wanted:
                    both = sides[0] + sides[1]
                elif len(sides[0]) * len(sides[1]) > MAX_ALTERNATIVES:
                    return None
                else:
                    both = [a.joined(b) for a in sides[0] for b in sides[1]]
                return both if len(both) <= MAX_ALTERNATIVES else None
            case Truth(value):
                return [Demands()] if value == wanted else []
            case Call("if", (condition, one, other)):
                apart = Binary("and", condition, one), Binary("and", Unary("not", condition), other)
                return self._alternatives(Binary("or", *apart), wanted)
            case Binary("in" | "not in" as op, left, ListOf(items)):
                return self._member(left, items, (op == "in") == wanted)
            case Binary(op, left, right) if op in MIRRORED:
                return self._comparison(op if wanted else NEGATED[op], left, right)
            case Name(name) if (known := self.dictionary.fields.get(name)) is not None and known.type == "count":
                return [_demand(node, compared(">" if wanted else "<=", 0))]
            case _:
                return [_demand(node, TRUE if wanted else FALSE)]

    def _member(self, left: Node, items: tuple[Node, ...], inside: bool) -> list[Demands]:
        domain: Domain
        words = [i.value for i in items if isinstance(i, String)]
        if words:
            domain = Texts(frozenset(words), not inside)
        else:
            values = [float(i.value) for i in items if isinstance(i, Number | Truth)]
            domain = Reals(tuple(s for v in sorted(set(values)) for s in exactly(v).intervals))
            domain = domain if inside else domain.complement()
        return [_demand(left, domain)]

    def _comparison(self, op: str, left: Node, right: Node) -> list[Demands] | None:
        if isinstance(left, String | Truth) or (
            constant(left, self.dictionary) is not None and constant(right, self.dictionary) is None
        ):
            op, left, right = MIRRORED[op], right, left
        if isinstance(right, String):
            words = Texts(frozenset({right.value}), op == "!=")
            if isinstance(left, String):
                return [Demands()] if (left.value == right.value) == (op == "==") else []
            return [_demand(left, words)]
        if isinstance(right, Truth):
            if isinstance(left, Truth):
                return [Demands()] if (left.value == right.value) == (op == "==") else []
            ways = self._alternatives(left, right.value == (op == "=="))
            return [_demand(Binary(op, left, right), TRUE)] if ways is None else ways
        if not self.is_number(left):
            same = Binary("==", *sorted((left, right), key=show_evaluated))
            return [_demand(same, TRUE if op == "==" else FALSE)]
        return self._numbers(op, left, right)

    def _numbers(self, op: str, left: Node, right: Node) -> list[Demands] | None:
        """Two numbers compared: a demand on what lies between them, in the one form that it has."""
        if isinstance(left, Name) and isinstance(right, Number):
            return [_demand(left, compared(op, right.value))]  # most are like this
        chosen = without_choice(op, left, right)
        if chosen is not None:
            return self._alternatives(chosen, True)
        form = self.forms.of(left).plus(self.forms.of(right), -1)
        if not form.terms:
            return [Demands()] if _holds(float(form.constant), op, 0.0) else []
        quantity, factor = form.primitive()
        op = op if factor > 0 else MIRRORED[op]
        return [_demand(self.forms.node(quantity), compared(op, float(-form.constant / factor)))]

    def is_number(self, node: Node) -> bool:
        """Whether the expression yields a number or a date."""
        if isinstance(node, Name):
            known = self.dictionary.fields.get(node.name)
            return known is None or known.type == "date" or (known.is_number and known.type != "truth")
        return not _is_condition(node)


def _demand(node: Node, domain: Domain) -> Demands:
    key = show_evaluated(node)
    return Demands({key: domain}, {key: node})


def _holds(a: float, op: str, b: float) -> bool:
    return not (compared(op, b) & exactly(a)).empty


def _independent(demands: Demands) -> bool:
    """No two variables read the same field, so that the value of one leaves the others free."""
    seen: set[str] = set()
    for key, node in demands.nodes.items():
        if isinstance(node, Call) and node.function == "is_blank" and demands.domains[key] == FALSE:
            continue
        names = {key} if isinstance(node, Call) and node.function == INCLUDES else set(names_in(node))
        if names & seen:
            return False
        seen |= names
    return True


def _parted(demands: Demands) -> tuple[dict[Node, Reals], Demands]:
    """The demands on numbers, and the others but that cells are filled in."""
    numbers: dict[Node, Reals] = {}
    others = Demands()
    for key, node in demands.nodes.items():
        domain = demands.domains[key]
        if isinstance(domain, Reals) and not _is_condition(node):
            numbers[node] = domain
        elif not (isinstance(node, Call) and node.function == "is_blank" and domain == FALSE):
            others = others.joined(Demands({key: domain}, {key: node}))
    return numbers, others


def _is_condition(node: Node) -> bool:
    match node:
        case Unary("not", _) | Truth():
            return True
        case Binary(op, _, _):
            return op not in "+-*/"
        case Call(function, _):
            return function in (INCLUDES, ABOUT) or FUNCTIONS[function].yields == "truth"
        case _:
            return False


def _bounded_by_nature(node: Node) -> bool:
    return isinstance(node, Call) and node.function in ("share", "count", "count_of")
