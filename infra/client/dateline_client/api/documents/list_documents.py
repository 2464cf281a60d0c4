import datetime
from http import HTTPStatus
from typing import Any, cast

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.documents import Documents
from ...models.gateway_refusal import GatewayRefusal
from ...models.listed_state import ListedState
from ...models.problem_details import ProblemDetails
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    cursor: str | Unset = UNSET,
    limit: int | Unset = 50,
    changed_since: datetime.datetime | Unset = UNSET,
    collection: str,
    path: str | Unset = UNSET,
    state: ListedState | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["limit"] = limit

    json_changed_since: str | Unset = UNSET
    if not isinstance(changed_since, Unset):
        json_changed_since = changed_since.isoformat()
    params["changed_since"] = json_changed_since

    params["collection"] = collection

    params["path"] = path

    json_state: str | Unset = UNSET
    if not isinstance(state, Unset):
        json_state = state

    params["state"] = json_state

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/documents",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> Any | Documents | GatewayRefusal | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = Documents.from_dict(response.json())

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

    if response.status_code == 410:
        response_410 = ProblemDetails.from_dict(response.json())

        return response_410

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
) -> Response[Any | Documents | GatewayRefusal | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = 50,
    changed_since: datetime.datetime | Unset = UNSET,
    collection: str,
    path: str | Unset = UNSET,
    state: ListedState | Unset = UNSET,
) -> Response[Any | Documents | GatewayRefusal | ProblemDetails]:
    """List a collection's documents, or those that changed, or find one by its path

     A collection's documents, newest drop first, or those at one path in it, or those that changed since
    a moment. With `state`, a page looks at 1,000 documents at most, so it may be short or empty and
    still have a next one: follow the `cursor` until there is none.

    Args:
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter Default: 50.
        changed_since (datetime.datetime | Unset): only what has changed since a moment, in the
            order of change: the `changed_since` that an answer named. Everything is told at least
            once, and some of it again. After three months (410) start over without it
        collection (str): the collection's name
        path (str | Unset): only the document that lies at this path
        state (ListedState | Unset): The state of a document that is listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Documents | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails]
    """

    kwargs = _get_kwargs(
        cursor=cursor,
        limit=limit,
        changed_since=changed_since,
        collection=collection,
        path=path,
        state=state,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = 50,
    changed_since: datetime.datetime | Unset = UNSET,
    collection: str,
    path: str | Unset = UNSET,
    state: ListedState | Unset = UNSET,
) -> Any | Documents | GatewayRefusal | ProblemDetails | None:
    """List a collection's documents, or those that changed, or find one by its path

     A collection's documents, newest drop first, or those at one path in it, or those that changed since
    a moment. With `state`, a page looks at 1,000 documents at most, so it may be short or empty and
    still have a next one: follow the `cursor` until there is none.

    Args:
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter Default: 50.
        changed_since (datetime.datetime | Unset): only what has changed since a moment, in the
            order of change: the `changed_since` that an answer named. Everything is told at least
            once, and some of it again. After three months (410) start over without it
        collection (str): the collection's name
        path (str | Unset): only the document that lies at this path
        state (ListedState | Unset): The state of a document that is listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Documents | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails
    """

    return sync_detailed(
        client=client,
        cursor=cursor,
        limit=limit,
        changed_since=changed_since,
        collection=collection,
        path=path,
        state=state,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = 50,
    changed_since: datetime.datetime | Unset = UNSET,
    collection: str,
    path: str | Unset = UNSET,
    state: ListedState | Unset = UNSET,
) -> Response[Any | Documents | GatewayRefusal | ProblemDetails]:
    """List a collection's documents, or those that changed, or find one by its path

     A collection's documents, newest drop first, or those at one path in it, or those that changed since
    a moment. With `state`, a page looks at 1,000 documents at most, so it may be short or empty and
    still have a next one: follow the `cursor` until there is none.

    Args:
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter Default: 50.
        changed_since (datetime.datetime | Unset): only what has changed since a moment, in the
            order of change: the `changed_since` that an answer named. Everything is told at least
            once, and some of it again. After three months (410) start over without it
        collection (str): the collection's name
        path (str | Unset): only the document that lies at this path
        state (ListedState | Unset): The state of a document that is listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Documents | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails]
    """

    kwargs = _get_kwargs(
        cursor=cursor,
        limit=limit,
        changed_since=changed_since,
        collection=collection,
        path=path,
        state=state,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = 50,
    changed_since: datetime.datetime | Unset = UNSET,
    collection: str,
    path: str | Unset = UNSET,
    state: ListedState | Unset = UNSET,
) -> Any | Documents | GatewayRefusal | ProblemDetails | None:
    """List a collection's documents, or those that changed, or find one by its path

     A collection's documents, newest drop first, or those at one path in it, or those that changed since
    a moment. With `state`, a page looks at 1,000 documents at most, so it may be short or empty and
    still have a next one: follow the `cursor` until there is none.

    Args:
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter Default: 50.
        changed_since (datetime.datetime | Unset): only what has changed since a moment, in the
            order of change: the `changed_since` that an answer named. Everything is told at least
            once, and some of it again. After three months (410) start over without it
        collection (str): the collection's name
        path (str | Unset): only the document that lies at this path
        state (ListedState | Unset): The state of a document that is listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Documents | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails
    """

    return (
        await asyncio_detailed(
            client=client,
            cursor=cursor,
            limit=limit,
            changed_since=changed_since,
            collection=collection,
            path=path,
            state=state,
        )
    ).parsed
