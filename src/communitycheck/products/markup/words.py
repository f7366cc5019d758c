"""What a marked-up copy says: the comment on a cell, and a line of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult, Verdict
from communitycheck.printable import clip, one_line
from communitycheck.products.markup.marks import (
    DOUBTED,
    QUESTION,
    TO_MEND,
    WANTING,
    Question,
    at_fault,
    blamed,
    in_doubt,
)
from communitycheck.products.markup.ooxml.comments import CLOSING, OPENING
from communitycheck.reporting.words.sentences import Wording

SHOWN = 4  # verdicts that one comment tells
QUESTIONS = 12  # headers asked about above the list
NEAREST = 3  # fields named of a header that was not recognised
LONGEST = 1_500  # characters of what one comment tells of a verdict
COLUMNS = (
    "outcome", "sheet", "cells", "name", "region", "rule", "title", "observed", "required", "shortfall", "add",
    "reason", "clause", "standard",
)  # fmt: skip


class Line(Struct, frozen=True):
    """A verdict in the list: texts along ``COLUMNS``, and the cell it links to (sheet as the reader names it)."""

    texts: tuple[str, ...]
    outcome: Outcome
    sheet: str = ""
    cell: str = ""


class MarkupWords:
    """Words of the marked-up copies of one report."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report = report
        self.wording = Wording.of(report, lang)
        self.say = self.wording.say
        self._told: dict[tuple[int, int], str] = {}
        self._at_fault: dict[int, tuple[str, ...]] = {}

    def comment(self, verdicts: Sequence[tuple[int, int]], sheet: str, questions: Sequence[Question] = ()) -> str:
        """The comment on a cell with these verdicts (result, subject); ``sheet`` is the name of the list."""
        described = [
            self._question(questions[subject]) if number == QUESTION else self._verdict(number, subject)
            for number, subject in verdicts[:SHOWN]
        ]
        if len(verdicts) > SHOWN:
            described.append(self.say("markup-comment-more", n=len(verdicts) - SHOWN, sheet=sheet))
        return "\n".join([OPENING, "\n\n".join(described), CLOSING])

    def questions(self, questions: Sequence[Question]) -> Iterator[str]:
        """What is asked of headers, as sentences above the list."""
        for one in questions[:QUESTIONS]:
            yield self.say("markup-question-listed", sheet=one.sheet, cell=one.cell, text=self._question(one))
        if len(questions) > QUESTIONS:
            yield self.say("markup-questions-more", n=len(questions) - QUESTIONS)

    def _question(self, one: Question) -> str:
        labels = self.say("markup-or").join(self.wording.label(key) for key in one.fields[:NEAREST])
        return self.say("markup-question", header=clip(one_line(one.header), 80), fields=labels)

    def _verdict(self, number: int, subject: int) -> str:
        key = (number, subject)
        if key not in self._told:
            if len(self._told) > 50_000:
                self._told.clear()
            v = self.report.results[number].verdict(subject)
            figures = self.wording.figures(v, self.report.results[number].add_unit)
            text = self.say(
                "markup-comment",
                outcome=self.wording.outcome(v.outcome),
                rule=self.wording.rule_id(v.rule),
                title=self.wording.rule_title(v.rule),
                reason=one_line(self.wording.reason(v, figures)),
                standard=self._standard(v),
                clause=one_line(v.rule.clause),
            )
            self._told[key] = clip(text.strip(), LONGEST)
        return self._told[key]

    def _standard(self, v: Verdict) -> str:
        standard = self.wording.standards.get(v.rule.standard)
        return one_line(standard.title.in_lang(self.wording.lang)) if standard else v.rule.standard

    def line(self, number: int, subject: int) -> Line:
        """One line of the list."""
        result = self.report.results[number]
        v = result.verdict(subject)
        wording, figures = self.wording, self.wording.figures(v, result.add_unit)
        sheet, cells = self._cells(number, result, v, subject)
        outcome = wording.outcome(v.outcome) + wording.excuse_mark(v.waiver)
        spot = " ".join(cells) or wording.spot(v.at)
        texts = (
            outcome, sheet, spot, wording.name(v.subject), wording.region(v.subject),
            wording.rule_id(v.rule), wording.rule_title(v.rule), wording.full(figures), figures.required,
            figures.missing, figures.add, wording.reason(v, figures), one_line(v.rule.clause), self._standard(v),
        )  # fmt: skip
        first = cells[0] if cells else _first_of(v)
        return Line(texts, v.outcome, *_split(sheet, first))

    def _cells(self, number: int, result: RuleResult, v: Verdict, subject: int) -> tuple[str, tuple[str, ...]]:
        """The sheet of a verdict, and the cells that were marked for it."""
        if v.at is None:
            return "", ()
        sheet = v.at.sheet or ""
        if v.outcome is Outcome.NO_DATA and v.reason in WANTING:
            return sheet, tuple(dict.fromkeys(cell for _, state, cell in v.troubled if state in TO_MEND and cell))
        dictionary = self.report.dictionary
        if v.outcome is Outcome.NO_DATA and v.reason in DOUBTED and isinstance(result.subjects, Records):
            judged = blamed(result.rule, result.fields, dictionary)
            doubted = in_doubt(result.subjects, judged, np.array([subject], np.int64))
            return sheet, result.subjects.at(subject, tuple(key for key, mask in doubted.items() if mask[0]))[1]
        if number not in self._at_fault:
            self._at_fault[number] = at_fault(result.rule, result.fields, dictionary)
        return sheet, result.subjects.at(subject, self._at_fault[number])[1]

    def caption(self) -> Iterable[str]:
        """The standards that the verdicts were given by, and the day."""
        titles = [one_line(s.title.in_lang(self.wording.lang)) for s in self.report.standards]
        listed = self.wording.listed(titles[:6]) + ("…" if len(titles) > 6 else "")
        yield self.say("markup-standards", standards=listed, as_of=self.report.as_of.isoformat())


def _first_of(v: Verdict) -> str:
    """The cell to go to where no single one is meant."""
    if v.at is None:
        return ""
    if v.at.row is not None:
        return f"A{v.at.row}"
    return f"{v.at.cell}1" if v.at.cell and v.at.cell.isalpha() else v.at.cell or ""


def _split(sheet: str, cell: str) -> tuple[str, str]:
    """``月报!E27`` names a sheet of its own."""
    other, _, spot = cell.rpartition("!")
    return (other, spot) if other else (sheet, cell)
