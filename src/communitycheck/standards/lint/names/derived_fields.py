"""Formulas by which fields of a standard are worked out: what is asked of the numbers of rules is asked of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Standard
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.language.dimensions import Dimensions
from communitycheck.standards.limit_words import as_remark
from communitycheck.standards.lint.finding import LintFinding


def check_derived(standard: Standard, file: YamlFile, dictionary: Dictionary) -> Iterator[LintFinding]:
    dimensions = Dimensions(dictionary, {})
    for key, field in (standard.fields or {}).items():
        path = ("fields", key, "derived")
        if field.derived is None or path not in file.lines:
            continue
        _, doubts = dimensions.with_doubts(field.derived)
        for code, _, values in (as_remark("derived", doubt) for doubt in doubts):
            yield LintFinding(file.name, file.line(path), ".".join(path), code, "warning", dict(values))
