"""A PDF's text, page by page, without what nobody sees on the page."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents.formats.content import Content, label, language_tag, printable
from dateline.documents.formats.pdf_lines import Line, paragraphs_of, without_furniture
from dateline.documents.formats.stamps import day_of
from dateline.documents.model import Published, Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfObject, PdfPage, PdfTextPage

    from dateline.documents.limits import Limits

_INVISIBLE = 3  # text render mode "neither fill nor stroke" (ISO 32000-1, table 106)
_CLIPPED = 7  # "add to the path for clipping" only
_SMALLEST = 1.5  # points; print that size cannot be read
_NEARLY_WHITE = 250  # of 255 in each of red, green and blue
_FAINTEST = 13  # of 255: one twentieth
_SCAN_COVERS = 0.5  # share of a page that an image must fill to be a scan of it
_NESTED_FORMS = 5
_LINE_HYPHEN = re.compile(r"[\ufffe\x02](.?)", re.DOTALL)  # how PDFium marks a hyphen at a line's end
_STAMP = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
# What programs write for want of a title.
_NO_TITLE = re.compile(
    r"untitled|unbenannt|document\d*|(?:microsoft )?(?:word|powerpoint|excel) -.*|.*\.\w{2,5}", re.IGNORECASE
)


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Read a PDF. Rejected: `encrypted`, `damaged`, `too_many_pages`, `scanned` (no text), `too_many_characters`."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise _refused(error) from error
    if len(document) > limits.max_pages:
        raise Rejected("too_many_pages", f"{len(document)} pages are more than the limit of {limits.max_pages}")
    try:
        pages = [_read_page(document[number]) for number in range(len(document))]
    except PdfiumError as error:
        raise Rejected("damaged", "one of its pages is damaged: save it as a PDF once more") from error
    text, starts = paragraphs_of(without_furniture([page.lines for page in pages]))
    if not text.strip():
        raise Rejected("scanned", "its pages hold no text, only images: run text recognition over it and drop it again")
    return _content(document, text, starts, pages)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's visible lines, how many pieces of hidden text it had, and whether its lines are a scan's recognition."""

    lines: list[Line]
    hidden: int
    recognised: bool


def _content(document: PdfDocument, text: str, starts: tuple[int, ...], pages: list[_Page]) -> Content:
    about = document.get_metadata_dict()
    title = label(about.get("Title"))
    match = _STAMP.match(about.get("CreationDate", ""))
    day = day_of("-".join(match.groups()), None) if match else None
    return Content(
        text=text,
        encoding="pdf",
        title=None if title is None or _NO_TITLE.fullmatch(title) else title,
        language=_language(document),
        published=(Published(day, "pdf_created"),) if day else (),
        pages=starts,
        remarks=tuple(_remarks(pages)),
    )


def _remarks(pages: list[_Page]) -> list[Remark]:
    hidden = sum(page.hidden for page in pages)
    recognised = sum(page.recognised for page in pages)
    empty = sum(not page.lines for page in pages)
    remarks = []
    if hidden:
        remarks.append(Remark("hidden_text", f"{hidden} pieces of text that nobody sees on the page were left out."))
    if recognised:
        remarks.append(
            Remark("recognised_text", f"{recognised} pages are scans; their text was recognised by machine.")
        )
    if empty:
        remarks.append(
            Remark("pages_without_text", f"{empty} of {len(pages)} pages hold no text, perhaps only images.")
        )
    return remarks


def _refused(error: Exception) -> Rejected:
    if "password" in str(error).lower():
        return Rejected("encrypted", "it is protected by a password: save it without one")
    return Rejected("damaged", "it is no complete PDF: save it once more")


def _read_page(page: PdfPage) -> _Page:
    """Read a page's lines. Invisible text counts where it lies over a scan and is all there is: recognised text."""
    import pypdfium2.raw as pdfium

    found = list(page.get_objects(max_depth=_NESTED_FORMS))
    texts = [one for one in found if one.type == pdfium.FPDF_PAGEOBJ_TEXT]
    hidden = _hidden(page, found)
    recognised = bool(texts) and len(hidden) == len(texts) and _is_scan(page, found)
    words = page.get_textpage()
    lines = _lines(words, set() if recognised else {ctypes.addressof(one.raw.contents) for one in hidden})
    return _Page(lines, 0 if recognised else len(hidden), recognised)


def _hidden(page: PdfPage, found: list[PdfObject]) -> list[PdfObject]:
    """Find the text objects that leave no mark on the page. What is painted before lies below what comes after."""
    import pypdfium2.raw as pdfium

    hidden: list[PdfObject] = []
    dark: list[tuple[float, float, float, float]] = []
    box = page.get_bbox()
    for one in found:
        if one.type == pdfium.FPDF_PAGEOBJ_TEXT:
            if _leaves_no_mark(one, box, dark):
                hidden.append(one)
        elif one.type == pdfium.FPDF_PAGEOBJ_IMAGE or (one.type != pdfium.FPDF_PAGEOBJ_FORM and not _is_white(one)):
            dark.append(one.get_bounds())
    return hidden


def _leaves_no_mark(
    text: PdfObject, box: tuple[float, float, float, float], dark: list[tuple[float, float, float, float]]
) -> bool:
    import pypdfium2.raw as pdfium

    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    if mode in (_INVISIBLE, _CLIPPED):
        return True
    left, bottom, right, top = text.get_bounds()
    if text.level == 0 and (right < box[0] or left > box[2] or top < box[1] or bottom > box[3]):
        return True
    if 0 < top - bottom < _SMALLEST / 2 and 0 < _size(text) < _SMALLEST:
        return True
    middle = (left + right) / 2, (bottom + top) / 2
    return _is_white(text) and not any(
        under[0] <= middle[0] <= under[2] and under[1] <= middle[1] <= under[3] for under in dark
    )


def _size(text: PdfObject) -> float:
    """Return the size of a text's letters on the page, in points."""
    import pypdfium2.raw as pdfium

    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text, size)
    matrix = text.get_matrix()
    return float(abs(size.value) * max(abs(matrix.d), abs(matrix.b)))


def _is_white(one: PdfObject) -> bool:
    """Return whether an object is filled in white, or so faintly that it cannot be seen."""
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(one, red, green, blue, alpha):
        return False
    return alpha.value < _FAINTEST or min(red.value, green.value, blue.value) >= _NEARLY_WHITE


def _is_scan(page: PdfPage, found: list[PdfObject]) -> bool:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    areas = []
    for one in found:
        if one.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            areas.append((right - left) * (top - bottom))
    return bool(sum(areas) >= _SCAN_COVERS * width * height)


def _lines(words: PdfTextPage, hidden: set[int]) -> list[Line]:
    """Read a page's lines with their places; hyphens at line ends are gone from the words that they part."""
    import pypdfium2.raw as pdfium

    lines: list[Line] = []
    letters: list[tuple[int, str]] = []
    for index in range(words.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(words, index))
        if letter in "\r\n":
            lines += _line(words, letters)
            letters = []
        elif not hidden or not _is_of(words, index, hidden):
            letters.append((index, letter))
    return lines + _line(words, letters)


def _is_of(words: PdfTextPage, index: int, hidden: set[int]) -> bool:
    import pypdfium2.raw as pdfium

    owner = pdfium.FPDFText_GetTextObject(words, index)
    return bool(owner) and ctypes.addressof(owner.contents) in hidden


def _line(words: PdfTextPage, letters: list[tuple[int, str]]) -> list[Line]:
    text = printable(_LINE_HYPHEN.sub(_unhyphenated, "".join(letter for _, letter in letters))).strip()
    seen = [index for index, letter in letters if not letter.isspace()]
    if not text or not seen:
        return []
    first, last = words.get_charbox(seen[0], loose=True), words.get_charbox(seen[-1], loose=True)
    return [Line(text, first[0], last[2], last[1], last[3] - last[1])]


def _unhyphenated(match: re.Match[str]) -> str:
    return match[1] if match[1].islower() else f"-{match[1]}"


def _language(document: PdfDocument) -> str | None:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return language_tag(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
