"""Where the project's own folders lie, for tests at any depth."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_data"
RULES = ROOT / "rules"
SHARED = ROOT.parent / "shared"  # material that a clone need not have; tests that want it skip where it is absent
