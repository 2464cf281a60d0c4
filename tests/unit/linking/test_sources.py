from datetime import date

from dateline.linking.sources import independent_sources
from tests.unit.linking.reports import report


def test_each_document_is_a_source() -> None:
    assert independent_sources([report("Orla sinks", doc=doc) for doc in "abc"]) == 3


def test_two_reports_of_a_document_are_one_source() -> None:
    assert independent_sources([report("Orla sinks"), report("Ten people die", number=1)]) == 1


def test_what_came_through_one_agency_counts_once() -> None:
    by_way = [report("Orla sinks", doc=doc, by=[("Lund", "asserts")], via="Sund Wire") for doc in "ab"]
    dateline = report("Orla sinks", doc="c", quotes=("TARN, 4 May (Sund Wire) - The ferry Orla has sunk.",))

    assert independent_sources([*by_way, dateline, report("Orla sinks", doc="d")]) == 2


def test_copies_of_a_sentence_count_once() -> None:
    whole = "The ferry Orla sank off the port of Tarn late on Sunday, and its owner declined to comment."
    short = "The ferry Orla sank off the port of Tarn late on Sunday."

    assert (
        independent_sources(
            [report("Orla sinks", doc=doc, quotes=(text,)) for doc, text in zip("ab", (whole, short), strict=True)]
        )
        == 1
    )


def test_a_few_common_words_are_no_copy() -> None:
    one = report("Orla sinks", quotes=("You say that the ferry Orla sank in May.",))
    other = report("Orla sinks", doc="b", quotes=("The books of the port show when the ferry Orla sank in May 2031.",))

    assert independent_sources([one, other]) == 2


def test_who_quotes_another_document_counts_with_it() -> None:
    quoted = report("Orla sinks", medium="The Bell")
    quoting = report("Orla sinks", doc="b", quotes=("The Orla has sunk, The Bell wrote on Monday.",), medium="The Horn")

    assert independent_sources([quoted, quoting]) == 1
    assert independent_sources([quoted, quoting, report("Orla goes down", doc="b", number=1, medium="The Horn")]) == 2


def test_a_quoted_message_counts_with_the_message() -> None:
    message = report("Lund warns Acme", doc="mail", medium="Ada Lund").model_copy(update={"path": "warning.eml"})
    quoting = report(
        "Lund warns Acme", doc="b", quotes=("The e-mail was sent by Ada Lund.",), by=[("Ada Lund", "asserts")]
    )
    spoken = report("Lund warns Acme", doc="c", quotes=("Ada Lund told the court.",), by=[("Ada Lund", "asserts")])

    assert independent_sources([message, quoting, spoken]) == 2


def test_a_correction_counts_with_the_article_that_it_corrects() -> None:
    article = report("Orla sinks", "2030-05-04", medium="The Bell", published=date(2031, 5, 5))
    correction = report(
        "Orla sinks", doc="b", by=[("The Bell", "withdraws")], status="withdrawn", published=date(2031, 5, 7)
    )

    assert independent_sources([article, correction]) == 1


def test_two_articles_of_one_paper_are_two_sources() -> None:
    assert independent_sources([report("Orla sinks", doc=doc, medium="The Bell") for doc in "ab"]) == 2
