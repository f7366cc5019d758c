"""The front door of ``check --engine``: a tidy table -> the same report, judged by DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communitycheck import judging
from communitycheck.check import options_of
from communitycheck.errors import UsageError
from communitycheck.model.report import Gate, Report
from communitycheck.nearest import nearest
from communitycheck.products.sql.engine.connection import ENGINES, connected, refuse_missing_packages
from communitycheck.returns.read import loaded_mapping
from communitycheck.system.scratch import scratch_folder


def check_in_engine(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    engine: str = "duckdb",
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    gate: Gate | None = None,
    mapping: str | Path | None = None,
) -> Report:
    """Judge one large tidy table where it lies. The report is that of ``check``.

    Args:
        paths: one table. engine: ``duckdb``. The others are those of ``check``.

    Raises:
        UsageError: an engine that there is not or that is not installed, a table that is not tidy, a rule that is not
            covered. ReturnError: the file cannot be read. RuleFileError: a fault in a rule file.
    """
    if engine not in ENGINES:
        near = nearest(engine, ENGINES)
        raise UsageError("option-choice", option="--engine", value=engine, near=near, choices=", ".join(ENGINES))
    refuse_missing_packages()
    if not isinstance(paths, str | Path):
        if len(paths) != 1:
            raise UsageError("engine-paths", count=len(paths))
        (paths,) = paths
    path = str(paths)
    basis = judging.basis_of(standards, rules_dir, region, select, ignore)
    options = options_of(standards, rules_dir, region, as_of, None, select, ignore, mapping, None)
    given = loaded_mapping(mapping, basis.dictionary)
    with scratch_folder() as folder, connected(folder, path) as duck:
        from communitycheck.products.sql.engine.run import EngineRun  # DuckDB and sqlglot

        return EngineRun(duck, path, basis, given, as_of, gate, options).report()
