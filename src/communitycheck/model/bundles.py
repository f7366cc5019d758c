"""What folders of bundles are known by, so that the reports in them are never taken for returns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MANIFEST = ".communitycheck-bundles.json"
SCHEMA = "communitycheck-bundles/1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that runs have written into a folder, as paths in it with ``/``.

    ``reports`` are ours from the first line to the last; ``marked`` are copies of returns, to be mended and read again.
    """

    reports: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path) -> Manifest | None:
        """The manifest in ``folder``; None where there is none that can be read."""
        try:
            found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if found["schema"] != SCHEMA:
                return None
            return cls(tuple(map(str, found["reports"])), tuple(map(str, found["marked"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def text(self) -> str:
        found = {"schema": SCHEMA, "reports": sorted(self.reports), "marked": sorted(self.marked)}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
