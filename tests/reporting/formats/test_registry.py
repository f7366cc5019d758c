"""One registry: what is listed in it is all there is, and everything that names formats asks it."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from communitycheck.api import bundle_kinds, formats, write
from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.report import Report
from communitycheck.reporting import formats as package
from communitycheck.reporting.formats import FORMATS
from communitycheck.reporting.formats.registry import Format, Formats, RenderOptions

NO_FORMATS = {"registry"}


def test_every_module_of_the_folder_is_a_format() -> None:
    folder = Path(package.__path__[0])
    modules = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert {one.name for one in FORMATS} == modules - NO_FORMATS - {"__init__"}


@pytest.mark.parametrize("one", formats(), ids=lambda one: one.name)
def test_a_format_is_one_function(one: Format, report: Report) -> None:
    render = import_module(f"{one.package}.{one.name}").render
    assert list(inspect.signature(render).parameters) == ["report", "lang", "options"]
    assert callable(one.render(report, "zh", RenderOptions())) == (not one.text)


def test_no_two_formats_share_a_name_or_a_suffix() -> None:
    names = [one.name for one in formats()]
    assert len(set(names)) == len(names)
    assert len(set(formats().suffixes)) == len(formats().suffixes)


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_format_is_called_is_in_the_messages(lang: Lang) -> None:
    for one in formats():
        for code in filter(None, (one.note, one.bundle)):
            assert say(code, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_help_lists_the_formats(lang: Lang) -> None:
    command = [sys.executable, "-m", "communitycheck", "check", "--help", "--lang", lang]
    ended = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    shown = "".join(ended.stdout.split())
    assert "|".join(formats().names) in shown
    assert "".join(formats().files_in_words(lang).split()) in shown
    assert "".join(bundle_kinds(by_region=True)[0]) in shown


def test_of_two_suffixes_that_fit_the_longer_decides() -> None:
    for given in (FORMATS, tuple(reversed(list(formats())))):
        several = Formats((*given, Format("short", (".b",)), Format("long", (".a.b",))))
        assert several.of_file(Path("x.a.b")).name == "long"
        assert several.of_file(Path("x.B")).name == "short"
    assert formats().of_file(Path("通报.CIRCULAR.md")).name == "circular"


def test_bytes_are_not_for_standard_output() -> None:
    for one in formats():
        if not one.text:
            with pytest.raises(UsageError):
                formats().named(one.name)


def test_the_name_alone_is_no_suffix(report: Report, tmp_path: Path) -> None:
    for suffix in set(formats().suffixes) - {".circular.md", ".scores.csv"}:  # a file of Markdown called .circular
        with pytest.raises(WriteError):
            write(report, tmp_path / suffix, "zh")
