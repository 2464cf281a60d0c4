"""A document's text as data: what could steer a model is taken out of the request, not of the stored text."""

from __future__ import annotations

import re

# Characters that nobody sees: zero-width spaces, direction marks and overrides, tags (a hidden alphabet), variation
# selectors, controls. The two joiners (U+200C, U+200D) stay between letters of scripts that need them.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
    "\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_JOINERS = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufb50-\ufefc])[\u200c\u200d]+|[\u200c\u200d]+(?!\\w)"
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
