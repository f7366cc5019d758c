"""The identities between the published figures: none missing, each with the result that the documents give."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Verdict
from communitycheck.model.standard import Standard
from communitycheck.standards.choose import open_rule_book
from each import each
from paths import SAMPLES, SHARED

HERE = Path(__file__).parent
SAMPLE = SAMPLES / "published_figures.xlsx"
DOMAIN = SHARED / "domain" / "standards.yaml"
IDS = (HERE / "identity_ids.txt").read_text("utf-8").split()
RESULTS: dict[str, list[str]] = yaml.safe_load((HERE / "results.yaml").read_text("utf-8"))
DOCUMENTS = {"I0": "SY2023", "I1": "SY2023", "I2": "SY2023", "I3": "AH2019", "I4": "WC2021", "I5": "PZH2018"}
DOCUMENT = {**{i: DOCUMENTS.get(i[:2], "") for i in IDS}, "I60": "LN2021", "I61": "SY2023"}


@pytest.fixture(scope="module")
def standard() -> Standard:
    return open_rule_book().standard("published-figures")


@pytest.fixture(scope="module")
def report() -> Report:
    return check(SAMPLE, ["published-figures"])


@pytest.fixture(scope="module")
def verdicts(report: Report) -> dict[str, list[Verdict]]:
    """Identity -> its verdicts, those of other documents left out."""
    found: dict[str, list[Verdict]] = {i: [] for i in IDS}
    for verdict in report.verdicts(all_outcomes=True):
        if verdict.outcome != Outcome.NOT_APPLICABLE:
            for entry in verdict.rule.entries:
                found[entry].append(verdict)
    return found


def test_the_list_of_identities_is_whole() -> None:
    assert len(IDS) == len(set(IDS)) == 47
    assert sorted(i for ids in RESULTS.values() for i in ids) == sorted(IDS)


@pytest.mark.skipif(not DOMAIN.is_file(), reason="the study of the documents is not at hand")
def test_the_results_are_those_of_the_study() -> None:
    studied = yaml.safe_load(DOMAIN.read_text("utf-8"))["identities"]
    assert {i["id"]: i["result"].lower() for i in studied} == {i: k for k, ids in RESULTS.items() for i in ids}


@each("identity", IDS)
def test_every_identity_has_a_rule(standard: Standard, identity: str) -> None:
    rules = [r for r in standard.rules if identity in r.entries]
    assert rules, f"no rule carries {identity}"
    for rule in rules:
        assert rule.id.split("-")[0] == identity
        assert rule.manual is None
        assert rule.clause


def test_no_rule_carries_anything_else(standard: Standard) -> None:
    assert {e for r in standard.rules for e in r.entries} == set(IDS)


@each("identity", IDS)
def test_an_identity_comes_out_as_the_documents_have_it(verdicts: dict[str, list[Verdict]], identity: str) -> None:
    result = next(k for k, ids in RESULTS.items() if identity in ids)
    expected = Outcome.PASS if result in ("holds", "compatible") else Outcome.FAIL
    found = verdicts[identity]
    assert {v.outcome for v in found} == {expected}
    assert {v.subject.name for v in found} == {DOCUMENT[identity]}
    severities = {v.rule.severity for v in found}
    if result == "warn":
        assert severities == {"advisory"}
    if result == "fails":
        assert severities == {"mandatory"}
    if result in ("warn", "fails"):
        assert all(v.rule.note.zh and v.rule.note.en for v in found)


def test_the_report_says_that_figures_contradict_each_other(report: Report) -> None:
    assert [s.id for s in report.standards] == ["published-figures"]
    assert report.exit_code == 1
    assert report.outcomes()[Outcome.NO_DATA] == 0
    assert report.outcomes()[Outcome.ERROR] == 0
    assert all(r.checked for r in report.results)


def test_the_grid_organisations_are_ten_short(verdicts: dict[str, list[Verdict]]) -> None:
    (verdict,) = verdicts["I02"]
    assert (verdict.observed, verdict.required, verdict.shortfall) == (7338.0, 7348.0, 10.0)
    assert "7102" in verdict.rule.note.zh and "256" in verdict.rule.note.zh


def test_all_cities_are_not_eleven_cities(verdicts: dict[str, list[Verdict]]) -> None:
    (verdict,) = verdicts["I33"]
    assert (verdict.observed, verdict.required) == (0.688, 1.0)


@pytest.mark.parametrize(("identity", "counts"), [("I14", 2.0), ("I15", 2.0)])
def test_the_rates_stand_for_whole_communities(
    verdicts: dict[str, list[Verdict]], identity: str, counts: float
) -> None:
    (verdict,) = verdicts[identity]
    assert verdict.observed == counts


def test_a_bound_is_judged_as_a_bound(verdicts: dict[str, list[Verdict]]) -> None:
    (verdict,) = verdicts["I34"]
    assert verdict.required == pytest.approx((45000.0, 46000.0))
