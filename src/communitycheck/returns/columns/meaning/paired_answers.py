"""Two columns that answer one question: 有 beside 无 under one heading, with a mark in the one that holds."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.cells.words import tidy
from communitycheck.returns.columns.headers.header import Header
from communitycheck.returns.text_columns import TextArray

_ANSWERS = frozenset(
    {("有", "无"), ("是", "否"), ("已建", "未建"), ("达标", "未达标"), ("达标", "不达标"), ("yes", "no")}
)
# Signs that do nothing but mark a place; a zero or a cross in one of the columns says something of its own.
_MARKS = pa.array(["√", "✓", "✔", "☑", "■", "●", "v", "V", "对", "是", "1", "R"])
YES, NO, BOTH = "是", "否", "是/否"


def question_of(yes: Header, no: Header) -> Header | None:
    """The header of what two columns side by side answer together; None where they do not."""
    if len(yes.levels) < 2 or yes.levels[:-1] != no.levels[:-1] or (yes.levels[-1], no.levels[-1]) not in _ANSWERS:
        return None
    return Header(yes.levels[:-1], yes.bare[:-1], yes.asides)


def answers(yes: TextArray, no: TextArray) -> TextArray | None:
    """The answers of each record as texts, null where neither is marked; None where the cells hold more than marks.

    Args:
        yes: the cells of the first column (an Arrow array of strings); no: those of the second.
    """
    held = [pc.is_valid(cells) for cells in (yes, no)]
    for cells in (yes, no):
        words = pa.array([tidy(text) for text in cells.unique().drop_null().to_pylist()], pa.string())
        if not pc.all(pc.is_in(words, value_set=_MARKS), min_count=0).as_py():
            return None
    both = pc.and_(*held)
    one = pc.if_else(held[0], YES, pc.if_else(held[1], NO, pa.scalar(None, pa.string())))
    return pc.if_else(both, BOTH, one)
