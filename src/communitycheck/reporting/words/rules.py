"""What a rule checks, in words: expressions, conditions and thresholds as sentences of one language.

``综合服务设施面积 ÷ 户数 × 100 不少于 30 ㎡/百户``. Parameters appear with their value; parts that the parameters
already decide (a switch that is off) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Field
from communitycheck.model.expression import (
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    String,
    Truth,
    Unary,
)
from communitycheck.model.folding import fold
from communitycheck.model.standard import Limit, Rule, Standard
from communitycheck.model.units import shown
from communitycheck.reporting.words.numbers import PERCENT, plain
from communitycheck.reporting.words.sanitise import one_line
from communitycheck.reporting.words.sentences import Wording

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_BINDING = {"or": 1, "and": 2, "+": 5, "-": 5, "*": 6, "/": 6}
_COMPARED = {"==": "equals", "!=": "differs", "<": "less", "<=": "at-most", ">": "more", ">=": "at-least"}
_FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_FORMS = 2  # written forms named of one category
_WHOLE = 9  # binds tighter than any operator: needs no brackets



class RuleWords:
    """Puts the rules of one standard into words.

    Args:
        wording: language and field labels.
        as_of: the day that dated parameters and thresholds are taken at; by default the latest of each.
    """

    def __init__(self, wording: Wording, standard: Standard, as_of: date | None = None) -> None:
        self.wording = wording
        self.say = wording.say
        self.standard = standard
        self.day = as_of or date.max

    # what a rule says

    def check(self, rule: Rule) -> str:
        """The whole rule as one sentence."""
        if rule.manual is not None or rule.indicator is None:
            return self.say("rule-check-manual", entities=self.wording.entities(rule.applies_to))
        scope = self.scope(rule)
        values = {
            "entity": self.wording.entity(rule.applies_to),
            "entities": self.wording.entities(rule.applies_to),
            "scope": self.say("rule-check-scope", condition=scope) if scope else "",
            "claim": self.claim(rule),
        }
        if not rule.by:
            return self.say("rule-check-record", **values)
        levels = self.say("rule-or").join(self.wording.entity(level) for level in rule.by)
        return self.say("rule-check-group", levels=levels, **values)

    def scope(self, rule: Rule) -> str:
        """The rule's ``where`` in words; empty where all records are meant."""
        if rule.where is None:
            return ""
        folded = fold(rule.where, self.parameter)
        return "" if folded == Truth(True) else self.condition(folded, rule.applies_to)

    def claim(self, rule: Rule) -> str:
        """Indicator and threshold: ``综合服务设施面积 不少于 400 ㎡``."""
        assert rule.indicator is not None and rule.threshold is not None
        indicator = fold(rule.indicator, self.parameter)
        comparison = rule.threshold.comparison
        if comparison.form == "truth":
            wanted = rule.threshold.limits[0].value
            held = isinstance(wanted, Number) and bool(wanted.value)
            return self.condition(indicator if held else Unary("not", indicator), rule.applies_to)
        if comparison.form == "items":
            items = self.wording.listed(one_line(i) for i in rule.threshold.items)
            n = len(rule.threshold.items)
            return self.say("rule-claim-covers", indicator=self.value(indicator, rule.applies_to), n=n, items=items)
        return self.say(
            "rule-claim", indicator=self.value(indicator, rule.applies_to), limit=self.threshold(rule, rule.applies_to)
        )

    def threshold(self, rule: Rule, entity: str = "") -> str:
        """The limit in force, in words: ``不少于 400 ㎡``; of a list, how many items."""
        limits = rule.threshold
        if limits is None:
            return ""
        words = limits.comparison.words
        if limits.comparison.form == "items":
            return self.wording.fill(words, value=len(limits.items))
        limit = limits.at(self.day) or limits.limits[-1]
        if limits.comparison.form == "truth":
            held = isinstance(limit.value, Number) and bool(limit.value.value)
            return self.wording.fill(words, value=self.wording.truth(held))
        return self.limit(rule, limit, entity or rule.applies_to)

    def limit(self, rule: Rule, limit: Limit, entity: str) -> str:
        """One dated limit with its comparison and unit."""
        assert rule.threshold is not None
        low = self._quantity(limit.value, rule, entity)
        if rule.threshold.upper is not None:
            high = self._quantity(rule.threshold.upper, rule, entity)
            (bare, _, unit), (_, _, other) = low.partition(" "), high.partition(" ")
            low = self.say("range", low=bare if unit == other else low, high=high)
        comparison = rule.threshold.comparison
        return self.wording.fill(comparison.claim or comparison.words, value=low)

    def _quantity(self, node: Node, rule: Rule, entity: str) -> str:
        folded = fold(node, self.parameter)
        if isinstance(folded, Number):
            return stated(folded.value, rule.unit, self.wording.lang)
        return self.value(folded, entity)

    def parameter(self, name: str) -> float | None:
        found = self.standard.parameters.get(name)
        return None if found is None else found.at(self.day)

    # expressions

    def value(self, node: Node, entity: str = "community") -> str:
        """A number, text or list in words."""
        return one_line(self._value(node, entity)[0])

    def condition(self, node: Node, entity: str = "community") -> str:
        """A truth in words, as a condition."""
        return one_line(self._condition(node, entity)[0])

    def _value(self, node: Node, entity: str) -> tuple[str, int]:
        """The words, and how tightly they hold together."""
        match node:
            case Number(value, dimension):
                return stated(value, PERCENT if dimension == "ratio" else "", self.wording.lang), _WHOLE
            case String(value):
                return self.say("rule-quoted", text=value), _WHOLE
            case Truth(value):
                return self.say("rule-quoted", text=self.wording.truth(value)), _WHOLE
            case Name(name):
                return self.wording.label(name, self.standard.id), _WHOLE
            case Unary("-", operand):
                return "−" + self._inside(operand, entity, _WHOLE), 7
            case Binary(op, left, right) if op in _SIGNS:
                binding = _BINDING[op]
                tight = self._inside(right, entity, binding + 1)
                return f"{self._inside(left, entity, binding)} {_SIGNS[op]} {tight}", binding
            case Call():
                return self._call(node, entity)
            case ListOf(items):
                return self.wording.listed(self._value(i, entity)[0] for i in items), _WHOLE
            case _:
                return self._condition(node, entity)

    def _inside(self, node: Node, entity: str, binding: int) -> str:
        text, own = self._value(node, entity)
        return text if own >= binding else self.say("rule-brackets", text=text)

    def _call(self, node: Call, entity: str) -> tuple[str, int]:
        arguments = node.arguments
        kind = self.wording.entities(entity)
        match node.function:
            case "min" | "max":
                if len(arguments) == 1:
                    return self._value(arguments[0], entity)
                return self.say(f"rule-{node.function}", items=self._values(arguments, entity)), _WHOLE
            case "ceil" | "floor" | "abs":
                return self.say(f"rule-{node.function}", value=self._inside(arguments[0], entity, _WHOLE)), 8
            case "round":
                digits = int(arguments[1].value) if len(arguments) > 1 and isinstance(arguments[1], Number) else 0
                code = "rule-round-to" if digits else "rule-round"
                return self.say(code, value=self._inside(arguments[0], entity, _WHOLE), digits=digits), 8
            case "coalesce":
                first, *rest = (self._value(a, entity)[0] for a in arguments)
                for other in rest:
                    first = self.say("rule-coalesce", first=first, other=other)
                return first, _WHOLE
            case "count_of":
                if all(isinstance(a, Name) for a in arguments):
                    return self.say("rule-count-of", items=self._values(arguments, entity)), _WHOLE
                listed = self.say("semicolon").join(self._condition(a, entity)[0] for a in arguments)
                return self.say("rule-count-of-conditions", items=listed), _WHOLE
            case "sum" | "mean":
                inner = arguments[0]
                if self._is_truth(inner):
                    code = "rule-share" if node.function == "mean" else "rule-count"
                    return self.say(code, entities=kind, condition=self._condition(inner, entity)[0]), _WHOLE
                return self.say(f"rule-{node.function}", value=self._inside(inner, entity, _WHOLE)), 8
            case "share":
                return self.say("rule-share", entities=kind, condition=self._condition(arguments[0], entity)[0]), _WHOLE
            case "count" if arguments:
                return self.say("rule-count", entities=kind, condition=self._condition(arguments[0], entity)[0]), _WHOLE
            case "count":
                return self.say("rule-count-all", entities=kind), _WHOLE
            case _:
                return self._condition(node, entity)

    def _values(self, nodes: Iterable[Node], entity: str) -> str:
        return self.wording.listed(self._value(n, entity)[0] for n in nodes)

    # conditions

    def _condition(self, node: Node, entity: str, *, negated: bool = False) -> tuple[str, int]:
        match node:
            case Unary("not", operand):
                return self._condition(operand, entity, negated=not negated)
            case Truth(value):
                return self.say("rule-always" if value != negated else "rule-never"), _WHOLE
            case Name(name):
                return self._named(name, negated=negated), 4
            case Binary(("and" | "or") as op, left, right):
                # not (a and b) is (not a) or (not b)
                joined = {"and": "or", "or": "and"}[op] if negated else op
                binding = _BINDING[joined]
                parts = []
                for side in (left, right):
                    text, own = self._condition(side, entity, negated=negated)
                    parts.append(text if own >= binding else self.say("rule-brackets", text=text))
                return self.say(f"rule-join-{joined}", left=parts[0], right=parts[1]), binding
            case Binary(("in" | "not in") as op, left, ListOf(items)):
                negative = (op == "not in") != negated
                listed = self.wording.listed(self._category(left, i, entity) for i in items)
                code = "rule-not-one-of" if negative else "rule-one-of"
                return self.say(code, left=self._value(left, entity)[0], items=listed), 4
            case Binary(op, left, right) if op in _COMPARED:
                return self._compared(op, left, right, entity, negated=negated), 4
            case Call("is_blank", (Name(name),)):
                code = "rule-not-blank" if negated else "rule-blank"
                return self.say(code, left=self.wording.label(name, self.standard.id)), 4
            case Call("coalesce", (first, Truth(value))) if value != negated:
                text = self._condition(first, entity, negated=negated)[0]
                return self.say("rule-or-blank", condition=text), 4
            case Call("meets", arguments):
                rules = self.wording.listed(a.value for a in arguments if isinstance(a, String))
                code = ("rule-meets" if len(arguments) == 1 else "rule-meets-all") + ("-not" if negated else "")
                return self.say(code, rules=rules), 4
            case _:
                text = self._value(node, entity)[0]
                return self.say("rule-is", left=text, right=self.wording.truth(not negated)), 4

    def _named(self, name: str, *, negated: bool) -> str:
        label = self.wording.label(name, self.standard.id)
        field = self._field(name)
        if field is not None and field.type != "truth":  # a count as a truth: some or none
            return self.say("rule-equals" if negated else "rule-more", left=label, right="0")
        return self.say("rule-is", left=label, right=self.wording.truth(not negated))

    def _compared(self, op: str, left: Node, right: Node, entity: str, *, negated: bool) -> str:
        if isinstance(left, Number | String | Truth) and not isinstance(right, Number | String | Truth):
            left, right, op = right, left, _FLIPPED[op]
        if negated:
            op = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op]
        if isinstance(right, Truth):
            return self._condition(left, entity, negated=(op == "!=") == right.value)[0]
        if isinstance(right, String):
            code = "rule-is-text" if op == "==" else "rule-is-not-text"
            return self.say(code, left=self._value(left, entity)[0], right=self._category(left, right, entity))
        return self.say(
            f"rule-{_COMPARED[op]}", left=self._value(left, entity)[0], right=self._with_unit(left, right, entity)
        )

    def _with_unit(self, left: Node, right: Node, entity: str) -> str:
        """A number beside a field carries that field's unit."""
        field = self._field(left.name) if isinstance(left, Name) else None
        if isinstance(right, Number) and right.dimension != "ratio" and field is not None and field.unit:
            return stated(right.value, field.unit, self.wording.lang)
        return self._value(right, entity)[0]

    def _category(self, left: Node, value: Node, entity: str) -> str:
        """The value of a category as people write it: its first Chinese forms, or its name in English."""
        if not isinstance(value, String):
            return self._value(value, entity)[0]
        field = self._field(left.name) if isinstance(left, Name) else None
        forms = field.values.get(value.value, ()) if field is not None else ()
        if not forms or self.wording.lang != "zh":
            return self.say("rule-quoted", text=value.value)
        quoted = self.say("rule-quoted", text=self.wording.listed(forms[:_FORMS]))
        return self.say("rule-and-alike", text=quoted) if len(forms) > _FORMS else quoted

    def _field(self, name: str) -> Field | None:
        own = (self.standard.fields or {}).get(name)
        return own or self.wording.dictionary.find(name)

    def _is_truth(self, node: Node) -> bool:
        match node:
            case Name(name):
                field = self._field(name)
                return field is not None and field.type == "truth"
            case Truth() | Unary("not", _) | Call("meets" | "is_blank", _):
                return True
            case Binary(op, _, _):
                return op not in _SIGNS
            case _:
                return False


def stated(value: float, unit: str, lang: Lang) -> str:
    """A number of a rule file with all its digits and its unit: ``0.05%``, ``5,000 人``."""
    whole, _, rest = plain(value * 100 if unit == PERCENT else value).partition(".")
    text = f"{int(whole or 0):,}" if whole.lstrip("-") != "0" else whole
    text += f".{rest}" if rest else ""
    if unit == PERCENT:
        return f"{text}%"
    name = shown(unit, lang)
    return f"{text} {name}" if name else text


__all__ = ["RuleWords", "stated"]
