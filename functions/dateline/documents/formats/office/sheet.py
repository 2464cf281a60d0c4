"""A table's rows as sentences: Excel files and comma-separated values, each row with its columns' names."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from dateline.documents.decode import decode
from dateline.documents.formats.content import Content, Marked, label, printable
from dateline.documents.formats.office.zipped import Zipped
from dateline.documents.formats.stamps import day_of
from dateline.documents.formats.tables import has_header, rows_as_lines
from dateline.documents.model import Published, Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from dateline.documents.limits import Limits
    from dateline.documents.model import Role

_X: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DELIMITERS: Final = ",;\t|"
_SNIFFED = 20_000  # characters that tell how a file parts its values
_FEWEST_ROWS = 2

# How numbers are shown as days: the formats built in (ISO/IEC 29500-1, 18.8.30) and any that writes a year or a month.
_BUILT_IN_DAYS: Final = frozenset({14, 15, 16, 17, 22, *range(27, 32), *range(34, 37), *range(50, 59)})
_BUILT_IN_HOURS: Final = frozenset({18, 19, 20, 21, 22, 45, 46, 47})
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MOST_DAYS = 2_958_465  # 9999-12-31
_MOST_COLUMNS = 16_384  # of an Excel sheet
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_LETTERS = 26
_LONGEST_NUMBER = 15  # characters; a longer one has the dust of binary fractions at its end
_WHOLE = re.compile(r"(-?\d+)\.0+")


def read_csv(data: bytes, limits: Limits) -> Content:
    """Read comma-separated values, or ones parted by semicolons, tabs or bars. Rejected: what decoding rejects."""
    decoded = decode(data, max_bytes=limits.max_bytes)
    text = printable(decoded.text)
    try:
        form: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS)
    except csv.Error:
        form = "excel"
    csv.field_size_limit(limits.max_characters)
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True), form) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Rejected("damaged", "its rows cannot be parted into cells: save it again as CSV in UTF-8") from error
    return _content([("", rows)], decoded.encoding)


def read_xlsx(data: bytes, limits: Limits) -> Content:
    """Read the sheets of an Excel file. Rejected: `inflates_too_much`, `encrypted`, `damaged`, `no_text`."""
    archive = Zipped(data, limits)
    book = archive.xml("xl/workbook.xml")
    if book is None:
        raise Rejected("damaged", "it is no complete Excel file: open it in Excel and save it again")
    reader = _Sheets(archive, book)
    sheets = list(reader.sheets())
    about = archive.xml("docProps/core.xml")
    facts = {} if about is None else {one.tag.rpartition("}")[2]: one.text or "" for one in about.iterchildren("*")}
    day = day_of(facts.get("created", ""), None)
    return _content(
        sheets,
        "utf-8",
        title=label(facts.get("title")),
        published=(Published(day, "file_created"),) if day else (),
        remarks=(Remark("hidden_text", f"{reader.hidden} hidden rows, columns and sheets were left out."),)
        if reader.hidden
        else (),
    )


def _content(
    sheets: Sequence[tuple[str, Sequence[Sequence[str]]]],
    encoding: str,
    *,
    title: str | None = None,
    published: tuple[Published, ...] = (),
    remarks: tuple[Remark, ...] = (),
) -> Content:
    """Write sheets as text; a row is a sentence, whatever stands in its cells."""
    lines: list[tuple[str, Role]] = []
    filled = [(name, rows) for name, rows in sheets if rows]
    for name, rows in filled:
        lines += [(name, "heading")] if len(filled) > 1 and name else []
        named = has_header(rows)
        lines += [(line, "body" if at or not named else "heading") for at, line in enumerate(rows_as_lines(rows))]
    if not lines:
        raise Rejected("no_text", "its sheets are empty: drop it again with its rows")
    marked, at = [], 0
    for line, role in lines:
        marked.append(Marked(at, at + len(line), role))
        at += len(line) + 1
    return Content(
        text="\n".join(line for line, _ in lines),
        encoding=encoding,
        title=title,
        published=published,
        marked=tuple(marked),
        wrapped=False,
        remarks=remarks,
    )


class _Sheets:
    """The sheets of a workbook, and how much of them is hidden."""

    def __init__(self, archive: Zipped, book: Element) -> None:
        self.hidden = 0
        self._archive = archive
        self._book = book
        self._relations = {one.id: one.target for one in archive.relations("xl/workbook.xml")}
        shared = archive.xml("xl/sharedStrings.xml")
        self._shared = [] if shared is None else [_rich(one) for one in shared.iter(f"{_X}si")]
        self._formats = _formats(archive.xml("xl/styles.xml"))
        properties = book.find(f"{_X}workbookPr")
        is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = _EPOCH_1904 if is_1904 else _EPOCH

    def sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Yield each sheet that is shown: its name and its rows."""
        for place, sheet in enumerate(self._book.iter(f"{_X}sheet"), 1):
            name = self._relations.get(sheet.get(_ID, "")) or f"xl/worksheets/sheet{place}.xml"
            root = self._archive.xml(name)
            if sheet.get("state", "visible") != "visible":
                self.hidden += 1
            elif root is not None:
                yield printable(sheet.get("name", "")), list(self._rows(root))

    def _rows(self, sheet: Element) -> Iterator[list[str]]:
        unseen = {at for one in sheet.iter(f"{_X}col") if _is_hidden(one) for at in _columns(one)}
        self.hidden += sum(_is_hidden(one) for one in sheet.iter(f"{_X}col"))
        for row in sheet.iter(f"{_X}row"):
            if _is_hidden(row):
                self.hidden += 1
                continue
            cells: dict[int, str] = {}
            for place, cell in enumerate(row.iter(f"{_X}c")):
                at = _column(cell.get("r", ""), place)
                if at not in unseen and (words := printable(self._value(cell)).strip()):
                    cells[at] = words
            if cells:
                yield [cells.get(at, "") for at in range(max(cells) + 1)]

    def _value(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_rich(one) for one in cell.iter(f"{_X}is"))
        value = cell.findtext(f"{_X}v") or ""
        if kind == "s":
            return self._shared[int(value)] if value.isdecimal() and int(value) < len(self._shared) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "d":
            return value.partition("T")[0] if value.endswith("T00:00:00") else value.replace("T", " ")
        style = cell.get("s", "0")
        form = self._formats.get(int(style), "") if style.isdecimal() else ""
        return _shown(value, form, self._epoch) if kind == "n" else value


def _formats(styles: Element | None) -> dict[int, str]:
    """Return by a cell's style whether its number is shown as a `day`, an `hour` or a `moment`."""
    if styles is None:
        return {}
    own = {
        one.get("numFmtId"): _LITERAL.sub("", one.get("formatCode", "").lower()) for one in styles.iter(f"{_X}numFmt")
    }
    looks = styles.find(f"{_X}cellXfs")
    found = {}
    for place, look in enumerate(looks if looks is not None else ()):
        number = look.get("numFmtId", "0")
        code = own.get(number, "")
        built_in = int(number) if number.isdecimal() and number not in own else -1
        is_day = built_in in _BUILT_IN_DAYS or "y" in code or "d" in code or "mmm" in code
        is_hour = built_in in _BUILT_IN_HOURS or "h" in code
        found[place] = "moment" if is_day and is_hour else "day" if is_day else "hour" if is_hour else ""
    return found


def _shown(value: str, form: str, epoch: date) -> str:
    """Write a number as its cell shows it: as a day or an hour, or as figures without a needless fraction."""
    try:
        number = float(value)
    except ValueError:
        return value
    if form and 0 <= number <= _MOST_DAYS:
        moment = datetime(epoch.year, epoch.month, epoch.day) + timedelta(seconds=round(number * 86_400))  # noqa: DTZ001
        day, hour = moment.date().isoformat(), moment.strftime("%H:%M")
        return {"day": day, "hour": hour}.get(form, f"{day} {hour}")
    whole = _WHOLE.fullmatch(value)
    if whole:
        return whole[1]
    return f"{number:.12g}" if "e" in value.lower() or len(value) > _LONGEST_NUMBER else value


def _rich(parent: Element) -> str:
    """Return a text of several runs, without the readings that Japanese sheets keep of it."""
    return "".join(one.text or "" for one in parent.iter(f"{_X}t") if not any(one.iterancestors(f"{_X}rPh")))


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") in ("1", "true")


def _columns(element: Element) -> range:
    first, last = element.get("min", "1"), element.get("max", "1")
    return range(int(first) - 1, min(int(last), _MOST_COLUMNS)) if first.isdecimal() and last.isdecimal() else range(0)


def _column(reference: str, default: int) -> int:
    match = _CELL.fullmatch(reference)
    if match is None:
        return default
    at = 0
    for letter in match[1]:
        at = _LETTERS * at + ord(letter) - ord("A") + 1
    return at - 1
