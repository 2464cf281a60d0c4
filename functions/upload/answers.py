"""What the upload function answers."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from dateline.records import Record


class UploadForm(Record):
    """A form to be posted as `multipart/form-data`: all `fields` as they are, then the file as the field `file`."""

    url: str
    fields: dict[str, str]
    expires: datetime = Field(description="until when the bucket takes it")


class Upload(Record):
    """Leave to upload one file, and the document that it becomes: `GET` its `address`, 404 until the file was noticed.

    Where the document is there already, the file replaces it.
    """

    document_id: str
    collection: str
    path: str
    address: str = Field(description="URL of the document, relative to that of this answer")
    form: UploadForm
