from time import monotonic

import pytest

from dateline.answer import Completion, StoredAnswer
from dateline.ask.request import Request
from dateline.documents import Document
from dateline.documents.read import read
from dateline.errors import BadRequest, NotYet, OutOfTime, Rejected, Retryable
from dateline.extract import MOST_TRIES, extract
from dateline.judge.judge import judge
from dateline.provider.client import Model
from dateline.recipe import ask_hash
from tests.unit.judge.answers import HEAD, FakeModel, answer, by, completion, event

TEXT = "Der Rat tagte Ende 2023. Er lehnte den Plan im Mai 2024 ab.\nDie Brücke bleibt gesperrt."
EMPTY_HEAD = {"t": "", "s": []}


@pytest.fixture
def document() -> Document:
    return read(TEXT.encode(), name="x", language="de")


def extracted(document: Document, model: Model, seconds: float = 60) -> StoredAnswer:
    return extract(document, model, output_language="en", deadline=monotonic() + seconds)


def titles(document: Document, kept: StoredAnswer) -> list[str]:
    return [finding.title for finding in judge(document, kept).findings]


def codes(document: Document, kept: StoredAnswer) -> list[str]:
    return [note.code for note in judge(document, kept).notes if note.code != "date_unused"]


def test_a_good_answer_takes_one_call(document: Document) -> None:
    model = FakeModel(completion(answer(event("Council meets", 1, d="Ende 2023", e="2023-09~/2023-12~"))))

    kept = extracted(document, model)

    assert (kept.ask, kept.content, kept.model) == (ask_hash("a-model", "en"), document.content, "a-model")
    assert kept.usage.calls == len(model.requests) == 1
    assert StoredAnswer.model_validate_json(kept.model_dump_json()) == kept


def test_what_failed_is_asked_for_once_more_with_its_reason(document: Document) -> None:
    first = answer(event("Council meets", 1), event("Plan rejected", 2, d="Mai 2023"))
    again = answer(event("Plan rejected", 2, d="Mai 2024", e="2024-05"), head=EMPTY_HEAD)
    model = FakeModel(completion(first), completion(again))

    kept = extracted(document, model)

    messages = model.requests[1].messages
    assert messages[:2] == model.requests[0].messages
    assert messages[2].content == kept.completions[0].text
    assert 'event "Plan rejected": the words of the date, "Mai 2023", stand in no sentence' in messages[3].content
    assert "Council meets" not in messages[3].content
    assert titles(document, kept) == ["Plan rejected", "Council meets"]
    assert codes(document, kept) == []
    assert kept.usage.calls == 2


def test_dates_of_what_just_failed_are_not_asked_about() -> None:
    document = read(
        b"The council met in May 2021. It voted in June 2021. It met again in July 2021.", name="x", language="en"
    )
    first = answer(event("Council meets", 1, d="in May 2020"), head={"t": "Council meets again", "s": [3]})
    model = FakeModel(completion(first), completion(answer()))

    extracted(document, model)

    asked = model.requests[1].messages[3].content
    assert '2 ("in June 2021")' in asked
    assert '1 ("in May 2021")' not in asked


def test_what_fails_twice_is_left_out_and_noted_once(document: Document) -> None:
    first = answer(event("Council meets", 1), event("Plan rejected", 2, d="Mai 2023"))
    again = answer(event("Plan rejected", 9, d="Mai 2024"), head=EMPTY_HEAD)

    kept = extracted(document, FakeModel(completion(first), completion(again)))

    assert titles(document, kept) == ["Council meets"]
    assert codes(document, kept) == ["sentence_unknown"]


def test_a_repair_that_repeats_what_passed_adds_nothing(document: Document) -> None:
    first = answer(event("Council meets", 1, d="Ende 2023"), event("Plan rejected", 7))
    again = answer(event("The council meets", 1, d="Ende 2023"), event("Plan rejected", 2))

    kept = extracted(document, FakeModel(completion(first), completion(again)))

    assert titles(document, kept) == ["Council meets", "Plan rejected"]
    assert codes(document, kept) == []


def test_a_date_that_differs_is_not_asked_about_again(document: Document) -> None:
    first = answer(event("Plan rejected", 2, d="im Mai 2024", e="2023-05"))

    extraction = judge(document, extracted(document, FakeModel(completion(first))))

    when = extraction.findings[0].when
    assert (when.checked, when.edtf, when.model and when.model.edtf) == ("differs", "2024-05", "2023-05")
    assert [note.code for note in extraction.notes] == ["date_differs", "date_unused"]


def test_failed_parts_of_the_summary_get_their_places_back(document: Document) -> None:
    first = answer(head={"t": "x", "s": [9]}, sum=[{"t": "A.", "s": [1]}, {"t": "B.", "s": []}, {"t": "C.", "s": [3]}])
    again = answer(sum=[{"t": "B!", "s": [2]}])

    summary = judge(document, extracted(document, FakeModel(completion(first), completion(again)))).summary

    assert summary is not None
    assert summary.headline.text == HEAD["t"]
    assert [sentence.text for sentence in summary.sentences] == ["A.", "B!", "C."]


def test_an_unreadable_answer_is_asked_for_again_whole(document: Document) -> None:
    kept = extracted(document, FakeModel(completion("Sorry!"), completion(answer(event("Council meets", 1)))))

    assert titles(document, kept) == ["Council meets"]
    assert codes(document, kept) == []


def test_a_cut_off_answer_is_continued(document: Document) -> None:
    whole = completion(answer(event("Council meets", 1), event("Plan rejected", 2))).text
    cut = completion(whole[: whole.index("rejected")], "length")
    model = FakeModel(cut, completion(answer(event("Plan rejected", 2), head=EMPTY_HEAD)))

    kept = extracted(document, model)

    assert "it was cut off" in model.requests[1].messages[3].content
    assert titles(document, kept) == ["Council meets", "Plan rejected"]
    assert codes(document, kept) == []


def test_a_malformed_event_is_replaced(document: Document) -> None:
    bad = event("Plan rejected", 2, x=["planned", by(0, "says")])
    model = FakeModel(completion(answer(bad)), completion(answer(event("Plan rejected", 2), head=EMPTY_HEAD)))

    kept = extracted(document, model)

    assert "ev[0]: x.1.a Input should be 'asserts', 'confirms'" in model.requests[1].messages[3].content
    assert titles(document, kept) == ["Plan rejected"]
    assert codes(document, kept) == []


def test_a_repair_that_there_is_no_time_for_comes_later(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(FakeModel):
        seconds = 0.0

        def complete(self, request: Request, deadline: float) -> Completion:
            self.seconds += 40
            return super().complete(request, deadline)

    model = Slow(completion(answer(event("Plan rejected", 7))))
    monkeypatch.setattr("dateline.extract.monotonic", lambda: model.seconds)
    monkeypatch.setattr("dateline.deadline.monotonic", lambda: model.seconds)

    kept = extract(document, model, output_language="en", deadline=60)

    assert len(model.requests) == 1
    assert codes(document, kept) == ["repair_pending", "sentence_unknown"]


def test_work_of_our_own_ends_when_the_time_is_up(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    paid: list[StoredAnswer] = []
    model = FakeModel(completion(answer(event("Plan rejected", 2))))
    complete = model.complete

    def last_in_time(request: Request, deadline: float) -> Completion:
        late = monotonic() + 1_000
        monkeypatch.setattr("dateline.deadline.monotonic", lambda: late)
        return complete(request, deadline)

    monkeypatch.setattr(model, "complete", last_in_time)

    with pytest.raises(OutOfTime):
        extract(document, model, output_language="en", deadline=monotonic() + 60, keep=paid.append)

    assert [len(one.completions) for one in paid] == [1]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Retryable("busy", 9), "repair_pending"),
        (BadRequest("400"), "repair_refused"),
        (Rejected("refused", "no"), "repair_refused"),
        (Rejected("too_long", "too long with its repair"), "repair_refused"),
    ],
)
def test_what_is_sound_is_there_when_the_repair_cannot_be_had_and_a_note_says_so(
    document: Document, error: Exception, code: str
) -> None:
    kept = extracted(document, FakeModel(completion(answer(event("Plan rejected", 7))), error))

    assert len(kept.completions) == 1
    assert codes(document, kept) == [code, "sentence_unknown"]
    assert (kept.pending is not None) == (code == "repair_pending")


def test_a_later_try_asks_for_nothing_but_the_repair(document: Document) -> None:
    first = extracted(document, FakeModel(completion(answer(event("Plan rejected", 7))), Retryable("busy", 9)))
    model = FakeModel(completion(answer(event("Plan rejected", 2), head=EMPTY_HEAD)))

    mended = extract(document, model, output_language="en", deadline=monotonic() + 60, kept=first)

    assert len(model.requests) == 1
    assert "no sentence 7" in model.requests[0].messages[3].content
    assert (titles(document, mended), codes(document, mended), mended.unrepaired) == (["Plan rejected"], [], ())


def test_a_repair_is_given_up_after_many_tries_and_one_that_was_refused_is_never_asked_for_again(
    document: Document,
) -> None:
    kept = extracted(document, FakeModel(completion(answer(event("Plan rejected", 7))), Retryable("busy")))
    tries = 1
    while kept.pending:
        kept = extract(
            document, FakeModel(Retryable("busy")), output_language="en", deadline=monotonic() + 60, kept=kept
        )
        tries += 1
    silent = FakeModel()

    again = extract(document, silent, output_language="en", deadline=monotonic() + 60, kept=kept)

    assert tries == MOST_TRIES
    assert codes(document, again) == ["repair_given_up", "sentence_unknown"]
    assert silent.requests == []


def test_waiting_for_the_models_turn_is_no_try_of_a_repair(document: Document) -> None:
    kept = extracted(document, FakeModel(completion(answer(event("Plan rejected", 7))), NotYet("its turn", 60)))
    for _ in range(MOST_TRIES + 1):
        later = FakeModel(NotYet("its turn", 60))
        kept = extract(document, later, output_language="en", deadline=monotonic() + 60, kept=kept)

    assert kept.pending is not None
    assert (kept.pending.tries, kept.pending.after) == (0, 60)


def test_the_first_answer_is_kept_before_its_repair_is_asked_for(document: Document) -> None:
    paid: list[StoredAnswer] = []
    model = FakeModel(completion(answer(event("Plan rejected", 7))), KeyError("killed"))

    with pytest.raises(KeyError):
        extract(document, model, output_language="en", deadline=monotonic() + 60, keep=paid.append)

    assert [len(one.completions) for one in paid] == [1]


def test_a_useless_answer_is_not_kept_when_the_repair_can_be_had_later(document: Document) -> None:
    with pytest.raises(Retryable):
        extracted(document, FakeModel(completion("Sorry!"), Retryable("busy")))


def test_a_document_of_nothing_but_links_costs_no_call() -> None:
    model = FakeModel()

    with pytest.raises(Rejected) as refused:
        extracted(read(b"Related topics:\nBridge stays closed", name="x"), model)

    assert refused.value.code == "no_article"
    assert not model.requests
