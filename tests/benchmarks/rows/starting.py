"""Processor time of a cold start against the same imports and clients made plainly, each in a process of its own.

`read` starts to its first request, `summarize` to its first call of the model, which nobody answers. Bytecode is there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from infra.local.paths import ROOT
from tests.benchmarks.function_settings import SETTINGS
from tests.benchmarks.row import Row, script

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = Row("start-up CPU of read with its clients", "1.40 ×", "≤ 1.05 ×")
SUMMARIZE = Row("start-up CPU of summarize to its first call", "1.24 ×", "≤ 1.05 ×")
_MOST = 1.05
# Other processes make a start longer, never shorter: the shortest of so many counts.
_TIMES = 6
OURS = {"dateline", "read", "summarize", "reprocess", "edit", "upload", "smoke"}

# What both sides begin and end with. A client's calls are answered at once: only the key is asked for.
BEGIN = """
import sys, time
began = time.process_time()
import botocore.client
botocore.client.BaseClient._make_api_call = lambda self, name, asked: {"SecretString": "a key"}
"""
_MODEL_ASKED = "http://127.0.0.1:9/v1"
READING = """
import read.app
read.app.store()
"""
SUMMARIZING = f"""
import summarize.app as app
app.clients(), app.recogniser(), app.rows_pool()
from dateline.lane.provider_key import provider_key
from dateline.provider.client import OpenAIModel
from dateline.documents.read import read
from dateline.ask.request import request
from dateline.errors import Retryable
model = OpenAIModel("a-model", "{_MODEL_ASKED}", provider_key(app.settings.model_secret))
asked = request(read(b"The council met.", name="a.txt"), "ask", "en")
try:
    model.complete(asked, time.monotonic() + 60)
except Retryable:
    pass
"""
# Which modules, and which clients of AWS, one side has come to: the other takes the same.
_TELL = """
import json
used = time.process_time() - began
print(json.dumps({"seconds": used, "modules": list(sys.modules), "clients": sorted(clients)}))
"""
_NOTE = """
import boto3.session
clients, make = [], boto3.session.Session.client
def noting(self, service, *given, **options):
    clients.append(service)
    return make(self, service, *given, **options)
boto3.session.Session.client = noting
"""
_PLAIN = """
import importlib
clients = {clients}
for name in {modules}:
    try:
        importlib.import_module(name)
    except ImportError:
        pass
import boto3
made = [boto3.client(name) for name in clients]
"""
_PLAIN_CALL = f"""
from openai import OpenAI
client = OpenAI(api_key="a key", base_url="{_MODEL_ASKED}", max_retries=0)
try:
    client.chat.completions.create(model="a-model", messages=[{{"role": "user", "content": "The council met."}}])
except Exception:
    pass
"""


def rows() -> Iterator[Row]:
    """Start both functions."""
    yield _row(READ, READING, "")
    yield _row(SUMMARIZE, SUMMARIZING, _PLAIN_CALL)


def _row(row: Row, ours: str, call: str) -> Row:
    own = BEGIN + _NOTE + ours + _TELL
    found = _run(own)
    mine_too = [name for name in found["modules"] if name != "__main__"]
    modules = [name for name in mine_too if name.partition(".")[0] not in OURS]
    plain, with_modules = (
        BEGIN + _PLAIN.format(modules=some, clients=found["clients"]) + call + _TELL for some in (modules, mine_too)
    )
    each = [[_run(code)["seconds"] for code in (own, plain, with_modules)] for _ in range(_TIMES)]
    mine, other, importing = (min(side) for side in zip(*each, strict=True))
    return row.measured(
        f"{1000 * mine:.0f} ms",
        f"plain {1000 * other:.0f} ms",
        f"{mine / other:.2f}",
        reached=mine / other <= _MOST,
        note=f"plain with the project's {len(mine_too) - len(modules)} modules imported, and nothing done with them: "
        f"{1000 * importing:.0f} ms, {importing / other:.2f} ×; clients: {', '.join(found['clients'])}; the "
        "interpreter's own start apart",
    )


def _run(code: str) -> dict[str, Any]:
    """Run code in a fresh interpreter with the functions' settings."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=SETTINGS
        | {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "functions"),
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


if __name__ == "__main__":
    script(rows)
