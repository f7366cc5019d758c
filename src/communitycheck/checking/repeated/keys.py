"""What tells one subject from another, as numbers that are equal where two records say the same: name, code, place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.entity import REGION_CODE
from communitycheck.model.places.comparable_names import comparable, other_forms
from communitycheck.model.places.place_names import ENDINGS, OFFICES, place_of
from communitycheck.model.places.regions import levels_above
from communitycheck.model.table import Bools, Coded, Ints, Table

Keys = npt.NDArray[np.int64]

# A region code with this many digits is one community's own, unless it ends like that of a street.
_WHOLE_CODE = 12
# Between which digits a region's own number stands.
_OWN_DIGITS = {"province": (0, 2), "city": (2, 4), "county": (4, 6), "street": (6, 9)}
_FIGURES = 18  # so many fit into a number
_STREET_CODE = 9  # so many of its first digits are its street's


def own_codes(table: Table, rows: Ints | None = None) -> Keys | None:
    """The subject's own code as a number for each of ``rows``; -1 where there is none."""
    text = own_code_texts(table, rows)
    if text is None:
        return None
    return _code_numbers(text) if table.about.code_field == REGION_CODE else numbers_of_texts(text)


def own_code_texts(table: Table, rows: Ints | None = None) -> Any:
    """The subject's own code for each of ``rows`` (all by default) as Arrow strings, null where there is none; None
    where the kind of subject has no codes of its own."""
    about = table.about
    column = table.columns.get(about.code_field)
    if column is None or column.text is None or not about.placed or about.key in REGION_LEVELS:
        return None
    text = _picked(column.text, rows)
    if about.code_field != REGION_CODE:
        return text
    own = pc.and_(pc.utf8_is_decimal(text), pc.greater_equal(pc.utf8_length(text), _WHOLE_CODE))
    own = pc.and_(own, pc.invert(pc.ends_with(text, "000")))
    return pc.if_else(own, text, None)


def region_codes(table: Table) -> Keys | None:
    """The codes of regions that are subjects themselves, as far as the digits of their own level go: 110101001 of a
    street. -1 where there is none or it is another level's; None where the table holds no regions."""
    column = table.columns.get(REGION_CODE)
    if column is None or column.text is None or table.entity not in _OWN_DIGITS:
        return None
    above, whole = _OWN_DIGITS[table.entity]
    text = column.text
    own = pc.and_(pc.utf8_is_decimal(text), pc.greater_equal(pc.utf8_length(text), whole))
    none = pc.equal(pc.utf8_ltrim(pc.utf8_slice_codeunits(text, above, whole), "0"), "")
    more = pc.not_equal(pc.utf8_ltrim(pc.utf8_slice_codeunits(text, whole), "0"), "")
    own = pc.and_(own, pc.invert(pc.or_(none, more)))
    return _code_numbers(pc.if_else(own, pc.utf8_slice_codeunits(text, 0, whole), None))


def name_numbers(table: Table, rows: Ints) -> Keys | None:
    """The subject's name in the form in which names are compared; -1 where there is none."""
    text = name_texts(table, rows)
    return None if text is None else numbers_of_texts(text)


def name_texts(table: Table, rows: Ints | None = None) -> Any:
    """The same as Arrow strings, for all records by default; None where the table has no column of names."""
    column = table.columns.get(table.about.name_field)
    return None if column is None or column.text is None else _compared(_picked(column.text, rows))


def region_stems(region: Coded, level: str) -> tuple[Keys, Bools]:
    """The names of regions of one level without what their kind ends in (大青镇 and 大青街道 are 大青), as numbers, and
    which have no such ending."""
    forms = [place_of(comparable(name), level) for name in region.names]
    without = [_stem(form, ENDINGS.get(level, ())) for form in forms]
    number = {stem: k for k, stem in enumerate(dict.fromkeys(without))}
    numbers = np.array([*(number[stem] for stem in without), -1], np.int64)
    bare = np.array([*(stem == form for stem, form in zip(without, forms, strict=True)), False])
    return numbers[region.codes], bare[region.codes]


def _stem(name: str, endings: Sequence[str]) -> str:
    return next((name.removesuffix(end) for end in endings if name.endswith(end) and name != end), name)


def code_places(table: Table, rows: Ints) -> Keys:
    """Where subjects lie by their own codes: the street in nine digits, as a number; -1 where there is none."""
    codes = own_code_texts(table, rows) if table.about.code_field == REGION_CODE else None
    if codes is None:
        return np.full(len(rows), -1, np.int64)
    return numbers_of_texts(pc.utf8_slice_codeunits(codes, 0, _STREET_CODE))


def settled_streets(table: Table, places: dict[str, Keys], here: Ints, there: Ints) -> dict[str, Keys]:
    """The places with one number for a street that has become another kind of street (大青镇, 大青街道), where neither
    side has both in one county."""
    region, street = table.regions.get("street"), places.get("street")
    if region is None or street is None:
        return places
    forms = [place_of(comparable(name), "street") for name in region.names]
    stems = [_stem(form, ENDINGS["street"]) for form in forms]
    if len(set(stems)) == len(set(forms)):
        return places
    number = {stem: k for k, stem in enumerate(dict.fromkeys(stems))}
    stem = np.array([*(number[one] for one in stems), -1], np.int64)[region.codes]
    above = [numbers for level, numbers in places.items() if level in REGION_LEVELS and level != "street"]
    keys = joined([stem, *above])
    keys[stem < 0] = -1
    mixed = [key for rows in (here, there) for key in _of_several(keys[rows], street[rows])]
    settled = np.where(np.isin(keys, np.array(mixed, np.int64)), -1, stem)
    apart = street + int(stem.max(initial=-1)) + 1
    return {**places, "street": np.where(street < 0, -1, np.where(settled < 0, apart, settled))}


def _of_several(keys: Keys, values: Keys) -> list[int]:
    """The keys that stand beside more than one value."""
    _, first = np.unique(joined([keys, values]), return_index=True)
    several, counts = np.unique(keys[first], return_counts=True)
    found: list[int] = several[counts > 1].tolist()
    return found


def compared_names(table: Table) -> Any:
    """The names of the subjects in the form in which they are compared, as an Arrow array; None where it has none."""
    region = table.regions.get(table.entity)
    if region is not None and table.entity in REGION_LEVELS:
        forms = [place_of(comparable(name), table.entity) for name in region.names]
        return pa.array([*forms, None], pa.string()).take(pa.array(region.codes % (len(forms) + 1)))
    return name_texts(table)


def _picked(text: Any, rows: Ints | None) -> Any:
    return text if rows is None or len(rows) == len(text) else text.take(pa.array(rows))


def place_numbers(table: Table) -> dict[str, Keys]:
    """What each record lies in, level by level, the largest first; -1 where that is not known."""
    places = {}
    for level in levels_above(table.entity):
        region = table.regions.get(level)
        places[level] = np.full(len(table), -1, np.int64) if region is None else region_numbers(region, level)
    for around in (field for field in table.about.within if field not in REGION_LEVELS):
        column = table.columns.get(around)
        text = None if column is None else column.text
        places[around] = np.full(len(table), -1, np.int64) if text is None else numbers_of_texts(_compared(text))
    return places


def joined(keys: Sequence[Keys]) -> Keys:
    """One number for all the keys of a record together."""
    whole, span = keys[0] + 1, int(keys[0].max(initial=-1)) + 2
    for key in keys[1:]:
        width = int(key.max(initial=-1)) + 2
        if span * width >= 1 << 62:
            _, whole = np.unique(whole, return_inverse=True)
            whole = whole.astype(np.int64)
            span = int(whole.max(initial=0)) + 1
        whole, span = whole * width + key + 1, span * width
    return whole


def region_numbers(region: Coded, level: str) -> Keys:
    """The names of regions of one level as numbers that are equal for one place."""
    return numbers_of_regions([region], level)[0]


def numbers_of_regions(regions: Sequence[Coded], level: str) -> list[Keys]:
    """The same for those of several tables."""
    forms = [[place_of(comparable(name), level) for name in region.names] for region in regions]
    number = {form: k for k, form in enumerate(dict.fromkeys(form for some in forms for form in some))}
    return [
        np.array([*(number[form] for form in some), -1], np.int64)[region.codes]
        for some, region in zip(forms, regions, strict=True)
    ]


def _compared(text: Any) -> Any:
    """Names in the form in which they are compared, that of an office as the place that it runs."""
    if isinstance(text, pa.ChunkedArray):
        return pa.chunked_array([_compared(part) for part in text.chunks], text.type)
    text = _replaced(text, *other_forms(text))
    ends = [pc.fill_null(pc.ends_with(text, office), False) for office in OFFICES["community"]]
    offices = np.flatnonzero(np.any([end.to_numpy(zero_copy_only=False) for end in ends], axis=0))
    return _replaced(text, offices, [place_of(name, "community") for name in text.take(offices).to_pylist()])


def _replaced(text: Any, rows: Any, forms: list[str]) -> Any:
    if not len(rows):
        return text
    mask = np.zeros(len(text), bool)
    mask[rows] = True
    return pc.replace_with_mask(text, pa.array(mask), pa.array(forms, pa.string()))


def _code_numbers(text: Any) -> Keys:
    """Equal codes, all of digits, as equal numbers; -1 for null. Those of one length are the numbers themselves."""
    lengths = pc.min_max(pc.binary_length(text))
    if lengths["min"].is_valid and lengths["min"] == lengths["max"] and lengths["max"].as_py() <= _FIGURES:
        try:
            found: Keys = text.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:  # digits of another script
            return numbers_of_texts(text)
        return found if isinstance(text, pa.Array) else np.ascontiguousarray(found)
    return numbers_of_texts(text)


def where_twice(keys: Keys) -> Bools:
    """Which keys stand there more than once; -1 is none."""
    ordered = np.sort(keys)
    twice = ordered[1:][(ordered[1:] == ordered[:-1]) & (ordered[1:] >= 0)]
    return np.isin(keys, twice) if len(twice) else np.zeros(len(keys), bool)


def numbers_of_texts(text: Any) -> Keys:
    """Equal texts as equal numbers; -1 for null. The names themselves, a million perhaps, are not needed."""
    encoded = text.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    numbers: Keys = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers
