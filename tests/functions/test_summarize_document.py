"""One document brought up to date, the whole story, with a model that says what it is told to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from dateline.errors import Rejected, Retryable
from dateline.lane.messages import SweepMessage
from dateline.store.heads import Head
from summarize.document import Result
from summarize.linking import link
from summarize.sweep import sweep
from tests.functions.dying import Gate, Killed
from tests.functions.newsroom import FIRST, FIRST_TITLES, SECOND, SECOND_TITLES, Newsroom, place
from tests.functions.sent import Sent
from tests.memory_bucket import MemoryBucket


def test_a_dropped_document_becomes_a_summary_and_a_timeline(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)

    assert newsroom.work("drop/news/a.txt") == Result("done", tokens=15, to_link=True)

    assert newsroom.timeline("news") == newsroom.titles("drop/news/a.txt") == FIRST_TITLES
    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert run.summary is not None
    assert (run.summary.headline.text, run.usage.calls) == ("A council meets", 1)


def test_the_head_says_what_the_document_is_and_which_upload_was_read(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.bucket.drop(key, FIRST, source="Kelm Courier", author="Mara Lind", url="https://kelm.example/a")
    newsroom.work(key)
    first = newsroom.held(key).head

    assert (first.about.medium, first.about.author) == ("Kelm Courier", "Mara Lind")
    assert first.read_version == first.version

    newsroom.bucket.drop(key, FIRST, source="Kelm Courier", author="Mara Lind", url="https://kelm.example/a")
    newsroom.work(key)
    again = newsroom.held(key).head

    assert again.current == first.current
    assert again.read_version == again.version != first.version


def test_every_quote_stands_in_the_stored_text_at_its_offsets(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", "\ufeff" + FIRST.replace("\n", "\r\n"))
    newsroom.work("drop/news/a.txt")

    document_id = place("drop/news/a.txt").document_id
    text = newsroom.store.blobs.text(document_id, 1)
    assert text is not None
    evidence = [one for event in newsroom.store.runs.events(document_id, 1) for one in event.evidence]
    assert [text.text[one.start : one.end] for one in evidence] == [one.quote for one in evidence]


def test_an_upload_that_names_another_medium_is_told_by_it_without_another_call(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST, source="The Aldermoor Pst")
    newsroom.work(key)
    newsroom.drop(key, FIRST, source="The Aldermoor Post")

    assert newsroom.work(key).outcome == "done"

    assert newsroom.held(key).head.about.medium == "The Aldermoor Post"
    assert newsroom.model.calls == 1


class _Reader:
    """Recognises the same on every image, and counts how often it is asked."""

    name = "textract"

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> list[str]:
        self.asked += 1
        return [FIRST for _ in pages()]


def test_an_image_is_recognised_once_and_what_rests_on_it_is_marked(newsroom: Newsroom) -> None:
    key = "drop/news/a.png"
    newsroom.recogniser = reader = _Reader()
    newsroom.drop(key, b"\x89PNG\r\n\x1a\n")
    document_id = place(key).document_id

    assert newsroom.work(key).outcome == "done"
    assert newsroom.work(key).outcome == "unchanged"

    assert reader.asked == 1
    events = newsroom.store.runs.events(document_id, 1)
    assert [one.title for one in events] == FIRST_TITLES
    assert all(one.recognised and one.page == 1 for event in events for one in event.evidence)
    text = newsroom.store.blobs.text(document_id, 1)
    assert text is not None
    assert all(one.recognised for one in text.sentences)

    newsroom.delete(key)
    newsroom.work(key)

    assert newsroom.store.blobs.recognised(document_id) is None


def test_an_image_without_a_recogniser_is_rejected(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.png", b"\x89PNG\r\n\x1a\n")

    assert newsroom.work("drop/news/a.png").outcome == "rejected"

    rejection = newsroom.held("drop/news/a.png").head.rejection
    assert rejection is not None
    assert (rejection.code, "run text recognition over it" in rejection.reason) == ("unsupported", True)


def test_changed_content_replaces_the_run_and_events_keep_their_ids(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    document_id = place("drop/news/a.txt").document_id
    before = {one.title: one.id for one in newsroom.store.runs.events(document_id, 1)}
    newsroom.drop("drop/news/a.txt", SECOND)

    newsroom.work("drop/news/a.txt")

    after = {one.title: one.id for one in newsroom.store.runs.events(document_id, 2)}
    assert newsroom.timeline("news") == SECOND_TITLES
    assert after["Council met"] == before["Council met"]
    assert after["Council adjourned"] not in before.values()
    assert newsroom.leftovers("drop/news/a.txt") == []


def test_repeated_notifications_change_nothing_and_cost_nothing(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "unchanged"

    assert newsroom.model.calls == 1
    assert newsroom.held("drop/news/a.txt").head.current == 1


def test_readers_see_which_upload_is_worked_on_by_the_write_that_takes_the_lease(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    upload = newsroom.upload(key)
    seen: list[Head] = []
    newsroom.model.before = lambda: seen.append(newsroom.held(key).head)

    newsroom.work(key, upload=upload)

    (head,) = seen
    assert (head.state, head.version, head.dropped) == ("waiting", upload.version, upload.at)
    assert head.waiting_for == "an answer of a-model"
    done = newsroom.held(key).head
    assert (done.state, done.version, done.dropped) == ("done", upload.version, upload.at)


def test_an_upload_that_came_after_the_notified_one_is_announced_itself(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    upload = newsroom.upload(key)
    newsroom.drop(key, SECOND)
    seen: list[Head] = []
    newsroom.model.before = lambda: seen.append(newsroom.held(key).head)

    newsroom.work(key, upload=upload)

    assert [one.version for one in seen] == [newsroom.upload(key).version]
    assert newsroom.timeline("news") == SECOND_TITLES


def test_a_document_that_was_deleted_after_its_notification_leaves_a_tombstone_only(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    upload = newsroom.upload(key)
    newsroom.delete(key)

    assert newsroom.work(key, upload=upload).outcome == "deleted"

    head = newsroom.held(key).head
    assert (head.state, head.waiting_for, head.version) == ("deleted", None, None)


def test_a_first_worker_killed_at_any_write_is_made_good_by_the_next_delivery(newsroom: Newsroom) -> None:
    """Die at the first write of a new document, then at the second, and so on, until a worker comes through."""
    writes, killed = 0, True
    while killed:
        collection = f"c{writes}"
        key = f"drop/{collection}/a.txt"
        newsroom.drop(key, FIRST)
        upload = newsroom.upload(key)
        try:
            newsroom.work(key, Gate(writes), upload=upload)
            killed = False
        except Killed:
            assert newsroom.timeline(collection) in ([], FIRST_TITLES)

        newsroom.later += timedelta(seconds=100)
        newsroom.work(key, upload=upload)
        assert newsroom.timeline(collection) == newsroom.titles(key) == FIRST_TITLES
        newsroom.store.runs.tidy(place(key).document_id)
        assert newsroom.leftovers(key) == []
        writes += 1
    assert writes > 8


def test_a_late_notification_of_a_deletion_does_not_delete_what_was_dropped_since(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.delete("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")

    newsroom.work("drop/news/a.txt")

    assert newsroom.timeline("news") == FIRST_TITLES


def test_a_deleted_document_is_gone_and_nothing_of_it_is_left(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.delete("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "deleted"

    assert newsroom.timeline("news") == []
    assert newsroom.held("drop/news/a.txt").head.state == "deleted"
    assert newsroom.leftovers("drop/news/a.txt") == []
    assert newsroom.bucket.keys("answers/") == []


def test_a_document_that_was_deleted_before_it_was_read_leaves_a_tombstone_only(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.delete("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "deleted"
    assert newsroom.store.listing.documents("news", None, 10).documents == []


def test_ids_are_not_given_again_after_a_deletion(newsroom: Newsroom) -> None:
    key, document_id = "drop/news/a.txt", place("drop/news/a.txt").document_id
    newsroom.drop(key, FIRST)
    newsroom.work(key)
    before = {one.id for one in newsroom.store.runs.events(document_id, 1)}
    newsroom.delete(key)
    newsroom.work(key)
    newsroom.drop(key, FIRST)

    newsroom.work(key)

    current = newsroom.held(key).head.current
    assert current is not None
    assert before.isdisjoint(one.id for one in newsroom.store.runs.events(document_id, current))


def test_the_same_content_elsewhere_is_not_paid_for_again(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.drop("drop/other/b.txt", FIRST)

    newsroom.work("drop/news/a.txt")
    newsroom.work("drop/other/b.txt")

    assert newsroom.model.calls == 1
    assert newsroom.timeline("other") == FIRST_TITLES


def test_another_model_is_another_recipe(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt", model="a-better-model").outcome == "done"

    assert newsroom.model.calls == 2


def test_a_new_run_that_tells_the_same_is_not_linked_anew(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    assert newsroom.work(key).to_link
    link(place(key), newsroom.tools(newsroom.store), time.monotonic() + 60)

    again = newsroom.work(key, part_characters=500)

    assert newsroom.held(key).head.current != newsroom.held(key).head.told
    assert (again.outcome, again.to_link, newsroom.held(key).is_linked) == ("done", False, True)
    newsroom.drop(key, SECOND)
    assert newsroom.work(key).to_link


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \n\t\n", "empty"), (bytes(range(32)) * 20, "binary"), (b"x" * 10_000_001, "too_large")],
)
def test_a_file_that_is_no_document_is_rejected_with_the_reason(newsroom: Newsroom, data: bytes, code: str) -> None:
    newsroom.drop("drop/news/a.txt", data)

    assert newsroom.work("drop/news/a.txt").outcome == "rejected"

    head = newsroom.held("drop/news/a.txt").head
    assert head.rejection is not None
    assert head.rejection.code == code
    assert len(head.rejection.reason) > 20


@pytest.mark.parametrize(
    ("code", "to_do"),
    [
        ("InvalidObjectState", "Restore it"),
        ("InvalidRequest", "without a customer-provided key"),
        ("AccessDenied", "KmsKeyArn"),
        ("KMS.DisabledException", "Enable that key"),
    ],
)
def test_a_file_that_s3_does_not_hand_out_is_rejected_with_what_to_do(
    newsroom: Newsroom, code: str, to_do: str
) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.bucket.withheld["drop/news/a.txt"] = code

    assert newsroom.work("drop/news/a.txt").outcome == "rejected"

    rejection = newsroom.held("drop/news/a.txt").head.rejection
    assert rejection is not None
    assert rejection.code == "withheld"
    assert code in rejection.reason
    assert to_do in rejection.reason


def test_a_file_that_is_handed_out_again_is_found_by_the_sweep_and_processed(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.bucket.withheld["drop/news/a.txt"] = "InvalidObjectState"
    newsroom.work("drop/news/a.txt")
    newsroom.bucket.withheld.clear()
    queue = Sent()

    sweep(SweepMessage(patience=0), newsroom.store, queue, newsroom.now(), time.monotonic() + 60)
    for key in queue.documents:
        newsroom.work(key)

    assert newsroom.timeline("news") == FIRST_TITLES
    assert newsroom.held("drop/news/a.txt").head.rejection is None


def test_an_upload_that_was_archived_since_keeps_its_run_and_stays_stale(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    newsroom.work(key)
    before = newsroom.held(key).head
    newsroom.bucket.withheld[key] = "InvalidObjectState"

    assert newsroom.work(key, model="a-better-model").outcome == "kept"

    head = newsroom.held(key).head
    assert (head.state, head.current, head.recipe, head.version) == ("done", 1, before.recipe, before.version)
    assert head.rejection is not None
    assert newsroom.timeline("news") == FIRST_TITLES

    newsroom.bucket.withheld.clear()

    assert newsroom.work(key).outcome == "unchanged"
    assert newsroom.held(key).head == before
    assert newsroom.model.calls == 1


@pytest.mark.parametrize("code", ["InvalidObjectState", "AccessDenied"])
def test_a_revision_that_s3_does_not_hand_out_takes_back_what_an_earlier_one_said(
    newsroom: Newsroom, code: str
) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", SECOND)
    newsroom.bucket.withheld["drop/news/a.txt"] = code

    assert newsroom.work("drop/news/a.txt").outcome == "rejected"

    assert newsroom.timeline("news") == []


def test_an_answer_that_cannot_be_kept_for_everybody_is_kept_for_the_next_try(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)

    def conflict(*_: object) -> None:
        raise Retryable("AWS answers ConditionalRequestConflict")

    with monkeypatch.context() as patched:
        patched.setattr(MemoryBucket, "put_new", conflict)
        with pytest.raises(Retryable):
            newsroom.work("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "done"

    assert newsroom.model.calls == 1
    assert newsroom.bucket.keys("answers/unfinished/") == []


def test_a_publication_date_is_taken_from_the_metadata_and_a_bad_one_is_rejected(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST, published="2024-05-08")
    newsroom.drop("drop/news/b.txt", FIRST, published="8.5.2024")

    newsroom.work("drop/news/a.txt")
    newsroom.work("drop/news/b.txt")

    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert run.published is not None
    assert (str(run.published.day), run.published.source) == ("2024-05-08", "metadata")
    rejection = newsroom.held("drop/news/b.txt").head.rejection
    assert rejection is not None
    assert "YYYY-MM-DD" in rejection.reason


def test_title_source_and_address_are_taken_from_the_metadata_as_mail_writes_them(newsroom: Newsroom) -> None:
    newsroom.drop(
        "drop/news/a.txt",
        FIRST,
        title="=?utf-8?q?Rat_lehnt_Br=C3=BCcke_ab?=",
        source="=?broken?b?!?=",
        url="https://moorpost.example/a",
    )

    newsroom.work("drop/news/a.txt")

    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert (run.title, run.url) == ("Rat lehnt Brücke ab", "https://moorpost.example/a")
    assert run.source


def test_a_reader_learns_what_of_a_document_could_not_be_read(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", f"\ufffd\n{FIRST}")

    newsroom.work("drop/news/a.txt")

    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert "replaced_characters" in {note.code for note in run.notes}


def test_a_rejected_revision_takes_back_what_an_earlier_one_said(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", b"")

    newsroom.work("drop/news/a.txt")

    assert newsroom.timeline("news") == []
    assert newsroom.leftovers("drop/news/a.txt") == []


def test_a_busy_provider_leaves_the_document_waiting_beside_what_was_there_before(
    newsroom: Newsroom,
) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", SECOND)
    newsroom.model.fault = Retryable("the provider is busy", after=7)

    with pytest.raises(Retryable):
        newsroom.work("drop/news/a.txt")

    head = newsroom.held("drop/news/a.txt").head
    assert (head.state, head.waiting_for) == ("waiting", "the provider is busy")
    assert newsroom.timeline("news") == FIRST_TITLES

    newsroom.model.fault = None
    assert newsroom.work("drop/news/a.txt").outcome == "done"
    assert newsroom.timeline("news") == SECOND_TITLES


def test_a_provider_that_refuses_is_a_reason_to_reject(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.model.fault = Rejected("refused", "The provider refuses this document.")

    assert newsroom.work("drop/news/a.txt").outcome == "rejected"


def test_a_worker_that_was_overtaken_while_it_waited_for_the_model_publishes_nothing(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)

    def meanwhile() -> None:
        newsroom.model.before = lambda: None
        newsroom.later = timedelta(seconds=100)
        newsroom.drop(key, SECOND)
        newsroom.work(key)

    newsroom.model.before = meanwhile
    with pytest.raises(Retryable, match="taken this document over"):
        newsroom.work(key)

    assert newsroom.timeline("news") == SECOND_TITLES
    assert newsroom.work(key).outcome == "unchanged"
    assert newsroom.leftovers(key) == []


def test_a_writer_killed_at_any_write_mixes_no_runs_and_the_next_delivery_repairs_it(
    newsroom: Newsroom,
) -> None:
    """Die at the first write, then at the second, and so on, until a worker comes through."""
    writes, killed = 0, True
    while killed:
        collection = f"c{writes}"
        key = f"drop/{collection}/a.txt"
        newsroom.drop(key, FIRST)
        newsroom.work(key)
        newsroom.drop(key, SECOND)
        seen: list[list[str]] = []
        gate = Gate(writes, look=lambda: seen.append(newsroom.timeline(collection)))  # noqa: B023
        try:
            newsroom.work(key, gate)
            killed = False
        except Killed:
            seen.append(newsroom.timeline(collection))
        assert all(one in (FIRST_TITLES, SECOND_TITLES) for one in seen), f"at write {writes}: {seen}"

        newsroom.later += timedelta(seconds=100)
        newsroom.work(key)
        assert newsroom.timeline(collection) == newsroom.titles(key) == SECOND_TITLES
        newsroom.store.runs.tidy(place(key).document_id)
        assert newsroom.leftovers(key) == []
        writes += 1
    assert writes > 10
