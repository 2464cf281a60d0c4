"""How browsers are told to save what they are sent as a file (RFC 6266): whatever its name is, and never to show it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_PLAIN = re.compile(r"[^A-Za-z0-9._ -]")
# RFC 8187's characters of a value that need no encoding, besides letters, digits, `_`, `.`, `-` and `~`.
_SAFE = "!#$&+^`|"
_LONGEST = 150  # code points; systems of files take 255 bytes, and a browser may add to them


def attachment(name: str) -> str:
    """Write a `Content-Disposition` by which a browser saves a file under a name, which may be anybody's words.

    Characters that steer are taken out: one that turns the letters round makes `exe.txt` of a program. Old programs
    read the first name, in ASCII, others the second.
    """
    shown = "".join(one for one in name.rpartition("/")[2] if unicodedata.category(one)[0] != "C").strip(". ")
    stem, dot, extension = shown.rpartition(".")
    shown = f"{stem[: _LONGEST - 10]}{dot}{extension[:9]}" if len(shown) > _LONGEST else shown
    shown = shown or "document"
    return f"attachment; filename=\"{_PLAIN.sub('_', shown)}\"; filename*=UTF-8''{quote(shown, safe=_SAFE)}"
