#!/bin/sh
# usage: check_headers.sh ROOT [CC]
# Each public header compiles alone, twice over, seeing only its own layer and those below; each
# umbrella names every header of its folder. F20
set -u
root=${1%/}
cc=${2:-cc}
result=0
includes=

compiles() { # <os/list.h>
	# shellcheck disable=SC2086 # includes is a list
	printf '#include <%s>\n#include <%s>\n' "$1" "$1" |
		$cc -x c -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-parameter -fsyntax-only $includes -
}

cd -- "$root" || exit 1
for pair in core-os:os core-services:cs media:md touch-ui:ui; do
	layer=${pair%:*}
	prefix=${pair#*:}
	includes="$includes -I$layer/include"
	umbrella=$layer/include/$prefix/$prefix.h
	for header in "$layer/include/$prefix"/*.h; do
		[ -e "$header" ] || continue
		name=$prefix/${header##*/}
		if ! compiles "$name"; then
			echo "$header: does not compile alone"
			result=1
		fi
		[ "$header" != "$umbrella" ] || continue
		if [ ! -e "$umbrella" ]; then
			missing=$umbrella
		elif ! grep -q "<$name>" "$umbrella"; then
			echo "$umbrella: does not name <$name>"
			result=1
		fi
	done
	if [ -n "${missing:-}" ]; then
		echo "$missing: a layer with headers has an umbrella"
		missing=
		result=1
	fi
	for header in "$layer/include"/*; do
		[ ! -e "$header" ] || [ "${header##*/}" = "$prefix" ] || {
			echo "$header: public headers of $layer are in include/$prefix/"
			result=1
		}
	done
done
exit $result
