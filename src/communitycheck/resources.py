"""Where the rule book and the sample data lie: inside the wheel, or beside the sources in a checkout."""

from __future__ import annotations

from pathlib import Path


def data_dir(name: str) -> Path:
    """The folder ``name`` (``rules`` or ``sample_data``) that travels with the toolkit."""
    packaged = Path(__file__).parent / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name
