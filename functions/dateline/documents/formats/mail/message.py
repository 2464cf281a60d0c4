"""A message: its text, who sent it to whom and when, and what is attached and not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import MIMEPart
from typing import TYPE_CHECKING

from dateline.documents.decode import Decoded, charset_in, decode, decode_declared
from dateline.documents.formats.content import Content, Marked, hidden_text, label, language_tag, printable
from dateline.documents.formats.mail.mail_lines import marked, unwrapped
from dateline.documents.formats.stamps import day_of, is_in_utc, zone_of
from dateline.documents.model import Published, Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo

    from dateline.documents.limits import Limits

_SHOWN = ("text/plain", "text/html", "text/markdown", "text/enriched")
# A plain text beside HTML says the same. Where the HTML says so much more, or the plain one is short and says something
# else, it says only that the reader's program cannot show HTML.
_MUCH_MORE = 2  # times as many words
_SHORT = 500  # code points
_LEAST_SHARED = 0.5  # of the plain text's words
_ELSEWHERE = re.compile(r"\b(?:html|(?:web)?browser|navigateur|navegador|браузер\w*|ブラウザ|浏览器)\b", re.IGNORECASE)
_BROKEN_UP = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)  # how servers name the texts between attachments
_BOUNDARY = re.compile(rb"(?:\A|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[ \t]*content-)", re.IGNORECASE)
_CLOCK = re.compile(r"\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?=\s|$)")


def read_mail(data: bytes, limits: Limits) -> Content:
    """Read a message. Its text begins with its subject, sender and recipients, which are the message's own word.

    Rejected: `nested_too_deep`, `no_text`, as pages and texts.
    """
    message = message_from_bytes(data, policy=policy.default)
    _check_depth(message, limits.max_nesting)
    _mend_boundaries(message)
    texts = _texts(message, limits)
    subject, sender = label(_header(message, "Subject")), _header(message, "From")
    head = "\n".join(_head(message, subject))
    body = "\n\n".join(one.text for one in texts)
    text = f"{head}\n\n{body}" if head else body
    start = len(text) - len(body)
    sent, stamp = _sent(message)
    in_utc = sent is not None and is_in_utc(stamp) and _zone(stamp, sender) is None
    return Content(
        text=text,
        encoding=texts[0].encoding,
        title=subject,
        source=_sender(sender),
        author=_shown(message, "From"),
        recipients=label(", ".join(filter(None, (_shown(message, name) for name in ("To", "Cc"))))),
        language=language_tag(_header(message, "Content-Language").partition(",")[0]),
        published=(Published(sent, "email"),) if sent else (),
        wrapped=False,
        marked=(*((Marked(0, len(head), "heading"),) if head else ()), *marked(text, start)),
        remarks=(
            *((_IN_UTC,) if in_utc else ()),
            *hidden_text(sum(one.hidden for one in texts)),
            *_attached(message, {id(one.part) for one in texts}),
        ),
    )


_IN_UTC = Remark(
    "published_in_utc",
    "The message gives its time in UTC: the day where it was sent may be the one before or after.",
)


@dataclass(frozen=True, slots=True)
class _Text:
    """What a reader sees of one part, the encoding that it was in, the part, and how many pieces of it nobody sees."""

    text: str
    encoding: str
    part: MIMEPart
    hidden: int

    @property
    def words(self) -> list[str]:
        return re.findall(r"\w+", self.text.casefold())


def _check_depth(message: MIMEPart, most: int) -> None:
    level: list[MIMEPart] = [message]
    for _ in range(most):
        level = [part for one in level if one.is_multipart() for part in one.iter_parts()]
        if not level:
            return
    raise Rejected("nested_too_deep", f"its parts lie more than {most} deep in each other: drop its text instead")


def _mend_boundaries(message: MIMEPart) -> None:
    """Part a message whose header names no boundary, or not the one that its parts have."""
    for part in list(message.walk()):
        if part.get_content_maintype() != "multipart" or part.is_multipart():
            continue
        payload = part.get_payload()
        body = payload.encode("ascii", "surrogateescape") if isinstance(payload, str) and payload.isascii() else b""
        body = body or _bytes_of(part)
        boundary = _BOUNDARY.search(body)
        if boundary is None:
            part.replace_header("Content-Type", "text/plain")
            continue
        head = b'Content-Type: multipart/mixed; boundary="' + boundary[1].replace(b'"', b'\\"') + b'"\n\n'
        mended = message_from_bytes(head + body, policy=policy.default)
        if mended.is_multipart():
            part.set_payload(mended.get_payload())


def _bytes_of(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _texts(message: MIMEPart, limits: Limits) -> list[_Text]:
    """Gather the texts that a reader of the message sees, in their order, each once."""
    for inline in (False, True):
        texts: list[_Text] = []
        for one in _read_part(message, limits, inline=inline or message.get_content_maintype() == "text"):
            if one.words and not any(_hold(other.words, one.words) for other in texts):
                texts.append(one)
        if texts:
            return texts
    raise Rejected("no_text", "the message has no text of its own: drop what is attached to it")


def _hold(words: list[str], others: list[str]) -> bool:
    """Return whether a text says again what another said: one in HTML beside the same in plain text."""
    return len(others) <= len(words) and " ".join(others) in " ".join(words)


def _read_part(part: MIMEPart, limits: Limits, *, inline: bool) -> Iterator[_Text]:
    """Yield the texts of a part; with `inline` also those that have a file's name and are shown all the same."""
    kind = part.get_content_type()
    if part.is_multipart() and kind.startswith("multipart/"):
        parts = list(part.iter_parts())
        if kind == "multipart/alternative":
            yield from _chosen([list(_read_part(one, limits, inline=inline)) for one in parts])
        elif kind in ("multipart/related", "multipart/signed"):
            roots = (list(_read_part(one, limits, inline=inline)) for one in parts)
            yield from next(filter(None, roots), [])
        else:
            for one in parts:
                yield from _read_part(one, limits, inline=inline)
    elif kind in _SHOWN and (not _is_attachment(part) or (inline and not part.is_attachment())):
        yield from _read_text(part, limits)


def _chosen(alternatives: list[list[_Text]]) -> list[_Text]:
    """Choose the plain alternative, which is the simplest, unless it does not say what the page says."""
    filled = [texts for texts in alternatives if texts]
    pages = [texts for texts in filled if any(one.part.get_content_type() == "text/html" for one in texts)]
    plain = next((texts for texts in filled if texts not in pages), None)
    if plain is None or (pages and _is_stub(plain, pages[-1])):
        return pages[-1] if pages else []
    return plain


def _is_stub(plain: list[_Text], page: list[_Text]) -> bool:
    said, shown = ([word for one in texts for word in one.words] for texts in (plain, page))
    if len(shown) >= _MUCH_MORE * len(said):
        return True
    if sum(len(one.text) for one in plain) > _SHORT or len({*said} & {*shown}) >= _LEAST_SHARED * len({*said}):
        return False
    return _MUCH_MORE * len(shown) >= len(said) or any(_ELSEWHERE.search(one.text) for one in plain)


def _read_text(part: MIMEPart, limits: Limits) -> Iterator[_Text]:
    data = _bytes_of(part)
    if not data.strip():
        return
    if part.get_content_type() == "text/html":
        from dateline.documents.formats.web.html import html_text

        decoded = decode_declared(data, _charset(part) or charset_in(data), max_bytes=limits.max_bytes)
        shown = html_text(decoded.text, limits)
        text, hidden = unwrapped(shown.text), shown.hidden
    else:
        decoded = _decoded(data, _charset(part), limits)
        text, hidden = unwrapped(_unflowed(part, printable(decoded.text))).strip("\n"), 0
    if text.strip():
        yield _Text(text, decoded.encoding, part, hidden)


def _decoded(data: bytes, charset: str, limits: Limits) -> Decoded:
    try:
        return decode_declared(data, charset, max_bytes=limits.max_bytes)
    except Rejected as error:
        if error.code == "empty":
            return Decoded("", "utf-8")
        raise


def _charset(part: MIMEPart) -> str:
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError):
        return ""


def _unflowed(part: MIMEPart, text: str) -> str:
    """Join the lines that a program wrapped and said so (RFC 3676): a space before the line end means "goes on"."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    between = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    before, goes_on = "", False
    for line in text.split("\n"):
        mark = re.match(r">*", line)
        depth = mark[0] if mark else ""
        words = line[len(depth) :].removeprefix(" ")
        if goes_on and depth == before and words != "-- ":
            lines[-1] += between + words.rstrip(" ")
        else:
            lines.append(f"{depth} {words}".rstrip(" ") if depth else words.rstrip(" ") if words != "-- " else words)
        before, goes_on = depth, words.endswith(" ") and words != "-- "
    return "\n".join(lines)


def _header(message: MIMEPart, name: str) -> str:
    """Return a header as text. The library's own readers stumble over some that break the rules."""
    raw = next((str(value) for field, value in message.raw_items() if field.lower() == name.lower()), "")
    if not raw.isascii():  # not encoded at all
        return decode(
            raw.encode("utf-8", "surrogateescape"), max_bytes=len(raw.encode("utf-8", "surrogateescape"))
        ).text
    try:
        return str(message.get(name, "")) if name != "Date" else str(make_header(decode_header(raw)))
    except (ValueError, IndexError, AttributeError, TypeError, LookupError, HeaderParseError):
        return raw


def _head(message: MIMEPart, subject: str | None) -> Iterator[str]:
    """Yield the subject and the lines that say who writes to whom."""
    if subject:
        yield subject
    for name in ("From", "To", "Cc"):
        if shown := _shown(message, name):
            yield f"{name}: {shown}"


def _shown(message: MIMEPart, name: str) -> str | None:
    """Return who is named in a header, as readers are shown it."""
    value = label(_header(message, name))
    return value.replace('"', "") if value else None


def _sender(sender: str) -> str | None:
    """Return the sender's name, or the host of the address where there is none."""
    name = label(re.sub(r"<[^>]*>", "", sender).strip().strip('"'))
    return name if name and "@" not in name else label(sender.rpartition("@")[2].rstrip("> "))


def _sent(message: MIMEPart) -> tuple[date | None, str]:
    """Return the day on which the message was sent, and the stamp that says so: its own, or its first carrier's."""
    sender = _header(message, "From")
    carried = [str(value).rpartition(";")[2] for name, value in message.raw_items() if name.lower() == "received"]
    for stamp in (_header(message, "Date"), _header(message, "Resent-Date"), *carried[-1:]):
        written = label(stamp) or ""
        for spelled in (written, _CLOCK.sub("", written)):
            if day := day_of(spelled, _zone(spelled, sender)):
                return day, spelled
    return None, ""


def _zone(stamp: str, sender: str) -> tzinfo | None:
    return zone_of([stamp], sender.rpartition("@")[2].rstrip("> "))


def _attached(message: MIMEPart, read: set[int]) -> list[Remark]:
    """Name what was not read: attachments, images and messages inside the message."""
    parts = [part for part in message.walk() if not part.is_multipart() or part.get_content_type() == "message/rfc822"]
    others = [part for part in parts if id(part) not in read and _is_attachment(part)]
    if not others:
        return []
    names = ", ".join(label(part.get_filename()) or part.get_content_type() for part in others)
    message_text = f"{len(others)} attachments were not read; drop them as documents of their own."
    return [Remark("attachments", message_text, label(names))]


def _is_attachment(part: MIMEPart) -> bool:
    name = part.get_filename() or ""
    named = bool(name) and not (_BROKEN_UP.fullmatch(name) and not part.is_attachment())
    return named or part.is_attachment() or part.get_content_maintype() != "text"
