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
