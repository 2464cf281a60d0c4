from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.conflict_filter import ConflictFilter
from ...models.course import Course
from ...models.export_format import ExportFormat
from ...models.gateway_refusal import GatewayRefusal
from ...models.order import Order
from ...models.precision import Precision
from ...models.problem_details import ProblemDetails
from ...models.status import Status
from ...types import UNSET, Response, Unset


def _get_kwargs(
    name: str,
    format_: ExportFormat,
    *,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    q: str | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    course: list[Course] | Unset = UNSET,
    who: str | Unset = UNSET,
    place: str | Unset = UNSET,
    min_precision: Precision | Unset = UNSET,
    order: Order | Unset = UNSET,
    conflict: list[ConflictFilter] | Unset = UNSET,
    min_sources: int | Unset = UNSET,
    max_sources: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["limit"] = limit

    params["from"] = from_

    params["to"] = to

    params["q"] = q

    json_status: list[str] | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = []
        for status_item_data in status:
            status_item: str = status_item_data
            json_status.append(status_item)

    params["status"] = json_status

    json_course: list[str] | Unset = UNSET
    if not isinstance(course, Unset):
        json_course = []
        for course_item_data in course:
            course_item: str = course_item_data
            json_course.append(course_item)

    params["course"] = json_course

    params["who"] = who

    params["place"] = place

    json_min_precision: str | Unset = UNSET
    if not isinstance(min_precision, Unset):
        json_min_precision = min_precision

    params["min_precision"] = json_min_precision

    json_order: str | Unset = UNSET
    if not isinstance(order, Unset):
        json_order = order

    params["order"] = json_order

    json_conflict: list[str] | Unset = UNSET
    if not isinstance(conflict, Unset):
        json_conflict = []
        for conflict_item_data in conflict:
            conflict_item: str = conflict_item_data
            json_conflict.append(conflict_item)

    params["conflict"] = json_conflict

    params["min_sources"] = min_sources

    params["max_sources"] = max_sources

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/collections/{name}/occurrences.{format_}".format(
            name=quote(str(name), safe=""),
            format_=quote(str(format_), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> Any | GatewayRefusal | ProblemDetails | str | None:
    if response.status_code == 200:
        response_200 = response.text
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

    if response.status_code == 413:
        response_413 = ProblemDetails.from_dict(response.json())

        return response_413

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
) -> Response[Any | GatewayRefusal | ProblemDetails | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    name: str,
    format_: ExportFormat,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    q: str | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    course: list[Course] | Unset = UNSET,
    who: str | Unset = UNSET,
    place: str | Unset = UNSET,
    min_precision: Precision | Unset = UNSET,
    order: Order | Unset = UNSET,
    conflict: list[ConflictFilter] | Unset = UNSET,
    min_sources: int | Unset = UNSET,
    max_sources: int | Unset = UNSET,
) -> Response[Any | GatewayRefusal | ProblemDetails | str]:
    """Show a collection's occurrences: each thing that happened once, with what its reports say, in the
    format of another tool

     A collection's occurrences that stand between `from` and `to`, both included, each with all of its
    reports. Whole, or a page where there is a `limit` or a `cursor`, which these take: `csv`, `jsonld`,
    `markdown`.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        format_ (ExportFormat): A format of another tool, by its suffix.
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter
        from_ (str | Unset): the first day asked for: a day, or the first of a month or a year
        to (str | Unset): the last day asked for, included: a day, or the last of a month or a
            year
        q (str | Unset): words that the title holds, in any case
        status (list[Status] | Unset): one of these
        course (list[Course] | Unset): one of these
        who (str | Unset): words of the name of somebody who says so, of a medium that passes it
            on, or of the document's
        place (str | Unset): words of the place
        min_precision (Precision | Unset): The unit that a date's words name.
        order (Order | Unset): Oldest first, or newest first.
        conflict (list[ConflictFilter] | Unset): those whose reports part in one of these; `any`:
            in anything
        min_sources (int | Unset): told by at least so many independent sources
        max_sources (int | Unset): told by at most so many independent sources

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | str]
    """

    kwargs = _get_kwargs(
        name=name,
        format_=format_,
        cursor=cursor,
        limit=limit,
        from_=from_,
        to=to,
        q=q,
        status=status,
        course=course,
        who=who,
        place=place,
        min_precision=min_precision,
        order=order,
        conflict=conflict,
        min_sources=min_sources,
        max_sources=max_sources,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    name: str,
    format_: ExportFormat,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    q: str | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    course: list[Course] | Unset = UNSET,
    who: str | Unset = UNSET,
    place: str | Unset = UNSET,
    min_precision: Precision | Unset = UNSET,
    order: Order | Unset = UNSET,
    conflict: list[ConflictFilter] | Unset = UNSET,
    min_sources: int | Unset = UNSET,
    max_sources: int | Unset = UNSET,
) -> Any | GatewayRefusal | ProblemDetails | str | None:
    """Show a collection's occurrences: each thing that happened once, with what its reports say, in the
    format of another tool

     A collection's occurrences that stand between `from` and `to`, both included, each with all of its
    reports. Whole, or a page where there is a `limit` or a `cursor`, which these take: `csv`, `jsonld`,
    `markdown`.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        format_ (ExportFormat): A format of another tool, by its suffix.
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter
        from_ (str | Unset): the first day asked for: a day, or the first of a month or a year
        to (str | Unset): the last day asked for, included: a day, or the last of a month or a
            year
        q (str | Unset): words that the title holds, in any case
        status (list[Status] | Unset): one of these
        course (list[Course] | Unset): one of these
        who (str | Unset): words of the name of somebody who says so, of a medium that passes it
            on, or of the document's
        place (str | Unset): words of the place
        min_precision (Precision | Unset): The unit that a date's words name.
        order (Order | Unset): Oldest first, or newest first.
        conflict (list[ConflictFilter] | Unset): those whose reports part in one of these; `any`:
            in anything
        min_sources (int | Unset): told by at least so many independent sources
        max_sources (int | Unset): told by at most so many independent sources

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | str
    """

    return sync_detailed(
        name=name,
        format_=format_,
        client=client,
        cursor=cursor,
        limit=limit,
        from_=from_,
        to=to,
        q=q,
        status=status,
        course=course,
        who=who,
        place=place,
        min_precision=min_precision,
        order=order,
        conflict=conflict,
        min_sources=min_sources,
        max_sources=max_sources,
    ).parsed


async def asyncio_detailed(
    name: str,
    format_: ExportFormat,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    q: str | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    course: list[Course] | Unset = UNSET,
    who: str | Unset = UNSET,
    place: str | Unset = UNSET,
    min_precision: Precision | Unset = UNSET,
    order: Order | Unset = UNSET,
    conflict: list[ConflictFilter] | Unset = UNSET,
    min_sources: int | Unset = UNSET,
    max_sources: int | Unset = UNSET,
) -> Response[Any | GatewayRefusal | ProblemDetails | str]:
    """Show a collection's occurrences: each thing that happened once, with what its reports say, in the
    format of another tool

     A collection's occurrences that stand between `from` and `to`, both included, each with all of its
    reports. Whole, or a page where there is a `limit` or a `cursor`, which these take: `csv`, `jsonld`,
    `markdown`.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        format_ (ExportFormat): A format of another tool, by its suffix.
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter
        from_ (str | Unset): the first day asked for: a day, or the first of a month or a year
        to (str | Unset): the last day asked for, included: a day, or the last of a month or a
            year
        q (str | Unset): words that the title holds, in any case
        status (list[Status] | Unset): one of these
        course (list[Course] | Unset): one of these
        who (str | Unset): words of the name of somebody who says so, of a medium that passes it
            on, or of the document's
        place (str | Unset): words of the place
        min_precision (Precision | Unset): The unit that a date's words name.
        order (Order | Unset): Oldest first, or newest first.
        conflict (list[ConflictFilter] | Unset): those whose reports part in one of these; `any`:
            in anything
        min_sources (int | Unset): told by at least so many independent sources
        max_sources (int | Unset): told by at most so many independent sources

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | str]
    """

    kwargs = _get_kwargs(
        name=name,
        format_=format_,
        cursor=cursor,
        limit=limit,
        from_=from_,
        to=to,
        q=q,
        status=status,
        course=course,
        who=who,
        place=place,
        min_precision=min_precision,
        order=order,
        conflict=conflict,
        min_sources=min_sources,
        max_sources=max_sources,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    name: str,
    format_: ExportFormat,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    q: str | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    course: list[Course] | Unset = UNSET,
    who: str | Unset = UNSET,
    place: str | Unset = UNSET,
    min_precision: Precision | Unset = UNSET,
    order: Order | Unset = UNSET,
    conflict: list[ConflictFilter] | Unset = UNSET,
    min_sources: int | Unset = UNSET,
    max_sources: int | Unset = UNSET,
) -> Any | GatewayRefusal | ProblemDetails | str | None:
    """Show a collection's occurrences: each thing that happened once, with what its reports say, in the
    format of another tool

     A collection's occurrences that stand between `from` and `to`, both included, each with all of its
    reports. Whole, or a page where there is a `limit` or a `cursor`, which these take: `csv`, `jsonld`,
    `markdown`.

    Args:
        name (str): the collection's name; a question mark in it is encoded twice, as `%253F`
        format_ (ExportFormat): A format of another tool, by its suffix.
        cursor (str | Unset): where the page before ended: its `cursor`, for the same query
        limit (int | Unset): at most so many; a page may be shorter
        from_ (str | Unset): the first day asked for: a day, or the first of a month or a year
        to (str | Unset): the last day asked for, included: a day, or the last of a month or a
            year
        q (str | Unset): words that the title holds, in any case
        status (list[Status] | Unset): one of these
        course (list[Course] | Unset): one of these
        who (str | Unset): words of the name of somebody who says so, of a medium that passes it
            on, or of the document's
        place (str | Unset): words of the place
        min_precision (Precision | Unset): The unit that a date's words name.
        order (Order | Unset): Oldest first, or newest first.
        conflict (list[ConflictFilter] | Unset): those whose reports part in one of these; `any`:
            in anything
        min_sources (int | Unset): told by at least so many independent sources
        max_sources (int | Unset): told by at most so many independent sources

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | GatewayRefusal | GatewayRefusal | ProblemDetails | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            name=name,
            format_=format_,
            client=client,
            cursor=cursor,
            limit=limit,
            from_=from_,
            to=to,
            q=q,
            status=status,
            course=course,
            who=who,
            place=place,
            min_precision=min_precision,
            order=order,
            conflict=conflict,
            min_sources=min_sources,
            max_sources=max_sources,
        )
    ).parsed
