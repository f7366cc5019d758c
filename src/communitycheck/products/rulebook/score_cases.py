"""Cases of assessment sheets: a few fields in, the expected score and grade out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from communitycheck.errors import CommunityCheckError, RuleFileError
from communitycheck.messages import Lang
from communitycheck.model.scores.score import Score
from communitycheck.model.scores.score_result import ScoreResult
from communitycheck.model.standard import Standard
from communitycheck.nearest import nearest
from communitycheck.standards.files.schema import CaseIn

Bounds = tuple[float, float]
Fault = Callable[..., RuleFileError]


class Mark(Struct, frozen=True):
    """A score and its grade, as expected or as found; ``grades`` run from the worst to the best, None where not asked.

    ``places`` are those of the grades on the sheet; ``outside`` is of those whom the sheet is not for.
    """

    points: Bounds | None = None
    places: tuple[int, ...] | None = None
    grades: tuple[str, ...] = ()
    outside: bool = False


def is_of_score(raw: CaseIn) -> bool:
    return raw.score is not None or raw.grade is not None or raw.sheet is not None


def expected_mark(raw: CaseIn, standard: Standard, fault: Fault) -> tuple[Score, Mark]:
    """The sheet that a case is about, and what it expects.

    Raises:
        RuleFileError: with file, line and key.
    """
    outside = raw.outcome == "not_applicable" and raw.score is None and raw.grade is None
    for key in ("rule", "outcome", "outcomes", "shortfall", "add"):
        if getattr(raw, key) is not None and not (outside and key == "outcome"):
            raise fault("cases-score-beside", key, name=key)
    if raw.score is None and raw.grade is None and not outside:
        raise fault("cases-score-nothing", "sheet")
    score = _sheet(raw, standard, fault)
    if outside:
        return score, Mark(outside=True)
    points = None
    if raw.score is not None:
        ends = raw.score if isinstance(raw.score, list) else [raw.score, raw.score]
        if len(ends) != 2 or ends[0] > ends[1]:
            raise fault("cases-score-range", "score")
        points = (ends[0], ends[1])
    if raw.grade is None:
        return score, Mark(points)
    names = {name: k for k, grade in enumerate(score.grades) for name in (grade.name.zh, grade.name.en) if name}
    wanted = raw.grade if isinstance(raw.grade, list) else [raw.grade]
    for name in wanted:
        if name not in names:
            raise fault("cases-grade", "grade", name=name, near=nearest(name, names), sheet=score.id)
    places = tuple(sorted({names[name] for name in wanted}, reverse=True))
    return score, Mark(points, places, tuple(wanted))


def _sheet(raw: CaseIn, standard: Standard, fault: Fault) -> Score:
    sheets = {score.id: score for score in standard.scores}
    known = ", ".join(sheets)
    if raw.sheet is not None:
        if raw.sheet not in sheets:
            raise fault("cases-sheet", "sheet", name=raw.sheet, near=nearest(raw.sheet, sheets))
        return sheets[raw.sheet]
    if len(sheets) != 1:
        key = "score" if raw.score is not None else "grade"
        raise fault("cases-sheet-which" if sheets else "cases-sheet-none", key, known=known, standard=standard.id)
    return next(iter(sheets.values()))


def found_marks(result: ScoreResult, expected: Mark) -> list[Mark]:
    """What each subject scores, and whoever is left out; grades by their names in the language of those expected."""
    english = {grade.name.en for grade in result.score.grades} - {grade.name.zh for grade in result.score.grades}
    lang: Lang = "en" if english & set(expected.grades) else "zh"
    marks = []
    for i in range(len(result)):
        grades = result.grades_of(i)
        places = tuple(result.score.grades.index(grade) for grade in grades)
        marks.append(Mark(result.range_of(i), places, tuple(grade.name.in_lang(lang) for grade in grades)))
    return [*marks, *([Mark(outside=True)] * len(result.outside))]


def fits(expected: Mark, found: Mark) -> bool:
    """Whether it is what was expected; of points the digits that a person would write."""
    if expected.outside or found.outside:
        return expected.outside == found.outside
    if expected.places is not None and expected.places != found.places:
        return False
    if expected.points is None:
        return True
    assert found.points is not None
    return all(abs(a - b) <= 0.005 for a, b in zip(expected.points, found.points, strict=True))


def items_shown(result: ScoreResult) -> tuple[str, ...]:
    """Items of which the points are known for a subject of the case, so that the case holds them."""
    return tuple(one.item.id for one in result.items if ((one.lo == one.hi) & ~one.left_out).any())


def without_cases(standard: Standard, shown: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """By sheet the items that no passing case shows; what is marked by hand cannot be shown."""
    seen = set(shown)
    lacking = {
        score.id: tuple(i.id for i in score.items if i.way != "manual" and (score.id, i.id) not in seen)
        for score in standard.scores
        if score.layer == standard.id
    }
    return {sheet: items for sheet, items in lacking.items() if items}


def the_score(found: list[ScoreResult], sheet: str, as_of: object) -> ScoreResult:
    """The result of one sheet.

    Raises:
        CommunityCheckError: nobody was scored.
    """
    result = next((one for one in found if one.score.id == sheet), None)
    if result is None:
        raise CommunityCheckError("cases-nobody-scored", sheet=sheet, as_of=as_of)
    return result
