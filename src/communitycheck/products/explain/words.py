"""What the parts of one explanation share: its words, its numbers and its fields by name."""

from __future__ import annotations

from functools import cached_property

from communitycheck.model.standard import Standard
from communitycheck.model.table import State
from communitycheck.printable import one_line
from communitycheck.products.explain.explanation import Explained, Explanation, Input, Value, Wanted
from communitycheck.products.explain.formulas import Arithmetic
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording


class Words:
    """One explanation in one language."""

    def __init__(self, one: Explanation, wording: Wording, found: Explained) -> None:
        self.one = one
        self.wording = wording
        self.found = found

    def say(self, code: str, /, **values: object) -> str:
        return self.wording.say(code, **values)

    @cached_property
    def rule_words(self) -> RuleWords:
        return RuleWords(self.wording, self.one.standard, self.found.as_of)

    @property
    def setter(self) -> Standard:
        """The standard that set this version of the rule."""
        return self.one.layers[0].standard if self.one.layers else self.one.standard

    @cached_property
    def arithmetic(self) -> Arithmetic:
        states = {key: i.state for key, i in self._inputs.items() if i.state is not State.KNOWN}
        return Arithmetic(self.wording, self.one.rule.standard, states)

    @cached_property
    def _inputs(self) -> dict[str, Input]:
        found: dict[str, Input] = {}
        todo = [one for one in self.one.inputs if not one.kind]
        while todo:
            first = todo.pop(0)
            found.setdefault(first.key, first)
            todo += first.parts
        return found

    @cached_property
    def several_files(self) -> bool:
        """Whether cells of another return stand beside the subject's own."""
        return any(one.before is not None for one in self.one.inputs)

    def input(self, key: str) -> Input | None:
        return self._inputs.get(key)

    def label(self, key: str) -> str:
        return self.wording.label(key, self.one.rule.standard)

    def category(self, key: str, value: str) -> str:
        """A text value; a category in Chinese by the first word that people write for it."""
        return self.wording.category(key, value, self.one.rule.standard)

    def wanted_label(self, wanted: Wanted) -> str:
        """The missing column by the name people know; a missing kind of record by its own."""
        if not wanted.headers:
            return self.wording.entity(wanted.key)
        return one_line(wanted.label.in_lang(self.wording.lang)) or wanted.key

    def truth(self, value: Value) -> bool | None:
        """A value as a condition; a count is true where it is above 0."""
        if isinstance(value, tuple):
            return True if value[0] > 0 else False if value[1] <= 0 else None
        if isinstance(value, bool) or value is None:
            return value
        return value > 0 if isinstance(value, float) else None
