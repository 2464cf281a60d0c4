"""Who recognises the text of scans and images: Amazon Textract, or Tesseract where that program is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from dateline.errors import Rejected, Retryable
from dateline.records import Record
from dateline.stored import read_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.store.blobs import Blobs

Name = Literal["textract", "tesseract"]

# Textract answers in one to three seconds a page, and lets an account ask a few times a second.
TEXTRACT_SECONDS, TEXTRACT_AT_ONCE = 30, 4
_PARAGRAPH: Final = 0.6  # of a line's height: a wider gap between two lines parts paragraphs
_BACK: Final = 0.5  # of a line's height: a line that begins so much higher than the one before begins a column
# What Textract says of images that it will never read.
_NEVER: Final = frozenset(
    {"UnsupportedDocumentException", "BadDocumentException", "DocumentTooLargeException", "InvalidParameterException",
     "ValidationException"}
)  # fmt: skip
_TESSERACT_SECONDS: Final = 60.0  # for one image; a page takes three
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TMPDIR")  # what it is given of ours
# Its names of the languages that have a table of dates: it reads with those of them that are installed.
_LANGUAGES: Final = ("eng", "deu", "fra", "spa", "ita", "nld", "rus", "ukr", "tur", "ell")


class TextractClient(Protocol):
    """What is asked of boto3's client of Amazon Textract."""

    def detect_document_text(self, *, Document: Mapping[str, bytes]) -> Any:  # noqa: N803 - the service's own name
        """Read the text of one image."""
        ...


class Textract:
    """Amazon Textract, asked page by page: its way for whole PDFs takes a topic, a role and a second run."""

    name: Name = "textract"

    def __init__(self, client: TextractClient) -> None:
        self._client = client

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> Sequence[str]:
        """Return the text of each page. Retryable: Textract cannot be asked now. Rejected: `unrecognisable`."""
        with ThreadPoolExecutor(TEXTRACT_AT_ONCE, thread_name_prefix="textract") as pool:
            return list(pool.map(self._page, pages()))

    def _page(self, image: bytes) -> str:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._client.detect_document_text(Document={"Bytes": image})
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "an error")
            if code in _NEVER:
                raise _unrecognisable(f"Amazon Textract answers {code}") from error
            raise Retryable(f"Amazon Textract answers {code}") from error
        except BotoCoreError as error:
            raise Retryable(f"Amazon Textract is out of reach: {type(error).__name__}") from error
        return "\n".join(_lines([one for one in answer["Blocks"] if one["BlockType"] == "LINE"]))


def _lines(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Write the lines that were found, with an empty one between paragraphs, which Textract does not tell."""
    lines: list[str] = []
    bottom = 0.0
    for block in blocks:
        box = block["Geometry"]["BoundingBox"]
        gap = box["Top"] - bottom
        if lines and not -_BACK * box["Height"] <= gap <= _PARAGRAPH * box["Height"]:
            lines.append("")
        lines.append(block["Text"])
        bottom = box["Top"] + box["Height"]
    return lines


class Tesseract:
    """The program `tesseract` of this machine, with those of our languages that are installed with it."""

    name: Name = "tesseract"

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> Sequence[str]:
        """Return the text of each page. Retryable: it is not installed. Rejected: `unrecognisable`, `too_slow`."""
        program = shutil.which("tesseract")
        if program is None:
            raise Retryable("Tesseract is not installed where the function runs")
        listed = _run([program, "--list-langs"], b"").split()
        known = [one for one in _LANGUAGES if one in listed] or ["eng"]
        return [_run([program, "stdin", "stdout", "-l", "+".join(known)], image) for image in pages()]


def _run(command: Sequence[str], image: bytes) -> str:
    """Run the program without our environment, which has keys, and with an end to its time."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a program that was installed here, and our own options
            command, input=image, env=environment, capture_output=True, timeout=_TESSERACT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Rejected("too_slow", "recognising its text takes too long: split it, or drop its text") from None
    if done.returncode != 0:
        raise _unrecognisable(f"Tesseract ends with {done.returncode}")
    return done.stdout.decode("utf-8", "replace").replace("\f", "\n\n")


def _unrecognisable(what: str) -> Rejected:
    return Rejected("unrecognisable", f"its text cannot be recognised ({what}): save it as PNG, JPEG or PDF")


class RecognisedPages(Record):
    """What was recognised in an upload, by whom; `of` is the SHA-256 of its bytes."""

    of: str
    by: str
    pages: tuple[str, ...]


class Remembering:
    """A recogniser that asks once for each upload: a document is read each time that it comes, and a page costs."""

    def __init__(self, recogniser: Textract | Tesseract, blobs: Blobs, document_id: str, data: bytes) -> None:
        self._recogniser, self._blobs, self._document_id = recogniser, blobs, document_id
        self._of = hashlib.sha256(data).hexdigest()

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> Sequence[str]:
        """Return the text of each page, as it was recognised first."""
        stored = self._blobs.recognised(self._document_id)
        kept = read_stored(RecognisedPages, stored) if stored is not None else None
        if kept is None or (kept.of, kept.by) != (self._of, self._recogniser.name):
            kept = RecognisedPages(of=self._of, by=self._recogniser.name, pages=tuple(self._recogniser(pages)))
            self._blobs.keep_recognised(self._document_id, kept.model_dump_json())
        return kept.pages


def make_recogniser(name: Name | None) -> Textract | Tesseract | None:
    """Make the recogniser that a deployment names. boto3 must not make clients in several threads at once."""
    if name is None:
        return None
    if name == "tesseract":
        return Tesseract()
    import boto3

    from dateline.lane.runtime import aws_config

    client: TextractClient = boto3.client("textract", config=aws_config(TEXTRACT_AT_ONCE * 2, TEXTRACT_SECONDS))
    return Textract(client)
