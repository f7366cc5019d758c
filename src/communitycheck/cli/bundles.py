"""``check --split-by LEVEL --output-dir DIR``: what is asked for, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass

from communitycheck.cli.options import one_of, refuse_folder
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report


@dataclass(frozen=True, slots=True)
class Asked:
    """A folder for each region of ``level`` in ``folder``, each with files of ``kinds``."""

    folder: str
    level: str
    kinds: list[str]

    def write(self, report: Report, lang: Lang, *, all_verdicts: bool) -> None:
        from communitycheck.bundling import write_by_region

        write_by_region(report, self.folder, self.level, lang, kinds=self.kinds, all_verdicts=all_verdicts)


def bundles_asked(paths: list[str], level: str | None, folder: str | None, kinds: list[str]) -> Asked | None:
    """What ``--split-by``, ``--output-dir`` and ``--bundle`` ask for; None where they are not given.

    Raises:
        UsageError: one without the other, an unknown level or kind, or a folder that holds what is to be read.
        WriteError: the folder could not be made or written to.
    """
    if level is None or folder is None:
        if level is not None:
            raise UsageError("split-needs-folder")
        if folder is not None or kinds:
            raise UsageError("folder-needs-split", option="--output-dir" if folder is not None else "--bundle")
        return None
    from communitycheck.reporting.bundles import KINDS, USUAL
    from communitycheck.reporting.files import check_folder

    one_of("--split-by", level, REGION_LEVELS)
    wanted = [kind.strip() for text in kinds for kind in text.split(",") if kind.strip()] or list(USUAL)
    refuse_folder(folder, paths)
    check_folder(folder)
    return Asked(folder, level, list(dict.fromkeys(one_of("--bundle", kind, KINDS) for kind in wanted)))
