"""Settings: where they are found, what beats what, what is refused, and that ``config show`` tells the truth."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from communitycheck.cli.run import run as run_here
from communitycheck.own_list import LIST
from paths import ROOT

RETURN = ROOT / "sample_data" / "shenyang_liaoning_mixed.csv"


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str, **variables: str) -> Done:
    """The command line in ``folder``, with no setting in the environment but ``variables``."""
    printed, said = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNITYCHECK_")}
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, {**clean, "LC_ALL": "C.UTF-8", **variables}, clear=True),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(said),
    ):
        code = run_here(list(arguments))
    return Done(code, *(stream.buffer.getvalue().decode() for stream in (printed, said)))  # type: ignore[attr-defined]


def shown(folder: Path, *arguments: str, **variables: str) -> dict[str, tuple[Any, str, str | None]]:
    out = run(folder, *arguments, "config", "show", "--format", "json", **variables)
    assert out.returncode == 0, out.stderr
    return {s["name"]: (s["value"], s["source"], s["where"]) for s in json.loads(out.stdout)["settings"]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "below").mkdir()
    return tmp_path


def test_nothing_set(project: Path) -> None:
    values = shown(project)
    assert values["fail-on"] == ("expected", "default", None)
    assert values["standard"] == (None, "default", None)
    assert {source for _, source, _ in values.values()} == {"default"}
    assert "no settings file" in run(project, "config", "show").stdout


def test_each_source_beats_the_next(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.communitycheck]\nfail-on = "never"\n', encoding="utf-8")
    assert shown(project)["fail-on"] == ("never", "file", str(project / "pyproject.toml"))
    (project / "communitycheck.toml").write_text('fail-on = "mandatory"\nstrict = true\n', encoding="utf-8")
    values = shown(project / "below")
    assert values["fail-on"] == ("mandatory", "file", str(project / "communitycheck.toml"))
    assert values["strict"] == (True, "file", str(project / "communitycheck.toml"))
    values = shown(project, COMMUNITYCHECK_FAIL_ON="advisory", COMMUNITYCHECK_STRICT="no")
    assert values["fail-on"] == ("advisory", "environment", "COMMUNITYCHECK_FAIL_ON")
    assert values["strict"] == (False, "environment", "COMMUNITYCHECK_STRICT")
    (project / "other.toml").write_text("strict = true\n", encoding="utf-8")
    named = shown(project / "below", "--config", "../other.toml")
    assert (named["fail-on"][1], named["strict"][1:]) == ("default", ("file", "../other.toml"))
    assert shown(project, COMMUNITYCHECK_CONFIG="other.toml")["strict"][2] == "other.toml"


def test_settings_rule_a_check_and_the_command_line_beats_them(project: Path) -> None:
    (project / "communitycheck.toml").write_text(
        'standard = "liaoning-2021"\nas-of = 2023-12-31\nselect = ["LN-01"]\nfail-on = "never"\n'
        'format = "json"\noutput = ["out.csv"]\nallow-incomplete = true\nlang = "zh"\n',
        encoding="utf-8",
    )
    done = run(project / "below", "check", str(RETURN))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["run"]["as_of"] == "2023-12-31" and report["run"]["lang"] == "zh"
    assert [r["id"] for r in report["rules"]] == ["LN-01"] and report["summary"]["outcomes"]["fail"] == 1
    assert (project / "out.csv").exists() and list((project / "below").iterdir()) == []
    done = run(project, "check", str(RETURN), "--fail-on", "mandatory", "--format", "text", "--lang", "en")
    assert done.returncode == 1 and "(exit code 1)" in done.stdout.splitlines()[0]
    environment = run(project, "check", str(RETURN), COMMUNITYCHECK_SELECT="LN-02, LN-03")
    assert [r["id"] for r in json.loads(environment.stdout)["rules"]] == ["LN-02", "LN-03"]


def test_a_cache_of_the_file_is_left_out_of_one_run(project: Path) -> None:
    """An empty folder is none: on the command line for one run, in the file for all of them."""
    (project / "communitycheck.toml").write_text('cache = "readings"\n', encoding="utf-8")
    for command in ("check", "inspect"):
        assert run(project, command, str(RETURN), "--cache", "", "--quiet").stdout == ""
        assert [p.name for p in project.iterdir() if p.is_file()] == ["communitycheck.toml"]
        assert not (project / "readings").exists()
    assert shown(project)["cache"][:2] == ("readings", "file")
    run(project, "inspect", str(RETURN), "--quiet")
    assert list((project / "readings").glob("??/*.reading"))
    (project / "communitycheck.toml").write_text('cache = ""\n', encoding="utf-8")
    assert shown(project)["cache"][:2] == ("", "file")
    (line,) = [x for x in run(project, "config", "show").stdout.splitlines() if x.startswith("--cache")]
    assert line.split()[1] == "—"
    run(project, "check", str(RETURN), "--quiet")
    assert not (project / "CACHEDIR.TAG").exists()


def test_a_rule_file_is_meant_from_the_settings_file(project: Path) -> None:
    (project / "own.yaml").write_bytes((ROOT / "rules" / "liaoning-2021.yaml").read_bytes())
    (project / "communitycheck.toml").write_text('standard = ["own.yaml"]\n', encoding="utf-8")
    assert shown(project / "below")["standard"][0] == [str(Path("..") / "own.yaml")]
    assert run(project / "below", "check", str(RETURN), "--as-of", "2023-12-31").returncode == 1


def test_other_commands_take_what_says_the_same_for_them(project: Path) -> None:
    (project / "communitycheck.toml").write_text(
        'standard = ["liaoning-2021"]\nformat = "sarif"\noutput = ["out.json"]\n', encoding="utf-8"
    )
    assert run(project, "inspect", str(RETURN)).returncode == 0
    assert run(project, "template", "-o", "blank.xlsx").returncode == 0
    assert sorted(p.name for p in project.iterdir() if p.is_file()) == [LIST, "blank.xlsx", "communitycheck.toml"]


def test_so_do_the_commands_of_a_group(project: Path) -> None:
    (project / "ours").mkdir()
    built_in = (ROOT / "rules" / "liaoning-2021.yaml").read_text("utf-8")
    own = built_in.replace("standard: liaoning-2021", "standard: ours-2025")
    (project / "ours" / "ours.yaml").write_text(own, encoding="utf-8")
    assert "ours-2025" not in run(project, "rules", "list").stdout
    assert "ours-2025" in run(project, "rules", "list", COMMUNITYCHECK_RULES_DIR="ours").stdout
    (project / "communitycheck.toml").write_text('rules-dir = "ours"\n', encoding="utf-8")
    assert "ours-2025" in run(project / "below", "rules", "list").stdout
    assert "ours-2025" not in run(project, "--no-config", "rules", "list").stdout


REFUSED = {
    "failon = 1": "there is no setting 'failon'; the nearest is 'fail-on'",
    "fail_on = 'never'": "there is no setting 'fail_on'; the nearest is 'fail-on'",
    "strict = 'yes'": "strict is true or false, not 'yes'",
    "standard = [1]": "standard is a text or a list of texts",
    "region = ['a']": "region is a text, not ['a']",
    "as-of = 5": "as-of is a text, not 5",
    "fail-on = ": "not valid TOML",
    "fail-on = 'sometimes'": "'sometimes'",
    'cache = "a\\u0000"': "cache is a text, not 'a\\x00'",
    'output = ["a\\u0000.json"]': "output is a text or a list of texts",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_wrong_is_said_in_one_line(line: str, project: Path) -> None:
    (project / "communitycheck.toml").write_text(line + "\n", encoding="utf-8")
    for lang in ("zh", "en"):
        done = run(project, "check", str(RETURN), "--lang", lang)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.stderr
    assert REFUSED[line] in done.stderr


NOT_SETTINGS = [
    "tool = 5 # [tool.communitycheck]",
    'dependencies = ["communitycheck"]',
    "[tool.other]\ncommunitycheck = 5",
]


@pytest.mark.parametrize("text", NOT_SETTINGS)
def test_a_project_file_that_only_looks_like_one_with_settings(text: str, project: Path) -> None:
    (project / "pyproject.toml").write_text(text + "\n", encoding="utf-8")
    assert {source for _, source, _ in shown(project).values()} == {"default"}


@pytest.mark.parametrize("text", ["[tool]\ncommunitycheck = 3", "[tool]\ncommunitycheck = ['a']"])
def test_a_project_file_with_something_else_than_settings(text: str, project: Path) -> None:
    (project / "pyproject.toml").write_text(text + "\n", encoding="utf-8")
    done = run(project, "check", str(RETURN))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.stderr
    assert "pyproject.toml: tool.communitycheck is a table of settings" in done.stderr


@pytest.mark.parametrize("text", ["[tool]\ncommunitycheck = {jobs = 2}", "[tool]\ncommunitycheck.jobs = 2"])
def test_settings_of_a_project_file_in_other_spellings(text: str, project: Path) -> None:
    (project / "pyproject.toml").write_text(text + "\n", encoding="utf-8")
    assert shown(project)["jobs"][0] == 2


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_too_few_workers_are_refused_where_they_are_set(value: str, project: Path) -> None:
    done = run(project, "check", str(RETURN), COMMUNITYCHECK_JOBS=value)
    assert done.returncode == 2 and "COMMUNITYCHECK_JOBS: jobs is a whole number, 1 or more" in done.stderr
    (project / "communitycheck.toml").write_text("jobs = 0\n", encoding="utf-8")
    done = run(project, "check", str(RETURN))
    assert done.returncode == 2 and "communitycheck.toml: jobs is a whole number, 1 or more, not 0" in done.stderr


def test_a_variable_that_is_no_setting_is_named(project: Path) -> None:
    done = run(project, "config", "show", COMMUNITYCHECK_FAILON="never", COMMUNITYCHECK_DEBUG="1")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "note: the variable COMMUNITYCHECK_FAILON is no setting and was not used; did you mean COMMUNITYCHECK_FAIL_ON?"
    ]
    assert run(project, "config", "show", COMMUNITYCHECK_STRICT="perhaps").returncode == 2
    assert run(project, "--config", "none.toml", "config", "show").returncode == 2


def test_a_setting_is_checked_whichever_command_is_run(project: Path) -> None:
    done = run(project, "rules", "list", COMMUNITYCHECK_STRICT="perhaps")
    assert (done.returncode, done.stdout) == (2, "") and "COMMUNITYCHECK_STRICT: strict is true or false" in done.stderr
    for command in (["rules"], ["rules", "list"], ["config", "show"]):
        done = run(project, *command, COMMUNITYCHECK_LANG="fr")
        assert done.returncode == 2 and "COMMUNITYCHECK_LANG cannot be 'fr'" in done.stderr, command
    (project / "communitycheck.toml").write_text('lang = "fr"\n', encoding="utf-8")
    assert "communitycheck.toml: lang cannot be 'fr'" in run(project, "rules").stderr


def test_how_a_variable_is_read(project: Path) -> None:
    """Commas part a list, not spaces, which may stand in a path; spaces around a value are none of it."""
    values = shown(project, COMMUNITYCHECK_OUTPUT="my report.json, b.csv,", COMMUNITYCHECK_JOBS=" 2 ")
    assert values["output"] == (["my report.json", "b.csv"], "environment", "COMMUNITYCHECK_OUTPUT")
    assert values["jobs"] == (2, "environment", "COMMUNITYCHECK_JOBS")
    assert shown(project, COMMUNITYCHECK_REGION="  ")["region"] == (None, "default", None)


def test_a_neighbour_above_the_repository_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "communitycheck.toml").write_text("strict = true\n", encoding="utf-8")
    inner = tmp_path / "repository"
    (inner / ".git").mkdir(parents=True)
    assert shown(inner)["strict"] == (False, "default", None)


def test_a_process_of_its_own_finds_them_too(project: Path) -> None:
    """What is found by the calls above in this process, the command itself finds in its folder and environment."""
    (project / "communitycheck.toml").write_text('fail-on = "mandatory"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "communitycheck", "config", "show", "--format", "json"],
        cwd=project / "below",
        env={**os.environ, "COMMUNITYCHECK_STRICT": "yes"},
        capture_output=True,
        text=True,
        check=True,
    )
    settings = {s["name"]: (s["value"], s["source"]) for s in json.loads(done.stdout)["settings"]}
    assert (settings["fail-on"], settings["strict"]) == (("mandatory", "file"), (True, "environment"))


def test_a_value_that_the_option_refuses_is_said_to_stand_in_the_settings(project: Path) -> None:
    file = project / "communitycheck.toml"
    file.write_text('as-of = "2021-13-01"\n')
    assert f"{file}: as-of" in run(project, "check", str(RETURN)).stderr
    file.write_text('fail-on = "nevr"\n')  # apart: which of two faults is said first is not promised
    assert f"{file}: fail-on" in run(project, "check", str(RETURN)).stderr
    said = run(project, "check", str(RETURN), COMMUNITYCHECK_FAIL_ON="nevr").stderr
    assert "COMMUNITYCHECK_FAIL_ON" in said
    assert str(file) not in said
    assert "--fail-on" in run(project, "check", str(RETURN), "--fail-on", "nevr").stderr
