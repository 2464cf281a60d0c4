from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.difference import Difference
from ...models.gateway_refusal import GatewayRefusal
from ...models.problem_details import ProblemDetails
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    *,
    old: int | Unset = UNSET,
    new: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["old"] = old

    params["new"] = new

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/documents/{id}/difference".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> Any | Difference | GatewayRefusal | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = Difference.from_dict(response.json())

        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

    if response.status_code == 400:
        response_400 = ProblemDetails.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = GatewayRefusal.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = GatewayRefusal.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ProblemDetails.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = GatewayRefusal.from_dict(response.json())

        return response_429

    if response.status_code == 500:

        def _parse_response_500(data: object) -> GatewayRefusal | ProblemDetails:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_500_type_0 = ProblemDetails.from_dict(data)

                return response_500_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_500_type_1 = GatewayRefusal.from_dict(data)

            return response_500_type_1

        response_500 = _parse_response_500(response.json())

        return response_500

    if response.status_code == 503:

        def _parse_response_503(data: object) -> GatewayRefusal | ProblemDetails:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_503_type_0 = ProblemDetails.from_dict(data)

                return response_503_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_503_type_1 = GatewayRefusal.from_dict(data)

            return response_503_type_1

        response_503 = _parse_response_503(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> Response[Any | Difference | GatewayRefusal | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id: str,
    *,
    client: AuthenticatedClient | Client,
    old: int | Unset = UNSET,
    new: int | Unset = UNSET,
) -> Response[Any | Difference | GatewayRefusal | ProblemDetails]:
    """Compare two runs of a document

     Two runs of a document.

    Args:
        id (str): the document's id
        old (int | Unset): number of a run; without it, the one before the current
        new (int | Unset): number of a run; without it, the current one

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Difference | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails]
    """

    kwargs = _get_kwargs(
        id=id,
        old=old,
        new=new,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: AuthenticatedClient | Client,
    old: int | Unset = UNSET,
    new: int | Unset = UNSET,
) -> Any | Difference | GatewayRefusal | ProblemDetails | None:
    """Compare two runs of a document

     Two runs of a document.

    Args:
        id (str): the document's id
        old (int | Unset): number of a run; without it, the one before the current
        new (int | Unset): number of a run; without it, the current one

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Difference | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails
    """

    return sync_detailed(
        id=id,
        client=client,
        old=old,
        new=new,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient | Client,
    old: int | Unset = UNSET,
    new: int | Unset = UNSET,
) -> Response[Any | Difference | GatewayRefusal | ProblemDetails]:
    """Compare two runs of a document

     Two runs of a document.

    Args:
        id (str): the document's id
        old (int | Unset): number of a run; without it, the one before the current
        new (int | Unset): number of a run; without it, the current one

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Difference | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails]
    """

    kwargs = _get_kwargs(
        id=id,
        old=old,
        new=new,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient | Client,
    old: int | Unset = UNSET,
    new: int | Unset = UNSET,
) -> Any | Difference | GatewayRefusal | ProblemDetails | None:
    """Compare two runs of a document

     Two runs of a document.

    Args:
        id (str): the document's id
        old (int | Unset): number of a run; without it, the one before the current
        new (int | Unset): number of a run; without it, the current one

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Difference | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            old=old,
            new=new,
        )
    ).parsed
