#!/bin/sh
# usage: frames.sh STRATA TRIAL-BUNDLE FRAMES-WATCH
# With stepped time, an app hangs for 3 s of it in the middle of its own push, and is not waited for:
# every frame of that push, and of a home gesture over it, is the closed form of its spring, and none
# waits for the app (frames.py, which compares).
set -u
. "$(dirname "$0")/device.sh"
here=$(dirname "$0")
bundle=$2 watch=$3

step() { # FRAMES, one after the other
	count=$1
	while [ "$count" -gt 0 ]; do
		check strata clock step 1f --free org.strata.trial
		count=$((count - 1))
	done
}

device_start
check strata install "$bundle"
check strata launch trial
check strata settle
check strata clock hold

mkfifo "$place/orders"
"$watch" "$device" <"$place/orders" >"$place/frames" 2>"$place/err" &
watcher=$!
exec 3>"$place/orders"
watches() {
	grep -q watches "$place/frames"
}
until_fact "frames are watched" watches

check strata tap "Push and hang"
step 40
hangs() {
	strata log --app trial | grep -q 'hangs from'
}
until_fact "the app hangs" hangs
echo "drag 200 798 220 350 160" >&3
step 80
strata log --app trial | grep -q 'hung until' && fail "the app did not hang to the end"
echo quit >&3
wait "$watcher" || fail "frames_watch: $(cat "$place/err")"
check strata clock run
check strata settle
equal "$(strata status --json | json "it['foreground']")" None
strata log --app trial >"$place/log"
strata tree --json | python3 "$here/frames.py" "$place/frames" "$place/log" || fail "a frame is not the closed form's"

# The app goes on where it was.
check strata launch trial
check strata expect "It came in time."
check strata stop
