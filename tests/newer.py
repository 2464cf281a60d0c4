"""Stored data as another version would write it: with fields that this one does not know, or without those it needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.aws import TABLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from dateline.store.bucket import Bucket
    from dateline.store.keys import Key
    from dateline.store.table import Table


def with_unknown_fields(written: str | bytes) -> str:
    """Add an unknown field to every object in a JSON text."""
    return json.dumps(_extended(json.loads(written)))


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
            return {"embargo": {"until": "2030-01-01"}, **{name: _extended(one) for name, one in value.items()}}
        case list():
            return [_extended(one) for one in value]
        case _:
            return value
