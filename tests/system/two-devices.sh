#!/bin/sh
# usage: two-devices.sh STRATA
# Two devices side by side do not touch each other.
set -u
. "$(dirname "$0")/device.sh"

device=one
device_start
device=two
device_start --profile tablet
check strata set look dark
check strata launch notes
equal "$(strata get look)" dark
equal "$(strata status --json | json "it['foreground']")" org.strata.notes
device=one
equal "$(strata get look)" light
equal "$(strata apps --json | json "[a['state'] for a in it if a['id'] == 'org.strata.notes']")" "['not running']"
check strata stop
device=two
equal "$(strata status --json | json "it['state']")" running
equal "$(strata devices --json | json "[(d['name'], d['state']) for d in it]")" \
	"[('one', 'stopped'), ('two', 'running')]"
check strata stop
