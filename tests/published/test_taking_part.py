"""A standard for the whole country covers every record, and speaks only of the kinds of subject that it judges."""

from __future__ import annotations

from datetime import date

import pytest

from communitycheck.check import check
from communitycheck.checking import judge_all
from communitycheck.checking.run import Judgement
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.errors import UsageError
from communitycheck.model.standard import Locality
from communitycheck.standards.choose import open_rule_book
from paths import SAMPLES

BOOK = open_rule_book()
DOCUMENT = {"document": "SY2023", "sy_communities": 1153}
COMMUNITY = {"city": "沈阳市", "community": "一社区", "community_type": "urban", "facility_area": 700.0}
STRAY = {"city": "南京市", "community": "二社区", "community_type": "urban", "facility_area": 700.0}


def judged(*records: tuple[str, dict[str, object]], region: Locality | None = None) -> Judgement:
    standards = BOOK.all()
    dictionary = BOOK.dictionary.with_fields(BOOK.standard("published-figures").fields or {})
    tables = [table_from_records([record], dictionary, entity) for entity, record in records]
    return judge_all(
        tables, standards, dictionary, date(2023, 12, 31), chosen=False, region=region,
        known=[s.jurisdiction for s in standards],
    )  # fmt: skip


def test_it_stays_out_of_ordinary_returns() -> None:
    report = check(SAMPLES / "shenyang_liaoning_mixed.csv")
    assert "published-figures" not in [s.id for s in report.standards]
    assert not [r for r in report.results if r.rule.standard == "published-figures"]


def test_it_takes_part_where_a_document_is_returned() -> None:
    report = check(SAMPLES / "published_figures.xlsx")
    assert [s.id for s in report.standards] == ["published-figures"]


def test_beside_communities_each_standard_has_its_own_records() -> None:
    found = judged(("community", COMMUNITY), ("document", DOCUMENT))
    assert {"published-figures", "shenyang-2023"} <= {s.id for s in found.standards}
    assert {r.rule.applies_to for r in found.results if r.rule.standard == "published-figures"} == {"document"}
    assert not found.notices


def test_it_does_not_hide_that_records_lie_in_no_jurisdiction() -> None:
    found = judged(("community", COMMUNITY), ("document", DOCUMENT), ("community", STRAY))
    assert [n.code for n in found.notices] == ["records-in-no-jurisdiction"]
    assert found.notices[0].values["count"] == 1


def test_where_nothing_tells_the_region_it_is_no_choice() -> None:
    with pytest.raises(UsageError) as caught:
        judged(("community", {"community": "三社区", "facility_area": 700.0}))
    assert caught.value.code == "region-needed"
    assert "liaoning-2021" in caught.value.values["known"]
    assert "published-figures" not in caught.value.values["known"]
