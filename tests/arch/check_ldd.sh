#!/bin/sh
# usage: check_ldd.sh BUILD [COMMAND]
# `ldd` on each library and on each app's module, in its bundle, prints the picture of the layers:
# nothing missing, nothing of a layer above or beside, and an app stands on all four. COMMAND stands in
# for ldd where the libraries are another processor's.
set -u
build=$1
ldd=${2:-ldd}
layers="core-os core-services media touch-ui"
wrong=0

below() { # what LAYER may stand on
	for layer in $layers; do
		[ "$layer" = "$1" ] && return
		echo "$layer"
	done
}

say() {
	echo "$1: $2"
	wrong=1
}

check() { # FILE, then the layers that it may stand on
	file=$1
	shift
	# shellcheck disable=SC2086 # a command and its words
	$ldd "$file" >"$list" 2>&1 || say "$file" "ldd fails: $(cat "$list")"
	! grep -q "not found" "$list" || say "$file" "$(grep "not found" "$list")"
	for seen in $(sed -n 's/.*libstrata-\(.*\)\.so\.[0-9]* => .*/\1/p' "$list"); do
		case " $* " in
		*" $seen "*) ;;
		*) say "$file" "stands on $seen, which is not below it" ;;
		esac
	done
}

list=$(mktemp)
trap 'rm -f "$list"' EXIT
for layer in $layers; do
	# shellcheck disable=SC2046 # a list
	check "$build/$layer/libstrata-$layer.so.0" $(below "$layer")
done
for bundle in "$build"/apps/bundles/*/; do
	for module in "$bundle"*.so; do
		# shellcheck disable=SC2086 # a list
		check "$module" $layers
		for layer in $layers; do
			grep -q "libstrata-$layer" "$list" || say "$module" "does not stand on $layer"
		done
	done
done
for module in "$build"/board/*/libstrata-board-*.so "$build"/board/libstrata-board-*.so; do
	[ ! -e "$module" ] || check "$module" core-os
done
exit $wrong
