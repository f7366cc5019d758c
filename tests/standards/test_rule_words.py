"""What people call the words of rule files: every key, type and function has names, and each is found by them."""

from __future__ import annotations

import pytest

from communitycheck.messages import rule_words
from communitycheck.nearest import named, nearest_named
from communitycheck.standards.files.signs import known_keys
from entities import ENTITIES

LISTS = {name: getattr(rule_words, name) for name in ("KEYS", "TYPES", "ENTITIES", "SEVERITIES", "FUNCTIONS")}


def test_every_key_and_kind_of_subject_has_names() -> None:
    assert known_keys() - rule_words.KEYS.keys() == set()
    assert set(ENTITIES) - rule_words.ENTITIES.keys() == set()


@pytest.mark.parametrize("name", ["TYPES", "ENTITIES", "SEVERITIES", "TRUTHS", "ROLES", "OUTCOMES"])
def test_a_name_means_one_word_of_its_list(name: str) -> None:
    words: dict[str, tuple[str, ...]] = getattr(rule_words, name)
    told = [other for others in words.values() for other in others]
    assert sorted(set(told)) == sorted(told)
    assert all(named(other, words) == word for word, others in words.items() for other in others)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("Indicator", "indicator"), ("indicatr", "indicator"), ("指标", "indicator"), ("不 低于", "at_least"), ("??", "")],
)
def test_what_is_meant(word: str, meant: str) -> None:
    assert nearest_named(word, rule_words.KEYS) == meant


def test_a_label_comes_before_a_heading() -> None:
    assert named("户数", {"a": ("甲", "户数"), "b": ("户数",)}) == "b"
