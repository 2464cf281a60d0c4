"""The function behind the HTTP API. It is read-only."""

from __future__ import annotations

import dateline.lane.collector  # noqa: F401 - before all that there is to import

# isort: split
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlencode

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import ValidationError

from dateline.errors import Retryable
from dateline.exports.write import write
from dateline.http.access import read_access
from dateline.http.problems import explain, no_route
from dateline.http.refusals import NotFound, RefusedRequest
from dateline.http.requests import faults, path_of, rule
from dateline.lane.runtime import aws_config, make_store, report_bug
from dateline.store.cursor import BadCursor
from read import assets, one_page
from read.answers import Document, Original, Page
from read.formats import EXPORTS, HTML, JSON, Format, choose
from read.library import Library
from read.refusals import SOON, BadQuery, NotAllowed
from read.replies import Answer, reply
from read.routes import ROUTES, Route
from read.segment_cache import SegmentCache
from read.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from dateline.store.store import Store
    from read.queries import Query
    from read.routes import Export


def _as_it_is(body: Any) -> Any:
    """Hand a body on: it is bytes or text by the time that it gets here, and nothing is left to be written as JSON."""
    return body


logger = Logger(service="read")
metrics = Metrics(service="read")
settings = Settings()
app = APIGatewayHttpResolver(serializer=_as_it_is)

# An HTTP API gives up after 30 s, and a reader long before. Parameters are typed here: checking them once more is a
# twentieth of the time of a page.
_AWS = aws_config(connections=20, read_seconds=5, parameters_checked=False)
_READING = ["GET", "HEAD"]
_HERE = Path(__file__).parent
_DOCS_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@cache
def store() -> Store:
    """Open the store once."""
    return make_store(settings.table, settings.bucket, _AWS)


@cache
def segments() -> SegmentCache:
    """Keep what is searched as long as this process lasts."""
    return SegmentCache()


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    return app.resolve(event | {"rawPath": path_of(event)}, context)


@app.route("/", method=_READING)
def get_page() -> Response[str | bytes]:
    """Show the timeline page for people."""
    return _reply(assets.index(settings))


@app.route("/assets/config.json", method=_READING)
def get_page_config() -> Response[str | bytes]:
    """Tell the page how its readers sign in."""
    return _reply(assets.config(settings))


@app.route("/assets/<version>/<name>", method=_READING)
def get_asset(version: str, name: str) -> Response[str | bytes]:
    """Serve a file of the page."""
    return _reply(assets.asset(version, name, settings))


@app.route("/openapi.json", method=_READING)
def get_openapi() -> Response[str | bytes]:
    """Describe the API for machines."""
    return _reply(Answer((_HERE / "openapi.json").read_bytes(), JSON.content_type))


@app.route("/docs", method=_READING)
def get_docs() -> Response[str | bytes]:
    """Describe the API for people."""
    headers = {"Content-Security-Policy": _DOCS_POLICY}
    return _reply(Answer((_HERE / "docs.html").read_bytes(), "text/html; charset=utf-8", headers=headers))


def _answer(route: Route, path: Mapping[str, str]) -> Response[str | bytes]:
    """Answer a route as JSON, or as what the `Accept` header likes better."""
    wanted = choose(app.current_event.headers.get("accept")) if route.export is not None else JSON
    if route.export is not None and wanted is not JSON:
        return _export(route, route.export, wanted, path)
    query = _query(route)
    answer = route.view(_library(), query, *_values(route, path))
    headers = _links(route, answer.cursor if isinstance(answer, Page) else None)
    if isinstance(answer, Document) and answer.state == "waiting":
        headers |= SOON
    if isinstance(answer, Original):
        # A signed link is for whoever asked, and not for those who look at what a browser keeps.
        headers |= {"Cache-Control": "no-store"}
    changed = answer.changed if isinstance(answer, Document) else None
    return _reply(Answer(answer.model_dump_json().encode(), JSON.content_type, changed, headers))


def _answer_suffix(route: Route, suffix: str, path: Mapping[str, str]) -> Response[str | bytes]:
    """Answer a timeline in the format that its suffix names."""
    wanted = next((one for one in EXPORTS if one.name == suffix), None)
    if wanted is None or route.export is None:
        raise NotFound(f"A timeline comes with these suffixes: {', '.join(one.name for one in EXPORTS)}.")
    return _export(route, route.export, wanted, path)


def _export(route: Route, export: Export, wanted: Format, path: Mapping[str, str]) -> Response[str | bytes]:
    """Answer a timeline in another format: whole, or a page of it where a page is asked for."""
    query, values, following = _query(route), _values(route, path), None
    if not query.model_fields_set & {"limit", "cursor"}:
        exported = export.whole(_library(), query, *values)
    elif wanted.paged:
        exported, following = export.page(_library(), query, *values)
    else:
        raise BadQuery(f"{wanted.name} comes in one piece: leave out `limit` and `cursor`.")
    filename = f"{quote(values[0], safe='')}.{wanted.extension}"
    headers = {**_links(route, following), "Content-Disposition": f"inline; filename*=UTF-8''{filename}"}
    if wanted is HTML:
        headers["Content-Security-Policy"] = one_page.policy(settings.frame_ancestors)
        return _reply(Answer(one_page.write(exported), wanted.content_type, headers=headers))
    return _reply(Answer(write(wanted.name, exported), wanted.content_type, headers=headers))


def _library() -> Library:
    access = read_access(app.current_event.raw_event, settings.collections_claim)
    segments().fit(app.lambda_context.memory_limit_in_mb)
    return Library(store(), access, settings.address, segments())


def _query(route: Route) -> Query:
    try:
        return route.query.model_validate(app.current_event.query_string_parameters or {})
    except ValidationError as error:
        raise BadQuery(faults(error)) from None


def _values(route: Route, path: Mapping[str, str]) -> list[str]:
    return [unquote(path[name]) for name in route.names]


def _links(route: Route, cursor: str | None) -> dict[str, str]:
    """Write where the next page and the other formats are, relative to the request."""
    links = []
    if cursor is not None:
        asked = {**(app.current_event.query_string_parameters or {}), "cursor": cursor}
        links.append(f'<?{urlencode(asked)}>; rel="next"')
    if route.export is not None:
        name = route.path.rpartition("/")[2]
        links += [f'<{name}.{one.name}>; rel="alternate"; type="{one.media_type}"' for one in EXPORTS]
    return {"Link": ", ".join(links)} if links else {}


def _reply(answer: Answer) -> Response[str | bytes]:
    return reply(answer, app.current_event.http_method, app.current_event.headers)


@app.not_found
def miss_route(_error: Exception) -> Response[str | bytes]:
    """Answer an unknown route (404) or a method that changes things (405)."""
    if app.current_event.http_method not in _READING:
        return _problem(NotAllowed("Nothing can be changed here: there are only GET and HEAD."))
    return _problem(no_route())


@app.exception_handler([BadCursor, RefusedRequest, Retryable, Exception])  # type: ignore[untyped-decorator]
def answer_error(error: Exception) -> Response[str | bytes]:
    """Answer with a problem."""
    refused = BadQuery(f"cursor: {error}") if isinstance(error, BadCursor) else error
    return _problem(refused)


def _problem(error: Exception) -> Response[str | bytes]:
    return explain(error, app.current_event, logger, metrics, report_bug)


def _register(route: Route) -> None:
    @app.route(rule(route.path), method=_READING)
    def answer(**path: str) -> Response[str | bytes]:
        return _answer(route, path)

    if route.export is not None:

        @app.route(f"{rule(route.path)}.<suffix>", method=_READING)
        def answer_suffix(suffix: str, **path: str) -> Response[str | bytes]:
            return _answer_suffix(route, suffix, path)


for _route in ROUTES:
    _register(_route)
