"""The store as one thing: what a function opens once and hands to the code that does its work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.records import Event
from dateline.store import keys
from dateline.store.batch_files import BatchFiles
from dateline.store.blobs import Blobs
from dateline.store.bucket import Bucket
from dateline.store.heads import Heads
from dateline.store.indexes.by_change import ChangeIndex
from dateline.store.indexes.by_recipe import RecipeIndex
from dateline.store.links import Links
from dateline.store.listing import Listing
from dateline.store.overlap import Kind, Overlap
from dateline.store.plans import Plans
from dateline.store.recipes import Recipes
from dateline.store.runs import Runs
from dateline.store.schedule import Schedule
from dateline.store.search.segments import Segments
from dateline.store.spending import Spending
from dateline.store.table import Table
from dateline.stored import read_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client

    from dateline.store.heads import Held
    from dateline.store.table import Item


@dataclass(frozen=True, slots=True)
class Store:
    """The one table and the bucket behind it, by what they are asked for."""

    heads: Heads
    runs: Runs
    blobs: Blobs
    listing: Listing
    changes: ChangeIndex
    timeline: Overlap[Event, Held]
    links: Links
    spending: Spending
    schedule: Schedule
    recipes: Recipes
    plans: Plans
    batch_files: BatchFiles
    recipe_index: RecipeIndex
    segments: Segments


def _event(item: Item) -> Event:
    return read_item(Event, item)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_store(
    dynamodb: DynamoDBClient, s3: S3Client, table: str, bucket: str, now: Callable[[], datetime] = _utc_now
) -> Store:
    """Open the store over clients that the caller made; leases and switches are timed by `now`."""
    return store_over(Table(dynamodb, table), Bucket(s3, bucket), now)


def store_over(items: Table, objects: Bucket, now: Callable[[], datetime] = _utc_now) -> Store:
    """Put the store together over a table and a bucket."""
    heads, blobs, segments = Heads(items, now), Blobs(objects), Segments(items, objects, now)
    events = Kind(keys.EVENTS, _event, keys.document_of_event, heads.get_many)
    timeline = Overlap(items, events, now)
    return Store(
        heads=heads,
        runs=Runs(items, heads, blobs, segments),
        blobs=blobs,
        listing=Listing(items, heads, timeline),
        changes=ChangeIndex(items, heads, now),
        timeline=timeline,
        links=Links(items, now),
        spending=Spending(items, now),
        schedule=Schedule(items, now),
        recipes=Recipes(items, now),
        plans=Plans(items, now),
        batch_files=BatchFiles(objects),
        recipe_index=RecipeIndex(items),
        segments=segments,
    )
