"""A table that was restored from a backup, and a bucket from elsewhere, in a stack that is told to use them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from infra.local.cloud.aws import REGION
from infra.local.paths import ROOT
from tests.local.running import running, until

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"The chain bridge was closed on 3 May 2024. The town council is to vote on a new one on 12 June 2024.\n"
KEPT, RESTORED = "a-kept-bucket", "a-restored-table"


def test_a_restored_table_is_read_and_what_was_dropped_since_is_found(tmp_path: Path) -> None:
    with running(tmp_path, "--enforce-roles", "--no-samples") as first:
        first.drop("news/a.txt", TEXT)
        before = first.settled("news/a.txt")
        outputs = first.aws.cloudformation.describe_stacks(StackName="dateline")["Stacks"][0]["Outputs"]
        (table,) = (one["OutputValue"] for one in outputs if one["OutputKey"] == "TableName")
        first.aws.dynamodb.restore_table_to_point_in_time(
            SourceTableName=table, TargetTableName=RESTORED, UseLatestRestorableTime=True
        )
        first.s3.create_bucket(Bucket=KEPT, CreateBucketConfiguration={"LocationConstraint": REGION})
        for one in first.s3.list_objects_v2(Bucket=first.bucket)["Contents"]:
            first.s3.copy_object(Bucket=KEPT, Key=one["Key"], CopySource={"Bucket": first.bucket, "Key": one["Key"]})
        first.s3.put_object(Bucket=KEPT, Key="drop/news/b.txt", Body=TEXT)
        first.interrupt()

    parameters = ("--parameter", f"ExistingTable={RESTORED}", "--parameter", f"ExistingBucket={KEPT}")
    with running(tmp_path, "--enforce-roles", "--no-samples", *parameters) as second:
        assert second.bucket == KEPT
        again = second.get(f"/documents/{before['id']}/timeline")
        assert [one["when"]["earliest"] for one in again["events"]] == ["2024-05-03", "2024-06-12"]

        command = [sys.executable, "-m", "infra.cli", "adopt", "--state", str(second.state.folder)]
        subprocess.run(command, cwd=ROOT, capture_output=True, timeout=200, check=True)

        assert second.settled("news/b.txt")["state"] == "done", "the sweep has found it"
        second.drop("news/c.txt", TEXT)
        assert second.settled("news/c.txt")["state"] == "done", "S3 has told of it"
        second.delete("news/a.txt")
        until(lambda: second.find("news/a.txt") is None)
