"""What the toolkit's own outputs are known by, so that they are never taken for returns.

Products write these marks, and the reader looks for them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

# A sheet that was added to a marked-up copy. The mark stands in a cell of its first row, so that it outlives another
# program, another format and another name of the sheet.
MARK = "communitycheck-markup/1"

# The file in a folder of bundles that lists what runs have written there.
MANIFEST = ".communitycheck-bundles.json"
SCHEMA = "communitycheck-bundles/1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that runs have written into a folder, as paths in it with ``/``.

    ``reports`` are wholly our own; ``marked`` are copies of returns, to be corrected and read again.
    """

    reports: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Manifest | None:
        """None where the text is no manifest."""
        try:
            found = json.loads(text)
            if found["schema"] != SCHEMA:
                return None
            return cls(tuple(map(str, found["reports"])), tuple(map(str, found["marked"])))
        except (ValueError, KeyError, TypeError):
            return None

    def text(self) -> str:
        found = {"schema": SCHEMA, "reports": sorted(self.reports), "marked": sorted(self.marked)}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
