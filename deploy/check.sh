#!/bin/bash
# Runs every check, shows the output of those that fail, and fails at the end if any did.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()
output=$(mktemp)
trap 'rm -f "$output"' EXIT

step() {
    local name=$1 begin=$EPOCHREALTIME word=ok
    shift
    "$@" > "$output" 2>&1 || { word=FAIL; failed+=("$name"); }
    awk -v w="$word" -v n="$name" -v a="$begin" -v b="$EPOCHREALTIME" \
        'BEGIN { printf "%-4s %-16s %5.1f s\n", w, n, b - a }'
    if [ "$word" = FAIL ]; then sed 's/^/     | /' "$output"; fi
}

step format       $bin/ruff format --check .
step lint         $bin/ruff check .
step types        $bin/mypy
step layers       $bin/lint-imports --no-logo
step dependencies $bin/deptry .
step "sizes, pins" $bin/python -m pytest -q -p no:randomly tests/contract/test_sizes.py tests/contract/test_no_addresses.py
step generated    $bin/arida generate --check
step translations $bin/python -m shared.web.catalogue --check

if [ ${#failed[@]} -gt 0 ]; then
    printf 'check: %s of 8 failed:' "${#failed[@]}"
    printf ' [%s]' "${failed[@]}"
    echo
    exit 1
fi
echo "check: all passed"
