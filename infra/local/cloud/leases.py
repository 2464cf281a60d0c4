"""Leases of workers that are gone: when the stack starts, none of its functions runs yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


def end_leases(dynamodb: DynamoDBClient, table: str) -> None:
    """End every lease, so that what a killed stack was working on need not wait until the lease has run out.

    On AWS a lease ends by itself, before the message of a killed function is delivered again. The fence stays as it is.
    """
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="lease > :none",
        ExpressionAttributeValues={":none": {"N": "0"}},
        ProjectionExpression="pk, sk",
    )
    for page in pages:
        for key in page["Items"]:
            dynamodb.update_item(
                TableName=table,
                Key=key,
                UpdateExpression="SET lease = :none",
                ExpressionAttributeValues={":none": {"N": "0"}},
            )
