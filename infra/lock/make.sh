#!/usr/bin/env bash
# Resolve every dependency anew: environments with hashes, the functions' zips without (see the decision on pins).
# Run by `make lock` from the project's root; the only argument is the `uv` to use. No index, host or path is written down.
set -euo pipefail

resolve() {
    "$uv" pip compile --no-config --universal --python-version 3.11 --upgrade --quiet --no-emit-index-url \
        --no-emit-find-links --custom-compile-command "make lock" "$@"
}

uv=$1
lock=infra/lock

resolve pyproject.toml $lock/build.in --group dev --generate-hashes --no-emit-package dateline --output-file $lock/dev.txt
resolve $lock/stack.in --generate-hashes --output-file $lock/stack.txt
resolve $lock/sam.in --generate-hashes --output-file $lock/sam.txt
resolve $lock/security.in --generate-hashes --output-file $lock/security.txt
resolve $lock/bench.in --generate-hashes --output-file $lock/bench.txt
resolve $lock/client.in --generate-hashes --output-file $lock/client.txt
resolve $lock/readers.in --generate-hashes --output-file $lock/readers.txt
resolve $lock/model.in --generate-hashes --output-file $lock/model.txt
resolve $lock/runtime.in --constraints $lock/dev.txt --generate-hashes --output-file $lock/runtime.txt

# The functions hold what the tests ran with. uv drops the extras of a path, so its line is written as it stands.
for function in summarize read reprocess edit upload; do
    requirements=functions/$function/requirements.txt
    mkdir -p "functions/$function"
    {
        echo "# Made by: make lock"
        cat "$lock/$function.in"
        resolve "$lock/$function.in" --constraints $lock/dev.txt --no-emit-package dateline --no-annotate --no-header
    } >"$requirements.new"
    mv "$requirements.new" "$requirements"
done
