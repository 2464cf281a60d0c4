"""What a message quotes of others, by the lines that say who wrote it: "On 16 May 2023, Ada Brek wrote:" or "From: …".

Such a line tells nothing that happened: an event that rests on nothing else is none. What is quoted has its writer, and
its "yesterday" counts from the day on which it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dateline.documents.written_days import WIDELY_WRITTEN, written_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dateline.documents.model import Document

# "On 16 May 2023, Ada Brek wrote:" in the languages of common mail programs.
_WROTE = (
    r"wrote|writes|schrieb|geschrieben|schreef|geschreven|a écrit|écrivait|escribió|ha scritto|escreveu|skrev|"
    r"napisał\(?a?\)?|napsala?|napísala?|написал\(?а?\)?|пишет|написа[влћ]\w*|пише|yazdı|kirjoitti|írta|a scris|"
    r"έγραψε|كتب\w*|כתב/?ה?|写道|寫道|のメール|님이 작성|đã viết|menulis"
)
_VERB = re.compile(rf"(?<![^\W\d_])(?:{_WROTE})(?!\w)", re.IGNORECASE)  # Chinese sets none off from the hour
_ATTRIBUTION = re.compile(rf".*(?:{_VERB.pattern}|[^\s<>]+@[^\s<>]+).{{0,60}}[:：]", re.IGNORECASE)
# Directions of writing, in which programs wrap names, addresses and whole lines.
_DIRECTIONS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_LONGEST = 300  # code points; a longer line with a colon at its end is a paragraph
# "From: …", "Sent: …" as programs write them above what is forwarded or answered.
_FROM = r"from|von|de|da|van|от|від|gönderen|kimden|od|fra|från|από|发件人|差出人|보낸 사람"
_SENT = (
    r"sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|inviato|data|verzonden|отправлено|дата|надіслано|"
    r"gönderildi|tarih|wysłano|odesláno|sendt|skickat|ημερομηνία|στάλθηκε|发送时间|送信日時|보낸 날짜"
)
_OTHERS = (
    r"to|cc|bcc|subject|reply-to|importance|attachments?|an|betreff|kopie|anlagen|à|objet|para|asunto|a|oggetto|aan|"
    r"onderwerp|кому|копия|тема|копія|kime|konu|assunto|do|dw|temat|komu|předmět|til|emne|till|ämne|προς|θέμα|"
    r"收件人|抄送|主题|宛先|件名|받는 사람|제목"
)
_FIELD = re.compile(
    rf"[*_ \t]{{0,4}}(?:(?P<sender>{_FROM})|(?P<sent>{_SENT})|{_OTHERS})"
    r"[*_]{0,2}\s?[:：][*_]{0,2}\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_MARK = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
_DEEPEST = 80  # code points of the marks that a line may begin with
_MOST = 200  # quotations of a document; what quotes more is an archive
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[^\s<>()\[\]]+@[^\s<>()\[\]]+[>)\]]?")
_NO_NAME = re.compile(r"[\d:;,，、]")  # ends the day, and with it what is not the name
_OF_THE_DAY = frozenset({"am", "pm", "a.m.", "p.m.", "πμ", "μμ", "π.μ.", "μ.μ.", "uhr", "utc", "gmt", "cet", "cest"})
_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "da", "di", "dos", "du", "la", "le", "el", "al", "bin", "ibn",
     "zu", "ter", "ten"}
)  # fmt: skip
_LONGEST_NAME = 6  # words
_BEGINS = re.compile(
    r"(?:on|am|le|el|il giorno|il|op|em|den|dnia|w dniu|dne|dňa|\d{1,2}[./ ]|\d{4}[-年./]|\w{2,3}[.,] |в |у |"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)


def is_field(line: str) -> bool:
    """Return whether a line is one of those that programs write above what is forwarded or answered."""
    return _FIELD.match(line) is not None


def says_who_is_quoted(line: str, *, before_quotation: bool = False) -> bool:
    """Return whether a line says who wrote what is quoted: by a verb or an address, and the colon at its end.

    It has a number, too, and where nothing shows that a quotation follows, an address, or its day at the beginning.
    Right above a quotation an address or a whole name is enough.
    """
    line = line.translate(_DIRECTIONS).strip().lstrip("> \t")
    if len(line) > _LONGEST or not line.endswith((":", "：")) or is_field(line) or not _ATTRIBUTION.fullmatch(line):
        return False
    if _DIGIT.search(line):
        return before_quotation or "@" in line or _BEGINS.match(line) is not None
    return before_quotation and any(mark in (_writer(line) or "") for mark in " @")


def depth_of(line: str) -> int:
    """Return how many marks of quotation a line begins with."""
    match = _MARK.match(line)
    return match[1].count(">") if match else 0


def unquoted(line: str) -> str:
    """Return a line without its marks of quotation."""
    match = _MARK.match(line)
    return line[match.end() :] if match else line


@dataclass(frozen=True, slots=True)
class Quotation:
    """What another wrote: by whom and on which day, as far as the lines above it say, and the sentences that say so."""

    writer: str | None
    writer_in: int
    day: date | None
    day_words: str | None
    day_in: int


@dataclass(slots=True)
class _Open:
    """A quotation that goes on while lines are at least as `deep`; without marks of its own, up to the next one."""

    quotation: Quotation
    deep: int
    is_marked: bool


def quotations(document: Document) -> dict[int, Quotation]:
    """Return the innermost quotation of each sentence, by its number, for those that are quoted.

    Where no marks show what is quoted, it goes on to the next line of the kind or to the end, and the line must look
    like a mail program's: with an address or the hour. A head at the text's very beginning is the document's own.
    """
    found: dict[int, Quotation] = {}
    sentences = document.sentences
    begins = list(_line_begins(document))
    depths = [depth_of(document.text[begin : begin + _DEEPEST]) for begin in begins]
    heads = dict(islice(_heads(document, depths), _MOST))
    stack: list[_Open] = []
    count = 0
    for index, sentence in enumerate(sentences):
        while stack and depths[index] < stack[-1].deep:
            stack.pop()
        if stack:
            found[sentence.number] = stack[-1].quotation
        if index + 1 == len(sentences) or count == _MOST:
            continue
        is_marked = depths[index + 1] > depths[index]
        quotation = heads.get(index)
        is_short = sentence.end - begins[index] <= _LONGEST + _DEEPEST
        line = document.text[begins[index] : sentence.end] if is_short else ""
        if quotation is None and says_who_is_quoted(line, before_quotation=is_marked):
            line = unquoted(line).translate(_DIRECTIONS).strip()
            if is_marked or _CLOCK.search(line) or _ADDRESS.search(line):
                quotation = _quotation(_writer(line), sentence.number, line, sentence.number, document.language)
        if quotation is None:
            continue
        count += 1
        while stack and not stack[-1].is_marked and stack[-1].deep >= depths[index]:
            stack.pop()
        stack.append(_Open(quotation, depths[index + 1] if is_marked else depths[index], is_marked))
    return found


def _heads(document: Document, depths: Sequence[int]) -> Iterator[tuple[int, Quotation]]:
    """Yield the heads of messages inside a text, each by the index of its last line."""
    sentences = document.sentences
    index = 0
    while index < len(sentences):
        fields: list[tuple[re.Match[str], int]] = []
        first = index
        while index < len(sentences) and depths[index] == depths[first]:
            match = _FIELD.match(unquoted(document.words(sentences[index])))
            if match is None:
                break
            fields.append((match, sentences[index].number))
            index += 1
        sender = next((one for one in fields if one[0]["sender"]), None)
        sent = next((one for one in fields if one[0]["sent"]), None)
        if sender and sent and document.text[: sentences[first].start].strip(" \n>"):
            yield (
                index - 1,
                _quotation(_sender(sender[0]["value"]), sender[1], sent[0]["value"], sent[1], document.language),
            )
        index += index == first


def _line_begins(document: Document) -> Iterator[int]:
    """Yield where the line of each sentence begins, which may be before it: a splitter may take "févr." for an end."""
    begin = looked = 0
    for sentence in document.sentences:
        begin = max(begin, document.text.rfind("\n", looked, sentence.start) + 1)
        looked = sentence.start
        yield begin


def _quotation(writer: str | None, writer_in: int, sent: str, sent_in: int, language: str | None) -> Quotation:
    day, words = _day(sent, language)
    return Quotation(writer, writer_in, day, words, sent_in)


def _day(line: str, language: str | None) -> tuple[date, str] | tuple[None, None]:
    """Read the day of a line, which is in the language of its writer's program."""
    for known in dict.fromkeys((language or "und", *WIDELY_WRITTEN)):
        for written in written_days(line, known):
            if written.day:
                return written.day, written.words
    return None, None


def _sender(field: str) -> str | None:
    """Return the name, or else the address, of a field that says nothing else."""
    address = _ADDRESS.search(field)
    name = (field[: address.start()] if address else field).strip(" \t\"'*")
    return name or (address and _plain(address[0])) or None


def _writer(line: str) -> str | None:
    """Return the name that a line gives to a writer as it stands there, or the address where there is no name."""
    address, verb = _ADDRESS.search(line), _VERB.search(line)
    tries = []
    if address:
        tries.append(_name_before(line[: address.start()]))
    if verb:
        tries += [_name_behind(line[verb.end() :]), _name_before(line[: verb.start()])]
    if not _BEGINS.match(line):
        tries.append(_name_behind(line))
    return next(filter(None, tries), None) or (_plain(address[0]) if address else None)


def _plain(address: str) -> str:
    return address.strip("<>()[]").removeprefix("mailto:")


def _name_before(text: str) -> str | None:
    """Return the name at the end of a text, behind the day and its preposition."""
    words = _NO_NAME.split(text.rstrip(" \t\"'”»*(,，"))[-1].strip(" \t\"'“”„«»*()").split(" ")
    count = 0
    while (
        count < len(words) and _is_of_name(words[-1 - count]) and _has_case(words[-1 - count]) == _has_case(words[-1])
    ):
        count += 1
    return _name(words[len(words) - count :])


def _name_behind(text: str) -> str | None:
    words = _NO_NAME.split(text.strip(" \t\"'“„«*").partition("<")[0])[0].split(" ")
    count = next((place for place, word in enumerate(words) if not _is_of_name(word)), len(words))
    return _name(words[:count])


def _is_of_name(word: str) -> bool:
    """Return whether a word can be a part of a name: with a capital, or in a script that has none."""
    return word.lower() in _PARTICLES or (word[:1].isalpha() and not word[0].islower() and not _is_of_day(word))


def _has_case(word: str) -> bool:
    """Return whether a word is in a script with capitals: a name is in one, and what stands around it may not be."""
    return word.lower() != word.upper()


def _is_of_day(word: str) -> bool:
    return word.lower() in _OF_THE_DAY


def _name(words: Sequence[str]) -> str | None:
    while words and words[-1].lower() in _PARTICLES:
        words = words[:-1]
    name = " ".join(words).strip(" \"'”»*()")
    return name if name and len(words) <= _LONGEST_NAME else None
