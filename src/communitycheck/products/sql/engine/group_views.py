"""What was summed up of groups held against the views of the standard, which sum it up in SQL."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from communitycheck.errors import UsageError
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Binary, Call, Node, walk
from communitycheck.model.places.regions import Path, levels_to
from communitycheck.model.result import Groups, Outcome, Reason, RuleResult
from communitycheck.model.table import Ints, Table
from communitycheck.products.sql.engine.connection import Engine, quoted, text
from communitycheck.products.sql.script import SqlScript
from communitycheck.products.sql.views import SqlView

_NEAR = 1e-9
_FIGURES = ("observed", "observed_high", "required", "required_high", "shortfall")
# What may be what is left of large sums, with all of their noise.
_DIFFERENCES = ("observed", "observed_high", "shortfall")
_COUNTS = ("numerator", "denominator", "blanks")


def levels_stated(table: Table) -> frozenset[str]:
    """The levels of which the records of a table say in which region they lie."""
    return frozenset(level for level in REGION_LEVELS if level in table.regions)


def make_source(engine: Engine, script: SqlScript, firsts: Table, place_of: Ints, places: Ints, own: set[str]) -> None:
    """The table that the views of groups read: records of some places, by the names that their regions go by.

    Args:
        firsts: a table with one record of each place; place_of: the place of each of its rows.
        own: the columns that ``tidy`` has.
    """
    rows = np.flatnonzero(np.isin(place_of, places))
    regions = {level: _names(firsts, level, rows) for level in sorted(levels_stated(firsts))}
    name = f"regions of {script.standard.id}"
    file = engine.folder / "regions.parquet"
    pq.write_table(pa.table({"place": place_of[rows].astype(np.int64), **regions}), file)
    engine.run(f"CREATE TABLE {quoted(name)} AS SELECT * FROM read_parquet({text(str(file))})")
    left_out = ", ".join(quoted(level) for level in regions if level in own)
    fields = f"tidy.* EXCLUDE ({left_out})" if left_out else "tidy.*"
    told = "".join(f", regions.{quoted(level)}" for level in regions)
    table = quoted(script.tables.table(firsts.entity))
    engine.run(f"CREATE VIEW {table} AS SELECT {fields}{told} FROM tidy JOIN {quoted(name)} AS regions USING (place)")


def _names(table: Table, level: str, rows: np.ndarray) -> pa.Array:
    region = table.regions[level]
    names = [region.names[code] or None if code >= 0 else None for code in region.codes[rows].tolist()]
    return pa.array(names, pa.string())


def refuse_other_groups(engine: Engine, script: SqlScript, results: Sequence[RuleResult], path: str) -> None:
    """Hold verdicts against those of the views; of quotients the two sums, which is what may be of any size.

    Raises:
        UsageError: ``engine-disagrees-of-group``.
    """
    by_rule = {result.rule.id: result for result in results}
    for view in (view for view in script.views if view.level and any(rule in by_rule for rule in view.rules)):
        engine.run(view.text)
        rules = [rule for rule in view.rules if rule in by_rule]
        asked = {rule: {part: view.rules[rule][part] for part in _parts(by_rule[rule])} for rule in rules}
        columns = [*view.subject, *(column for parts in asked.values() for column in parts.values())]
        found = engine.table(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(view.name)}").to_pylist()
        theirs = {tuple(row[level] or "" for level in view.subject): row for row in found}
        for rule in rules:
            for group in _apart(by_rule[rule], view, asked[rule], theirs):
                raise UsageError("engine-disagrees-of-group", path=path, rule=rule, group=group)


def _parts(result: RuleResult) -> tuple[str, ...]:
    parts = walk(result.rule.indicator) if result.rule.indicator is not None else ()
    return _COUNTS if any(map(_is_quotient, parts)) else ("outcome", "reason", *_FIGURES, *_COUNTS)


def _is_quotient(node: Node) -> bool:
    """Whether its bounds take all records of a group in order."""
    match node:
        case Binary("/", Call("sum", _), Call("sum", _)) | Call("mean", _):
            return True
        case _:
            return False


def _apart(
    result: RuleResult, view: SqlView, parts: dict[str, str], theirs: dict[tuple[str, ...], dict[str, Any]]
) -> Iterator[str]:
    """The groups of which the view says something else."""
    subjects = result.subjects
    assert isinstance(subjects, Groups) and result.numerator is not None
    assert result.denominator is not None and result.blanks is not None
    short, _ = result.short_and_add(np.arange(len(result), dtype=np.int32))
    figures: dict[str, Any] = {"observed": result.observed_lo, "observed_high": result.observed_hi}
    figures |= {"required": result.required_lo, "required_high": result.required_hi, "shortfall": short}
    figures |= zip(_COUNTS, (result.numerator[0], result.denominator, result.blanks), strict=True)
    here = [i for i, level in enumerate(subjects.levels) if level == view.level]
    if len(here) != len(theirs):
        yield view.level
    for i in here:
        outcome = Outcome(int(result.outcome[i]))
        ours: dict[str, object] = {"outcome": outcome.word, "reason": Reason(int(result.reason[i])).name.lower()}
        if outcome is not Outcome.NOT_APPLICABLE:
            ours |= {part: float(values[i]) for part, values in figures.items()}
        row = theirs.get(_key(subjects.paths[i], view))
        sizes = [abs(one) for one in ours.values() if isinstance(one, float) and math.isfinite(one)]
        asked = [(part, ours[part], column) for part, column in parts.items() if part in ours]
        size = {part: max(sizes) for part in _DIFFERENCES if sizes}
        if row is None or any(not _same(own, row[column], size.get(part, 0.0)) for part, own, column in asked):
            yield "/".join(name for name in subjects.paths[i] if name)


def _key(path: Path, view: SqlView) -> tuple[str, ...]:
    """The names by which a view tells a group apart."""
    levels = levels_to(view.level)[-len(path) :]
    named = dict(zip(levels, path, strict=True))
    return tuple(named.get(level) or "" for level in view.subject)


def _same(ours: object, theirs: object, size: float) -> bool:
    """Whether two figures are the same, but for the noise of figures of a size."""
    if not isinstance(ours, float):
        return ours == theirs
    other = math.nan if theirs is None else float(theirs)  # type: ignore[arg-type]
    if math.isnan(ours) or math.isnan(other):
        return math.isnan(ours) and math.isnan(other)
    return ours == other or abs(ours - other) <= _NEAR * max(1.0, size, abs(ours))
