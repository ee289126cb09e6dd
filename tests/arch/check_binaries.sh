#!/bin/sh
# usage: check_binaries.sh BUILD
# What the linker made: exports carry the layer's prefix, nothing undefined belongs to a layer above,
# nobody is linked with a board, and no class record was copied into a program. F125
set -u
build=${1%/}

# Says what each line of stdin is guilty of.
report() { # file, text
	while IFS= read -r line; do
		printf '%s: %s %s\n' "${1#"$build"/}" "$2" "$line"
	done
}

exports() {
	nm -D --defined-only -- "$1" | awk '{ print $NF }' | sed 's/@.*//' |
		grep -vE '^(_init|_fini|_edata|_end|__end__|_bss_end__|__bss_(start|start__|end__))$|^__(asan|ubsan|odr_asan)'
}

undefined() {
	nm -D --undefined-only -- "$1" | awk '{ print $NF }' | sed 's/@.*//'
}

needs() {
	readelf -dW -- "$1" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p'
}

check_library() { # file, own prefix, expression of the prefixes above, of the libraries above
	exports "$1" | grep -v "^$2" | report "$1" "exports a name without $2:"
	undefined "$1" | grep -E "^($3)_" | report "$1" "needs a name of a layer above:"
	needs "$1" | grep -E "^libstrata-($4)" | report "$1" "is linked with a layer above or beside:"
	readelf -dW -- "$1" | grep -o 'SYMBOLIC' | head -n 1 |
		report "$1" "its class records could be copied, since it is linked with -B"
	readelf --dyn-syms -W -- "$1" | awk '$6 == "PROTECTED" { print $8 }' |
		report "$1" "has protected visibility:"
}

check_any() {
	needs "$1" | grep -E '^libstrata-board' | report "$1" "is linked with a board, which is only opened:"
	readelf -rW -- "$1" 2>/dev/null | awk '$3 ~ /_COPY$/ { print $5 }' |
		grep -E '^(os|cs|md|ui)_' | report "$1" "has its own copy of the record"
}

check_all() {
	find "$build/core-os" "$build/board" "$build/core-services" "$build/media" "$build/touch-ui" \
		"$build/apps" -type f \( -perm -100 -o -name '*.so*' \) \
		! -name '*.symbols' ! -path '*.p/*' 2>/dev/null |
		while IFS= read -r file; do
			[ "$(head -c 4 -- "$file" | tr -d '\0')" = "$(printf '\177ELF')" ] || continue
			case ${file##*/} in
			libstrata-core-os.so*)
				check_library "$file" os_ 'cs|md|ui' 'core-services|media|touch-ui|board' ;;
			libstrata-core-services.so*)
				check_library "$file" cs_ 'md|ui' 'media|touch-ui|board' ;;
			libstrata-media.so*) check_library "$file" md_ 'ui' 'touch-ui|board' ;;
			libstrata-touch-ui.so*) check_library "$file" ui_ 'none' 'board' ;;
			libstrata-board-*)
				check_library "$file" strata_board 'cs|md|ui' 'core-services|media|touch-ui' ;;
			esac
			check_any "$file"
		done
}

[ -d "$build/core-os" ] || {
	echo "$build: nothing was built there"
	exit 1
}
said=$(check_all)
[ -z "$said" ] || {
	printf '%s\n' "$said"
	exit 1
}
