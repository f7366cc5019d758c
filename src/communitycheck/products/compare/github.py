"""What ``compare`` found as annotations of GitHub: fails that are new or worse are errors.

What makes the two sides no pair to compare, and rules that lost answers, are warnings; advice is a notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address
from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.products.compare.new_fail_lines import GatedRule, gated_rules, sentence, totals_in_words
from communitycheck.products.compare.words import ChangeWords
from communitycheck.reporting.ci.annotations import Annotations, Level, annotated, command
from communitycheck.reporting.words.numbers import count


def compare_annotations(
    found: ComparedRuns, words: ChangeWords, unread: tuple[ReturnError, ...], *, every: bool
) -> Iterator[str]:
    """The annotations line by line, ten of each level at most unless ``every``."""
    rules = gated_rules(found)
    binding, advice = ([one for one in rules if one.binding is kind] for kind in (True, False))
    errors = [command("error", words.wording.error(one), at=Address(one.path, one.sheet)) for one in unread]
    warnings = [command("warning", remark, title=words.say("compare-title")) for remark in words.remarks()]
    warnings += [
        command("warning", totals_in_words(one, words), title=words.rule(one.one)) for one in rules if one.lost
    ]
    levels: dict[Level, Annotations] = {
        "error": Annotations(len(errors) + _fails(binding), _lines("error", errors, found, binding, words)),
        "warning": Annotations(len(warnings), warnings),
        "notice": Annotations(_fails(advice), _lines("notice", [], found, advice, words)),
    }
    return annotated(levels, _totals(found, rules, words), words.wording, every=every, option="--details")


def _fails(rules: list[GatedRule]) -> int:
    return sum(len(one.places) for one in rules)


def _lines(
    level: Level, first: list[str], found: ComparedRuns, rules: list[GatedRule], words: ChangeWords
) -> Iterator[str]:
    yield from first
    for one in rules:
        for line in one.lines(found):
            yield command(level, sentence(line, words, place=False), title=words.rule(one.one), at=line.at)


def _totals(found: ComparedRuns, rules: list[GatedRule], words: ChangeWords) -> str:
    """Both sides and what became worse, in one annotation."""
    say = words.say
    lost = sum(one.lost for one in rules)
    said = say(
        "compare-gate-totals",
        new=count(sum(one.new for one in rules)),
        worse=count(sum(one.worse for one in rules)),
        lost=count(lost) if lost else "",
    )
    sides = (
        say("summary-pair", label=say(f"compare-column-{name}"), value=words.side(side))
        for name, side in (("before", found.before), ("after", found.after))
    )
    return command("notice", say("semicolon").join([said, *sides]), title=say("compare-title"))
