from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.upload_form import UploadForm


T = TypeVar("T", bound="Upload")


@_attrs_define
class Upload:
    """Leave to upload one file, and the document that it becomes: `GET` its `address`, 404 until the file was noticed.

    Where the document is there already, the file replaces it.

        Attributes:
            document_id (str): the document's id
            collection (str): name of the collection: the folder below `drop/`
            path (str): where the file lies in its collection
            address (str): URL of the document, relative to that of this answer
            form (UploadForm): A form to be posted as `multipart/form-data`: all `fields` as they are, then the file as the
                field `file`.
    """

    document_id: str
    collection: str
    path: str
    address: str
    form: UploadForm

    def to_dict(self) -> dict[str, Any]:
        document_id = self.document_id

        collection = self.collection

        path = self.path

        address = self.address

        form = self.form.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "document_id": document_id,
                "collection": collection,
                "path": path,
                "address": address,
                "form": form,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.upload_form import UploadForm  # noqa: PLC0415

        d = dict(src_dict)
        document_id = d.pop("document_id")

        collection = d.pop("collection")

        path = d.pop("path")

        address = d.pop("address")

        form = UploadForm.from_dict(d.pop("form"))

        upload = cls(
            document_id=document_id,
            collection=collection,
            path=path,
            address=address,
            form=form,
        )

        return upload
