"""``check --output-dir DIR [--split-by LEVEL] [--bundle KINDS]``, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass

from communitycheck import api
from communitycheck.cli.common import one_of, refuse_holding
from communitycheck.cli.console import Console
from communitycheck.errors import UsageError
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """A folder of results: in it a folder for each region of ``level``, or without a level files for each return;
    in each case files of ``kinds``."""

    folder: str
    level: str | None
    kinds: list[str]

    def write(self, report: Report, console: Console, *, all_verdicts: bool) -> None:
        if self.level is None:
            api.split_by_return(report, self.folder, console.lang, kinds=self.kinds, all_verdicts=all_verdicts)
        else:
            api.split_by_region(
                report, self.folder, self.level, console.lang, kinds=self.kinds, all_verdicts=all_verdicts
            )


def output_folder(paths: list[str], level: str | None, folder: str | None, bundle: list[str]) -> OutputFolder | None:
    """What ``--split-by``, ``--output-dir`` and ``--bundle`` ask for; None where they are not given.

    Raises:
        UsageError: one without the other, an unknown level or kind, or a folder that holds what is to be read.
        WriteError: the folder could not be made or written to.
    """
    if folder is None:
        if level is not None:
            raise UsageError("split-needs-folder")
        if bundle:
            raise UsageError("bundle-needs-folder", option="--bundle")
        return None
    if not folder.strip():
        raise UsageError("option-folder", option="--output-dir", path=folder)
    if level is not None:
        one_of("--split-by", level, REGION_LEVELS)
    known, usual = api.bundle_kinds(by_region=level is not None)
    kinds = [kind.strip() for text in bundle for kind in text.split(",") if kind.strip()] or list(usual)
    if level is None and "marked" in kinds and "marked" not in known:
        raise UsageError("bundle-marked-needs-split")
    refuse_holding(folder, paths)
    api.check_folder(folder)
    return OutputFolder(folder, level, list(dict.fromkeys(one_of("--bundle", kind, known) for kind in kinds)))
