#!/bin/sh
# An X server of a test's own: sourced after device.sh. From then on device_start opens a window in it.
#
#	. "$(dirname "$0")/device.sh"
#	. "$(dirname "$0")/display.sh"
#	display_start
#	device_start
#
# The server picks a number that is free, and ends with the test.

x_server=

display_start() {
	if ! command -v Xvfb >/dev/null; then
		echo "skipped: there is no Xvfb; apt-get install xvfb"
		exit 77
	fi
	# It writes its number when it listens: reading it is waiting for it.
	mkfifo "$place/display"
	Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$place/display" >"$place/xvfb.log" 2>&1 &
	x_server=$!
	read -r number <"$place/display" || fail "Xvfb does not start: $(cat "$place/xvfb.log")"
	export DISPLAY=":$number"
	headless=
}

display_end() {
	device_end
	if [ -n "$x_server" ]; then
		kill "$x_server" 2>/dev/null
		wait "$x_server" 2>/dev/null
	fi
}
trap display_end EXIT
