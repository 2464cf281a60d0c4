"""A PDF's text, page by page, without what nobody sees on the page."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents.formats.content import Content, hidden_text, label, language_tag, printable
from dateline.documents.formats.notes import raised
from dateline.documents.formats.pdf.pdf_layout import NARROW_GAP, arranged
from dateline.documents.formats.pdf.pdf_lines import Cell, PdfLine, paragraphs_of, without_furniture
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
_SMALL, _HIGH = 0.8, 0.25  # of the letter before it: how tall a raised figure is at most, and how much it stands above
_TAIL = 4  # letters before a raised figure that tell a note from an exponent
_LINE_HYPHEN = re.compile(r"[\ufffe\x02](.?)", re.DOTALL)  # how PDFium marks a hyphen at a line's end
_STAMP = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
# What programs write for want of a title.
_NO_TITLE = re.compile(
    r"untitled|unbenannt|document\d*|(?:microsoft )?(?:word|powerpoint|excel) -.*|.*\.\w{2,5}", re.IGNORECASE
)


_Box = tuple[float, float, float, float]  # left, bottom, right, top


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
    text, starts = paragraphs_of([arranged(page) for page in without_furniture([page.lines for page in pages])])
    if not text.strip():
        raise Rejected("scanned", "its pages hold no text, only images: run text recognition over it and drop it again")
    return _content(document, text, starts, pages)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's visible lines, how many pieces of hidden text it had, and whether its lines are a scan's recognition."""

    lines: list[PdfLine]
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
        recognised=tuple(number for number, page in enumerate(pages, 1) if page.recognised),
        wrapped=False,
        remarks=tuple(_remarks(pages)),
    )


def _remarks(pages: list[_Page]) -> list[Remark]:
    hidden = sum(page.hidden for page in pages)
    recognised = sum(page.recognised for page in pages)
    empty = sum(not page.lines for page in pages)
    remarks = [*hidden_text(hidden)]
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


def _lines(words: PdfTextPage, hidden: set[int]) -> list[PdfLine]:
    """Read a page's lines with their places; hyphens at line ends are gone from the words that they part."""
    import pypdfium2.raw as pdfium

    lines: list[PdfLine] = []
    letters: list[tuple[int, str]] = []
    for index in range(words.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(words, index))
        if letter in "\r\n":
            _add(lines, _line(words, letters))
            letters = []
        elif not hidden or not _is_of(words, index, hidden):
            letters.append((index, letter))
    _add(lines, _line(words, letters))
    return lines


def _add(lines: list[PdfLine], more: list[PdfLine]) -> None:
    """Add a line; one that stands behind the last is its rest, which a raised figure or a wide gap parted from it."""
    for line in more:
        before = lines[-1] if lines else line
        gap = line.left - before.right
        if lines and gap >= 0 and abs(line.base - before.base) < before.height / 2:
            is_near = gap < NARROW_GAP * before.height
            last = [_joined(before.cells[-1], line.cells[0])] if is_near else [before.cells[-1], line.cells[0]]
            cells = (*before.cells[:-1], *last, *line.cells[1:])
            text = f"{before.text} {line.text}"
            lines[-1] = PdfLine(text, before.left, line.right, before.base, before.height, cells)
        else:
            lines.append(line)


def _joined(cell: Cell, other: Cell) -> Cell:
    return Cell(f"{cell.text} {other.text}", cell.left, other.right)


def _is_of(words: PdfTextPage, index: int, hidden: set[int]) -> bool:
    import pypdfium2.raw as pdfium

    owner = pdfium.FPDFText_GetTextObject(words, index)
    return bool(owner) and ctypes.addressof(owner.contents) in hidden


def _line(words: PdfTextPage, letters: list[tuple[int, str]]) -> list[PdfLine]:
    """Make lines of letters that the library gives as one; wide gaps between words part each into cells."""
    lines = []
    for parts in _parted(words, letters):
        boxes = [_ends_of(words, part) for part in parts]
        texts = [printable(_LINE_HYPHEN.sub(_unhyphenated, _text(words, part))).strip() for part in parts]
        last = boxes[-1][1]
        cells = tuple(Cell(text, one[0], other[2]) for text, (one, other) in zip(texts, boxes, strict=True))
        text = " ".join(texts).strip()
        lines += [PdfLine(text, boxes[0][0][0], last[2], last[1], last[3] - last[1], cells)] if text else []
    return lines


def _ends_of(words: PdfTextPage, letters: list[tuple[int, str]]) -> tuple[_Box, _Box]:
    """Return the boxes of the first and the last letter; a raised figure at the end has that of the one before it."""
    seen = [index for index, letter in letters if not letter.isspace()]
    first, last = _box(words, seen[0]), _box(words, seen[-1])
    for index in seen[-2 : -1 - _TAIL : -1]:
        before = _box(words, index)
        if last[3] - last[1] >= _SMALL * (before[3] - before[1]):
            break
        last = (before[0], before[1], last[2], before[3])
    return first, last


def _box(words: PdfTextPage, index: int) -> _Box:
    """Return the box of a letter's font on the page; the library's own way to it takes twice as long."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(words, index, box)
    return box.left, box.bottom, box.right, box.top


def _parted(words: PdfTextPage, letters: list[tuple[int, str]]) -> list[list[list[tuple[int, str]]]]:
    """Part letters where a space lies between two lines, and these where one is wide."""
    lines: list[list[list[tuple[int, str]]]] = []
    cell: list[tuple[int, str]] = []
    spaces: list[tuple[int, str]] = []
    for one in letters:
        if one[1].isspace():
            spaces.append(one)
            continue
        if not cell:
            lines.append([cell])
        elif spaces:
            before, after = (_box(words, index) for index in (cell[-1][0], one[0]))
            height = before[3] - before[1]
            if after[0] < before[0] and (after[3] <= before[1] or after[1] >= before[3]):
                cell = []
                lines.append([cell])
            elif after[0] - before[2] >= NARROW_GAP * height:
                cell = []
                lines[-1].append(cell)
            else:
                cell += spaces
        cell.append(one)
        spaces = []
    return lines


def _text(words: PdfTextPage, letters: list[tuple[int, str]]) -> str:
    """Write letters; figures that are set small and high stand apart from the word or number before them."""
    parts: list[str] = []
    figures = ""
    base: _Box | None = None  # the box of the letter before a figure
    for place, (index, letter) in enumerate(letters):
        if letter.isdecimal() and place and not letters[place - 1][1].isspace():
            base = base or words.get_charbox(letters[place - 1][0])
            if _is_raised(words.get_charbox(index), base):
                figures += letter
                continue
        parts += [raised(figures, "".join(parts[-_TAIL:]))] if figures else []
        parts.append(letter)
        figures, base = "", None
    parts += [raised(figures, "".join(parts[-_TAIL:]))] if figures else []
    return "".join(parts)


def _is_raised(figure: _Box, before: _Box) -> bool:
    height = before[3] - before[1]
    return figure[3] - figure[1] < _SMALL * height and figure[1] > before[1] + _HIGH * height


def _unhyphenated(match: re.Match[str]) -> str:
    return match[1] if match[1].islower() else f"-{match[1]}"


def _language(document: PdfDocument) -> str | None:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return language_tag(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
