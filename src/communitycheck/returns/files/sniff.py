"""What a file is, told from its bytes, never from its name."""

from __future__ import annotations

from pathlib import Path

from communitycheck.returns.files.formats.file_format import FileFormat, Sample
from communitycheck.returns.files.formats.no_return import NoReturn, no_return
from communitycheck.returns.files.formats.registry import FORMATS


def kind_of(file: Path) -> FileFormat | NoReturn:
    """The format of the file, or what it is instead.

    Raises:
        OSError: the file cannot be read.
    """
    sample = Sample(file)
    *recognised, text = FORMATS
    return next((one for one in recognised if one.recognises(sample)), None) or no_return(sample) or text
