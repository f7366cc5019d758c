"""The kind of community where no column gives it: by a sheet 城市社区, a title 农村社区…表, a header 行政村名称.

What is said of all records holds for each, unless its own name says otherwise. Where two of these differ, or a name
contradicts them, the kind is asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.address import Address
from communitycheck.model.places.place_names import OFFICES, any_of
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Bools, Column, State
from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.stated_place import without_place
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.text_columns import TextArray, bools, encode
from communitycheck.returns.text_columns import whole as whole_column

KIND, RURAL_COLUMN = "community_type", "rural_community"
URBAN, RURAL = 1, 2
Kinds = npt.NDArray[np.int8]
_URBAN = pattern("城[市镇]社区|(?<!村民)居民?委员?会")
_RURAL = pattern("农村社区|行政村|建制村|村民?委员?会")
# 城乡社区 is either; 非城市社区 the other one; 《城市社区…标准》 the name of a document.
_EITHER = pattern(
    "城乡|村居|居村|村[(]居|居[(]村|社区[(]村|村[(]社区|社区[和及与、/]+村|村[和及与、/]+社区|城市[和及与、/]+农村|农村[和及与、/]+城市|非(?:城|农)|不含|除"
)
_QUOTED = pattern('[《“"].*?[》”"]')
_ALONE = pattern(r"(?P<urban>城[市镇区](?:类|组)?)|(?P<rural>农村|乡村|村(?:类|组)?)")
# 城市(续), 城市表2, 一、城市(3个)
_AROUND = pattern(r"^[(]?[一二三四五六七八九十0-9]+[)、.]|[(]?(?:续|共?[0-9]+个?)?表?[)]?[0-9]*$")
_OF_VILLAGES = pattern("(?:行政|建制)?村(?:名称|全称|名)?|村(?:民委员|委)会(?:名称|名)?")
# How the names of villages end, and those of quarters that were never one; and the offices of residents.
_VILLAGE = any_of((*(o for o in OFFICES["community"] if o.startswith("村")), "村", "嘎查"))
_QUARTER = "新村|工人村"
_RESIDENTS = any_of(o for o in OFFICES["community"] if o.startswith("居"))
_VILLAGE_OFFICE = f"村{_RESIDENTS}"


def kind_in(text: str, *, alone: bool = False) -> int:
    """The one kind that a text speaks of; 0 where it speaks of none or of both.

    Args:
        alone: it is the name of a sheet or a heading, where 城市 and 农村 are enough.
    """
    body = _QUOTED.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    body = body if alone else without_place(body)  # 八面城镇社区 is no 城镇社区
    if _EITHER.search(body):
        return 0
    kinds = {kind for kind, words in ((URBAN, _URBAN), (RURAL, _RURAL)) if words.search(body)}
    whole = _ALONE.fullmatch(_AROUND.sub("", body.rstrip(":"))) if alone and not kinds else None
    if whole is not None:
        return URBAN if whole["urban"] else RURAL
    return kinds.pop() if len(kinds) == 1 else 0


def kinds_of_names(texts: TextArray) -> Kinds:
    """The kind that each name of a community tells: that of a village, or of a residents' committee."""

    def ends(words: str) -> Bools:
        return bools(pc.fill_null(pc.match_substring_regex(texts, rf"(?:{words})\s*$"), False))

    kinds = np.zeros(len(texts), np.int8)
    kinds[ends(_VILLAGE) & ~ends(_QUARTER)] = RURAL
    kinds[ends(_RESIDENTS) & ~ends(_VILLAGE_OFFICE)] = URBAN
    return kinds


def add_kind(
    layout: Layout,
    found: Assignment,
    columns: dict[str, Column],
    names: FieldNames,
    sheet: Sheet,
    row_of: npt.NDArray[np.int32],
) -> list[Notice]:
    """Add the kind of each community where no column gives it, and say whence it comes."""
    name = columns.get("community")
    waits = any(KIND in column.resembles for column in found.columns)
    if found.entity != "community" or KIND in columns or KIND not in names.fields or waits or name is None:
        return []
    whole = Address(sheet.path, sheet.name or None)
    stated = list(_stated(layout, found, sheet))
    if len({kind for _, _, kind in stated}) > 1:
        both = {"first": stated[0][1], "second": next(text for _, text, kind in stated if kind != stated[0][2])}
        nobody_knows = np.ones(len(name), bool)
        columns[KIND] = _column(np.zeros(len(name), np.int8), nobody_knows, names)
        return [Notice("kinds-disagree", whole, values=both)]
    own = kinds_of_names(whole_column(name.text))
    kinds = _of_headings(layout, len(name))
    where, text = Text("分组标题", "the headings"), _first_heading(layout)
    if stated and not kinds.any():
        where, text, kind = stated[0]
        kinds = np.full(len(name), kind, np.int8)
    elif not kinds.any() and RURAL_COLUMN in columns:
        kinds = _of_column(columns[RURAL_COLUMN], own, whole_column(name.text))
        where, text = Text("列", "column"), names.fields[RURAL_COLUMN].label.zh
    elif not kinds.any() and own.all():  # where some names tell and others do not, a column of kinds is missing
        kinds, where, text = own, Text("名称", "names like"), name.text[0].as_py()
    if not kinds.any():
        return []
    apart = (kinds > 0) & (own > 0) & (own != kinds)
    columns[KIND] = _column(kinds, apart, names)
    notices = [Notice("kind-by-name", whole, values={"where": where, "text": text}, level="info")]
    for place in np.flatnonzero(apart).tolist():
        values: dict[str, Any] = {"where": where, "other": text}
        at = sheet.address_of(int(row_of[place]))
        notices.append(Notice("kind-contradicts", at, name.text[place].as_py(), values))
    return notices


def _stated(layout: Layout, found: Assignment, sheet: Sheet) -> Iterator[tuple[Text, str, int]]:
    """What is said of all records: where, in which words, and the kind; the name of the file where nothing else is."""
    said = [(Text("工作表名", "the sheet's name"), sheet.name, kind_in(sheet.name, alone=True))]
    said += [(Text("标题", "the title"), title, kind_in(title)) for title in layout.titles]
    name = found.fields.get("community")
    if name is not None:
        header = "".join(name.column.header.levels[-1:])
        rural = _OF_VILLAGES.fullmatch(header) is not None
        said.append((Text("表头", "the header"), name.column.text, RURAL if rural else kind_in(header)))
    if not any(kind for _, _, kind in said):
        stem = PurePath(sheet.path).stem
        said.append((Text("文件名", "the file's name"), stem, kind_in(stem, alone=True)))
    return ((where, text, kind) for where, text, kind in said if kind)


def _first_heading(layout: Layout) -> str:
    labels = [] if layout.group_labels is None else layout.group_labels.drop_null().slice(0, 1).to_pylist()
    return str(labels[0]) if labels else ""


def _of_headings(layout: Layout, records: int) -> Kinds:
    """The kind that the heading above each record says."""
    if layout.group_labels is None:
        return np.zeros(records, np.int8)
    codes, labels = encode(layout.group_labels)
    return np.array([*(kind_in(label, alone=True) for label in labels.to_pylist()), 0], np.int8)[codes]


def _of_column(column: Column, own: Kinds, names: TextArray) -> Kinds:
    """By the column that tells rural communities: what is none is a village by its name, or else an urban one."""
    if column.lo is None or column.hi is None:
        return np.zeros(len(own), np.int8)
    community = bools(pc.fill_null(pc.match_substring_regex(names, r"社区\s*$"), False))
    without = np.where((own == 0) & community, URBAN, own)
    yes, no = (column.lo == 1) & (column.hi == 1), (column.lo == 0) & (column.hi == 0)
    return np.where(yes, RURAL, np.where(no, without, 0)).astype(np.int8)


def _column(kinds: Kinds, doubtful: Bools, names: FieldNames) -> Column:
    """The column as one of the sheet would be read; what is doubtful is unreadable, and the rest that is not known
    blank."""
    words = pa.array([None, "城市社区", "农村社区"], pa.string())
    column, _ = cast(names.fields[KIND], words.take(pa.array(np.where(doubtful, 0, kinds))), Scale())
    if doubtful.any():
        column.state = np.zeros(len(kinds), np.uint8) if column.state is None else column.state.copy()
        column.state[doubtful] = State.UNREADABLE
    return column
