#!/bin/bash
# The root file system of `strata test board`'s guest: a Debian 12 of arm64 with systemd and the
# libraries that Strata is linked with. Nothing of Strata is in it. Made once for each text of this
# file and kept; prints the folder.
# usage: root.sh CACHE
set -eu
cache=$1
key=$(sha256sum "$0" | cut -c 1-12)
made=$cache/root-$key

# What board/install/debian/control has Strata depend on, and what a board has anyway.
packages=(
	systemd systemd-sysv udev dbus kmod login passwd busybox-static e2fsprogs
	libdrm2 libgbm1 libegl1 libegl-mesa0 libgles2 libgl1-mesa-dri libsdl2-2.0-0 libx11-6
	libinput10 libinput-bin libudev1 libxkbcommon0 xkb-data
	libcairo2 libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libpixman-1-0 libpng16-16
	libsqlite3-0 libjansson4 libseccomp2 libsodium23 libvncserver1
	fontconfig fonts-inter fonts-noto-core fonts-noto-color-emoji
)

say() {
	printf 'strata: %s\n' "$*" >&2
}

make_root() { # FOLDER
	say "the guest's root file system: some minutes, once"
	local list
	list=$(IFS=, && printf '%s' "${packages[*]}")
	mmdebstrap --arch=arm64 --variant=apt --include="$list" \
		--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
		--aptopt='Apt::Install-Recommends "false"' --aptopt='APT::Sandbox::User "root"' \
		--format=directory bookworm "$1" >&2
	# The first label of every program would pay for a missing font cache; under the emulator both
	# take a minute.
	chroot "$1" fc-cache -s >&2
	rm -rf "$1"/var/cache/apt/*.bin "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/archives/*.deb
	# A first boot asks nobody anything.
	printf '%s\n' 5f0c0ffee0005f0c0ffee0005f0c0ffe >"$1/etc/machine-id"
	printf 'board\n' >"$1/etc/hostname"
	printf 'LANG=C.UTF-8\n' >"$1/etc/locale.conf"
	: >"$1/etc/fstab"
	chroot "$1" systemctl mask systemd-firstboot.service systemd-networkd-wait-online.service \
		apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer dpkg-db-backup.timer fstrim.timer >&2
}

if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	rm -rf -- "$cache"/root-* "$cache"/work.*
	mkdir -p "$made.new"
	work=$(mktemp -d "$cache/work.XXXXXX")
	trap 'rm -rf -- "$work"' EXIT
	make_root "$work/root"
	chmod 755 "$work/root"
	mke2fs -q -t ext4 -O ^has_journal -d "$work/root" "$made.new/root.ext4" 900M >&2
	mv -- "$made.new" "$made"
	say "the root is kept in $made: $(du -sh "$made" | cut -f 1)"
fi
printf '%s\n' "$made"
