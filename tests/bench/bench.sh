#!/bin/sh
# usage: bench.sh STRATA GROUP
# A group of the benchmark runs, and each of its rows has all fields. No time is looked at.
set -u
program=$1
group=$2
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/strata-test.XXXXXX")
export TMPDIR
trap 'rm -rf -- "$TMPDIR"' EXIT

"$program" bench "$group" --json --quick >"$TMPDIR/rows.json" || exit 1
python3 - "$TMPDIR/rows.json" <<'PYTHON'
import json, sys
rows = json.load(open(sys.argv[1]))
assert rows, "no rows"
for row in rows:
    assert set(row) == {"name", "figure", "unit", "floor", "ratio", "budget"}, row
    assert row["name"] and row["unit"], row
    assert (row["floor"] is None) == (row["ratio"] is None), row
    for field in ["figure", "budget"] + (["floor", "ratio"] if row["floor"] is not None else []):
        assert isinstance(row[field], (int, float)) and row[field] >= 0, (field, row)
assert len({row["name"] for row in rows}) == len(rows), "a name twice"
PYTHON
