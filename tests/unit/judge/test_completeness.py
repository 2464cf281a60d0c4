"""Dates that an answer passed over, times of day, duplicates, and statements."""

from datetime import date
from time import monotonic

import pytest

from dateline.ask.schema import Repair
from dateline.deadline import Deadline
from dateline.documents import Document, Published
from dateline.documents.read import read
from dateline.errors import OutOfTime
from dateline.extract import extract
from dateline.judge.completeness import passed_over, unused
from dateline.judge.judge import judge
from dateline.judge.readings import Readings
from tests.unit.judge.answers import FakeModel, answer, completion, event, stored, who

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"]
CHRONICLE = "\n".join(f"The council met in {month} 2021 to speak of the bridge." for month in MONTHS)


@pytest.fixture
def chronicle() -> Document:
    return read(CHRONICLE.encode(), name="x", language="en")


def asked(document: Document, *said: dict[str, object]) -> FakeModel:
    model = FakeModel(*(completion(one) for one in said))
    extract(document, model, output_language="en", deadline=monotonic() + 60)
    return model


def test_many_dates_that_nothing_cites_are_asked_for_alone(chronicle: Document) -> None:
    model = asked(chronicle, answer(event("Council meets", 1, d="in January 2021")), answer() | {"skip": []})

    assert set(Repair.model_fields) == set(model.requests[1].schema["properties"])  # type: ignore[arg-type]
    assert '- 2 ("in February 2021")' in model.requests[1].messages[3].content
    assert '1 ("in January 2021")' not in model.requests[1].messages[3].content


def test_a_few_are_asked_for_only_beside_what_failed(chronicle: Document) -> None:
    cited = [event(f"Council meets in {month}", n, d=f"in {month} 2021") for n, month in enumerate(MONTHS[:6], 1)]

    alone = asked(chronicle, answer(*cited))
    beside = asked(chronicle, answer(*cited, event("Bridge", 99)), answer() | {"skip": []})

    assert len(alone.requests) == 1
    assert '- 7 ("in July 2021")' in beside.requests[1].messages[3].content


def test_no_more_than_twenty_are_asked_for() -> None:
    long = read("\n".join(f"The council met on 3 May {year}." for year in range(1900, 1960)).encode(), name="x")

    model = asked(long, answer(), answer() | {"skip": []})

    assert model.requests[1].messages[3].content.count("- ") == 20


def test_a_text_full_of_dates_that_come_to_none_is_given_up() -> None:
    months, weekdays = (
        "It met on 3 May 2023.\n",
        "It met on Monday, Monday, Monday, Monday, Monday, Monday, Monday, Monday.\n",
    )
    some = read((weekdays * 100 + months).encode(), name="x", language="en")
    many = read((weekdays * 250 + months).encode(), name="x", language="en")

    assert [one.sentence for one in passed_over(Readings(some), some.sentences, "en", ())] == [101]
    assert list(passed_over(Readings(many), many.sentences, "en", ())) == []


def test_looking_for_dates_ends_when_the_time_is_up(chronicle: Document) -> None:
    readings, late = Readings(chronicle), Deadline(0)

    with pytest.raises(OutOfTime):
        list(passed_over(readings, chronicle.sentences, "en", (), late))
    with pytest.raises(OutOfTime):
        list(unused(readings, chronicle.sentences, "en", (), (), deadline=late))


@pytest.mark.parametrize(
    ("published", "lost"), [(None, ["yesterday; last week"]), (Published(date(2024, 5, 24), "caller"), [])]
)
def test_dates_that_are_lost_for_want_of_the_day_of_publication_are_named(
    published: Published | None, lost: list[str]
) -> None:
    text = "The dam was closed yesterday. It opened in 2019. Two men were seen last week. They met in the old days."
    document = read(text.encode(), name="x", language="en", published=published)

    notes = judge(document, stored(document, answer(event("Dam opens", 2, d="in 2019")))).notes

    assert [note.subject for note in notes if note.code == "published_unknown"] == lost


def test_the_dates_not_used_are_noted_with_the_models_reason(chronicle: Document) -> None:
    repaired = answer() | {"skip": [{"s": [3], "r": "background"}]}
    said = answer(event("Council meets", 1, d="in January 2021"))

    notes = judge(chronicle, stored(chronicle, said, repaired)).notes

    assert [note.subject for note in notes] == [f"in {month} 2021" for month in MONTHS[1:]]
    assert [note.message for note in notes][:2] == ["sentence 2: no event rests on it", "sentence 3: background"]


def unused_dates(document: Document, *events: dict[str, object], **fields: object) -> list[str | None]:
    notes = judge(document, stored(document, answer(*events, **fields))).notes
    return [note.subject for note in notes if note.code == "date_unused"]


def test_a_date_that_only_the_summary_rests_on_is_noted() -> None:
    document = read(b"The council met on 3 May 2020. Repairs ended on 9 March 2021.", name="x", language="en")
    summary = [{"t": "Repairs ended on 9 March 2021.", "s": [2]}]

    assert unused_dates(document, event("Council meets", 1, d="on 3 May 2020"), sum=summary) == ["on 9 March 2021"]


def test_each_further_date_of_a_sentence_is_noted() -> None:
    text = b"The bridge was begun on 3 May 2011, opened in June 2015 and closed on 9 March 2021."
    document = read(text, name="x", language="en")

    left = unused_dates(document, event("Bridge opens", 1, d="in June 2015"))

    assert left == ["on 3 May 2011", "on 9 March 2021"]


def test_a_date_said_twice_or_in_other_words_is_used_where_an_event_rests_on_it() -> None:
    text = b"The council met on 3 May 2020. The meeting of 3 May 2020 was long. It ended on 2020-05-03."
    document = read(text, name="x", language="en")

    assert unused_dates(document, event("Council meets", 1, 2, 3, d="on 3 May 2020")) == []


def test_a_date_that_an_events_date_is_reckoned_from_is_used() -> None:
    document = read(b"The council met on 3 May 2020. Two days later it voted.", name="x", language="en")

    assert unused_dates(document, event("Council votes", 2, d="Two days later")) == []


def test_a_date_is_reckoned_from_the_body_alone_as_that_of_an_event_is() -> None:
    headings = "\n\n".join(f"Heading {number}" for number in range(25))
    text = f"The council met in late 2023.\n\n{headings}\n\nIn January it voted on the plan."
    document = read(text.encode(), name="x", language="en")

    assert unused_dates(document) == ["in late 2023", "In January"]


def test_a_text_with_more_dates_than_a_list_holds_says_where_it_was_given_up() -> None:
    text = "\n".join(f"The council met on 3 May {year}." for year in range(1700, 1950))
    document = read(text.encode(), name="x", language="en")

    notes = judge(document, stored(document, answer())).notes

    assert notes[0].code == "dates_not_compared"
    assert "sentence 201 " in notes[0].message
    assert {note.subject for note in notes[1:100]} == {f"on 3 May {year}" for year in range(1700, 1799)}


def test_events_of_one_day_stand_by_their_times() -> None:
    text = "On 3 May 2024 at 9 p.m. the fire was out. At 2:30 p.m. on 3 May 2024 it had broken out."
    document = read(text.encode(), name="x", language="en")
    said = answer(
        event("Fire is out", 1, d="On 3 May 2024 at 9 p.m."),
        event("Fire breaks out", 2, d="At 2:30 p.m. on 3 May 2024"),
    )

    findings = judge(document, stored(document, said)).findings

    assert [(finding.title, finding.when.time) for finding in findings] == [
        ("Fire breaks out", "14:30"),
        ("Fire is out", "21:00"),
    ]


def test_one_event_told_twice_is_merged_with_all_that_it_rests_on(chronicle: Document) -> None:
    said = answer(
        event("Council meets about the bridge", 1, d="in January 2021"),
        event("The council meets about the bridge", 1, 2, d="in January 2021"),
        event("Bridge is discussed by mayor", 1, d="in January 2021"),
    )

    extraction = judge(chronicle, stored(chronicle, said))

    assert [len(finding.evidence) for finding in extraction.findings] == [2, 1]
    assert "duplicate" in [note.code for note in extraction.notes]


def test_statements_are_kept_with_the_document_and_not_on_the_timeline() -> None:
    document = read(b"The bridge is unsafe, the engineer Ann Lee said.", name="x", language="en")
    said = answer(who=[who("Ann Lee", named=True)], say=[{"t": "The bridge is unsafe.", "s": [1], "i": 0}])

    extraction = judge(document, stored(document, said))

    assert extraction.findings == ()
    (statement,) = extraction.statements
    assert (statement.text, statement.who, statement.evidence[0].sentence) == ("The bridge is unsafe.", "Ann Lee", 1)


def test_a_statement_may_be_denied_or_reported_by_a_medium_or_be_the_documents_own() -> None:
    document = read(b"Ann Lee denied that she knew, the Lowmere Courier wrote. It is unclear.", name="x", language="en")
    said = answer(
        who=[who("Ann Lee", named=True), who("the Lowmere Courier", named=True)],
        say=[
            {"a": "denies", "v": 1, "t": "Ann Lee knew.", "s": [1], "i": 0},
            {"a": "declines", "v": None, "t": "Ann Lee knew.", "s": [2], "i": -1},
        ],
    )

    statements = judge(document, stored(document, said)).statements

    assert [(one.who, one.kind, one.stance, one.via, one.introduced) for one in statements] == [
        ("Ann Lee", "named", "denies", "the Lowmere Courier", 1),
        (None, "document", "declines", None, None),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        {"a": "guesses", "v": None, "t": "The bridge is unsafe.", "s": [1], "i": 0},
        {"a": "denies", "v": 7, "t": "The bridge is unsafe.", "s": [1], "i": 0},
        {"t": "Four bridges are unsafe.", "s": [1], "i": 0},
        {"t": "The bridge is unsafe.", "s": [9], "i": -1},
        {"t": "The bridge is unsafe.", "s": [1], "i": 5},
    ],
)
def test_a_statement_that_its_sentence_does_not_hold_is_left_out(statement: dict[str, object]) -> None:
    document = read(b"The bridge is unsafe, the engineer Ann Lee said.", name="x", language="en")

    extraction = judge(document, stored(document, answer(who=[who("Ann Lee", named=True)], say=[statement])))

    assert extraction.statements == ()
    assert extraction.notes or statement.get("a") == "guesses"
