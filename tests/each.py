"""Cases by the hundred that take no time run as one test: an item of pytest's own costs more than most of them do.

``@each`` stands where ``@pytest.mark.parametrize`` would and takes the same. All cases run, whatever the others say,
and all that fail are named. A case has a ``tmp_path`` and a ``monkeypatch`` of its own; other fixtures are shared by
all. What takes a tenth of a second stays with ``parametrize``, which shares it out between processes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import wraps
from typing import Any

import pytest

# Failures that are told in full; the others are counted.
TOLD = 20

Test = Callable[..., None]


def each(
    names: str | tuple[str, ...], cases: Iterable[Any], ids: Callable[[Any], object] | Iterable[str] = repr
) -> Callable[[Test], Test]:
    """Run a test for each of ``cases``: values, or tuples of them where there are several ``names``.

    ``ids`` are what the cases that fail are called, or make a name of each value.
    """
    keys = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    single = isinstance(names, str) and len(keys) == 1
    rows = [(case,) if single else tuple(case) for case in cases]
    assert rows and all(len(row) == len(keys) for row in rows)
    assert not any(isinstance(case, type(pytest.param())) for case in rows + [row[0] for row in rows])
    labels = ["-".join(str(ids(value))[:120] for value in row) for row in rows] if callable(ids) else list(ids)

    def decorated(test: Test) -> Test:
        signature = inspect.signature(test)
        fixtures = [one for name, one in signature.parameters.items() if name not in keys]

        @wraps(test)
        def all_cases(**shared: Any) -> None:
            failed: list[tuple[str, Exception]] = []
            skipped: list[str] = []
            for number, (label, row) in enumerate(zip(labels, rows, strict=True)):
                with ExitStack() as stack:
                    own = dict(shared)
                    if "tmp_path" in own:
                        own["tmp_path"] /= str(number)
                        own["tmp_path"].mkdir()
                    if "monkeypatch" in own:
                        own["monkeypatch"] = stack.enter_context(pytest.MonkeyPatch.context())
                    try:
                        test(**own, **dict(zip(keys, row, strict=True)))
                    except pytest.skip.Exception as why:
                        skipped.append(str(why))
                    except Exception as error:
                        failed.append((label, error))
            if failed:
                told = "\n".join(f"{label}: {type(why).__name__}: {why}" for label, why in failed[:TOLD])
                raise AssertionError(f"{len(failed)} of {len(rows)} cases fail\n{told}") from failed[0][1]
            if len(skipped) == len(rows):
                pytest.skip(skipped[0])

        all_cases.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return all_cases

    return decorated
