"""What this project is compared with: langextract, in its environment, on the same texts and findings."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.paths import ROOT
from tests.benchmarks.own_work import work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.records import Evidence, Finding, SaidBy
    from tests.benchmarks.own_work import Article

_PYTHON = ROOT / ".local" / "bench" / "bin" / "python"
_SCRIPT = Path(__file__).with_name("with_langextract.py")
MISSING = "without langextract: `make bench` makes its environment"


@dataclass(frozen=True)
class Asked:
    """One article with one setting: its prompts, the answers to them, and the aligner's processor seconds."""

    prompts: Sequence[str]
    answers: Sequence[str]
    seconds: float


@dataclass(frozen=True)
class Beside:
    """langextract with one request an article and with its default; `fixed` begins every prompt."""

    fixed: str
    whole: Sequence[Asked]
    default: Sequence[Asked]


def langextract(articles: Sequence[Article], aligned: int = 0) -> Beside | None:
    """Give it the texts and what this project found in them; None where it is not installed.

    Its aligner is timed as often as it is `aligned`.
    """
    if not _PYTHON.exists():
        return None
    asked = [{"text": one.read().text, "extractions": _extractions(one)} for one in articles]
    said = json.dumps({"aligned": aligned, "articles": asked})
    done = subprocess.run([_PYTHON, "-P", _SCRIPT], input=said, capture_output=True, check=True, text=True)
    made = json.loads(done.stdout)
    whole, default = ([Asked(**one[setting]) for one in made["articles"]] for setting in ("whole", "default"))
    return Beside(made["fixed"], whole, default)


def _extractions(article: Article) -> list[dict[str, Any]]:
    """Say all that this project was told of an article, as langextract does: a quote with attributes each."""
    made = work(article.read, article.model())
    cited = (made.summary.headline, *made.summary.sentences) if made.summary else ()
    return [
        *(_extraction("summary", one.evidence, {"text": one.text}) for one in cited),
        *(_extraction("event", one.evidence, _of_event(one)) for one in made.findings),
        *(_extraction("statement", one.evidence, {"text": one.text} | _said_by(one)) for one in made.statements),
    ]


def _extraction(name: str, evidence: Sequence[Evidence], attributes: dict[str, Any]) -> dict[str, Any]:
    """Quote the first sentence alone: an extraction is one span. What is empty is left out."""
    said = {key: value for key, value in attributes.items() if value}
    return {"class": name, "quote": evidence[0].quote, "attributes": said}


def _of_event(one: Finding) -> dict[str, Any]:
    return {
        "title": one.title,
        "date": one.when.edtf,
        "date_words": one.when.words,
        "course": one.course,
        "place": one.place,
        "said_by": [_said_by(by) for by in one.said_by],
    }


def _said_by(one: SaidBy) -> dict[str, Any]:
    said = {"who": one.who, "words": one.words, "kind": one.kind, "stance": one.stance, "via": one.via}
    return {key: value for key, value in said.items() if value}
