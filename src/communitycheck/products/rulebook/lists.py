"""The rule book on a terminal and for machines: ``rules list`` and ``rules show``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.scores.score import Score
from communitycheck.model.standard import SEVERITIES, Rule, Standard
from communitycheck.printable import as_json, one_line
from communitycheck.products.rulebook.card import Card, card, card_object, rule_object
from communitycheck.products.rulebook.facts import field_in_words
from communitycheck.products.rulebook.score_sheets import sheet_blocks
from communitycheck.reporting.document import Block, Row, TableColumn
from communitycheck.reporting.page import Page
from communitycheck.reporting.score_objects import sheet_object
from communitycheck.reporting.scores import points_of
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording

LIST_SCHEMA = "communitycheck-rules/1"
SHOW_SCHEMA = "communitycheck-rule/1"

Pair = tuple[Standard, Rule]
Sheet = tuple[Standard, Score]


def render_list(
    rules: Sequence[Pair],
    dictionary: Dictionary,
    format: str,
    lang: Lang,
    *,
    inherited: bool = False,
    scores: Sequence[Sheet] = (),
    colour: bool = False,
    width: int | None = None,
) -> str:
    """The rules by document, kind of subject and severity, and the assessment sheets behind them.

    Args:
        rules: each with the standard it is listed under.
        inherited: list inherited rules one by one; otherwise they are only counted (text alone; JSON has them all).
    """
    known = dict.fromkeys((*dictionary.entities, *(key for s, _ in rules for key in s.entities)))
    place = {key: n for n, key in enumerate(known)}
    ordered = sorted(rules, key=lambda pair: _order(pair, place))
    words = {s.id: RuleWords(Wording(lang, dictionary, [s]), s) for s, _ in ordered}
    if format == "json":
        found = [rule_object(r, s, words[s.id]) for s, r in ordered]
        return as_json({"schema": LIST_SCHEMA, "lang": lang, "count": len(found), "rules": found}, indent=1) + "\n"
    blocks: list[Block] = []
    for standard in {s.id: s for s, _ in ordered}.values():
        blocks += _standard(standard, [r for s, r in ordered if s is standard], words[standard.id], inherited)
    listed = sum(len(b.rows) for b in blocks)
    if scores:
        blocks.append(_sheets(scores, Wording(lang, dictionary, [s for s, _ in scores])))
    say = Wording(lang, dictionary).say
    blocks.append(Block("total", say("rules-total", n=listed) if listed else say("rules-none")))
    return draw(blocks, colour=colour, width=width)


def _order(pair: Pair, place: Mapping[str, int]) -> tuple[str, bool, int, int]:
    """Own rules before inherited ones, then kind of subject and severity; the file's order decides the rest."""
    standard, rule = pair
    return (
        standard.id,
        rule.layer != standard.id,
        place.get(rule.applies_to, len(place)),
        SEVERITIES.index(rule.severity),
    )


def _standard(standard: Standard, rules: list[Rule], words: RuleWords, inherited: bool) -> list[Block]:
    say, wording = words.say, words.wording
    head = Block("standard", f"{standard.id}  {one_line(standard.title.in_lang(wording.lang))}")
    source = standard.source
    day = source.date.isoformat() if source.date is not None else ""
    facts = [say("card-document", title=source.document), source.issuer, day]
    head.pairs.append((say("card-clause-document"), say("comma").join(one_line(x) for x in facts if x)))
    place = standard.jurisdiction
    head.pairs.append((say("rules-jurisdiction"), f"{one_line(place.name)} {place.code}".rstrip()))
    own = [r for r in rules if r.layer == standard.id]
    parts = [f"{wording.severity(s)} {n}" for s in SEVERITIES if (n := sum(1 for r in own if r.severity == s))]
    tally = say("brackets", text=say("comma").join(parts)) if parts else ""
    head.pairs.append((say("rules-count"), f"{len(own)}{tally}"))
    taken = [r for r in rules if r.layer != standard.id]
    if taken and not inherited:
        from_ = wording.listed(dict.fromkeys(r.layer for r in taken))
        head.pairs.append(
            (say("rules-inherited"), say("rules-inherited-count", n=len(taken), standards=from_, standard=standard.id))
        )
    blocks = [head]
    for group, layered in ((own, False), (taken if inherited else [], True)):
        for entity in dict.fromkeys(r.applies_to for r in group):
            name = wording.entity(entity)
            title = say("rules-heading-inherited", entity=name) if layered else name
            block = Block("rules", title, columns=_columns(words))
            block.rows = [Row(_cells(r, words)) for r in group if r.applies_to == entity]
            blocks.append(block)
    return blocks


def _columns(words: RuleWords) -> list[TableColumn]:
    say = words.say
    return [
        TableColumn(say("column-rule")),
        TableColumn(say("column-title"), wrap=True),
        TableColumn(say("column-severity")),
        TableColumn(say("column-threshold"), wrap=True),
        TableColumn(say("column-clause")),
    ]


def _cells(rule: Rule, words: RuleWords) -> tuple[str, ...]:
    limit = words.threshold(rule) if rule.manual is None else words.say("outcome-manual")
    return (
        rule.id,
        words.wording.rule_title(rule),
        words.say("semicolon").join(words.severities(rule)),
        limit,
        one_line(rule.clause),
    )


def render_show(
    rules: Sequence[Pair],
    standards: Sequence[Standard],
    dictionary: Dictionary,
    format: str,
    lang: Lang,
    *,
    scores: Sequence[Sheet] = (),
    colour: bool = False,
    width: int | None = None,
) -> str:
    """Cards of rules, one for each layer; ``standards`` are searched for the other layers."""
    cards = [card(r, s, standards, dictionary, lang) for s, r in rules]
    if format == "json":
        found: dict[str, object] = {"schema": SHOW_SCHEMA, "lang": lang, "rules": [card_object(c, lang) for c in cards]}
        if scores:
            found["scores"] = [sheet_object(one, lang) for _, one in scores]
        return as_json(found, indent=1) + "\n"
    blocks: list[Block] = []
    for n, one in enumerate(cards):
        blocks += _card_blocks(one, fields=not n or one.needs != cards[n - 1].needs)
    for standard, score in scores:
        blocks += sheet_blocks(score, standard, RuleWords(Wording(lang, dictionary, [standard]), standard))
    return draw(blocks, colour=colour, width=width)


def _sheets(scores: Sequence[Sheet], wording: Wording) -> Block:
    """A row for each assessment sheet."""
    say = wording.say
    heads = ("column-scores", "column-title", "column-standard", "column-entity", "column-of-points")
    block = Block("scores", say("column-scores"), columns=[TableColumn(say(head)) for head in heads])
    for standard, one in scores:
        title = one_line(one.title.in_lang(wording.lang))
        block.add_row(one.id, title, standard.id, wording.entity(one.applies_to), points_of(one.total))
    return block


def _card_blocks(one: Card, *, fields: bool) -> Iterable[Block]:
    """The card in blocks; ``fields`` is False where the card before has the same ones."""
    say, wording = one.words.say, one.words.wording
    head = Block("card", one.heading)
    title = one_line(one.standard.title.in_lang(wording.lang))
    head.pairs.append((say("column-standard"), f"{one.standard.id}  {title}"))
    for section in one.sections:
        if section.key != "edges":
            head.pairs += [(section.title if not n else "", line) for n, line in enumerate(section.lines)]
    yield head
    if one.needs and not fields:
        yield Block("fields", say("card-fields"), lines=[say("card-fields-same")])
    elif one.needs:
        block = Block("fields", say("card-fields"))
        for need in one.needs:
            label = wording.label(need.field.key, one.standard.id)
            lines = field_in_words(need.field, one.words, need=need.need, brief=need.need == "source")
            block.pairs += [(label if not n else "", one_line(line)) for n, line in enumerate(lines)]
        yield block
    if one.lines("edges"):
        yield Block("edges", say("card-edges"), lines=list(one.lines("edges")))


def draw(blocks: Sequence[Block], *, colour: bool = False, width: int | None = None) -> str:
    """The blocks as text, an empty line between them; as wide as the terminal where there is colour."""
    return "".join(Page(width, colour).draw_all(list(blocks)))


__all__ = ["draw", "render_list", "render_show"]
