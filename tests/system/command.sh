#!/bin/sh
# usage: command.sh STRATA
# The command's own promises: exit codes, one device started twice, options that differ, what a killed
# device leaves behind, and stop. F111
set -u
. "$(dirname "$0")/device.sh"

ends_with 3 strata status
ends_with 3 strata tap 10 10
ends_with 3 strata stop
ends_with 3 strata erase
ends_with 2 strata
ends_with 2 strata fly
ends_with 2 strata tap
ends_with 0 strata --help
ends_with 0 strata tap --help
printf 'settle\ntip "x"\n' >"$place/wrong.touch"
ends_with 1 strata run --headless --script "$place/wrong.touch"
equal "$(cat "$place/err")" "$place/wrong.touch:2: expected a command of finger scripts: tip"

device_start
equal "$(strata status --json | json "it['state']")" running
equal "$(strata status --json | json "it['device']")" test
equal "$(strata status --json | json "sorted(p['role'] for p in it['processes'])")" \
	"['compositor', 'home', 'keeper', 'services', 'supervisor']"
equal "$(strata devices --json | json "[(d['name'], d['state']) for d in it]")" "[('test', 'running')]"
ends_with 0 strata run --detach
equal "$(cat "$place/err")" "already running"
ends_with 1 strata run --detach --profile tablet
grep -q "profile is phone, not tablet" "$place/err" || fail "expected the option that differs"
ends_with 1 strata erase
ends_with 1 strata expect "there is nothing of that name"
ends_with 1 strata kill org.strata.nobody

# Every process killed at once leaves nothing that is in the way.
pids=$(strata status --json | json "' '.join(str(p['pid']) for p in it['processes'])")
# shellcheck disable=SC2086 # a list
kill -9 $pids
device_start
check strata stop
ends_with 3 strata status
equal "$(strata devices --json | json "[(d['name'], d['state']) for d in it]")" "[('test', 'stopped')]"
for pid in $pids; do
	case $(cut -d " " -f 3 "/proc/$pid/stat" 2>/dev/null) in
	"" | Z) ;; # gone, or waiting for its parent to hear of it
	*) fail "process $pid is still there" ;;
	esac
done
check strata erase
equal "$(strata devices --json)" "[]"
