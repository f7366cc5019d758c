"""The report in two screens: every rule with fails is named, the largest gap first, with the area short of most."""

from __future__ import annotations

from collections import Counter

import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.reporting.totals.gaps import gaps
from communitycheck.reporting.totals.rules import failed_of
from communitycheck.reporting.words.numbers import count
from paths import SAMPLES

SCREENS = 100  # lines of two tall terminal windows


@pytest.fixture(scope="module", params=["panzhihua_2020.xlsx", "shenyang_2023.xlsx", "shenyang_liaoning_mixed.csv"])
def sample(request: pytest.FixtureRequest) -> Report:
    if not (SAMPLES / request.param).exists():
        pytest.skip("no sample returns")
    return check([str(SAMPLES / request.param)])


@pytest.mark.parametrize("lang", LANGS)
def test_it_fits_two_screens_and_names_every_rule_with_fails(sample: Report, lang: Lang) -> None:
    text = "".join(render(sample, "text", lang, width=100))
    assert len(text.splitlines()) <= SCREENS
    failing = [r.rule.id for r in sample.results if r.checked and r.counts()[Outcome.FAIL]]
    assert failing and all(rule in text for rule in failing)
    outcomes = sample.outcomes()
    for outcome in (Outcome.FAIL, Outcome.NO_DATA):
        assert count(outcomes[outcome]) in text
    assert f"{sample.exit_code}" in text.splitlines()[0]


def test_the_largest_gap_comes_first_and_the_area_is_the_one_that_is_short_of_most(sample: Report) -> None:
    found = gaps(sample)
    assert [g.rank for g in found] == sorted(g.rank for g in found)
    amounts = [g.tally.to_mend[0] or 0.0 for g in found if g.tally.to_mend[1] == "m2"]
    assert amounts == sorted(amounts, reverse=True)
    for gap in found:
        result = gap.tally.result
        fails = [v for v in result.verdicts() if v.outcome is Outcome.FAIL]
        by_county: Counter[str] = Counter()
        by_lever = any(verdict.add is not None for verdict in fails)
        least = [] if result.least is None else result.least[failed_of(result)].tolist()  # what is missing for certain
        for k, verdict in enumerate(fails):
            amount = least[k] if by_lever and least[k] == least[k] else 0.0 if by_lever else verdict.shortfall
            by_county[verdict.subject.region[1] if len(verdict.subject.region) > 1 else ""] += (
                (amount or 0.0) if gap.area_amount is not None else 1
            )
        name, most = by_county.most_common(1)[0]
        assert len(fails) == gap.tally.failed
        if sum(amount == most for amount in by_county.values()) == 1 and len(by_county) > 1:
            assert gap.area[-1] == name
            assert most == pytest.approx(gap.area_fails if gap.area_amount is None else gap.area_amount)


@pytest.mark.parametrize("lang", LANGS)
def test_long_lists_come_with_details_alone(sample: Report, lang: Lang) -> None:
    short, long = ("".join(render(sample, "text", lang, details=d)) for d in (False, True))
    assert len(long.splitlines()) > 1.5 * len(short.splitlines())


def test_a_limit_is_printed_whole_and_in_words() -> None:
    report = check([str(SAMPLES / "panzhihua_2020.xlsx")], select=["PZ-21", "PZ-22"])
    for details in (False, True):
        text = "".join(render(report, "text", "zh", width=160, details=details))
        assert "≥ 常住人口每 5,000 人 1 个、至少 1 个" in text
        assert "≥ 综合服务窗口数 + 1" in text
        assert "…" not in text and "max(" not in text
