"""Stored data as another version would write it: with fields that this one does not know, or without those it needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dateline.store.keys import EDITS_PREFIX, PREFIX, SEARCH_PREFIX
from tests.aws import TABLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from dateline.store.bucket import Bucket
    from dateline.store.keys import Key
    from dateline.store.table import Table
    from tests.last_release import Left

# Fields that hold a map by ids or states: what stands in one is no field.
_MAPS = ("asked", "outcomes")


def with_unknown_fields(written: str | bytes) -> str:
    """Add an unknown field to every object in a JSON text."""
    return json.dumps(_extended(json.loads(written)))


def by_a_newer_release(left: Left) -> Left:
    """Add unknown fields to every record and message that a release left, and an attribute to every item."""
    return left.model_copy(
        update={
            "items": tuple(
                {**one, "embargo": 1, **({"body": with_unknown_fields(str(one["body"]))} if "body" in one else {})}
                for one in left.items
            ),
            "objects": {
                key: text if key.startswith((PREFIX, EDITS_PREFIX, SEARCH_PREFIX)) else with_unknown_fields(text)
                for key, text in left.objects.items()
            },
            "messages": tuple(map(with_unknown_fields, left.messages)),
        }
    )


def rewrite_table(dynamodb: DynamoDBClient) -> int:
    """Add unknown fields to every record, and unknown attributes to every item; return how many records there were."""
    items = dynamodb.scan(TableName=TABLE, ConsistentRead=True)["Items"]
    records = 0
    for item in items:
        item["embargo"], item["tags"], item["weight"] = {"BOOL": True}, {"L": [{"S": "a"}]}, {"N": "0.5"}
        if "body" in item:
            item["body"] = {"S": with_unknown_fields(item["body"]["S"])}
            records += 1
        dynamodb.put_item(TableName=TABLE, Item=item)
    return records


def rewrite_bucket(bucket: Bucket, prefix: str) -> int:
    """Add unknown fields to every line of every object below a prefix; return how many objects there were."""
    found = [one.key for one in bucket.newest_versions(prefix, None, 1_000)[0] if not one.deleted]
    for key in found:
        bucket.put(key, b"".join(with_unknown_fields(line).encode() + b"\n" for line in list(bucket.lines(key))))
    return len(found)


def spoil(table: Table, key: Key) -> None:
    """Leave of a record nothing that can be read as one."""
    item = table.get(key)
    assert item is not None
    table.put({**item, "body": '{"embargo": "secret words"}'})


def _extended(value: Any) -> Any:
    match value:
        case dict():
            fields = {name: _entries(one) if name in _MAPS else _extended(one) for name, one in value.items()}
            return {"embargo": {"until": "2030-01-01"}, **fields}
        case list():
            return [_extended(one) for one in value]
        case _:
            return value


def _entries(value: Any) -> Any:
    """Extend the records in a map, or in a map of maps."""
    is_map = isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())
    if is_map or _is_counted(value):
        return {key: _entries(one) for key, one in value.items()}
    return _extended(value)


def _is_counted(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, int) for one in value.values())
