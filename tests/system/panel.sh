#!/bin/sh
# usage: panel.sh STRATA
# The Panel app under a finger: what the dial is turned to is what the setting says, at once and after a
# kill, a restart of services and one of the device; a board without the relay's line says so.
# F17 F82
set -u
. "$(dirname "$0")/device.sh"

# The dial's box, from the tree: x, y of its middle, and the radius of its ring's line.
find_dial() {
	# shellcheck disable=SC2046 # three numbers
	set -- $(strata tree org.strata.panel --json | python3 -c '
import json, sys
def find(node):
    if node.get("role") == "slider" and node.get("label") == "Brightness":
        return node["frame"]
    for child in node.get("children", []):
        frame = find(child)
        if frame:
            return frame
x, y, w, h = find(json.load(sys.stdin))
print(round(x + w / 2), round(y + h / 2), round(w / 2 - 24))')
	cx=$1 cy=$2 radius=$3
}

# A finger along the ring: shares of the way around, in 24 short moves.
around() { # FROM TO
	python3 - "$cx" "$cy" "$radius" "$1" "$2" <<'PYTHON' | strata play - || fail "turning from $1 to $2"
import math, sys
cx, cy, r, a, b = map(float, sys.argv[1:])
def at(share):
    angle = 0.75 * math.pi + share * 1.5 * math.pi
    return f"{cx + r * math.cos(angle):.1f} {cy + r * math.sin(angle):.1f}"
print("down 0", at(a))
for i in range(1, 25):
    print("move 0", at(a + (b - a) * i / 24), "32")
print("wait 200\nup 0\nsettle")
PYTHON
}

brightness() { # in percent
	strata get display.brightness | awk '{ printf "%.0f\n", $1 * 100 }'
}

is_between() { # LEAST MOST
	now=$(brightness)
	[ "$now" -ge "$1" ] && [ "$now" -le "$2" ]
}

shows() { # PERCENT
	printf 'expect-value "Brightness" "%s %%"\n' "$1" | strata play - || fail "the dial does not show $1 %"
}

device_start
equal "$(brightness)" 100
check strata launch panel
check strata expect Brightness
check strata settle
find_dial
around 1 0.4
until_fact "the dial's value is the setting's" is_between 36 44
shows "$(brightness)"
around 0.9 0.6 # grabbed far from the thumb: it moves on from where it is
until_fact "turned back by three tenths" is_between 5 16
left_at=$(brightness)
shows "$left_at"

# The other way round: a setting made elsewhere is on the dial.
check strata set display.brightness 0.75
shows 75
check strata set display.brightness "0.$(printf %02d "$left_at")"
shows "$left_at"

# No board, no relay: said, and asked again.
check strata expect Relay
asked=$(strata log 2>&1 | grep -c "Panel: relay: ")
check strata tap "Try again"
check strata expect "Try again"
asked_more() { [ "$(strata log 2>&1 | grep -c "Panel: relay: ")" -gt "$asked" ]; }
until_fact "it asked for the relay again" asked_more
equal "$(strata apps --json | json "[line['name'] for a in it if a['id'] == 'org.strata.panel' for line in a['hardware']]")" "['relay', 'input']"

check strata kill panel
check strata launch panel
shows "$left_at"
check strata stop
device_start
equal "$(brightness)" "$left_at"
check strata launch panel
shows "$left_at"
check strata stop
