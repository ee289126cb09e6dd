#!/usr/bin/env bash
# F143: the packages in a clean root file system of another Debian.
#
#	packages.sh CHECKOUT bookworm|trixie amd64|arm64
#
# Makes the root (kept in the cache), installs the packages into a copy of it with what they need,
# boots a device without a screen, writes a note by fingers, makes the root boot into an app and
# puts it back, purges, and compares all files with those before. Foreign processors run under
# qemu-user, which knows no real seccomp: apps run without walls there. Skips (77) when not root.
set -eu
checkout=$1 suite=$2 arch=$3
cache=${XDG_CACHE_HOME:-$HOME/.cache}/strata/roots
base=$cache/$suite-$arch.tar
own=$(dpkg --print-architecture)

say() {
	printf 'packages %s %s: %s\n' "$suite" "$arch" "$*"
}

fail() {
	say "FAILED: $*"
	exit 1
}

[ "$(id -u)" -eq 0 ] || { say "skipped: a root file system is made by root only"; exit 77; }

need=(mmdebstrap arch-test)
[ "$arch" = "$own" ] || need+=(qemu-user-static binfmt-support)
dpkg-query -W -f '' "${need[@]}" 2>/dev/null ||
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${need[@]}" >/dev/null
if [ "$arch" != "$own" ] && ! arch-test "$arch" >/dev/null; then
	mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc 2>/dev/null || true
	update-binfmts --enable >/dev/null 2>&1 || true
	arch-test "$arch" >/dev/null || { say "skipped: programs for $arch do not run here"; exit 77; }
fi

if [ ! -f "$base" ]; then
	mkdir -p "$cache"
	say "making a clean root (kept in $base)"
	mmdebstrap --quiet --arch="$arch" --variant=apt --include=ca-certificates,systemd,udev \
		--aptopt='Apt::Install-Recommends "false"' --aptopt='APT::Sandbox::User "root"' \
		"$suite" "$cache/new-$$.tar"
	mv -- "$cache/new-$$.tar" "$base"
fi

packages=$checkout/build/packages
version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$checkout/meson.build" | head -n 1)
for name in strata strata-view strata-dev; do
	deb=$packages/${name}_${version}_$arch.deb
	if [ ! -f "$deb" ] || [ -n "$(find "$checkout"/{core-os,core-services,media,touch-ui,apps,board} \
		-type f -newer "$deb" -print -quit)" ]; then
		bash "$checkout/board/install/package.sh" "$arch" >/dev/null
	fi
done

work=$(mktemp -d "${TMPDIR:-/var/tmp}/strata-packages.XXXXXX")
root=$work/root
finish() {
	umount -l "$root/proc" "$root/dev" 2>/dev/null || true
	rm -rf -- "$work"
}
trap finish EXIT
mkdir "$root"
tar -C "$root" -xf "$base" --exclude=./dev/*
cp /etc/resolv.conf "$root/etc/resolv.conf"

# Runs in the root as its only world: a mount namespace and pivot_root, since walls cannot be built
# in a chroot.
in_root() {
	unshare --mount --pid --fork bash -c '
		root=$1; shift
		mount --bind "$root" "$root"
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount -t tmpfs tmpfs "$root/tmp"
		mkdir -p "$root/tmp/packages" "$root/old"
		cp "$0"/*.deb "$root/tmp/packages/" 2>/dev/null
		cd "$root" && pivot_root . old && cd /
		umount -l /old && rmdir /old 2>/dev/null
		exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
			DEBIAN_FRONTEND=noninteractive "$@"' "$deb" "$root" "$@"
}

list_files() {
	(cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./var/cache \
		-o -path ./var/lib/apt -o -path ./var/log -o -path ./var/lib/dpkg -o -path ./run \
		-o -path ./root \) -prune -o -print | sort)
}

deb=$work/deb
mkdir "$deb"
cp "$packages"/strata_"${version}_$arch".deb "$packages"/strata-view_"${version}_$arch".deb \
	"$packages"/strata-dev_"${version}_$arch".deb "$deb/"
in_root apt-get -qq update

# No file is in two of them, and the GPL's library is wanted by its own package alone.
twice=$(for file in "$deb"/*.deb; do dpkg-deb -c "$file" | awk '!/^d/ {print $6}'; done | sort | uniq -d)
[ -z "$twice" ] || fail "in two packages: $twice"
! dpkg-deb -f "$deb/strata_${version}_$arch.deb" Depends | grep -q vncserver || fail "strata wants libvncserver"

# What they need stays behind; the comparison is about what they are.
say "installing what the packages need"
in_root sh -c 'apt-get -qq install -y --no-install-recommends /tmp/packages/*.deb >/var/log/strata-install.log 2>&1' ||
	{ tail -n 20 "$root/var/log/strata-install.log"; fail "they do not install"; }
in_root sh -c 'dpkg --purge strata-dev strata-view strata >/dev/null'
list_files >"$work/before"

say "installing"
in_root sh -c 'dpkg -i /tmp/packages/*.deb >/dev/null' || fail "dpkg -i"
walls=
[ "$arch" = "$own" ] || walls=--no-walls
say "running"
in_root bash -c "
	set -e
	mkdir -p /tmp/home && export STRATA_HOME=/tmp/home
	strata --help >/dev/null
	timeout 300 strata run --headless --detach $walls
	strata status --json | grep -q '\"state\"'
	strata tap Notes && strata tap New && strata type 'from a package' && strata key back
	strata expect 'from a package'
	strata screenshot /var/log/strata.png
	strata stop
	test ! -e /tmp/home/default/containers/org.strata.notes/store.sqlite-wal
" || fail "it does not run"

say "a board, and back"
list_files >"$work/installed"
cp -a "$root/etc" "$work/etc"
mkdir -p "$root/boot/firmware" && echo 'console=serial0,115200 console=tty1 root=/dev/mmcblk0p2 rootwait' >"$root/boot/firmware/cmdline.txt"
echo 'dtoverlay=vc4-kms-v3d' >"$root/boot/firmware/config.txt"
cp -r "$root/boot/firmware" "$work/firmware"
in_root strata board install --no-start --app org.strata.notes || fail "board install"
grep -q 'vt.global_cursor_default=0' "$root/boot/firmware/cmdline.txt" || fail "cmdline.txt is as it was"
! grep -q 'console=tty1' "$root/boot/firmware/cmdline.txt" || fail "console=tty1 is still there"
grep -qx 'app=org.strata.notes' "$root/etc/strata/board.conf" || fail "board.conf names no app"
in_root systemctl is-enabled strata.service >/dev/null || fail "the unit is not enabled"
in_root strata board install --no-start --app org.strata.notes >/dev/null || fail "a second board install"
in_root strata board uninstall --erase || fail "board uninstall"
diff -r "$work/firmware" "$root/boot/firmware" || fail "the firmware's files are not as before"
rm -rf -- "$root/boot/firmware"
list_files | diff "$work/installed" - || fail "board uninstall leaves files, or takes others'"
diff -r --no-dereference "$work/etc" "$root/etc" --exclude='*-' --exclude=subuid --exclude=subgid ||
	fail "/etc is not as before"

say "purging"
in_root sh -c 'dpkg --purge strata-dev strata-view strata >/dev/null' || fail "purge"
list_files | diff "$work/before" - || fail "files are left behind, or taken that were others'"
say "passed"
