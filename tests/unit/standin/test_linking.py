"""The stand-in's answers about pairs of reports, asked as a document's linking asks."""

from __future__ import annotations

import json

import pytest

from dateline.ask.strict import strict_schema
from dateline.linking.model import Report
from dateline.linking.question import LinkingAnswer, linking_request
from infra.standin.chat import complete
from infra.standin.linking import link
from infra.standin.refusal import RefusedError
from tests.unit.linking.reports import report

ENGLISH = "Intermediaries met at Lake Breven in November, two Ostranan officials said."
GERMAN = "Zwei ostranischen Beamten zufolge trafen sich Vermittler beider Länder im Herbst in einem Hotel am Brevensee."
FRENCH = "Selon trois responsables ostraniens, des intermédiaires se sont rencontrés au bord du lac de Breven."


def told(quote: str, doc: str = "a", on: str = "2023-11") -> Report:
    return report(quote[:60], on, doc=doc, quotes=(quote,))


def same(*pairs: tuple[Report, Report]) -> tuple[int, ...]:
    return link(linking_request(pairs).messages[1].content).same


def body(content: str) -> bytes:
    messages = [{"role": "system", "content": "Instructions."}, {"role": "user", "content": content}]
    schema = {"name": "answer", "strict": True, "schema": strict_schema(LinkingAnswer)}
    asked = {"type": "json_schema", "json_schema": schema}
    return json.dumps({"model": "extractive", "messages": messages, "response_format": asked}).encode()


@pytest.mark.parametrize(("one", "other"), [(ENGLISH, GERMAN), (ENGLISH, FRENCH), (GERMAN, FRENCH)])
def test_one_date_and_words_of_one_root_in_two_languages_are_the_same(one: str, other: str) -> None:
    assert same((told(one), told(other, "b"))) == (1,)


def test_another_date_is_another_thing() -> None:
    assert same((told(ENGLISH), told(GERMAN, "b", on="2023-10"))) == ()


def test_a_day_and_its_month_are_two_dates() -> None:
    assert same((told(ENGLISH), told(GERMAN, "b", on="2023-11-28"))) == ()


def test_two_reports_in_one_language_are_never_the_same() -> None:
    assert same((told(ENGLISH), told("Two Ostranan officials met intermediaries at Lake Breven.", "b"))) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The fire broke out on the ferry of Norvand Lines.", "Norvand Lines hat den Prüfbericht erhalten."),
        ("The agreement expired and was not renewed.", FRENCH),
        ("Officials in Velmark spoke of the Velmark dam.", "Velmark will den Damm in Velmark nicht bauen."),
    ],
    ids=["a name of two words", "nothing", "a name twice"],
)
def test_one_name_alone_makes_nothing_the_same(one: str, other: str) -> None:
    assert same((told(one), told(other, "b"))) == ()


def test_the_words_of_the_date_tell_nothing() -> None:
    one = report("x", "2023-11", quotes=("In November 2023 the council of Elvry met.",))
    other = report("y", "2023-11", doc="b", quotes=("Im November 2023 regnete es in Elvry.",))

    shown = linking_request([(one, other)]).messages[1].content
    for line, words in ((one, "In November 2023"), (other, "Im November 2023")):
        shown = shown.replace(f"{line.event.when.words} (", f"{words} (", 1)

    assert link(shown).same == ()


def test_pairs_are_answered_by_their_numbers() -> None:
    english = told(ENGLISH)

    assert same((english, told("Der Streit dauert an.", "b")), (english, told(GERMAN, "c"))) == (2,)


def test_a_pair_of_a_report_that_is_not_shown_is_not_the_same() -> None:
    content = linking_request([(told(ENGLISH), told(GERMAN, "b"))]).messages[1].content

    assert link(f"{content}\n2: 1 and 9").same == (1,)


def test_the_answer_comes_under_the_schema_of_linking() -> None:
    content = linking_request([(told(ENGLISH), told(GERMAN, "b"))]).messages[1].content

    choices = complete(body(content))["choices"]

    assert isinstance(choices, list)
    assert isinstance(choices[0], dict)
    assert choices[0]["message"] == {"role": "assistant", "content": '{"same":[1]}', "refusal": None}


def test_a_request_without_reports_is_refused() -> None:
    with pytest.raises(RefusedError, match="no pairs follow on reports"):
        complete(body("Pairs\n1: 1 and 2"))
