"""One reform: what it changes, and in which standards."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from communitycheck.errors import RuleFileError
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.schema import ReformIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml


class Reform(Struct, frozen=True, eq=False):
    """Changes of rules, parameters and tables.

    Where ``extends`` names a standard, it is that one, with what it inherits, that is changed, and those that extend it
    take over what they do not set themselves. Without, it is every standard that itself sets what is changed.
    """

    shape: ReformIn
    file: YamlFile

    def reaches(self, standard: str, layer: str) -> bool:
        """Whether what ``layer`` has set is changed in ``standard``."""
        return standard == (layer if self.shape.extends is None else self.shape.extends)

    def brings(self, standard: str, layer: str | None) -> bool:
        """The same for a parameter or table, which may be new (None) where the standard is named."""
        return self.shape.extends == standard if layer is None else self.reaches(standard, layer)


def load_reform(path: str | Path) -> Reform:
    """Read the file of a reform.

    Raises:
        RuleFileError: its faults, each with file, line and key.
    """
    file = read_yaml(Path(path))
    shape = check_shape(file, ReformIn)
    if not (shape.override or shape.parameters or shape.tables):
        raise RuleFileError("reform-empty", file=file.name)
    return Reform(shape, file)
