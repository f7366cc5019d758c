"""Expressions that are compiled when first used: every one of them can be."""

from __future__ import annotations

import importlib
import pkgutil
import re

import communitycheck
from communitycheck.patterns import pattern


def test_every_pattern_compiles() -> None:
    found = 0
    for module in pkgutil.walk_packages(communitycheck.__path__, "communitycheck."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if type(value) is type(pattern("")):
                re.compile(value.pattern, value.flags)
                found += 1
    assert found > 100


def test_a_pattern_does_what_re_does() -> None:
    late, now = pattern("([a-z]+)([0-9])", re.IGNORECASE), re.compile("([a-z]+)([0-9])", re.IGNORECASE)
    text = "Ab1, cd2"
    assert late.sub(r"\2\1", text) == now.sub(r"\2\1", text) == "1Ab, 2cd"
    assert [m.span() for m in late.finditer(text)] == [m.span() for m in now.finditer(text)]
    assert late.fullmatch(text) is None
    assert late.groups == 2
