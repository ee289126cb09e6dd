#!/bin/sh
# usage: appliance.sh STRATA CHECKOUT
# docs/your-first-appliance.md to the letter, as far as a desk goes: its code and its manifest make an
# app that installs, is granted the line, says what is missing, and stays. F19 F111
set -u
. "$(dirname "$0")/device.sh"
page=$(realpath -- "$2")/docs/your-first-appliance.md
cd "$place" || exit 1

# The first block of that language, without its fences.
block() { # LANGUAGE
	awk -v begin="\`\`\`$1" '$0 == begin { inside = 1; next } inside && $0 == "```" { exit } inside' "$page"
}

check strata new lamp
block c >lamp/lamp.c
block json >hardware.json
python3 - lamp/manifest.json hardware.json <<'PYTHON' || fail "the manifest cannot be edited as the page says"
import sys
path, added = sys.argv[1:]
text = open(path).read().rstrip()
assert text.endswith("\n}")
open(path, "w").write(text[:-2] + ",\n" + open(added).read() + "}\n")
PYTHON

device_start
check strata install lamp
check strata launch lamp
check strata settle
equal "$(strata apps --json | json "[a['hardware'] for a in it if a['id'] == 'org.strata.lamp']")" \
	"[[{'name': 'relay', 'kind': 'gpio-output', 'where': 'line GPIO17'}]]"
until_fact "the log has a sentence about the relay" sh -c \
	"'$program' --device '$device' log 2>&1 | grep -q 'Lamp: relay: '"
sentence=$(strata log 2>&1 | sed -n 's/.*Lamp: relay: //p' | head -n 1)
check strata expect "$sentence"
check strata stop
