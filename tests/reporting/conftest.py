"""The one report that all formats are shown from."""

from __future__ import annotations

import pytest

from communitycheck.model.report import Report
from reporting.sample_report import sample_report


@pytest.fixture(scope="session")
def report() -> Report:
    return sample_report()
