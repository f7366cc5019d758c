"""``communitycheck rules``: list, show, coverage, new and docs. Each parses, calls, renders and gives an exit code."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.cli.check import say_out
from communitycheck.cli.options import in_colour, one_of
from communitycheck.cli.run import complain, line_of
from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import Lang, say
from communitycheck.model.dictionary import ENTITIES
from communitycheck.model.standard import SEVERITIES, Rule, Standard

if TYPE_CHECKING:
    from communitycheck.standards import RuleBook

FORMATS = ("text", "json")


def _open(standards: Sequence[str], rules_dir: str | None) -> tuple[RuleBook, list[Standard]]:
    """The rule book, and the standards asked for: those named by id or file, else all."""
    from communitycheck.standards.choose import open_rule_book

    files = [s for s in standards if s.lower().endswith((".yaml", ".yml"))]
    book = open_rule_book(rules_dir, files)
    by_file = {file.name: name for name, (_, file) in book.files.items()}
    names = [by_file[str(Path(s))] if s in files else s for s in standards]
    return book, [book.standard(n) for n in dict.fromkeys(names)] or book.all()


def run_rules_list(
    *,
    standards: list[str],
    entity: str | None,
    severity: str | None,
    rules_dir: str | None,
    format_: str,
    lang: Lang,
) -> int:
    """List rules; an empty list is no fault."""
    from communitycheck.products.rulebook.lists import render_list
    from communitycheck.standards.choose import whole_dictionary

    one_of("--format", format_, FORMATS)
    kind = None if entity is None else one_of("--entity", entity, ENTITIES)
    level = None if severity is None else one_of("--severity", severity, SEVERITIES)
    book, chosen = _open(standards, rules_dir)
    rules = [
        (s, r)
        for s in chosen
        for r in s.rules
        if (kind is None or r.applies_to == kind) and (level is None or r.severity == level)
    ]
    dictionary = whole_dictionary(book, chosen)
    say_out(render_list(rules, dictionary, format_, lang, inherited=bool(standards), colour=in_colour()))
    return 0


def run_rules_show(rule: str, *, standards: list[str], rules_dir: str | None, format_: str, lang: Lang) -> int:
    """Show one rule, in each of its layers unless a standard is named."""
    from communitycheck.products.rulebook.lists import render_show
    from communitycheck.standards.choose import whole_dictionary

    one_of("--format", format_, FORMATS)
    book, chosen = _open(standards, rules_dir)
    found = _find(rule, chosen, inherited=bool(standards))
    every = book.all()
    dictionary = whole_dictionary(book, chosen)
    say_out(render_show(found, every, dictionary, format_, lang, colour=in_colour()))
    return 0


def _find(name: str, standards: list[Standard], *, inherited: bool) -> list[tuple[Standard, Rule]]:
    """Rules called ``name`` (in any case), or that encode the document entry ``name``; parents before heirs."""
    wanted = name.strip().casefold()
    ordered = sorted(standards, key=lambda s: (len(s.lineage), s.id))
    rules = [(s, r) for s in ordered for r in s.rules if inherited or r.layer == s.id]
    found = [(s, r) for s, r in rules if r.id.casefold() == wanted]
    found = found or [(s, r) for s, r in rules if wanted in (e.casefold() for e in r.entries)]
    if not found:
        known = list(dict.fromkeys(r.id for _, r in rules))
        near = get_close_matches(name.strip().upper(), known, n=1, cutoff=0.4)
        raise UsageError("rule-unknown", name=name, near=near[0] if near else "—")
    return found


def run_rules_coverage(
    paths: list[str],
    *,
    standards: list[str],
    rules_dir: str | None,
    region: str | None,
    mapping: str | None,
    detailed: bool,
    format_: str,
    lang: Lang,
) -> int:
    """Coverage of the documents (1 where an entry has no rule), or of the rules by returns (2 where one is unread)."""
    from communitycheck.products.rulebook.coverage_report import render_book_coverage, render_return_coverage

    one_of("--format", format_, FORMATS)
    colour = in_colour()
    if not paths:
        from communitycheck.products.rulebook.coverage import cover_book

        book_cover = cover_book(rules_dir, standards=standards)
        say_out(render_book_coverage(book_cover, format_, lang, detailed=detailed, colour=colour))
        return 0 if book_cover.whole else 1
    from communitycheck.products.rulebook.coverage import cover_returns
    from communitycheck.standards.choose import whole_dictionary

    cover = cover_returns(paths, standards, rules_dir=rules_dir, region=region, mapping=mapping)
    for error in cover.unread:
        complain(line_of(error, lang), lang)
    book, _ = _open(standards, rules_dir)
    if cover.paths or format_ == "json":
        dictionary = whole_dictionary(book, cover.standards)
        say_out(render_return_coverage(cover, dictionary, format_, lang, colour=colour))
    return 2 if cover.unread else 0


def run_rules_new(file: str, *, extends: str | None, rules_dir: str | None, format_: str, lang: Lang) -> int:
    """Write a starter rule file; an existing file is left alone."""
    from communitycheck.products.rulebook.lists import as_json
    from communitycheck.products.rulebook.starter import starter

    one_of("--format", format_, FORMATS)
    path = Path(file)
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError("new-suffix", near=f"{file}.yaml" if not path.suffix else str(path.with_suffix(".yaml")))
    book, parents = _open([extends] if extends else [], rules_dir)
    name = _id_of(path)
    if name in book.files:
        raise UsageError("new-id-taken", path=str(path), name=name)
    text = starter(name, str(path), _schema(), parents[0] if extends else None)
    _write_new(path, text)
    if format_ == "json":
        say_out(as_json({"schema": "communitycheck-new/1", "path": str(path), "standard": name}))
    else:
        say_out(say("new-written", lang, path=str(path), id=name) + "\n")
    return 0


def _id_of(path: Path) -> str:
    """The file's name as a standard's id: what an id may not hold becomes a hyphen."""
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-_.")[:80]
    return name or "my-standard"


def _schema() -> str:
    """Where an editor finds the JSON Schema of rule files: in the installed package."""
    import communitycheck.standards

    return (Path(communitycheck.standards.__file__).parent / "files" / "schemas" / "standard-1.json").resolve().as_uri()


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as sink:
            sink.write(text)
    except FileExistsError:
        raise WriteError("new-exists", path=str(path)) from None
    except FileNotFoundError:
        raise WriteError("write-folder-missing", folder=str(path.parent)) from None
    except PermissionError:
        raise WriteError("write-denied", path=str(path)) from None
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()  # begun, and no room to end it
        raise WriteError("write-failed", path=str(path), cause=error.strerror or str(error)) from None


def run_rules_docs(*, output_dir: str, check: bool, rules_dir: str | None, format_: str, lang: Lang) -> int:
    """Write the reference pages; with ``check`` only compare them (1 where one is out of date)."""
    from communitycheck.products.rulebook.coverage import cover_book
    from communitycheck.products.rulebook.pages import pages
    from communitycheck.reporting.files import make_folder, write_file
    from communitycheck.standards.choose import open_rule_book

    one_of("--format", format_, ("text", "json"))
    book = open_rule_book(rules_dir)
    wanted = pages(book.all(), book.dictionary, cover_book(rules_dir))
    folder = Path(output_dir)
    if check:
        stale = [name for name, text in wanted.items() if _current(folder / name) != text]
        sentence = "docs-stale" if stale else "docs-current"
        listed = say("list-comma", lang).join(stale)
        said = say(sentence, lang, n=len(wanted), folder=output_dir, pages=listed) + "\n"
        say_out(said if format_ == "text" else _pages_json(output_dir, wanted, stale))
        return 1 if stale else 0
    for name, text in wanted.items():
        make_folder((folder / name).parent)
        write_file(folder / name, [text])
    said = say("docs-written", lang, n=len(wanted), folder=output_dir) + "\n"
    say_out(said if format_ == "text" else _pages_json(output_dir, wanted, []))
    return 0


def _pages_json(folder: str, pages: Iterable[str], stale: list[str]) -> str:
    import json

    found = {"schema": "communitycheck-docs/1", "folder": folder, "pages": sorted(pages), "stale": stale}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _current(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


__all__ = [
    "run_rules_coverage",
    "run_rules_docs",
    "run_rules_list",
    "run_rules_new",
    "run_rules_show",
]
