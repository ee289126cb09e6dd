#!/bin/sh
# F142. An appliance: a board that boots into one app, which comes back whatever is killed, and which no
# gesture and no key leads out of, but five fingers held and the passcode.
. "$(dirname "$0")/device.sh"

export STRATA_BOARD_CONF="$place/board.conf"

board_start() { # APP
	printf '%s\n' "home=$STRATA_HOME" "runtime=$XDG_RUNTIME_DIR" "device=$device" display=offscreen \
		profile=phone "app=$1" >"$STRATA_BOARD_CONF"
	"$program" run --board 2>"$place/journal" &
	keeper=$!
	until strata status >/dev/null 2>&1; do
		kill -0 $keeper 2>/dev/null || break
	done
	if grep -q -- '--no-walls' "$place/journal"; then
		echo "skipped: $(head -n 1 "$place/journal")"
		exit 77
	fi
}

# In front for the supervisor, and for fingers.
is_in_front() {
	[ "$(strata status --json 2>/dev/null | json "it['foreground']" 2>/dev/null)" = org.strata.notes ] &&
		strata tree --json 2>/dev/null |
		json "it['children'][0]['app'] == 'org.strata.notes'" 2>/dev/null | grep -q True
}

stays_in_front() { # WHAT
	check strata settle
	is_in_front || fail "$1 led out of the app: $(strata tree)"
}

hold_five() {
	{
		for finger in 0 1 2 3 4; do
			echo "down $finger $((100 + 60 * finger)) 300"
		done
		echo "wait 2200"
		for finger in 0 1 2 3 4; do
			echo "up $finger"
		done
	} | strata play - || fail "five fingers cannot be held"
}

type_code() { # DIGITS…
	printf 'tap "%s"\n' "$@" Done | strata play - || fail "the passcode cannot be typed"
}

killed=
runs_anew() {
	app_pid=$(pid_of org.strata.notes)
	[ -n "$app_pid" ] && [ "$app_pid" != "$killed" ]
}

page_is_away() {
	! strata tree | grep -q "Notes does not run"
}

board_start org.strata.notes
until_fact "the board is in its app" is_in_front
check strata expect "Write a note"
strata status --json | json "[stage['stage'] for stage in it['boot']]" >"$place/stages"
equal "$(cat "$place/stages")" "['kernel', 'services', 'compositor', 'home', 'app']"
equal "$(strata status --json | json "all(a['at_us'] >= a['us'] >= 0 for a in it['boot'])")" True

# Nothing leads out.
play "drag 240 798 240 200 120"
stays_in_front "the home gesture"
play "drag 2 400 300 400 150" "drag 478 400 200 400 150" "drag 240 2 240 500 150"
stays_in_front "an edge"
strata key home
stays_in_front "the home key"
hold_five
stays_in_front "a hold without a passcode"
equal "$(strata get kiosk.passcode)" none

# What is no passcode is refused, and so is one that all could read.
echo 12 | ends_with 2 strata set kiosk.passcode
echo "12a4" | ends_with 2 strata set kiosk.passcode
ends_with 2 strata set kiosk.passcode 2718
echo 271828 | strata set kiosk.passcode || fail "the passcode cannot be set"
equal "$(strata get kiosk.passcode)" set
hold_five
check strata expect "Enter the passcode"
type_code 1 2 3 4
play 'expect "Wrong passcode"' 'tap "Cancel"'
stays_in_front "a wrong passcode"
hold_five
type_code 2 7 1 8 2 8
check strata expect "Back to Notes"
check strata settle
is_in_front && fail "the right passcode does not lead out"
play 'tap "Back to Notes"'
stays_in_front "Back to Notes"
if grep -rq 271828 "$STRATA_HOME" "$place/journal" || strata log | grep -q 271828; then
	fail "the passcode is written somewhere"
fi

# Whatever is killed, it is back.
for role in org.strata.notes home compositor services supervisor; do
	pid=$(pid_of $role)
	kill -9 "$pid"
	has_ended "$pid" || fail "$role does not end"
	until_fact "it is back after kill -9 of $role" is_in_front
done

# Somebody who dies again and again is told of, and shown when it stays.
for _ in 1 2 3 4; do
	until_fact "it runs" runs_anew
	kill -9 "$app_pid"
	killed=$app_pid
done
check strata expect "Notes does not run"
until_fact "the page goes away" page_is_away
stays_in_front "an error page"
check strata stop
wait $keeper
equal $? 0

# One that is not there yet.
board_start org.strata.absent
check strata expect "The app is not installed"
check strata stop
wait $keeper
