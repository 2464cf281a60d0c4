from dateline.ask.estimate import needed, of_call
from dateline.ask.parts import PART_CHARACTERS
from dateline.ask.request import request
from dateline.documents.read import read

TEXT = "The council of Aldermoor met on 3 May 2024 and voted on the mill. " * 200


def test_a_documents_only_call_is_thought_to_take_about_what_the_document_is() -> None:
    document = read(TEXT.encode(), name="report.txt")

    estimated, whole = of_call(request(document, "ask", "en")), needed(document, PART_CHARACTERS)

    assert 0.8 * whole < estimated < 1.5 * whole
