#!/bin/bash
# What `strata test --arch arm64` and `strata test board` need beside what the build needs: a cross
# compiler, Debian's :arm64 libraries beside the machine's own, and qemu-user for the programs.
# usage: prepare_arm64.sh [PACKAGE…]        further packages to be there
set -u

# The libraries are those of ./strata, in the order of the layers.
libraries=(
	libc6-dev libseccomp-dev libsodium-dev libsdl2-dev libdrm-dev libudev-dev libinput-dev
	libxkbcommon-dev libx11-dev libxtst-dev libsqlite3-dev libjansson-dev libcairo2-dev
	libpango1.0-dev libpixman-1-dev libpng-dev libcmocka-dev libvncserver-dev
)
tools=(gcc-aarch64-linux-gnu qemu-user-static binfmt-support "$@")

say() {
	printf 'strata: %s\n' "$*" >&2
}

as=()
if [ "$(id -u)" -ne 0 ]; then
	as=(sudo)
fi

is_there() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

get() {
	"${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
		-o DPkg::Lock::Timeout=400 "$@" >&2
}

install_missing() {
	local missing=() package
	for package in "${tools[@]}"; do
		is_there "$package" || missing+=("$package")
	done
	for package in "${libraries[@]}"; do
		# Its headers for two processors shut each other out: ours, and the library itself.
		[ "$package" != libvncserver-dev ] || package=libvncserver1
		is_there "$package:arm64" || missing+=("$package:arm64")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	say "installing: ${missing[*]}"
	if ! dpkg --print-foreign-architectures | grep -qx arm64; then
		"${as[@]}" dpkg --add-architecture arm64 && "${as[@]}" apt-get update >&2 || return 1
	fi
	get "${missing[@]}" && return 0
	say "apt knows nothing of these yet, or something old of them: apt-get update"
	"${as[@]}" apt-get update >&2 && get "${missing[@]}"
}

# A test that starts a program hands it to the kernel, which has to know the emulator then.
teach_kernel() {
	local known=/proc/sys/fs/binfmt_misc
	[ ! -e $known/qemu-aarch64 ] || return 0
	[ -e $known/register ] || "${as[@]}" mount -t binfmt_misc binfmt_misc $known 2>/dev/null
	"${as[@]}" update-binfmts --enable qemu-aarch64 2>/dev/null
	[ -e $known/qemu-aarch64 ]
}

[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || {
	say "building for arm64 elsewhere than on a Debian of amd64 is not known"
	exit 1
}
install_missing || {
	say "packages are missing; nothing was built for arm64"
	exit 1
}
teach_kernel || {
	say "the kernel does not run programs of arm64 by themselves (binfmt_misc), and may not be told"
	exit 1
}
