"""Pictures of what a reader is shown, each a text file of its own; ``pytest --snapshot-update`` writes them anew."""

from __future__ import annotations

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class TextFile(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"
    _file_extension = "txt"
