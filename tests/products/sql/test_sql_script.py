"""What ``rules sql`` writes: the same script as before in each dialect, what is refused by name, and wrong options."""

from __future__ import annotations

import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from communitycheck import api
from communitycheck.cli.run import run
from communitycheck.messages import LANGS, say
from communitycheck.products.sql import front
from communitycheck.products.sql.front import DIALECTS, sql_script, write_sql
from communitycheck.products.sql.text import why

GOLDEN = Path(__file__).with_name("golden.yaml")
AS_OF = date(2023, 12, 31)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_script_is_as_it_was(dialect: str, snapshot: SnapshotAssertion) -> None:
    script = sql_script(GOLDEN, dialect, as_of=AS_OF)
    assert write_sql(script, "en") == snapshot


def test_what_is_not_covered_is_named_in_head_view_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "sql", str(GOLDEN), "--dialect", "duckdb", "--lang", "en"]) == 1
    text = capsys.readouterr().out
    assert "-- 4 of 6 rules are covered." in text
    assert "--   not covered: G-06: the function is_unique is not covered" in text
    assert "--   judged by hand: G-05" in text
    assert "'G-06' AS \"rule\", 'not_covered' AS \"state\", 'function' AS \"why\"" in text


def test_all_covered_is_0_and_a_file_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.sql"
    command = ["rules", "sql", "anhui-2019", "--dialect", "postgres", "-o", str(path), "--as-of", "2023-12-31"]
    assert run(command) == 0
    assert run(command) == 0
    assert capsys.readouterr().out == ""
    text = path.read_text(encoding="utf-8")
    assert text.count("CREATE VIEW") == text.count("DROP VIEW IF EXISTS") == 6
    path.write_text("-- mine", encoding="utf-8")
    assert run(command) == 2
    assert path.read_text(encoding="utf-8") == "-- mine"


def test_views_columns_and_order_of_rules_are_told() -> None:
    script = api.sql_script(GOLDEN, "duckdb", as_of=AS_OF)
    assert [(view.name, view.entity, view.level, view.subject, list(view.rules)) for view in script.views] == [
        ("golden_community", "community", "", ("county", "community"), ["G-01", "G-02"]),
        ("golden_community_by_county", "community", "county", ("county",), ["G-03"]),
        ("golden_community_by_city", "community", "city", ("city",), ["G-04"]),
    ]
    assert script.views[0].rules["G-01"]["shortfall"] == "G-01 shortfall"
    assert [view.name for view in script.others] == ["golden_verdicts", "golden_coverage", "golden_doubled"]


def test_columns_decide_what_is_derived_and_what_is_lacking() -> None:
    rooms = ["station_area", "police_room_area", "clinic_area", "library_area", "recreation_area"]
    rooms += ["rehabilitation_area", "other_rooms_area", "office_area", "service_rooms_area"]
    script = sql_script("liaoning-2021", "duckdb", columns=["community", "community_type", *rooms])
    assert list(script.views[0].rules) == ["LN-01", "LN-02"]
    assert "facility_area" not in script.asked["community"]
    assert script.lacking["LN-03"] == ("households", "households_registered")[:1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--dialect", "duckbd"], "duckdb"),
        (["--dialect", "duckdb", "--table", "community"], "community=gov.community"),
        (["--dialect", "duckdb", "--table", "comunity=x"], "community"),
        (["--dialect", "duckdb", "--bounded", "facility_areas"], "facility_area"),
        (["--dialect", "duckdb", "--columns", "community"], "none of the 12 rules"),
    ],
)
def test_wrong_options_are_told_in_a_line(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "sql", "liaoning-2021", *options, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_without_sqlglot_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(front, "find_spec", lambda name: None if name == "sqlglot" else find_spec(name))
    assert run(["rules", "sql", "liaoning-2021", "--dialect", "duckdb", "--lang", "en"]) == 2
    assert 'pip install "communitycheck[sql]"' in capsys.readouterr().err


def test_every_refusal_has_a_sentence() -> None:
    script = sql_script("published-figures", "duckdb", as_of=AS_OF)
    for lang in LANGS:
        assert all(why(refusal, lang) for refusal in script.refused.values())
    assert say("sql-not-function", "en", function="rank") == "the function rank is not covered"


def test_names_of_tables_and_chinese_fields_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        GOLDEN.read_text(encoding="utf-8").replace("rules:\n", "fields:\n  阅览座位数: {label: {zh: 阅览座位数}, "
        "type: int, unit: items}\nrules:\n  - {id: 座位, title: {zh: 座位}, clause: 七, applies_to: community, "
        "indicator: 阅览座位数, at_least: 13 items, severity: expected}\n", 1),
        encoding="utf-8",
    )  # fmt: skip
    script = sql_script(path, "postgres", as_of=AS_OF, tables={"community": "gov.社区"})
    text = script.views[0].text
    assert 'FROM "gov"."社区" AS source' in text
    assert '"source"."阅览座位数"' in text
    assert '"座位 outcome"' in text
    assert "sqlglot" in sys.modules
