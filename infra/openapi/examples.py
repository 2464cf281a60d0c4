"""An example of each answer, made from the records themselves, so that none can be out of date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.http.replies import ProblemDetails
from dateline.lane.decisions import NewDecision
from dateline.linking.model import Report
from dateline.linking.summary import sum_up
from dateline.linking.version import linking_version
from dateline.provider.prices import cost_of
from dateline.records import (
    Change,
    Cited,
    DateAnchor,
    Event,
    Evidence,
    Name,
    Note,
    PublishedOn,
    Recipe,
    Run,
    SaidBy,
    Summary,
    Usage,
    When,
)
from dateline.search.hits import hits
from dateline.search.query import read_query
from dateline.search.words import RunWords
from dateline.store import keys
from dateline.store.blobs import StoredSentence
from dateline.store.heads import Head, Held, LinkingState
from dateline.store.indexes.by_change import OVERLAP
from dateline.store.lease import Lease
from dateline.store.links import LinkingTurn
from edit.answers import Decided
from read import answers
from upload.answers import Upload, UploadForm
from upload.wanted import NewUpload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.records import Record

COLLECTION, PATH = "sarn", "mediators-describe-talks.txt"
_MODEL = "gpt-5-mini"
_USAGE = Usage(calls=1, input=1_900, cached=1_024, output=420)
_TEXT = "Late in 2023 mediators met in Brenn. The two sides spoke again in January, a senior official said."
_FIRST = Evidence(sentence=1, start=0, end=36, quote=_TEXT[:36])
_SECOND = Evidence(sentence=2, start=37, end=98, quote=_TEXT[37:98])
_MOMENT = datetime(2024, 5, 24, 8, 30, tzinfo=UTC)
_SEEN_TO = _MOMENT - OVERLAP
_HEAD = Head(
    key=f"drop/{COLLECTION}/{PATH}",
    state="done",
    dropped=datetime(2024, 5, 24, 8, 29, 57, tzinfo=UTC),
    version="3HL4kqtJlcpXroDTDmJ",
    current=3,
    previous=2,
    events_named=2,
    switched_at=_MOMENT,
)
DOCUMENT_ID = _HEAD.document_id
# The first that a collection gets.
OCCURRENCE_ID = keys.occurrence_id(
    COLLECTION, LinkingTurn(COLLECTION, Lease(fence=1, until=0), set()).next_write().version, 0
)
EVENT_ID = f"evt_{DOCUMENT_ID.removeprefix('doc_')}_00002"
_EVENT = Event(
    id=EVENT_ID,
    document_id=DOCUMENT_ID,
    model=_MODEL,
    title="The two sides speak again",
    title_language="en",
    when=When(
        words="in January",
        edtf="2024-01",
        earliest=Day(2024, 1, 1),
        latest=Day(2024, 1, 31),
        precision="month",
        extent="within",
        basis="context",
        anchor=DateAnchor(source="neighbour", sentence=1, words="Late in 2023"),
        rule="en.month",
        checked="agrees",
    ),
    course="done",
    status="claimed",
    place=None,
    names=(Name(name="the two sides", words="The two sides"),),
    said_by=(
        SaidBy(who="a senior official", words="a senior official", kind="anonymous", stance="asserts", introduced=2),
    ),
    evidence=(_SECOND,),
)
_RUN = Run(
    document_id=DOCUMENT_ID,
    number=3,
    content="9f2c" * 16,
    text_sha256="5d41" * 16,
    encoding="utf-8",
    language="en",
    title=None,
    published=PublishedOn(day=date(2024, 5, 24), source="metadata"),
    recipe=Recipe(ask="1c0ffee1", judge="2c0ffee2", model=_MODEL),
    made_at=_MOMENT,
    summary=Summary(
        language="en",
        headline=Cited(text="Mediators met in Brenn", evidence=(_FIRST,)),
        sentences=(Cited(text="The two sides spoke again in January.", evidence=(_SECOND,)),),
    ),
    notes=(Note(code="date_not_used", message="A comparison, no event", subject="in 2019"),),
    usage=_USAGE,
    cost=cost_of(_MODEL, _USAGE),
    events=2,
)
_SOURCE = answers.Source.of(_HEAD)
_LINKED = LinkingState(folded=3, linked=3, linked_by=linking_version(), asked_tokens=729)
_HELD = Held(_HEAD, Lease(fence=3, until=0), untidy=False, linking=_LINKED)
_REPORT = Report(event=_EVENT, run=3, path=PATH, language="en", published=date(2024, 5, 24))
_OCCURRENCE = sum_up(OCCURRENCE_ID, COLLECTION, [_REPORT], _MOMENT)
_CONTENT = RunWords.of(_RUN, [_EVENT], _TEXT, _MOMENT.date())

ANSWERS: Mapping[type[Record], Record] = {
    answers.Collections: answers.Collections(
        cursor=None,
        collections=[
            answers.Collection(
                name=COLLECTION,
                documents=answers.DocumentCount(about=4, or_more=False),
                first_day=Day(2015, 1, 1),
                last_day=Day(2026, 8, 31),
                links={
                    "documents": f"documents?collection={COLLECTION}",
                    "timeline": f"collections/{COLLECTION}/timeline",
                },
            )
        ],
    ),
    answers.Difference: answers.Difference(
        document_id=DOCUMENT_ID,
        old=2,
        new=3,
        added=[],
        gone=[],
        date_changed=[],
        status_changed=[
            answers.StatusChange(id=_EVENT.id, title=_EVENT.title, old="stated", new="claimed"),
        ],
    ),
    answers.Document: answers.Document.of(_HELD, _RUN),
    answers.DocumentText: answers.DocumentText(
        document_id=DOCUMENT_ID,
        run=3,
        text=_TEXT,
        sentences=(
            StoredSentence(number=1, start=0, end=36, role="body"),
            StoredSentence(number=2, start=37, end=98, role="body"),
        ),
    ),
    answers.DocumentTimeline: answers.DocumentTimeline(
        document_id=DOCUMENT_ID,
        source=_SOURCE,
        run=3,
        events=[_EVENT],
        occurrences={EVENT_ID: _OCCURRENCE.id},
        cursor=None,
    ),
    answers.Documents: answers.Documents(
        documents=[answers.DocumentLine.of(_HELD, _RUN)],
        examined=1,
        counts=answers.DocumentCounts(
            documents=answers.DocumentCount.of(4),
            waiting=answers.DocumentCount.of(1),
            rejected=answers.DocumentCount.of(0),
        ),
        changed_since=_SEEN_TO,
        gone=[],
        cursor=None,
    ),
    answers.EventInPlace: answers.EventInPlace(
        **dict(_EVENT),
        collection=COLLECTION,
        source=_SOURCE,
        occurrence=_OCCURRENCE.id,
        links={"document": f"../documents/{DOCUMENT_ID}", "occurrence": f"../occurrences/{_OCCURRENCE.id}"},
    ),
    answers.Health: answers.Health(),
    answers.OccurrenceInFull: answers.OccurrenceInFull(
        **dict(_OCCURRENCE),
        told=[_REPORT],
        sources={DOCUMENT_ID: _SOURCE},
        links={"occurrences": f"../collections/{COLLECTION}/occurrences"},
    ),
    answers.Occurrences: answers.Occurrences(
        collection=COLLECTION,
        first_day=Day(2024, 1, 1),
        last_day=Day(2024, 12, 31),
        occurrences=[_OCCURRENCE],
        sources={DOCUMENT_ID: _SOURCE},
        examined=1,
        examined_to=Day(2024, 1, 1),
        cursor=None,
    ),
    answers.Original: answers.Original(
        document_id=DOCUMENT_ID,
        url="https://bucket.s3.eu-central-1.amazonaws.com/drop/sarn/report.txt?versionId=1&X-Amz-Signature=0",
        expires=_MOMENT,
    ),
    answers.Runs: answers.Runs(
        document_id=DOCUMENT_ID,
        runs=[
            answers.RunLine(
                number=3,
                current=True,
                made_at=_MOMENT,
                recipe=_RUN.recipe,
                usage=_RUN.usage,
                cost=_RUN.cost,
                text_sha256=_RUN.text_sha256,
                published=_RUN.published,
                events=2,
                notes=1,
                change=Change(old=2, added=(EVENT_ID,), gone=(), date_changed=(), status_changed=()),
            )
        ],
        links={"difference": "difference"},
    ),
    answers.SearchPage: answers.SearchPage(
        documents=[answers.FoundDocument.of(_CONTENT, _HEAD.place, *hits(_CONTENT, read_query("mediators")))],
        about=1,
        searched=answers.Searched(collections=1, collections_left=0, documents=4, documents_left=0),
        cursor=None,
    ),
    answers.Timeline: answers.Timeline(
        collection=COLLECTION,
        first_day=Day(2024, 1, 1),
        last_day=Day(2024, 12, 31),
        events=[_EVENT],
        sources={DOCUMENT_ID: _SOURCE},
        examined=1,
        examined_to=Day(2024, 1, 1),
        changed_since=_SEEN_TO,
        gone=[],
        cursor=None,
    ),
}
NEW_DECISION = NewDecision(
    kind="correct", occurrences=(OCCURRENCE_ID,), date="2024-05-24", reason="The ministry's own minutes have the day."
)
DECIDED = Decided(id="correct-5f0c1e9a7b3d", collection=COLLECTION, address="decisions/correct-5f0c1e9a7b3d")
NEW_UPLOAD = NewUpload(path=PATH, size=7134, content_type="text/plain", published=date(2024, 5, 24), source="Reuters")
UPLOAD = Upload(
    document_id=DOCUMENT_ID,
    collection=COLLECTION,
    path=PATH,
    address=f"../../documents/{DOCUMENT_ID}",
    form=UploadForm(
        url="https://bucket.s3.eu-central-1.amazonaws.com",
        fields={"key": f"drop/{COLLECTION}/{PATH}", "Content-Type": "text/plain", "policy": "eyJleHBpcmF0aW9uIjog…"},
        expires=datetime(2026, 1, 31, 12, 15, tzinfo=UTC),
    ),
)
_DETAILS = {
    HTTPStatus.BAD_REQUEST: "limit: Input should be less than or equal to 200",
    HTTPStatus.NOT_FOUND: "No document has this id. It may have been deleted.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Nothing can be changed here: there are only GET and HEAD.",
    HTTPStatus.NOT_ACCEPTABLE: "Accept: a timeline comes as application/json, text/calendar, text/csv, ...",
    HTTPStatus.GONE: "This event has gone: its document was deleted, or no longer says so.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "One answer holds 10,000 events; there are more. Narrow it with `from`, `to`.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send the body as application/json.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A mistake of ours. Tell us the request's id.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Busy for the moment; ask again.",
}


def problem(status: HTTPStatus) -> ProblemDetails:
    """Make an example of a refusal."""
    return ProblemDetails(title=status.phrase, status=status, detail=_DETAILS[status], request_id="JKJaXmPLvHcESHA=")
