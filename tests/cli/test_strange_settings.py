"""Settings that a stranger left: whose file is taken, from where, and what it may do."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
import yaml

from cli.test_settings import RETURN, run, shown
from communitycheck.cli.parsing.group import CommandGroup
from communitycheck.cli.program import build
from communitycheck.cli.settings.bounds import READ, WRITTEN
from communitycheck.cli.settings.options import settable
from communitycheck.resources import data_dir

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners on this system")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder, with folders beside it that are nobody's."""
    (tmp_path / "home" / "project" / "deep").mkdir(parents=True)
    (tmp_path / "drop" / "deep").mkdir(parents=True)
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("file", "folder", "git", "taken"),
    [
        ("home/project", "home/project", None, True),
        ("home/project", "home/project/deep", None, True),
        ("home", "home/project/deep", None, True),
        (".", "home/project", None, False),
        ("drop", "drop", None, True),
        ("drop", "drop/deep", None, False),
        ("drop", "drop/deep", "drop", True),
        (".", "drop/deep", "drop", False),
        ("home", "home/project/deep", "home/project", False),
    ],
)
def test_from_where_a_file_is_taken(file: str, folder: str, git: str | None, taken: bool, home: Path) -> None:
    top = home.parent
    (top / file / "communitycheck.toml").write_text("strict = true\n")
    if git is not None:
        (top / git / ".git").mkdir()
    values = shown(top / folder, HOME=str(home))
    assert values["strict"][0] is taken
    told = run(top / folder, "config", "show", "--lang", "en", HOME=str(home)).stdout
    assert ("lies above this folder" in told) is not taken


def _foreign(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the superuser can give a file away")
    os.lchown(path, 54321, 54321)


def _plain(folder: Path) -> Path:
    (folder / "communitycheck.toml").write_text('fail-on = "never"\n')
    return folder / "communitycheck.toml"


def _project(folder: Path) -> Path:
    (folder / "pyproject.toml").write_text('[tool.communitycheck]\nfail-on = "never"\n')
    return folder / "pyproject.toml"


def _link(folder: Path) -> Path:
    _plain(folder.parent).rename(folder.parent / "mine.toml")
    (folder / "communitycheck.toml").symlink_to(folder.parent / "mine.toml")
    return folder / "communitycheck.toml"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "communitycheck.toml")
    return folder / "communitycheck.toml"


def _loop(folder: Path) -> Path:
    (folder / "communitycheck.toml").symlink_to("communitycheck.toml")
    return folder / "communitycheck.toml"


@pytest.mark.parametrize("make", [_plain, _project, _link, _pipe, _loop])
def test_a_file_of_another_user_is_passed_over_and_said(home: Path, make: Callable[[Path], Path]) -> None:
    project = home / "project"
    _foreign(path := make(project))
    (home / "communitycheck.toml").write_text("strict = true\n")
    assert shown(project, HOME=str(home))["fail-on"][1] == "default"
    done = run(project, "check", str(RETURN), "--lang", "en", HOME=str(home))
    assert done.returncode == 1
    assert f"{path} was not taken: it belongs to another user; name it with --config" in done.stderr
    assert shown(project, HOME=str(home))["strict"][0] is True  # one's own above it still holds
    told = json.loads(run(project, "config", "show", "--format", "json", HOME=str(home)).stdout)
    assert [(one["path"], one["code"]) for one in told["not_taken"]] == [(str(path), "config-not-own")]


def test_whose_a_file_is_hangs_on_who_runs(home: Path) -> None:
    _plain(home / "project")
    with mock.patch("os.geteuid", return_value=os.geteuid() + 1):
        assert shown(home / "project", HOME=str(home))["fail-on"][1] == "default"
    named = shown(home / "project", "--config", "communitycheck.toml", HOME=str(home))
    assert named["fail-on"][:2] == ("never", "file")


NOT_PLAIN: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda path: os.mkfifo(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a loop of links": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("gone.toml"),
    "a huge file": lambda path: path.write_bytes(b"# x\n" * (1 << 22)),
    "a huge file with holes": lambda path: (path.touch(), os.truncate(path, 3 << 30)),
    "a thousand brackets": lambda path: path.write_text("select = " + "[" * 90_000),
    "zeros": lambda path: path.write_bytes(bytes(5000)),
}


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("kind", NOT_PLAIN)
def test_what_is_no_settings_file_is_said_in_one_line(kind: str, named: bool, home: Path) -> None:
    project = home / "project"
    NOT_PLAIN[kind](project / "communitycheck.toml")
    start = time.monotonic()
    words = ["--config", "communitycheck.toml"] if named else []
    done = run(project, *words, "config", "show", "--lang", "en", HOME=str(home))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert len(done.stderr) < 600 and time.monotonic() - start < 10
    assert run(project, "--no-config", "config", "show", HOME=str(home)).returncode == 0


@pytest.mark.parametrize("key", sorted(WRITTEN))
@pytest.mark.parametrize("where", ["../out", "/tmp/communitycheck-out.json", "sub/../../out", "leads/out"])
def test_a_found_file_has_nothing_written_outside_its_folder(home: Path, key: str, where: str) -> None:
    project = home / "project"
    (project / "leads").symlink_to(home)
    (project / "communitycheck.toml").write_text(f"{key} = {json.dumps(where)}\n")
    done = run(project, "check", str(RETURN), "--lang", "en", HOME=str(home))
    assert done.returncode == 2 and f"communitycheck.toml: {key} is to be written to" in done.stderr
    assert done.stderr.count("\n") == 1 and "--no-config" in done.stderr
    for words in (["--no-config"], ["--config", "communitycheck.toml"]):
        assert run(project, *words, "config", "show", HOME=str(home)).returncode == 0
    assert run(project, "config", "show", COMMUNITYCHECK_CONFIG="communitycheck.toml").returncode == 0


def test_every_setting_of_a_file_is_known_as_read_or_written() -> None:
    program = build("en")
    assert isinstance(program, CommandGroup)
    options = settable(program.get_command(None, "check"))
    places = {name for name, option in options.items() if re.search("FILE|DIR", option.metavar or "")}
    assert places == WRITTEN | READ


def _shadowing(standard: str) -> str:
    built_in = yaml.safe_load((data_dir("rules") / "liaoning-2021.yaml").read_text("utf-8"))
    for rule in built_in["rules"]:
        rule["severity"] = "advisory"
    return yaml.safe_dump({**built_in, "standard": standard}, allow_unicode=True)


SHADOWS: dict[str, tuple[str, str]] = {
    "a rule file": ('standard = ["own.yaml"]', "own.yaml"),
    "one of several": ('standard = ["shenyang-2023", "own.yml"]', "own.yml"),
    "a folder": ('rules-dir = "."', "liaoning-2021.yaml"),
    "under another name": ('rules-dir = "rules"', "rules/zzz.yml"),
    "a field": ('rules-dir = "rules"', "rules/dictionary.yaml"),
}


@pytest.mark.parametrize("kind", SHADOWS)
def test_a_found_file_replaces_no_built_in_standard(home: Path, kind: str) -> None:
    project = home / "project"
    setting, name = SHADOWS[kind]
    (project / name).parent.mkdir(exist_ok=True)
    text = "fields: {facility_area: {label: 面积, type: decimal, unit: m2, aliases: [面积]}}"
    (project / name).write_text(text if "dictionary" in name else _shadowing("liaoning-2021"), "utf-8")
    (project / "communitycheck.toml").write_text(setting + "\n")
    for command in ("check", "inspect"):
        done = run(project, command, str(RETURN), "--lang", "en", HOME=str(home))
        assert done.returncode == 2 and "take the place of the built-in" in done.stderr, done.stderr
        assert done.stdout == "" and done.stderr.count("\n") == 1
    option = f"--{setting.partition(' ')[0]}", "rules" if "/" in name else "." if "dir" in setting else name
    said = run(project, "check", str(RETURN), *option, "--as-of", "2023-12-31", "--lang", "en", HOME=str(home))
    assert "take the place" not in said.stderr


def test_a_standard_of_its_own_is_no_shadow(home: Path) -> None:
    project = home / "project"
    (project / "own.yaml").write_text(_shadowing("our-own"), "utf-8")
    (project / "communitycheck.toml").write_text('standard = ["own.yaml"]\n')
    done = run(project, "check", str(RETURN), "--as-of", "2023-12-31", "--lang", "en", HOME=str(home))
    assert done.returncode in (0, 1)
    assert 'bears on the verdict: standard = ["own.yaml"] (' in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('fail-on = "never"', 'fail-on = "never"'),
        ('fail-on = "mandatory"', 'fail-on = "mandatory"'),
        ("allow-incomplete = true", "allow-incomplete = true"),
        ('ignore = ["LN-*"]', 'ignore = ["LN-*"]'),
        ("as-of = 2023-06-30", 'as-of = "2023-06-30"'),
        ('region = "沈阳市"', 'region = "沈阳市"'),
        ('fail-on = "advisory"', None),
        ("allow-incomplete = false", None),
        ("strict = true", None),
        ("jobs = 1", None),
    ],
)
def test_what_can_make_a_fail_pass_is_said(home: Path, line: str, said: str | None) -> None:
    project = home / "project"
    (project / "communitycheck.toml").write_text(line + "\n", "utf-8")
    file = project / "communitycheck.toml"
    note = f"note: the settings file {file} was found and bears on the verdict: {said} (--no-config leaves it out)\n"
    done = run(project, "check", str(RETURN), "--quiet", "--lang", "en", HOME=str(home))
    assert done.stderr.endswith(note) if said else "bears on" not in done.stderr
    named = run(project, "--config", str(file), "check", str(RETURN), "--quiet", "--lang", "en", HOME=str(home))
    assert "bears on" not in named.stderr
    assert named.returncode == done.returncode
    off = run(project, "--no-config", "check", str(RETURN), "--quiet", "--lang", "en", HOME=str(home))
    assert "bears on" not in off.stderr and off.returncode == 1
    if said and line.startswith(("fail-on", "as-of")):
        option = f"--{line.partition(' ')[0]}"
        given = run(project, "check", str(RETURN), option, "expected" if "fail" in line else "2023-12-31", "--quiet")
        assert "bears on" not in given.stderr


@pytest.mark.parametrize(
    "kind", ["plain", "wrong", "outside", "of the project", "above", "of the environment", "a pipe", "a folder"]
)
def test_no_config_takes_none(kind: str, home: Path) -> None:
    place, variables = home / "communitycheck.toml", {}
    if kind == "above":
        (home / ".git").mkdir()
    match kind:
        case "wrong":
            place.write_text("fail-on = ")
        case "outside":
            place.write_text('output-dir = "../drop"\n')
        case "of the project":
            (home / "pyproject.toml").write_text('[tool.communitycheck]\nfail-on = "never"\n')
        case "a pipe":
            os.mkfifo(place)
        case "a folder":
            place.mkdir()
        case _:
            place.write_text('fail-on = "never"\n')
    if kind == "of the environment":
        variables["COMMUNITYCHECK_CONFIG"] = str(place)
    folder = home / "project" if kind == "above" else home
    assert shown(folder, "--no-config", HOME=str(home), **variables)["fail-on"][:2] == ("expected", "default")
    done = run(folder, "--no-config", "check", str(RETURN), "--quiet", HOME=str(home), **variables)
    assert (done.returncode, done.stderr) == (1, "")


def test_named_and_none_do_not_go_together(home: Path) -> None:
    _plain(home)
    done = run(home, "--no-config", "--config", "communitycheck.toml", "config", "show", "--lang", "en")
    assert done.returncode == 2 and "either --no-config or --config" in done.stderr
    assert "because of --no-config" in run(home, "--no-config", "config", "show", "--lang", "en").stdout
    assert shown(home, "--no-config", COMMUNITYCHECK_CONFIG="gone.toml")["fail-on"][1] == "default"
