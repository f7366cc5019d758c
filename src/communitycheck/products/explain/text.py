"""What ``explain`` found, for a person: verdict, rule, scope, arithmetic, cells, and the ways to pass."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from communitycheck.messages import Lang
from communitycheck.model.expression import names_in
from communitycheck.model.result import OUTCOMES, Outcome, Reason, Verdict
from communitycheck.model.waiver import Waiver
from communitycheck.printable import one_line
from communitycheck.products.explain.arithmetic import arithmetic_block, equation_line
from communitycheck.products.explain.cells import cells_block, members_block, shown_value
from communitycheck.products.explain.explanation import Explained, Explanation
from communitycheck.products.explain.remedy import remedy_block
from communitycheck.products.explain.rule import rule_block
from communitycheck.products.explain.words import Words
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.outline import TONES
from communitycheck.reporting.page import Page
from communitycheck.reporting.scores import outside_block, sheet_block
from communitycheck.reporting.waivers.words import days
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import outcomes_in_words
from communitycheck.reporting.words.sentences import Wording

LISTED = 20  # lines of a short list


def explanation_text(
    found: Explained, lang: Lang, *, colour: bool = False, width: int | None = None
) -> Iterator[str]:
    """The explanations, block by block."""
    wording = Wording(lang, found.dictionary, found.standards, found.as_of, [e.rule for e in found.explanations])
    whole = chain.from_iterable(_blocks(e, found, wording) for e in found.explanations)
    blocks = list(_short(found, wording) if found.short else whole)
    yield from Page(width, colour).draw_all(blocks)


def _blocks(one: Explanation, found: Explained, wording: Wording) -> Iterator[Block]:
    words = Words(one, wording, found)
    yield _verdict(one, words)
    yield rule_block(words)
    if one.rule.manual is not None:
        return
    for build in (_scope, arithmetic_block, members_block, cells_block, _wanted, remedy_block):
        block = build(words)
        if block is not None:
            yield block


def _verdict(one: Explanation, words: Words) -> Block:
    wording, say = words.wording, words.say
    rule, title = wording.rule_id(one.rule), wording.rule_title(one.rule)
    if one.verdict is None:
        block = Block("explain", say("explain-title-rule", rule=rule, title=title, place=""))
        block.pairs = [(say("explain-verdict"), say("outcome-not-checked"))]
        labels = wording.listed(words.wanted_label(w) for w in one.wanted)
        block.lines = [say("explain-lacking", columns=labels)]
        return block
    subject = one.verdict.subject
    name, place = wording.name(subject), wording.region(subject)
    code = "explain-title" if place else "explain-title-bare"
    block = Block("explain", say(code, name=name, place=place, rule=rule, title=title))
    outcome = wording.outcome(one.verdict.outcome) + wording.excuse_mark(one.verdict.waiver)
    block.pairs = [(say("explain-verdict"), outcome)]
    if one.verdict.outcome is Outcome.MANUAL and one.rule.manual is not None:
        reason = one_line(one.rule.manual.in_lang(wording.lang)) or say("reason-manual")
        reason = say("explain-manual", reason=reason)
    elif one.verdict.outcome is Outcome.ERROR:
        reason = say("explain-error", error=one_line(one.error) or say("none"))
    else:
        reason = wording.reason(one.verdict, wording.figures(one.verdict, one.add_unit))
    block.pairs.append((say("explain-reason"), reason))
    if entry := _waiver(one.verdict, words):
        block.pairs.append((say("label-waived"), entry))
    return block


def _waiver(verdict: Verdict, words: Words) -> str:
    """The entry that excuses the fail, or would and does not hold on the day."""
    applied, one = words.found.waivers, verdict.waiver if isinstance(verdict.waiver, Waiver) else verdict.lapsed
    if applied is None or one is None:
        return ""
    state = one.state(words.found.as_of)
    return words.say(
        "explain-waiver",
        path=one_line(applied.path),
        line=one.line,
        subject=one_line(one.subject.words),
        state=words.say(f"waiver-state-{state.value.replace('_', '-')}"),
        days=days(one, words.wording),
        terms="" if state.holds else words.wording.terms(one),
    )


def _scope(words: Words) -> Block | None:
    one, say = words.one, words.say
    if one.verdict is None:
        return None
    block = Block("scope", say("explain-heading-scope"))
    reason = one.verdict.reason
    if reason in (Reason.OUTSIDE, Reason.REGION_UNKNOWN, Reason.NOT_CARRIED):
        code = {
            Reason.OUTSIDE: "explain-scope-outside",
            Reason.REGION_UNKNOWN: "explain-scope-region",
            Reason.NOT_CARRIED: "explain-scope-elsewhere",
        }[reason]
        block.lines = [say(code, standard=one.standard.id, place=one_line(one.standard.jurisdiction.name))]
        return block
    if one.rule.by:
        block.lines = _group_scope(words)
        return block if block.lines else None
    entities = words.wording.entities(one.rule.applies_to)
    if not one.scope:
        block.lines = [say("explain-scope-all", entities=entities)]
        return block
    for condition in one.scope:
        answer = {True: "explain-holds", False: "explain-fails", None: "explain-unsure"}[words.truth(condition.value)]
        shown = [words.input(name) for name in dict.fromkeys(names_in(condition.node))]
        values = say("comma").join(
            say("explain-is", field=words.label(i.key), value=shown_value(i, words)) for i in shown if i is not None
        )
        code = "explain-scope-condition" if values else "explain-scope-condition-bare"
        text = words.rule_words.condition(condition.node, one.rule.applies_to)
        block.lines.append(say(code, condition=text, answer=say(answer), values=values))
    ending = {True: "explain-scope-in", False: "explain-scope-out", None: "explain-scope-unsure"}[one.in_scope]
    block.lines.append(say(ending))
    return block


def _group_scope(words: Words) -> list[str]:
    one, say, group = words.one, words.say, words.one.group
    if group is None:
        return []
    entities = words.wording.entities(one.rule.applies_to)
    n = count(sum(group.standings.values()) - (0 if one.where is None else group.unsure))
    if one.where is None:
        lines = [say("explain-scope-group-all", entities=entities, n=n)]
    else:
        condition = words.rule_words.condition(one.where, one.rule.applies_to)
        outside = count(group.outside)
        lines = [say("explain-scope-group", condition=condition, entities=entities, n=n, outside=outside)]
        if group.unsure:
            lines.append(say("explain-scope-group-unsure", n=count(group.unsure)))
    if group.exempt:
        lines.append(say("explain-scope-exempt", n=count(group.exempt)))
    return lines


def _wanted(words: Words) -> Block | None:
    if not words.one.wanted:
        return None
    block = Block("wanted", words.say("explain-heading-wanted"))
    for wanted in words.one.wanted:
        label = words.wanted_label(wanted)
        if wanted.headers:
            headers = words.wording.listed(one_line(h) for h in wanted.headers)
            block.lines.append(words.say("explain-wanted", field=label, headers=headers))
        else:
            block.lines.append(words.say("explain-wanted-kind", entities=words.wording.entities(wanted.key)))
    return block


# short lists


def _short(found: Explained, wording: Wording) -> Iterator[Block]:
    """Every rule of a subject, or the subjects that do not pass a rule, a row each."""
    if found.subject is not None:
        if found.explanations or not (found.scores or found.unscored):
            yield _of_subject(found, wording)
        yield from (sheet_block(sheet, i, wording) for sheet, i in found.scores)
        yield from (outside_block(score, found.subject, wording) for score in found.unscored)
        return
    by_rule: dict[tuple[str, str], list[Explanation]] = {}
    for one in found.explanations:
        by_rule.setdefault((one.rule.standard, wording.rule_id(one.rule)), []).append(one)
    for judged in found.judged:
        rule = judged.result.rule
        title = wording.say(
            "explain-title-rule", rule=wording.rule_id(rule), title=wording.rule_title(rule), place=found.region
        )
        listed = by_rule.get((rule.standard, wording.rule_id(rule)), [])
        block = _list(title, listed[:LISTED], found, wording, by_subject=True)
        counts = outcomes_in_words(judged.counts(), wording)
        if listed:
            n, shown = count(judged.failing), count(len(block.rows))
            block.lines.append(wording.say("explain-list-fails", n=n, listed=shown))
        else:
            block.lines.append(wording.say("explain-list-none", outcomes=counts))
        block.more = wording.say("explain-more") if listed else ""
        yield block


def _of_subject(found: Explained, wording: Wording) -> Block:
    assert found.subject is not None
    place = wording.region(found.subject)
    code = "explain-title-subject" if place else "explain-title-subject-bare"
    title = wording.say(code, name=wording.name(found.subject), place=place)
    block = _list(title, found.explanations, found, wording, by_subject=False)
    counts = dict.fromkeys(OUTCOMES, 0)
    for one in found.explanations:
        if one.verdict is not None:
            counts[one.verdict.outcome] += 1
    outcomes = outcomes_in_words(counts, wording)
    block.lines.append(wording.say("explain-list-rules", n=count(sum(counts.values())), outcomes=outcomes))
    block.more = wording.say("explain-more")
    return block


def _list(
    title: str, listed: list[Explanation], found: Explained, wording: Wording, *, by_subject: bool
) -> Block:
    say = wording.say
    block = Block("list", title)
    if not listed:
        return block
    first = "column-name" if by_subject else "column-rule"
    block.columns = [
        TableColumn(say(first), wrap=True),
        TableColumn(say("explain-verdict")),
        TableColumn(say("explain-column-arithmetic"), wrap=True, least=24),
        TableColumn(say("explain-column-where"), wrap=True, spare=True),
    ]
    for one in listed:
        words = Words(one, wording, found)
        if one.verdict is None:
            labels = wording.listed(words.wanted_label(w) for w in one.wanted)
            head = f"{wording.rule_id(one.rule)} {wording.rule_title(one.rule)}"
            block.add_row(head, say("outcome-not-checked"), say("explain-lacking", columns=labels), "")
            continue
        verdict = one.verdict
        name = "/".join(p for p in (wording.region(verdict.subject), wording.name(verdict.subject)) if p)
        head = name if by_subject else f"{wording.rule_id(one.rule)} {wording.rule_title(one.rule)}"
        place = wording.spot(verdict.at, verdict.cells)
        sheet = f"[{one_line(verdict.at.sheet)}] " if verdict.at is not None and verdict.at.sheet else ""
        outcome = wording.outcome(verdict.outcome) + wording.excuse_mark(verdict.waiver)
        cells = (head, outcome, equation_line(words), (sheet + place).strip())
        block.add_row(*cells, tone=TONES.get(verdict.outcome, ""))
    return block


__all__ = ["LISTED", "explanation_text"]
