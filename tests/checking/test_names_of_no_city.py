"""东区, 郊区, 开发区: districts of which no name tells the city; a return that says no more is asked about."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check
from communitycheck.errors import UsageError
from communitycheck.messages import say
from communitycheck.model.places.place_names import tells_no_city

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "names_of_no_city.yaml").read_text("utf-8"))
REST = "社区名称,社区类型,综合服务设施面积（㎡）"


def _written(files: dict[str, list[str]], folder: Path) -> None:
    for name, lines in files.items():
        heads = 2 if lines[0].endswith("表") else 1
        rows = [f"{line},第{at}社区,城市社区,450" for at, line in enumerate(lines[heads:])]
        (folder / name).parent.mkdir(exist_ok=True)
        text = [*lines[: heads - 1], f"{lines[heads - 1]},{REST}", *rows]
        (folder / name).write_text("\n".join(text) + "\n", encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_district_that_many_cities_have_is_placed_by_what_else_is_said(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written(case["files"], tmp_path)
    monkeypatch.chdir(tmp_path)
    paths = [Path(name) for name in case["files"]]
    if "inside" not in case:
        with pytest.raises(UsageError) as caught:
            check(paths, as_of=date(2020, 12, 31), region=case.get("region"))
        error = caught.value
        told = [say(error.code, lang, **error.values) for lang in ("zh", "en")]
        if "option" in case:
            assert error.code == "region-word-tells-no-city"
            assert all(case["option"] in text and "--region" in text for text in told)
            return
        place, at = case["asks"]
        assert (error.code, error.values["place"], error.values["at"]) == ("region-tells-no-city", place, at)
        assert all(place in text and at in text and "panzhihua-2018 (攀枝花市)" in text for text in told)
        return
    report = check(paths, as_of=date(2020, 12, 31), region=case.get("region"))
    assert [standard.id for standard in report.standards] == ["panzhihua-2018"]
    (governed,) = report.governed["panzhihua-2018"]
    assert len(governed) == case["inside"]
    lacking = [n.values["regions"] for n in report.notices if n.code == "regions-missing"]
    assert case.get("lacking") in (None, *lacking)
    assert ("records-in-no-jurisdiction" in {n.code for n in report.notices}) == ("lacking" in case)


@pytest.mark.parametrize("name", ["东区", "西区", "南区", "北区", "城区", "新区", "郊区", "矿区", "开发区", "东區"])
def test_a_side_or_a_common_word_tells_no_city(name: str) -> None:
    assert tells_no_city(name)


@pytest.mark.parametrize("name", ["铁东区", "大东区", "沈北新区", "西市区", "和平区", "南县", "东市", "浦东新区", "区"])
def test_a_name_of_its_own_may_tell_one(name: str) -> None:
    assert not tells_no_city(name)
