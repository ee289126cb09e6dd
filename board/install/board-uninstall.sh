#!/usr/bin/env bash
# strata board uninstall [--root DIR] [--erase]
#
# Takes back, newest first, what `strata board install` has written down. The data of apps in
# /var/lib/strata stays, and the user whom it belongs to; with --erase they go too.
set -eu
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
. "$here/common.sh"

ROOT= ERASE= restored=
while [ $# -gt 0 ]; do
	case $1 in
	--root)
		[ -d "${2:-}" ] || fail "--root: there is no folder \"${2:-}\""
		ROOT=$(cd -- "$2" && pwd)
		shift
		;;
	--erase) ERASE=1 ;;
	*) fail "board uninstall does not know $1" ;;
	esac
	shift
done
[ "$ROOT" != / ] || ROOT=
[ "$(id -u)" -eq 0 ] || fail "this changes the machine: sudo strata board uninstall"
list=$ROOT$changes_dir/changes
[ -f "$list" ] || fail "nothing of it is written down in $changes_dir: it was not installed by strata board install"

take_back_unit() {
	if systemd_runs; then
		systemctl stop "$1" 2>/dev/null || true
	fi
	in_root systemctl disable "$1" >/dev/null 2>&1 || true
}

# Nobody has touched it since: then it is as it was to the letter. Else word by word.
take_back_cmdline() {
	if [ -s "$ROOT$changes_dir/cmdline.before" ] &&
		cmp -s "$ROOT$1" "$ROOT$changes_dir/cmdline.after"; then
		replace_file "$ROOT$1" "$(cat "$ROOT$changes_dir/cmdline.before")"
		restored=1
	fi
}

take_back_word() {
	if [ -z "$restored" ] && [ -f "$ROOT$1" ] && has_word "$ROOT$1" "$2"; then
		drop_word "$1" "$2"
	fi
}

take_back() {
	local kind=$1 a=$2 b=${3:-}
	case $kind in
	unit) take_back_unit "$a" ;;
	getty)
		in_root systemctl enable "$a" >/dev/null 2>&1 || true
		! systemd_runs || systemctl start --no-block "$a" 2>/dev/null || true
		;;
	file) rm -f -- "$ROOT$a" ;;
	grub)
		rm -f -- "$ROOT$a"
		in_root sh -c 'command -v update-grub >/dev/null && update-grub' >/dev/null 2>&1 || true
		;;
	line) [ ! -f "$ROOT$a" ] || sed -i "\\|^$b\$|d" "$ROOT$a" ;;
	cmdline) take_back_cmdline "$a" ;;
	word) take_back_word "$a" "$b" ;;
	word-removed)
		if [ -z "$restored" ] && [ -f "$ROOT$a" ] && ! has_word "$ROOT$a" "$b"; then
			add_word "$a" "$b"
		fi
		;;
	package) say "the package stays until: apt-get purge $a" ;;
	group) [ -z "$ERASE" ] || in_root groupdel "$a" 2>/dev/null || true ;;
	user)
		if [ -n "$ERASE" ]; then
			rm -rf -- "$ROOT/var/lib/strata" "$ROOT/var/cache/strata"
			in_root userdel "$a" 2>/dev/null || true
		fi
		;;
	*) say "note: \"$kind $a\" is nothing this version knows; left alone" ;;
	esac
}

while IFS=' ' read -r kind a b; do
	take_back "$kind" "$a" "$b"
done < <(tac "$list")
rmdir "$ROOT/etc/strata" 2>/dev/null || true
if systemd_runs; then
	systemctl daemon-reload
	udevadm control --reload 2>/dev/null || true
fi
if [ -n "$ERASE" ] || [ ! -d "$ROOT/var/lib/strata" ]; then
	rm -rf -- "$ROOT$changes_dir"
	say "each change was taken back; apps' data is erased"
else
	# Who the data belongs to is taken back with --erase, now or later.
	grep -E '^(user|group|package) ' "$list" >"$list.new" || true
	mv -- "$list.new" "$list"
	rm -f -- "$ROOT$changes_dir"/cmdline.*
	say "each change was taken back, but for the apps' data in /var/lib/strata and its user: strata board uninstall --erase takes them too"
fi
