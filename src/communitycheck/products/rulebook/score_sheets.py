"""Assessment sheets as the rule book shows them: items, what each is worth and how it is earned, grades and vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from communitycheck.model.scores.score import Score, ScoreItem
from communitycheck.model.standard import Standard
from communitycheck.printable import one_line
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.scores import points_of, tier_words
from communitycheck.reporting.words.numbers import amount
from communitycheck.reporting.words.rules import RuleWords


def sheet_blocks(score: Score, standard: Standard, words: RuleWords) -> Iterator[Block]:
    """The whole sheet: its head, a row for each item, then what the grades are and what caps them."""
    say, wording = words.say, words.wording
    head = Block("score", f"{score.id}  {sheet_title(score, words)}")
    head.pairs.append((say("column-standard"), f"{standard.id}  {one_line(standard.title.in_lang(wording.lang))}"))
    if score.clause:
        head.pairs.append((say("column-clause"), one_line(score.clause)))
    head.pairs.append((say("column-entity"), wording.entity(score.applies_to)))
    if score.scope is not None and score.scope.indicator is not None:
        head.pairs.append((say("sheet-where"), words.condition(score.scope.indicator, score.applies_to)))
    if score.not_applicable is not None:
        head.pairs.append((say("score-how-none"), say(f"sheet-{score.not_applicable.replace('_', '-')}")))
    for key in ("bonus_cap", "penalty_cap", "most"):
        if (value := getattr(score, key)) is not None:
            head.pairs.append((say(f"sheet-{key.replace('_', '-')}"), points_of(value)))
    yield head
    table = Block(
        "score-items",
        say("column-score-item"),
        columns=[
            TableColumn(say("column-score-item"), wrap=True, least=14),
            TableColumn(say("column-clause"), spare=True),
            TableColumn(say("column-of-points"), right=True),
            TableColumn(say("column-how"), wrap=True, least=24, share=3),
        ],
    )
    for row in item_rows(score, words):
        table.add_row(*row)
    yield table
    if lines := [*grade_lines(score, words), *veto_lines(score, words)]:
        yield Block("score-grades", say("column-grade"), lines=lines)


def sheet_title(score: Score, words: RuleWords) -> str:
    title = one_line(score.title.in_lang(words.wording.lang))
    return words.say("heading-scores", title=title, total=points_of(score.total))


def item_rows(score: Score, words: RuleWords) -> Iterator[tuple[str, str, str, str]]:
    for item in score.items:
        title = f"{item.id} {one_line(item.title.in_lang(words.wording.lang))}"
        most = points_of(item.most)
        points = most if item.kind == "weight" else words.say(f"score-{item.kind}", points=most)
        yield title, one_line(item.clause), points, earned(item, words)


def earned(item: ScoreItem, words: RuleWords) -> str:
    """How the item is earned, or of a penalty how it is lost."""
    say, rule = words.say, item.rule
    if rule is None or rule.indicator is None:
        return say("score-how-manual")
    values = {"most": points_of(item.most), "step": points_of(item.step)}
    what = words.value(rule.indicator, rule.applies_to) if item.way not in ("rule", "if") else ""
    match item.way:
        case "rule":
            return say("sheet-how-rule-lost" if item.kind == "penalty" else "sheet-how-rule", rule=rule.id)
        case "if":
            how = say("sheet-how-if", condition=words.condition(rule.indicator, rule.applies_to))
        case "full":
            how = words.claim(rule)
        case "proportional":
            required = words.threshold(rule)
            how = say("sheet-how-measured", what=what, how=say("sheet-how-proportional", required=required, **values))
        case "tiers":
            tiers = say("score-how-tiers", tiers=words.wording.listed(tier_words(item, words.wording)))
            how = say("sheet-how-measured", what=what, how=tiers)
        case _:
            per = amount(item.per, rule.unit, words.wording.lang)
            how = say("sheet-how-measured", what=what, how=say(f"score-how-{item.way}", per=per, **values))
    scope = words.scope(rule)
    return say("sheet-how-where", scope=scope, how=how) if scope else how


def grade_lines(score: Score, words: RuleWords) -> Iterator[str]:
    lang = words.wording.lang
    for better, grade in pairwise((None, *score.grades)):
        assert grade is not None
        start, name = grade.band.start, grade.name.in_lang(lang)
        if start > float("-inf"):
            yield f"{name}  {'≥' if grade.band.included else '>'} {points_of(start)}"
        else:
            below = "" if better is None else f"  {'<' if better.band.included else '≤'} {points_of(better.band.start)}"
            yield f"{name}{below}"


def veto_lines(score: Score, words: RuleWords) -> Iterator[str]:
    say, lang = words.say, words.wording.lang
    for veto in score.vetoes:
        rule, grade = veto.rule, score.grades[veto.cap].name.in_lang(lang)
        values = {"title": veto.title.in_lang(lang), "grade": grade}
        if veto.on_condition and rule.indicator is not None:
            yield say("sheet-veto-if", condition=words.condition(rule.indicator, rule.applies_to), **values)
        else:
            yield say("sheet-veto-rule", rule=rule.id, **values)
