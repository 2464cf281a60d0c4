from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.gateway_refusal import GatewayRefusal
from ...models.new_upload import NewUpload
from ...models.problem_details import ProblemDetails
from ...models.upload import Upload
from ...types import Response


def _get_kwargs(
    name: str,
    *,
    body: NewUpload,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/collections/{name}/uploads".format(
            name=quote(str(name), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> GatewayRefusal | ProblemDetails | Upload | None:
    if response.status_code == 201:
        response_201 = Upload.from_dict(response.json())

        return response_201

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

    if response.status_code == 405:
        response_405 = ProblemDetails.from_dict(response.json())

        return response_405

    if response.status_code == 415:
        response_415 = ProblemDetails.from_dict(response.json())

        return response_415

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
) -> Response[GatewayRefusal | ProblemDetails | Upload]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    name: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewUpload,
) -> Response[GatewayRefusal | ProblemDetails | Upload]:
    """Ask for leave to upload a file, which becomes a document or replaces one

     A file to be uploaded: its path in the collection, its exact size in bytes, its type. `published` is
    the day of first publication and `source` the medium, where the file does not say them itself. Only
    where the deployment has its parameter `Uploading` on, for those who may write.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        body (NewUpload): A file to be uploaded: its path in the collection, its exact size in
            bytes, its type.

            `published` is the day of first publication and `source` the medium, where the file does
            not say them itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | Upload]
    """

    kwargs = _get_kwargs(
        name=name,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    name: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewUpload,
) -> GatewayRefusal | ProblemDetails | Upload | None:
    """Ask for leave to upload a file, which becomes a document or replaces one

     A file to be uploaded: its path in the collection, its exact size in bytes, its type. `published` is
    the day of first publication and `source` the medium, where the file does not say them itself. Only
    where the deployment has its parameter `Uploading` on, for those who may write.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        body (NewUpload): A file to be uploaded: its path in the collection, its exact size in
            bytes, its type.

            `published` is the day of first publication and `source` the medium, where the file does
            not say them itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | Upload
    """

    return sync_detailed(
        name=name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    name: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewUpload,
) -> Response[GatewayRefusal | ProblemDetails | Upload]:
    """Ask for leave to upload a file, which becomes a document or replaces one

     A file to be uploaded: its path in the collection, its exact size in bytes, its type. `published` is
    the day of first publication and `source` the medium, where the file does not say them itself. Only
    where the deployment has its parameter `Uploading` on, for those who may write.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        body (NewUpload): A file to be uploaded: its path in the collection, its exact size in
            bytes, its type.

            `published` is the day of first publication and `source` the medium, where the file does
            not say them itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | Upload]
    """

    kwargs = _get_kwargs(
        name=name,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    name: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewUpload,
) -> GatewayRefusal | ProblemDetails | Upload | None:
    """Ask for leave to upload a file, which becomes a document or replaces one

     A file to be uploaded: its path in the collection, its exact size in bytes, its type. `published` is
    the day of first publication and `source` the medium, where the file does not say them itself. Only
    where the deployment has its parameter `Uploading` on, for those who may write.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        body (NewUpload): A file to be uploaded: its path in the collection, its exact size in
            bytes, its type.

            `published` is the day of first publication and `source` the medium, where the file does
            not say them itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | Upload
    """

    return (
        await asyncio_detailed(
            name=name,
            client=client,
            body=body,
        )
    ).parsed
