"""Who wrote what a message quotes says it, and its dates count from the day on which it was written."""

from dateline.documents.read import read
from dateline.judge.judge import judge
from dateline.records import Extraction, Finding, SaidBy
from tests.unit.judge.answers import answer, by, event, stored, who

_MAIL = """\
From: Ben Karst <ben@moor.example>
Subject: Re: Sluice
Date: Fri, 28 Feb 2025 09:10:00 +0100
Content-Type: text/plain; charset=utf-8

We shut the second gate yesterday.

On Wed, 26 Feb 2025 at 18:02, Ada Holm <ada@moor.example> wrote:

> The sluice broke yesterday. The board meets on Friday, the ministry says.
> Some pipe burst.

Nobody was hurt on Monday.
"""
_GATE, _LINE, _SLUICE, _BOARD, _PIPE, _NOBODY = range(3, 9)
_HOLM = SaidBy(who="Ada Holm", words="Ada Holm", kind="named", stance="asserts", introduced=_LINE)


def _judged(*events: dict[str, object], mail: str = _MAIL, **fields: object) -> Extraction:
    document = read(mail.encode(), name="a.eml", language="en")
    head = {"t": "The gate is shut", "s": [_GATE]}
    return judge(document, stored(document, answer(*events, lang="en", head=head, **fields)))


def _only(extraction: Extraction) -> Finding:
    assert len(extraction.findings) == 1, extraction.notes
    return extraction.findings[0]


def test_words_of_a_date_count_from_the_day_on_which_the_quoted_was_written() -> None:
    finding = _only(_judged(event("The sluice breaks", _SLUICE, d="yesterday", e="2025-02-25")))

    assert (finding.when.edtf, finding.when.checked) == ("2025-02-25", "agrees")
    anchor = finding.when.anchor
    assert anchor is not None
    assert (anchor.source, anchor.sentence, anchor.words) == ("neighbour", _LINE, "On Wed, 26 Feb 2025 at 18:02")


def test_a_model_that_counts_from_the_publication_is_not_better_founded() -> None:
    finding = _only(_judged(event("The sluice breaks", _SLUICE, d="yesterday", e="2025-02-27")))

    assert (finding.when.edtf, finding.when.checked) == ("2025-02-25", "differs")
    assert finding.when.model is not None
    assert finding.when.model.edtf == "2025-02-27"


def test_what_stands_around_a_quotation_counts_from_the_publication() -> None:
    said = _judged(
        event("The second gate is shut", _GATE, d="yesterday", e="2025-02-27"),
        event("Nobody is hurt", _NOBODY, d="on Monday", e="2025-02-24"),
    )

    assert [(one.when.edtf, one.when.checked) for one in said.findings] == [
        ("2025-02-24", "agrees"),
        ("2025-02-27", "agrees"),
    ]
    assert all(one.when.anchor and one.when.anchor.source == "published" for one in said.findings)
    assert all(one.status == "stated" for one in said.findings)


def test_without_a_day_of_its_own_nothing_quoted_is_worked_out_from_the_publication() -> None:
    mail = _MAIL.replace("On Wed, 26 Feb 2025 at 18:02, Ada Holm", "In her letter no. 4 Ada Holm")

    finding = _only(_judged(event("The sluice breaks", _SLUICE, d="yesterday", e=None), mail=mail))

    assert finding.when.basis == "undated"


def test_the_writer_of_what_is_quoted_says_it() -> None:
    finding = _only(_judged(event("The sluice breaks", _SLUICE, d="yesterday", e="2025-02-25")))

    assert finding.said_by == (_HOLM,)
    assert finding.status == "claimed"
    assert [one.sentence for one in finding.evidence] == [_SLUICE]


def test_speakers_of_what_is_quoted_stay_and_the_documents_voice_is_the_writers() -> None:
    ministry = who("the ministry", named=False)

    def board(*speakers: object) -> Finding:
        planned = event("The board meets", _BOARD, d="on Friday", x=["planned", *speakers])
        return _only(_judged(planned, who=[ministry]))

    alone = board(by(0))
    beside = board(by(0), by(-1, "doubts"))

    assert [one.who for one in alone.said_by] == ["the ministry"]
    assert {(one.who, one.stance) for one in beside.said_by} == {("Ada Holm", "doubts"), ("the ministry", "asserts")}
    assert beside.status == "disputed"


def test_what_the_message_says_as_well_is_its_own() -> None:
    finding = _only(_judged(event("The gate is shut", _GATE, _SLUICE, d="yesterday", e="2025-02-27")))

    assert finding.said_by == ()
    assert finding.status == "stated"


def test_news_that_is_quoted_was_reported_on_the_day_of_its_message() -> None:
    finding = _only(_judged(event("A pipe bursts", _PIPE, e="2025-02-28")))

    assert (finding.when.edtf, finding.when.basis) == ("../2025-02-26", "reported")
    assert finding.when.anchor is not None
    assert finding.when.anchor.sentence == _LINE


def test_an_event_that_rests_on_the_head_of_a_message_alone_is_left_out() -> None:
    head = "From: Ada Holm <ada@moor.example>\nSent: 26 February 2025 18:02\nTo: Ben Karst\nSubject: Sluice"
    mail = _MAIL.replace("On Wed, 26 Feb 2025 at 18:02, Ada Holm <ada@moor.example> wrote:", head)

    said = _judged(event("Holm writes to Karst", 4, 5, d="26 February 2025"), mail=mail)

    assert said.findings == ()
    assert "sentence_unknown" in {note.code for note in said.notes}
