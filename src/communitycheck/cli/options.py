"""Option values, checked with an error that names the nearest right one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from communitycheck.errors import UsageError


def in_colour() -> bool:
    """True where standard output is a terminal that shows colours and the user has not asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def one_of(option: str, value: str, choices: Sequence[str]) -> str:
    """``value``, which must be one of ``choices``."""
    if value in choices:
        return value
    near = get_close_matches(value, choices, n=1, cutoff=0.4)
    raise UsageError(
        "option-choice", option=option, value=value, near=near[0] if near else "—", choices=", ".join(choices)
    )


def refuse_inputs(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """No output may take the place of a file that is to be read, or of another output."""
    _refuse_twice(outputs)
    named = [path[1:] if path.startswith("@") else path for path in inputs]  # a list of returns is read as well
    # Of a name that is too long or holds a null character Path would make an error.
    read = {Path(path).resolve() for path in (*inputs, *named) if os.path.isfile(path)}  # noqa: PTH113
    for output in outputs:
        if Path(output).resolve() in read:
            raise UsageError("output-is-input", path=output)


def _refuse_twice(outputs: Sequence[str]) -> None:
    """No two outputs may be one file."""
    seen: dict[object, str] = {}
    for output in outputs:
        place = Path(output).resolve()
        status = place.stat() if place.is_file() else None
        for key in (place, *([(status.st_dev, status.st_ino)] if status else [])):
            other = seen.setdefault(key, output)
            if other is not output:
                raise UsageError("output-twice", path=output, other=other)


def check_folder(option: str, value: str) -> None:
    """``value`` must be a folder, or nothing yet."""
    if not value.strip() or (Path(value).exists() and not Path(value).is_dir()):
        raise UsageError("option-folder", option=option, path=value)


def refuse_folder(folder: str, inputs: Sequence[str]) -> None:
    """No folder of results may hold what is to be read: the two would mix.

    A folder of results that lies in a folder of returns is well: our own reports are passed over there.
    """
    place = Path(folder).resolve()
    for path in inputs:
        plain = Path(path if os.path.exists(path) else re.split(r"[*?\[]", path, maxsplit=1)[0])  # noqa: PTH110
        if plain.resolve().is_relative_to(place):
            raise UsageError("output-dir-holds-returns", path=folder, input=path)


def worker_count(value: int | None) -> int | None:
    """``--jobs``: 1 or more."""
    if value is not None and value < 1:
        raise UsageError("option-jobs", value=value)
    return value


def cache_folder(value: str | None) -> str | None:
    """``--cache``: none where it is empty, which switches off for one run what the settings say."""
    return value if value and value.strip() else None


def day(option: str, value: str | None) -> date | None:
    """A date written as 2020-12-31, 2020/12/31 or 20201231."""
    if value is None:
        return None
    digits = value.strip().replace("/", "-").replace(".", "-")
    try:
        if digits.isdigit() and len(digits) == 8:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        year, month, day_ = digits.split("-")
        return date(int(year), int(month), int(day_))
    except ValueError:
        raise UsageError("option-date", option=option, value=value) from None
