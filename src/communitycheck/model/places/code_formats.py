"""Whether a text is a code of a region, an organisation or a person: its signs, its check sign, its place."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache

from communitycheck.model.places.divisions import division, is_listed_province

# The first two digits of the codes of provinces, Hong Kong, Macao and Taiwan (GB/T 2260).
PROVINCES = frozenset(
    {
        *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46),
        *(50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82),
    }
)
DIVISION_CODE_LENGTHS = (6, 9, 12)  # a county or what is above it, a street, a community
CREDIT_CODE_LENGTH = 18
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of GB 32100: letters that look like digits are left out
_AUTHORITIES = "123456789ANY"  # of the office that registers an organisation


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_WRITTEN = str.maketrans("", "", " \t\u3000-")

# What is kept of an identity number: never the number.
VALID, INVALID = "valid", "invalid"


def division_code(text: str) -> bool:
    """Whether it is a region's code of 6, 9 or 12 digits: its province is one, and so is its county as far as the
    counties of that province are listed."""
    if not (text.isascii() and text.isdigit() and len(text) in DIVISION_CODE_LENGTHS and int(text[:2]) in PROVINCES):
        return False
    return _is_place(text[:6])


@lru_cache(maxsize=4096)
def _is_place(county: str) -> bool:
    return not is_listed_province(county[:2]) or bool(division(county))


def credit_code(text: str) -> bool:
    """Whether it is a unified social credit code (GB 32100): 18 signs, the code of a region in it, a check sign."""
    code = text.upper()
    if len(code) != CREDIT_CODE_LENGTH or not all(sign in _SIGNS for sign in code):
        return False
    if code[0] not in _AUTHORITIES or not code[2:8].isdigit():
        return False
    *signs, check = map(_SIGNS.index, code)
    return (sum(sign * pow(3, i, 31) for i, sign in enumerate(signs)) + check) % 31 == 0


def identity_word(text: str) -> str:
    """All that is told of an identity number (GB 11643): whether it has 18 signs, a province, a day of birth and the
    check sign that belongs to them."""
    number = unicodedata.normalize("NFKC", text).translate(_WRITTEN).upper()
    return VALID if _is_identity_number(number) else INVALID


def _is_identity_number(number: str) -> bool:
    digits = number[:17]
    if len(number) != 18 or not (digits.isascii() and digits.isdigit()) or int(number[:2]) not in PROVINCES:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    check = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    return born.year >= 1900 and number[17] == _CHECKS[check]
