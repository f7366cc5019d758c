"""How what a template has written is read: numbers, breaks, lists, and what is left out."""

from __future__ import annotations

from datetime import date

from communitycheck.products.circular.letter import read_letter
from communitycheck.reporting.document import Heading, Paragraph, Piece, Span

LETTER = """
<circular numerals="I II III" chapter="{{}}. " section="({{}}) " item="{{}}) " table="Table {{}}: " list="; " break=" ">
<title>T</title><head/><body>{body}</body><closing/>
</circular>
"""


def body(text: str) -> list[Piece]:
    return read_letter(LETTER.format(body=text), "en", date(2024, 1, 1)).body


def paragraph(*spans: Span) -> Paragraph:
    return Paragraph(spans)


def test_headings_and_items_are_counted() -> None:
    said = body(
        "<h2>A</h2><h3>a</h3><item><b>x</b>.</item><item><b>y</b>.</item><h3>b</h3><item>z</item><h2>B</h2><p>c</p>"
    )
    assert said == [
        Heading(2, "I. A"),
        Heading(3, "(I) a"),
        paragraph(Span("1) x", "strong"), Span(".")),
        paragraph(Span("2) y", "strong"), Span(".")),
        Heading(3, "(II) b"),
        paragraph(Span("1) z")),
        Heading(2, "II. B"),
        paragraph(Span("c")),
    ]


def test_a_heading_over_nothing_is_left_out_and_takes_no_number() -> None:
    assert body("<h2>A</h2><h3>a</h3><p> </p><h2>B</h2><h3>b</h3><p>c: <list>\n</list>.</p><h2>C</h2><p>d</p>") == [
        Heading(2, "I. C"),
        paragraph(Span("d")),
    ]


def test_a_list_runs_into_the_sentence() -> None:
    said = body("<p>All: <list><li>a</li><li> </li>\n<li>b</li></list>, <list by=', '><li>c</li><li>d</li></list>.</p>")
    assert said == [paragraph(Span("All: a; b, c, d."))]


def test_a_line_break_is_what_the_language_puts_between_sentences() -> None:
    assert body("<p>\nOne.\n\n  Two <blank>[x]</blank>\n</p>") == [paragraph(Span("One. Two "), Span("[x]", "blank"))]
