#!/bin/sh
# usage: comes-back.sh STRATA TIMES
# Compositor, services and home are killed TIMES each, a second or more apart. Each time the picture is
# back within 2 s (a deadline that is promised: DESIGN.md, 6), the app that was in front is the same
# process in front with the same text on the screen, a tap and a key reach it, and the settings are
# answered. F145
set -u
. "$(dirname "$0")/device.sh"
times=$2
helper=$(dirname "$0")/kill_role.py
text="A picture of many words, so that it is seen when they are missing. It is longer than one line, \
and longer than two; what follows it is one letter for each time that somebody died:"

now_ns() {
	date +%s%N
}

# Nothing is waited for but that a second has passed since the last kill: restarts are to be what
# one death costs, without back-off.
a_second_after() { # SINCE-NS
	until [ $(($(now_ns) - $1)) -ge 1000000000 ]; do
		strata status >/dev/null
	done
}

still_works() {
	equal "$(strata status --json | json "it['foreground']")" org.strata.notes
	equal "$(pid_of org.strata.notes)" "$notes"
	equal "$(pid_of org.strata.hello)" "$hello"
	check play "expect-value \"Note\" \"$typed\""
	equal "$(strata get look)" light
	check strata tap Note
	check strata type x
	typed="${typed}x"
	check play "expect-value \"Note\" \"$typed\""
	check strata settle
}

kill_often() { # ROLE
	slowest_ms=0
	for _ in $(seq "$times"); do
		check strata screenshot "$place/before.png"
		since=$(now_ns)
		took_ms=$(python3 "$helper" "$program" "$device" "$1" "$place/before.png") || fail "$took_ms"
		[ "$took_ms" -le $slowest_ms ] || slowest_ms=$took_ms
		still_works
		a_second_after "$since"
	done
	echo "$1: killed $times times, the picture was back after at most $slowest_ms ms"
}

device_start
check strata launch hello
hello=$(pid_of org.strata.hello)
check strata launch notes
notes=$(pid_of org.strata.notes)
check strata tap New
typed=$text
check strata type "$typed"
check strata settle

kill_often compositor
kill_often services
kill_often home

# Home is home again, the settings reach everybody, and the note is a note.
check strata set look dark
check strata settle
check strata screenshot "$place/dark.png"
! strata compare "$place/before.png" "$place/dark.png" >/dev/null || fail "the look did not change"
check strata key home
check strata settle
check strata tap Hello
check strata settle
equal "$(strata status --json | json "it['foreground']")" org.strata.hello
check strata launch notes
check play "expect-value \"Note\" \"$typed\""
equal "$(strata crashes --json | json "[c for c in it if c['app'] in ('org.strata.notes', 'org.strata.hello')]")" "[]"
check strata stop
