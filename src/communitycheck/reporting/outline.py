"""What the report says to a reader, and in which order: totals first, then rules, fails, open questions.

Text, Markdown and the top of the page are drawn from these blocks; none grows with the size of the return.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from communitycheck.errors import ReturnError
from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.returns import Notice
from communitycheck.printable import clip, one_line
from communitycheck.reporting.document import Block, Row, TableColumn
from communitycheck.reporting.own_words import own_lines
from communitycheck.reporting.rates import rule_rate
from communitycheck.reporting.scores import score_blocks
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.causes import causes
from communitycheck.reporting.totals.rules import (
    RuleTally,
    all_notices,
    group_verdicts,
    is_listed,
    tally,
    worst,
)
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import (
    ShortPlaces,
    cause_in_words,
    lacking_in_words,
    notice_kinds,
    some_of,
)
from communitycheck.reporting.words.sentences import Wording

# How many lines a block shows before it only counts the rest.
RULES, WORST, GROUPS, CAUSES, NOT_CHECKED, NOTICES, UNREAD, IDS = 60, 12, 12, 8, 15, 8, 12, 12
WAIVERS = 40
NAME = 40  # characters of a name
FEW = 1  # judged subjects of a rule whose note is worth printing

TONES = {Outcome.PASS: "good", Outcome.FAIL: "bad", Outcome.NO_DATA: "doubt", Outcome.ERROR: "bad"}


def outline(report: Report, lang: Lang) -> Iterator[Block]:
    """The blocks of the report in reading order; blocks with nothing to say are left out."""
    wording = Wording.of(report, lang)
    yield totals_block(report, wording)
    yield from _rules(report, wording)
    yield from score_blocks(report, wording)
    for build in (_worst, _groups, _waivers, _undecided, _not_checked, _manual, _notices, _unread):
        block = build(report, wording)
        if block is not None:
            yield block


def totals_block(report: Report, wording: Wording) -> Block:
    return Block("totals", wording.report_title(), pairs=summary_pairs(report, wording))


def _rules(report: Report, wording: Wording) -> Iterator[Block]:
    """One table for each standard, a line for each rule that had somebody to judge."""
    tallies = [tally(r, report.dictionary) for r in report.results if is_listed(r)]
    live = [t for t in tallies if t.concerned]
    listed = live
    if len(live) > RULES:
        urgent = sorted(range(len(live)), key=lambda k: (not live[k].failed, live[k].concerned == live[k].judged))
        listed = [live[k] for k in sorted(urgent[:RULES])]
    titles = {s.id: one_line(s.title.in_lang(wording.lang)) for s in report.standards}
    blocks: dict[str, Block] = {}
    for one in listed:
        standard = one.result.rule.standard
        if standard not in blocks:
            title = wording.say("heading-rules", standard=standard, title=titles.get(standard, ""))
            blocks[standard] = Block("rules", title.strip(), columns=_rule_columns(wording))
        blocks[standard].rows.append(_rule_row(one, wording))
    found = [block.without_blanks() for block in blocks.values()]
    idle = [wording.rule_id(t.result.rule) for t in tallies if not t.concerned]
    if found and len(live) > len(listed):
        found[-1].more = wording.say("more-rules", n=count(len(live) - len(listed)))
    if idle:
        if not found:
            found.append(Block("rules", wording.say("heading-rules-none")))
        found[-1].lines.append(wording.say("rules-idle", n=len(idle), rules=some_of(idle, IDS, wording)))
    yield from found


def _rule_columns(wording: Wording) -> list[TableColumn]:
    say = wording.say
    return [
        TableColumn(say("column-rule")),
        TableColumn(say("column-title"), wrap=True, least=22),
        TableColumn(say("column-severity"), spare=True),
        TableColumn(say("column-threshold"), spare=True, wrap=True, least=14),
        TableColumn(say("column-passed-judged"), right=True),
        TableColumn(say("column-rate"), right=True),
        TableColumn(say("column-adjusted"), right=True, named=True),
        TableColumn(say("column-no-data"), right=True),
        TableColumn(say("column-shortfall"), right=True),
        TableColumn(say("column-add"), spare=True, named=True, wrap=True, least=14),
    ]


def _rule_row(one: RuleTally, wording: Wording) -> Row:
    rule, how = one.result.rule, rule_rate(one, wording)
    none = wording.say("none")
    undecided = one.counts[Outcome.NO_DATA] + one.counts[Outcome.ERROR]
    return Row(
        (
            rule.id,
            wording.rule_title(rule),
            wording.severity(rule.severity),
            wording.threshold(rule) or none,
            how.fraction,
            how.rate,
            f"{how.adjusted_fraction} {how.adjusted}".strip(),
            count(undecided) if undecided else none,
            how.missing or none,
            how.add,
        ),
        "bad" if one.failed else "doubt" if undecided else "good" if one.judged else "",
    )


def _worst(report: Report, wording: Wording) -> Block | None:
    found = worst(report, WORST)
    fails = report.outcomes()[Outcome.FAIL]
    if not found:
        return None
    say = wording.say
    places = ShortPlaces(report, wording)
    block = Block(
        "worst",
        say("heading-worst"),
        columns=[
            TableColumn(say("column-name"), wrap=True, least=16),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("column-rule")),
            TableColumn(say("column-observed"), right=True, wrap=True, least=12),
            TableColumn(say("column-required"), right=True),
            TableColumn(say("column-shortfall"), right=True, wrap=True, least=12),
            TableColumn(say("column-add"), spare=True, named=True, wrap=True, least=14),
            TableColumn(say("column-at"), spare=True),
        ],
    )
    for result, i in found:
        verdict = result.verdict(i)
        figures = wording.figures(verdict, result.add_unit)
        none = say("none")
        block.add_row(
            clip(wording.name(verdict.subject), NAME),
            wording.region(verdict.subject),
            wording.rule_id(verdict.rule),
            wording.full(figures) or none,
            figures.required or none,
            clip(figures.missing or none, 2 * NAME) + wording.excuse_mark(verdict.waiver),
            clip(wording.to_add(verdict.rule, verdict.add, result.add_unit, figures.missing), 2 * NAME),
            places.short(verdict.at, verdict.cells),
            tone="bad",
        )
    block.lines += own_lines(found, wording)
    block.lines += _explained([result for result, _ in found], wording)
    if fails > len(found):
        block.more = say("more-fails", n=count(fails - len(found)))
    return block.without_blanks()


def _explained(results: list[RuleResult], wording: Wording) -> list[str]:
    """What the rule book says of the rules that a few subjects fail: of a contradiction, where it probably lies.

    A rule with many subjects is about each of them, and its note about how it is read, which would only fill the page.
    """
    once = [r for k, r in enumerate(results) if not any(r is earlier for earlier in results[:k])]
    rules = [r.rule for r in once if r.total - r.counts()[Outcome.NOT_APPLICABLE] <= FEW]
    notes = [(rule, rule.note.in_lang(wording.lang)) for rule in rules]
    return [wording.say("rule-note", rule=wording.rule_id(rule), note=note) for rule, note in notes if note]


def _groups(report: Report, wording: Wording) -> Block | None:
    found = group_verdicts(report)
    if not found:
        return None
    say = wording.say
    block = Block(
        "groups",
        say("heading-groups"),
        columns=[
            TableColumn(say("column-name"), wrap=True, least=16),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("column-rule")),
            TableColumn(say("column-observed"), right=True),
            TableColumn(say("column-required"), right=True),
            TableColumn(say("column-outcome")),
        ],
    )
    for result, i in found[:GROUPS]:
        verdict = result.verdict(i)
        figures = wording.figures(verdict, result.add_unit)
        block.add_row(
            clip(wording.name(verdict.subject), NAME),
            wording.region(verdict.subject),
            wording.rule_id(verdict.rule),
            wording.full(figures) or say("none"),
            figures.required or say("none"),
            wording.outcome(verdict.outcome),
            tone=TONES.get(verdict.outcome, ""),
        )
    block.lines += own_lines(found[:GROUPS], wording)
    block.more = _rest(found, GROUPS, "more-lines", wording)
    return block


def _waivers(report: Report, wording: Wording) -> Block | None:
    if report.waivers is None:
        return None
    from communitycheck.reporting.waivers.block import waiver_block  # seldom given

    return waiver_block(report, wording, WAIVERS, all_rows=True)


def _undecided(report: Report, wording: Wording) -> Block | None:
    found = causes(report)
    if not found:
        return None
    say = wording.say
    places = ShortPlaces(report, wording)
    total = sum(c.count for c in found)
    block = Block(
        "undecided",
        say("heading-undecided", n=count(total)),
        columns=[
            TableColumn(say("column-cause"), wrap=True),
            TableColumn(say("column-verdicts"), right=True),
            TableColumn(say("column-rules"), wrap=True),
            TableColumn(say("column-example"), wrap=True),
        ],
    )
    for cause in found[:CAUSES]:
        block.add_row(
            cause_in_words(cause.code, cause.key, cause.standard, wording),
            count(cause.count),
            some_of(cause.rules, 4, wording),
            places.short(cause.at, cause.cells) or say("none"),
            tone="doubt",
        )
    if len(found) > CAUSES:
        rest = found[CAUSES:]
        block.more = say("more-causes", n=count(len(rest)), verdicts=count(sum(c.count for c in rest)))
    return block


def _not_checked(report: Report, wording: Wording) -> Block | None:
    found = [r for r in report.results if not r.checked]
    if not found:
        return None
    block = Block("not-checked", wording.say("heading-not-checked", n=len(found)))
    for result in found[:NOT_CHECKED]:
        block.lines.append(
            wording.say(
                "not-checked-line",
                rule=wording.rule_id(result.rule),
                title=wording.rule_title(result.rule),
                columns=lacking_in_words(result, wording),
            )
        )
    block.more = _rest(found, NOT_CHECKED, "more-lines", wording)
    return block


def _manual(report: Report, wording: Wording) -> Block | None:
    found = [wording.rule_id(r.rule) for r in report.results if r.rule.manual is not None]
    if not found:
        return None
    block = Block("manual", wording.say("heading-manual", n=len(found)))
    block.lines.append(wording.say("manual-line", rules=some_of(found, 3 * IDS, wording)))
    return block


def notice_block(notices: Iterable[Notice], wording: Wording, place: Callable[[Address], str]) -> Block | None:
    kinds = notice_kinds(notices)
    if not kinds:
        return None
    say = wording.say
    total = sum(k.count for k in kinds)
    block = Block(
        "notices",
        say("heading-notices", n=count(total)),
        columns=[
            TableColumn(say("column-count"), right=True),
            TableColumn(say("column-notice"), wrap=True),
            TableColumn(say("column-example"), wrap=True),
        ],
    )
    for kind in kinds[:NOTICES]:
        tone = "doubt" if kind.first.level == "warning" else ""
        block.add_row(count(kind.count), wording.notice(kind.first), place(kind.first.at), tone=tone)
    if len(kinds) > NOTICES:
        rest = kinds[NOTICES:]
        block.more = say("more-notices", kinds=count(len(rest)), n=count(sum(k.count for k in rest)))
    return block


def _notices(report: Report, wording: Wording) -> Block | None:
    places = ShortPlaces(report, wording)
    return notice_block(all_notices(report), wording, lambda at: places.short(at, ()))


def _unread(report: Report, wording: Wording) -> Block | None:
    return unread_block(report.unread, wording, UNREAD)


def unread_block(unread: Sequence[ReturnError], wording: Wording, most: int | None = None) -> Block | None:
    """Returns that could not be read, with the reason; all of them, or the first ``most``."""
    if not unread:
        return None
    block = Block("unread", wording.say("heading-unread", n=count(len(unread))))
    for error in unread[:most]:
        place = wording.place(Address(error.path, error.sheet))
        block.lines.append(wording.say("unread-line", path=place, message=wording.error(error)))
    if most is not None:
        block.more = _rest(unread, most, "more-lines", wording)
    return block


def _rest(found: Sequence[object], most: int, code: str, wording: Wording) -> str:
    return wording.say(code, n=count(len(found) - most)) if len(found) > most else ""
