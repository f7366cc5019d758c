"""Reports that the toolkit itself has written into a folder of returns, which are no returns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from communitycheck.model.bundles import MANIFEST, Manifest


def without_reports(files: Iterable[str], named: Path) -> list[str]:
    """``files`` found in ``named``, less those that a folder of bundles among or above them lists as its own.

    Marked-up returns are read where the bundles, or a folder of them, were named: they come back mended. Found on the
    way through a larger folder, they would count its returns twice.
    """
    top = named.resolve()
    known: dict[Path, frozenset[str]] = {}

    def own(folder: Path) -> frozenset[str]:
        if folder not in known:
            manifest = Manifest.of(folder)
            if manifest is None:
                known[folder] = frozenset()
            else:
                marked = () if top.is_relative_to(folder) else manifest.marked
                known[folder] = frozenset((MANIFEST, *manifest.reports, *marked))
        return known[folder]

    kept = []
    for file in files:
        real = Path(file).resolve()
        if not any(real.relative_to(folder).as_posix() in own(folder) for folder in real.parents):
            kept.append(file)
    return kept
