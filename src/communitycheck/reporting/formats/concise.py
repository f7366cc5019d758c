"""One line for each verdict that decides the exit code, and one for the whole: for a hook, a log or an editor.

Fails come before what could not be judged. A hook should not bury its reader, so no more than 20 lines are printed
unless every verdict is asked for; how many were left out is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.table import Ints, among
from communitycheck.printable import one_line
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import one_verdict
from communitycheck.reporting.words.sentences import Wording

MOST = 20


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The lines, the last of them the result."""
    wording, room = Wording.of(report, lang), None if options.all_verdicts else MOST
    gating = [result for result in report.results if report.gate.holds(result.rule.severity)]
    total = sum(len(places(result)) for result in gating for places in (_fails, _undecided))
    lines = chain(*(_lines(gating, places, wording) for places in (_fails, _undecided)))
    yield from (f"{line}\n" for line in islice(lines, room))
    if room is not None and total > room:
        yield wording.say("more-verdicts-hidden", n=count(total - room)) + "\n"
    yield one_line(dict(summary_pairs(report, wording))[wording.say("label-result")]) + "\n"


def _lines(results: list[RuleResult], places: Callable[[RuleResult], Ints], wording: Wording) -> Iterator[str]:
    for result in results:
        for verdict in result.verdicts_at(places(result)):
            yield one_line(one_verdict(result, verdict, wording))


def _fails(result: RuleResult) -> Ints:
    return np.flatnonzero(result.counting()).astype(np.int32)


def _undecided(result: RuleResult) -> Ints:
    return np.flatnonzero(among(result.outcome, Outcome.NO_DATA, Outcome.ERROR)).astype(np.int32)
