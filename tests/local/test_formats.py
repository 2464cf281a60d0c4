"""One document of each format, dropped as a new user would: a timeline with exact quotes."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.documents.formats.made_msg import MESSAGE, msg, wide
from tests.unit.documents.formats.made_odt import odt, p
from tests.unit.documents.formats.made_rtf import rtf
from tests.unit.documents.formats.made_sheet import row, text, xlsx
from tests.unit.documents.formats.made_subtitles import cues
from tests.unit.documents.making import FACTS, ORDER, article, docx, mail, page, pdf, scan

if TYPE_CHECKING:
    from tests.local.running import Running

_HIDDEN = f'<p style="display:none">{ORDER}</p>'
_PUBLISHED = '<meta property="article:published_time" content="2024-05-04T09:00:00+02:00">'
_DOCUMENTS = {
    "council.html": page(f"<nav>Front page</nav>{article(extra=_HIDDEN)}", _PUBLISHED),
    "council.pdf": pdf([["Report, 4 May 2024", "", FACTS[0]], FACTS[1:]], hidden=ORDER),
    "council.docx": docx(["Published on 4 May 2024", *FACTS], hidden=ORDER),
    "council.eml": mail("\r\n".join(FACTS), date="Sat, 4 May 2024 09:00:00 +0200"),
    "council.md": (
        "---\ndate: 2024-05-04\n---\n# Council\n\n" + "\n\n".join(FACTS) + f"\n\n<!-- {ORDER} -->\n"
    ).encode(),
    "council.json": json.dumps({"text": "\n".join(FACTS), "published": "2024-05-04"}).encode(),
    "council.txt": "\n".join(("4 May 2024", "", *FACTS)).encode(),
    "council.msg": msg({**MESSAGE, "1000001F": wide("\r\n\r\n".join(FACTS))}, sent=datetime(2024, 5, 4, 9, tzinfo=UTC)),
    "council.odt": odt("".join(map(p, FACTS)), meta="<meta:creation-date>2024-05-04T09:20:00</meta:creation-date>"),
    "council.rtf": rtf(
        r"{\info{\creatim\yr2024\mo5\dy4}}" + r"\par ".join(FACTS) + r"{\v " + ORDER + "}",
    ),
}
# What says nothing of its publication, with what it is cited by.
_ROWS = (
    "Day: 3 May 2024 | What: The council of Aldermoor met.",
    "Day: 10 May 2024 | What: The plan was put to a vote.",
)
_UNDATED = {
    "council.csv": (
        b"Day;What\n3 May 2024;The council of Aldermoor met.\n10 May 2024;The plan was put to a vote.\n",
        _ROWS,
    ),
    "council.xlsx": (
        xlsx(
            row(text("Day"), text("What"))
            + row(text("3 May 2024"), text("The council of Aldermoor met."))
            + row(text("10 May 2024"), text("The plan was put to a vote."))
            + row(text("30 May 2024"), text(ORDER), look='hidden="1"')
        ),
        _ROWS,
    ),
    "council.srt": (cues(*FACTS).encode(), FACTS[:2]),
    "council.vtt": (
        (
            "WEBVTT\n\n" + "\n\n".join(f"00:0{at}.000 --> 00:0{at + 1}.000\n{one}" for at, one in enumerate(FACTS))
        ).encode(),
        FACTS[:2],
    ),
}


def evidence_of(stack: Running, document_id: str) -> list[dict[str, Any]]:
    events = stack.get(f"/documents/{document_id}/timeline")["events"]
    return [one for event in events for one in event["evidence"]]


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_a_document_of_each_format_gives_a_timeline_with_exact_quotes(stack: Running, name: str) -> None:
    stack.drop(f"formats/{name}", _DOCUMENTS[name])

    line = stack.settled(f"formats/{name}")

    assert line["state"] == "done"
    text = stack.get(f"/documents/{line['id']}/text")["text"]
    evidence = evidence_of(stack, line["id"])
    assert {FACTS[0], FACTS[1]} <= {one["quote"] for one in evidence}
    assert [text[one["start"] : one["end"]] for one in evidence] == [one["quote"] for one in evidence]
    assert ORDER not in text
    assert stack.get(f"/documents/{line['id']}")["run"]["published"]["day"] == "2024-05-04"


def test_tables_and_subtitles_give_a_timeline_too(stack: Running) -> None:
    for name, (data, _) in _UNDATED.items():
        stack.drop(f"formats/{name}", data)

    for name, (_, quotes) in _UNDATED.items():
        line = stack.settled(f"formats/{name}")
        assert line["state"] == "done", name
        assert {one["quote"] for one in evidence_of(stack, line["id"])} == {*quotes}, name
        assert ORDER not in stack.get(f"/documents/{line['id']}/text")["text"], name


def test_what_is_not_read_is_refused_with_what_to_do(stack: Running) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("council.txt", FACTS[0])
    refused = {
        "council.zip": (archive.getvalue(), "unsupported", "unpack it"),
        "council.png": (b"\x89PNG\r\n\x1a\n", "unsupported", "run text recognition over it"),
        "scan.pdf": (scan(), "scanned", "run text recognition over it"),
    }
    for name, (data, _, _) in refused.items():
        stack.drop(f"formats/{name}", data)

    for name, (_, code, advice) in refused.items():
        rejection = stack.get(f"/documents/{stack.settled(f'formats/{name}')['id']}")["rejection"]
        assert rejection["code"] == code, name
        assert advice in rejection["reason"], name


def test_evidence_from_a_pdf_has_its_page(stack: Running) -> None:
    stack.drop("formats/council.pdf", _DOCUMENTS["council.pdf"])
    line = stack.settled("formats/council.pdf")

    assert {(one["quote"], one["page"]) for one in evidence_of(stack, line["id"])} >= {(FACTS[0], 1), (FACTS[1], 2)}


def test_several_heavy_documents_at_once_are_all_read(stack: Running) -> None:
    names = [f"heavy/{number}.pdf" for number in range(6)]
    for number, name in enumerate(names):
        stack.drop(name, pdf([[FACTS[0], f"This is copy {number} of it."]]))

    assert [stack.settled(name)["state"] for name in names] == ["done"] * len(names)
