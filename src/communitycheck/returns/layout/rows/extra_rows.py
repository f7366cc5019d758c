"""Rows among the records that are not records: a filled-in example, a comparison with another year, the parts of a
total and, at the end, rows that wait to be filled in."""

from __future__ import annotations

import re

import numpy as np

from communitycheck.model.places.place_names import any_of, endings
from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import number_of, plain, says_how
from communitycheck.returns.layout.row_words import is_note, is_subset, region_rank
from communitycheck.returns.layout.rows.body import Body, Ints
from communitycheck.returns.layout.statistic_words import heads_figures

# An example shows how to fill in, so it stands at the top; a comparison stands beside the totals.
TOP = 10
# Forms show an invented place: 示例社区, 样例街道. Nobody invents a 旗, a 苏木 or a 嘎查.
_EXAMPLES = endings("county", "street", "community", but=("旗", "苏木", "嘎查"), also=("小区",))
_EXAMPLE = pattern(
    r"(?:填[写报表])?(?:示例|样例|范例)(?:行|[0-9一二三])?|例|(?:示例|样例|范例|例如|例)[:、].*|"
    rf"(?:示例|样例|范例){any_of(_EXAMPLES)}.{{0,6}}|example[0-9]?(?::.*)?",
    re.I,
)
_COMPARISON = pattern(
    r"(?:所占|占[合总]?计?的?)?(?:比[重例]|占比)|(?:上年|去年|上期|同期|上年同期|去年同期)(?:同期)?(?:合计|总计|数据?|末)?|"
    r"(?:本期|本年)?[比较](?:上年|去年|上期|同期)(?:同期)?(?:末)?(?:增减|增加|增长|减少|变化)?(?:数|量|率|额|幅度?)?|"
    r"(?:同比|环比)(?:增减|增加|增长|减少|变化)?(?:数|量|率|额|幅度?)?|增减[数量率额]|增长[率]|增幅|"
    r"(?:户均|人均|社均|村均|每百户|每千人|每万人).{0,8}"
)
_PART = pattern(r"(?:城市|农村|城镇|乡村)(?:社区)?|行政村|建制村|居委会|村委会|街道|乡镇?|镇")
_SERIAL = pattern(r"序号|编号|行次|^no\.?$|^#$", re.I)
_AMOUNT = pattern(r"\([%％‰].{0,4}\)$|[:：]$|[%％‰]$")


def example_rows(body: Body) -> Ints:
    """Rows near the top that say they are an example or tell how to fill in, in the column of names or left of it."""
    rows = range(min(TOP, len(body.counts)))
    return np.array([r for r in rows if any(_shows_how(plain(t)) for t in _labels(body, r))], np.int64)


def _shows_how(text: str) -> bool:
    return _EXAMPLE.fullmatch(text) is not None or says_how(text)


def comparison_rows(body: Body, totals: Ints) -> Ints:
    """Rows below a total, one under the other, that compare it (占比, 上年同期) or, under 其中, say what it falls into.

    Args:
        totals: rows known for totals, ascending.
    """
    found: list[int] = []
    for total in totals.tolist():
        parts = is_subset(_first(body, total))
        row = total + 1
        while row < len(body.counts) and _explains_total(_first(body, row), parts):
            found.append(row)
            row += 1
    return np.array(found, np.int64)


def waiting_rows(body: Body, records: Ints) -> Ints:
    """Rows at the end that have a number but no name, and nothing in them but what formulas make of blanks: zeros and
    errors.

    Args:
        records: rows that are not known for anything else, ascending.
    """
    found: list[int] = []
    numbers = {c for c, name in enumerate(body.names) if _SERIAL.search(name)}
    for row in map(int, records[::-1]):
        texts = [(c, plain(t)) for c, t in enumerate(body.row(row)) if t and plain(t)]
        if any(c not in numbers and not _made_of_blanks(c, text, body) for c, text in texts):
            break
        found.append(row)
    return np.array(found[::-1], np.int64)


def statistic_rows(body: Body, rows: Ints) -> Ints:
    """Rows before or after records that are places, which say something of them all: what is required (目标值), how
    many meet it (达标率), who has checked them (审核).

    Args:
        rows: those that are not known for anything else, ascending.
    """
    if not any(_is_statistic(body, int(row)) for row in (*rows[:TOP], *rows[-TOP:])):
        return rows[:0]
    names = [_named(body, row) for row in rows[:: max(1, len(rows) // 50)].tolist() if not _is_statistic(body, row)]
    if not names or sum(region_rank(name) > 0 for name in names) * 2 < len(names):
        return rows[:0]
    found: list[int] = []
    for way in (rows, rows[::-1]):
        for row in map(int, way):
            if not _is_statistic(body, row):
                break
            found.append(row)
    return np.array(sorted(set(found)), np.int64)


def _is_statistic(body: Body, row: int) -> bool:
    label = _named(body, row)
    return heads_figures(label) and not is_note(label)


def _named(body: Body, row: int) -> str:
    """What stands where the subjects have their names, or else left of it."""
    return plain(body.text(row, body.naming)) or _first(body, row)


def _states_comparison(label: str) -> bool:
    """The label of a row compares others with another year, or parts with a whole: 上年同期, 占比."""
    return _COMPARISON.fullmatch(_AMOUNT.sub("", label)) is not None


def _made_of_blanks(column: int, text: str, body: Body) -> bool:
    return column != body.label and (text.startswith("#") or number_of(text) == 0)


def _explains_total(label: str, parts: bool) -> bool:
    if _states_comparison(label):
        return True
    return parts and _PART.fullmatch(label) is not None


def _labels(body: Body, row: int) -> list[str]:
    return [t for c in range(body.label + 1) if (t := body.text(row, c))]


def _first(body: Body, row: int) -> str:
    """The first text of the row, up to the column of names."""
    return next((text for t in _labels(body, row) if (text := plain(t))), "")
