"""DynamoDB as the store needs it: flat items of text and whole numbers, conditions, pages, batches."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, cast

from boto3.exceptions import RetriesExceededError
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError, IncompleteReadError  # noqa: A004
from botocore.retries.standard import RetryContext, ThrottledRetryableChecker, TransientRetryableChecker

from dateline.errors import Retryable
from dateline.store.keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        AttributeValueTypeDef,
        KeysAndAttributesTypeDef,
        QueryInputTypeDef,
        QueryOutputTypeDef,
        WriteRequestUnionTypeDef,
    )

    from dateline.store.keys import Index

Item = dict[str, str | int]

_BATCH_WRITE, _BATCH_GET = 25, 100
_BATCH_ATTEMPTS = 8
_FIRST_PAUSE_SECONDS = 0.05
# What botocore does not try again by its name, and passes all the same.
_PASSING = {"InternalError", "InternalFailure", "ServiceUnavailable", "ConditionalRequestConflict", "OperationAborted"}
_TOO_MANY_REQUESTS, _SERVER_FAULT, _NOT_IMPLEMENTED = 429, 500, 501
_CHECKERS = (ThrottledRetryableChecker(), TransientRetryableChecker())


class LostRace(Exception):
    """A condition did not hold: somebody else wrote first. `there` is what stands there, where DynamoDB was to say."""

    def __init__(self, code: str = "", there: Item | None = None) -> None:
        super().__init__(code)
        self.there = there


@contextmanager
def aws_errors() -> Iterator[None]:
    """Classify an error of AWS: a lost race (LostRace), a transient fault (Retryable), or a bug."""
    try:
        yield
    except ClientError as error:
        code = code_of(error)
        if code in {"ConditionalCheckFailedException", "PreconditionFailed"}:
            there = cast("Mapping[str, AttributeValueTypeDef]", error.response.get("Item", {}))
            raise LostRace(code, _unmarshal(there) or None) from error
        if is_transient(error):
            raise Retryable(f"AWS answers {code or 'with a fault'}") from error
        raise
    except (HTTPClientError, ConnectionError, IncompleteReadError, RetriesExceededError) as error:
        raise Retryable(f"AWS is out of reach: {type(error).__name__}") from error


def code_of(error: ClientError) -> str:
    """Return what AWS calls an error; empty where it does not say."""
    return error.response.get("Error", {}).get("Code", "")


def is_transient(error: ClientError) -> bool:
    """Return whether an answer of AWS says that the same call may succeed later: by its status, and by its name."""
    code, status = code_of(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _PASSING or "throttl" in code.lower() or status == _TOO_MANY_REQUESTS:
        return True
    if status >= _SERVER_FAULT and status != _NOT_IMPLEMENTED:
        return True
    answer = RetryContext(attempt_number=1, parsed_response=error.response)
    return any(checker.is_retryable(answer) for checker in _CHECKERS)


def _marshal(item: Mapping[str, str | int]) -> dict[str, AttributeValueTypeDef]:
    return {name: {"S": value} if isinstance(value, str) else {"N": str(value)} for name, value in item.items()}


def _unmarshal(item: Mapping[str, AttributeValueTypeDef]) -> Item:
    """Read an item; an attribute of another type is one that a newer version wrote, and is left out."""
    read = {name: _plain(value) for name, value in item.items()}
    return {name: value for name, value in read.items() if value is not None}


def _plain(value: AttributeValueTypeDef) -> str | int | None:
    if "S" in value:
        return value["S"]
    number = value.get("N", "")
    return int(number) if number.removeprefix("-").isdecimal() else None


class Table:
    """The one table. Every read of an item or a partition is consistent; an index never is."""

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: Key) -> Item | None:
        """Read one item."""
        with aws_errors():
            answer = self._client.get_item(TableName=self._name, Key=_marshal_key(key), ConsistentRead=True)
        return _unmarshal(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Iterable[Key], only: Sequence[str] = ()) -> list[Item]:
        """Read items in batches of 100, in no order; those that are not there are left out. `only`: as for `walk`."""
        wanted = list(dict.fromkeys(keys))
        return [
            item
            for start in range(0, len(wanted), _BATCH_GET)
            for item in self._get_batch(wanted[start:][:_BATCH_GET], only)
        ]

    def _get_batch(self, keys: Sequence[Key], only: Sequence[str]) -> Iterator[Item]:
        asked: KeysAndAttributesTypeDef = {"Keys": [_marshal_key(key) for key in keys], "ConsistentRead": True}
        if only:
            asked |= {"ProjectionExpression": ", ".join(_only(only)), "ExpressionAttributeNames": _only(only)}
        for pause in _pauses():
            with aws_errors():
                answer = self._client.batch_get_item(RequestItems={self._name: asked})
            yield from (_unmarshal(item) for item in answer["Responses"].get(self._name, ()))
            left = answer.get("UnprocessedKeys", {}).get(self._name)
            if not left:
                return
            asked = {**asked, "Keys": left["Keys"]}
            time.sleep(pause)
        raise Retryable("DynamoDB left reads undone")

    def put(self, item: Item) -> None:
        """Write one item unconditionally."""
        with aws_errors():
            self._client.put_item(TableName=self._name, Item=_marshal(item))

    def put_new(self, item: Item) -> None:
        """Write one item where none stands. LostRace: one does, and it is `there`."""
        with aws_errors():
            self._client.put_item(
                TableName=self._name,
                Item=_marshal(item),
                ConditionExpression="attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )

    def put_if(self, item: Item, **expected: int) -> None:
        """Write one item over one whose numbers are as expected. LostRace: they are not."""
        with aws_errors():
            self._client.put_item(
                TableName=self._name,
                Item=_marshal(item),
                ConditionExpression=" AND ".join(f"{name} = :{name}" for name in expected),
                ExpressionAttributeValues=_marshal({f":{name}": value for name, value in expected.items()}),
            )

    def put_under(self, item: Item, fence: int) -> None:
        """Write one item under a fence. LostRace: one stands there that was written under a higher fence."""
        with aws_errors():
            self._client.put_item(
                TableName=self._name,
                Item=_marshal({**item, "fence": fence}),
                ConditionExpression="attribute_not_exists(pk) OR fence <= :fence",
                ExpressionAttributeValues=_marshal({":fence": fence}),
            )

    def set_under(self, key: Key, values: Mapping[str, str | int], only_if_fence: int) -> None:
        """Change attributes of an item, all at once, while its fence stands. LostRace: it moved on."""
        with aws_errors():
            self._client.update_item(
                TableName=self._name,
                Key=_marshal_key(key),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
                ConditionExpression="fence = :only_if",
                ExpressionAttributeNames=_only(list(values)),
                ExpressionAttributeValues=_marshal(
                    {":only_if": only_if_fence, **{f":{name}": value for name, value in values.items()}}
                ),
            )

    def add(self, key: Key, name: str, amount: int) -> None:
        """Add to a number, at once and whole, also where no item stands."""
        with aws_errors():
            self._client.update_item(
                TableName=self._name,
                Key=_marshal_key(key),
                UpdateExpression="ADD #name :amount",
                ExpressionAttributeNames={"#name": name},
                ExpressionAttributeValues=_marshal({":amount": amount}),
            )

    def add_below(self, key: Key, name: str, amount: int, most: int) -> None:
        """Add to a number as `add` does while it is below `most`. LostRace: it is not."""
        with aws_errors():
            self._client.update_item(
                TableName=self._name,
                Key=_marshal_key(key),
                UpdateExpression="ADD #name :amount",
                ConditionExpression="attribute_not_exists(#name) OR #name < :most",
                ExpressionAttributeNames={"#name": name},
                ExpressionAttributeValues=_marshal({":amount": amount, ":most": most}),
            )

    def advance(self, key: Key, name: str, amount: int, floor: int, *, is_behind: bool) -> Item:
        """Move a number on by an amount, from `floor` where it lies below it, and return the item.

        The number must never fall. What the caller thinks of it decides what is tried first, and so whether one write
        is enough. An item that is made has the fence 0.
        """
        ways = (self._move_from, self._move_on) if is_behind else (self._move_on, self._move_from)
        # A number that lay below the floor may have been moved by another since, and then it lies there no more.
        for way in (*ways, self._move_on):
            with suppress(LostRace):
                return way(key, name, amount, floor)
        raise Retryable("DynamoDB had a number fall that only rises")

    def _move_on(self, key: Key, name: str, amount: int, floor: int) -> Item:
        values = {":amount": amount, ":floor": floor}
        return self._moved(key, name, "ADD #name :amount", "#name >= :floor", values)

    def _move_from(self, key: Key, name: str, amount: int, floor: int) -> Item:
        expression = "SET #name = :moved, fence = if_not_exists(fence, :zero)"
        values = {":moved": floor + amount, ":zero": 0, ":floor": floor}
        return self._moved(key, name, expression, "attribute_not_exists(#name) OR #name < :floor", values)

    def _moved(self, key: Key, name: str, expression: str, condition: str, values: Mapping[str, int]) -> Item:
        with aws_errors():
            answer = self._client.update_item(
                TableName=self._name,
                Key=_marshal_key(key),
                UpdateExpression=expression,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#name": name},
                ExpressionAttributeValues=_marshal(values),
                ReturnValues="ALL_NEW",
            )
        return _unmarshal(answer["Attributes"])

    def put_many(self, items: Iterable[Item]) -> None:
        """Write items in batches of 25. They become visible one by one, in any order."""
        self._write([{"PutRequest": {"Item": _marshal(item)}} for item in items])

    def delete_many(self, keys: Iterable[Key]) -> None:
        """Delete items in batches of 25; idempotent."""
        self._write([{"DeleteRequest": {"Key": _marshal_key(key)}} for key in dict.fromkeys(keys)])

    def _write(self, requests: Sequence[WriteRequestUnionTypeDef]) -> None:
        for start in range(0, len(requests), _BATCH_WRITE):
            rest: Sequence[WriteRequestUnionTypeDef] = requests[start:][:_BATCH_WRITE]
            for pause in _pauses():
                with aws_errors():
                    answer = self._client.batch_write_item(RequestItems={self._name: rest})
                rest = answer["UnprocessedItems"].get(self._name, [])
                if not rest:
                    break
                time.sleep(pause)
            else:
                raise Retryable("DynamoDB left writes undone")

    def between(self, pk: str, low: str, high: str, limit: int) -> list[Item]:
        """Read up to `limit` items of a partition, from `low` to `high`, both included, in order."""
        return list(islice(self.walk(pk, low, high, limit), limit))

    def walk(
        self, pk: str, low: str, high: str, size: int, *, backwards: bool = False, only: Sequence[str] = ()
    ) -> Iterator[Item]:
        """Yield the items of a partition from `low` to `high`, both included, reading `size` at a time when asked.

        `only` names the attributes that are wanted, where many items are read: each costs its time.
        """
        asked: QueryInputTypeDef = {
            "TableName": self._name,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :low AND :high",
            "ExpressionAttributeValues": _marshal({":pk": pk, ":low": low, ":high": high}),
            "ConsistentRead": True,
            "ScanIndexForward": not backwards,
            "Limit": size,
        }
        if only:
            asked |= {"ProjectionExpression": ", ".join(_only(only)), "ExpressionAttributeNames": _only(only)}
        yield from self._walk(low, high, asked)

    def walk_index(
        self, index: Index, partition: str, low: str, high: str, size: int, *, backwards: bool = False
    ) -> Iterator[Item]:
        """Yield the keys that a partition of an index has from `low` to `high`, as `walk` does a partition's items."""
        asked = self._of_index(index, partition, low, high)
        asked |= {"ScanIndexForward": not backwards, "Limit": size}
        yield from self._walk(low, high, asked)

    def count(self, index: Index, partition: str, low: str, high: str, at_most: int) -> int:
        """Count the keys that a partition of an index has from `low` to `high`, and stop at `at_most`."""
        asked = self._of_index(index, partition, low, high)
        asked |= {"Select": "COUNT", "Limit": at_most}
        found = 0
        for page in self._pages(asked):
            found += page["Count"]
            if found >= at_most:
                break
        return min(found, at_most)

    def _of_index(self, index: Index, partition: str, low: str, high: str) -> QueryInputTypeDef:
        """Ask an index. Names stand in for themselves: `collection` is one of DynamoDB's reserved words."""
        return {
            "TableName": self._name,
            "IndexName": index.name,
            "KeyConditionExpression": "#partition = :partition AND #order BETWEEN :low AND :high",
            "ExpressionAttributeNames": {"#partition": index.partition, "#order": index.order},
            "ExpressionAttributeValues": _marshal({":partition": partition, ":low": low, ":high": high}),
        }

    def _walk(self, low: str, high: str, asked: QueryInputTypeDef) -> Iterator[Item]:
        if low <= high:
            for page in self._pages(asked):
                yield from (_unmarshal(item) for item in page["Items"])

    def _pages(self, asked: QueryInputTypeDef) -> Iterator[QueryOutputTypeDef]:
        # Not boto3's paginator, which takes half as long again as the query itself.
        while True:
            with aws_errors():
                page = self._client.query(**asked)
            yield page
            if "LastEvaluatedKey" not in page:
                return
            asked = {**asked, "ExclusiveStartKey": page["LastEvaluatedKey"]}


def _marshal_key(key: Key) -> dict[str, AttributeValueTypeDef]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def _only(names: Sequence[str]) -> dict[str, str]:
    """Name attributes by what stands in for them, since some names are reserved words of DynamoDB's."""
    return {f"#{name}": name for name in names}


def _pauses() -> Iterator[float]:
    """Yield the exponential backoff between attempts of a batch, 6 seconds in all."""
    return (_FIRST_PAUSE_SECONDS * 2**attempt for attempt in range(_BATCH_ATTEMPTS - 1))
