from datetime import date

from dateline.ask.schema import AnswerEvent
from dateline.documents import Published
from dateline.documents.read import read
from dateline.judge.dating import Dated, date_event
from dateline.judge.mentions import Mentions, Source
from dateline.judge.problems import Problem
from dateline.records import Course


def dated(
    text: str,
    words: str,
    edtf: str | None,
    *,
    course: Course = "done",
    language: str = "de",
    published: date | None = None,
    cites: int = -1,
) -> Dated:
    """Date an event that cites one sentence of a text, by its index the last."""
    document = read(
        text.encode(), name="x", language=language, published=Published(published, "caller") if published else None
    )
    cited = document.sentences[cites]
    event = AnswerEvent(t="x", s=[cited.number], x=[] if course == "done" else [course], d=words, e=edtf)
    result = date_event(event, [cited], Source(document, Mentions(document), language, "en"))
    assert not isinstance(result, Problem)
    return result
