#!/usr/bin/env bash
# The packages: board/install/package.sh [amd64] [arm64]
#
# Builds .deb files of this tree into build/packages, for both processors unless one is named, and
# lets lintian look at them. What it needs to do so it installs itself. Prints the files.
set -eu
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
top=$(cd -- "$here/../.." && pwd)
out=$top/build/packages

say() {
	printf 'strata: %s\n' "$*" >&2
}

# The libraries that the packages are built on; the rest of Build-Depends are tools.
libraries=$(sed -n '/^Build-Depends/,/^$/p' "$here/debian/control" | tr ',' '\n' |
	grep -oE 'lib[a-z0-9.+-]+-dev')
tools="debhelper dpkg-dev fakeroot lintian meson ninja-build pkg-config bootstrap-icons librsvg2-bin libpng-dev gcc libc6-dev"
own=$(dpkg --print-architecture)
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(amd64 arm64)

is_there() {
	# A name without a processor may be there for several.
	case $(dpkg-query -W -f '${db:Status-Status} ' "$1" 2>/dev/null) in
	*"installed "*) ! dpkg-query -W -f '${db:Status-Status} ' "$1" | grep -q 'not-installed ' ;;
	*) return 1 ;;
	esac
}

install_missing() {
	local missing=() package as=()
	for package in "$@"; do
		is_there "$package" || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" -eq 0 ] || as=(sudo)
	say "installing: ${missing[*]}"
	"${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
		-o DPkg::Lock::Timeout=400 "${missing[@]}" >&2 && return 0
	"${as[@]}" apt-get update >&2
	"${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
		-o DPkg::Lock::Timeout=400 "${missing[@]}" >&2
}

prepare() {
	local arch=$1 library all=()
	# shellcheck disable=SC2086
	install_missing $tools
	if [ "$arch" != "$own" ]; then
		if ! dpkg --print-foreign-architectures | grep -qx "$arch"; then
			local as=()
			[ "$(id -u)" -eq 0 ] || as=(sudo)
			"${as[@]}" dpkg --add-architecture "$arch" && "${as[@]}" apt-get update >&2
		fi
		# Its meson file wants a C++ compiler to be there, though nothing is C++.
		install_missing "g++-$(dpkg-architecture -a "$arch" -q DEB_HOST_GNU_TYPE 2>/dev/null | tr _ -)"
	fi
	for library in $libraries; do
		# Its headers for two processors shut each other out: ours, and the library itself.
		case $library in
		libvncserver-dev) all+=("$library" "libvncserver1:$arch") ;;
		*) all+=("$library:$arch") ;;
		esac
	done
	install_missing "${all[@]}"
}

# A copy, so that nothing is written beside the sources and nothing unknown gets in.
copy_tree() {
	local to=$1
	rm -rf -- "$to" && mkdir -p "$to"
	if git -C "$top" rev-parse --git-dir >/dev/null 2>&1; then
		git -C "$top" ls-files -z
	else
		(cd "$top" && find . -path ./build -prune -o -type f -print0)
	fi | tar -C "$top" --null --files-from=- -cf - | tar -C "$to" -xf -
	cp -r "$here/debian" "$to/debian"
}

build() {
	local arch=$1 work=$out/work-$1 host=()
	[ "$arch" = "$own" ] || host=(--host-arch="$arch" -Pcross)
	copy_tree "$work/strata"
	say "building for $arch"
	(
		cd "$work/strata"
		export DEB_BUILD_OPTIONS="nocheck noautodbgsym parallel=$(nproc)"
		dpkg-buildpackage -b -us -uc -d "${host[@]}"
	) >"$work.log" 2>&1 || {
		tail -n 30 "$work.log" >&2
		say "the packages for $arch were not built; all of it is in $work.log"
		exit 1
	}
	mv -- "$work"/*.deb "$out/"
	rm -rf -- "$work"
}

[ ! -d /usr/lib/ccache ] || PATH=/usr/lib/ccache:$PATH
mkdir -p "$out"
version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$top/meson.build" | head -n 1)
case "$(head -n 1 "$here/debian/changelog")" in
"strata ($version) "*) ;;
*) say "debian/changelog and meson.build do not name the same version" && exit 1 ;;
esac
for arch in "${wanted[@]}"; do
	case $arch in
	amd64 | arm64) ;;
	*) say "for amd64 or arm64: $arch" && exit 2 ;;
	esac
	prepare "$arch"
	build "$arch"
	for file in "$out"/strata_"${version}"_"$arch".deb "$out"/strata-*_"${version}"_"$arch".deb; do
		lintian --fail-on error "$file" >&2
		printf '%s\n' "$file"
	done
done
