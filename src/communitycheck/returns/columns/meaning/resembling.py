"""Which field a column may be that no name of it is: 设施建筑面积 may be 综合服务设施面积. It is asked, never taken."""

from __future__ import annotations

from difflib import SequenceMatcher

from communitycheck.model.dictionary import Field
from communitycheck.patterns import pattern
from communitycheck.returns.columns.headers.header import Header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.by_values import SAMPLE, share_read
from communitycheck.returns.columns.meaning.choose import wrong_unit
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import MOST_HEADERS
from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.text_columns import TextArray

# Names less alike than this are not asked about; of one column so many fields are.
ALIKE = 0.7
MOST = 4
# A column of few words, nearly all of them values of a category, may be that category whatever its header says.
FEW_WORDS = 12
OF_ITS_VALUES = 0.8
# The area of rooms, and no word of whose: 建筑面积, 房屋总面积, 社区用房面积.
_ANY_ROOMS = pattern(
    "(?:社区|建筑|房[屋产间]|楼房|用房|房|办公|场所|设施|阵地|总|合计|现有|实有|的)*面积(?:合计|总计)?"
)
_A_WORD = pattern(r"[^0-9.,+\s-]")
_CODE = pattern(r"[a-z]+[0-9][a-z0-9.-]*|[0-9年季度月日.~-]+")


def resembling(column: RawColumn, names: FieldNames, entity: str | None) -> tuple[str, ...]:
    """The fields that a column may be, the likeliest first: by its header, and by what stands in it."""
    cells = column.cells.drop_null()
    if not len(cells) or column.given or column.answer is not None:
        return ()
    near = dict(_alike(column.header, names))
    if _ANY_ROOMS.fullmatch("".join(column.header.bare)):
        whole = [key for key, field in names.fields.items() if field.premises == "whole" and field.unit == "m2"]
        near |= dict.fromkeys(whole, 1.0)
    words = cells.slice(0, SAMPLE).unique()
    # Figures are no words: columns of them, thousands perhaps, are not held against the values of every category.
    if len(words) <= FEW_WORDS and any(_A_WORD.search(word) for word in words.to_pylist()):
        for key, field in names.fields.items():
            if field.values and key not in column.unlike and share_read(field, cells) >= OF_ITS_VALUES:
                near.setdefault(key, ALIKE)
    fitting = [key for key in near if _fits(names.fields[key], column.header, cells, entity, names)]
    return tuple(sorted(fitting, key=lambda key: -near[key])[:MOST])


def coded_kinds(cells: TextArray, names: FieldNames) -> tuple[str, ...]:
    """The categories whose values the codes in a column are: 111 and 220 may be the type of communities."""
    held = cells.drop_null()
    if not len(held) or len(held.slice(0, SAMPLE).unique()) > FEW_WORDS:
        return ()
    kinds = ((key, field) for key, field in names.fields.items() if field.values)
    return tuple(key for key, field in kinds if share_read(field, held) >= OF_ITS_VALUES)


def _fits(field: Field, header: Header, cells: TextArray, entity: str | None, names: FieldNames) -> bool:
    if field.personal or field.role is not None or (entity and field.entities and entity not in field.entities):
        return False
    return not wrong_unit(field, header, names) and share_read(field, cells) >= 0.5


def _alike(header: Header, names: FieldNames) -> list[tuple[str, float]]:
    """The fields with a name like the header, and how like."""
    known = names.alike.get(header)
    if known is None:
        if len(names.alike) >= MOST_HEADERS:
            names.alike.clear()
        known = names.alike[header] = _ranked("".join(header.bare), names)
    return known


def _ranked(text: str, names: FieldNames) -> list[tuple[str, float]]:
    if len(text) < 2 or _CODE.fullmatch(text):
        return []
    likely = names.barred.get(text, set())
    barred = {key for key in likely if text in map(normal, names.fields[key].not_aliases)}
    best: dict[str, float] = {}
    matcher = SequenceMatcher(b=text)
    for name in names.sharing(text, ALIKE):
        likeness = _within(text, name)
        matcher.set_seq1(name)
        if likeness < ALIKE and matcher.quick_ratio() > ALIKE:
            likeness = matcher.ratio()
        for key in names.exact[name] if likeness >= ALIKE else ():
            if key not in barred:
                best[key] = max(best.get(key, 0.0), likeness)
    return sorted(best.items(), key=lambda one: -one[1])[: 3 * MOST]


def _within(text: str, name: str) -> float:
    """How much of a name a header says that says nothing else, and in the same order: 设施面积 of 综合服务设施面积."""
    rest = iter(name)
    if len(text) < 2 or not all(character in rest for character in text):
        return 0.0
    return ALIKE + (1 - ALIKE) * len(text) / len(name)
