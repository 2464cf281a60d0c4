"""Sets of words and maps as schemas of their own: named once, as the code names them, not written out at every place.

What is made from the document (the client, the page's types) has one type for each of them then.
"""

from __future__ import annotations

from typing import Any, get_args

from dateline.dates.model import Basis, Extent, Precision
from dateline.documents.model import Role
from dateline.linking.edits import EditKind
from dateline.linking.model import ConflictKind
from dateline.records import Checked, Course, Stance, Status, VoiceKind
from dateline.search.words import Where
from dateline.store.heads import State
from read.answers import Linking
from read.formats import EXPORTS
from read.queries import ConflictFilter, ListedState, Order, View

Node = dict[str, Any]

_MEANINGS = {
    "Basis": (Basis, "What a date rests on."),
    "Checked": (Checked, "How the model's date and the rules' compare: which of them is shown, or that both agree."),
    "ConflictFilter": (ConflictFilter, "What reports of one thing part in, or anything."),
    "ConflictKind": (ConflictKind, "What reports of one thing part in."),
    "Course": (Course, "Whether a thing happened, is planned, or was called off."),
    "EditKind": (EditKind, "What an editor's decision does."),
    "Extent": (Extent, "Once somewhere within the days, or throughout them."),
    "Linking": (Linking, "Whether a document's events are among the collection's occurrences."),
    "ListedState": (ListedState, "The state of a document that is listed."),
    "Order": (Order, "Oldest first, or newest first."),
    "Precision": (Precision, "The unit that a date's words name."),
    "Role": (Role, "What a sentence is in its document."),
    "Stance": (Stance, "Where a speaker stands towards what is told."),
    "State": (State, "The state of a document."),
    "Status": (Status, "Who stands behind what is told."),
    "View": (View, "Each report, or each occurrence once."),
    "VoiceKind": (VoiceKind, "How a speaker is known."),
    "Where": (Where, "Where words were found."),
}
# By the title that their property gives them.
_MAPS = {
    "Fields": ("FormFields", "What to send besides the file, by the name of the field."),
    "Links": ("Links", "URLs, relative to that of the answer, by what they lead to."),
    "Occurrences": ("OccurrenceIds", "Ids of occurrences, by the ids of the events that report them."),
    "Sources": ("Sources", "Documents that are cited, by their ids."),
}
EXPORT_FORMAT = "ExportFormat"
_FORMATS = tuple(one.name for one in EXPORTS)
_NAMES = {**{get_args(one): name for name, (one, _) in _MEANINGS.items()}, _FORMATS: EXPORT_FORMAT}


def words() -> dict[str, Node]:
    """Make a schema for each set of words."""
    made = {name: _schema(name, get_args(one), about) for name, (one, about) in _MEANINGS.items()}
    return {**made, EXPORT_FORMAT: _schema(EXPORT_FORMAT, _FORMATS, "A format of another tool, by its suffix.")}


def maps(schemas: Node) -> dict[str, Node]:
    """Make a schema for each map that some of these have as a property."""
    properties = (one for schema in schemas.values() for one in schema["properties"].values())
    found = {one["title"]: named(one["additionalProperties"]) for one in properties if _is_map(one)}
    return {
        name: {"title": name, "description": about, "type": "object", "additionalProperties": found[title]}
        for title, (name, about) in _MAPS.items()
    }


def named(node: Any) -> Any:
    """Put a name in the place of each set of words and each map, everywhere in a piece of the document."""
    if isinstance(node, list):
        return [named(one) for one in node]
    if not isinstance(node, dict):
        return node
    name = _MAPS[node["title"]][0] if _is_map(node) else _NAMES.get(tuple(node.get("enum", ())))
    if name is None:
        return {key: named(one) for key, one in node.items()}
    beside = {key: one for key, one in node.items() if key in {"description", "default"}}
    return {"$ref": f"#/components/schemas/{name}", **beside}


def _is_map(node: Node) -> bool:
    return isinstance(node.get("additionalProperties"), dict) and node.get("title") in _MAPS


def _schema(name: str, one_of: tuple[str, ...], about: str) -> Node:
    return {"title": name, "description": about, "type": "string", "enum": list(one_of)}
