"""Files of waivers that are refused, each with the words that it draws; nothing is judged before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check
from communitycheck.errors import RuleFileError
from communitycheck.messages import LANGS, say
from planning.waivers.cases import GOOD, entry_text, own_standard

WRONG: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "wrong.yaml").read_text("utf-8"))


def refused(folder: Path, text: str) -> RuleFileError:
    """The fault of a file of waivers; of the return that is not there nobody speaks."""
    file = folder / "w.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(RuleFileError) as caught:
        check([str(folder / "none.csv")], own_standard(folder), waivers=file)
    return caught.value


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["name"])
def test_wrong_files(case: dict[str, Any], tmp_path: Path) -> None:
    fault = refused(tmp_path, "waivers:\n" + entry_text(case.get("entry", ""), without=case.get("without", "")))
    told = {}
    for lang in LANGS:
        colon = "：" if lang == "zh" else ": "
        told[lang] = f"{Path(fault.file).name}:{fault.line} {fault.key}{colon}{say(fault.code, lang, **fault.values)}"
    assert told == {lang: case[lang] for lang in LANGS}
    assert not fault.others


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    entries = ("rule: X-1", "until: 2023", 'approver: " "')
    fault = refused(tmp_path, "waivers:\n" + "".join(map(entry_text, entries)))
    told = [(one.code, one.line) for one in (fault, *fault.others)]
    assert told == [("rule-file-date", 11)]  # what has no shape is told first
    fault = refused(tmp_path, "waivers:\n" + "".join(map(entry_text, (entries[0], "subject: {}", entries[2]))))
    told = [(one.code, one.line) for one in (fault, *fault.others)]
    assert told == [("waiver-rule-unknown", 2), ("waiver-subject", 8), ("waiver-blank", 15)]


def test_one_of_a_rule_and_a_subject_at_a_time(tmp_path: Path) -> None:
    later = entry_text('from: "2024-06-01"').replace("2024-05-31", "2024-12-31")
    first = entry_text("")
    assert refused(tmp_path, "waivers:\n" + first + first).code == "waiver-twice"
    (tmp_path / "w.yaml").write_text("waivers:\n" + first + later, "utf-8")
    (tmp_path / "r.csv").write_text("县区,社区名称,户数\n和平区,甲社区,30\n", "utf-8")
    assert check([str(tmp_path / "r.csv")], own_standard(tmp_path), waivers=tmp_path / "w.yaml").waivers is not None


@pytest.mark.parametrize("text", ["", "waivers: 3\n", "- rule: W-1\n", "waivers:\n  - rule: [\n", "waiver: []\n"])
def test_files_of_another_kind(text: str, tmp_path: Path) -> None:
    fault = refused(tmp_path, text)
    assert all("规则文件" not in say(one.code, "zh", **one.values) for one in (fault, *fault.others))


def test_an_empty_list_waives_nothing(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("waivers: []\n", "utf-8")
    (tmp_path / "r.csv").write_text("县区,社区名称,户数\n和平区,甲社区,30\n", "utf-8")
    report = check([str(tmp_path / "r.csv")], own_standard(tmp_path), waivers=tmp_path / "w.yaml")
    assert (report.exit_code, report.waived) == (1, 0)
    assert GOOD["rule"] == "W-1"
