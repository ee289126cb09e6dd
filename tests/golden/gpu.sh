#!/bin/bash
# usage: gpu.sh STRATA CHECKOUT OUTPUT
# What the renderer `gpu` shows beside what `soft` makes of the same frames, on a whole device: home,
# an app as it opens, a push in its middle, the way home, turned, and dark. GLES2 is llvmpipe's
# here, offscreen. Pairs and pictures of their difference stay in OUTPUT. F115
set -u
output=$3
source "$2/tests/system/device.sh"
rm -rf -- "$output"
mkdir -p -- "$output"
cd -- "$output" || exit 1

if ! strata run --headless --detach --renderer gpu 2>started; then
	if grep -q 'no GLES2' started; then
		echo "skipped: $(grep 'no GLES2' started)"
		exit 77
	fi
	cat started >&2
	fail "the device does not start"
fi
check strata clock set 2026-01-02T09:41:00Z
check strata settle
check strata clock hold

# Channels may be off by 6 of 255 (tests/media/test_gpu_renderer.c); more only in so many pixels of a
# picture, where an edge lies between pixels or a text is scaled, which the two smooth in their ways.
wrong=0
pair() { # name, pixels
	check strata screenshot "$1-soft.png"
	check strata screenshot "$1-gpu.png" shown
	said=$("$program" compare --json --tolerance 6 --picture "$1-difference.png" \
		"$1-soft.png" "$1-gpu.png" 2>&1)
	echo "$1: $said"
	pixels=${said#*\"pixels\": }
	if [ "${pixels%%,*}" -gt "$2" ]; then
		echo "DIFFERS: $1: more than $2 pixels; see $output/$1-difference.png"
		wrong=1
	fi
}

pair home 0
check strata tap "Notes"
check strata clock step 8f
pair launch 800
check strata clock step 120f
pair notes 0
check strata tap "New"
check strata clock step 10f
pair push 40
check strata clock step 120f
check strata type "Milk, eggs and bread"
pair editor 0
check strata key home
check strata clock step 12f
pair way-home 800
check strata clock step 120f
check strata clock run
check strata orientation 90
check strata settle
pair turned 0
check strata set look dark
check strata tap "Settings"
check strata settle
pair settings 0
check strata stop
exit $wrong
