"""One document of each format, dropped as a new user would: a timeline with exact quotes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.documents.making import FACTS, ORDER, article, docx, mail, page, pdf

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


def test_evidence_from_a_pdf_has_its_page(stack: Running) -> None:
    stack.drop("formats/council.pdf", _DOCUMENTS["council.pdf"])
    line = stack.settled("formats/council.pdf")

    assert {(one["quote"], one["page"]) for one in evidence_of(stack, line["id"])} >= {(FACTS[0], 1), (FACTS[1], 2)}


def test_several_heavy_documents_at_once_are_all_read(stack: Running) -> None:
    names = [f"heavy/{number}.pdf" for number in range(6)]
    for number, name in enumerate(names):
        stack.drop(name, pdf([[FACTS[0], f"This is copy {number} of it."]]))

    assert [stack.settled(name)["state"] for name in names] == ["done"] * len(names)
