#!/bin/bash
# The guest's kernel, Debian's newest of arm64, unpacked and never installed: vmlinuz, the modules
# that a virtual board can meet, and an initrd that puts the guest's disks over each other. Made once
# for each text of this file and guest-init, and kept; prints the folder.
# usage: kernel.sh CACHE
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
cache=$1
key=$(cat "$here/kernel.sh" "$here/guest-init" | sha256sum | cut -c 1-12)
made=$cache/kernel-$key

# 20 MB of 300.
modules=(
	drivers/virtio drivers/gpu/drm/virtio drivers/block/virtio_blk.ko drivers/char/virtio_console.ko
	drivers/char/hw_random drivers/gpu/drm/drm.ko drivers/gpu/drm/drm_kms_helper.ko
	drivers/gpu/drm/drm_shmem_helper.ko drivers/input drivers/hid drivers/usb/host drivers/usb/core
	drivers/usb/common drivers/gpio drivers/i2c drivers/video fs/autofs fs/ext4 fs/jbd2 fs/mbcache.ko
	fs/overlayfs fs/fuse crypto lib arch/arm64/crypto
)

say() {
	printf 'strata: %s\n' "$*" >&2
}

# The one program in the initrd, from its package.
get_busybox() { # TO
	(cd "$1" && apt-get download -q busybox-static:arm64 >&2 && dpkg -x ./busybox*.deb busybox)
}

# The newest of Debian's, unpacked, never installed.
make_kernel() { # FOLDER
	local package version folder
	package=$(apt-cache depends linux-image-arm64:arm64 |
		sed -n 's/.*Depends: \(linux-image-[0-9.]*-[0-9]*-arm64\).*/\1/p' | head -n 1)
	[ -n "$package" ] || { say "apt knows no kernel of arm64" && return 1; }
	say "the kernel: $package"
	mkdir -p "$1"
	(cd "$1" && apt-get download -q "$package:arm64" >&2 && dpkg -x ./*.deb . && rm -- ./*.deb)
	version=${package#linux-image-}
	folder=$made.new/modules/lib/modules/$version
	mkdir -p "$folder/kernel"
	cp "$1/lib/modules/$version"/modules.{builtin,builtin.modinfo,order} "$folder/"
	local part
	for part in "${modules[@]}"; do
		[ -e "$1/lib/modules/$version/kernel/$part" ] || continue
		mkdir -p "$folder/kernel/${part%/*}"
		cp -r "$1/lib/modules/$version/kernel/$part" "$folder/kernel/${part%/*}/"
	done
	depmod -b "$made.new/modules" "$version"
	cp "$1/boot/vmlinuz-$version" "$made.new/vmlinuz"
	printf '%s\n' "$version" >"$made.new/version"
}

# Busybox, and the modules that the disks and the way in need.
make_initrd() { # BUSYBOX FOLDER
	local to=$2 version module file
	version=$(cat "$made.new/version")
	mkdir -p "$to"/{bin,proc,sys,dev,root,strata,own,new,modules}
	cp "$1/bin/busybox" "$to/bin/"
	ln -s busybox "$to/bin/sh"
	for module in virtio_pci virtio_mmio virtio_blk virtio_console crc32c_generic ext4 overlay virtio_gpu; do
		modprobe -d "$made.new/modules" -S "$version" --show-depends "$module" |
			sed -n 's/^insmod \([^ ]*\).*/\1/p'
	done | awk '!seen[$0]++' | while read -r file; do
		cp "$file" "$to/modules/"
		basename "$file" >>"$to/modules/list"
	done
	install -m 755 "$here/guest-init" "$to/init"
	(cd "$to" && find . | cpio -o -H newc --quiet | gzip -1) >"$made.new/initrd.img"
}

if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	rm -rf -- "$cache"/kernel-*
	mkdir -p "$made.new"
	work=$(mktemp -d "$cache/work.XXXXXX")
	trap 'rm -rf -- "$work"' EXIT
	make_kernel "$work/kernel"
	get_busybox "$work"
	make_initrd "$work/busybox" "$work/initrd"
	mv -- "$made.new" "$made"
fi
printf '%s\n' "$made"
