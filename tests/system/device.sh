#!/bin/sh
# A device of a test's own: sourced by the scripts beside it, whose first argument is the program.
#
#	. "$(dirname "$0")/device.sh"
#	device_start
#	strata tap "Notes"
#	equal "$(strata get look)" light
#
# Its data, sockets and name are the test's alone, and all of it is gone when the test ends. A check
# that fails ends the test with what the device has to say.

program=$(realpath -- "$1")
place=$(mktemp -d "${TMPDIR:-/tmp}/strata-test.XXXXXX")
export STRATA_HOME="$place/devices" XDG_RUNTIME_DIR="$place/run" XDG_CACHE_HOME="$place/cache"
unset DISPLAY WAYLAND_DISPLAY
mkdir -p "$STRATA_HOME" "$XDG_RUNTIME_DIR"
device="test"
headless=--headless # nothing: in a window (display.sh)

strata() {
	"$program" --device "$device" "$@"
}

device_start() { # options of run
	# shellcheck disable=SC2086 # an option, or none
	if ! strata run $headless --detach "$@" 2>"$place/started"; then
		cat "$place/started" >&2
		if grep -q -- '--no-walls' "$place/started"; then
			echo "skipped: $(head -n 1 "$place/started")"
			exit 77
		fi
		fail "the device does not start"
	fi
}

fail() {
	echo "FAILED: $*" >&2
	for name in "$STRATA_HOME"/*; do
		[ -e "$name" ] || continue
		device=${name##*/}
		echo "--- status of $device" >&2
		strata status >&2
		echo "--- its crashes" >&2
		strata crashes >&2
		echo "--- the end of its log" >&2
		strata log 2>&1 | tail -n 60 >&2
	done
	exit 1
}

check() { # a command that has to work
	"$@" || fail "$*: ended with $?"
}

# The exit code that a command has to have.
ends_with() { # CODE COMMAND…
	wanted=$1
	shift
	"$@" >"$place/out" 2>"$place/err"
	code=$?
	[ $code -eq "$wanted" ] || fail "$*: ended with $code, not $wanted: $(cat "$place/out" "$place/err")"
}

equal() { # SEEN WANTED
	[ "$1" = "$2" ] || fail "expected \"$2\", got \"$1\""
}

# Asks again until it is so, at most 20 s; fails with what was waited for.
until_fact() { # WHAT COMMAND…
	fact=$1
	shift
	since=$(date +%s)
	until "$@"; do
		[ $(($(date +%s) - since)) -le 20 ] || fail "after 20 s still not: $fact"
	done
}

# Evaluates a Python expression over JSON from stdin, as the variable `it`.
json() { # EXPRESSION
	python3 -c 'import json, sys; it = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1"
}

play() { # lines of a finger script
	printf '%s\n' "$@" | strata play -
}

pid_of() { # role or app
	strata status --json | json "next((p['pid'] for p in it['processes'] if '$1' in (p['role'], p['app'])), '')"
}

# A killed process is nobody's for a moment; a zombie that nobody has heard of yet has ended as well.
has_ended() { # PID
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		case $(cut -d " " -f 3 "/proc/$1/stat" 2>/dev/null) in
		"" | Z | X) return 0 ;;
		esac
		strata devices >/dev/null # takes its time, and asks nobody who may be gone
	done
	return 1
}

device_end() {
	for name in "$STRATA_HOME"/*; do
		[ -e "$name" ] || continue
		"$program" --device "${name##*/}" stop >/dev/null 2>&1
	done
	rm -rf -- "$place"
}
trap device_end EXIT
trap 'exit 1' INT TERM HUP
