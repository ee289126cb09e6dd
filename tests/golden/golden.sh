#!/bin/bash
# usage: golden.sh STRATA CHECKOUT OUTPUT NAME [OPTION OF RUN | set KEY VALUE]…
# Plays NAME.touch on a device whose clock says 9:41, and compares the trees and pictures that it
# leaves with expected/NAME-*: trees as text, in whole points; pictures to the bit on the package set
# that they were made with, within 2 of 255 elsewhere. What differs stays in OUTPUT, with a picture of
# the difference. With GOLDEN=accept in the environment what was made becomes what is expected. F134
set -u
checkout=$2
output=$3
name=$4
here=$checkout/tests/golden
export TZ=UTC
source "$checkout/tests/system/device.sh"
shift 4

# What an app says of the board's lines is only the same where there are none.
if [ "$name" = panel ] && ls /dev/gpiochip* >/dev/null 2>&1; then
	echo "skipped: this machine has GPIO lines"
	exit 77
fi

run_options=()
settings=()
label=
while [ $# -gt 0 ]; do
	if [ "$1" = set ]; then
		settings+=("$2" "$3")
		label="$label-$3"
		shift 3
	else
		run_options+=("$1")
		case $1 in
		--*) ;;
		*) label="$label-$1" ;;
		esac
		shift
	fi
done
output=$output/$name$label
rm -rf -- "$output"
mkdir -p -- "$output"

device_start "${run_options[@]}"
check strata clock set 2026-01-02T09:41:00Z
for ((i = 0; i < ${#settings[@]}; i += 2)); do
	check strata set "${settings[i]}" "${settings[i + 1]}"
done
cd -- "$output" || exit 1
check strata play "$here/$name.touch"
check strata stop

tolerance=2
if [ -r /etc/debian_version ] && [[ $(cat /etc/debian_version) == 12* ]]; then
	tolerance=0
fi
wrong=0
differs() {
	echo "DIFFERS: $1: $2"
	wrong=1
}
for made in *.json *.png; do
	[ -e "$made" ] || continue
	expected=$here/expected/$name$label-${made%.json}
	if [ "$made" != "${made%.json}" ]; then
		python3 "$here/text_of.py" "$made" >"${made%.json}.txt"
		made=${made%.json}.txt
		expected=$expected.txt
	fi
	if [ "${GOLDEN:-}" = accept ]; then
		mkdir -p -- "$here/expected"
		cp -- "$made" "$expected"
	elif [ ! -e "$expected" ]; then
		differs "$made" "nothing is expected yet; look at $output/$made, then GOLDEN=accept"
	elif [ "$made" != "${made%.txt}" ]; then
		diff -u "$expected" "$made" || differs "$made" "see above"
	else
		said=$("$program" compare --tolerance $tolerance --picture "difference-$made" "$expected" "$made" 2>&1) ||
			differs "$made" "$said; see $output/difference-$made"
	fi
done
exit $wrong
