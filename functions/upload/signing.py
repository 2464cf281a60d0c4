"""Forms by which whoever has one uploads one file to one place, once our own role has signed it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.header import Header
from typing import TYPE_CHECKING, Final

from upload.answers import UploadForm

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

    from dateline.store.keys import Place
    from upload.wanted import NewUpload

# The largest file takes two minutes at 100 kB a second; whoever asks for many forms at once uploads them one by one.
_SIGNED_SECONDS: Final = 900


class Signer:
    """Signs forms for a bucket that is reached at `url`."""

    def __init__(self, client: S3Client, bucket: str, url: str) -> None:
        self._client = client
        self._bucket = bucket
        self._url = url

    def sign(self, place: Place, new: NewUpload) -> UploadForm:
        """Sign a form for this file at this place: its key, size, type and metadata are those that S3 takes."""
        given = {"Content-Type": new.content_type, **_metadata(new)}
        expires = datetime.now(UTC) + timedelta(seconds=_SIGNED_SECONDS)
        signed = self._client.generate_presigned_post(
            self._bucket,
            place.key,
            Fields=dict(given),
            Conditions=[
                *({name: value} for name, value in given.items()),
                ["content-length-range", new.size, new.size],
            ],
            ExpiresIn=_SIGNED_SECONDS,
        )
        return UploadForm(url=self._url, fields=signed["fields"], expires=expires.replace(microsecond=0))


def _metadata(new: NewUpload) -> dict[str, str]:
    said = {"published": new.published and new.published.isoformat(), "source": new.source and _as_header(new.source)}
    return {f"x-amz-meta-{name}": value for name, value in said.items() if value}


def _as_header(text: str) -> str:
    """Write a text as a mail's header does where S3 would not keep it as it is; whoever reads the drop undoes that."""
    if text.isascii() and "=?" not in text and "${" not in text and text == " ".join(text.split()):
        return text
    return Header(text, "utf-8").encode(linesep="", maxlinelen=0)
