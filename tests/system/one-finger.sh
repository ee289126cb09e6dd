#!/bin/sh
# usage: one-finger.sh STRATA
# A tap on a row is followed from the board to the frame that showed it, and the trace has that flow.
# F127 F130
set -u
. "$(dirname "$0")/device.sh"

device_start
check strata launch notes
check strata settle
check strata tap New
check strata settle
check strata type "A note"
check strata key back
check strata settle
check strata tap "A note"
check strata settle
strata touch --json >"$place/touch.json" || fail "touch"
check strata trace "$place/trace.json"

python3 - "$place/touch.json" "$place/trace.json" <<'PYTHON' || fail "$(strata touch)"
import json, sys
way = json.load(open(sys.argv[1]))
layers = [hop["layer"] for hop in way]
assert way[0]["layer"] == "board", "begins at " + way[0]["layer"]
assert way[-1]["what"] == "present", "ends with " + way[-1]["what"]
for layer in ["board", "media", "touch-ui", "apps"]:
    assert layer in layers, "no hop in " + layer
assert [hop["t_us"] for hop in way] == sorted(hop["t_us"] for hop in way), "out of order"
whole = max(hop["t_us"] + hop["us"] for hop in way)
until = 0
for hop in way:
    assert (hop["t_us"] - until) * 20 <= whole, "a gap without a name before " + hop["what"]
    until = max(until, hop["t_us"] + hop["us"])
    for key in ["process", "function", "file"]:
        assert hop[key], "a hop without its " + key
trace = json.load(open(sys.argv[2]))["traceEvents"]
flows = {}
for event in trace:
    if event["ph"] in "stf":
        flows.setdefault(event["id"], []).append(event)
touches = [f for f in flows.values() if f[0]["name"] == "touch"]
assert touches, "no flow of a touch"
for flow in flows.values():
    assert flow[0]["ph"] == "s" and flow[-1]["ph"] == "f", "a flow that does not begin or end"
assert any(e["ph"] == "X" and e["name"] == "present" for e in trace), "no presented frame"
PYTHON
check strata stop
