"""The lines of a message that are no part of what its writer says: who is quoted, signatures, a program's footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.content import Marked
from dateline.documents.lines import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents.model import Role

_QUOTED = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
# "On 16 May 2023, Ada Brek wrote:" in the languages of common mail programs.
_WROTE = (
    r"wrote|writes|schrieb|geschrieben|schreef|geschreven|a écrit|écrivait|escribió|ha scritto|escreveu|skrev|"
    r"napisał\(?a?\)?|napsala?|napísala?|написал\(?а?\)?|пишет|написа[влћ]\w*|пише|yazdı|kirjoitti|írta|a scris|"
    r"έγραψε|كتب\w*|כתב/?ה?|写道|寫道|のメール|님이 작성|đã viết|menulis"
)
_ATTRIBUTION = re.compile(
    rf"(?=.*\d)(?:.*\b(?:{_WROTE})\b.{{0,60}}|.*<?[^\s<>]+@[^\s<>]+>?.{{0,20}})[:：]\s*", re.IGNORECASE
)
_LONGEST_ATTRIBUTION = 300  # code points; with a long name and address it may be wrapped into three lines
_ATTRIBUTION_LINES = 3
# "From: …", "Sent: …" as programs write them above what is forwarded or answered.
_FIELD = re.compile(
    r"[*_ \t]{0,4}(?:from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?|von|gesendet|datum|an|"
    r"betreff|kopie|anlagen|"
    r"de|envoyé|à|objet|para|enviado(?: el)?|fecha|asunto|da|inviato|data|a|oggetto|van|verzonden|aan|onderwerp|"
    r"от|отправлено|дата|кому|копия|тема|від|надіслано|копія|gönderen|gönderildi|tarih|kime|konu|assunto|"
    r"wysłano|do|dw|temat|odesláno|komu|předmět|fra|sendt|til|emne|från|skickat|till|ämne|"
    r"发件人|发送时间|收件人|抄送|主题|差出人|送信日時|宛先|件名|보낸 사람|보낸 날짜|받는 사람|제목)"
    r"[*_]{0,2}\s?[:：][*_]{0,2}\s*\S",
    re.IGNORECASE,
)
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
    """Join the wrapped lines of what is quoted, and of the line that says who is: each paragraph is one line.

    The marks of a quotation stand once, before its paragraph, so that no sentence holds one.
    """
    lines: list[str] = []
    waiting: list[str] = []
    mark = ""
    for line in [*text.split("\n"), ""]:
        match = _QUOTED.match(line)
        depth = match[1].count(">") if match else 0
        if depth != len(mark):
            lines += _quoted(waiting, mark)
            waiting, mark = [], ">" * depth
        waiting.append(line[match.end() :] if match else line)
    lines += _quoted(waiting, mark)
    return "\n".join(_with_whole_attributions(lines)).strip("\n")


def marked(text: str, start: int) -> Iterator[Marked]:
    """Yield, from `start` on, the lines that say who is quoted, as headings, and signatures, as boilerplate."""
    lines = text[start:].split("\n")
    roles = _roles(lines[:_MOST_LINES])
    at = start
    for line, role in zip(lines, roles, strict=False):
        if role is not None and line.strip():
            yield Marked(at, at + len(line), role)
        at += len(line) + 1


def _quoted(lines: Sequence[str], mark: str) -> list[str]:
    if not mark:
        return list(lines)
    text = "\n".join(lines)
    spans = paragraphs(text)
    joined = {span.start: " ".join(text[span.start : span.end].split()) for span in spans}
    return [f"{mark} {joined[start]}" if start in joined else mark for start in _starts(text, joined)]


def _starts(text: str, joined: dict[int, str]) -> Iterator[int]:
    """Yield where paragraphs and empty lines begin."""
    at = 0
    for line in text.split("\n"):
        if at in joined or not line.strip():
            yield at
        at += len(line) + 1


def _with_whole_attributions(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, those joined that together say who wrote what is quoted."""
    index = 0
    while index < len(lines):
        count = next((count for count in range(1, _ATTRIBUTION_LINES + 1) if _is_attribution(lines, index, count)), 1)
        yield _joined(lines[index : index + count]) if count > 1 else lines[index]
        index += count


def _is_attribution(lines: Sequence[str], index: int, count: int) -> bool:
    """Return whether lines say who wrote what is quoted: by a verb or an address, a number and the colon at the end."""
    part = lines[index : index + count]
    if len(part) < count or not all(line.strip() for line in part):
        return False
    said = _joined(part)
    bare = _bare(said)
    if len(said) > _LONGEST_ATTRIBUTION or not bare.endswith((":", "：")) or _FIELD.match(bare):
        return False
    quoted = [_depth(line) for line in lines[index + count : index + count + 3] if line.strip()][:1]
    is_quoted_next = bool(quoted) and quoted[0] > _depth(part[0])
    match = _ATTRIBUTION.fullmatch(bare)
    return match is not None and (is_quoted_next or "@" in bare or _BEGINS.match(bare) is not None)


_BEGINS = re.compile(
    r"(?:on|am|le|el|il giorno|il|op|em|den|dnia|w dniu|dne|dňa|\d{1,2}[./ ]|\d{4}[-年./]|\w{2,3}[.,] |в |у |"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)


def _bare(line: str) -> str:
    match = _QUOTED.match(line)
    return line[match.end() :] if match else line


def _depth(line: str) -> int:
    match = _QUOTED.match(line)
    return match[1].count(">") if match else 0


def _joined(lines: Sequence[str]) -> str:
    return " ".join([lines[0].strip(), *(_bare(line).strip() for line in lines[1:])])


def _roles(lines: Sequence[str]) -> list[Role | None]:
    roles: list[Role | None] = [None] * len(lines)
    fields: list[int] = []
    for index, line in enumerate(lines):
        bare = _bare(line).strip()
        if _FIELD.match(bare):
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
        bare = _bare(lines[index])
        is_mark = _SIGNATURE.fullmatch(bare) is not None
        if is_mark or _RULE.fullmatch(bare) or _CLOSING.fullmatch(bare.strip()):
            last = _signature_end(lines, roles, index)
            filled = [_bare(line).strip() for line in lines[index + 1 : last] if line.strip()]
            if len(filled) <= _LONGEST_SIGNATURE and filled and (is_mark or _sign(filled)):
                yield index, last
                index = last
                continue
        index += 1


def _sign(lines: Sequence[str]) -> bool:
    """Return whether lines below a closing are a name, an office, an address, and no sentence."""
    return all(len(line) <= _LONGEST_SIGNED and not line.endswith((".", "!", "?")) for line in lines)


def _signature_end(lines: Sequence[str], roles: Sequence[Role | None], start: int) -> int:
    depth = _depth(lines[start])
    for index in range(start + 1, min(len(lines), start + 4 * _LONGEST_SIGNATURE)):
        if roles[index] == "heading" or (lines[index].strip() and _depth(lines[index]) != depth):
            return index
    return min(len(lines), start + 4 * _LONGEST_SIGNATURE)
