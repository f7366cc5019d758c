"""The curve of one rule as a picture."""

from __future__ import annotations

from typing import IO

import numpy as np

from communitycheck.planning.whatif.curve import LimitCurve
from communitycheck.products.whatif.found import FoundCurve
from communitycheck.products.whatif.sentence import EffectWords


def shares(curve: LimitCurve) -> tuple[np.ndarray, np.ndarray]:
    """At each limit which share of all passes for certain, and which may pass."""
    every = np.maximum(curve.passed + curve.missed + curve.unknown, 1)
    return curve.passed / every, (curve.passed + curve.unknown) / every


def curve_picture(one: FoundCurve, words: EffectWords) -> str:
    """SVG."""
    from communitycheck.reporting.formats.html.steps import StepCurve, draw_steps  # Jinja

    curve, say = one.curve, words.say
    inside = np.flatnonzero(curve.within(one.low, one.high))
    limits = curve.limits[inside]
    sure, may = (share[inside].tolist() for share in shares(curve))
    ends = [float(limits[0]), float(limits[-1])]
    quarters = [ends[0] + (ends[1] - ends[0]) * k / 4 for k in (2, 1, 3)]
    marks = dict.fromkeys([*ends, *(float(limits[abs(limits - at).argmin()]) for at in quarters)])
    named = list(zip(marks, words.limits_at(one, [words.place(one, limit) for limit in marks]), strict=True))
    now = None
    if one.now is not None and ends[0] <= one.now <= ends[1]:
        now = one.now, say("whatif-picture-now", limit=words.limit(one, one.now))
    return draw_steps(
        StepCurve(
            say("whatif-picture-title", rule=words.rule(curve.rule)), limits.tolist(), sure, may,
            curve.holds_below, named, now, say("whatif-picture-band"),
        )
    )  # fmt: skip


def png_of(picture: str, sink: IO[bytes]) -> None:
    """The same as a PNG of twice the size, sharp in print, on white; letters are of the fonts that the machine has."""
    from resvg_py import svg_to_bytes

    sink.write(bytes(svg_to_bytes(svg_string=picture, background="white", zoom=2)))
