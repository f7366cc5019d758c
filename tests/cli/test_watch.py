"""``watch``: what is there is judged, then what changes, each once and not before it is written; Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from communitycheck.cli.run import Stopped, run

HEAD = "市,社区名称,社区类型,综合服务设施面积\n"
WORDS = ["watch", "in", "--standard", "liaoning-2021", "--lang", "en"]


@pytest.fixture
def looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What happens between two looks; after the last Ctrl-C is pressed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    write("a.csv", 399)

    def happening(*steps: Callable[[], object], number: int = signal.SIGINT) -> None:
        left = list(steps)

        def wait(_: float) -> None:
            if not left:
                raise Stopped(number)
            left.pop(0)()

        monkeypatch.setattr("time.sleep", wait)

    return happening


def write(name: str, *areas: int) -> None:
    rows = "".join(f"鞍山市,社区{n},城市社区,{area}\n" for n, area in enumerate(areas))
    Path("in", name).write_text(HEAD + rows, encoding="utf-8")


def nothing() -> None:
    return None


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.split("  ", 1)[1] for line in capsys.readouterr().out.splitlines()]


def test_what_changes_is_judged_once(looks: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    looks(nothing, lambda: write("a.csv", 400, 500), nothing, nothing, lambda: write("b.csv", 1, 2), nothing)
    assert run(WORDS) == 0
    assert lines(capsys) == [
        f"in{os.sep}a.csv  1 failed, 0 could not be judged",
        "in (1 return)  not passed: 0 passed, 1 failed, 0 could not be judged",
        f"in{os.sep}a.csv  0 failed, 0 could not be judged",
        "in (1 return)  passed: 2 passed, 0 failed, 0 could not be judged",
        f"in{os.sep}b.csv  2 failed, 0 could not be judged",
        "in (2 returns)  not passed: 2 passed, 2 failed, 0 could not be judged",
    ]


def test_what_goes_is_said_and_the_rest_judged(looks: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    write("b.csv", 400)
    looks(nothing, lambda: Path("in", "a.csv").unlink(), nothing, lambda: Path("in", "b.csv").unlink(), nothing)
    assert run(WORDS) == 0
    assert lines(capsys)[-3:] == [
        f"in{os.sep}a.csv  gone",
        "in (1 return)  passed: 1 passed, 0 failed, 0 could not be judged",
        f"in{os.sep}b.csv  gone",
    ]


def test_what_belongs_together_is_judged_together(
    looks: Callable[..., None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of the city's communities in each file: a share of the whole is right only over both."""
    rule = "{id: H-1, title: {zh: 一, en: one}, clause: 一, applies_to: community, by: city, unit: ratio, "
    rule += "indicator: share(facility_area > 0), at_least: 60%, severity: mandatory}"
    head = "standard: half\ntitle: {zh: 半, en: half}\nsource: {document: 半, issuer: 半, date: 2020-01-01}\n"
    head += 'jurisdiction: {code: "210300", name: 鞍山市}\nin_force: {from: 2020-01-01}\nrules:\n  - '
    (tmp_path / "half.yaml").write_text(head + rule + "\n", encoding="utf-8")
    looks(nothing, lambda: write("b.csv", 9, 9, 9), nothing)
    write("a.csv", 0)
    assert run(["watch", "in", "--standard", "half.yaml", "--lang", "en"]) == 0
    whole = [line for line in lines(capsys) if line.startswith("in (")]
    assert whole == [
        "in (1 return)  not passed: 0 passed, 1 failed, 0 could not be judged",
        "in (2 returns)  passed: 1 passed, 0 failed, 0 could not be judged",
    ]


def test_what_is_still_being_written_waits(looks: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    looks(lambda: write("b.csv", 1), lambda: write("b.csv", 1, 2), lambda: write("b.csv", 1, 2, 3), nothing)
    assert run(WORDS) == 0
    assert [line for line in lines(capsys) if "b.csv" in line] == [f"in{os.sep}b.csv  3 failed, 0 could not be judged"]


def test_what_cannot_be_read_is_said_and_the_watch_goes_on(
    looks: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    looks(lambda: Path("in", "b.xlsx").write_bytes(b"PK\x03\x04"), nothing, lambda: write("c.csv", 400), nothing)
    assert run(WORDS) == 0
    out, err = capsys.readouterr()
    assert "c.csv  0 failed" in out and "b.xlsx" not in out and "(2 returns)  some could not be read" in out
    assert sum("b.xlsx" in line and line.startswith("error: ") for line in err.splitlines()) == 1


def test_a_return_without_a_region_does_not_end_it(
    looks: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in", "a.csv").write_text("社区名称,社区类型,综合服务设施面积\n甲社区,城市社区,400\n", encoding="utf-8")
    looks(nothing, lambda: write("a.csv", 400), nothing)
    assert run(["watch", "in", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert "--region" in err and "0 failed" in out


def test_a_standard_that_is_not_there_ends_it(looks: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    looks(nothing)
    assert run(["watch", "in", "--standard", "liaonin"]) == 2
    assert "liaoning-2021" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "begin", "end"), [("zh", "正在盯住 in", "已结束"), ("en", "watching in", "ended")])
def test_ctrl_c_ends_it(
    lang: str, begin: str, end: str, looks: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    looks()
    assert run([*WORDS[:-1], lang]) == 0
    err = capsys.readouterr().err.splitlines()
    assert begin in err[0] and end in err[-1]


def test_another_signal_is_no_end_that_was_meant(looks: Callable[..., None]) -> None:
    looks(number=signal.SIGTERM)
    assert run(WORDS) == 128 + signal.SIGTERM


@pytest.mark.usefixtures("looks")
@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["watch", "in/a.csv"], "错误：watch 要给出文件夹", "error: watch needs a folder"),
        (["watch", "nowhere"], "错误：watch 要给出文件夹", "error: watch needs a folder"),
        (["watch", "in", "--every", "0"], "错误：--every 至少为 1", "error: --every is 1 or more"),
    ],
)
def test_what_is_refused(words: list[str], zh: str, en: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, text in (("zh", zh), ("en", en)):
        assert run([*words, "--lang", lang]) == 2
        err = capsys.readouterr().err
        assert err.startswith(text) and err.count("\n") == 1


def test_what_is_waived_is_told_beside_the_fails(
    looks: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    entry = '{rule: LN-01, subject: {name: 社区0, region: 鞍山市}, reason: 在建, approver: 市局, until: "2100-12-31"}'
    Path("w.yaml").write_text(f"waivers:\n  - {entry}\n", encoding="utf-8")
    looks(nothing)
    assert run([*WORDS, "--waivers", "w.yaml"]) == 0
    assert lines(capsys) == [
        f"in{os.sep}a.csv  1 failed (1 waived), 0 could not be judged",
        "in (1 return)  passed: 0 passed, 1 failed (1 waived), 0 could not be judged",
    ]
