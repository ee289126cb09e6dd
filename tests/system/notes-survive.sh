#!/bin/sh
# usage: notes-survive.sh STRATA NOTES
# The storage law (DESIGN.md, 8) on the real thing: NOTES notes are written one after the other, every
# process of the device is killed 300 ms after the last key, and all that was written is there after
# the next start. Again and again, until notes in twenty scripts of the world have been through it.
# F18 F60
set -u
. "$(dirname "$0")/device.sh"
at_once=$2

notes() {
	cat <<'NOTES'
Milk, eggs and bread
Tiếng Việt: phở và cà phê sữa
Молоко, яйца и хлеб
Γάλα, αυγά και ψωμί
Կաթ, ձու և հաց
რძე, კვერცხი და პური
حليب وبيض وخبز
חלב, ביצים ולחם
दूध, अंडे और रोटी
দুধ, ডিম এবং রুটি
பால், முட்டை, ரொட்டி
ಹಾಲು, ಮೊಟ್ಟೆ ಮತ್ತು ಬ್ರೆಡ್
นม ไข่ และขนมปัง
ទឹកដោះគោ ស៊ុត នំប៉័ង
ወተት፣ እንቁላልና ዳቦ
牛奶、雞蛋和麵包
ぎゅうにゅうとパン
우유와 계란, 빵
👩🏽‍🍳🥛🥚🍞 🇳🇵 e̋ ą́ Z̷a̴l̶g̵o̸
mixed עברית with العربية and 中文 in 1 line
NOTES
}

# Every process of the device, its keeper too.
find_pids() {
	pids=$(strata status --json | json "' '.join(str(p['pid']) for p in it['processes'])")
}

# One dies of another's end before its turn comes; none is left.
kill_all() {
	# shellcheck disable=SC2086 # a list
	kill -9 $pids 2>/dev/null
	for pid in $pids; do
		has_ended "$pid" || fail "process $pid outlived kill -9"
	done
}

write_notes() { # from stdin
	check strata launch notes
	find_pids
	while IFS= read -r note; do
		check strata tap New </dev/null
		check strata type "$note" </dev/null
	done
	# This is the promise: what was typed 300 ms ago is on the disk. Only real time can tell.
	printf 'wait 300\n' | strata play - || fail "wait"
	kill_all
}

read_notes() { # the first $1 of them
	check strata launch notes --fresh
	notes | head -n "$1" | while IFS= read -r note; do
		check strata scroll-to "$note" </dev/null
		check strata expect "$note" </dev/null
	done || exit 1
}

notes >"$place/notes"
all=$(wc -l <"$place/notes")
equal "$all" 20
written=0
while [ $written -lt "$all" ]; do
	device_start
	tail -n +$((written + 1)) "$place/notes" | head -n "$at_once" | write_notes || exit 1
	written=$((written + at_once))
	[ $written -le "$all" ] || written=$all
	device_start
	read_notes $written || exit 1
	find_pids
	kill_all
done
device_start
read_notes "$all" || exit 1
check strata launch notes
equal "$(python3 - "$(strata container notes)/store.sqlite" <<'PYTHON'
import sqlite3, sys
store = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
print(store.execute("pragma integrity_check").fetchone()[0])
PYTHON
)" ok
equal "$(strata crashes --json)" "[]"
check strata stop
