#!/bin/sh
# usage: window.sh STRATA X_HAND
# The real window, with a real mouse and real keys: a click on an icon, text into a note, a drag, and
# the window's own button. What the X server shows is what `strata screenshot` shows.
set -u
. "$(dirname "$0")/device.sh"
. "$(dirname "$0")/display.sh"
x_hand=$2

hand() {
	check "$x_hand" 480 800 "$@"
}

click() { # LABEL
	check strata expect "$1"
	check strata settle
	# shellcheck disable=SC2046 # two numbers
	hand click $(strata tree --json | python3 -c '
import json, sys
def find(node):
    if node.get("label") == sys.argv[1] and node["visible"] and node["actions"]:
        return node
    return next((found for found in map(find, node["children"]) if found), None)
x, y, width, height = find(json.load(sys.stdin))["frame"]
print(int(x + width / 2), int(y + height / 2))' "$1")
}

shows_the_same() {
	check strata settle
	check strata screenshot "$place/device.png"
	hand picture "$place/window.png"
	check strata compare "$place/device.png" "$place/window.png"
}

display_start
device_start
check strata settle
shows_the_same
click Notes
check strata expect "Write a note"
equal "$(strata status --json | json "it['foreground']")" org.strata.notes
shows_the_same
click New
check play 'expect-value "Note" ""'
hand type "Typed on a desk: 2 + 2 = 4"
check play 'expect-value "Note" "Typed on a desk: 2 + 2 = 4"'
click Back
check strata expect "Typed on a desk: 2 + 2 = 4"
shows_the_same

# A finger that is a mouse, up from the bottom edge: home.
hand drag 240 795 240 300
check strata expect Settings
check strata settle
equal "$(strata status --json | json "it['foreground']")" None
shows_the_same

# The window's own button ends the device.
supervisor=$(pid_of supervisor)
hand close
timeout 20 tail --pid="$supervisor" -f /dev/null || fail "the window is closed, the device is not"
ends_with 3 strata status
