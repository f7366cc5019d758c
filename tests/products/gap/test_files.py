"""Files of ``gap``: in each of them the figures are those of the JSON, regions add up, and Excel works them out."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from lxml import html

from communitycheck.cli.run import run
from communitycheck.products.gap.workbook.names import SheetNames, quoted
from planning.plans import RULES, random_rows, standard, write

OFFICE = shutil.which("soffice")
PRICES = """costs:
  - {lever: facility_area, method: {zh: 新建, en: built}, price: 3500 yuan/m2}
  - {lever: facility_area, method: {zh: 租赁, en: rented}, price: 210.7 yuan/m2, running: 9 yuan/m2/year}
  - {lever: service_windows, method: {zh: 新设, en: set up}, price: 0.4 万元/个}
"""
SHARE = {"by": "county", "indicator": 'share(meets("S-1"))', "at_least": "95%"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of each kind, of a return with blanks and a subject that stands in it twice."""
    place = tmp_path_factory.mktemp("gap")
    rng = random.Random(11)
    rows = random_rows(rng, 60)
    for row in rows:
        if rng.random() < 0.2:
            row[rng.choice(["facility_area", "households", "population", "service_windows"])] = ""
    (place / "costs.yaml").write_text(PRICES, "utf-8")
    path = write(place, rows)
    names = [f"gap.{kind}" for kind in ("xlsx", "html", "docx", "json", "csv", "md", "txt")]
    out = [word for name in names for word in ("-o", str(place / name))]
    words = ["--standard", str(standard(place, [*RULES, SHARE])), "--costs", str(place / "costs.yaml")]
    words += ["--budget", "60000 yuan", "--objective", "most-people", "--lang", "en", "--as-of", "2023-12-31"]
    assert run(["gap", str(path), *words, *out]) == 0
    return place


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "gap.json").read_text("utf-8"))
    return found


def printed(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def test_regions_add_up(told: dict[str, Any]) -> None:
    assert {one["lever"] for one in told["levers"]} > {"facility_area", "service_windows"}
    for lever in told["levers"]:
        for level in ("street", "county"):
            mine = [one for one in told["regions"] if (one["lever"], one["level"]) == (lever["lever"], level)]
            for key in ("at_least", "at_most", "short", "open", "none", "without_upper_end"):
                assert sum(one[key] for one in mine) == pytest.approx(lever[key], abs=1e-6), key
            if lever["cost"]:
                assert sum(one["cost"]["at_least"] for one in mine) == pytest.approx(
                    lever["cost"]["at_least"], abs=0.01 * len(mine)
                )


def test_csv(folder: Path, told: dict[str, Any]) -> None:
    rows = list(csv.DictReader((folder / "gap.csv").open(encoding="utf-8-sig")))
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        for region in row["region"].split("/"):
            sums[row["lever"], region] += float(row["at least"] or 0)
    label = {one["lever"]: one["label"] for one in told["levers"]}
    for one in told["regions"]:
        if one["level"] == "county":
            assert sums[label[one["lever"]], one["region"][-1]] == pytest.approx(one["at_least"], abs=1e-6)


@pytest.mark.parametrize("name", ["gap.html", "gap.docx", "gap.md", "gap.txt"])
def test_pages(name: str, folder: Path, told: dict[str, Any]) -> None:
    """Each county with its amount, and the whole."""
    path = folder / name
    if name == "gap.docx":
        rows = [[cell.text for cell in row.cells] for table in Document(str(path)).tables for row in table.rows]
    elif name == "gap.html":
        page = html.fromstring(path.read_text("utf-8"))
        rows = [[cell.text_content() for cell in row] for row in page.iter("tr")]
        assert not page.xpath("//script") and not page.xpath("//*[@src]")
    else:
        rows = [re.split(r"\s{2,}|\s*\|\s*", line.strip(" |")) for line in path.read_text("utf-8").splitlines()]
    amounts = {(row[0], cell) for row in rows for cell in row[1:]}
    units = {
        one["lever"]: {"m2": " m²", "persons": " persons", "items": " items"}[one["unit"]] for one in told["levers"]
    }
    listed = told["levers"] if name in ("gap.html", "gap.md", "gap.txt") else told["levers"][:1]
    for one in [*(r for r in told["regions"] if r["level"] == "county"), *({**x, "region": ["total"]} for x in listed)]:
        if one["lever"] in {x["lever"] for x in listed} and one["at_least"] > 1:
            assert (one["region"][-1], printed(one["at_least"]) + units[one["lever"]]) in amounts
    assert printed(told["budget"]["spent"]) in "".join(cell for row in rows for cell in row) or name == "gap.docx"


def sums_of(path: Path) -> dict[str, dict[str, list[float]]]:
    """Lever -> region -> the figures of the first sheet: short, to add, at most, no upper end, cost at least and at
    most, in the budget."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    found: dict[str, dict[str, list[float]]] = {}
    lever = before = ""
    for row in sheet.iter_rows(values_only=True):
        if row[0] == "county":
            lever = before
            found[lever] = {}
        elif lever and isinstance(row[2], int | float):
            found[lever][str(row[0])] = [float(x or 0) for x in row[2:9]]  # type: ignore[arg-type]
        before = str(row[0])
    return found


def check_sums(found: dict[str, dict[str, list[float]]], told: dict[str, Any]) -> None:
    assert len(found) == len(told["levers"])
    for lever in told["levers"]:
        mine = next(rows for title, rows in found.items() if title.startswith(lever["label"]))
        for one in told["regions"]:
            if one["lever"] == lever["lever"] and one["level"] == "county":
                short, add, most, endless, cost, cost_most, _ = mine[one["region"][-1]]
                assert (short, endless) == (one["short"], one["without_upper_end"])
                assert (add, most) == pytest.approx((one["at_least"], one["at_most"]), abs=1e-6)
                assert cost == pytest.approx(one["cost"]["at_least"] if one["cost"] else 0, abs=0.5)
                if not endless:
                    assert cost_most == pytest.approx(one["cost"]["at_most"] if one["cost"] else 0, abs=0.5)
        assert mine["total"][1] == pytest.approx(lever["at_least"], abs=1e-6)
        parts = [figures for name, figures in mine.items() if name != "total"]
        assert mine["total"] == pytest.approx([sum(column) for column in zip(*parts, strict=True)])
    gives = {x["lever"]: 0.0 for x in told["levers"]}
    for one in told["chosen"]:
        for add in one["add"]:
            gives[add["lever"]] += add["amount"]
    for lever in told["levers"]:
        mine = next(rows for title, rows in found.items() if title.startswith(lever["label"]))
        assert mine["total"][6] == pytest.approx(gives[lever["lever"]])


def test_the_workbook_shows_the_sums(folder: Path, told: dict[str, Any]) -> None:
    check_sums(sums_of(folder / "gap.xlsx"), told)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice works the formulas out")
def test_its_formulas_come_to_the_same(folder: Path, told: dict[str, Any], tmp_path: Path) -> None:
    """Without the values that we wrote beside them, and with another price."""
    assert OFFICE is not None
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(folder / "gap.xlsx") as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if "worksheets/sheet" in name:
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            target.writestr(name, text)
    assert not any(any(any(row) for row in rows.values()) for rows in sums_of(bare).values())
    home, kind = f"-env:UserInstallation=file://{tmp_path}/office", "xlsx:Calc MS Excel 2007 XML"
    words = [OFFICE, home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(bare)]
    subprocess.run(words, check=True, capture_output=True, timeout=170)
    check_sums(sums_of(tmp_path / "out" / "bare.xlsx"), told)


def test_counties_add_up_to_their_cities(tmp_path: Path) -> None:
    """Each subtotal is the sum of the rows above it that are none, back to where its city begins."""
    cities = {"沈阳市": ("和平区", "沈河区"), "大连市": ("中山区", "西岗区", "沙河口区")}
    places = [(city, county) for city, counties in cities.items() for county in counties]
    lines = ["市,县区,社区名称,社区类型,综合服务设施面积(㎡)"]
    lines += [f"{city},{county},第{n}社区,城市,{300 + 7 * n}" for n, (city, county) in enumerate(places * 2)]
    (tmp_path / "return.csv").write_text("\n".join(lines) + "\n", "utf-8")
    words = ["--standard", "liaoning-2021", "--select", "LN-01", "--lang", "zh", "-o", str(tmp_path / "gap.xlsx")]
    assert run(["gap", str(tmp_path / "return.csv"), *words]) == 0
    shown, formulas = (openpyxl.load_workbook(tmp_path / "gap.xlsx", data_only=d).worksheets[0] for d in (True, False))
    found = {}
    for row in range(1, formulas.max_row + 1):
        told = re.fullmatch(r"=SUBTOTAL\(9,\$D\$(\d+):\$D\$(\d+)\)", str(formulas.cell(row, 4).value))
        if told:
            inside = range(int(told[1]), int(told[2]) + 1)
            parts = [shown.cell(k, 4).value for k in inside if "SUBTOTAL" not in str(formulas.cell(k, 4).value)]
            found[str(shown.cell(row, 1).value)] = (len(parts), sum(parts), shown.cell(row, 4).value)
    amounts = [(city, 100 - 7 * n) for n, (city, _) in enumerate(places * 2)]
    sums = {city: sum(more for name, more in amounts if name == city) for city in ("沈阳市", "大连市")}
    assert found == {
        "沈阳市": (2, sums["沈阳市"], sums["沈阳市"]),
        "大连市": (3, sums["大连市"], sums["大连市"]),
        "合计": (5, sum(sums.values()), sum(sums.values())),
    }


def test_names_of_sheets() -> None:
    names = SheetNames()
    assert [names.new(one) for one in ("和平区", "和平区", "a/b", "A b", "'x'", "", "History")] == [
        "和平区", "和平区 (2)", "a b", "A b (2)", "x", "—", "History (2)",
    ]  # fmt: skip
    assert len(names.new("很" * 40)) == 31 and len(names.new("很" * 40)) == 31
    assert quoted("O'Neil") == "'O''Neil'"


def test_what_may_not_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(folder / "return.csv")
    for words, told in (
        (["-o", path], "return.csv"),
        (["-o", str(folder / "gap.pdf")], ".xlsx"),
        (["-o", str(folder / "costs.yaml"), "--costs", str(folder / "costs.yaml")], "costs.yaml"),
        (["-o", str(folder / "no" / "gap.html")], "create it"),
    ):
        assert run(["gap", path, *words, "--lang", "en"]) == 2
        caught = capsys.readouterr()
        assert told in caught.err and not caught.out
    (folder / "mine.md").write_text("my own notes", "utf-8")
    assert run(["gap", path, "-o", str(folder / "mine.md"), "--lang", "en"]) == 2
    assert (folder / "mine.md").read_text("utf-8") == "my own notes"


def test_what_was_written_is_no_return(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(folder), "--standard", str(folder / "plan.yaml"), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert [Path(one["path"]).name for one in found["run"]["returns"]] == ["return.csv"]
