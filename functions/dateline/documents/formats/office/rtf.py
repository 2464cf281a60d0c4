"""A text in Rich Text Format: its words without its marks, and without what is hidden or was deleted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.content import Content, hidden_text, label, printable
from dateline.documents.model import Published
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents.limits import Limits

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<octet>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z\d'])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<plain>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
# Groups that hold no words of the text. Any group that begins with \* is one too, unless it is known.
_SILENT: Final = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "listoverridetable", "revtbl",
        "rsidtbl",
        "generator", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "themedata",
        "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "filetbl", "fldinst", "annotation", "atnid",
        "atnauthor",
        "listtext", "pntext", "bkmkstart", "bkmkend", "nonshppict", "shppict", "xe", "tc", "template", "private",
    )
)  # fmt: skip
_INFO: Final = frozenset({"title", "author"})
_SHOWN: Final = frozenset({"fldrslt", "shptxt", "footnote", "field"})
_WORDS: Final = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": " | ", "nestcell": " | ",
    "nestrow": "\n",
    "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS: Final = {
    b"~": "\u00a0",
    b"_": "\u2011",
    b"-": "\u00ad",
    b"{": "{",
    b"}": "}",
    b"\\": "\\",
    b"\n": "\n",
    b"\r": "\n",
}
# The charsets of fonts (\fcharset) as code pages.
_CHARSETS: Final = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_FALSE = b"0"
_MOST_SKIPPED = 10
_GROUPS_AS_DEEP = 10  # groups that programs open for what other formats have one element for
_SMALLEST = 3  # half points; smaller print cannot be read


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group until it ends."""

    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    small: bool = False
    encoding: str = "cp1252"
    skipped: int = 1  # characters that stand in for one of Unicode, for programs that know none
    info: str = ""


def read_rtf(data: bytes, limits: Limits) -> Content:
    """Read an RTF document. Rejected: `damaged`, `nested_too_deep`, `no_text`."""
    if len(data) > limits.max_bytes:
        raise Rejected("too_large", f"{len(data)} bytes are more than the limit of {limits.max_bytes}: split it")
    reader = _Reader(limits.max_nesting)
    reader.read(data)
    lines = (" ".join(line.split(" ")).strip(" |") for line in printable(reader.text()).split("\n"))
    text = "\n".join(line for line in lines if line)
    if not text:
        raise Rejected("no_text", "the document holds no text that is shown: drop one with text")
    return Content(
        text=text,
        encoding="rtf",
        title=label(reader.info.get("title")),
        published=tuple(_created(data)),
        wrapped=False,
        remarks=hidden_text(reader.hidden),
    )


class _Reader:
    """One walk over a document's tokens."""

    def __init__(self, most_nesting: int) -> None:
        self.hidden = 0
        self.info: dict[str, str] = {}
        self._most = most_nesting
        self._parts: list[str] = []
        self._bytes = bytearray()  # of characters that are not decoded yet: one may take two
        self._bytes_state = _State()
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._to_skip = 0

    def text(self) -> str:
        """Return what was read; halves of characters beyond the basic plane are joined."""
        return "".join(self._parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def read(self, data: bytes) -> None:
        """Read a document's tokens in their order."""
        states = [_State()]
        starts = False  # whether a group has just begun: its first word says what it is
        for match in _TOKEN.finditer(data):
            brace, sign = match["brace"], match["sign"]
            if brace:
                self._flush()
                self._to_skip = 0
            if brace == b"{":
                states.append(states[-1])
                if len(states) > _GROUPS_AS_DEEP * self._most:
                    raise Rejected("nested_too_deep", "its groups lie too deep in each other: save it as DOCX")
            elif brace and len(states) > 1:
                states.pop()
            elif sign == b"*" and starts:
                states[-1] = replace(states[-1], silent=True)
                continue
            else:
                states[-1] = self._token(states[-1], match, starts=starts)
            starts = brace == b"{"
        self._flush()

    def _token(self, state: _State, match: re.Match[bytes], *, starts: bool) -> _State:
        """Return what holds after a token, whose words are added."""
        if match["word"]:
            return self._worded(state, match["word"].decode(), match["number"], starts=starts)
        if match["octet"]:
            self._add_bytes(bytes([int(match["octet"], 16)]), state)
        elif match["sign"]:
            self._add(_SIGNS.get(match["sign"], ""), state)
        elif match["plain"]:
            self._add_bytes(match["plain"], state)
        return state

    def _worded(self, state: _State, word: str, number: bytes | None, *, starts: bool) -> _State:
        """Return what holds after a control word, whose own words are added."""
        if starts and word in _INFO:
            return replace(state, info=word)
        if starts and word in _SILENT:
            return replace(state, silent=True)
        if word in _SHOWN:
            self._add("\n" if word == "footnote" else "", state)
            return replace(state, silent=False) if starts else state
        if word in _WORDS:
            self._add(_WORDS[word], state)
        elif word == "u" and number is not None:
            self._add(chr(int(number) % 0x10000), state)
            self._to_skip = state.skipped
        elif word == "fcharset":
            self._fonts[self._font] = _CHARSETS.get(int(number or b"0"), "cp1252")
        elif word == "f":
            self._flush()
            self._font = int(number or b"0")
            return replace(state, encoding=self._fonts.get(self._font, state.encoding))
        return _changed(state, word, number)

    def _add(self, words: str, state: _State) -> None:
        self._flush()
        if state.info:
            self.info[state.info] = self.info.get(state.info, "") + words
        elif state.silent:
            return
        elif state.hidden or state.deleted or state.small:
            self.hidden += bool(words.strip()) and state.hidden
        else:
            self._parts.append(words)

    def _add_bytes(self, octets: bytes, state: _State) -> None:
        skipped = min(self._to_skip, len(octets))
        self._to_skip -= skipped
        if state is not self._bytes_state:
            self._flush()
        self._bytes_state = state
        self._bytes += octets[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            words = self._bytes.decode(self._bytes_state.encoding, "replace")
            self._bytes.clear()
            self._add(words, self._bytes_state)


def _changed(state: _State, word: str, number: bytes | None) -> _State:
    """Return the look that a control word gives what follows."""
    match word:
        case "v":
            return replace(state, hidden=number != _FALSE)
        case "deleted":
            return replace(state, deleted=number != _FALSE)
        case "fs":
            return replace(state, small=number is not None and int(number) < _SMALLEST)
        case "plain":
            return replace(state, hidden=False, small=False, deleted=False)
    if word == "uc":
        return replace(state, skipped=min(int(number or b"1"), _MOST_SKIPPED))
    return replace(state, encoding=_known(f"cp{int(number)}")) if word == "ansicpg" and number else state


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8" if encoding == "cp65001" else "cp1252"


def _created(data: bytes) -> Iterator[Published]:
    match = re.search(rb"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})", data)
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        return
    if day:
        yield Published(day, "file_created")
