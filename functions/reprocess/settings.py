"""What the reprocess function is told by its environment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.lane.settings import LaneSettings

# The provider's limits for one batch.
_MOST_ROWS, _MOST_BYTES = 50_000, 200_000_000


class Settings(LaneSettings):
    """What is the batch lane's own: which way documents go, and how much of everything at a time."""

    lane: Literal["batch", "queue", "auto"] = Field(
        default="auto", description="auto: in batches where the model's server has them, else through the queue"
    )
    plan_documents: int = Field(
        default=100_000, gt=0, description="documents of a plan; what a mistaken prompt or model costs ends there"
    )
    file_rows: int = Field(
        default=_MOST_ROWS, gt=0, le=_MOST_ROWS, description="requests of a batch; the provider takes no more"
    )
    file_bytes: int = Field(
        default=_MOST_BYTES,
        ge=1_000_000,
        le=_MOST_BYTES,
        description="bytes of a batch's requests; the provider takes no more, and they fit into the function's /tmp",
    )
    enqueued_tokens: int = Field(
        default=2_000_000,
        gt=0,
        description="tokens of all batches that wait at the provider; the least that it grants an account for its "
        "models of today: raise it to the account's own limit, and a plan needs fewer batches",
    )
    queue_documents: int = Field(
        default=5_000, gt=0, description="documents of a file for the queue; what one ends with is read at a time"
    )
    in_flight: int = Field(
        default=500,
        gt=0,
        description="documents of a plan in the live queue at a time; new drops wait behind them for a minute or so",
    )
    batch_hours: float = Field(
        default=48, gt=24, description="how long a batch is waited for, which providers promise to end within 24 hours"
    )
    rows_hours: float = Field(
        default=6, gt=0, description="how long a collected batch's rows are waited for; then its documents go on alone"
    )
    flight_hours: float = Field(
        default=24, gt=0, description="how long a document in the queue is waited for; then it is left to the next plan"
    )
    day_tokens: int | None = Field(
        default=None, gt=0, description="what reprocessing may take on a day (UTC); then it waits; none: no limit"
    )
    readers: int = Field(
        default=16, gt=0, le=64, description="documents read at the same time; most of that is waiting for S3"
    )
