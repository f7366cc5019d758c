"""The one indicator that a table gives in all its figures, as its title says: 指标：床位数(张), 各省历年床位数."""

from __future__ import annotations

from pathlib import PurePath

from communitycheck.patterns import pattern
from communitycheck.returns.cells.stated_place import without_place
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.layout import Layout

_LABELLED = pattern(r"^(?:统计)?(?:指标|项目)(?:名称)?[:：]\s*(?P<name>.{2,})$")
_YEARS = r"(?:(?:19|20)[0-9]{2}年?(?:[-—~～至到](?:19|20)?[0-9]{2})?年?[度末底]?)"
# What a title says besides of whose figures, of when, and that this is a table.
_BEFORE = pattern(
    rf"^(?:附?表[0-9一二三四五六七八九十]*[-.、:：]?|{_YEARS}|历年来?|近[0-9一二三四五六七八九十]+年来?|"
    r"(?:分|按|全国|全[省市县区])?(?:各|分)(?:省份?|自治区|直辖市|地区|地市|[市州县区旗]|街道|乡镇|社区|[、和及])+|的)+"
)
_BEHIND = pattern(rf"(?:\(?{_YEARS}\)?|统计|汇总|一览|数据|情况|(?<!面积)表)+$")


def stated_indicator(layout: Layout, names: FieldNames) -> str:
    """The indicator, with its unit as written; empty where no title, nor the name of sheet or file, is exactly that of
    one field, or where they are those of several."""
    labelled = [found["name"] for title in layout.titles if (found := _LABELLED.match(plain(title)))]
    titles = labelled or [_without_frame(title) for title in layout.titles]
    known = {text: keys for text in titles if (keys := _meant(text, names))}
    if not known and not labelled:
        texts = [_without_frame(text) for text in (layout.grid.sheet, PurePath(layout.grid.path).stem)]
        known = {text: keys for text in texts if (keys := _meant(text, names))}
    return next(iter(known)) if len(set(known.values())) == 1 else ""


def _without_frame(text: str) -> str:
    body = without_place(_BEFORE.sub("", plain(text)))
    return _BEHIND.sub("", _BEFORE.sub("", body))


def _meant(text: str, names: FieldNames) -> tuple[str, ...]:
    """The figures that a text names exactly; a place or a word for names is none."""
    found = candidates(parse_header(text), names) if text else []
    exact = (one.key for one in found if one.confidence == 1.0)
    return tuple(key for key in exact if names.fields[key].role is None and names.fields[key].is_number)
