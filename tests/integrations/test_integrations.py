"""The files by which other systems run the toolkit do what they say: each is parsed, and what it would run is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.returns.files.formats.registry import SUFFIXES
from docs.fences import fences
from paths import ROOT

RETURN = "sample_data/shenyang_liaoning_mixed.csv"
# 一份全部达标的报表
GOOD = "市,区县,社区名称,社区类型,户数,综合服务设施面积(㎡)\n大连市,中山区,甲社区,城市社区,1000,450\n"
bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Variables under which ``communitycheck`` is the one under test."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    script = tools / "communitycheck"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m communitycheck "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNITYCHECK_")}
    return {**clean, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", **more}


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def act(folder: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str, str]:
    """Run the step of the action that checks; what it printed, its summary and its outputs."""
    action = load("action.yml")
    step = next(s for s in action["runs"]["steps"] if s.get("id") == "check")
    given = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
    given |= {name.replace("_", "-"): text for name, text in inputs.items()}
    assert set(given) == set(action["inputs"])
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m.group(1)], text)
        for name, text in step["env"].items()
    }
    files = {"GITHUB_OUTPUT": folder / "out", "GITHUB_STEP_SUMMARY": folder / "summary"}
    for file in files.values():
        file.touch()
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=environment(folder, **variables, **{k: str(v) for k, v in files.items()}, RUNNER_TEMP=str(folder)),
        capture_output=True,
        text=True,
        check=False,
    )
    return done, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), files["GITHUB_OUTPUT"].read_text()


@bash
def test_the_action_annotates_sums_up_and_fails(tmp_path: Path) -> None:
    shutil.copy(ROOT / RETURN, tmp_path / "a b.csv")
    done, summary, output = act(tmp_path, paths="a b.csv\n", as_of="2023-12-31", output="r.xlsx\nr.sarif", lang="en")
    assert done.returncode == 1 and output == "exit-code=1\n", done.stderr
    assert done.stdout.count("::error ") >= 1 and "a b.csv" in done.stdout
    assert summary.startswith("# ") and "LN-01" in summary
    assert {"r.xlsx", "r.sarif"} <= {p.name for p in tmp_path.iterdir()}
    assert "communitycheck-summary.md" not in {p.name for p in tmp_path.iterdir()}


@bash
def test_the_action_passes_what_passes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    done, summary, output = act(tmp_path, paths="*.csv", standard="liaoning-2021", arguments="--select\nLN-01")
    assert (done.returncode, output) == (0, "exit-code=0\n"), done.stderr
    assert "社区标准核查报告" in summary


@bash
def test_inputs_of_the_action_are_data(tmp_path: Path) -> None:
    done, _, output = act(tmp_path, paths='$(touch owned)\n"; touch owned; "\n--version')
    assert (done.returncode, output) == (2, "exit-code=2\n")
    assert not (tmp_path / "owned").exists() and "$(touch owned)" in done.stderr


@bash
def test_the_action_says_which_input_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    done, summary, output = act(tmp_path, paths="a.csv", arguments="--region 大连市", lang="en")
    assert (done.returncode, output) == (2, "exit-code=2\n")
    assert "::error title=communitycheck::" in done.stdout and "--region=大连市" in done.stdout
    assert summary.startswith("    ") and "--region=大连市" in summary
    assert not [p for p in tmp_path.iterdir() if p.name.startswith("communitycheck-")]


@bash
def test_the_gitlab_job_says_that_checker_is_missing(tmp_path: Path) -> None:
    """Nothing is asked of the index under a name that nobody has published."""
    job = load("integrations/gitlab.yml")[".communitycheck"]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job["before_script"])],
        cwd=tmp_path, env=environment(tmp_path, **job["variables"]), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "CHECKER" in done.stderr


@bash
def test_the_gitlab_job_runs_and_leaves_its_artifacts(tmp_path: Path) -> None:
    job = load("integrations/gitlab.yml")[".communitycheck"]
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "a.csv").write_text(GOOD, encoding="utf-8")
    variables = {**job["variables"], "RETURNS": "returns", "COMMUNITYCHECK_SELECT": "LN-0[123]"}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])],
        cwd=tmp_path, env=environment(tmp_path, **variables), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert all((tmp_path / name).stat().st_size > 500 for name in job["artifacts"]["paths"])
    assert job["artifacts"]["reports"]["junit"] in job["artifacts"]["paths"]


def entries(folder: Path) -> dict[str, bytes]:
    """The readings in the cache, each with its bytes: another key seals them otherwise."""
    return {p.name: p.read_bytes() for p in (folder / ".communitycheck-cache").glob("??/*.reading")}


@bash
def test_the_action_keeps_its_cache_from_machine_to_machine(tmp_path: Path) -> None:
    """Each run has a home of its own; only the folder of the cache is carried over, as actions/cache does."""
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    step = next(s for s in load("action.yml")["runs"]["steps"] if s.get("uses", "").startswith("actions/cache@"))
    assert step["with"]["path"] == "${{ inputs.cache }}" and step["if"] == "inputs.cache != ''"
    assert step["with"]["key"].startswith(step["with"]["restore-keys"])
    kept = []
    for run in range(2):
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("XDG_STATE_HOME", raising=False)
            patch.setenv("HOME", str(tmp_path / f"home{run}"))
            patch.setenv("LOCALAPPDATA", str(tmp_path / f"home{run}"))
            done, _, _ = act(tmp_path, paths=".", cache=".communitycheck-cache", arguments="--select\nLN-01", lang="en")
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        kept.append(entries(tmp_path))
        assert not list(tmp_path.glob("home*/**/key"))
    assert len(kept[0]) == 1 and kept[1] == kept[0]


@bash
@pytest.mark.parametrize(("name", "is_key_kept"), [("automation.md", True), ("automation.zh-CN.md", False)])
def test_the_job_of_the_page_keeps_its_cache_with_its_key(name: str, is_key_kept: bool, tmp_path: Path) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    own = [yaml.safe_load(f.content) for f in fences(text) if f.language == "yaml"][2]["returns"]
    template = load("integrations/gitlab.yml")[own["extends"]]
    assert own["cache"]["paths"] == [own["variables"]["COMMUNITYCHECK_CACHE"]]
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "a.csv").write_text(GOOD, encoding="utf-8")
    settings = {"COMMUNITYCHECK_SELECT": "LN-01", "COMMUNITYCHECK_LANG": "en"}
    variables = {**template["variables"], **own["variables"], **settings}
    variables = {key: text.replace("$CI_PROJECT_DIR", str(tmp_path)) for key, text in variables.items()}
    if not is_key_kept:
        del variables["XDG_STATE_HOME"]
    kept, told = [], ""
    for run in range(2):
        home = {"HOME": str(tmp_path / f"home{run}"), "LOCALAPPDATA": str(tmp_path / f"home{run}")}
        surroundings = environment(tmp_path, **variables, **home)
        if not is_key_kept:
            surroundings.pop("XDG_STATE_HOME", None)
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(template["script"])],
            cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        kept.append(entries(tmp_path))
        told = done.stderr
    assert len(kept[0]) == 1 and (kept[1] == kept[0]) is is_key_kept
    assert ("cache" in told) is not is_key_kept


def test_a_file_of_the_folder_that_is_judged_is_no_report_of_the_last_run(tmp_path: Path) -> None:
    """The job of GitLab judges the folder that it writes to."""
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "communitycheck", "check", ".", "--select", "LN-01", "-o", "r.xlsx", "-q"]
    for _ in range(2):
        assert subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), check=False).returncode == 0


@bash
def test_the_cron_line_runs(tmp_path: Path) -> None:
    text = (ROOT / "integrations" / "crontab.example").read_text(encoding="utf-8")
    [line] = [x for x in text.splitlines() if re.match(r"[\d*]", x)]
    fields = line.split(maxsplit=5)
    assert all(re.fullmatch(r"[\d*/,-]+", f) for f in fields[:5]) and "%" not in fields[5]
    if shutil.which("flock") is None:
        pytest.skip("there is no flock")
    (tmp_path / "returns").mkdir()
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / RETURN, tmp_path / "returns")
    variables = {"RETURNS": str(tmp_path / "returns"), "REPORTS": str(tmp_path / "reports")}
    assert set(re.findall(r"\$(\w+)", line)) == {*variables, "COMMUNITYCHECK"}
    surroundings = environment(tmp_path, **variables)
    surroundings["COMMUNITYCHECK"] = str(tmp_path / "tools" / "communitycheck")
    done = subprocess.run(["sh", "-c", fields[5]], env=surroundings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (tmp_path / "reports" / "latest.json").stat().st_size > 1000


@pytest.mark.parametrize("unit", ["communitycheck.service", "communitycheck.timer"])
def test_systemd_takes_the_units(unit: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze")
    for file in (ROOT / "integrations" / "systemd").iterdir():
        text = file.read_text(encoding="utf-8").replace("/opt/communitycheck/bin/communitycheck", sys.executable)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, [x for x in done.stderr.splitlines() if unit in x]) == (0, [])


def test_the_service_takes_findings_for_success_and_faults_for_failure() -> None:
    text = (ROOT / "integrations" / "systemd" / "communitycheck.service").read_text(encoding="utf-8")
    assert "SuccessExitStatus=1 3" in text


def test_pre_commit_takes_the_hooks() -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    file = str(ROOT / ".pre-commit-hooks.yaml")
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", file], check=True)
    hooks = {hook["id"]: hook for hook in load(".pre-commit-hooks.yaml")}
    returns, rules = (re.compile(hooks[i]["files"]) for i in ("communitycheck", "communitycheck-rules"))
    assert all(returns.search(f"2020/报表{suffix}") for suffix in SUFFIXES)
    assert all(returns.search(f"2020/报表{suffix.upper()}") for suffix in SUFFIXES)
    assert not returns.search("report.json") and not returns.search("csv")
    assert rules.search("standards/own.YAML")
    assert rules.search("rules/own.yaml") and not rules.search("rules/cases/own.yaml")


@bash
@pytest.mark.parametrize(("lang", "result"), [("zh", "退出码 1"), ("en", "exit code 1")])
def test_the_hook_says_shortly_what_fails(lang: str, result: str, tmp_path: Path) -> None:
    """pre-commit hands over the files that are committed and shows what is printed where the code is not 0."""
    entry = next(hook for hook in load(".pre-commit-hooks.yaml") if hook["id"] == "communitycheck")["entry"]
    rows = "".join(f"大连市,中山区,社区{n},城市社区,1000,{n}\n" for n in range(100, 160))
    (tmp_path / "bad.csv").write_text(GOOD + rows, encoding="utf-8")
    variables = {"COMMUNITYCHECK_LANG": lang, "COMMUNITYCHECK_SELECT": "LN-01"}
    done = subprocess.run(
        [*entry.split(), "bad.csv"],
        cwd=tmp_path, env=environment(tmp_path, **variables), capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr, len(lines)) == (1, "", 22)
    assert all("LN-01" in line and "bad.csv" in line for line in lines[:20])
    assert "40" in lines[20] and result in lines[21]


@bash
def test_the_hook_says_why_an_answer_is_incomplete(tmp_path: Path) -> None:
    entry = next(hook for hook in load(".pre-commit-hooks.yaml") if hook["id"] == "communitycheck")["entry"]
    (tmp_path / "open.csv").write_text(GOOD + "大连市,中山区,乙社区,城市社区,1000,待核\n", encoding="utf-8")
    variables = {"COMMUNITYCHECK_LANG": "en", "COMMUNITYCHECK_SELECT": "LN-01"}
    done = subprocess.run(
        [*entry.split(), "open.csv"],
        cwd=tmp_path, env=environment(tmp_path, **variables), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3 and len(done.stdout.splitlines()) == 2
    assert "乙社区" in done.stdout and "exit code 3" in done.stdout


@pytest.mark.slow
def test_commits_are_stopped_by_the_hook(tmp_path: Path) -> None:
    """The real thing: pre-commit clones the project, builds it and runs the hook in another repository, on the files of
    the commit and, as the page has it for returns that belong together, on their folder."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    repository, user = tmp_path / "work", tmp_path / "user"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(repository)], check=True)
    subprocess.run(["git", "init", "-q", str(user)], check=True)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True)
    whole = {"name": "folder", "pass_filenames": False, "always_run": True, "args": ["returns/"]}
    hooks = [{"id": "communitycheck"}, {"id": "communitycheck", **whole}]
    config = {"repos": [{"repo": str(repository), "rev": commit.stdout.strip(), "hooks": hooks}]}
    (user / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (user / "communitycheck.toml").write_text('select = ["LN-01"]\n', encoding="utf-8")
    (user / "returns").mkdir()
    for name, area in (("good.csv", "450"), ("bad.CSV", "390")):
        text = GOOD.replace("450", area).replace("甲社区", f"{area}社区")
        (user / "returns" / name).write_text(text, encoding="utf-8")
    named = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    env = {**os.environ, **named, "PRE_COMMIT_HOME": str(tmp_path / "home")}

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=user, env=env, capture_output=True, text=True, check=False)

    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=user, env=env, check=True)
    git("add", "--all")
    stopped = git("commit", "--message", "both")
    assert stopped.returncode != 0 and (stopped.stdout + stopped.stderr).count("390社区") == 2
    git("rm", "--cached", "-q", "returns/bad.CSV")
    (user / "returns" / "bad.CSV").unlink()
    assert git("commit", "--message", "the good one").returncode == 0
    git("rm", "-q", "returns/good.csv")
    gone = git("commit", "--message", "none")
    assert gone.returncode != 0 and re.search(r"\(returns\)\.+.*Skipped\nfolder\.+Failed", gone.stdout + gone.stderr)


@pytest.mark.parametrize("name", ["automation.md", "automation.zh-CN.md"])
def test_what_the_page_says_can_be_copied(name: str) -> None:
    """The examples on docs/automation.md name inputs, templates, variables and hooks that are there."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    github, gitlab, _, pre_commit, [whole] = (yaml.safe_load(f.content) for f in fences(text) if f.language == "yaml")
    [step] = [s for s in github["jobs"]["returns"]["steps"] if s.get("uses", "").startswith("OWNER/communitycheck@")]
    assert set(step["with"]) <= set(load("action.yml")["inputs"])
    [included] = gitlab["include"]
    template = load(included["file"])[gitlab["returns"]["extends"]]
    own = {name for name in gitlab["returns"]["variables"] if not name.startswith("COMMUNITYCHECK_")}
    assert own <= set(template["variables"])
    hooks = {hook["id"] for hook in load(".pre-commit-hooks.yaml")}
    assert {hook["id"] for repo in pre_commit["repos"] for hook in repo["hooks"]} == hooks
    assert whole["id"] in hooks and whole["pass_filenames"] is False
    for word in ("standard", "as-of", "lang", "arguments", "python-version"):
        assert f"`{word}`" in text and word in load("action.yml")["inputs"]
