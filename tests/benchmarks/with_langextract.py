"""What langextract does with texts and findings; run in its own environment, by what needs a comparison with it.

Reads JSON from standard input:
`{"aligned": 3, "articles": [{"text": …, "extractions": [{"class": …, "quote": …, "attributes": {…}}]}]}`.
Writes for each article the prompts of one request and of its default (chunks of 1,000 characters), the answers that
hold the extractions, and the least seconds of so many runs of its aligner alone. No model is asked.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from langextract import prompting, resolver
from langextract.chunking import ChunkIterator
from langextract.core import data, tokenizer
from langextract.core.format_handler import FormatHandler

Chunk = tuple[int, int, str]
Extractions = Sequence[dict[str, Any]]

_DEFAULT_CHARACTERS = 1_000
# As short as it can be said: this project's instructions, with all that they rule out, are several times as long.
_DESCRIPTION = (
    "Extract in the order of their appearance: the headline and three to six sentences that sum up the document, every "
    "event that happened, is planned or was called off, and statements that matter. Use the exact sentence for the "
    "extraction text. Give a title in English, the date as EDTF and its words, the course (done, planned, called_off), "
    "the place, and who asserts, confirms, denies or doubts it."
)
_EXAMPLE = data.ExampleData(
    text="On 24 May 1887 the mill announced new looms. The union doubts it.",
    extractions=[
        data.Extraction(
            extraction_class="event",
            extraction_text="On 24 May 1887 the mill announced new looms.",
            attributes={
                "title": "The mill announces new looms",
                "date": "1887-05-24",
                "date_words": "On 24 May 1887",
                "course": "done",
                "said_by": [{"who": "the union", "words": "The union", "kind": "office", "stance": "doubts"}],
            },
        ),
    ],
)
_HANDLER = FormatHandler(use_fences=False)
_PROMPTS = prompting.QAPromptGenerator(prompting.PromptTemplateStructured(_DESCRIPTION, [_EXAMPLE]), _HANDLER)
_TOKENIZER = tokenizer.RegexTokenizer()


def _chunks(text: str, characters: int) -> list[Chunk]:
    """Cut a text as langextract does: each chunk's place among the tokens and the characters, and its text."""
    document = data.Document(text=text)
    return [
        (chunk.token_interval.start_index, chunk.char_interval.start_pos, chunk.chunk_text)
        for chunk in ChunkIterator(_TOKENIZER.tokenize(text), characters, _TOKENIZER, document)
    ]


def _made(extractions: Extractions) -> list[Any]:
    return [
        data.Extraction(extraction_class=one["class"], extraction_text=one["quote"], attributes=one["attributes"])
        for one in extractions
    ]


def _shared_out(chunks: Sequence[Chunk], extractions: Extractions) -> list[Extractions]:
    """Give each chunk the extractions whose quote begins in it, as a model would that sees the chunk alone."""
    return [[one for one in extractions if one["quote"][:40] in text] for _, _, text in chunks]


def _align(chunks: Sequence[Chunk], shares: Sequence[Extractions], times: int) -> float:
    """Return the least processor seconds of aligning what was extracted from each chunk."""
    taken: list[float] = []
    for _ in range(times):
        made = [_made(share) for share in shares]
        began = time.process_time()
        for (token, place, text), several in zip(chunks, made, strict=True):
            aligner = resolver.Resolver(format_handler=_HANDLER)
            list(aligner.align(several, text, token, place, tokenizer_inst=_TOKENIZER))
        taken.append(time.process_time() - began)
    return min(taken, default=0.0)


def _of(article: dict[str, Any], characters: int, times: int) -> dict[str, Any]:
    chunks = _chunks(article["text"], characters)
    shares = _shared_out(chunks, article["extractions"]) if len(chunks) > 1 else [article["extractions"]]
    return {
        "prompts": [_PROMPTS.render(text) for _, _, text in chunks],
        "answers": [_HANDLER.format_extraction_example(_made(share)) for share in shares],
        "seconds": _align(chunks, shares, times),
    }


def main() -> None:
    """Answer one request."""
    asked = json.loads(sys.stdin.read())
    times = asked["aligned"]
    articles = [
        {"whole": _of(one, len(one["text"]) + 1, times), "default": _of(one, _DEFAULT_CHARACTERS, times)}
        for one in asked["articles"]
    ]
    json.dump({"fixed": _PROMPTS.render(""), "articles": articles}, sys.stdout)


if __name__ == "__main__":
    main()
