"""The emulator's own process, which runs in an environment of its own."""

from __future__ import annotations

import subprocess

import pytest

from infra.local.paths import ROOT, STACK_PYTHON

# The Runtime API's own handler, but for what it answers: its connection's TCP_NODELAY.
_PROBE = """
import queue, socket, threading, urllib.request
from http.server import HTTPServer
from infra.local.cloud.emulator_process import answer_at_once
from ministack.core.lambda_runtime import ProvidedWorker

answer_at_once()

class Probe(ProvidedWorker._build_handler_class(None, 0, queue.Queue())):
    def do_GET(self):
        option = self.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        self._respond(200, str(option).encode())

with HTTPServer(("127.0.0.1", 0), Probe) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    print(urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/").read().decode())
    thread.join()
"""


@pytest.mark.skipif(not STACK_PYTHON.exists(), reason="the emulator's environment is missing: run `make setup`")
def test_a_function_gets_its_event_without_waiting_for_an_acknowledgement() -> None:
    done = subprocess.run([STACK_PYTHON, "-c", _PROBE], cwd=ROOT, capture_output=True, text=True, check=False)

    assert int(done.stdout or 0) > 0, done.stderr


_COMPARED = """
from infra.local.cloud.emulator_process import compare_keys_quickly
from ministack.services import dynamodb

evaluate = dynamodb._evaluate_condition
compare_keys_quickly()
plain, named = "pk = :pk AND sk BETWEEN :low AND :high", "#p = :pk AND #o BETWEEN :low AND :high"
values = {":pk": {"S": "a"}, ":low": {"S": "b"}, ":high": {"S": "d\u00e9"}}
numbers = {":pk": {"S": "a"}, ":low": {"N": "9"}, ":high": {"N": "10"}}
names = {"#p": "pk", "#o": "sk"}
texts = ("", "a", "b", "c", "d", "d\u00e9", "d\u00ea", "e")
items = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk in "ab" for sk in texts]
items += [{"pk": {"S": "a"}, "sk": {"N": number}} for number in ("8", "9", "10", "11")] + [{"pk": {"S": "a"}}]
slot = {"slot": "KeyConditionExpression"}
found = [
    (dynamodb._evaluate_condition(*asked, **slot), evaluate(*asked, **slot))
    for item in items
    for asked in ((plain, item, values, {}), (named, item, values, names), (plain, item, numbers, {}))
]
print(all(mine == its for mine, its in found), sum(its for _, its in found))
"""


@pytest.mark.skipif(not STACK_PYTHON.exists(), reason="the emulator's environment is missing: run `make setup`")
def test_keys_that_are_compared_quickly_are_found_as_the_emulator_finds_them() -> None:
    done = subprocess.run([STACK_PYTHON, "-c", _COMPARED], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout == "True 10\n", done.stderr
