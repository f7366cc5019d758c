"""A facility that does not stand: 建设状态 says 筹建, and the area beside it is that of a plan."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.table.doubts.doubts import Doubts


def doubt_by_answers(doubts: Doubts) -> None:
    """By a column that asks whether the facility is there, and is answered with no."""
    fields = doubts.names.fields
    stands = [key for key in doubts.found.fields if fields[key].premises == "whole" and fields[key].states == "thing"]
    figures = [key for key in doubts.fields().premises if fields[key].premises == "whole" and key not in stands]
    for key in stands:
        column = doubts.columns.get(key)
        if column is None or column.hi is None or not figures:
            continue
        none = np.flatnonzero(column.hi == 0)
        if len(none):
            words = f"{fields[key].label.zh}：{_written(doubts, key, int(none[0]))}"
            doubts.cast(frozenset(figures), none, words)


def _written(doubts: Doubts, key: str, position: int) -> str:
    chosen = doubts.found.fields[key]
    return chosen.column.cells[position].as_py() or ""
