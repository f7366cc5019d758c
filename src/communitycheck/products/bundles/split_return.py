"""A report cut into reports of single returns: the verdicts on the records of one file, as the batch gave them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from communitycheck.model.regions import Region
from communitycheck.model.report import Report
from communitycheck.model.result import Groups
from communitycheck.products.bundles.split import Split


class ByReturn(Split):
    """A report by the files that the records stand in, in the order of ``report.returns``.

    Verdicts on regions stay in the whole report alone: what a county comes to may hang on several files.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(report, "return")

    def report(self, k: int) -> Report:
        """The report of return ``k``: its records, notices and standards; no region is named, as none is meant."""
        return replace(super().report(k), region=None)

    def groups_in(self, groups: Groups, k: int) -> list[int]:
        return []

    def _number(self) -> list[Region]:
        number = {one.path: k for k, one in enumerate(self.whole.returns)}
        for table in self._tables():
            of_sheet = np.array([number[sheet.path] for sheet in table.sheets], dtype=np.int32)
            self._ids[table] = of_sheet[table.sheet_of]
        return [Region("return", (path,)) for path in number]
