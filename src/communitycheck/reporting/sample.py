"""The sample return that travels with the toolkit, for somebody who tries it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from communitycheck.own_list import FORM
from communitycheck.reporting.files import make_folder
from communitycheck.reporting.own_folder import write_file
from communitycheck.resources import data_dir

SAMPLE = "panzhihua_2020.xlsx"


def copy_sample(folder: str | Path, *, force: bool = False) -> Path:
    """Put the sample into a folder, which is made where it is missing.

    Raises:
        WriteError: a file of that name is there, and without ``force`` is not replaced; or none can be made.
    """
    place = Path(folder) / SAMPLE
    make_folder(Path(folder))

    def content(sink: IO[bytes]) -> None:
        sink.write((data_dir("sample_data") / SAMPLE).read_bytes())

    write_file(place, content, force=force, kind=FORM)
    return place
