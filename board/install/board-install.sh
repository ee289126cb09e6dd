#!/usr/bin/env bash
# strata board install [--app ID] [--root DIR] [--no-start] [--force]
#
# Makes this machine boot into Strata: the packages, a user of its own, udev rules, two units, the
# kernel's command line. Run again it mends and updates, and keeps the app that was chosen (--app home
# for none); `strata board uninstall` takes all of it away again. With --root it does the same to a
# mounted image.
set -eu
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
. "$here/common.sh"

ROOT= APP= START=1 FORCE=
while [ $# -gt 0 ]; do
	case $1 in
	--app)
		[ -n "${2:-}" ] || fail "--app: the id of an app is missing"
		APP=$2
		shift
		;;
	--root)
		[ -d "${2:-}" ] || fail "--root: there is no folder \"${2:-}\""
		ROOT=$(cd -- "$2" && pwd)
		shift
		;;
	--no-start) START= ;;
	--force) FORCE=1 ;;
	*) fail "board install does not know $1" ;;
	esac
	shift
done
[ "$ROOT" != / ] || ROOT=

check_machine() {
	[ "$(id -u)" -eq 0 ] || fail "this changes the machine: sudo strata board install"
	[ -f "$ROOT/etc/os-release" ] || fail "$ROOT/etc/os-release is not there: is this a root file system?"
	local id like codename
	id=$(. "$ROOT/etc/os-release" && printf '%s' "${ID:-}")
	like=$(. "$ROOT/etc/os-release" && printf '%s' "${ID_LIKE:-}")
	codename=$(. "$ROOT/etc/os-release" && printf '%s' "${VERSION_CODENAME:-}")
	case "$id $like" in
	*debian* | *raspbian*) ;;
	*) fail "made for Debian and Raspberry Pi OS; this is \"$id\"" ;;
	esac
	case $codename in
	bookworm | trixie) ;;
	*) say "note: tried on bookworm and trixie only; this is \"$codename\"" ;;
	esac
	[ -d "$ROOT/etc/systemd/system" ] || fail "no systemd in ${ROOT:-/}: nothing would start it"
	local unit
	for unit in display-manager.service lightdm.service gdm.service; do
		if [ -L "$ROOT/etc/systemd/system/$unit" ] && [ -z "$FORCE" ]; then
			fail "a desktop starts on this machine ($unit) and wants the same screen.
Boot to the console first (sudo systemctl set-default multi-user.target; sudo systemctl disable $unit),
or use a Lite image. With --force it is installed all the same."
		fi
	done
}

# The apps that come with Strata: a folder each, beside the libraries.
bundled_apps() {
	local folder
	for folder in "$ROOT"/usr/lib/*/strata/bundles/*/; do
		[ -d "$folder" ] && basename "$folder"
	done | grep -v '\.home$'
}

check_app() {
	case $APP in
	"" | home) return 0 ;;
	*[!A-Za-z0-9._-]* | .*) fail "\"$APP\" is not the id of an app (org.strata.panel is one)" ;;
	esac
	if ! bundled_apps | grep -qxF -- "$APP" &&
		[ ! -d "$ROOT/var/lib/strata/default/bundles/$APP" ]; then
		fail "there is no app $APP here; the ones that come with Strata:
$(bundled_apps | sed 's/^/  /')"
	fi
}

# From a checkout: build the packages of this tree and install them, so that apt knows what they
# need, and uninstalling them is apt's.
install_packages() {
	if [ -x "$ROOT/usr/libexec/strata/strata-supervisor" ] && [ ! -f "$here/package.sh" ]; then
		return 0
	fi
	[ -f "$here/package.sh" ] || fail "Strata is not installed in ${ROOT:-/}: install its package first"
	local arch packages
	arch=$(in_root dpkg --print-architecture)
	say "building the packages for $arch (some minutes on a small board)"
	packages=$(bash "$here/package.sh" "$arch" | grep -E "/strata(-view)?_[^/]*_$arch\.deb$")
	[ -n "$packages" ] || fail "the packages were not built; see above"
	note "package strata"
	local gpu="libegl1 libgles2 libgl1-mesa-dri" # of what the package recommends, all that it uses
	if [ -n "$ROOT" ]; then
		cp -- $packages "$ROOT/tmp/"
		in_root sh -c 'DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends /tmp/strata*.deb $0; r=$?; rm -f /tmp/strata*.deb; exit $r' "$gpu"
	else
		DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages $gpu
	fi
}

make_user() {
	local group
	if ! in_root getent passwd strata >/dev/null; then
		note "user strata"
		in_root useradd --system --user-group --home-dir /var/lib/strata --no-create-home \
			--shell /usr/sbin/nologin --comment "Strata" strata
	fi
	for group in $groups; do
		if ! in_root getent group "$group" >/dev/null; then
			case $group in
			gpio | i2c | render)
				note "group $group"
				in_root groupadd --system "$group"
				;;
			*) continue ;;
			esac
		fi
		in_root usermod -aG "$group" strata
	done
	in_root install -d -o strata -g strata -m 0711 /var/lib/strata
}

install_file() {
	local from=$1 to=$2
	note "file $to"
	install -D -m 0644 "$here/$from" "$ROOT$to"
}

write_config() {
	if [ ! -f "$ROOT/etc/strata/board.conf" ]; then
		note "file /etc/strata/board.conf"
		mkdir -p "$ROOT/etc/strata"
		install -m 0644 "$here/board.conf" "$ROOT/etc/strata/board.conf"
	fi
	# The rest of the file is its owner's.
	if [ -n "$APP" ]; then
		sed -i -e '/^[[:space:]]*app[[:space:]]*=/d' -e '$a\' "$ROOT/etc/strata/board.conf"
	fi
	if [ -n "$APP" ] && [ "$APP" != home ]; then
		printf 'app=%s\n' "$APP" >>"$ROOT/etc/strata/board.conf"
	fi
	APP=$(sed -n 's/^[[:space:]]*app[[:space:]]*=[[:space:]]*//p' "$ROOT/etc/strata/board.conf")
}

set_command_line() {
	local file word
	if file=$(find_cmdline); then
		mkdir -p "$ROOT$changes_dir"
		local before=$ROOT$changes_dir/cmdline.before after=$ROOT$changes_dir/cmdline.after
		local is_known=1
		if [ -f "$after" ] && ! cmp -s "$ROOT$file" "$after"; then
			is_known= # its owner has been here since: taken back word by word
			rm -f -- "$before" "$after"
		elif [ ! -f "$after" ]; then
			cp "$ROOT$file" "$before"
		fi
		for word in $words_added; do
			if ! has_word "$ROOT$file" "$word"; then
				note "word $file $word"
				add_word "$file" "$word"
			fi
		done
		if has_word "$ROOT$file" "$word_removed"; then
			note "word-removed $file $word_removed"
			drop_word "$file" "$word_removed"
		fi
		if [ -n "$is_known" ]; then
			cp "$ROOT$file" "$after"
			note "cmdline $file"
		fi
		quiet_firmware "$(dirname "$file")/config.txt"
	elif [ -d "$ROOT/etc/default/grub.d" ] || [ -f "$ROOT/etc/default/grub" ]; then
		note "grub /etc/default/grub.d/strata.cfg"
		mkdir -p "$ROOT/etc/default/grub.d"
		printf '# Written by strata board install.\nGRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT %s"\nGRUB_TIMEOUT=0\n' \
			"quiet loglevel=3 vt.global_cursor_default=0 psi=1" >"$ROOT/etc/default/grub.d/strata.cfg"
		in_root sh -c 'command -v update-grub >/dev/null && update-grub' >/dev/null 2>&1 || true
	else
		say "note: nothing known sets the kernel's command line here; for a quiet start add by hand:"
		say "  $words_added"
	fi
}

# The rainbow of the firmware comes before Linux.
quiet_firmware() {
	local file=$1
	[ -f "$ROOT$file" ] || return 0
	if ! grep -q '^disable_splash=' "$ROOT$file"; then
		note "line $file disable_splash=1"
		# First: behind a section it would be of some models alone.
		replace_file "$ROOT$file" "disable_splash=1
$(cat "$ROOT$file")"
	fi
}

enable_units() {
	local unit
	if [ -e "$ROOT/etc/systemd/system/getty.target.wants/getty@tty1.service" ]; then
		note "getty getty@tty1.service"
		in_root systemctl --no-reload disable getty@tty1.service >/dev/null 2>&1
	fi
	for unit in strata-splash.service strata.service; do
		note "unit $unit"
		in_root systemctl --no-reload enable "$unit" >/dev/null 2>&1 || fail "$unit cannot be enabled"
	done
	if systemd_runs; then
		systemctl daemon-reload
		udevadm control --reload && udevadm trigger --action=change --subsystem-match=backlight \
			--subsystem-match=gpio --subsystem-match=i2c-dev || true
		[ -z "$START" ] || systemctl restart strata.service ||
			fail "it is installed but does not start: journalctl -u strata"
	fi
}

check_machine
install_packages
[ -x "$ROOT/usr/libexec/strata/strata-supervisor" ] || fail "the packages were not installed; see above"
check_app
make_user
install_file 70-strata.rules /etc/udev/rules.d/70-strata.rules
install_file strata.service /etc/systemd/system/strata.service
install_file strata-splash.service /etc/systemd/system/strata-splash.service
write_config
set_command_line
in_root fc-cache -s >/dev/null 2>&1 || true # the first label of every app would pay for it
enable_units
if [ -n "$APP" ]; then
	say "this board boots into $APP. The way out by finger needs a passcode: sudo strata set kiosk.passcode"
else
	say "this board boots into Strata"
fi
if systemd_runs && [ -n "$START" ]; then
	say "it is on the screen now; from power-on and without text after a reboot"
else
	say "it starts with the next boot"
fi
