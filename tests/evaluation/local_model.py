"""Serve a GGUF model on loopback as chat completions, answers held to the request's JSON schema by a grammar.

Run by the evaluation in an environment of its own, because `xllamacpp` is no dependency: one thread, temperature 0.
Writes the base URL as one line and serves until its standard input ends, so that it never outlives its caller.
"""

import sys

import xllamacpp  # type: ignore[import-not-found]  # in its own environment only

# Instructions, three pages of text, the answer, and both again with a repair.
_CONTEXT = 12_288
# A longer answer of a small model is one that repeats itself; it comes back as cut off.
_LONGEST_ANSWER = 1_280
# What the makers of small models advise against that; without it the first free text may never end.
_REPEAT_PENALTY = 1.1
_SECONDS = 3_600  # the evaluation's own patience; the server's default gives a slow answer up after ten minutes


def main(model: str) -> None:
    """Serve the model."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.port = 0
    params.n_ctx = _CONTEXT
    params.n_predict = _LONGEST_ANSWER
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.n_threads_http = 2
    params.sampling.temp = 0.0
    params.sampling.penalty_repeat = _REPEAT_PENALTY
    params.timeout_read = params.timeout_write = _SECONDS
    params.warmup = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
