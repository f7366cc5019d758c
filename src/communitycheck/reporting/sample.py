"""The sample return that travels with the toolkit, for somebody who tries it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from communitycheck.errors import WriteError
from communitycheck.reporting.files import make_folder, write_file
from communitycheck.resources import data_dir

SAMPLE = "panzhihua_2020.xlsx"


def copy_sample(folder: str | Path) -> Path:
    """Put the sample into a folder, which is made where it is missing.

    Raises:
        WriteError: a file of that name is there already, or none can be made.
    """
    place = Path(folder) / SAMPLE
    if place.exists():
        raise WriteError("demo-exists", path=str(place))
    make_folder(Path(folder))

    def content(sink: IO[bytes]) -> None:
        sink.write((data_dir("sample_data") / SAMPLE).read_bytes())

    write_file(place, content)
    return place
