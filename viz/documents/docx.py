"""What a document in Chinese needs of python-docx: A4, Chinese fonts, page numbers, safe texts."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from graph.safe_text import visible

_BODY, _HEAD = "SimSun", "SimHei"
_BLUE = RGBColor(0x1F, 0x6F, 0x8B)


def new_document(title: str, footer: str) -> Doc:
    """An empty A4 document with Chinese fonts, ``footer`` and page numbers at the foot."""
    doc = Document()
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    for name, font, size in (
        ("Normal", _BODY, 11),
        ("Title", _HEAD, 22),
        ("Heading 1", _HEAD, 15),
        ("Heading 2", _HEAD, 12),
    ):
        style = doc.styles[name]
        if isinstance(style, ParagraphStyle):
            _set_font(style, font, size)
    properties = doc.core_properties
    properties.title, properties.author, properties.comments = visible(title), "链谱 Lianpu", ""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{visible(footer)} · 第 ").font.size = Pt(9)
    _add_field(foot, "PAGE")
    foot.add_run(" 页").font.size = Pt(9)
    return doc


def _set_font(style: ParagraphStyle, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(key), font)
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    style.paragraph_format.space_after = Pt(5)
    style.paragraph_format.line_spacing = 1.3
    if style.name != "Normal":
        style.font.color.rgb, style.font.bold = _BLUE, True
        style.paragraph_format.keep_with_next = True


def _add_field(to: Paragraph, code: str) -> None:
    """A field that the reader's program fills in: its parts in runs of their own, as Word writes them."""
    for kind in ("begin", code, "separate", "1", "end"):
        run = to.add_run()
        run.font.size = Pt(9)
        if kind == "1":  # what stands there until it is filled in
            run.text = kind
            continue
        element = OxmlElement("w:instrText" if kind == code else "w:fldChar")
        if kind == code:
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def paragraph(doc: Doc, text: str, *, bold: str = "", grey: bool = False, indent: bool = False) -> Paragraph:
    """A paragraph: ``bold`` first, then ``text``; smaller where ``grey``."""
    made = doc.add_paragraph()
    if bold:
        made.add_run(visible(bold)).bold = True
    run = made.add_run(visible(text))
    if grey:
        run.font.size, run.font.color.rgb = Pt(9.5), RGBColor(0x5A, 0x64, 0x70)
    if indent:
        made.paragraph_format.left_indent = Cm(0.7)
    return made


def table(doc: Doc, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """A table with borders, its headings repeated on every page; ``widths`` in centimetres."""
    made: Table = doc.add_table(rows=1, cols=len(headings), style="Table Grid")
    made.autofit = False
    for cell, heading in zip(made.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(visible(heading)).bold = True
    for row in rows:
        for cell, text in zip(_new_row(made), row, strict=True):
            cell.paragraphs[0].add_run(visible(text))
    for row_made in made.rows:
        for cell, width in zip(row_made.cells, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9.5)
        row_made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    doc.add_paragraph().paragraph_format.space_after = Pt(0)
    return made


def landscape(doc: Doc) -> None:
    """What follows stands on A4 pages across."""
    section = doc.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.4)


def _new_row(to: Table) -> Sequence[_Cell]:
    to.add_row()  # type: ignore[no-untyped-call]
    return to.rows[-1].cells
