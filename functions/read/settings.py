"""The read function's settings, read from environment variables."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from dateline.http.settings import HttpSettings

SignIn = Literal["none", "iam", "jwt"]


class Settings(HttpSettings):
    """The read function's own settings: what the page says to its readers."""

    public_address: str = Field(
        default="", description="where readers find the API (https://example.org/), for links in what is exported"
    )
    frame_ancestors: str = Field(
        default="'none'", description="sites that may frame an exported page, with spaces between (https://example.org)"
    )
    editing: Literal["off", "on"] = Field(default="off", description="whether the page offers decisions of editors")
    uploads_to: str = Field(default="", description="the bucket's URL, to which files are uploaded; empty: none are")
    sign_in: SignIn = Field(default="none", description="how the page's readers are known")
    sign_in_issuer: str = Field(default="", description="with jwt: the OpenID issuer's URL, without a slash at its end")
    sign_in_client: str = Field(default="", description="with jwt: the page's id at the issuer, a public client")
    sign_in_scope: str = Field(default="openid", description="with jwt: the scopes to ask for, with spaces between")
    sign_in_token_url: str = Field(
        default="", description="with jwt: the issuer's token endpoint, where it lies on another host than the issuer"
    )

    @property
    def address(self) -> str:
        """The public address with a slash at its end; empty where there is none."""
        return f"{self.public_address.rstrip('/')}/" if self.public_address else ""

    @field_validator("frame_ancestors")
    @classmethod
    def _are_sites(cls, value: str) -> str:
        if not re.fullmatch(r"'none'|'self'|https?://[^\s;,']+( https?://[^\s;,']+)*", value):
            raise ValueError(
                "write 'none', 'self' or sites with spaces between: https://example.org https://*.example.net"
            )
        return value

    @field_validator("public_address")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
            raise ValueError("write an address of the web: https://example.org/")
        return value
