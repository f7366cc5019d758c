"""Baselines: only what is new or worse fails a check, wherever its row, sheet and file are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from communitycheck.cli.run import run
from paths import ROOT

HEADER = ("县区", "街道", "社区名称", "区划代码", "综合服务设施面积(㎡)")
Row = tuple[str, str, str, str, Any]
AREAS = {"甲社区": 450, "乙社区": 300, "丙社区": 250, "丁社区": 500}


def rows(**other: Any) -> list[Row]:
    areas = {**AREAS, **other}
    return [("河口区", "新户镇", name, f"37050300100{k}", areas[name]) for k, name in enumerate(AREAS, 1)]


class Office:
    """A folder with a standard, in which the commands are run."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.rule("400 m2")
        self.baseline = folder / "held" / "base.json"
        self.baseline.parent.mkdir()

    def rule(self, limit: Any, key: str = "at_least") -> None:
        rule = {"id": "OW-1", "title": "面积", "clause": "一", "applies_to": "community", "severity": "mandatory",
                "indicator": "facility_area", key: limit}  # fmt: skip
        body = {"standard": "own", "title": "示例", "source": {"document": "文件"},
                "jurisdiction": {"code": "000000", "name": "全国"}, "rules": [rule]}  # fmt: skip
        (self.folder / "own.yaml").write_text(json.dumps(body, ensure_ascii=False), "utf-8")

    def table(self, listed: Sequence[Row], name: str = "return.xlsx", sheet: str = "Sheet1", above: int = 0) -> str:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = sheet
        for _ in range(above):
            page.append(["社区设施情况表"])
        for row in (HEADER, *listed):
            page.append(row)
        book.save(self.folder / name)
        return str(self.folder / name)

    def run(self, *words: str) -> tuple[int, str]:
        code = run([*words, "--standard", str(self.folder / "own.yaml"), "--lang", "en"])
        out, err = self._capsys.readouterr()
        return code, out + err

    def write(self, path: str) -> None:
        assert self.run("baseline", "write", path, "-o", str(self.baseline), "--force")[0] == 0

    def check(self, path: str, *more: str) -> tuple[int, str]:
        return self.run("check", path, "--baseline", str(self.baseline), *more)

    def update(self, path: str, *more: str) -> tuple[int, str]:
        return self.run("baseline", "update", path, "--baseline", str(self.baseline), *more)

    def held(self) -> dict[str, float]:
        return {one["name"]: one["observed"] for one in json.loads(self.baseline.read_text("utf-8"))["fails"]}


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    found = Office(tmp_path, capsys)
    found.write(found.table(rows()))
    return found


def states(report: str) -> dict[str, str | None]:
    return {v["subject"]["name"]: v["baseline"] for v in json.loads(report)["verdicts"]}


def test_what_it_knows_does_not_fail_a_check(office: Office) -> None:
    path = office.table(rows())
    assert office.run("check", path)[0] == 1
    assert office.check(path)[0] == 0
    assert states(office.check(path, "--format", "json")[1]) == {"乙社区": "known", "丙社区": "known"}


@pytest.mark.parametrize(
    ("name", "sheet", "above", "backwards"),
    [("别的.xlsx", "Sheet1", 0, False), ("return.xlsx", "改名", 0, False), ("return.xlsx", "Sheet1", 3, True)],
)
def test_files_sheets_and_rows_do_not_matter(
    name: str, sheet: str, above: int, backwards: bool, office: Office
) -> None:
    path = office.table(rows()[:: -1 if backwards else 1], name, sheet, above)
    assert office.check(path)[0] == 0


@pytest.mark.parametrize(
    ("other", "code", "answer"),
    [
        ({"乙社区": 290}, 1, {"乙社区": "worse", "丙社区": "known"}),
        ({"乙社区": 310}, 0, {"乙社区": "known", "丙社区": "known"}),
        ({"甲社区": 390}, 1, {"甲社区": "new", "乙社区": "known", "丙社区": "known"}),
        # two fails that have changed places are one that is settled and one that is new
        ({"甲社区": 300, "乙社区": 450}, 1, {"甲社区": "new", "丙社区": "known"}),
    ],
)
def test_what_is_new_or_worse_does(
    other: dict[str, int], code: int, answer: dict[str, str], office: Office
) -> None:
    found, report = office.check(office.table(rows(**other)), "--format", "json")
    assert (found, states(report)) == (code, answer)


@pytest.mark.parametrize(
    ("was", "now", "state"),
    [
        (350, "约340", "worse"),  # between 306 and 374
        (350, "不足390", "worse"),  # anything below
        (350, "300-370", "worse"),
        (350, "360-380", "known"),
        ("300-350", 310, "worse"),
        ("300-350", 350, "known"),
        ("300-350", "300-350", "known"),
        ("300-350", "350-380", "known"),
        ("300-350", 290, "worse"),
    ],
)
def test_what_may_be_worse_is_not_known_to_be_no_worse(was: Any, now: Any, state: str, office: Office) -> None:
    office.write(office.table(rows(乙社区=was)))
    code, report = office.check(office.table(rows(乙社区=now)), "--format", "json")
    assert (code, states(report)["乙社区"]) == (int(state == "worse"), state)


def test_too_little_is_not_held_for_too_much(office: Office) -> None:
    office.rule(["100 m2", "400 m2"], "between")
    office.write(office.table(rows(乙社区=450)))
    code, report = office.check(office.table(rows(乙社区=50)), "--format", "json")
    assert (code, states(report)["乙社区"]) == (1, "worse")


def test_a_rule_that_asks_more_is_no_known_fail(office: Office) -> None:
    office.rule("430 m2")
    code, report = office.check(office.table(rows()), "--format", "json")
    assert code == 1 and set(states(report).values()) == {"rule_changed"}


@pytest.mark.parametrize("format", ["junit", "sarif", "github", "concise"])
def test_machines_are_told_of_new_fails_alone(format: str, office: Office) -> None:
    _, told = office.check(office.table(rows(甲社区=390)), "--format", format)
    assert "甲社区" in told and "乙社区" not in told and "丙社区" not in told


def test_every_fail_stays_in_sight(office: Office) -> None:
    _, text = office.check(office.table(rows(甲社区=390)), "--format", "csv", "--all-verdicts")
    assert "known to the baseline" in text and "new since the baseline" in text
    _, text = office.check(office.table(rows()))
    text = " ".join(text.split())  # a long path breaks the line
    assert "2 known" in text and "no fail that is new or worse" in text


def test_a_region_is_told_of_its_own_fails(office: Office) -> None:
    listed = [*rows(甲社区=390), ("垦利区", "胜坨镇", "戊社区", "370505001001", 100)]
    folder = office.folder / "split"
    split = ["--split-by", "county", "--output-dir", str(folder), "--bundle", "json"]
    assert office.check(office.table(listed), *split)[0] == 1
    read = [json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json")]
    found = [one["summary"]["baseline"] for one in read if "summary" in one]
    assert sorted((one["known"], one["new"]) for one in found) == [(0, 1), (2, 1), (2, 2)]


def test_it_only_shrinks_unless_growth_is_accepted(office: Office) -> None:
    path = office.table(rows(甲社区=390, 乙社区=350, 丙社区=240), "later.xlsx")
    code, told = office.update(path)
    assert code == 1 and "--accept" in told
    assert office.held() == {"乙社区": 350, "丙社区": 250}  # nearer, and not further away
    assert office.check(office.table(rows(乙社区=340)))[0] == 1  # what was won is held
    assert office.update(path, "--accept")[0] == 0
    assert office.held() == {"甲社区": 390, "乙社区": 350, "丙社区": 240}
    assert office.check(path)[0] == 0
    assert office.update(office.table(rows(乙社区=400, 丙社区=400)))[0] == 0
    assert office.held() == {}


def test_who_is_not_listed_stays_unless_told(office: Office) -> None:
    path = office.table(rows()[:2])
    assert office.update(path)[0] == 0 and set(office.held()) == {"乙社区", "丙社区"}
    assert office.update(path, "--drop-unlisted")[0] == 0 and set(office.held()) == {"乙社区"}


def test_another_name_is_found_by_its_code_and_kept_once(office: Office) -> None:
    renamed = [(*row[:2], row[2].replace("丙社区", "朝阳社区"), *row[3:]) for row in rows()]
    assert office.check(office.table(renamed))[0] == 0
    assert office.update(office.table(renamed))[0] == 0 and set(office.held()) == {"乙社区", "朝阳社区"}


def test_whom_nothing_tells_apart_is_not_held(office: Office) -> None:
    twice = [*rows(), rows()[1]]
    path = office.table(twice)
    office.baseline.unlink()
    code, told = office.run("baseline", "write", path, "-o", str(office.baseline), "--force")
    assert code == 0 and set(office.held()) == {"丙社区"} and "2 more" in told
    assert office.check(path)[0] == 1


ENTRY = {"standard": "own", "rule": "OW-1", "entity": "community", "code": "", "name": "甲", "region": {},
         "outcome": "fail", "observed": 1, "required": 2, "shortfall": 1, "unit": "m2",
         "threshold_hash": "x"}  # fmt: skip


@pytest.mark.parametrize(
    ("fails", "key"),
    [
        ([{**ENTRY, "observed": "1"}], "observed"),
        ([{**ENTRY, "name": None}], "name"),
        ([{**ENTRY, "row": 4}], "row"),
        ([{**ENTRY, "region": {"block": "x"}}], "region"),
        ([{**ENTRY, "outcome": "pass"}], "outcome"),
        ([{k: v for k, v in ENTRY.items() if k != "threshold_hash"}], "threshold_hash"),
        ([ENTRY, ENTRY], "entry 2"),
        (["x"], "entry 1"),
        ({}, "no baseline"),
    ],
)
def test_a_malformed_file_ends_before_anything_is_judged(fails: object, key: str, office: Office) -> None:
    held = {"schema": "communitycheck-baseline/1", "written": {"as_of": "2023-12-31"}, "fails": fails}
    office.baseline.write_text(json.dumps(held), "utf-8")
    code, told = office.check("no_such_return.xlsx")
    assert code == 2 and key in told and "no_such_return" not in told


@pytest.mark.parametrize("text", ["", "{", '{"schema": "other/1"}', "[]"])
def test_no_baseline_at_all(text: str, office: Office) -> None:
    office.baseline.write_text(text, "utf-8")
    code, told = office.check("no_such_return.xlsx")
    assert code == 2 and "base.json" in told and "no_such_return" not in told


def test_the_file_keeps_to_its_schema(office: Office) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "src/communitycheck/products/compare/baseline-1.json").read_text("utf-8"))
    jsonschema.validate(json.loads(office.baseline.read_text("utf-8")), schema)


def test_a_fault_is_told_with_its_line_and_another_layout_is_read(office: Office) -> None:
    written = office.baseline.read_text("utf-8")
    office.baseline.write_text(written.replace('"observed": 250.0', '"observed": "250"'), "utf-8")
    code, told = office.check("no_such_return.xlsx")
    assert code == 2 and "observed" in told
    assert f"line {written[: written.index('250.0')].count(chr(10)) + 1}" in told
    office.baseline.write_text(json.dumps(json.loads(written), indent=2, ensure_ascii=False), "utf-8")
    assert office.check(office.table(rows()))[0] == 0
    office.baseline.write_text(written[: written.rindex("}")], "utf-8")  # cut short
    assert office.check(office.table(rows()))[0] == 2


WAIVER = """waivers:
  - {{rule: OW-1, subject: {{name: 乙社区, region: 河口区}}, reason: 在建, approver: 区民政局, until: "{until}"}}
"""


def waived(office: Office, until: str = "2024-12-31") -> list[str]:
    (office.folder / "w.yaml").write_text(WAIVER.format(until=until), "utf-8")
    return ["--waivers", str(office.folder / "w.yaml"), "--as-of", "2023-12-31"]


def test_what_is_waived_is_not_held(office: Office) -> None:
    """So that it fails a check once the waiver has ended, which a baseline would hide."""
    path, excused = office.table(rows()), waived(office)
    code, said = office.run("baseline", "write", path, "-o", str(office.baseline), "--force", *excused)
    assert code == 0 and "1 waived or explained fail is not in it" in said and office.held() == {"丙社区": 250}
    assert office.check(path, *excused)[0] == 0
    assert office.check(path, *excused[:2], "--as-of", "2025-01-01")[0] == 1
    assert office.check(path)[0] == 1
    ended = waived(office, "2023-06-30")  # of a waiver that has ended already the fail is one as any other
    office.run("baseline", "write", path, "-o", str(office.baseline), "--force", *ended)
    assert set(office.held()) == {"乙社区", "丙社区"}


def test_an_update_leaves_to_waivers_what_is_theirs(office: Office) -> None:
    path, excused = office.table(rows(甲社区=100)), waived(office)
    code, said = office.update(path, *excused)
    assert code == 1 and "1 waived and taken out" in said and "1 new" in said and office.held() == {"丙社区": 250}
    assert office.update(path, *excused, "--accept")[0] == 0 and set(office.held()) == {"甲社区", "丙社区"}
    assert office.update(path)[0] == 1  # without the waivers it is new


def test_waivers_and_baseline_are_told_side_by_side(office: Office) -> None:
    """Known, worse and new are all fails; each says how many of them are waived as well."""
    path, excused = office.table(rows(甲社区=100)), waived(office)
    code, text = office.check(path, *excused)
    assert code == 1 and "2 known (1 waived), 1 new" in text
    report = json.loads(office.check(path, *excused, "--format", "json")[1])
    found = report["summary"]["baseline"]
    assert sum(found[state] for state in ("known", "worse", "rule_changed", "new")) == 3
    assert (found["waived"], report["summary"]["waived"]) == ({"known": 1}, 1)
    ended = office.check(path, *waived(office, "2023-06-30"), "--format", "markdown")[1]
    assert "excused no longer; what the baseline holds" in ended


# What a hand made of a fail that observed 250 where 400 are required, and misses 150; True where a check may give it.
EDITED: list[tuple[dict[str, Any], bool]] = [
    ({"observed": 450.0}, False),  # met, and held as a fail
    ({"observed": [100.0, 450.0]}, False),  # perhaps met
    ({"observed": [300.0, 250.0], "shortfall": 150.0}, False),
    ({"required": [500.0, 400.0]}, False),
    ({"required": None}, False),
    ({"required": None, "shortfall": None}, False),
    ({"shortfall": 15.0}, False),
    ({"shortfall": -150.0}, False),
    ({"shortfall": 1500.0}, False),
    ({"observed": None}, False),
    ({"observed": [None, 250.0]}, True),
    ({"observed": [100.0, 240.0], "shortfall": 160.0}, True),
    ({"observed": [100.0, 240.0], "shortfall": 150.0}, False),
    ({"observed": 600.0, "shortfall": 200.0}, True),  # too much, by another comparison
    ({"shortfall": None}, True),
    ({"observed": None, "shortfall": None}, True),
    ({"outcome": "pass"}, False),
    ({"outcome": "failed"}, False),
]


@pytest.mark.parametrize("laid_out", ["as written", "otherwise"])
def test_figures_that_no_check_gives_are_refused_before_anything_is_judged(laid_out: str, office: Office) -> None:
    office.write(office.table(rows()))
    written = json.loads(office.baseline.read_text("utf-8"))
    at = next(k for k, one in enumerate(written["fails"]) if one["observed"] == 250.0)
    path = str(office.baseline)
    for change, good in EDITED:
        fails = [one | (change if k == at else {}) for k, one in enumerate(written["fails"])]
        if laid_out == "as written":
            text = Path(path).read_text("utf-8").split('"fails": [\n')[0] + '"fails": [\n'
            text += ",\n".join(json.dumps(one, ensure_ascii=False) for one in fails) + "]\n}\n"
        else:
            text = json.dumps({**written, "fails": fails}, indent=1, ensure_ascii=False)
        office.baseline.write_text(text, "utf-8")
        assert (run(["baseline", "show", path, "--lang", "en"]) != 2) == good, change
        office.run("rules", "list")  # and what was said until then
        code, said = office.check(office.table(rows()) if good else "no_such_return.xlsx")
        assert (code != 2) == good, change
        if not good:
            assert f"entry {at + 1} of fails" in said and len(said.strip().splitlines()) == 1


# A rule, and what returns report to it: whatever a check makes of them, its baseline is read back.
KINDS: list[dict[str, Any]] = [
    {"indicator": "facility_area", "at_least": "400 m2"},
    {"indicator": "facility_area", "more_than": "300 m2"},
    {"indicator": "facility_area", "at_most": "300 m2"},
    {"indicator": "facility_area", "less_than": "300 m2"},
    {"indicator": "facility_area", "between": [320, 380]},
    {"indicator": "facility_area", "equals": "333 m2", "tolerance": "5 m2"},
    {"indicator": "facility_area / households", "at_least": "30 m2/100 households"},
    {"indicator": "facility_area > 310 m2", "is": True},
    {"indicator": "share(facility_area >= 400 m2)", "at_least": "90%", "by": ["county", "street"]},
    {"indicator": "sum(facility_area)", "at_most": "100 m2", "by": ["county"]},
]


def test_what_checks_write_is_read_back(office: Office) -> None:
    usual = {"title": "面积", "clause": "一", "applies_to": "community", "severity": "mandatory"}
    body = json.loads((office.folder / "own.yaml").read_text("utf-8"))
    body["rules"] = [{"id": f"OW-{n}", **usual, **rule} for n, rule in enumerate(KINDS, 1)]
    (office.folder / "own.yaml").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    figures = [250, 300, "300余", "近400", "不足390", "约340", 333.3333, 337.99, "", 400, 1e-3, 0, "不少于310"]
    lines = ["县区,街道,社区名称,综合服务设施面积(㎡),户数"]
    lines += [f"河口区,新户镇,第{k}社区,{area},{k * 90}" for k, area in enumerate(figures)]
    path = office.folder / "kinds.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    office.write(str(path))
    held = json.loads(office.baseline.read_text("utf-8"))["fails"]
    assert {one["rule"] for one in held} == {f"OW-{n}" for n in range(1, len(KINDS) + 1)}
    code, said = office.run("check", str(path), "--baseline", str(office.baseline))
    assert code in (0, 3) and "no fail that is new or worse" in said
    assert run(["baseline", "show", str(office.baseline), "--lang", "en", "--details"]) == 0


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有这个基线文件"), ("en", "there is no baseline")])
def test_a_baseline_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str) -> None:
    (tmp_path / "r.csv").write_text("县区,社区名称,社区类型,户数\n和平区,甲社区,城市社区,900\n", "utf-8")
    call = ["check", str(tmp_path / "r.csv"), "--region", "沈阳市", "--baseline", str(tmp_path / "none.json")]
    assert run([*call, "--lang", lang]) == 2
    assert words in capsys.readouterr().err
