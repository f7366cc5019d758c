"""Starting up fast: keep pandas out of a command-line run that does not need it."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from typing import Any


class _Absent:
    """A finder that says pandas is not there."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
        return None


def leave_pandas_out() -> None:
    """Let pyarrow start without pandas, which it otherwise imports (half a second) at its first conversion.

    For a process of our own only: pyarrow in it will not convert to pandas afterwards. Where pandas is already
    loaded, nothing changes.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pa.array([0])  # pyarrow asks for pandas once and remembers the answer
    finally:
        sys.meta_path.remove(absent)
