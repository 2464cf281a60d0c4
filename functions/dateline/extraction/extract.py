"""Document to stored answer: one call to the model, and one repair call where something failed."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from dateline.errors import Rejected, Retryable
from dateline.extraction.answer import Completion, StoredAnswer
from dateline.extraction.recipe import ask_hash
from dateline.extraction.request import repair, request
from dateline.extraction.review import review

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.extraction.client import Model
    from dateline.extraction.request import Request
    from dateline.extraction.review import Review


def extract(document: Document, model: Model, *, output_language: str, deadline: float) -> StoredAnswer:
    """Ask the model about a document before `deadline`, in seconds of `time.monotonic()`.

    Raises Retryable (the model cannot answer now) and Rejected (`no_article`, `refused`, `too_long`). Whether anything
    of the answer can be used is the judge's to say: it was paid for, so it is kept in any case.
    """
    if all(sentence.role == "boilerplate" for sentence in document.sentences):
        raise Rejected("no_article", "there is nothing but links to other articles: drop the document with its text")
    ask = ask_hash(model.name, output_language)
    asked = request(document, ask, output_language)
    began = monotonic()
    first = model.complete(asked, deadline)
    took = monotonic() - began
    completions = [first]
    reviewed = review(document, first, output_language)
    if any(problem.again for problem in reviewed.problems) and monotonic() + took < deadline:
        again = _repaired(asked, first, reviewed, model, deadline)
        completions += [again] if again else []
    return StoredAnswer(
        content=document.content,
        ask=ask,
        model=model.name,
        output_language=output_language,
        completions=tuple(completions),
    )


def _repaired(asked: Request, first: Completion, reviewed: Review, model: Model, deadline: float) -> Completion | None:
    """Ask once more. Where that fails, what the first answer has is worth more than asking for all of it again."""
    failures = [str(problem) for problem in reviewed.problems if problem.again]
    try:
        return model.complete(repair(asked, first.text, failures), deadline)
    except (Retryable, Rejected):
        if reviewed.usable:
            return None
        raise
