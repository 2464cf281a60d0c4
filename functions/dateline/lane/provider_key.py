"""The key of the model's provider, as both lanes read it."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parameters import get_secret
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from dateline.errors import Retryable

_KEPT_SECONDS = 300


def provider_key(secret: str, *, anew: bool = False) -> str:
    """Read the key from a secret, by its ARN, at most five minutes old; `anew`, where that one was refused.

    Retryable: the secret cannot be read or holds no key yet; an operator puts it there.
    """
    try:
        return get_secret(secret, max_age=_KEPT_SECONDS, force_fetch=anew)
    except GetParameterError as error:
        raise Retryable("the key of the model's provider cannot be read; put it into the stack's secret") from error
