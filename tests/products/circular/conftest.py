"""The report that circulars are written of: the one that all formats are shown from."""

from __future__ import annotations

from reporting.conftest import report as report
