"""How many tokens a document's calls will take, before anybody has paid for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dateline.ask.parts import parts

if TYPE_CHECKING:
    from dateline.ask.request import Request
    from dateline.documents.model import Document

_CHARACTERS_A_TOKEN = 3  # European languages have 3 to 4.5; better reserved too much than too little
_INSTRUCTIONS = 2_300  # tokens of instructions and schema before every part
_OUTPUT = 0.5  # tokens of an answer for one of its text, at the most seen


def needed(document: Document, part_characters: int) -> int:
    """Estimate the tokens of a document's calls without repairs, input and output together."""
    several = parts(document, part_characters)
    text = sum(sentence.end - sentence.start for part in several for sentence in part.sentences) / _CHARACTERS_A_TOKEN
    return round(len(several) * _INSTRUCTIONS + text * (1 + _OUTPUT))


def of_call(request: Request) -> int:
    """Estimate the tokens of one call, input and output together."""
    said = sum(len(message.content) for message in request.messages)
    text = sum(len(message.content) for message in request.messages if message.role == "user")
    return round((said + len(json.dumps(request.schema)) + _OUTPUT * text) / _CHARACTERS_A_TOKEN)
