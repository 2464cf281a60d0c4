"""What the tests of this format are read from: files made by hand."""

from dateline.documents.formats.office.rtf import read_rtf
from dateline.documents.limits import Limits

LIMITS = Limits()


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 Mincho;}}"
    return ("{\\rtf1" + head + fonts + "\n" + body + "}").encode("ascii")


def shown(body: str) -> str:
    return read_rtf(rtf(body), LIMITS).text
