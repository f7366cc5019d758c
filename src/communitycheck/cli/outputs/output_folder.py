"""``check --output-dir DIR [--split-by LEVEL] [--bundle KINDS]``, checked before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from communitycheck import api
from communitycheck.cli.common import one_of, refuse_holding
from communitycheck.cli.console import Console
from communitycheck.errors import UsageError, WriteError
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report

TOLD = 10  # files that are named one by one


class OutputFolder(Struct, frozen=True):
    """A folder of results: in it a folder for each region of ``level``, or without a level files for each return;
    in each case files of ``kinds``."""

    folder: str
    level: str | None
    kinds: list[str]

    def planned(self, report: Report, console: Console, *, all_verdicts: bool, force: bool) -> Callable[[], bool]:
        """What writes it and says what is worth saying; False where a file could not be written.

        Raises:
            UsageError, WriteError: what must not be written over.
        """
        if self.level is None:
            files = api.plan_returns(
                report, self.folder, console.lang, kinds=self.kinds, all_verdicts=all_verdicts, force=force
            )

            def write_returns() -> bool:
                done = files.write()
                if (n := len(done.stale)) > 0:
                    console.remark(console.say("folder-stale", folder=self.folder, n=n, one=done.stale[0]))
                return tell_failed(done.failed, console)

            return write_returns
        folders = api.plan_regions(
            report, self.folder, self.level, console.lang, kinds=self.kinds, all_verdicts=all_verdicts, force=force
        )

        def write_regions() -> bool:
            index = folders.write()
            tell_beside(index.beside, console)
            return tell_failed(index.failed, console)

        return write_regions


def tell_failed(failed: Sequence[WriteError], console: Console) -> bool:
    """A line for each file that could not be written, of many for the first; False where there is one."""
    for error in failed[:TOLD]:
        console.complain(error)
    if len(failed) > TOLD:
        console.complain_of("files-failed-more", n=len(failed) - TOLD)
    return not failed


def tell_beside(beside: Mapping[Path, Path], console: Console) -> None:
    """Which marked-up copies got a new name, since somebody has mended the old ones."""
    for old, new in islice(beside.items(), TOLD):
        console.remark(console.say("markup-beside", path=str(old), name=new.name))
    if len(beside) > TOLD:
        console.remark(console.say("markup-beside-more", n=len(beside) - TOLD))


def output_folder(
    paths: list[str],
    level: str | None,
    folder: str | None,
    bundle: list[str],
    standards: Sequence[str],
    rules_dir: str | None,
) -> OutputFolder | None:
    """What ``--split-by``, ``--output-dir`` and ``--bundle`` ask for; None where they are not given. Levels may go by
    what ``standards`` call them.

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
    if level is not None and level not in REGION_LEVELS:
        level = api.region_level(level, "--split-by", standards, rules_dir)
    known, usual = api.bundle_kinds(by_region=level is not None)
    kinds = [kind.strip() for text in bundle for kind in text.split(",") if kind.strip()] or list(usual)
    if level is None and "marked" in kinds and "marked" not in known:
        raise UsageError("bundle-marked-needs-split")
    refuse_holding(folder, paths)
    api.check_folder(folder)
    return OutputFolder(folder, level, list(dict.fromkeys(one_of("--bundle", kind, known) for kind in kinds)))
