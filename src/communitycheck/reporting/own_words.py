"""What rules say of their fails in words of their own, where a report lists fails without the sentence of each."""

from __future__ import annotations

from collections.abc import Iterable

from communitycheck.model.result import Outcome, RuleResult
from communitycheck.reporting.words.sentences import Wording


def own_lines(found: Iterable[tuple[RuleResult, int]], wording: Wording) -> list[str]:
    """A line for each fail among ``found`` whose rule has words of its own; what is said of several stands once."""
    lines = []
    for rule, text in own_texts(found, wording):
        lines.append(wording.say("rule-own-words", rule=rule, text=text))
    return lines


def own_texts(found: Iterable[tuple[RuleResult, int]], wording: Wording) -> list[tuple[str, str]]:
    """The rules and what they say of these fails."""
    texts: dict[tuple[str, str], None] = {}
    for result, i in found:
        rule = result.rule
        if (rule.message or rule.advice) and result.outcome[i] in (Outcome.FAIL, Outcome.NOT_DUE):
            verdict = result.verdict(i)
            text = wording.own_words(verdict, wording.figures(verdict, result.add_unit))
            texts[wording.rule_id(rule), text] = None
    return list(texts)
