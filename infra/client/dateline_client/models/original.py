from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Original")


@_attrs_define
class Original:
    """A link to the very file that the current run was read from, or that was rejected; it is signed and ends soon.

    Whoever has the link gets the file until `expires`. It is sent as an attachment, never to be shown in a browser.

        Attributes:
            document_id (str): the document's id
            url (str): the signed link
            expires (datetime.datetime): when the link ends
    """

    document_id: str
    url: str
    expires: datetime.datetime

    def to_dict(self) -> dict[str, Any]:
        document_id = self.document_id

        url = self.url

        expires = self.expires.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "document_id": document_id,
                "url": url,
                "expires": expires,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        document_id = d.pop("document_id")

        url = d.pop("url")

        expires = datetime.datetime.fromisoformat(d.pop("expires"))

        original = cls(
            document_id=document_id,
            url=url,
            expires=expires,
        )

        return original
