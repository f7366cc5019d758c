"""What lint has to say about assessment sheets: items without effect, grades that nobody reaches, no clause."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Number, show
from communitycheck.model.scores.score import Score, ScoreItem
from communitycheck.model.standard import Standard
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.quantities.growth import as_change, grown, is_growth, of_product, over_itself


def check_scores(standard: Standard, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Findings about the scores that the standard itself has set."""
    for score in standard.scores:
        if score.layer == standard.id:
            yield from _items(score, dictionary)
            yield from _remarks(score)
            yield from _grades(score)


def _items(score: Score, dictionary: Dictionary) -> Iterator[LintFinding]:
    caps = {"bonus": score.bonus_cap, "penalty": score.penalty_cap}
    for item in score.items:
        code = ""
        if item.most == 0 or caps.get(item.kind) == 0:
            code = "lint-score-no-points"
        elif _is_constant(item):
            code = "lint-score-constant"
        if code:
            yield LintFinding(score.file, item.line or None, f"score.{item.id}", code, "warning", {"item": item.id})
        yield from _growth(score, item, dictionary)


def _remarks(score: Score) -> Iterator[LintFinding]:
    """What is better written otherwise in what the sheet judges itself."""
    for rule in score.own_rules:
        name = rule.id.removeprefix(f"{score.id}/")
        for code, _, values in rule.remarks:
            yield LintFinding(score.file, rule.line or None, f"score.{name}", code, "warning", dict(values))


def _growth(score: Score, item: ScoreItem, dictionary: Dictionary) -> Iterator[LintFinding]:
    """A share of last year's figure where its growth is meant, as in a rule."""
    rule = item.rule if item.has_own_rule else None
    if rule is None or rule.indicator is None or rule.threshold is None:
        return
    code, required, near = "", "", ""
    values = [limit.value for limit in rule.threshold.limits]
    is_up = rule.threshold.comparison.direction == "up" or item.way not in ("full", "proportional")
    if (own := over_itself(rule.indicator)) is not None:
        code, near = "lint-growth-base", as_change(own)
    elif is_up and (now := grown(rule.indicator)) is not None:
        shares = [band.start for band in item.bands] or [one.value for one in values if isinstance(one, Number)]
        share = next((share for share in shares if is_growth(share)), None)
        if share is not None:
            code, required, near = "lint-growth", show(Number(share, "ratio")), as_change(now)
    elif is_up:
        found = ((one, of_product(rule.indicator, one, dictionary)) for one in values)
        for limit, said in ((limit, said) for limit, said in found if said is not None):
            code, near = said
            required = show(limit)
    if code:
        told: dict[str, object] = {"indicator": show(rule.indicator), "required": required, "near": near}
        yield LintFinding(score.file, item.line or None, f"score.{item.id}", code, "warning", told)


def _is_constant(item: ScoreItem) -> bool:
    """It gives everybody the same."""
    if item.way == "tiers":
        return len({band.points for band in item.bands}) == 1
    return item.way in ("proportional", "deduct", "each") and item.floor == item.cap


def _grades(score: Score) -> Iterator[LintFinding]:
    place = score.file, score.line or None
    for k, grade in enumerate(score.grades):
        start = grade.band.start
        if start > score.highest or (start == score.highest and not grade.band.included):
            values = {"grade": grade.name, "highest": f"{score.highest:.12g}"}
            yield LintFinding(*place, f"score.grades[{k}]", "lint-score-grade", "warning", values)
    last = len(score.grades) - 1
    for veto in score.vetoes:
        if veto.cap == 0:
            values = {"veto": veto.title, "grade": score.grades[0].name}
            yield LintFinding(score.file, veto.line or None, "score.veto", "lint-score-veto", "warning", values)
    lowest = score.grades[last - 1].band if last > 0 else None
    if lowest is not None and (lowest.start < 0 or (lowest.start == 0 and lowest.included)):
        values = {"grade": score.grades[last].name, "highest": "0"}
        yield LintFinding(*place, f"score.grades[{last}]", "lint-score-grade-low", "warning", values)
