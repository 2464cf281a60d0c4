"""The lines of a message that are no part of what its writer says: who is quoted, signatures, a program's footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.content import Marked
from dateline.documents.lines import paragraphs, wrap_width
from dateline.documents.quoting import depth_of, is_field, says_who_is_quoted, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents.model import Role

_ATTRIBUTION_LINES = 3  # with a long name and address it is wrapped into so many
_ENDS = re.compile(r"[:：]\W*$")  # also with what turns the direction of writing back
_ENDS_SENTENCE = re.compile(r"\w\w[.!?]\W*$")
_LEAST_FIELDS = 3
_FORWARDED = re.compile(
    r"\W*[-_*=]{2,}\s*[^\W\d_][\w' ’\-]{3,60}\s*[-_*=]{2,}\W*|(?:begin forwarded message|"
    r"anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré))\s*:\s*",
    re.IGNORECASE,
)
_LONGEST_MARK = 200  # code points of a line that parts messages or signs for a device
_RULE = re.compile(r"\s*[-_=*~—─]{10,}\s*")

_SIGNATURE = re.compile(r"--[ \t\u00a0]?")
_LONGEST_SIGNATURE = 15  # lines; four are good manners, and a publisher's has its addresses and its registry
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|kindest|warm|warmest|many)(?: \w+)? (?:regards|wishes)|(?:best|kind) ?regards|"
    r"regards|sincerely(?: yours)?|"
    r"yours (?:sincerely|faithfully|truly)|cheers|many thanks|(?:mit )?(?:freundliche[nm]?|herzliche[nm]?|"
    r"beste[nm]?|"
    r"viele[nm]?|liebe[nm]?|schöne[nm]?)(?: \w+)? (?:grüße[n]?|grüssen?|gruß|gruss)|hochachtungsvoll|mfg|"
    r"(?:bien )?cordialement|salutations(?: \w+)*|sincères salutations|bien à vous|"
    r"(?:un )?(?:cordial )?saludos?(?: \w+)?|"
    r"atentamente|(?:cordiali|distinti) saluti|(?:met )?vriendelijke groeten?|atenciosamente|cumprimentos|"
    r"med (?:vänlig|venlig|vennlig)e? (?:hälsning\w*|hilsen)|z poważaniem|pozdrawiam|s pozdravem|"
    r"с уважением|с наилучшими пожеланиями|з повагою|(?:iyi çalışmalar|saygılarımla|saygılarımızla))[\s,.!–-]*",
    re.IGNORECASE,
)
_LONGEST_SIGNED = 80  # code points of a line below a closing: a name, an office, an address
_DEVICE = re.compile(
    r"(?:sent (?:from|via|with) (?:my |the )?\S.{1,40}|get outlook for \w+.{0,40}|von meinem \S.{1,30} gesendet|"
    r"gesendet (?:von|mit) .{2,40}|"
    r"envoyé de(?:puis)? (?:mon|ma) .{2,40}|enviado desde mi .{2,40}|inviato da(?:l mio)? .{2,40}|"
    r"verzonden (?:vanaf|met) .{2,40}|"
    r"отправлено с .{2,40}|надіслано з .{2,40}|.{2,20}'(?:dan|den|tan|ten|umdan) gönderildi|enviado do meu .{2,40}|"
    r"wysłane z .{2,40})\.?",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\W{0,4}(?:(?:this|the (?:contents? of (?:this|the)|information (?:contained )?in this)) (?:e-?mail|message|"
    r"communication|transmission)\b"
    r".{0,120}\b(?:confidential|privileged|intended (?:only|solely)|legally)|"
    r"(?:confidentiality|disclaimer|vertraulichkeitshinweis)\b.{0,20}[:\s]|"
    r"diese (?:e-?mail|nachricht)\b.{0,120}\b(?:vertraulich|rechtlich geschützt|ausschließlich)|"
    r"ce (?:message|courriel|mail|courrier)\b.{0,120}\b(?:confidentiel|destinataires?|strictement)|"
    r"este (?:mensaje|correo)\b.{0,120}\b(?:confidencial|destinatario)|"
    r"(?:questo messaggio|la presente e-?mail)\b.{0,120}\b(?:riservat|confidenzial|destinatari)|"
    r"(?:dit bericht|deze e-?mail)\b.{0,120}\b(?:vertrouwelijk|geadresseerde)|"
    r"(?:это|данное) (?:письмо|сообщение)\b.{0,120}\bконфиденциальн|bu (?:e-?posta|mesaj|ileti)\b.{0,120}\bgizli|"
    r"if you (?:are not|have received) .{0,60}\b(?:intended recipient|in error)|"
    r"(?:wenn|falls|sollten) sie .{0,60}(?:nicht der (?:richtige |vorgesehene )?(?:adressat|empfänger)|"
    r"irrtümlich erhalten)|"
    r"(?:please )?(?:consider|think of) the environment before printing)",
    re.IGNORECASE,
)
_MOST_LINES: Final = 20_000  # a message with more is an archive or a log; its first lines are looked at


def unwrapped(text: str) -> str:
    """Join the lines that only wrap, also of what is quoted and of the line that says who is: a paragraph is a line.

    The marks of a quotation stand once, before its paragraph, so that no sentence holds one.
    """
    lines = list(_with_whole_attributions(text.split("\n")))
    roles = [*_roles(lines[:_MOST_LINES]), *[None] * max(0, len(lines) - _MOST_LINES)]
    depths = [depth_of(line) for line in lines]
    bare = [unquoted(line) if depth else line for line, depth in zip(lines, depths, strict=True)]
    widths = {
        depth: wrap_width(
            [len(one) for one, other, role in zip(bare, depths, roles, strict=True) if other == depth and not role]
        )
        for depth in {*depths}
    }
    joined: list[str] = []
    start = 0
    for end in range(1, len(lines) + 1):
        whole = end < len(lines) and depths[end] == depths[start] and not roles[start] and not roles[end]
        if not whole:
            joined += _paragraphs(bare[start:end], ">" * depths[start], widths[depths[start]])
            start = end
    return "\n".join(joined).strip("\n")


def _paragraphs(lines: Sequence[str], mark: str, width: int) -> Iterator[str]:
    """Yield the paragraphs of lines of one depth, each with its mark, and the empty lines between them."""
    text = "\n".join(lines)
    ends = {span.start: span.end for span in paragraphs(text, width=width)}
    at = 0
    for line in lines:
        if at in ends:
            words = text[at : ends[at]]
            yield f"{mark} {' '.join(words.split())}" if mark else " ".join(words.split("\n"))
        elif not line.strip():
            yield ""
        at += len(line) + 1


def marked(text: str, start: int) -> Iterator[Marked]:
    """Yield, from `start` on, the lines that say who is quoted, as headings, and signatures, as boilerplate."""
    lines = text[start:].split("\n")
    roles = _roles(lines[:_MOST_LINES])
    at = start
    for line, role in zip(lines, roles, strict=False):
        if role is not None and line.strip():
            yield Marked(at, at + len(line), role)
        at += len(line) + 1


def _with_whole_attributions(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, those joined that together say who wrote what is quoted."""
    index = 0
    while index < len(lines):
        count = next((count for count in range(1, _ATTRIBUTION_LINES + 1) if _is_attribution(lines, index, count)), 1)
        yield _joined(lines[index : index + count]) if count > 1 else lines[index]
        index += count


def _is_attribution(lines: Sequence[str], index: int, count: int) -> bool:
    """Return whether lines say who wrote what is quoted: by a verb or an address, and the colon at the end."""
    part = lines[index : index + count]
    if len(part) < count or not _ENDS.search(part[-1]):
        return False
    if not all(unquoted(line).strip() for line in part) or len({depth_of(line) for line in part}) > 1:
        return False
    if count > 1 and _is_whole(lines, index + 1, count - 1, part):
        return False
    quoted = [depth_of(line) for line in lines[index + count : index + count + 3] if line.strip()][:1]
    is_quoted_next = bool(quoted) and quoted[0] > depth_of(part[0])
    return says_who_is_quoted(_joined(part), before_quotation=is_quoted_next)


def _is_whole(lines: Sequence[str], index: int, count: int, part: Sequence[str]) -> bool:
    """Return whether lines need none of what is above them to say who wrote what is quoted; the day may stand there."""
    if not _is_attribution(lines, index, count):
        return False
    has_day = re.search(r"\d", _joined(lines[index : index + count])) is not None
    return has_day or bool(_ENDS_SENTENCE.search(part[0])) or not says_who_is_quoted(_joined(part))


def _joined(lines: Sequence[str]) -> str:
    # A program may wrap a long address behind its bracket.
    return " ".join([lines[0].strip(), *(unquoted(line).strip() for line in lines[1:])]).replace("< ", "<")


def _roles(lines: Sequence[str]) -> list[Role | None]:
    roles: list[Role | None] = [None] * len(lines)
    fields: list[int] = []
    for index, line in enumerate(lines):
        bare = unquoted(line).strip()
        if is_field(bare):
            fields.append(index)
        elif bare:
            fields = []
        if len(fields) >= _LEAST_FIELDS:
            for field in fields:
                roles[field] = "heading"
        if _is_attribution(lines, index, 1):
            roles[index] = "heading"
        elif _is_of_a_program(bare):
            roles[index] = "boilerplate"
    for first, last in _signatures(lines, roles):
        roles[first:last] = ["boilerplate"] * (last - first)
    return roles


def _is_of_a_program(line: str) -> bool:
    """Return whether a line parts messages, names a device, or is the small print that a mail server adds."""
    if _RULE.fullmatch(line) or _DISCLAIMER.match(line):
        return True
    return len(line) <= _LONGEST_MARK and bool(_FORWARDED.fullmatch(line) or _DEVICE.fullmatch(line))


def _signatures(lines: Sequence[str], roles: Sequence[Role | None]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines that sign a message; each ends where a quotation begins, or with its message."""
    index = 0
    while index < len(lines):
        bare = unquoted(lines[index])
        is_mark = _SIGNATURE.fullmatch(bare) is not None
        if is_mark or _RULE.fullmatch(bare) or _CLOSING.fullmatch(bare.strip()):
            last = _signature_end(lines, roles, index)
            filled = [unquoted(line).strip() for line in lines[index + 1 : last] if line.strip()]
            if len(filled) <= _LONGEST_SIGNATURE and filled and (is_mark or _sign(filled)):
                yield index, last
                index = last
                continue
        index += 1


def _sign(lines: Sequence[str]) -> bool:
    """Return whether lines below a closing are a name, an office, an address, and no sentence."""
    return all(len(line) <= _LONGEST_SIGNED and not line.endswith((".", "!", "?")) for line in lines)


def _signature_end(lines: Sequence[str], roles: Sequence[Role | None], start: int) -> int:
    depth = depth_of(lines[start])
    for index in range(start + 1, min(len(lines), start + 4 * _LONGEST_SIGNATURE)):
        if roles[index] == "heading" or (lines[index].strip() and depth_of(lines[index]) != depth):
            return index
    return min(len(lines), start + 4 * _LONGEST_SIGNATURE)
