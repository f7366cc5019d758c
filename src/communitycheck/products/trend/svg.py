"""A chart of an indicator as SVG: no script, no network, colours of the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from communitycheck.messages import Lang
from communitycheck.planning.trend.pace import years
from communitycheck.printable import clip, one_line
from communitycheck.products.trend.charts import ChartLine, IndicatorChart
from communitycheck.reporting.words.numbers import amounts

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 260, 70, 130, 14, 34
COLOURS = ("#0b57d0", "#b3261e", "#146c2e", "#8e4ec6", "#b06000", "#00687a", "#9c4146", "#5f6368")


def chart_svg(chart: IndicatorChart, lang: Lang) -> str:
    """The picture, with its title for those who cannot see it."""
    return "".join(_TrendDrawing(chart, lang).parts())


class _TrendDrawing:
    def __init__(self, chart: IndicatorChart, lang: Lang) -> None:
        self.chart, self.lang = chart, lang
        figures = [f for line in chart.lines for f in (*line.figures, line.projected) if f is not None]
        figures += [] if chart.target is None else [chart.target]
        low, high = min(figures), max(figures)
        margin = 0.08 * (high - low) or abs(high) * 0.1 or 1.0
        self.low, self.high = low - margin, high + margin
        self.ticks = list(dict.fromkeys((low, chart.target if chart.target is not None else high, high)))
        days = [*chart.days, *([chart.due] if chart.due else [])]
        self.first, self.span = years(days[0]), (years(days[-1]) - years(days[0])) or 1.0
        self.days = days

    def parts(self) -> Iterator[str]:
        chart = self.chart
        title = escape(one_line(chart.title))
        yield f'<svg role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" font-size="11" fill="currentColor">'
        yield f"<title>{title}</title>"
        texts = amounts(self.ticks, chart.unit, self.lang, chart.target)
        for value, text in zip(self.ticks, texts, strict=True):
            y = self.y(value)
            dash = ' stroke-dasharray="6 4" stroke-opacity=".9"' if value == chart.target else ' stroke-opacity=".2"'
            yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="currentColor"{dash}/>'
            yield f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{escape(clip(text.split(" ")[0], 12))}</text>'
        names = [*chart.periods, *([chart.due.isoformat()] if chart.due else [])]
        for day, name in zip(self.days, names, strict=True):
            yield f'<text x="{self.x(years(day))}" y="{HEIGHT - 12}" text-anchor="middle">{escape(name)}</text>'
        for number, line in enumerate(chart.lines):
            yield from self._line(line, COLOURS[number % len(COLOURS)], number)
        yield "</svg>"

    def _line(self, line: ChartLine, colour: str, number: int) -> Iterator[str]:
        known = [(years(day), f) for day, f in zip(self.chart.days, line.figures, strict=True) if f is not None]
        points = [(self.x(t), self.y(f)) for t, f in known]
        if not points:
            return
        path = "L".join(f"{x} {y}" for x, y in points)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points)
        if line.projected is not None and self.chart.due is not None:
            x, y = points[-1]
            end = f"{self.x(years(self.chart.due))} {self.y(line.projected)}"
            yield f'<path d="M{x} {y}L{end}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="2 4"/>'
        name = escape(clip(one_line(line.name), 16))
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 14 + 16 * number}" fill="{colour}">{name}</text>'

    def x(self, year: float) -> float:
        return round(LEFT + 20 + (year - self.first) / self.span * (WIDTH - LEFT - RIGHT - 40), 1)

    def y(self, value: float) -> float:
        return round(TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM), 1)
