"""Two columns that answer one question: 有 beside 无 under one heading, with a mark in the one that holds."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.dictionary import Field
from communitycheck.returns.cells.words import tidy
from communitycheck.returns.columns.headers.header import Header
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.text_columns import TextArray

_ANSWERS = frozenset(
    {("有", "无"), ("是", "否"), ("已建", "未建"), ("达标", "未达标"), ("达标", "不达标"), ("yes", "no")}
)
# Signs that do nothing but mark a place; a zero or a cross in one of the columns says something of its own.
_MARKS = pa.array(["√", "✓", "✔", "☑", "■", "●", "v", "V", "对", "是", "1", "R"])
YES, NO = "是", "否"


def question_of(yes: Header, no: Header) -> Header | None:
    """The header of what two columns side by side answer together; None where they do not."""
    if len(yes.levels) < 2 or yes.levels[:-1] != no.levels[:-1] or (yes.levels[-1], no.levels[-1]) not in _ANSWERS:
        return None
    return Header(yes.levels[:-1], yes.bare[:-1], yes.asides)


def category_of(first: Header, second: Header, names: FieldNames) -> Field | None:
    """The category of which two headers side by side are two values: 城市社区 beside 农村社区."""
    if not first.levels or not second.levels or first.levels[:-1] != second.levels[:-1]:
        return None
    here, there = names.categories_of(first.levels[-1]), names.categories_of(second.levels[-1])
    return next((names.fields[key] for key, value in here.items() if there.get(key, value) != value), None)


def answers(yes: TextArray, no: TextArray, words: tuple[str, str] = (YES, NO)) -> TextArray | None:
    """The answers of each record as texts, null where neither is marked; None where the cells hold more than marks.

    Args:
        yes: the cells of the first column (an Arrow array of strings); no: those of the second.
        words: what a mark in the first column says, and one in the second.
    """
    held = [pc.is_valid(cells) for cells in (yes, no)]
    for cells in (yes, no):
        held_words = pa.array([tidy(text) for text in cells.unique().drop_null().to_pylist()], pa.string())
        if not pc.all(pc.is_in(held_words, value_set=_MARKS), min_count=0).as_py():
            return None
    both = pc.and_(*held)
    one = pc.if_else(held[0], words[0], pc.if_else(held[1], words[1], pa.scalar(None, pa.string())))
    return pc.if_else(both, "/".join(words), one)
