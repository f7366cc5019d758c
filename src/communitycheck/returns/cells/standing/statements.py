"""What a remark says about the standing of what is counted: not built yet, out of use, given up, a figure of a plan.

``420`` beside ``尚未建成`` is no area of today. A remark is read clause by clause: a word of standing, what the words
around it say it is about, and whether a later clause takes it back (2018年规划，2020年建成).
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.patterns import pattern
from communitycheck.returns.cells.standing.extent import is_of_another_kind, reaches_further
from communitycheck.returns.cells.standing.words import (
    AHEAD,
    ALONE,
    ALONE_GONE,
    BASIS,
    BE_BUILT,
    BETTERS,
    BY_NOW,
    CAUSE,
    DENIED,
    DONE,
    FILLER,
    INSTRUCTS,
    LEFT_OUT,
    NOT_NOW,
    PERSONS,
    PREMISES,
    REBUILT,
    REFILLED,
    SOON,
    SUBJECT,
    TO_COME,
    WHEN_DONE,
)  # fmt: skip
from communitycheck.returns.cells.words import tidy


class InDoubt(StrEnum):
    """Of what a statement casts doubt on: ``premises`` do not stand or are not in use, the ``subject`` itself is gone,
    ``persons`` have left or are yet to come, the figures are not those of today (``basis``), or an area reaches
    further than the facility (``extent``), and is that of the facility at most."""

    PREMISES = "premises"
    SUBJECT = "subject"
    BASIS = "basis"
    EXTENT = "extent"
    PERSONS = "persons"


class Statement(Struct, frozen=True):
    """One statement. ``about`` are the words before it that say of what, empty where none do; ``behind`` those after
    it; ``words`` the clause."""

    kind: InDoubt
    about: str
    words: str
    behind: str = ""


_NOT = r"(?<![无未没非])(?<!没有)(?<!不存)(?<!不[属是])"
_ANY = pattern(
    rf"(?P<basis>{_NOT}(?:{BASIS}))|(?P<subject>{_NOT}(?:{SUBJECT}))|"
    rf"(?P<persons>{_NOT}(?:{PERSONS}))|(?P<premises>{_NOT}(?:{PREMISES}))"
)
_YEAR = pattern(r"(?<!\d)(20\d{2})年")
_FIGURES_OF = pattern(
    r"(?<!\d)((?:19|20)\d{2})年(?:度|[初中底末]|\d{1,2}月(?:\d{1,2}日)?)?(?:的|上报|第?[五六七八]次|人口|[五六七八]普|普查|统计|年报|公安|户籍)*"
    r"(?:数[据字值]?|年报|口径)(?=$|,|[为填报])"
)
_LEASE_TO = pattern(r"[租借][^,]{0,8}?[至到](20\d{2})年")
_CLAUSES = pattern(r"[,;。!?、\n]|(?<=[\u4e00-\u9fff])\.|\d[.)](?!\d)|[①-⑳]")
_ASKED = pattern(r"([^,;。!?]{0,6})\?+$")  # nothing but a question mark, or one behind a word or two
_VERBS = pattern(rf"(?:{BE_BUILT}|好)+")
_NOTE_MARK = pattern(r"^(?:备?注|说明|附注|注释|注意|提示)\d*[:.、]?")

# Excel keeps no more characters in a cell: what is longer was written by no office.
LONGEST = 32_767


def statements(text: str, year: int | None = None) -> list[Statement]:
    """What the text says that casts doubt on figures beside it; nothing where it says that all is well.

    Args:
        year: the year that the figures are of; what is to come about later has not.
    """
    found: list[Statement] = []
    if len(text) > LONGEST:
        return found
    asked = _ASKED.match(tidy(text).replace(" ", ""))
    if asked:
        found.append(Statement(InDoubt.BASIS, asked[1], text.strip()))
    for clause in clauses_of(text):
        said = [_continued(one, found) for one in of_clause(clause, year)]
        if found and REFILLED.search(clause):
            filled = {one.words for one in found if one.kind is InDoubt.PERSONS}
            found = [one for one in found if one.words not in filled]
        further = None if LEFT_OUT.search(clause) else reaches_further(clause)
        if further is not None:
            said.append(Statement(InDoubt.EXTENT, FILLER.sub("", further), clause))
        if not said and found and _is_done(clause, year) and _takes_back(clause, found):
            found = [one for one in found if one.kind in (InDoubt.SUBJECT, InDoubt.EXTENT)]
        if not said and is_of_another_kind(clause):
            said = [Statement(InDoubt.BASIS, "面积", clause)]
        found += said
    return found


def _continued(one: Statement, found: list[Statement]) -> Statement:
    """A clause that names nothing goes on about what the one before it named: 服务站在建，预计2021年完工."""
    before = found[-1] if found else None
    if before is None or one.about or one.behind or one.kind is not InDoubt.PREMISES or before.kind is not one.kind:
        return one
    return replace(one, about=before.about)


def _takes_back(clause: str, found: list[Statement]) -> bool:
    """A later clause says what came of it: 停用，2020年启用. Its year may be one to come: 尚未建成，2025年投入使用."""
    dated = all(_YEAR.search(one.words) and not NOT_NOW.search(one.words) for one in found)
    return dated or not _YEAR.search(clause) or BY_NOW.search(clause) is not None


def instructs(text: str) -> bool:
    """The text tells how to fill in the form, or what the figures leave out."""
    packed = tidy(text).replace(" ", "")
    return INSTRUCTS.search(packed) is not None or LEFT_OUT.search(packed) is not None


def clauses_of(text: str) -> list[str]:
    """The clauses of a remark as they are read: without blanks, and without brackets around them."""
    whole = _NOTE_MARK.sub("", tidy(text).replace(" ", "").lower())
    return [clause for part in _CLAUSES.split(whole) if part and (clause := part.strip("()“”\"'"))]


def settled(clause: str, year: int | None) -> bool:
    """The clause says that all is well: it stands by now, will be bettered, is left out, or the lease still runs."""
    if BETTERS.search(clause) or LEFT_OUT.search(clause) or _is_done(clause, year):
        return True
    if any(DENIED.search(clause[: match.start()]) for match in _ANY.finditer(clause)):
        return True
    lease = _LEASE_TO.search(clause)
    return lease is not None and (year is None or int(lease[1]) >= year)


def of_clause(clause: str, year: int | None) -> list[Statement]:
    """What one clause says by itself, whatever the others make of it."""
    if SOON.search(clause) and not _YEAR.search(clause) and not BY_NOW.search(clause):
        return [_late_statement(clause)]
    if BETTERS.search(clause) or LEFT_OUT.search(clause) or _is_done(clause, year):
        return []
    bare = FILLER.sub("", clause)
    if ALONE.fullmatch(clause) or ALONE.fullmatch(bare):
        gone = clause.endswith(ALONE_GONE)
        return [Statement(InDoubt.SUBJECT if gone else InDoubt.PREMISES, "", clause)]
    dated = _FIGURES_OF.search(clause)
    if dated and year is not None and int(dated[1]) < year:
        return [Statement(InDoubt.BASIS, "", clause)]
    lease = _LEASE_TO.search(clause)
    if lease and year is not None and int(lease[1]) < year:
        return [Statement(InDoubt.PREMISES, "", clause)]
    if _late(clause, year) and (DONE.search(clause) or REBUILT.search(clause) or TO_COME.search(clause)):
        return [_late_statement(clause)]
    said, end = [], 0
    for match in _ANY.finditer(clause):
        before = clause[end : match.start()]
        end = match.end()
        if DENIED.search(before) or _expires_later(match[0], clause, year):
            continue
        kind = InDoubt(str(match.lastgroup))
        if kind is InDoubt.PERSONS and REFILLED.search(clause, end):
            continue
        if kind is InDoubt.SUBJECT and AHEAD.search(before):
            kind = InDoubt.PREMISES
        about, behind = _subject_of(clause, match.start(), match.end(), before)
        about = match[0] + about if kind is InDoubt.BASIS else about
        said.append(Statement(kind, about, clause, behind))
    return said


def figures_of(text: str) -> set[int]:
    """The years of which a text says something of the figures: 2018年数据为修订数."""
    return {int(found[1]) for found in _FIGURES_OF.finditer(text)}


def _late_statement(clause: str) -> Statement:
    about, behind = _subject_of(clause, *_span(DONE, clause))
    return Statement(InDoubt.PREMISES, about, clause, behind)


def _span(words: re.Pattern[str], clause: str) -> tuple[int, int]:
    match = words.search(clause)
    return match.span() if match else (len(clause), len(clause))


def _subject_of(clause: str, start: int, end: int, before: str | None = None) -> tuple[str, str]:
    """What the clause is about: the words before the statement, and those behind it."""
    before = clause[:start] if before is None else before
    before = FILLER.sub("", CAUSE.sub("", DONE.sub("", before)))
    return before, FILLER.sub("", _VERBS.sub("", _ANY.sub("", clause[end:])))


def _is_done(clause: str, year: int | None) -> bool:
    done = DONE.search(clause)
    if WHEN_DONE.search(clause):
        return False
    if done is None:
        return REBUILT.search(clause) is not None and not AHEAD.search(clause) and not _late(clause, year)
    rest = clause[done.end() :]
    return not AHEAD.search(clause[: done.start()]) and not _late(clause, year) and not _ANY.search(rest)


def _late(clause: str, year: int | None) -> bool:
    stated = [int(one) for one in _YEAR.findall(clause)]
    return year is not None and bool(stated) and max(stated) > year


def _expires_later(words: str, clause: str, year: int | None) -> bool:
    """A lease that runs out after the year of the figures, or soon, still runs."""
    return words.endswith(("到期", "期满", "届满")) and (_late(clause, year) or "将" in clause)
