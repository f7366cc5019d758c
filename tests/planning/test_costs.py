"""Files of prices: refused with the line at fault, and turned into money for one unit of the lever by their units."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from communitycheck.errors import RuleFileError
from communitycheck.messages import LANGS, say
from communitycheck.model.places.regions import RegionIndex
from communitycheck.planning.costs import Costs, money_of
from communitycheck.planning.regions import region_needs, whole_need
from communitycheck.products.costs_file import load_costs
from communitycheck.standards.choose import open_rule_book, whole_dictionary
from planning.plans import needs, random_rows, standard, write

# The entry, the key at fault and the code; each stands in the second line of the list.
WRONG = [
    ("{lever: facilty_area, method: 新建, price: 3500 yuan/m2}", "lever", "costs-lever"),
    ("{lever: community_type, method: 新建, price: 3500 yuan/m2}", "lever", "costs-lever"),
    ("{lever: facility_area, method: 新建, price: 3500 yuan}", "price", "costs-unit"),
    ("{lever: facility_area, method: 新建, price: 3500 m2}", "price", "costs-unit"),
    ("{lever: facility_area, method: 新建, price: 3500}", "price", "costs-unit"),
    ("{lever: facility_area, method: 新建, price: 20 元/人}", "price", "costs-unit"),
    ("{lever: facility_area, method: 新建, price: '3,500 元/㎡'}", "price", "costs-unit"),
    ("{lever: facility_area, method: 新建, price: 3500 yuan/m2, running: 60 yuan/m2}", "running", "costs-unit"),
    ("{lever: facility_area, method: 租, price: 1 yuan/m2, cost: 3}", "cost", ""),
    ("{lever: facility_area, price: 3500 yuan/m2}", "method", ""),
    ("{lever: facility_area, method: 租赁, price: 9 yuan/m2}", "method", "costs-twice"),
]


def loaded(folder: Path, text: str) -> Costs:
    (folder / "costs.yaml").write_text(text, "utf-8")
    book = open_rule_book(None, [])
    return load_costs(folder / "costs.yaml", whole_dictionary(book, book.all()))


@pytest.mark.parametrize(("entry", "key", "code"), WRONG)
def test_wrong_files(entry: str, key: str, code: str, tmp_path: Path) -> None:
    first = "{lever: facility_area, method: 租赁, price: 200 yuan/m2}"
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, f"costs:\n  - {first}\n  - {entry}\n")
    fault = caught.value
    assert (fault.line, not code or fault.code == code) == (3, True)
    told = [say(fault.code, lang, **fault.values) for lang in LANGS]
    assert key in f"{fault.key} {fault.values}" and not any("{" in text for text in told)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, "costs:\n" + "".join(f"  - {entry}\n" for entry, _, code in WRONG[:6] if code))
    lines = [caught.value.line, *(one.line for one in caught.value.others if one.code != "costs-twice")]
    assert lines == [*range(2, 8)]


@pytest.mark.parametrize(
    ("price", "yuan"),
    [("3500 yuan/m2", 3500), ("0.35 万元/平方米", 3500), ("35 yuan/m2", 35), ("666 元/亩", 0.999), ("1 万元/ha", 1)],
)
def test_units_make_the_price(price: str, yuan: float, tmp_path: Path) -> None:
    (one,) = loaded(tmp_path, f"costs:\n  - {{lever: facility_area, method: 新建, price: {price}}}\n").prices
    assert one.price == pytest.approx(yuan, rel=1e-9)


def test_money_adds_up_and_takes_the_cheapest(tmp_path: Path) -> None:
    rng = random.Random(5)
    rows = random_rows(rng, 60)
    for row in rows:
        row["facility_area"] = rng.choice([row["facility_area"], ""])
    costs = loaded(
        tmp_path,
        "costs:\n  - {lever: facility_area, method: 新建, price: 3500 yuan/m2, running: 60 yuan/m2/year}\n"
        "  - {lever: facility_area, method: 租赁, price: 200 yuan/m2}\n",
    )
    assert [one.price for one in costs.of("facility_area")] == [200, 3500]
    area = next(n for n in needs(write(tmp_path, rows), standard(tmp_path)).levers if n.lever.key == "facility_area")
    whole = money_of(whole_need(area), 200)
    assert whole.least == pytest.approx(200 * area.least.sum())
    parts = [money_of(one, 200) for one in region_needs(area, "street", RegionIndex())]
    assert sum(one.least for one in parts) == pytest.approx(whole.least)
    assert sum(one.most for one in parts) == pytest.approx(whole.most)
    assert costs.of("outdoor_area") == []
