"""What the tests of this format are read from: files made by hand."""

import io
import zipfile
from collections.abc import Sequence

from dateline.documents.limits import Limits

LIMITS = Limits()
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STYLES = (
    f'<styleSheet {X}><numFmts><numFmt numFmtId="170" formatCode="[$-407]d\\. mmmm yyyy"/>'
    '<numFmt numFmtId="171" formatCode="0.0&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>'
)


def xlsx(
    rows: str, *, before: str = "", sheets: Sequence[str] = ('name="First"',), shared: Sequence[str] = ()
) -> bytes:
    book = "".join(f'<sheet {one} sheetId="{place}" r:id="none"/>' for place, one in enumerate(sheets, 1))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<workbook {X} {R}><sheets>{book}</sheets></workbook>")
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr(
            "xl/sharedStrings.xml", f"<sst {X}>{''.join(f'<si><t>{one}</t></si>' for one in shared)}</sst>"
        )
        for place, _ in enumerate(sheets, 1):
            made = f"<worksheet {X}>{before}<sheetData>{rows}</sheetData></worksheet>"
            archive.writestr(f"xl/worksheets/sheet{place}.xml", made)
    return file.getvalue()


def text(words: str) -> str:
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


def number(value: str, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def row(*cells: str, look: str = "") -> str:
    return f"<row {look}>{''.join(cells)}</row>"
