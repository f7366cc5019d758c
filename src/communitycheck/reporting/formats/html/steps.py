"""A step curve as a picture (SVG): the share that passes at every limit, a band where it is not known."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from communitycheck.printable import printed

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 350, 56, 52, 290
RIGHT = WIDTH - 24
_NARROW = 90  # labels nearer to each other than this would run together

Point = tuple[float, float]


class StepCurve(Struct, frozen=True):
    """What is drawn.

    Attributes:
        limits: in their order, with the shares that pass for certain (``sure``) and may pass (``may``) at each.
        upper: between two limits it is as at the upper one, else as at the lower one.
        named: limits that have a label below; ``now`` is that in force, with its label.
        note: what the band means.
    """

    title: str
    limits: Sequence[float]
    sure: Sequence[float]
    may: Sequence[float]
    upper: bool
    named: Sequence[tuple[float, str]]
    now: tuple[float, str] | None = None
    note: str = ""


class _StepDrawing(Struct):
    title: str
    line: str
    band: str
    note: str
    now: tuple[float, str, str] | None
    columns: list[tuple[float, str, str]]
    rows: list[tuple[float, str]] = field(
        default_factory=lambda: [(_y(share / 100), f"{share}%") for share in range(0, 101, 25)]
    )
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def draw_steps(curve: StepCurve) -> str:
    """The picture, drawn by ``assets/steps.svg``."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("communitycheck.reporting.formats.html", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printed,
    )
    return environment.get_template("steps.svg").render(p=_drawing(curve))


def _drawing(curve: StepCurve) -> _StepDrawing:
    low, high = curve.limits[0], curve.limits[-1]

    def x(limit: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * ((limit - low) / (high - low) if high > low else 0.5), 1)

    sure = _corners([x(limit) for limit in curve.limits], [_y(share) for share in curve.sure], upper=curve.upper)
    band = ""
    if any(one != other for one, other in zip(curve.sure, curve.may, strict=True)):
        may = _corners([x(limit) for limit in curve.limits], [_y(share) for share in curve.may], upper=curve.upper)
        band = _path([*sure, *reversed(may)]) + "Z"
    columns: list[tuple[float, str, str]] = []
    for limit, text in curve.named:
        at = x(limit)
        if all(abs(at - other) >= _NARROW for other, _, _ in columns):
            columns.append((at, text, _anchor(at)))
    now = None if curve.now is None else (x(curve.now[0]), curve.now[1], _anchor(x(curve.now[0])))
    return _StepDrawing(curve.title, _path(sure), band, curve.note if band else "", now, columns)


def _y(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _anchor(x: float) -> str:
    return "start" if x < LEFT + 40 else "end" if x > RIGHT - 40 else "middle"


def _corners(across: Sequence[float], down: Sequence[float], *, upper: bool) -> list[Point]:
    """The corners of the steps, those that fall on one point of the picture once."""
    found = [(across[0], down[0])]
    for x, y in zip(across[1:], down[1:], strict=True):
        before, level = found[-1]
        for point in ((before, y), (x, y)) if upper else ((x, level), (x, y)):
            if point != found[-1]:
                if len(found) > 1 and found[-2][0] == found[-1][0] == point[0]:
                    found[-1] = point  # further up or down on one line
                else:
                    found.append(point)
    return found


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
