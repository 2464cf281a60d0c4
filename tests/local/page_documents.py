"""Documents for the page's tests: every kind of date, course and stance, hostile words, and a crowded timeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.records import (
    UNDATED,
    About,
    Cited,
    Course,
    DateAnchor,
    Evidence,
    Finding,
    Interval,
    Name,
    Note,
    SaidBy,
    SpeakerKind,
    Statement,
    Status,
    Summary,
    When,
)
from dateline.store.blobs import StoredSentence, StoredText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.dates import Basis, Extent, Precision
    from dateline.records import Checked, Stance

PUBLISHED = date(2024, 7, 9)
# A right-to-left override, never closed: what follows it on the page must not turn round.
OVERRIDE = "\u202e"
HOSTILE_TITLE = f'<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> {OVERRIDE}=cmd|calc'

_ARTICLE = (
    "The river Sarn 🏞️ and its dam: what is known",
    "The quarrel about the water of the Sarn has gone on since 2015.",
    "A smaller dam was planned at the same place in the 1990s.",
    "Velmark paid for drawings from 1994 to 1997, according to the national archive.",
    "On 14 September 2022 both governments agreed in writing to share the measurements.",
    "Intermediaries met at Lake Breven in late 2023, two Ostranan officials told the Sarnbote.",
    "A spokeswoman for the government of Velmark denied that any intermediaries had met.",
    "In January the ministers spoke by telephone, according to a person who was in the room.",
    "Oren Vask, the minister of Ostrana, admitted the call; Velmark's foreign ministry declined to comment.",
    "A conference that was due to open on 12 March 2024 was called off.",
    "The court in Elvry cancelled the building permit on 6 June.",
    "The company denied that cracks had been seen in the foundation in 2020.",
    "The appeal will be heard in November 2024.",
    "Sarnkraft expects the reservoir to be full by the end of 2027.",
    "The old bridge was closed around midsummer of last year.",
    "Both parliaments plan to debate the dam in spring 2031.",
    "The river had been a border until 1921.",
    "Caesar's men are said to have crossed it in the summer of 52 BC.",
    "Something was also signed, nobody says when.",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A document as the store takes it."""

    key: str
    title: str
    text: StoredText
    summary: Summary | None
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    statements: tuple[Statement, ...] = ()
    model: str = "a-model"
    language: str = "en"
    medium: str | None = None
    about: About = field(default_factory=About)
    published: date | None = PUBLISHED


def article() -> Written:
    """Write an article with an event of every kind. An emoji stands in front: code points are not UTF-16 units."""
    text = stored(_ARTICLE)
    cite = Citations(_ARTICLE, text)
    officials = voice("two Ostranan officials", "asserts", kind="anonymous", via="Sarnbote")
    return Written(
        key="drop/sarn/2024/what-is-known.txt",
        title="The river Sarn 🏞️ and its dam: what is known",
        text=text,
        summary=Summary(
            language="en",
            headline=Cited(text="Talks over the Sarn dam: what is known and what is denied", evidence=cite(1, 6, 7)),
            sentences=(
                Cited(text="Velmark and Ostrana have quarrelled over the river since 2015.", evidence=cite(2)),
                Cited(
                    text="Officials of Ostrana say that intermediaries met in late 2023; Velmark denies it.",
                    evidence=cite(6, 7),
                ),
                Cited(text="A court cancelled the building permit in June 2024.", evidence=cite(11)),
            ),
        ),
        findings=(
            finding(
                "Quarrel over the water of the Sarn",
                dated("since 2015", "2015-01-01", None, "throughout", edtf="2015/.."),
                cite(2),
            ),
            finding(
                "A smaller dam is planned at Aldermoor",
                dated("in the 1990s", "1990-01-01", "1999-12-31", precision="decade", edtf="199X"),
                cite(3),
            ),
            finding(
                "Velmark pays for drawings of a dam",
                dated(
                    "from 1994 to 1997", "1994-01-01", "1997-12-31", "throughout", precision="year", edtf="1994/1997"
                ),
                cite(4),
                said_by=(voice("the national archive", "asserts"),),
                status="claimed",
            ),
            finding(
                "Governments agree to share measurements",
                dated("On 14 September 2022", "2022-09-14", "2022-09-14"),
                cite(5),
            ),
            finding(
                "Intermediaries meet at Lake Breven",
                dated("in late 2023", "2023-09-01", "2023-12-31", precision="part_of_year", edtf="2023-09~/2023-12~"),
                cite(6, 7),
                said_by=(officials, voice("a spokeswoman for Velmark", "denies", kind="office")),
                status="disputed",
                place="Lake Breven",
                names=(Name(name="Lake Breven", words="Lake Breven"),),
            ),
            finding(
                "Water ministers speak by telephone",
                dated(
                    "In January",
                    "2024-01-01",
                    "2024-01-31",
                    basis="relative",
                    anchor=DateAnchor(source="published", published=PUBLISHED),
                    precision="month",
                    edtf="2024-01",
                ),
                cite(8),
                said_by=(
                    voice("a person who was in the room", "asserts", kind="anonymous"),
                    voice("Oren Vask", "confirms", introduced=9),
                    voice("Velmark's foreign ministry", "declines", introduced=9),
                ),
                status="confirmed",
            ),
            finding(
                "Conference of the river's neighbours",
                dated("on 12 March 2024", "2024-03-12", "2024-03-12"),
                cite(10),
                course="called_off",
            ),
            finding(
                "Court cancels the building permit",
                dated(
                    "on 6 June",
                    "2024-06-06",
                    "2024-06-06",
                    basis="context",
                    anchor=DateAnchor(source="neighbour", sentence=10, words="12 March 2024"),
                ),
                cite(11),
                place="Elvry",
            ),
            finding(
                "Cracks are seen in the foundation",
                dated("in 2020", "2020-01-01", "2020-12-31", precision="year", edtf="2020"),
                cite(12),
                said_by=(
                    voice("the company", "denies"),
                    SaidBy(who=None, words=None, kind="document", stance="declines"),
                ),
                status="denied",
            ),
            finding(
                "Hearing of the appeal",
                dated("in November 2024", "2024-11-01", "2024-11-30", precision="month", edtf="2024-11"),
                cite(13),
                course="planned",
            ),
            finding(
                "Reservoir is full",
                dated("by the end of 2027", None, "2027-12-31", precision="year", edtf="../2027"),
                cite(14),
                said_by=(voice("Sarnkraft", "asserts"),),
                status="claimed",
                course="planned",
            ),
            finding(
                "Old bridge is closed",
                dated(
                    "around midsummer of last year",
                    "2023-06-01",
                    "2023-08-31",
                    precision="season",
                    basis="relative",
                    anchor=DateAnchor(source="published", published=PUBLISHED),
                    edtf="2023-22~",
                    checked="differs",
                    model=Interval(edtf="2022-06-24", earliest=Day(2022, 6, 24), latest=Day(2022, 6, 24)),
                ),
                cite(15),
            ),
            finding(
                "Parliaments debate the dam",
                dated("in spring 2031", "2031-03-01", "2031-05-31", precision="season", edtf="2031-21"),
                cite(16),
                course="planned",
            ),
            finding(
                "The river is a border",
                dated("until 1921", None, "1921-12-31", "throughout", precision="year", edtf="../1921"),
                cite(17),
            ),
            finding(
                "Caesar's men cross the river",
                dated(
                    "in the summer of 52 BC", "-0051-06-01", "-0051-08-31", precision="season", edtf="-0051-06/-0051-08"
                ),
                cite(18),
                said_by=(voice("unattributed", "asserts", kind="anonymous"),),
                status="claimed",
            ),
            finding("Something is signed", UNDATED, cite(19)),
        ),
        statements=(
            Statement(
                text="There have been no talks of any kind.",
                who="a spokeswoman for Velmark",
                words="A spokeswoman for the government of Velmark",
                kind="office",
                evidence=cite(7),
            ),
        ),
        notes=(
            Note(
                code="date_unresolved",
                message="event: no year can be told from “some day”",
                subject="Something is signed",
            ),
            Note(code="date_unused", message="reference", subject="14 September"),
            Note(code="garbled", message="Its words were left out of titles.", subject="sentence 15"),
            Note(
                code="words_not_found",
                message="event: “Lake Brevin” stands in no cited sentence",
                subject="Talks at Lake Brevin",
            ),
        ),
    )


_REPORT = (
    "The bridge over the Sarn has fallen",
    "The bridge at Aldermoor has fallen into the river.",
    "The last train crossed it at 14:30 on 24 May 2024.",
    "Inspectors had come that Friday.",
    "It has been closed to lorries since January 2022.",
    "It was repaired in late spring.",
)


def report() -> Written:
    """Write a report of one day's news: what no words date, a time of day, a month, and two readings of one date."""
    text = stored(_REPORT)
    cite = Citations(_REPORT, text)
    published = DateAnchor(source="published", published=date(2024, 5, 24))
    fallen = dated("", None, "2024-05-24", basis="reported", anchor=published, edtf="../2024-05-24")
    train = dated("at 14:30 on 24 May 2024", "2024-05-24", "2024-05-24", edtf="2024-05-24")
    repaired = dated(
        "in late spring",
        "2023-05-01",
        "2023-05-31",
        basis="context",
        precision="part_of_year",
        edtf="2023-05~",
        checked="differs",
    )
    kept = Interval(edtf="2024-05~", earliest=Day(2024, 5, 1), latest=Day(2024, 5, 31))
    return Written(
        "drop/report/bridge.txt",
        _REPORT[0],
        text,
        None,
        (
            finding("The bridge falls", fallen.model_copy(update={"words": None, "checked": None}), cite(2)),
            finding("The last train crosses", train.model_copy(update={"time": "14:30"}), cite(3)),
            finding("Inspectors come", dated("that Friday", "2024-05-24", "2024-05-24", edtf="2024-05-24"), cite(4)),
            finding(
                "Lorries are kept off the bridge",
                dated("since January 2022", "2022-01-01", None, "throughout", precision="month", edtf="2022-01/.."),
                cite(5),
            ),
            finding("The bridge is repaired", repaired.model_copy(update={"resolver": kept}), cite(6)),
        ),
    )


def hostile() -> Written:
    """Write a document whose every word wants to do harm."""
    sentences = (
        HOSTILE_TITLE,
        f"{'x' * 10_000}",
        "</script><style>*{display:none}</style>{{7*7}} javascript:alert(1) http://evil.example www.evil.example",
    )
    text = stored(sentences)
    cite = Citations(sentences, text)
    day = dated(HOSTILE_TITLE[:20], "2024-05-01", "2024-05-01")
    speaker = SaidBy(who=HOSTILE_TITLE, words=HOSTILE_TITLE, kind="named", stance="asserts", via=f"{OVERRIDE}via")
    return Written(
        key=f"drop/hostile/<b>{OVERRIDE}&amp;.txt",
        title=HOSTILE_TITLE,
        text=text,
        summary=Summary(
            language="en",
            headline=Cited(text=HOSTILE_TITLE, evidence=cite(1)),
            sentences=(Cited(text=f"{'y' * 10_000}", evidence=cite(2)),),
        ),
        findings=(
            finding(HOSTILE_TITLE, day, cite(1), said_by=(speaker,), place=HOSTILE_TITLE, status="claimed"),
            finding("z" * 10_000, dated("x", "2024-05-02", "2024-05-02"), cite(2)),
            finding("</title><svg onload=hurt()>", dated("x", "2024-05-03", "2024-05-03"), cite(3)),
            finding("اجتماع الوسطاء في أواخر 2023", dated("x", "2024-05-04", "2024-05-04"), cite(3)),
        ),
        notes=(Note(code="garbled", message=HOSTILE_TITLE, subject=HOSTILE_TITLE),),
        model="extractive",
    )


def crowd(count: int, first: int = 0) -> Written:
    """Write a document with many events over ten years, most of them in one, every fifth of a month."""
    numbers = range(first, first + count)
    sentences = tuple(f"Sentence {number + 1} says what happened." for number in numbers)
    text = stored(sentences)
    cite = Citations(sentences, text)
    findings = []
    for place, number in enumerate(numbers, 1):
        begins = date(2015, 1, 1) + timedelta(days=number * 3 if number % 3 else 1_500 + number % 365)
        ends = begins + timedelta(days=30 if number % 5 == 0 else 0)
        when = dated(begins.isoformat(), begins.isoformat(), ends.isoformat())
        status: Status = ("stated", "claimed", "disputed", "confirmed")[number % 4]
        findings.append(finding(f"Thing number {number} happens somewhere", when, cite(place), status=status))
    return Written(f"drop/crowd/many{first or ''}.txt", "Many things", text, None, tuple(findings))


class Citations:
    """Turns numbers of sentences into evidence."""

    def __init__(self, sentences: Sequence[str], text: StoredText) -> None:
        self._sentences = sentences
        self._spans = text.sentences

    def __call__(self, *numbers: int) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(
                sentence=number,
                start=self._spans[number - 1].start,
                end=self._spans[number - 1].end,
                quote=self._sentences[number - 1],
            )
            for number in numbers
        )


def stored(sentences: Sequence[str]) -> StoredText:
    """Write a text of a heading and sentences."""
    spans = []
    reached = 0
    for number, sentence in enumerate(sentences, 1):
        spans.append(
            StoredSentence(
                number=number, start=reached, end=reached + len(sentence), role="heading" if number == 1 else "body"
            )
        )
        reached += len(sentence) + 1
    heading, *body = sentences
    return StoredText(text=f"{heading}\n{' '.join(body)}", sentences=tuple(spans))


def dated(
    words: str,
    earliest: str | None,
    latest: str | None,
    extent: Extent = "within",
    *,
    precision: Precision = "day",
    basis: Basis = "explicit",
    anchor: DateAnchor | None = None,
    edtf: str | None = None,
    checked: Checked = "agrees",
    model: Interval | None = None,
) -> When:
    return When(
        words=words,
        edtf=edtf or f"{earliest or '..'}/{latest or '..'}",
        earliest=Day.parse(earliest) if earliest else None,
        latest=Day.parse(latest) if latest else None,
        precision=precision,
        extent=extent,
        basis=basis,
        anchor=anchor,
        rule="en.test",
        checked=checked,
        model=model,
    )


def voice(
    who: str, stance: Stance, *, kind: SpeakerKind = "named", via: str | None = None, introduced: int | None = None
) -> SaidBy:
    return SaidBy(who=who, words=who, kind=kind, stance=stance, via=via, introduced=introduced)


def finding(
    title: str,
    when: When,
    evidence: tuple[Evidence, ...],
    *,
    said_by: tuple[SaidBy, ...] = (),
    status: Status = "stated",
    course: Course = "done",
    place: str | None = None,
    names: tuple[Name, ...] = (),
) -> Finding:
    return Finding(
        title=title,
        title_language="en",
        when=when,
        course=course,
        status=status,
        place=place,
        names=names,
        said_by=said_by,
        evidence=evidence,
    )
