#!/bin/sh
# usage: rest.sh STRATA SECONDS headless|window
# An idle system does not wake (DESIGN.md, the damage law): from just after a minute on, for SECONDS of
# real time, no thread of any process is switched to; neither with home in front, nor with a list, nor
# with a caret that has stopped blinking.
set -u
. "$(dirname "$0")/device.sh"
seconds=$2
helper=$(dirname "$0")/rest.py
if [ "$3" = window ]; then
	. "$(dirname "$0")/display.sh"
	display_start
fi

rests() { # WHAT IS SHOWN
	check strata settle
	check strata clock set 12:00:01 # the status bar's clock is due in 59 s
	pids=$(strata status --json | json "' '.join(str(p['pid']) for p in it['processes'])")
	# shellcheck disable=SC2086 # a list
	woke=$(python3 "$helper" "$seconds" $pids) || fail "with $1: $woke"
	echo "$1: $seconds s without a context switch in $(echo "$pids" | wc -w) processes"
}

# Behind, an app has some seconds to end what it does.
is_suspended() {
	[ "$(strata apps --json | json "[a['state'] for a in it if a['id'] == 'org.strata.notes']")" = "['suspended']" ]
}

device_start
rests "home in front"
check strata launch notes
rests "a list in front"
[ "$seconds" -ge 10 ] || exit 0
check strata tap New
check strata type "Once upon a time"
rests "a caret in front"
check strata key home
until_fact "Notes is suspended" is_suspended
rests "home in front, an app behind"
check strata stop
