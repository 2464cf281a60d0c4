"""How good the checks are: true sentences that they reject, falsehoods that they let through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.answer import Completion, StoredAnswer
from dateline.ask import schema
from dateline.documents.language import UNKNOWN
from dateline.judge.edtf import read_edtf
from dateline.judge.judge import judge
from dateline.records import Usage
from tests.evaluation.gold import Gold, Kind, Lie, answer, numbers

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.records import Extraction, Finding


# Of other falsehoods the title alone may be true.
_SAID_BY_THE_TITLE: frozenset[Kind] = frozenset({"number", "name", "sentence", "boilerplate", "injection"})


class Rejected(NamedTuple):
    """A true sentence, or the title of a true event, that did not pass, and why."""

    text: str
    reasons: tuple[str, ...]


class Published(NamedTuple):
    """A falsehood that passed."""

    kind: Kind
    title: str


def judged(document: Document, said: schema.Answer) -> Extraction:
    """Judge an answer as if a model had given it in one call."""
    completion = Completion(text=said.model_dump_json(), finish="stop", usage=Usage())
    stored = StoredAnswer(
        content=document.content, ask="gold", model="gold", output_language="en", completions=(completion,)
    )
    return judge(document, stored)


def rejected_truths(gold: Gold, document: Document) -> list[Rejected]:
    """Offer every true sentence as one of the summary, and every true event; return those that do not pass."""
    truths = [truth for truth in gold.truths if not truth.derived]
    offered = answer(gold, document).model_copy(
        update={"sum": [schema.AnswerSentence(t=truth.text, s=numbers(truth.evidence, document)) for truth in truths]}
    )
    extraction = judged(document, offered)
    passed = {finding.title for finding in extraction.findings}
    if extraction.summary:
        passed |= {part.text for part in (extraction.summary.headline, *extraction.summary.sentences)}
    texts = [*(truth.text for truth in truths), *(event.title for event in gold.events)]
    return [
        Rejected(text, tuple(note.code for note in extraction.notes if note.subject == text))
        for text in texts
        if text not in passed
    ]


def published_lies(gold: Gold, document: Document) -> list[Published]:
    """Offer each falsehood beside the true answer; return those that are published in any form."""
    return [Published(lie.kind, lie.title) for lie in gold.lies if _is_published(lie, gold, document)]


def _is_published(lie: Lie, gold: Gold, document: Document) -> bool:
    """Return whether a falsehood comes through, as an event or, where it is all in the title, in the summary."""
    truth = answer(gold, document)
    cited = numbers(lie.evidence, document)
    who, said_by = ([lie.speaker], [len(truth.who)]) if lie.speaker else ([], [])
    false = schema.AnswerEvent(t=lie.title, s=cited, x=[*said_by], d=lie.words, e=lie.edtf)
    said = [schema.AnswerSentence(t=lie.title, s=cited)] if lie.kind in _SAID_BY_THE_TITLE else []
    offered = truth.model_copy(update={"ev": [*truth.ev, false], "who": [*truth.who, *who], "sum": [*truth.sum, *said]})
    extraction = judged(document, offered)
    summed_up = extraction.summary.sentences if extraction.summary else ()
    in_summary = bool(said) and any(sentence.text == lie.title for sentence in summed_up)
    return in_summary or any(_says(lie, finding) for finding in extraction.findings)


def _says(lie: Lie, finding: Finding) -> bool:
    if finding.title != lie.title:
        return False
    if lie.kind not in {"date", "look-alike", "duration"}:
        return True
    false = read_edtf(lie.edtf) if lie.edtf else None
    when = finding.when
    return false is not None and (when.earliest, when.latest) == (false.earliest, false.latest)


def language_is_right(gold: Gold, document: Document) -> bool:
    """Return whether the language was detected, at least as far as its name."""
    return (document.language or UNKNOWN).split("-")[0] == gold.language.split("-")[0]
