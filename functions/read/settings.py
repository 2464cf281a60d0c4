"""The read function's settings, read from environment variables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.http.settings import HttpSettings

SignIn = Literal["none", "iam", "jwt"]


class Settings(HttpSettings):
    """The read function's own settings: what the page says to its readers."""

    editing: Literal["off", "on"] = Field(default="off", description="whether the page offers decisions of editors")
    uploads_to: str = Field(default="", description="the bucket's URL, to which files are uploaded; empty: none are")
    sign_in: SignIn = Field(default="none", description="how the page's readers are known")
    sign_in_issuer: str = Field(default="", description="with jwt: the OpenID issuer's URL, without a slash at its end")
    sign_in_client: str = Field(default="", description="with jwt: the page's id at the issuer, a public client")
    sign_in_scope: str = Field(default="openid", description="with jwt: the scopes to ask for, with spaces between")
    sign_in_token_url: str = Field(
        default="", description="with jwt: the issuer's token endpoint, where it lies on another host than the issuer"
    )
