#!/bin/sh
# usage: check_sources.sh ROOT
# What can be read from the text of the tree: the layer law, and the habits of docs/style.md. F125
set -u
root=${1%/}
here=$(dirname -- "$0")
result=0

files() {
	find "$root/core-os" "$root/board" "$root/core-services" "$root/media" "$root/touch-ui" \
		"$root/apps" "$root/tests" "$@" -type f -print0 | sort -z
}

files \( -name '*.c' -o -name '*.h' \) |
	xargs -0 awk -v root="$root" -f "$here/sources.awk" || result=1

{
	printf '%s\0' "$root/meson.build"
	files -name meson.build
} | xargs -0 awk -v root="$root" -f "$here/meson.awk" || result=1

# Scripts of tests sleep no more than C does.
files -name '*.sh' -path '*/tests/*' |
	xargs -0 -r awk -v root="$root" '
		/^[^#]*(^|[ \t;&|])sleep[ \t]+[0-9]/ {
			printf "%s:%d: a test waits for a fact, it does not sleep\n", substr(FILENAME, length(root) + 2), FNR
			bad = 1
		}
		END { exit bad }' || result=1

[ $result -eq 0 ] || echo "docs/architecture.md says why" >&2
exit $result
