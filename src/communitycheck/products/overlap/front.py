"""The front door of ``overlap``: forms are read by their headers, and held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.planning.overlap import find_overlap
from communitycheck.products.overlap.found import FoundOverlap
from communitycheck.returns.batch.copies import each_once
from communitycheck.returns.batch.read_many import Progress
from communitycheck.returns.files.own_outputs import is_report
from communitycheck.returns.gather import read_all, unused_entries
from communitycheck.returns.read import loaded_mapping
from communitycheck.standards.choose import open_rule_book, whole_dictionary


def overlap(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    mapping: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundOverlap:
    """Find what forms ask for more than once, so that an office can stop asking twice.

    Args:
        paths: forms, blank or filled in; each sheet of a workbook is one.
        standards: YAML files whose own fields are to be recognised as well; those of the rule book always are.
        rules_dir, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        RuleFileError: a fault in a rule file.
        UsageError: a fault in the mapping.
    """
    book = open_rule_book(rules_dir, standards)
    dictionary = whole_dictionary(book, book.all())
    given = loaded_mapping(mapping, dictionary)
    returns, told = read_all(paths, dictionary, mapping=given, to_show=True, jobs=jobs, cache=cache, progress=progress)
    own = [ReturnError("own-report", path=one.path) for one in returns if is_report(one.path)]
    refused = {error.path for error in own}
    once, notices = each_once(one for one in returns if one.path not in refused)
    read = {one.path for one in returns}
    unread = sorted([*own, *(e for e in told if e.path not in read)], key=lambda error: error.path)
    kept = {one.path for one in once}
    questions = [e for e in told if isinstance(e, QuestionError) and e.path in kept]
    idle = unused_entries(given, mapping, returns, unread)
    return FoundOverlap(find_overlap(once, questions, dictionary), dictionary, unread, [*notices, *idle])
