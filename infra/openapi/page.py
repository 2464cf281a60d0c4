"""The same for people: one page of HTML with no script, made from the OpenAPI document."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Node = dict[str, Any]

_METHODS = ("get", "post", "delete")
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dateline: the API</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }}
body {{ overflow-wrap: anywhere; }}
code, pre {{ font: .875rem/1.5 ui-monospace, monospace; }}
pre {{ overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .25rem; }}
section {{ border-top: 1px solid; margin-top: 2rem; }}
dt {{ font-weight: 600; }}
</style>
<h1>{title} {version}</h1>
{about}
<p>For machines: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1). For people: <a href="./">the timelines</a>.</p>
<section id="walk">
<h2>A first walk</h2>
<p>Upload a file, wait until it is done, read what it tells. <code>$API</code> is the address of this API,
<code>$BUCKET</code> the stack's output <code>BucketName</code>. With tokens add
<code>-H "Authorization: Bearer $TOKEN"</code>; where requests are signed,
<code>--aws-sigv4 aws:amz:$REGION:execute-api --user "$KEY:$SECRET"</code>.</p>
<pre>{walk}</pre>
</section>
<nav aria-label="Routes"><ul>
{contents}
</ul></nav>
<main>
{routes}
</main>
</html>
"""
_WALK = """\
# Upload: the folder below drop/ is the collection.
aws s3 cp report.pdf "s3://$BUCKET/drop/news/2024/report.pdf"
# Or, where Uploading is on, without keys for the bucket: POST /collections/news/uploads answers a form, and the id.

# Wait: nothing, then waiting, then done, or rejected with the reason. A file takes seconds; ask every few.
curl "$API/documents?collection=news&path=2024/report.pdf"

# Read: the cited summary, by the id of that answer, and what the collection tells by date.
curl "$API/documents/$ID"
curl "$API/collections/news/timeline?from=2024&status=disputed"

# Look up a quote: `start` and `end` of its evidence are code points of this text.
curl "$API/documents/$ID/text"

# Take it along: as a table, a calendar, one page.
curl -O "$API/collections/news/timeline.html"
"""


def page(document: Node) -> str:
    """Write the page."""
    routes = [
        (f"{method.upper()} {path}", {**operations[method], "parameters": operations["parameters"]})
        for path, operations in document["paths"].items()
        for method in _METHODS
        if method in operations
    ]
    return _PAGE.format(
        title=escape(document["info"]["title"]),
        version=escape(document["info"]["version"]),
        walk=escape(_WALK),
        about="\n".join(f"<p>{_prose(part)}</p>" for part in document["info"]["description"].split("\n\n")),
        contents="\n".join(f'<li><a href="#{one["operationId"]}">{escape(route)}</a></li>' for route, one in routes),
        routes="\n".join(_route(route, one, document) for route, one in routes),
    )


def _route(route: str, operation: Node, document: Node) -> str:
    answers = ((status, _resolved(answer, document)) for status, answer in operation["responses"].items())
    return "\n".join(
        [
            f'<section id="{operation["operationId"]}">',
            f"<h2><code>{escape(route)}</code></h2>",
            f"<p>{_prose(operation['summary'])}. {_prose(operation.get('description', ''))}</p>",
            *_listed("Parameters", {one["name"]: _parameter(one, document) for one in operation["parameters"]}),
            *_listed("Answers", {status: _answer(answer) for status, answer in answers}),
            *_example("Body", operation.get("requestBody", {})),
            *_example("Example", operation["responses"].get("200", {})),
            "</section>",
        ]
    )


def _resolved(answer: Node, document: Node) -> Node:
    name = answer.get("$ref", "").rpartition("/")[2]
    resolved: Node = document["components"]["responses"][name] if name else answer
    return resolved


def _listed(title: str, items: Mapping[str, str]) -> Iterable[str]:
    if items:
        yield f"<h3>{title}</h3><dl>"
        yield from (f"<dt><code>{escape(name)}</code></dt><dd>{text}</dd>" for name, text in items.items())
        yield "</dl>"


def _words(schema: Node, document: Node) -> list[str]:
    """Find the words of a schema that names a set of them; none where it does not."""
    name = schema.get("$ref", "").rpartition("/")[2]
    words: list[str] = document["components"]["schemas"][name]["enum"] if name else []
    return words


def _parameter(parameter: Node, document: Node) -> str:
    schema = parameter["schema"]
    one_of, any_of = (_words(one, document) for one in (schema, schema.get("items", {})))
    facts = [
        "required" if parameter["required"] else "",
        f"one of {', '.join(one_of)}" if one_of else "",
        f"any of {', '.join(any_of)}, with commas" if any_of else "",
        f"{schema['minimum']} to {schema['maximum']}" if "maximum" in schema else "",
        f"default {schema['default']}" if "default" in schema else "",
    ]
    return _prose("; ".join([parameter["description"], *(fact for fact in facts if fact)]))


def _answer(answer: Node) -> str:
    types = ", ".join(f"`{one}`" for one in answer.get("content", ()))
    return _prose(f"{answer['description']} {types}".strip())


def _example(title: str, message: Node) -> Iterable[str]:
    for content in message.get("content", {}).values():
        if "example" in content:
            yield f"<h3>{title}</h3><pre>{escape(json.dumps(content['example'], indent=2, ensure_ascii=False))}</pre>"


def _prose(text: str) -> str:
    """Escape, and show what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
