"""What an own rule file was compiled to is found again as long as nothing has changed, and never otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.errors import RuleFileError
from communitycheck.resources import data_dir
from communitycheck.standards import book, load_rule_book
from communitycheck.standards.compiled import kept
from paths import ROOT

RULES = data_dir("rules")
TEXT = (ROOT / "bench" / "eight_rules.yaml").read_text(encoding="utf-8")
UNITS = "units: {测点: items}\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rule file that one run has compiled."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "own.yaml"
    path.write_text(TEXT.replace("\nrules:", f"\n{UNITS}\nrules:"), encoding="utf-8")
    assert _read(path) == (True, 400.0)
    return path


def _read(path: Path) -> tuple[bool, float]:
    """Whether the file was compiled anew, and the limit of its first rule."""
    found = load_rule_book([RULES], [path])
    standard = found.standard("bench-eight")
    anew = "bench-eight" not in found.kept
    assert standard.file == standard.rules[0].file == str(path)
    assert repr(standard) == repr(load_rule_book([RULES], [path], anew=True).standard("bench-eight"))
    assert found.jurisdictions()
    threshold = standard.rules[0].threshold
    assert threshold is not None
    return anew, float(threshold.limits[0].value.value)  # type: ignore[union-attr, arg-type]


def _entry(path: Path) -> Path:
    [entry] = (path.parent / "state" / "communitycheck" / "standards").iterdir()
    return entry


def test_it_is_found_again_and_what_the_file_says_as_well(own: Path) -> None:
    assert _read(own) == (False, 400.0)
    found = load_rule_book([RULES], [own])
    assert [raw.id for raw in found.raws("bench-eight")] == [rule.id for rule in found.standard("bench-eight").rules]


def test_nothing_of_the_file_is_shaped_then(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_shaped", lambda _: pytest.fail("read again"))
    assert load_rule_book([RULES], [own]).standard("bench-eight").rules


def test_a_changed_byte_is_seen(own: Path) -> None:
    own.write_text(own.read_text(encoding="utf-8").replace("400 m2", "410 m2"), encoding="utf-8")
    assert _read(own) == (True, 410.0)
    assert _read(own) == (False, 410.0)


def test_other_code_is_seen(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_code", lambda: "another")
    assert _read(own) == (True, 400.0)


def test_what_is_not_sealed_by_this_user_is_as_good_as_none(own: Path) -> None:
    entry = _entry(own)
    whole = entry.read_bytes()
    entry.write_bytes(whole.replace(b"400.0", b"100.0", 1))
    assert _read(own) == (True, 400.0)
    entry.write_bytes(whole[:-20])
    assert _read(own) == (True, 400.0)
    entry.write_bytes(b"")
    assert _read(own) == (True, 400.0)
    (own.parent / "state" / "communitycheck" / "key").write_bytes(bytes(32))
    assert _read(own) == (True, 400.0)
    assert _read(own) == (False, 400.0)


def test_another_s_entry_under_its_name_is_as_good_as_none(own: Path) -> None:
    entry, other = _entry(own), own.with_name("other.yaml")
    other.write_text(TEXT.replace("400 m2", "100 m2"), encoding="utf-8")
    load_rule_book([RULES], [other]).standard("bench-eight")
    [further] = set(entry.parent.iterdir()) - {entry}
    entry.write_bytes(further.read_bytes())
    assert _read(own) == (True, 400.0)


def test_one_with_faults_is_never_kept(own: Path) -> None:
    entries = list(_entry(own).parent.iterdir())
    own.write_text(own.read_text(encoding="utf-8").replace("400 m2", "400 hours"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleFileError):
            load_rule_book([RULES], [own]).standard("bench-eight")
    assert list(_entry(own).parent.iterdir()) == entries


def test_one_upon_another_s_file_or_in_the_place_of_a_built_in_one_is_not_kept(own: Path) -> None:
    entries = list(_entry(own).parent.iterdir())
    upon = own.with_name("upon.yaml")
    upon.write_text(TEXT.split("\nrules:")[0].replace("bench-eight", "upon") + "\nextends: bench-eight\n", "utf-8")
    instead = own.with_name("instead.yaml")
    instead.write_text(TEXT.replace("bench-eight", "anhui-2019"), encoding="utf-8")
    load_rule_book([RULES], [own, upon]).standard("upon")
    load_rule_book([RULES], [instead]).standard("anhui-2019")
    assert list(_entry(own).parent.iterdir()) == entries


def test_where_nothing_can_be_kept_all_goes_on(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own.parent / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(own.parent / "file"))
    assert _read(own) == (True, 400.0)
    assert _read(own) == (True, 400.0)
