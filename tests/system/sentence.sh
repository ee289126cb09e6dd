#!/bin/sh
# usage: sentence.sh STRATA TRIAL-BUNDLE
# An app that dies takes nobody along, and home says in a sentence what happened to it; one that eats
# memory is stopped by its limit. And time that is held, stepped and let run again.
set -u
. "$(dirname "$0")/device.sh"

device_start
check strata install "$2"

# A crash: a report that names the line, a sentence, and home in front again.
check strata launch trial
check strata settle
others=$(strata status --json | json "[(p['role'], p['pid']) for p in it['processes'] if p['role'] != 'app']")
check strata tap Crash
check strata expect "Trial stopped"
check strata settle
check strata tap OK
check strata settle
equal "$(strata status --json | json "[(p['role'], p['pid']) for p in it['processes'] if p['role'] != 'app']")" "$others"
equal "$(strata status --json | json "it['foreground']")" None
report=$(strata crashes --json | json "it[0]['report']")
grep -q 'crash_on_purpose.*trial.c:[0-9]' "$report" || fail "expected the function and its line in $report"

# In and out without waiting: a card on its way back is opened again, another while it closes.
check strata launch notes
check strata key home
check strata tap Notes
check strata key home
check strata tap Hello
check strata settle
equal "$(strata status --json | json "it['foreground']")" org.strata.hello
check strata key home
check strata settle
equal "$(strata status --json | json "it['foreground']")" None
equal "$(pid_of home)" "$(echo "$others" | sed "s/.*('home', \([0-9]*\)).*/\1/")"

# Time is held: nothing moves, however long it is looked at. Stepped, it moves by so much.
check strata clock hold
equal "$(strata status --json | json "it['clock']")" held
check strata tap Notes
check strata clock step 60f
check strata expect "New"
check strata clock run
check strata settle
equal "$(strata status --json | json "it['clock']")" runs
check strata key home
check strata settle

# Memory: where groups can be made, the limit ends the app and nobody else.
if strata doctor | grep -qi 'memory.*cannot\|cannot.*memory'; then
	echo "the limit of memory is not tested: $(strata doctor | grep -i memory)"
else
	check strata launch trial
	check strata settle
	check strata tap "Eat memory"
	check strata expect "Trial stopped"
	equal "$(strata status --json | json "[(p['role'], p['pid']) for p in it['processes'] if p['role'] != 'app']")" "$others"
fi
check strata stop
