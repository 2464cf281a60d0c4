"""Lines of a message that say who wrote what it quotes: "On 16 May 2023, Ada Brek wrote:" and "From: …" above it.

They tell nothing that happened: an event that rests on nothing else is none.
"""

from __future__ import annotations

import re

# "On 16 May 2023, Ada Brek wrote:" in the languages of common mail programs.
_WROTE = (
    r"wrote|writes|schrieb|geschrieben|schreef|geschreven|a écrit|écrivait|escribió|ha scritto|escreveu|skrev|"
    r"napisał\(?a?\)?|napsala?|napísala?|написал\(?а?\)?|пишет|написа[влћ]\w*|пише|yazdı|kirjoitti|írta|a scris|"
    r"έγραψε|كتب\w*|כתב/?ה?|写道|寫道|のメール|님이 작성|đã viết|menulis"
)
_ATTRIBUTION = re.compile(
    rf"(?=.*\d)(?:.*\b(?:{_WROTE})\b.{{0,60}}|.*<?[^\s<>]+@[^\s<>]+>?.{{0,20}})[:：]\s*", re.IGNORECASE
)
_LONGEST = 300  # code points; a longer line with a colon at its end is a paragraph
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
_BEGINS = re.compile(
    r"(?:on|am|le|el|il giorno|il|op|em|den|dnia|w dniu|dne|dňa|\d{1,2}[./ ]|\d{4}[-年./]|\w{2,3}[.,] |в |у |"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)


def is_field(line: str) -> bool:
    """Return whether a line is one of those that programs write above what is forwarded or answered."""
    return _FIELD.match(line) is not None


def says_who_is_quoted(line: str, *, before_quotation: bool = False) -> bool:
    """Return whether a line says who wrote what is quoted: by a verb or an address, a number, and the colon at its end.

    Where nothing shows that a quotation follows, the line also names an address or begins with its day.
    """
    line = line.strip().lstrip("> \t")
    if len(line) > _LONGEST or is_field(line) or not line.endswith((":", "：")) or not _ATTRIBUTION.fullmatch(line):
        return False
    return before_quotation or "@" in line or _BEGINS.match(line) is not None
