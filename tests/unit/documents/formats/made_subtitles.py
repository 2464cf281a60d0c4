"""What the tests of this format are read from: files made by hand."""

from dateline.documents.formats.subtitles import read_subtitles
from dateline.documents.limits import Limits

LIMITS = Limits()


def cues(*words: str, pause: int = 0) -> str:
    return "\n\n".join(
        f"{at}\n00:00:{(2 + pause) * at:02d},000 --> 00:00:{(2 + pause) * at + 2:02d},000\n{one}"
        for at, one in enumerate(words)
    )


def shown(text: str) -> list[str]:
    return read_subtitles(text.encode(), LIMITS).text.split("\n")
