"""A message: its text, who sent it when, and what is attached and not read."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import MIMEPart
from typing import TYPE_CHECKING

from dateline.documents.decode import decode
from dateline.documents.formats.content import Content, label, language_tag, printable
from dateline.documents.formats.stamps import day_of, is_in_utc, zone_of
from dateline.documents.model import Published, Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from dateline.documents.decode import Decoded
    from dateline.documents.limits import Limits

_LEAST_TEXT = 40  # code points; shorter plain texts beside HTML say "your program cannot show this message"


def read_mail(data: bytes, limits: Limits) -> Content:
    """Read a message, its plain text before its HTML. Rejected: `nested_too_deep`, `no_text`, as pages and texts."""
    message = message_from_bytes(data, policy=policy.default)
    _check_depth(message, limits.max_nesting)
    text, encoding, body = _body(message, limits)
    stamp = label(_header(message, "Date")) or ""
    sender = _header(message, "From")
    zone = zone_of([stamp], sender.rpartition("@")[2].rstrip("> "))
    day = day_of(stamp, zone)
    remarks = [_IN_UTC] if day and zone is None and is_in_utc(stamp) else []
    return Content(
        text=text,
        encoding=encoding,
        title=label(_header(message, "Subject")),
        source=_sender(message),
        language=language_tag(_header(message, "Content-Language").partition(",")[0]),
        published=(Published(day, "email"),) if day else (),
        remarks=(*remarks, *_attached(message, body)),
    )


_IN_UTC = Remark(
    "published_in_utc",
    "The message gives its time in UTC: the day where it was sent may be the one before or after.",
)


def _check_depth(message: MIMEPart, most: int) -> None:
    level: list[MIMEPart] = [message]
    for _ in range(most):
        level = [part for one in level if one.is_multipart() for part in one.iter_parts()]
        if not level:
            return
    raise Rejected("nested_too_deep", f"its parts lie more than {most} deep in each other: drop its text instead")


def _body(message: MIMEPart, limits: Limits) -> tuple[str, str, MIMEPart]:
    """Return the text that a reader sees, the encoding that it was in, and the part that it is from."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    if plain is not None:
        decoded = _decoded(plain, limits)
        text = _unflowed(plain, printable(decoded.text)).strip("\n")
        if text.strip() and (page is None or len(text.strip()) >= _LEAST_TEXT):
            return text, decoded.encoding, plain
    if page is not None:
        from dateline.documents.formats.html import html_text

        decoded = _decoded(page, limits)
        text = html_text(decoded.text, limits) if decoded.text.strip() else ""
        if text:
            return text, decoded.encoding, page
    raise Rejected("no_text", "the message has no text of its own: drop what is attached to it")


def _decoded(part: MIMEPart, limits: Limits) -> Decoded:
    """Decode a part by its own word where that holds, else as any text."""
    from dateline.documents.decode import Decoded

    data = part.get_payload(decode=True)
    octets = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset() or ""
    try:
        return Decoded(octets.decode(charset), charset) if octets.strip() else Decoded("", "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(octets, max_bytes=limits.max_bytes)


def _unflowed(part: MIMEPart, text: str) -> str:
    """Join the lines that a program wrapped and said so (RFC 3676): a space before the line end means "goes on"."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    parted = str(part.get_param("delsp", "")).lower() == "yes"
    return re.sub(r"(?<!^--) \n(?!>|\n)", "" if parted else " ", text, flags=re.MULTILINE)


def _header(message: MIMEPart, name: str) -> str:
    """Return a header as text. The library's own readers stumble over some that break the rules."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _sender(message: MIMEPart) -> str | None:
    """Return the sender's name, or the host of the address where there is none."""
    sender = _header(message, "From")
    name = label(re.sub(r"<[^>]*>", "", sender).strip().strip('"'))
    return name if name and "@" not in name else label(sender.rpartition("@")[2].rstrip("> "))


def _attached(message: MIMEPart, body: MIMEPart) -> list[Remark]:
    """Name what was not read: attachments, images and messages inside the message."""
    parts = [part for part in message.walk() if not part.is_multipart() or part.get_content_type() == "message/rfc822"]
    others = [part for part in parts if part is not body and _is_attachment(part)]
    if not others:
        return []
    names = ", ".join(label(part.get_filename()) or part.get_content_type() for part in others)
    message_text = f"{len(others)} attachments were not read; drop them as documents of their own."
    return [Remark("attachments", message_text, label(names))]


def _is_attachment(part: MIMEPart) -> bool:
    return bool(part.get_filename()) or part.is_attachment() or part.get_content_maintype() != "text"
