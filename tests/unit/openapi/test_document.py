"""The description of the API: valid, complete, and the same as the code."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
import schemathesis
from jsonschema_rs import validator_for

from dateline.http.refusals import RefusedRequest
from edit.routes import DECISION, DECISIONS
from infra.openapi.document import document
from infra.openapi.files import contents
from read.formats import EXPORTS
from read.routes import ROUTES
from upload.routes import DOCUMENT, UPLOADS


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


def read(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [path for path in made["paths"].values() if "get" in path]


def operations(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for path in made["paths"].values() for name, one in path.items() if name != "parameters"]


def test_it_is_valid_openapi(made: dict[str, Any]) -> None:
    assert made["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(made).validate()


def test_every_schema_has_a_title_of_its_own(made: dict[str, Any]) -> None:
    schemas = made["components"]["schemas"]

    assert {name: schema["title"] for name, schema in schemas.items()} == {name: name for name in schemas}


def test_every_route_is_there_and_only_decisions_and_uploads_change_anything(made: dict[str, Any]) -> None:
    plain = {route.path for route in ROUTES}
    exported = {f"{route.path}.{{format}}" for route in ROUTES if route.export is not None}
    assert {path: set(one) - {"parameters"} for path, one in made["paths"].items()} == {
        **{path: {"get"} for path in plain | exported},
        DECISIONS: {"post"},
        DECISION: {"delete"},
        UPLOADS: {"post"},
        DOCUMENT: {"get", "delete"},
    }


def test_an_export_names_its_formats_and_is_whole_unless_a_page_is_asked_for(made: dict[str, Any]) -> None:
    path = made["paths"]["/collections/{name}/timeline.{format}"]
    parameters = {one["name"]: one for one in path["parameters"]}

    assert {"name", "format", "from", "to", "q", "limit", "cursor"} <= set(parameters)
    assert "default" not in parameters["limit"]["schema"]
    assert made["components"]["schemas"]["ExportFormat"]["enum"] == [one.name for one in EXPORTS]
    assert set(path["get"]["responses"]["200"]["content"]) == {one.media_type for one in EXPORTS}


def test_every_link_leads_to_a_route_with_those_parameters(made: dict[str, Any]) -> None:
    targets = {path["get"]["operationId"]: path for path in read(made)}
    links = [link for path in read(made) for link in path["get"]["responses"]["200"].get("links", {}).values()]
    assert len(links) > len(ROUTES)
    for link in links:
        names = {parameter["name"] for parameter in targets[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= names


def test_every_example_is_one_of_its_schema(made: dict[str, Any]) -> None:
    examples = [one for one in _all(made) if isinstance(one, dict) and "example" in one and "schema" in one]
    assert len(examples) > len(ROUTES)
    for one in examples:
        validator_for({**one["schema"], "components": made["components"]}).validate(one["example"])


def test_every_way_of_being_refused_is_described(made: dict[str, Any]) -> None:
    described = {status for operation in operations(made) for status in operation["responses"]}
    statuses = {int(one.status) for one in RefusedRequest.__subclasses__()}
    assert described == {"200", "201", "204", "304", "400", "401", "403", "429", "500", "503", *map(str, statuses)}


def test_parameters_and_answers_tell_what_they_are(made: dict[str, Any]) -> None:
    parameters = [one for path in made["paths"].values() for one in path["parameters"]]
    assert all(one["description"] for one in parameters)
    assert all(path["get"]["responses"]["200"]["description"] for path in read(made))


def test_every_property_says_what_it_is(made: dict[str, Any]) -> None:
    for name, schema in made["components"]["schemas"].items():
        silent = [key for key, one in schema.get("properties", {}).items() if not one.get("description")]
        assert silent == [], name


def test_words_to_choose_from_are_named_and_written_once(made: dict[str, Any]) -> None:
    named = [one["enum"] for one in made["components"]["schemas"].values() if "enum" in one]
    written = [one["enum"] for one in _all(made) if isinstance(one, dict) and isinstance(one.get("enum"), list)]

    assert [one for one in written if one not in named] == [["published", "neighbour"]]
    assert len(written) == len(named) + 1


def test_operations_have_names_that_read_well_and_a_group(made: dict[str, Any]) -> None:
    names = {one["operationId"] for one in operations(made)}

    assert len(names) == len(operations(made))
    assert names >= {
        "health",
        "list_collections",
        "get_collection_timeline",
        "export_collection_timeline",
        "list_documents",
        "get_document",
        "get_document_text",
        "get_event",
        "decide",
    }
    assert {tag for one in operations(made) for tag in one["tags"]} <= {tag["name"] for tag in made["tags"]}


def test_the_page_for_people_begins_with_a_walk() -> None:
    walk = contents()[2].partition('<section id="walk">')[2].partition("</section>")[0]

    assert walk.index("aws s3 cp") < walk.index("/documents?collection=") < walk.index("/timeline?")


def test_what_a_day_may_look_like_is_what_the_query_reads(made: dict[str, Any]) -> None:
    (pattern,) = {
        one["schema"]["pattern"]
        for path in made["paths"].values()
        for one in path["parameters"]
        if one["name"] in {"from", "to"}
    }
    good = ("2024", "-0043", "2024-05", "2024-05-31", "2024-02-29", "-0043-03-15", "12024-01-01")
    bad = ("24", "2024-13", "2024-00", "2024-04-31", "2024-02-30", "2024-5-1", "31.05.2024", "2024-05-31T00:00")
    assert [bool(re.search(pattern, one)) for one in (*good, *bad)] == [True] * len(good) + [False] * len(bad)


class _Page(HTMLParser):
    """Collects what a page would run or fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses |= {value or "" for name, value in attrs if name in {"src", "href"}}


def test_the_page_for_people_runs_nothing_and_asks_nobody() -> None:
    page = _Page(contents()[2])

    assert not page.tags & {"script", "link", "img", "iframe"}
    assert {one for one in page.addresses if not one.startswith("#")} == {"openapi.json", "./"}


def _all(node: Any) -> list[Any]:
    match node:
        case dict():
            return [node, *(inner for one in node.values() for inner in _all(one))]
        case list():
            return [inner for one in node for inner in _all(one)]
        case _:
            return []
