"""A message as Outlook saves it (.msg): turned into a message of the Internet, and read as one."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.mail.message import read_mail
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from olefile import OleFileIO

    from dateline.documents.formats.content import Content
    from dateline.documents.limits import Limits

# Properties of a message by their ids ([MS-OXPROPS]).
_SUBJECT, _BODY, _HTML, _HEADERS = "0037", "1000", "1013", "007D"
_SENDER_NAME, _SENDER_ADDRESSES = "0C1A", ("5D01", "0C1F", "0065")
_TO, _CC = "0E04", "0E03"
_FILE_NAMES: Final = ("3707", "3704", "3001")
_SENT: Final = (0x00390040, 0x0E060040)  # when it was sent by the sender's program, and when it was delivered
_UNICODE, _EIGHT_BIT, _BINARY = "001F", "001E", "0102"
_ENTRY = 16  # bytes of a property's entry; the file's own begin after a head of so many
_HEAD = 32
_TICKS = 10_000_000  # of a Windows file time in a second
_EPOCH_IN_SECONDS = 11_644_473_600  # from 1601 to 1970


def read_msg(data: bytes, limits: Limits) -> Content:
    """Read a message of Outlook. Rejected: `damaged`, and what a message is rejected for."""
    import io

    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            # As they stand: what is not encoded is read as well, and a list of names is no list of addresses.
            head = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in _headers(file))
            message = _message(file)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Rejected("damaged", "it is no complete message: open it in Outlook and save it again") from error
    return read_mail(head.encode() + message.as_bytes(policy=policy.SMTP), limits)


def _message(file: OleFileIO) -> EmailMessage:
    message = EmailMessage()
    body, page = _text(file, _BODY), _bytes(file, _HTML).rstrip(b"\0") or _text(file, _HTML).encode()
    if body.strip() or not page:
        message.set_content(body)
        if page:
            message.add_alternative(page, maintype="text", subtype="html")
    else:
        message.set_content(page, maintype="text", subtype="html")
    for folder in _folders(file, "__attach"):
        names = (_text(file, name, folder) for name in _FILE_NAMES)
        name = next(filter(None, names), "attachment")
        message.add_attachment(b" ", maintype="application", subtype="octet-stream", filename=" ".join(name.split()))
    return message


def _headers(file: OleFileIO) -> Iterator[tuple[str, str]]:
    """Yield what the message says of itself: its own headers where it came by the Internet, else Outlook's fields."""
    carried = HeaderParser(policy=policy.compat32).parsestr(_text(file, _HEADERS), headersonly=True)
    sent = _moment(file)
    own = {name: str(carried[name]) for name in ("From", "To", "Cc", "Date", "Subject") if carried[name]}
    address = next((found for name in _SENDER_ADDRESSES if "@" in (found := _text(file, name))), "")
    fields = {
        "Subject": _text(file, _SUBJECT),
        "From": own.get("From") or formataddr((" ".join(_text(file, _SENDER_NAME).split()), address)),
        "To": own.get("To") or _text(file, _TO).rstrip("\0"),
        "Cc": own.get("Cc") or _text(file, _CC).rstrip("\0"),
        "Date": own.get("Date") or (format_datetime(sent) if sent else ""),
    }
    yield from ((name, value) for name, value in fields.items() if value.strip(" \0<>"))


def _text(file: OleFileIO, name: str, folder: str = "") -> str:
    """Return a property's words; empty where it has none."""
    data = _bytes(file, name, folder, _UNICODE)
    if data:
        return data.decode("utf-16-le", "replace").replace("\0", "")
    from dateline.documents.decode import decode

    data = _bytes(file, name, folder, _EIGHT_BIT).replace(b"\0", b"")
    return decode(data, max_bytes=len(data)).text if data.strip() else ""


def _bytes(file: OleFileIO, name: str, folder: str = "", kind: str = _BINARY) -> bytes:
    stream = [*([folder] if folder else []), f"__substg1.0_{name}{kind}"]
    return bytes(file.openstream(stream).read()) if file.exists(stream) else b""


def _folders(file: OleFileIO, kind: str) -> list[str]:
    return sorted({parts[0] for parts in file.listdir(streams=True, storages=True) if parts[0].startswith(kind)})


def _moment(file: OleFileIO) -> datetime | None:
    """Return when the message was sent; Outlook keeps it in UTC."""
    from datetime import UTC, datetime

    if not file.exists("__properties_version1.0"):
        return None
    entries = file.openstream("__properties_version1.0").read()[_HEAD:]
    times = {
        int.from_bytes(entries[at : at + 4], "little"): int.from_bytes(entries[at + 8 : at + 16], "little")
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)
    }
    ticks = next((times[name] for name in _SENT if times.get(name)), 0)
    try:
        return datetime.fromtimestamp(ticks / _TICKS - _EPOCH_IN_SECONDS, UTC) if ticks else None
    except (ValueError, OverflowError, OSError):
        return None
