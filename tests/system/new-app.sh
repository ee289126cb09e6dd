#!/bin/sh
# usage: new-app.sh STRATA
# `strata new` makes an app that builds, installs, runs and keeps what it is told. F19 F111
set -u
. "$(dirname "$0")/device.sh"
mkdir -p "$place/my work"
cd "$place/my work" || exit 1

ends_with 2 strata new "Bad Name"
check strata new to-do
ends_with 1 strata new to-do
grep -q '"org.strata.to-do"' to-do/manifest.json || fail "expected its own id in the manifest"
before=$(ls -R to-do)

device_start
check strata install to-do
equal "$(ls -R to-do)" "$before" # it was built elsewhere
equal "$(strata apps --json | json "[a['name'] for a in it if a['id'] == 'org.strata.to-do']")" "['To do']"
check strata launch to-do
check strata play to-do/to_do.touch
check strata quit to-do
check strata launch to-do
check strata expect Milk
[ -e "$(strata container to-do)/store.sqlite" ] || fail "expected a store in its container"

# A mistake is told with its file and line.
echo 'int broken(' >>to-do/to_do.c
ends_with 1 strata install to-do
grep -q 'to_do.c:[0-9]' "$place/err" || fail "expected the file and line of the mistake"

check strata uninstall to-do
equal "$(strata apps --json | json "[a['name'] for a in it if a['id'] == 'org.strata.to-do']")" "[]"
ends_with 1 strata launch to-do
check strata stop
