#!/bin/sh
# usage: power.sh STRATA
# The screen of a device that nobody touches grows dim and then dark, and then nobody is woken; the
# touch that wakes it is nobody's; the power key goes both ways; a battery is shown; the slider in
# Settings is the setting. F16 F17 F82
set -u
. "$(dirname "$0")/device.sh"
rest=$(dirname "$0")/rest.py

power() { # KEY
	strata status --json | json "it['power']['$1']"
}
foreground() {
	strata status --json | json "it['foreground']"
}
is_off() {
	[ "$(power screen)" = off ]
}

device_start
equal "$(power screen)" on
equal "$(power battery)" None

# Time is stepped: dim after 2 s, dark after 4.
check strata set display.dim-after 2
check strata set display.blank-after 4
check strata clock hold
check strata clock step 150f
equal "$(power screen)" dimmed
check strata clock step 120f
equal "$(power screen)" off
check strata clock run
check strata settle

# In the dark nobody is woken, and nothing is shown.
check strata clock set 12:00:01
pids=$(strata status --json | json "' '.join(str(p['pid']) for p in it['processes'])")
frames=$(strata status --json | json "it['frames_presented']")
# shellcheck disable=SC2086 # a list
woke=$(python3 "$rest" 2 $pids) || fail "in the dark: $woke"
check strata set look dark
check strata settle
equal "$(strata status --json | json "it['frames_presented']")" "$frames"
equal "$(power screen)" off

# The touch that wakes it opens nothing; the next one does.
check strata set display.blank-after 0
check strata tap '"Notes"'
equal "$(power screen)" on
check strata settle
equal "$(foreground)" None
check strata tap '"Notes"'
check strata expect '"Write a note"'
check strata settle

# The power key, and a key that only wakes.
check strata key lock
until_fact "the screen is off" is_off
check strata key home
equal "$(power screen)" on
equal "$(foreground)" org.strata.notes
check strata key home
check strata settle
equal "$(foreground)" None

check strata battery 15 --charging
check strata expect '"Battery 15 %, charging"'
equal "$(power battery)" 0.15
check strata battery off
equal "$(power battery)" None

# The slider is the setting, and the setting the slider.
check strata set display.brightness 0.5
check strata launch settings
check strata settle # it grows out of its icon: what is under a finger moves
check strata tap '"Display"'
printf '%s\n' 'expect-value "Brightness" "50 %"' settle 'drag 240 130 0 130 300 hold' \
	'expect-value "Brightness" "0 %"' settle >"$place/slide.touch"
check strata play "$place/slide.touch"
equal "$(strata get display.brightness)" 0.0
equal "$(power brightness)" 0
check strata stop
