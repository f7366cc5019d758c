"""The entries of a baseline as lines of JSON, very many at a time: what differs from line to line stands in columns."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.regions import numbered
from communitycheck.model.table import Floats, Ints, Table
from communitycheck.planning.baseline.entries import Baseline, Hashes
from communitycheck.planning.compare.side import RuleVerdicts
from communitycheck.planning.compare.subjects import CODE, WHOLE, name_texts, texts_of
from communitycheck.reporting.formats.json import JsonLines
from communitycheck.reporting.json_objects import line
from communitycheck.reporting.lines.columns import TEXT, joined, one_of, written
from communitycheck.reporting.lines.numbers import Texts, reals

_CHUNK = 1 << 15  # entries joined at once


def entry_lines(baseline: Baseline) -> Iterator[memoryview]:
    """The entries by rule, each behind a comma and a break, in an order that does not hang on rows."""
    side = baseline.side
    subjects = {kind: _WrittenSubjects(table) for kind, table in side.subjects.items()}
    for key in sorted(side.verdicts):
        one = side.verdicts[key]
        order = np.argsort(subjects[one.kind].ranks[one.rows], kind="stable").astype(np.int32)
        for start in range(0, len(order), _CHUNK):
            places = order[start : start + _CHUNK]
            yield joined(_lines(one, places, subjects[one.kind], baseline.hashes[key]))


class _WrittenSubjects:
    """The subjects of one kind: ``names``, ``codes`` and ``regions`` as JSON; and where each stands among them all, by
    region, name and code."""

    def __init__(self, table: Table) -> None:
        names, codes = name_texts(table), texts_of(table, CODE)
        self._ids, paths = numbered(table, REGION_LEVELS)
        self.ranks = _ranks([tuple(name or "" for name in path) for path in paths], self._ids, names, codes)
        named = pc.if_else(pc.equal(names, WHOLE), "", names)
        self.names, self.codes = (written(texts.cast(TEXT), _quoted, JsonLines.odd) for texts in (named, codes))
        above = [level if level != table.entity else "" for level in REGION_LEVELS]
        known = [{level: name for level, name in zip(above, path, strict=True) if level and name} for path in paths]
        self._regions = [line(one) for one in known]

    def columns(self, rows: Ints) -> list[Texts]:
        """Code, name and region of some of them."""
        at = pa.array(rows)
        return [self.codes.take(at), self.names.take(at), one_of(self._regions, self._ids[rows])]


def _quoted(text: str) -> str:
    return line(text)[1:-1]


def _ranks(paths: list[tuple[str, ...]], ids: np.ndarray, names: pa.Array, codes: pa.Array) -> Ints:
    place = {path: k for k, path in enumerate(sorted(set(paths)))}
    keys = [pc.rank(texts, tiebreaker="dense").to_numpy(zero_copy_only=False) for texts in (codes, names)]
    order = np.lexsort((*keys, np.array([place[path] for path in paths], np.int64)[ids]))
    found = np.empty(len(order), np.int32)
    found[order] = np.arange(len(order), dtype=np.int32)
    return found


def _lines(one: RuleVerdicts, places: Ints, subjects: _WrittenSubjects, hashes: Hashes) -> Texts:
    """The entries at ``places``. What all of them have in common is written once."""
    code, name, region = subjects.columns(one.rows[places])
    head = line({"standard": one.key.standard, "rule": one.key.rule, "entity": one.key.entity})[:-1]
    head += ', "group": true' if one.kind.group else ""
    asked = pa.array(hashes[places], pa.string()).dictionary_encode()
    unit = f', "unit": {line(one.unit)}, "threshold_hash": '
    ends = [f"{unit}{line(hashed)}}}" for hashed in asked.dictionary.to_pylist()]
    parts = [
        f',\n{head}, "code": "', code, '", "name": "', name, '", "region": ', region,
        ', "outcome": "fail", "observed": ', _figures(one.observed_lo[places], one.observed_hi[places]),
        ', "required": ', _figures(one.required_lo[places], one.required_hi[places]),
        ', "shortfall": ', _figures(one.short[places], one.short[places]), one_of(ends, asked.indices.to_numpy()),
    ]  # fmt: skip
    texts = (pa.scalar(part, TEXT) if isinstance(part, str) else part for part in parts)
    return pc.binary_join_element_wise(*texts, pa.scalar("", TEXT))


def _figures(low: Floats, high: Floats) -> Texts:
    """A number, two where only bounds are known, or null."""
    found = _numbers(low)
    apart = np.flatnonzero(~((low == high) | (np.isnan(low) & np.isnan(high))))
    if not len(apart):
        return found
    mask = np.zeros(len(low), bool)
    mask[apart] = True
    ends = zip(_numbers(low[apart]).to_pylist(), _numbers(high[apart]).to_pylist(), strict=True)
    known = (~(np.isnan(low[apart]) | np.isnan(high[apart]))).tolist()
    texts = [f"[{least}, {most}]" if told else "null" for (least, most), told in zip(ends, known, strict=True)]
    return pc.replace_with_mask(found, pa.array(mask), pa.array(texts, TEXT))


def _numbers(values: Floats) -> Texts:
    """Numbers as JSON has them; null where there is none."""
    found = reals(np.ascontiguousarray(values))
    return pc.if_else(pa.array(np.isfinite(values)), found, pa.scalar("null", TEXT))
