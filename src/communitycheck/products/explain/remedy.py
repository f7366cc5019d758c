"""How a subject would pass: what has to change, and what the rule would say then."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.result import Outcome, Reason, Verdict
from communitycheck.model.table import State
from communitycheck.printable import one_line
from communitycheck.products.explain.arithmetic import number_beside
from communitycheck.products.explain.explanation import Change, Input, Remedy, Standing
from communitycheck.products.explain.words import Words
from communitycheck.reporting.document import Block
from communitycheck.reporting.words.numbers import count


def remedy_block(words: Words) -> Block | None:
    """What would make it pass, or what to write so that it can be judged."""
    one, say = words.one, words.say
    verdict = one.verdict
    if verdict is None:
        return None
    if verdict.outcome in (Outcome.FAIL, Outcome.NOT_DUE):
        lines = [_remedy(r, words) for r in one.remedies]
        if one.rule.by and not lines:
            return None
        block = Block("remedies", say("explain-heading-remedies"))
        block.lines = lines or [say("explain-remedy-none")]
        return block
    if verdict.outcome is Outcome.NO_DATA:
        block = Block("remedies", say("explain-heading-mend"), lines=_mend(words, verdict))
        block.lines += [_remedy(r, words) for r in one.remedies]
        return block if block.lines else None
    return None


def _mend(words: Words, verdict: Verdict) -> list[str]:
    """What to write, and in which cell."""
    one, say = words.one, words.say
    lines = []
    if verdict.reason in (Reason.MISSING, Reason.SCOPE_UNKNOWN):
        for top in (i for first in one.inputs for i in _gaps(first)):
            field, state = words.label(top.key), say(f"state-{top.state.name.lower()}")
            if top.state is State.CONTRADICTED and verdict.impossible:
                cells = dict.fromkeys(cell for one in verdict.impossible for _, cell in one.figures if cell)
                lines.append(say("explain-mend-implausible", cells=" ".join(cells)))
            elif top.state is State.ABSENT:
                headers = words.wording.listed(_headers(top.key, words))
                lines.append(say("explain-mend-absent", field=field, headers=headers))
            elif top.at is not None and top.at.cell:
                lines.append(say("explain-mend", cell=top.at.cell, field=field, state=state))
            else:
                lines.append(say("explain-mend-nocell", field=field, state=state))
    if verdict.reason is Reason.UNDECIDED:
        lines += [
            say("explain-mend-bound", cell=i.at.cell)
            for i in one.inputs
            if isinstance(i.value, tuple) and i.at is not None and i.at.cell
        ]
    if verdict.reason in (Reason.BLANKS_UNDECIDED, Reason.REPEATS_UNDECIDED) and one.group is not None:
        blank = one.group.standings.get(Standing.BLANK, 0)
        if blank:
            lines.append(say("explain-mend-blanks", n=count(blank)))
    if verdict.reason is Reason.IMPLAUSIBLE and verdict.cells:
        lines.append(say("explain-mend-implausible", cells=" ".join(verdict.cells)))
    return list(dict.fromkeys(lines))


def _gaps(one: Input) -> Iterator[Input]:
    """The cell itself where it gives no value; of a field that is worked out, the cells that it lacks."""
    if one.state is State.KNOWN:
        return
    below = [gap for part in one.parts for gap in _gaps(part)]
    blank = [gap for gap in below if gap.state is not State.ABSENT]
    yield from blank or [one]


def _headers(key: str, words: Words) -> list[str]:
    field = words.one.standard.dictionary_on(words.found.dictionary).fields.get(key)
    if field is None:
        return [key]
    return [one_line(h) for h in dict.fromkeys((field.label.in_lang("zh"), *field.aliases)) if h][:6]


def _remedy(remedy: Remedy, words: Words) -> str:
    say = words.say
    check = say("explain-remedy-check", comparison=_checked(remedy, words))
    n = "" if remedy.n is None else words.arithmetic.value(remedy.n)
    group = words.one.group
    blank = group.standings.get(Standing.BLANK, 0) if group is not None else 0
    match remedy.kind:
        case "items":
            items = words.wording.listed(one_line(i) for i in remedy.items)
            return say("explain-remedy-items", items=items, check=check)
        case "records":
            code = "explain-remedy-records-blank" if blank else "explain-remedy-records"
            return say(code, n=n, blank=count(blank), check=check)
        case "blanks":
            return say("explain-remedy-blanks", n=n, total=count(blank), check=check)
        case "total":
            amount = words.arithmetic.value(remedy.n, remedy.unit)
            return say("explain-remedy-total", field=words.label(remedy.key), n=amount, check=check)
        case _:
            pass  # changes of single figures
    texts = [_change(c, words) for c in remedy.changes]
    code = "explain-remedy-alone" if len(texts) == 1 else "explain-remedy-together"
    return say(code, text=say("semicolon").join(texts), check=check)


def _change(change: Change, words: Words) -> str:
    say, arithmetic = words.say, words.arithmetic
    now = arithmetic.value(change.now, change.unit)
    to = arithmetic.value(change.to, change.unit, number_beside(change.now))
    if isinstance(change.to, bool):
        code = "explain-fill-truth" if change.now is None else "explain-remedy-truth"
        return say(code, field=words.label(change.key), to=to, now=now)
    if change.now is None:
        return say(f"explain-fill-{change.how}", field=words.label(change.key), to=to)
    text = say(f"explain-remedy-{change.how}", field=words.label(change.key), to=to, now=now)
    if isinstance(change.now, bool) or not isinstance(change.now, float):
        return text
    by = arithmetic.value(abs(change.to - change.now), change.unit)
    return say("explain-remedy-more" if change.to > change.now else "explain-remedy-less", text=text, by=by)


def _checked(remedy: Remedy, words: Words) -> str:
    """The comparison as it would then stand."""
    rule, arithmetic = words.one.rule, words.arithmetic
    assert rule.threshold is not None
    comparison = rule.threshold.comparison
    unit = rule.unit or ("ratio" if remedy.kind in ("records", "blanks") else "")
    if comparison.form == "truth":
        unit = ""
    observed = arithmetic.value(remedy.observed, unit, number_beside(remedy.required))
    required = arithmetic.value(remedy.required, unit, number_beside(remedy.observed))
    return words.say("explain-met", left=observed, sign=comparison.sign, right=required)
