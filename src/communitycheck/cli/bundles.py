"""``check --output-dir DIR [--split-by LEVEL]``: what is asked for, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass

from communitycheck.cli.options import one_of, refuse_folder
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report


@dataclass(frozen=True, slots=True)
class Asked:
    """A folder for each region of ``level`` in ``folder``, each with files of ``kinds``; without a level, files for
    each return."""

    folder: str
    level: str | None
    kinds: list[str]

    def write(self, report: Report, lang: Lang, *, all_verdicts: bool) -> None:
        from communitycheck import api

        if self.level is None:
            api.split_by_return(report, self.folder, lang, kinds=self.kinds, all_verdicts=all_verdicts)
        else:
            api.split_by_region(report, self.folder, self.level, lang, kinds=self.kinds, all_verdicts=all_verdicts)


def bundles_asked(paths: list[str], level: str | None, folder: str | None, kinds: list[str]) -> Asked | None:
    """What ``--split-by``, ``--output-dir`` and ``--bundle`` ask for; None where they are not given.

    Raises:
        UsageError: one without the other, an unknown level or kind, or a folder that holds what is to be read.
        WriteError: the folder could not be made or written to.
    """
    if folder is None:
        if level is not None:
            raise UsageError("split-needs-folder")
        if kinds:
            raise UsageError("bundle-needs-folder", option="--bundle")
        return None
    from communitycheck import api

    if not folder.strip():
        raise UsageError("option-folder", option="--output-dir", path=folder)
    if level is not None:
        one_of("--split-by", level, REGION_LEVELS)
    known, usual = api.bundle_kinds(by_region=level is not None)
    wanted = [kind.strip() for text in kinds for kind in text.split(",") if kind.strip()] or list(usual)
    refuse_folder(folder, paths)
    api.check_folder(folder)
    return Asked(folder, level, list(dict.fromkeys(one_of("--bundle", kind, known) for kind in wanted)))
