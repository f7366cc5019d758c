"""How a circular looks in Word: paper, typefaces, paragraph styles, page numbers.

Chinese follows GB/T 9704-2012: A4 with 22 lines of 28 characters, title in 小标宋 of size 2, text in 仿宋 of size 3,
headings in 黑体 and 楷体. A typeface that a computer lacks is replaced by the one named after it.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.font import CT_RPr
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from communitycheck.messages import Lang

SONG, HEI, KAI, FANG, BOLD_SONG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
# What stands in where a typeface is not installed.
INSTEAD = {
    BOLD_SONG: "方正小标宋_GBK,FZXiaoBiaoSong-B05,华文中宋,STZhongsong",
    FANG: "仿宋,FangSong",
    KAI: "楷体,KaiTi",
    HEI: "SimHei",
    SONG: "SimSun",
}
SERIF, SANS = "Times New Roman", "Arial"
RED = RGBColor(0xC0, 0x00, 0x00)
LINE = Pt(28.95)  # 22 lines on the page

# style -> Chinese (latin, east asian, points, bold), English likewise, alignment, indent of the first line
LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
Look = tuple[str, str, float, bool]
STYLES: dict[str, tuple[Look, Look, WD_ALIGN_PARAGRAPH, bool]] = {
    "Normal": ((SERIF, FANG, 16, False), (SERIF, SONG, 11.5, False), BOTH, False),
    "Title": ((SERIF, BOLD_SONG, 22, False), (SANS, HEI, 20, True), CENTRE, False),
    "Heading 1": ((SERIF, HEI, 16, False), (SANS, HEI, 13, True), LEFT, True),
    "Heading 2": ((SERIF, KAI, 16, False), (SANS, HEI, 11.5, True), LEFT, True),
    "Circular Text": ((SERIF, FANG, 16, False), (SERIF, SONG, 11.5, False), BOTH, True),
    "Circular Flush": ((SERIF, FANG, 16, False), (SERIF, SONG, 11.5, False), LEFT, False),
    "Circular Issuer": ((SERIF, BOLD_SONG, 36, False), (SANS, HEI, 14, True), CENTRE, False),
    "Circular Number": ((SERIF, FANG, 16, False), (SERIF, SONG, 11.5, False), CENTRE, False),
    "Circular Sign": ((SERIF, FANG, 16, False), (SERIF, SONG, 11.5, False), RIGHT, False),
    "Circular Annex": ((SERIF, HEI, 16, False), (SANS, HEI, 13, True), LEFT, False),
    "Circular Caption": ((SERIF, HEI, 12, False), (SANS, HEI, 10, True), CENTRE, False),
    "Circular Note": ((SERIF, FANG, 10.5, False), (SERIF, SONG, 9, False), BOTH, False),
    "Circular Cell": ((SERIF, FANG, 10.5, False), (SERIF, SONG, 9, False), LEFT, False),
    "Circular Head": ((SERIF, HEI, 10.5, False), (SANS, HEI, 9, True), CENTRE, False),
}
TIGHT = ("Circular Note", "Circular Cell", "Circular Head", "Circular Caption")  # lines as high as their letters
OPEN = {"Title": 35.0, "Circular Issuer": 50.0}  # points from line to line where letters are large


def lay_out(document: Document, lang: Lang) -> None:
    """Paper, styles, typefaces and page numbers of an empty document."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if lang == "zh":
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(24)
    else:
        section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(25)
        section.footer_distance = Mm(12)
    for name in STYLES:
        _style(document, name, lang)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # where lines of Chinese may break
    _typefaces(document)
    _page_numbers(document, section, lang)


def _style(document: Document, name: str, lang: Lang) -> None:
    chinese, english, alignment, indent = STYLES[name]
    latin, wide, points, bold = chinese if lang == "zh" else english
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    style = document.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
    style.font.color.rgb = RED if name == "Circular Issuer" else RGBColor(0, 0, 0)
    typeface(style.element.get_or_add_rPr(), latin, wide)
    shape = style.paragraph_format
    borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:  # the line under the template's own title
        style.element.pPr.remove(borders)
    shape.alignment = LEFT if alignment is BOTH and lang == "en" else alignment
    shape.space_before = shape.space_after = Pt(0)
    shape.keep_with_next = name.startswith("Heading") or name in ("Circular Caption", "Circular Head")
    shape.widow_control = True
    if lang == "zh" and name not in TIGHT:
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = Pt(OPEN[name]) if name in OPEN else LINE
    else:
        shape.line_spacing = 1.15 if name not in TIGHT else 1.0
        shape.space_after = Pt(0 if name in TIGHT else 6)
        if lang == "en" and (name.startswith("Heading") or name == "Circular Caption"):
            shape.space_before = Pt(12 if name == "Heading 1" else 8)
    if name == "Circular Caption":
        shape.space_before, shape.space_after = Pt(6), Pt(4)
    if name in ("Circular Cell", "Circular Head"):
        shape.space_before = shape.space_after = Pt(2)
    if name == "Circular Note":
        shape.space_before, shape.space_after = Pt(4), Pt(6)
    if indent and lang == "zh":
        characters(style.element.get_or_add_pPr(), "firstLine", 2, points)


def typeface(properties: CT_RPr, latin: str, wide: str) -> None:
    """Name the typefaces for every kind of letter; the theme's own give way."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for kind, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", wide), ("cs", latin)):
        fonts.set(qn(f"w:{kind}"), name)


def characters(properties: CT_PPr, side: str, n: int, points: float) -> None:
    """An indent of ``n`` characters; and in twips, for programs that do not count characters."""
    indent = properties.get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(n * 100))
    indent.set(qn(f"w:{side}"), str(int(n * points * 20)))


def _typefaces(document: Document) -> None:
    """The document's table of typefaces, with what stands in for those that are missing."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    fonts += "".join(f'<w:font w:name="{name}"><w:charset w:val="00"/></w:font>' for name in (SERIF, SANS))
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            relation.target_part._blob = f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _page_numbers(document: Document, section: Section, lang: Lang) -> None:
    """— 1 —: at the outer edge in Chinese, in the middle in English."""
    places = [(section.footer, CENTRE, "")]
    if lang == "zh":
        document.settings.odd_and_even_pages_header_footer = True
        places = [(section.footer, RIGHT, "right"), (section.even_page_footer, LEFT, "left")]
    for footer, alignment, side in places:
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], alignment, side, lang)


def _page_number(paragraph: Paragraph, alignment: WD_ALIGN_PARAGRAPH, side: str, lang: Lang) -> None:
    paragraph.alignment = alignment
    points = 14 if lang == "zh" else 10
    if side:
        characters(paragraph._p.get_or_add_pPr(), side, 1, points)
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size = Pt(points)
        typeface(run._r.get_or_add_rPr(), SONG if lang == "zh" else SERIF, SONG)
        if text is None:
            for kind in ("begin", "instr", "end"):
                run._r.append(_field(kind))


def _field(kind: str) -> BaseOxmlElement:
    if kind == "instr":
        return parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>')
    return parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')
