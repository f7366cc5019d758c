"""A folder of results: nothing read is written over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.model.report import Report
from communitycheck.system.files import any_of, identities


def refuse_inputs(report: Report, outputs: Iterable[Path]) -> None:
    """No file of results may take the place of a return that was to be read.

    Raises:
        UsageError: one would.
    """
    paths = (*(r.path for r in report.returns), *(e.path for e in report.unread))
    read = {one for path in paths for one in identities(path)}
    for path in outputs:
        if any_of(path, read):
            raise UsageError("output-is-input", path=str(path))
