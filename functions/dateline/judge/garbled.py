"""Sentences that came to us broken: bytes read under a wrong encoding, letters that a file could not tell.

They may be evidence, since a quote is the text as it is, but titles use intact words only. The rules are few, so that
they raise no false alarm: an unusual word, a word of another language and a wrong translation are not broken.
"""

from __future__ import annotations

import re

# What the bytes 0x80 to 0xBF become when UTF-8 is read as a Western encoding, without the quotes, dashes and dots that
# may follow a capital in good order ("AMANHÃ…").
_LATE = "\u0080-\u00aa\u00ac-\u00ba\u00bc-\u00bf€‚ƒ†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ"
_ANY_LATE = f"{_LATE}«»„…‘’“”–—"
_BROKEN = re.compile(
    "|".join((
        "[\ufffd\u0080-\u009f\ue000-\uf8ff]+",  # unknown, control and private characters
        f"[ÂÃ][{_LATE}]",  # "Ã¤" for "ä"
        "â€.?",  # quotes and dashes
        f"(?:[ÐÑ][{_ANY_LATE}]){{2,}}",  # Cyrillic
        r"\(cid:\d+\)",  # glyphs of a PDF without their letters
        "[bcdfghjklmnpqrstvwxz]{9,}",  # one more than in "Angstschweiß"
    ))
)  # fmt: skip
_AROUND = 12  # code points that are shown on both sides


def garbled(text: str) -> str:
    """Return the first broken place of a text with a little around it; empty where there is none."""
    found = _BROKEN.search(text)
    return text[max(0, found.start() - _AROUND) : found.end() + _AROUND] if found else ""
