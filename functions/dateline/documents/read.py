"""The entry point for every document: bytes of some format to a document with numbered sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.detect import detect_format
from dateline.documents.formats.reader import read_content
from dateline.documents.language import UNKNOWN, detect
from dateline.documents.limits import Limits
from dateline.documents.model import Document, Remark
from dateline.documents.planted import planted
from dateline.documents.published import choose
from dateline.documents.recognition import recognised
from dateline.documents.sentences import split
from dateline.errors import Rejected
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.documents.formats.content import Content
    from dateline.documents.formats.detect import Format
    from dateline.documents.model import Published, RemarkCode, Sentence
    from dateline.documents.planted import Planted
    from dateline.documents.recognition import Recogniser

_DEFAULT = Limits()
_READ_HERE: Final[frozenset[Format]] = frozenset({"text", "json"})  # by our own code and the interpreter's


def read(
    data: bytes,
    *,
    name: str,
    published: Published | None = None,
    language: str | None = None,
    title: str | None = None,
    source: str | None = None,
    author: str | None = None,
    url: str | None = None,
    limits: Limits = _DEFAULT,
    recogniser: Recogniser | None = None,
) -> Document:
    """Read a document; `name` is its file name or path, which may tell its format and its day.

    What the caller knows goes before what the file says of itself; `language` (BCP 47) is else what the text looks
    like, and what the file declares where that agrees. Images and scans without text need a
    `recogniser`. Raises Rejected with the reason's code: `empty`, `binary`,
    `too_large`, `unsupported`, and those of each format's reader.
    """
    try:
        content = _content(data, name, limits, recogniser)
    except Rejected as error:
        raise Rejected(error.code, f"{name}: {error.reason}") from error
    language = language or _language(content)
    url = url or content.url
    known = [published] if published else content.published
    apart = planted(content.text)
    sentences = split(content.text, language, apart, content.marked, wrapped=content.wrapped)
    return Document(
        text=content.text,
        sentences=_paged(sentences, content),
        encoding=content.encoding,
        language=language,
        title=title or content.title,
        source=source or content.source,
        author=author or content.author,
        recipients=content.recipients,
        url=url,
        published=choose(known, content.text, language, url, name),
        remarks=(*_remarks(content), *_planted_remarks(apart, sentences)),
    )


def _content(data: bytes, name: str, limits: Limits, recogniser: Recogniser | None) -> Content:
    if len(data) > limits.max_bytes:
        raise Rejected("too_large", f"{len(data)} bytes are more than the limit of {limits.max_bytes}: split it")
    form = detect_format(data, name)
    if form in _READ_HERE:
        return read_content(data, form, limits)
    if recogniser is not None and form == "image":
        return recognised(lambda: [data], form, recogniser)
    from dateline.documents.sandbox import images_apart, read_apart

    try:
        return read_apart(data, form, limits)
    except Rejected as error:
        if recogniser is None or error.code != "scanned":
            raise
    return recognised(lambda: images_apart(data, limits), form, recogniser)


def _language(content: Content) -> str:
    """Believe a declaration that the text agrees with, for its region too; templates often declare another language."""
    detected, declared = detect(_said(content)), content.language
    if declared and detected in (UNKNOWN, primary(declared)):
        return declared
    return detected


def _said(content: Content) -> str:
    """Return the text without headings and boilerplate: names and addresses are in no language."""
    kept, at = [], 0
    for one in content.marked:
        if one.role != "body":
            kept.append(content.text[at : one.start])
            at = one.end
    kept.append(content.text[at:])
    return "".join(kept).strip() or content.text


def _paged(sentences: tuple[Sentence, ...], content: Content) -> tuple[Sentence, ...]:
    if not content.pages:
        return sentences
    numbers = [bisect_right(content.pages, one.start) for one in sentences]
    by_machine = {*content.recognised}
    return tuple(
        replace(one, page=page, recognised=page in by_machine) for one, page in zip(sentences, numbers, strict=True)
    )


def _remarks(content: Content) -> Iterable[Remark]:
    yield from content.remarks
    lost = content.text.count("\N{REPLACEMENT CHARACTER}")
    if lost:
        yield Remark(
            "replaced_characters", f"{lost} characters could not be read; they stand as \N{REPLACEMENT CHARACTER}."
        )


def _planted_remarks(found: Sequence[Planted], sentences: Sequence[Sentence]) -> Iterable[Remark]:
    """Say what is not read as news because it poses as a model's work."""
    starts = [one.start for one in sentences if one.role == "boilerplate"]
    hidden = [one for one in found if bisect_left(starts, one.start) < bisect_left(starts, one.end)]
    kinds: tuple[tuple[str, RemarkCode, str], ...] = (
        ("answer", "planted_answer", "look like a model's answer"),
        ("chat", "planted_chat", "look like a chat with a machine"),
    )
    for kind, code, looks in kinds:
        if count := sum(one.kind == kind for one in hidden):
            yield Remark(code, f"Passages that {looks}: {count}. They are taken as boilerplate, not as news.")
