"""What the local stack takes from the user's environment variables, and what it must not see of them."""

from __future__ import annotations

import os
from dataclasses import dataclass

_ALL_OURS = ("AWS_", "OPENAI_", "DATELINE_", "POWERTOOLS_", "PYTHON", "VIRTUAL_ENV", "MINISTACK_", "LAMBDA_")
_LOOPBACK = "127.0.0.1,localhost"


@dataclass(frozen=True, slots=True)
class RealModel:
    """The model that the environment names. Without an address or a name, the template's defaults hold."""

    key: str
    url: str | None
    name: str | None


def take_model() -> RealModel | None:
    """Return the model to use instead of the stand-in; there is one where a key is given."""
    key = os.environ.get("OPENAI_API_KEY")
    if not key:
        return None
    return RealModel(key, os.environ.get("OPENAI_BASE_URL") or None, os.environ.get("DATELINE_MODEL") or None)


def isolate() -> None:
    """Forget the user's AWS account, keys and Python, so that nothing here can reach or pick up any of them.

    Proxies and certificates stay, for the way to a real model; loopback is taken out of the proxies' reach.
    """
    for name in list(os.environ):
        if name.startswith(_ALL_OURS):
            del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    for name in ("NO_PROXY", "no_proxy"):
        others = os.environ.get(name)
        os.environ[name] = f"{others},{_LOOPBACK}" if others else _LOOPBACK
