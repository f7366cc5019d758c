"""An output that is an input, by whatever way it is found, is refused and never left out of the check in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.cli.run import run
from paths import ROOT

HEAD = "市,县（区）,社区名称,社区类型,综合服务设施面积\n"
GOOD, BAD = HEAD + "沈阳市,和平区,甲社区,城市社区,900\n", HEAD + "沈阳市,大东区,乙社区,城市社区,39\n"
WITH = "-s liaoning-2021 --select LN-01 -q --lang en"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in/sub").mkdir(parents=True)
    Path("in/good.csv").write_text(GOOD, encoding="utf-8")
    Path("list.txt").write_text("in/good.csv\nin/bad.csv\n", encoding="utf-8")
    return tmp_path


def command(words: str) -> int:
    return run([*words.split(), *WITH.split()])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("force", ["", " --force"])
@pytest.mark.parametrize("given", ["in", "in/*.csv", "**/*.csv", "@list.txt", "in/good.csv in/bad.csv"])
def test_an_input_is_not_replaced(given: str, force: str) -> None:
    Path("in/bad.csv").write_text(BAD, encoding="utf-8")
    assert command(f"check {given} -o in/bad.csv -o in/r.html{force}") == 2
    assert Path("in/bad.csv").read_text("utf-8") == BAD
    assert not Path("in/r.html").exists()
    Path("in/bad.csv").write_text("", encoding="utf-8")  # nor one that nobody can read
    assert command(f"check {given} -o in/bad.csv{force}") == 2
    assert Path("in/bad.csv").read_text("utf-8") == ""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("given", ["@list.txt", "in/good.csv in/bad.csv", "in/bad.csv --allow-incomplete"])
def test_an_output_does_not_stand_in_for_an_input_that_is_missing(given: str) -> None:
    assert command(f"check {given} -o in/bad.csv") == 2
    assert not Path("in/bad.csv").exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("out", ["--mark-up in/sub", "--output-dir in/sub", "--output-dir in/sub --split-by county"])
@pytest.mark.parametrize("given", ["in", "in/**/*.csv"])
def test_a_return_in_the_folder_of_results_is_judged(given: str, out: str) -> None:
    Path("in/sub/bad.csv").write_text(BAD, encoding="utf-8")
    assert command(f"check {given}") == 1
    for _ in range(2):
        assert command(f"check {given} {out}") == 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("given", ["in", "in/*", "in/**/*"])
def test_a_run_that_is_repeated_reads_no_product_of_its_own(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = " ".join(f"-o in/r{suffix}" for suffix in (".csv", ".html", ".xlsx", ".json", ".md", ".docx", ".txt"))
    for extra in ("", "", " --force"):
        if extra:
            Path("in/.communitycheck-files.json").unlink()
        assert command(f"check {given} {outputs} --mark-up in/sub --log-format json{extra}") == 0
        assert '"read": 1, "refused": 0' in capsys.readouterr().err


@pytest.mark.usefixtures("here")
def test_a_mapping_does_not_replace_a_return_that_was_found() -> None:
    Path("in/bad.csv").write_text(BAD, encoding="utf-8")
    assert run(["inspect", "in", "--save-mapping", "in/bad.csv", "--force", "-q"]) == 2
    assert Path("in/bad.csv").read_text("utf-8") == BAD


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", ["check in/good.csv -o {}", "inspect in/good.csv --save-mapping {}"])
def test_the_settings_that_hold_are_not_replaced(words: str) -> None:
    for settings in ("communitycheck.toml", "named.toml"):
        Path(settings).write_text("details = true\n", encoding="utf-8")
        Path("linked.txt").unlink(missing_ok=True)
        Path("linked.txt").hardlink_to(settings)
        before = ["--config", settings] if settings == "named.toml" else []
        assert run([*before, *words.format("linked.txt").split(), "--force", "-q"]) == 2
        assert Path(settings).read_text("utf-8") == "details = true\n"


# Each command that writes, over returns of two periods in two folders; {} is a return that a folder leads to.
WRITING = (
    "check in/2023 -o {}",
    "gap in/2023 -o {}",
    "whatif in/2023 --set LN-01=300 -o {}",
    "trend in -o {}",
    "compare in/2022 in/2023 -o {}",
    "compare in/2023 in/2022 -o {}",
    "conflicts in -o {}",
    "overlap in/2022 in/2023 -o {}",
    "inspect in --save-mapping {}",
    "gap in/2023/r.csv::r -o {}",
)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", WRITING)
def test_no_command_replaces_a_return_that_was_found(words: str) -> None:
    for year in (2022, 2023):
        Path(f"in/{year}").mkdir()
        Path(f"in/{year}/r.csv").write_text(f"{year}年社区情况表\n{BAD}", encoding="utf-8")
    before = {path: path.read_bytes() for path in Path("in").rglob("*.csv")}
    chosen = [] if words.startswith(("inspect", "overlap")) else ["--select", "LN-01"]
    said = run([*words.format("in/2023/r.csv").split(), "-s", "liaoning-2021", *chosen, "--force", "--lang", "en"])
    assert said == 2 and {path: path.read_bytes() for path in Path("in").rglob("*.csv")} == before


RULES = (
    "rules sql {0} --dialect duckdb -o {0}",
    "rules sql liaoning-2021 --dialect duckdb -o {0} --rules-dir rules",
    "rules import {0} -o {0}",
    "inspect in --save-mapping {0} --rules-dir rules",
    "rules new {0} --extends {0}",
)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", RULES)
def test_no_command_replaces_the_rules_that_it_reads(words: str) -> None:
    Path("rules").mkdir()
    own = Path("rules/own.yaml")
    own.write_bytes((ROOT / "rules/liaoning-2021.yaml").read_bytes().replace(b"liaoning-2021", b"another"))
    before = own.read_bytes()
    assert run([*words.format("rules/own.yaml").split(), "--force", "--lang", "en"]) == 2
    assert own.read_bytes() == before


@pytest.mark.usefixtures("here")
def test_a_baseline_replaces_no_return() -> None:
    Path("in/r.json").write_text(BAD, encoding="utf-8")  # whatever its name, what it holds is a return
    Path("list.txt").write_text("in/r.json\n", encoding="utf-8")
    assert run(["baseline", "write", "@list.txt", "-o", "in/r.json", "--force", "--lang", "en"]) == 2
    assert Path("in/r.json").read_text("utf-8") == BAD
