"""A document's text as data: what could steer a model is taken out of the request, not of the stored text."""

from __future__ import annotations

import re

from dateline.dates.language.folding import JOINERS, UNSEEN

# What nobody sees, controls too. The joiners stay between letters of scripts that need them.
_HIDDEN = re.compile(f"[{UNSEEN}\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f]")
_JOINERS = re.compile(
    rf"(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufb50-\ufefc])[{JOINERS}]+|[{JOINERS}]+(?!\w)"
)
# What chat templates write around turns, and tools around calls: <|im_start|>, [INST], <<SYS>>, <s>, <start_of_turn>.
_TOKENS = re.compile(
    r"<[|｜][^<>|｜\n]{0,40}[|｜]>"
    r"|\[/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]"
    r"|<</?SYS>>"
    r"|</?(?:s|bos|eos|pad|unk|think|system|user|assistant|human|instructions?|tool_call|tool_response|function_calls?|"
    r"start_of_turn|end_of_turn|begin_of_text|end_of_text|antml:\w+)>",
    re.IGNORECASE,
)
_ROLE = re.compile(r"^(\W{0,6}(?:system|user|assistant|human|developer|ai|tool|instructions?)\s*):", re.IGNORECASE)
_HARMLESS = str.maketrans("<>[]|｜", "‹›⟦⟧¦¦")


def neutral(text: str) -> str:
    """Return one sentence without hidden characters, its control tokens and role headers made plain characters.

    Every token keeps its length, so that words beside it can still be copied.
    """
    seen = _JOINERS.sub("", _HIDDEN.sub("", text))
    plain = _TOKENS.sub(lambda match: match[0].translate(_HARMLESS), seen)
    return _ROLE.sub(r"\1：", plain)
