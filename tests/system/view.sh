#!/bin/sh
# usage: view.sh STRATA VIEW-CLIENT
# F124, F151: the screen from elsewhere. Off unless asked for, never without a password, on loopback
# alone; what a viewer sees is the device's picture, its pointer is a finger, and only what changed
# is sent.
set -u
. "$(dirname "$0")/device.sh"
client=$2

device_start
check strata settle

# Not without a password, and not with one that VNC would cut.
ends_with 1 strata view
grep -q 'view --set-password' "$place/err" || fail "it does not say how to set a password"
for bad in short far-too-long-a-one; do
	echo "$bad" | strata view --set-password 2>/dev/null && fail "\"$bad\" was taken"
done
echo "loopback" | strata view --set-password || fail "a password cannot be set"
equal "$(stat -c %a "$STRATA_HOME/test/view-password")" 600

port=$(python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkfifo "$place/said"
"$program" --device "$device" view --port "$port" --web 0 >"$place/said" 2>"$place/view.err" &
view=$!
read -r line <"$place/said"
equal "$line" "VNC viewers: 127.0.0.1:$port"
trap 'kill $view 2>/dev/null; device_end 2>/dev/null' EXIT

# Nobody else's address: every listening socket of the process is a loopback one.
python3 - "$view" <<'PY' || fail "it listens beyond loopback"
import os, re, sys
pid = sys.argv[1]
mine = {re.findall(r'\d+', os.readlink(f'/proc/{pid}/fd/{fd}'))[0]
        for fd in os.listdir(f'/proc/{pid}/fd') if os.readlink(f'/proc/{pid}/fd/{fd}').startswith('socket')}
found = 0
for table, loopback in (('tcp', '0100007F'), ('tcp6', '00000000000000000000000001000000')):
    for line in open(f'/proc/{pid}/net/{table}').read().splitlines()[1:]:
        words = line.split()
        if words[3] == '0A' and words[9] in mine:
            found += 1
            assert words[1].split(':')[0] == loopback, line
assert found >= 1
PY

ends_with 1 "$client" "$port" wrongone picture "$place/no.png"
[ ! -e "$place/no.png" ] || fail "a wrong password is let in"

# The picture is the device's, to the bit; turned, it is upright as a screenshot is.
check "$client" "$port" loopback picture "$place/seen.png"
check strata screenshot "$place/screen.png"
check strata compare "$place/seen.png" "$place/screen.png"
check strata orientation 90
check strata settle
check "$client" "$port" loopback picture "$place/turned.png"
check strata screenshot "$place/turned-screen.png"
check strata compare "$place/turned.png" "$place/turned-screen.png"
check strata orientation 0
check strata settle

# The button is a finger, keys are a keyboard's.
centre=$(strata tree --json | python3 -c '
import json, sys
def walk(node):
    yield node
    for child in node.get("children", []):
        yield from walk(child)
x, y, w, h = next(n["frame"] for n in walk(json.load(sys.stdin))
                  if n.get("label") == "Notes" and n.get("actions"))
print(int(x + w / 2), int(y + h / 2))')
# shellcheck disable=SC2086 # two numbers
check "$client" "$port" loopback tap $centre
check strata expect "Write a note"
check strata tap "Write a note"
check strata settle
check "$client" "$port" loopback type "From afar"
check strata expect "From afar"
check strata key back
check strata settle

# The device goes, and the view with it.
check strata stop
wait $view || fail "the view ended with $?: $(cat "$place/view.err")"
