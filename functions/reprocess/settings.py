"""The reprocess function's settings, read from environment variables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.lane.settings import LaneSettings


class Settings(LaneSettings):
    """The batch lane's own settings: how documents are routed, and limits."""

    lane: Literal["batch", "queue", "auto"] = Field(
        default="auto", description="auto: in batches where the model's server has them, else through the queue"
    )
    plan_documents: int = Field(
        default=100_000, gt=0, description="documents of a plan; what a mistaken prompt or model costs ends there"
    )
    enqueued_tokens: int = Field(
        default=2_000_000,
        gt=0,
        description="tokens of all batches that wait at the provider; by default the least that it grants an account "
        "for its models of today: with the account's own limit a plan needs fewer batches",
    )
    in_flight: int = Field(
        default=500,
        gt=0,
        description="documents of a plan in the live queue at a time; new drops wait behind them for a minute or so",
    )
    reprocess_day_tokens: int | None = Field(
        default=None, gt=0, description="what reprocessing may take on a day (UTC); then it waits; none: no limit"
    )
