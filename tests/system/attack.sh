#!/bin/sh
# usage: attack.sh STRATA TRIAL-BUNDLE
# A hostile app against the compositor of a real device (tests/system/apps/trial/attack.c): every
# attack is refused, and nobody else notices. The walls have their own list, tests/core-os/attacks.
set -u
. "$(dirname "$0")/device.sh"

device_start
check strata install "$2"
check strata launch notes
check strata settle
check strata tap New
check strata type "Nobody touches this."
check strata settle
check strata launch trial
check strata settle
processes=$(strata status --json | json "[(p['role'], p['app'], p['pid']) for p in it['processes']]")

check strata tap Attack
attacks_are_done() {
	strata log --app trial | grep -q 'attacks refused'
}
until_fact "the attacks are over" attacks_are_done
line=$(strata log --app trial | grep 'attacks refused' | sed 's/.*trial: //')
case $line in
*Not:*) fail "$line" ;;
esac
echo "$line"

# The same processes, the same note; and the attacker is still an app like any other.
equal "$(strata status --json | json "[(p['role'], p['app'], p['pid']) for p in it['processes']]")" "$processes"
check strata settle
check strata expect "$line"
check strata launch notes
check strata settle
check play 'expect-value "Note" "Nobody touches this."'
check strata key home
check strata settle
check strata expect Settings
equal "$(strata crashes --json)" "[]"
check strata stop
