"""The report in two screens: the answer in words, the largest gaps, what is open, and what to do next.

The long lists are in ``outline``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.printable import clip, one_line, typed
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.gap_words import (
    NAME,
    headline,
    limit_in_words,
    missing_in_words,
    region_missing_in_words,
    worst_area,
)
from communitycheck.reporting.outline import unread_block
from communitycheck.reporting.own_words import own_lines
from communitycheck.reporting.rates import region_rate, rule_rate
from communitycheck.reporting.scores import score_blocks
from communitycheck.reporting.summary import (
    baseline_in_words,
    summary_of_open,
    summary_of_reading,
    waived_in_words,
)
from communitycheck.reporting.totals.area_numbers import AreaNumbers
from communitycheck.reporting.totals.causes import causes
from communitycheck.reporting.totals.gaps import Gap, gaps
from communitycheck.reporting.totals.rules import all_notices, failed_of, group_verdicts, is_listed, rule_states
from communitycheck.reporting.words.numbers import count, rate
from communitycheck.reporting.words.phrases import ShortPlaces, cause_in_words, code_in_words, notice_kinds, some_of
from communitycheck.reporting.words.sentences import Wording

GAPS, GROUPS, CAUSES, NOTICES, RULES, COLUMNS, UNREAD, WAIVERS = 12, 8, 4, 4, 12, 3, 6, 6


def brief(report: Report, lang: Lang) -> Iterator[Block]:
    """The blocks in reading order; blocks with nothing to say are left out."""
    wording = Wording.of(report, lang)
    found = gaps(report)
    yield answer_block(report, found, wording)
    unread = unread_block(report.unread, wording, UNREAD)
    for block in (unread, gaps_block(found, report, wording), groups_block(report, wording)):
        if block is not None:
            yield block
    if report.waivers is not None:
        from communitycheck.reporting.waivers.block import waiver_block  # seldom given

        excused = waiver_block(report, wording, WAIVERS, all_rows=False)
        if excused is not None:
            yield excused
    yield from score_blocks(report, wording)
    open_points = _open(report, wording)
    if open_points is not None:
        yield open_points
    yield _next(report, found, wording)


def answer_block(report: Report, found: list[Gap], wording: Wording) -> Block:
    """The answer: what is short of most and where, what was judged, what is open, and what it was read from."""
    say = wording.say
    title = say(
        "brief-title",
        place=_place(report, wording),
        day=report.as_of.isoformat(),
        result=say(f"brief-{code_in_words(report)}", code=report.exit_code),
    )
    block = Block("answer", title)
    if report.as_of_from not in ("option", "return"):
        block.lines.append(say("brief-today", why=say(f"as-of-from-{report.as_of_from}")))
    block.lines += headline(report, found, wording)
    block.lines += _judged(report, wording)
    block.lines += summary_of_open(report, wording)
    block.lines += summary_of_reading(report, wording)
    titles = (f"{s.id} {one_line(s.title.in_lang(wording.lang))}" for s in report.standards)
    block.lines.append(say("brief-standards", titles=wording.listed(titles)))
    return block


def _place(report: Report, wording: Wording) -> str:
    """The region that the report is of, or that all its subjects share; else what was read."""
    if report.region is not None:
        return wording.region_name(report.region)
    region = AreaNumbers(report).region
    if region:
        return one_line("".join(region[level] for level in REGION_LEVELS if level in region))
    if len(report.returns) == 1:
        return one_line(report.returns[0].path)
    return wording.say("brief-returns", n=count(len(report.returns)))


def _judged(report: Report, wording: Wording) -> Iterator[str]:
    say, outcomes, states = wording.say, report.outcomes(), rule_states(report)
    passed, failed = outcomes[Outcome.PASS], outcomes[Outcome.FAIL]
    undecided = outcomes[Outcome.NO_DATA] + outcomes[Outcome.ERROR]
    judged = passed + failed
    parts = [say("brief-none-judged")]
    if judged:
        parts = [say("brief-judged", n=count(judged), rate=rate(passed, judged)), say("brief-failed", n=count(failed))]
    if judged or undecided:
        parts.append(say("brief-undecided" if undecided else "brief-none-undecided", n=count(undecided)))
    if outcomes[Outcome.NOT_DUE]:
        parts.append(say("brief-not-due", n=count(outcomes[Outcome.NOT_DUE])))
    if report.waived:
        parts.append(waived_in_words(report, wording))
    if report.waived and judged > report.waived:
        left = judged - report.waived
        parts.append(say("brief-adjusted", judged=count(left), rate=rate(passed, left)))
    yield say("comma").join(parts)
    if report.baseline is not None:
        held = baseline_in_words(report, report.baseline, wording)
        yield say("summary-pair", label=say("label-baseline"), value=held)
    shown = [state for state in ("judged", "undecided", "not-checked", "manual") if states[state]]
    listed = [say(f"brief-rules-{state}", n=count(states[state])) for state in shown]
    n_rules = sum(states[state] for state in shown)
    if listed:
        yield say("brief-rules", n=count(n_rules), states=say("comma").join(listed)) + _lacking(report, wording)


def _lacking(report: Report, wording: Wording) -> str:
    """The columns that most of the rules without one wait for."""
    rules: Counter[str] = Counter()
    for result in report.results:
        if not result.checked:
            rules.update(wording.label(key, result.rule.standard) for key in result.lacking)
    if not rules:
        return ""
    most = [name for name, _ in rules.most_common(COLUMNS)]
    code = "brief-lacking" if len(rules) <= COLUMNS else "brief-lacking-most"
    return wording.say(code, columns=wording.listed(most))


def gaps_block(found: list[Gap], report: Report, wording: Wording) -> Block | None:
    """The rules on single subjects that some fail, the largest gap first, and those that all meet."""
    say = wording.say
    single = ((r, r.counts()) for r in report.results if is_listed(r) and not r.is_group)
    met = [wording.rule_id(r.rule) for r, n in single if n[Outcome.PASS] and not n[Outcome.FAIL]]
    if not found and not met:
        return None
    excused = any(gap.tally.result.waived for gap in found)
    block = Block(
        "gaps",
        say("heading-gaps", n=count(len(found))) if found else say("heading-no-gaps"),
        columns=[
            TableColumn(say("column-rule")),
            TableColumn(say("column-title"), wrap=True, least=20),
            TableColumn(say("column-threshold"), wrap=True, least=12),
            TableColumn(say("column-passed"), right=True),
            TableColumn(say("column-rate-short"), right=True),
            *([TableColumn(say("column-adjusted"), right=True)] if excused else []),
            TableColumn(say("column-missing"), right=True),
            TableColumn(say("column-worst-area"), spare=True, named=True),
        ],
    )
    for gap in found[:GAPS]:
        one = gap.tally
        how = rule_rate(one, wording)
        block.add_row(
            wording.rule_id(one.result.rule),
            _title(one.result, wording),
            limit_in_words(one.result, wording),
            how.fraction,
            how.rate,
            *([f"{how.adjusted_fraction} {how.adjusted}".strip()] if excused else []),
            missing_in_words(one, wording),
            worst_area(gap, wording),
            tone="bad" if one.result.rule.severity != "advisory" else "doubt",
        )
    worst = ((gap.tally.result, i) for gap in found[:GAPS] for i in gap.tally.result.worst(1))
    block.lines += own_lines(worst, wording)
    rest = [f"{wording.rule_id(g.tally.result.rule)} {rule_rate(g.tally, wording).rate}" for g in found[GAPS:]]
    if rest:
        block.lines.append(say("brief-more-gaps", n=count(len(rest)), rules=some_of(rest, RULES, wording)))
    if met:
        block.lines.append(say("brief-met", n=count(len(met)), rules=some_of(met, RULES, wording)))
    return block


def _title(result: RuleResult, wording: Wording) -> str:
    """The rule's title, and that it only advises where it does."""
    title, severity = wording.rule_title(result.rule), result.rule.severity
    return title + wording.say("brackets", text=wording.severity(severity)) if severity == "advisory" else title


def groups_block(report: Report, wording: Wording) -> Block | None:
    """Regions judged as a whole: those that need a look, each on a line."""
    found = group_verdicts(report)
    if not found:
        return None
    say = wording.say
    by = {o: sum(1 for r, i in found if r.outcome[i] == o) for o in (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)}
    failed = [(result, i) for result, i in found if result.outcome[i] == Outcome.FAIL]
    names = [clip(wording.name(result.subjects.subject(i)), NAME) for result, i in failed]
    one = names[0] if len(set(names)) == 1 else ""
    counts = {"passed": by[Outcome.PASS], "failed": by[Outcome.FAIL], "undecided": by[Outcome.NO_DATA]}
    block = Block(
        "brief-groups",
        say("heading-brief-groups", **counts),
        columns=[
            TableColumn(say("column-rule")),
            TableColumn(say("column-title"), wrap=True, least=20),
            TableColumn(say("column-threshold"), wrap=True, least=12),
            *([] if one else [TableColumn(say("column-name"), spare=True)]),
            TableColumn(say("column-observed-of", name=one), right=True, wrap=True, least=14),
            TableColumn(say("column-missing"), right=True),
        ],
    )
    for (result, i), name in zip(failed[:GROUPS], names, strict=False):
        how = region_rate(result, i, wording)
        block.add_row(
            wording.rule_id(result.rule),
            _title(result, wording),
            limit_in_words(result, wording),
            *([] if one else [name]),
            how.rate if how.fraction in ("", say("none")) else how.rate + say("brackets", text=how.fraction),
            region_missing_in_words(result, i, wording),
            tone="bad",
        )
    block.lines += own_lines(failed[:GROUPS], wording)
    if len(failed) > GROUPS:
        block.lines.append(say("brief-more", n=count(len(failed) - GROUPS)))
    return block


def _open(report: Report, wording: Wording) -> Block | None:
    """What keeps verdicts from being given, and what the reading could not use."""
    found, kinds, say = causes(report), notice_kinds(all_notices(report)), wording.say
    if not found and not kinds:
        return None
    places = ShortPlaces(report, wording)
    counts = {"verdicts": sum(c.count for c in found), "notices": sum(k.count for k in kinds)}
    what = say("comma").join(say(f"heading-open-{of}", n=count(n)) for of, n in counts.items() if n)
    block = Block("open", say("heading-open", what=what[:1].upper() + what[1:]))
    for cause in found[:CAUSES]:
        at = places.short(cause.at, cause.cells)
        words = cause_in_words(cause.code, cause.key, cause.standard, wording)
        block.lines.append(
            say("brief-cause", n=count(cause.count), cause=words, rules=some_of(cause.rules, 4, wording), at=at)
        )
    for kind in kinds[:NOTICES]:
        block.lines.append(
            say(
                "brief-notice",
                n=count(kind.count),
                notice=wording.notice(kind.first),
                at=places.short(kind.first.at, ()),
            )
        )
    left = max(0, len(found) - CAUSES) + max(0, len(kinds) - NOTICES)
    if left:
        block.lines.append(say("brief-more-kinds", n=count(left)))
    return block


# The options of a check that change what is judged, or how, and that ``explain`` takes; a rule is chosen for it.
EXPLAIN_TAKES = ("--standard", "--rules-dir", "--region", "--as-of", "--period", "--mapping", "--waivers")


def _next(report: Report, found: list[Gap], wording: Wording) -> Block:
    say = wording.say
    block = Block("next", say("heading-next"))
    worst = wording.rule_key(found[0].tally.result.rule) if found else ""
    if worst:
        judging = (typed(word) for one in report.options if one[0] in EXPLAIN_TAKES for word in one)
        words = ["communitycheck", "explain", typed(_where(report, found[0])), "--rule", worst, *judging]
        block.lines.append(say("next-explain", command=" ".join(words)))
    block.lines.append(say("next-report", command=say("next-report-options")))
    block.lines.append(say("next-details", command="--details"))
    return block


def _where(report: Report, gap: Gap) -> str:
    """The return that holds the first fail of a rule."""
    result = gap.tally.result
    at = result.verdict(int(result.missed[failed_of(result)][0])).at
    held = (one for one in report.returns if at is not None and one.path == at.path)
    return next(held, report.returns[0]).argument_to_type()
