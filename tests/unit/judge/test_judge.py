"""The whole judgement of answers, on a report of our own with what makes reports difficult."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.documents import Document, Published
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.judge.judge import judge
from dateline.judge.speakers import MOST_HEARD
from dateline.records import Extraction, Finding
from tests.unit.judge.answers import answer, at, by, completion, event, stored, who

REPORT = """\
Landesregierung lehnt Angebot der Reederei ab
Die Reederei Nordwind hat nach Angaben zweier Beamter versucht, über Mittelsmänner mit dem Land zu verhandeln.
Drei ehemaligen Mitarbeitern zufolge trafen sich die Mittelsmänner Ende 2023 in Lübeck. Das berichtete der Seebote.
Ein Sprecher der Staatskanzlei sagte, man wisse nichts von einem solchen Treffen.
Als im Januar ein Brief der Reederei eintraf, antwortete die Ministerin nicht, sagte ein Beamter.
Die Gespräche zogen sich zwei Monate hin.
Das Land lehnte das Angebot ab.
Nordwind bestreitet, 2022 Geld an einen Berater gezahlt zu haben. Die Zeitung Hafenblick bleibt bei ihrem Bericht.
Eine Anhörung im Landtag ist für den 14. März 2024 angesetzt.
Weitere Nachrichten:
Fähre liegt seit 2019 still
"""
# The numbers of its sentences.
HEADING, OFFER, MEETING, SEEBOTE, SPOKESMAN, LETTER, TWO_MONTHS, REJECTION, PAYMENT, HAFENBLICK, HEARING = range(1, 12)
FERRY = 13

WHO = [
    who("Drei ehemaligen Mitarbeitern", "three former employees"),
    who("Seebote", "Seebote", named=True),
    who("Ein Sprecher der Staatskanzlei", "a spokesman of the State Chancellery"),
    who("ein Beamter", "an official"),
    who("Nordwind", "Nordwind", named=True),
    who("Die Zeitung Hafenblick", "the newspaper Hafenblick", named=True),
    who("zweier Beamter", "two officials"),
]
EMPLOYEES, MEDIUM, CHANCELLERY, OFFICIAL, NORDWIND, NEWSPAPER, OFFICIALS = range(7)
NAMES = ["Nordwind", {"w": "Lübeck", "n": "Luebeck"}, {"w": "Hansestadt Lübeck", "n": "Lübeck"}, "Kiel"]
HERE, KIEL = 1, 3


@pytest.fixture(scope="module")
def report() -> Document:
    return read(REPORT.encode(), name="report.txt")


def judged(report: Document, *events: dict[str, object], **fields: object) -> Extraction:
    return judge(report, stored(report, answer(*events, who=WHO, names=NAMES, **fields)))


def only(extraction: Extraction) -> Finding:
    (finding,) = extraction.findings
    return finding


def codes(extraction: Extraction) -> list[str]:
    return [note.code for note in extraction.notes if note.code != "date_unused"]


def test_a_difficult_report_comes_to_its_timeline(report: Document) -> None:
    extraction = judged(
        report,
        event("State rejects the offer", REJECTION, HEADING),
        event("Hearing in parliament", HEARING, d="14. März 2024", e="2024-03-14", x=["planned"]),
        event("Shipping company's letter arrives", LETTER, d="Januar", e="2024-01", x=[by(OFFICIAL)]),
        event(
            "Middlemen meet in Luebeck", MEETING, d="Ende 2023", e="2023-09~/2023-12~",
            x=[at(HERE), by(EMPLOYEES, via=MEDIUM), by(CHANCELLERY, "declines")],
        ),
        event(
            "Nordwind pays an adviser", PAYMENT, d="2022", e="2022",
            x=[by(NORDWIND, "denies"), by(NEWSPAPER)],
        ),
        sum=[{"t": "The state rejected it.", "s": [REJECTION]}],
    )  # fmt: skip

    shown = [
        (finding.title, finding.when.words, str(finding.when.earliest), str(finding.when.latest), finding.status)
        for finding in extraction.findings
    ]
    assert shown == [
        ("Nordwind pays an adviser", "2022", "2022-01-01", "2022-12-31", "disputed"),
        ("Middlemen meet in Luebeck", "Ende 2023", "2023-09-01", "2023-12-31", "claimed"),
        ("Shipping company's letter arrives", "im Januar", "2024-01-01", "2024-01-31", "claimed"),
        ("Hearing in parliament", "den 14. März 2024", "2024-03-14", "2024-03-14", "stated"),
        ("State rejects the offer", None, "None", "None", "stated"),
    ]
    assert {finding.when.checked for finding in extraction.findings} == {"agrees", None}
    assert not extraction.notes


def test_a_month_without_year_hangs_on_its_neighbour(report: Document) -> None:
    when = only(judged(report, event("Letter arrives", LETTER, d="im Januar", e="2024-01"))).when

    assert (when.edtf, when.basis, when.extent) == ("2024-01", "context", "within")
    assert when.anchor is not None
    assert (when.anchor.source, when.anchor.sentence, when.anchor.words) == ("neighbour", MEETING, "Ende 2023")


def test_every_quote_is_the_stored_text_at_its_offsets(report: Document) -> None:
    extraction = judged(
        report,
        event("Middlemen meet", MEETING, d="Ende 2023", e="2023-09~/2023-12~", x=[by(EMPLOYEES, via=MEDIUM)]),
        sum=[{"t": "They met.", "s": [MEETING, MEETING, OFFER]}],
    )

    assert extraction.summary is not None
    evidence = [*extraction.summary.headline.evidence, *extraction.summary.sentences[0].evidence]
    evidence += only(extraction).evidence
    assert all(report.text[part.start : part.end] == part.quote for part in evidence)
    assert [part.sentence for part in extraction.summary.sentences[0].evidence] == [MEETING, OFFER]


def test_a_speaker_named_in_another_sentence_is_introduced_there_and_it_is_no_evidence(report: Document) -> None:
    finding = only(judged(report, event("State rejects it", REJECTION, x=[by(OFFICIALS, via=MEDIUM)])))

    assert finding.said_by[0].model_dump() == {
        "who": "two officials",
        "words": "zweier Beamter",
        "kind": "anonymous",
        "stance": "asserts",
        "via": "Seebote",
        "introduced": OFFER,
    }
    assert [part.sentence for part in finding.evidence] == [REJECTION]


def test_who_answers_a_claim_may_do_so_later_in_the_text(report: Document) -> None:
    finding = only(judged(report, event("Middlemen meet", MEETING, x=[by(EMPLOYEES), by(NORDWIND, "denies")])))

    assert finding.status == "disputed"
    assert finding.said_by[1].introduced == OFFER


def test_a_speaker_who_asserts_it_only_later_fails_the_event(report: Document) -> None:
    extraction = judged(report, event("Middlemen try to talk", OFFER, x=[by(NEWSPAPER)]))

    assert not extraction.findings
    assert codes(extraction) == ["words_not_found"]
    assert f"only in sentence {HAFENBLICK}" in extraction.notes[0].message


def test_a_speaker_who_is_not_in_the_document_fails_the_event(report: Document) -> None:
    extraction = judge(report, stored(report, answer(event("x", OFFER, x=[by(0)]), who=[who("Der Kanzler")])))

    assert (extraction.findings, codes(extraction)) == ((), ["words_not_found"])


def test_a_denied_claim_is_denied_not_a_fact(report: Document) -> None:
    assert only(judged(report, event("Nordwind pays", PAYMENT, x=[by(NORDWIND, "denies")]))).status == "denied"


def test_a_denial_against_the_documents_own_voice_is_a_dispute(report: Document) -> None:
    finding = only(judged(report, event("Nordwind pays", PAYMENT, x=[by(NORDWIND, "denies"), by(-1)])))

    assert finding.status == "disputed"
    assert [(said.who, said.kind, said.stance) for said in finding.said_by] == [
        ("Nordwind", "named", "denies"),
        (None, "document", "asserts"),
    ]


def test_a_duration_dates_nothing_whatever_the_model_says(report: Document) -> None:
    extraction = judged(report, event("Talks drag on", TWO_MONTHS, d="zwei Monate", e="2023-11/2024-01"))

    assert only(extraction).when.basis == "undated"
    assert codes(extraction) == ["date_unresolved"]


@pytest.mark.parametrize("cited", [[], [0], [99], [-1], [FERRY]])
def test_what_cites_nothing_of_the_article_is_left_out_and_noted(report: Document, cited: list[int]) -> None:
    extraction = judged(report, event("Ferry idle", *cited))

    assert (extraction.findings, codes(extraction)) == ((), ["sentence_unknown"])
    assert extraction.notes[0].subject == "Ferry idle"


def test_what_cites_the_whole_report_is_left_out(report: Document) -> None:
    every = range(HEADING, HEARING + 1)

    extraction = judged(report, event("Talks fail", *every), sum=[{"t": "Talks failed.", "s": [*every]}])

    assert (extraction.findings, codes(extraction)) == ((), ["too_many_cited", "too_many_cited"])


def test_a_summary_may_date_a_plan_by_the_day_that_its_event_comes_to() -> None:
    document = read(
        "Der für Dienstag geplante Rat fällt aus.".encode(),
        name="x",
        language="de",
        published=Published(date(2024, 5, 24), "caller"),
    )
    planned = event("Council meets", 1, d="Dienstag", e="2024-05-28", x=["planned"])

    extraction = judge(document, stored(document, answer(planned, sum=[{"t": t, "s": [1]} for t in (
        "The council planned for 28 May 2024 was called off.", "The council planned for 27 May 2024 was called off.",
    )])))  # fmt: skip

    assert extraction.summary is not None
    assert [one.text for one in extraction.summary.sentences] == ["The council planned for 28 May 2024 was called off."]
    assert codes(extraction) == ["number_unsupported"]


@pytest.mark.parametrize("words", ["Ende 2024", "ende 2023", "late 2023"])
def test_words_of_a_date_that_stand_in_no_cited_sentence_fail_the_event(report: Document, words: str) -> None:
    extraction = judged(report, event("Middlemen meet", MEETING, d=words, e="2023"))

    assert (extraction.findings, codes(extraction)) == ((), ["words_not_found"])


@pytest.mark.parametrize("index", [-2, 7, 10**30])
def test_an_index_to_nobody_fails_the_event(report: Document, index: int) -> None:
    extraction = judged(report, event("Middlemen meet", MEETING, x=[by(index)]))

    assert (extraction.findings, codes(extraction)) == ((), ["reference_unknown"])


def test_a_name_that_is_not_in_the_document_is_lost_and_the_event_is_not(report: Document) -> None:
    extraction = judged(report, event("Middlemen finally meet Nordwind in Luebeck and in Lübeck", MEETING))

    assert [name.name for name in only(extraction).names] == ["Nordwind", "Luebeck"]
    assert codes(extraction) == ["words_not_found"]


def test_a_name_that_is_neither_declared_nor_in_the_document_fails_the_event(report: Document) -> None:
    extraction = judged(report, event("Middlemen finally meet in Lübeck and in Kiel", MEETING))

    assert (extraction.findings, codes(extraction)[-1]) == ((), "name_undeclared")


def test_a_name_has_the_documents_words_beside_the_titles(report: Document) -> None:
    names = only(judged(report, event("Middlemen meet in Luebeck", MEETING))).names

    assert [(name.name, name.words) for name in names] == [("Luebeck", "Lübeck")]


@pytest.mark.parametrize(("index", "code"), [(KIEL, "words_not_found"), (9, "reference_unknown")])
def test_a_place_that_is_not_in_the_document_is_lost_and_the_event_is_not(
    report: Document, index: int, code: str
) -> None:
    extraction = judged(report, event("Middlemen meet", MEETING, x=[at(index)]))

    assert (only(extraction).place, codes(extraction)) == (None, [code])


def test_an_event_listed_twice_stands_once(report: Document) -> None:
    extraction = judged(report, event("Middlemen meet", MEETING), event("middlemen  meet!", MEETING, SEEBOTE))

    assert only(extraction).title == "Middlemen meet"
    assert codes(extraction) == ["duplicate"]


@pytest.mark.parametrize("title", ["", " \n", "x" * 501])
def test_a_title_must_be_one(report: Document, title: str) -> None:
    assert codes(judged(report, event(title, MEETING))) == ["no_title"]


def test_without_its_headline_a_summary_begins_with_its_first_sentence(report: Document) -> None:
    extraction = judged(report, head={"t": "x", "s": [99]}, sum=[{"t": "They met.", "s": [3]}, {"t": "No.", "s": [7]}])

    assert extraction.summary is not None
    assert extraction.summary.headline.text == "They met."
    assert [sentence.text for sentence in extraction.summary.sentences] == ["No."]
    assert codes(extraction) == ["sentence_unknown"]


def test_a_summary_names_nobody_who_is_neither_declared_nor_in_the_document(report: Document) -> None:
    said = ["They met in Luebeck.", "They met in Kiel.", "They met on behalf of Nordwind."]

    extraction = judged(report, sum=[{"t": t, "s": [3]} for t in said])

    assert extraction.summary is not None
    assert [sentence.text for sentence in extraction.summary.sentences] == [said[0], said[2]]
    assert codes(extraction) == ["name_undeclared"]


def test_a_summary_says_nothing_twice(report: Document) -> None:
    extraction = judged(report, sum=[{"t": t, "s": [3]} for t in ("They met.", "In Lübeck.", "they met")])

    assert extraction.summary is not None
    assert [sentence.text for sentence in extraction.summary.sentences] == ["They met.", "In Lübeck."]


@pytest.mark.parametrize("said", ["", "I cannot", "[]", "{}", '"x"', "[" * 1000, '{"ev": 3}'])
def test_an_answer_with_nothing_in_it_is_refused_loudly(report: Document, said: str) -> None:
    with pytest.raises(Rejected) as refused:
        judge(report, stored(report, said))

    assert refused.value.code == "nothing_usable"


def test_one_malformed_event_spoils_no_other(report: Document) -> None:
    bad = event("x", MEETING) | {"x": ["perhaps"]}

    extraction = judged(report, bad, event("Middlemen meet", MEETING))

    assert only(extraction).title == "Middlemen meet"
    assert codes(extraction) == ["malformed"]


@pytest.mark.parametrize(
    ("unlike_most", "told"),
    [
        ([{"p": "0"}], "x.0.p Input should be a valid integer"),
        ([{"i": 0, "a": "agrees"}], "x.0.a Input should be 'asserts', "),
        ([{"v": 1, "i": 0, "a": "agrees"}], "x.0.a Input should be 'asserts', "),
    ],
)
def test_what_is_malformed_is_told_of_the_choice_that_it_comes_nearest_to(
    report: Document, unlike_most: list[dict[str, object]], told: str
) -> None:
    extraction = judged(report, event("x", MEETING) | {"x": unlike_most}, event("Middlemen meet", MEETING))

    [message] = [note.message for note in extraction.notes if note.code == "malformed"]
    assert told in message


def test_what_is_said_to_be_as_most_events_are_says_nothing(report: Document) -> None:
    plain = event("Middlemen meet", MEETING)

    assert only(judged(report, plain | {"x": ["done", {"p": None}]})) == only(judged(report, plain))


def test_a_thing_that_was_planned_and_called_off_is_called_off(report: Document) -> None:
    assert only(judged(report, event("Middlemen meet", MEETING, x=["planned", "called_off"]))).course == "called_off"


def test_a_speaker_who_is_declared_by_words_alone_is_named(report: Document) -> None:
    said = answer(event("State rejects it", REJECTION, x=[0]), who=["Seebote"])

    [heard] = only(judge(report, stored(report, said))).said_by

    assert (heard.who, heard.words, heard.kind, heard.stance) == ("Seebote", "Seebote", "named", "asserts")


def test_course_place_and_speakers_under_keys_of_their_own_say_the_same(report: Document) -> None:
    stances = [by(EMPLOYEES, via=MEDIUM), by(CHANCELLERY, "declines"), by(OFFICIALS)]
    ours = event("Middlemen meet in Luebeck", MEETING, x=["planned", at(HERE), *stances])
    older = {key: value for key, value in ours.items() if key != "x"} | {
        "c": "planned", "p": HERE, "b": [*stances[:2], {"i": OFFICIALS, "a": "asserts"}],
    }  # fmt: skip

    assert only(judged(report, older)) == only(judged(report, ours))


def test_a_cut_off_answer_keeps_what_was_finished(report: Document) -> None:
    whole = completion(answer(event("Middlemen meet", MEETING), event("State rejects it", REJECTION))).text
    cut = completion(whole[: whole.index("rejects it")], "length")

    extraction = judge(report, stored(report, cut))

    assert only(extraction).title == "Middlemen meet"
    assert codes(extraction)[0] == "answer_cut_off"


def test_json_in_a_code_fence_is_read(report: Document) -> None:
    fenced = f"```json\n{completion(answer(event('Middlemen meet', MEETING))).text}\n```"

    assert only(judge(report, stored(report, fenced))).title == "Middlemen meet"


def test_the_same_answer_is_judged_the_same(report: Document) -> None:
    kept = stored(report, answer(event("Middlemen meet", MEETING, d="Ende 2023"), who=WHO))

    assert judge(report, kept) == judge(report, type(kept).model_validate_json(kept.model_dump_json()))


def test_a_publication_date_is_an_anchor_with_its_day(report: Document) -> None:
    text = "Der Rat trat gestern zurück."
    dated = read(text.encode(), name="x", language="de", published=Published(date(2024, 5, 24), "caller"))

    when = only(judge(dated, stored(dated, answer(event("Council resigns", 1, d="gestern", e="2024-05-23"))))).when

    assert (when.edtf, when.basis) == ("2024-05-23", "relative")
    assert when.anchor is not None
    assert (when.anchor.source, when.anchor.published) == ("published", date(2024, 5, 24))


_NUMBERS = st.sampled_from([*range(1, 12), *range(1, 12), -2, 0, FERRY, 99, 10**20])
_INDICES = st.sampled_from([*range(7), *range(7), -2, -1, 7, 10**20])
_WORDS = st.sampled_from(
    ["Ende 2023", "2022", "im Januar", "zwei Monate", "Nordwind", "ein Beamter", "x", "", "Seebote"]
)
_DATES = st.none() | st.sampled_from(["2023", "2024-01", "2023-09~/2023-12~", "../2024", "x", "2023-02-30"])
_EVENTS = st.fixed_dictionaries(
    {
        "t": _WORDS,
        "s": st.lists(_NUMBERS, min_size=1, max_size=4),
        "x": st.lists(
            st.sampled_from(["planned", "called_off", "perhaps"])
            | st.builds(at, _INDICES)
            | st.builds(by, _INDICES, st.sampled_from(["asserts", "denies", "declines", "says"])),
            max_size=3,
        ),
        "d": st.none() | _WORDS,
        "e": _DATES,
    }
)
_SENTENCES = st.fixed_dictionaries({"t": _WORDS, "s": st.lists(_NUMBERS, max_size=2)})
_SAID = st.builds(
    lambda events, head, sentences, names: answer(*events, head=head, sum=sentences, who=WHO, names=names),
    st.lists(_EVENTS, min_size=1, max_size=6),
    _SENTENCES | st.none(),
    st.lists(_SENTENCES, max_size=2),
    st.lists(_WORDS | st.builds(lambda words: {"w": words, "n": words}, _WORDS), max_size=2),
)


@settings(deadline=None)
@given(st.lists(_SAID, min_size=1, max_size=2), st.sampled_from([0, 0, 0, 60, 250]))
def test_whatever_a_model_says_what_is_published_is_cited_and_quoted_truly(
    said: list[dict[str, object]], cut: int
) -> None:
    document = read(REPORT.encode(), name="report.txt", language="de")
    last = completion(said[-1])
    cut_off = type(last)(text=last.text[:-cut] if cut else last.text, finish="length", usage=last.usage)
    try:
        extraction = judge(document, stored(document, *said[:-1], cut_off))
    except Rejected:
        return

    summary = extraction.summary
    sentences = [summary.headline, *summary.sentences] if summary else []
    for evidence in [*(finding.evidence for finding in extraction.findings), *(part.evidence for part in sentences)]:
        assert evidence
        for quote in evidence:
            assert document.text[quote.start : quote.end] == quote.quote
            assert document.sentences[quote.sentence - 1].role != "boilerplate"
    for finding in extraction.findings:
        assert finding.when.words is None or any(finding.when.words in part.quote for part in finding.evidence)
        assert all(said_by.words is None or said_by.words in document.text for said_by in finding.said_by)


def test_a_sentence_that_is_cited_thousands_of_times_is_read_once(report: Document) -> None:
    summary = [{"t": f"Part {number} of 9 offers", "s": [OFFER] * 20_000} for number in range(40)]
    began = time.process_time()

    judged(report, sum=summary)

    assert time.process_time() - began < 15  # seconds; 40 or more if each were read


def test_whatever_an_answer_says_its_run_fits_into_an_item_of_the_table() -> None:
    sentence = "Мэр города Лоумир сообщил, что " + "порт и гавань и рынок " * 50 + "будут закрыты."
    document = read("\n\n".join([sentence] * 8).encode(), name="report.txt", language="ru")
    cited = [one.number for one in document.sentences]
    said = [{"t": f"The port {'aeiou'[number % 5] * (number + 2)}", "s": cited} for number in range(60)]
    wrong = [event("ы" * 600, 1) for _ in range(150)]

    extraction = judge(
        document,
        stored(document, answer(*wrong, head=said[0], sum=said, say=[part | {"i": -1} for part in said])),
    )

    assert extraction.summary is not None
    assert len(extraction.model_dump_json().encode()) < 270_000  # bytes; what changed takes 130,000 of 400,000
    assert 0 < len(extraction.summary.sentences) < len(said)
    assert 0 < len(extraction.statements) < len(said)
    assert [note.code for note in extraction.notes].count("left_out") == 2


def _of_many_speakers(count: int) -> tuple[Document, dict[str, object]]:
    names = [f"Sprecher{chr(65 + number // 26)}{chr(97 + number % 26)}" for number in range(count)]
    text = "\n\n".join([*(f"{name} sagte, {'der Hafen und der Markt ' * 50}." for name in names), "Der Markt schloss."])
    document = read(text.encode(), name="report.txt", language="de")
    said = event("Market closes", len(document.sentences), x=[by(number) for number in range(count)])
    return document, answer(said, who=[who(name, named=True) for name in names])


def test_an_event_has_room_for_its_speakers_and_no_more() -> None:
    some, few = _of_many_speakers(MOST_HEARD)
    many, much = _of_many_speakers(MOST_HEARD + 1)

    assert len(only(judge(some, stored(some, few))).said_by) == MOST_HEARD
    assert codes(judge(many, stored(many, much))) == ["too_many_heard"]


def test_an_event_that_does_not_fit_into_an_item_of_the_table_is_left_out_and_told(report: Document) -> None:
    place = {"w": "Nordwind", "n": "x" * 400_000}

    extraction = judge(report, stored(report, answer(event("Hearing is set", HEARING, x=[at(0)]), names=[place])))

    assert not extraction.findings
    assert "left_out" in codes(extraction)


def test_an_event_that_rests_on_nothing_but_who_wrote_what_is_quoted_is_left_out() -> None:
    line = "On Wed, 26 Feb 2025 at 18:02, Ada Holm <ada@moor.example> wrote:"
    document = read(f"{line}\n\nThe pump failed on 24 February 2025.\n".encode(), name="a.txt", language="en")
    said = answer(
        event("Holm wrote to the board", 1), event("The pump failed", 1, 2), lang="en", head={"t": "Pump", "s": [2]}
    )

    extraction = judge(document, stored(document, said))

    assert [finding.title for finding in extraction.findings] == ["The pump failed"]
    assert codes(extraction) == ["sentence_unknown"]
