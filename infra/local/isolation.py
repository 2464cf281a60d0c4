"""What the local stack must not see of the user's environment variables."""

from __future__ import annotations

import os

_ALL_OURS = ("AWS_", "OPENAI_", "DATELINE_", "POWERTOOLS_", "PYTHON", "VIRTUAL_ENV", "MINISTACK_", "LAMBDA_")
_LOOPBACK = "127.0.0.1,localhost"


def isolate() -> None:
    """Remove the user's AWS account, keys and Python from the environment, so that nothing here can use them.

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
