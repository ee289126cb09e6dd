#!/usr/bin/env bash
# usage: planted.sh ROOT [NAME]
# Plants each violation of the layer law in a copy of the tree and expects the real check, or the real
# build, to refuse it with its own sentence. NAME runs one plant alone. F125
set -u
root=${1%/}
only=${2:-}
here=$root/tests/arch
copy=$(mktemp -d "${TMPDIR:-/tmp}/strata-planted.XXXXXX") || exit 1
trap 'rm -rf -- "$copy"' EXIT
refused=0
failed=0

take_copy() {
	tar -C "$root" --exclude='./build*' --exclude=./.git -cf - . | tar -C "$copy" -xf -
}

# expect NAME SENTENCE COMMAND… : the command fails and says the sentence.
expect() {
	local name=$1 sentence=$2 said
	shift 2
	if said=$("$@" 2>&1); then
		printf 'NOT REFUSED: %s\n' "$name"
		failed=$((failed + 1))
	elif ! grep -qE -- "$sentence" <<<"$said"; then
		printf 'REFUSED, BUT NOT FOR THIS: %s: expected "%s", got:\n%s\n' "$name" "$sentence" "$said"
		failed=$((failed + 1))
	else
		printf 'refused: %s: %s\n' "$name" "$(grep -E -m 1 -- "$sentence" <<<"$said")"
		refused=$((refused + 1))
	fi
}

wanted() {
	[ -z "$only" ] || [ "$only" = "$1" ]
}

# plant NAME FILE TEXT SENTENCE CHECK… : TEXT at FILE's end, until the check has been seen.
plant() {
	local name=$1 file=$copy/$2 text=$3 sentence=$4
	shift 4
	wanted "$name" || return 0
	mkdir -p -- "${file%/*}"
	[ ! -e "$file" ] || cp -- "$file" "$copy.kept"
	printf '%b\n' "$text" >>"$file"
	expect "$name" "$sentence" "$@"
	if [ -e "$copy.kept" ]; then
		mv -f -- "$copy.kept" "$file"
	else
		rm -f -- "$file"
	fi
}

text_of_tree() {
	local check=(sh "$here/check_sources.sh" "$copy")
	plant dotdot core-os/src/status.c '#include "../include/os/status.h"' \
		"status.c:[0-9]+: an include may not climb" "${check[@]}"
	plant higher-include core-services/src/planted.c '#include <ui/view.h>' \
		"core-services may not include <ui/view.h>: touch-ui is not below it" "${check[@]}"
	plant beside-include board/sdl/planted.c '#include <md/surface.h>' \
		"board may not include <md/surface.h>: media is not below it" "${check[@]}"
	plant higher-name media/src/planted.c 'int ui_view_count(void);' \
		"media may not use ui_view_count: touch-ui is not below it" "${check[@]}"
	plant fence-sdl media/src/planted.c '#include <SDL.h>' "<SDL.h> is allowed in board/ only" "${check[@]}"
	plant fence-sqlite apps/notes/planted.c '#include <sqlite3.h>' \
		"<sqlite3.h> is allowed in core-services/ only" "${check[@]}"
	plant fence-cairo touch-ui/src/planted.c '#include <cairo/cairo.h>' \
		"<cairo/cairo.h> is allowed in media/ only" "${check[@]}"
	plant fence-rfb apps/cli/planted.c '#include <rfb/rfb.h>' "in apps/view/ only" "${check[@]}"
	plant fence-seccomp board/linux/planted.c '#include <seccomp.h>' \
		"<seccomp.h> is allowed in core-os/ only" "${check[@]}"
	plant private-in-public core-os/include/os/status.h '#include "status_private.h"' \
		'a public header includes only public headers, not "status_private.h"' "${check[@]}"
	plant missing-in-public core-os/include/os/status.h '#include <os/nowhere.h>' \
		"there is no <os/nowhere.h>" "${check[@]}"
	plant third-party-type media/include/md/planted.h 'void md_planted(cairo_t *context);' \
		"a public header may not name a third party's type" "${check[@]}"
	plant model-of-app apps/notes/planted_model.c '#include <ui/label.h>' \
		"an app's model includes only os/ and cs/" "${check[@]}"
	plant clock touch-ui/src/planted.c 'void f(void) { clock_gettime(CLOCK_MONOTONIC, 0); }' \
		"touch-ui/src/planted.c:1: only core-os and boards read a clock" "${check[@]}"
	plant wall-clock apps/notes/planted.c 'long f(void) { return time(NULL); }' \
		"apps/notes/planted.c:1: only core-os and boards read a clock" "${check[@]}"
	plant sleeping tests/core-os/planted.c 'void f(void) { usleep(1000); }' \
		"tests/core-os/planted.c:1: a test waits for a fact" "${check[@]}"
	plant sleeping-script tests/system/planted.sh 'slee''p 1' \
		"tests/system/planted.sh:1: a test waits for a fact" "${check[@]}"
	plant long-file apps/hello/planted.c "$(seq -f '// %g' 601)" \
		"planted.c:601: more than 600 lines" "${check[@]}"
	plant long-function apps/hello/planted.c "int f(void)\n{\n$(seq -f '\t// %g' 71)\n}" \
		"a function of 71 lines" "${check[@]}"
	plant root-target meson.build "executable('planted', 'planted.c', implicit_include_directories: false)" \
		"no compiled target in the root meson.build" "${check[@]}"
	plant implicit-includes core-os/meson.build "static_library('planted', 'planted.c')" \
		"core-os/meson.build:[0-9]+: a target without implicit_include_directories: false" "${check[@]}"
}

headers_of_tree() {
	local check=(sh "$here/check_headers.sh" "$copy")
	plant not-alone core-os/include/os/planted.h 'struct os_planted { uint32_t one; };' \
		"core-os/include/os/planted.h: does not compile alone" "${check[@]}"
	if wanted umbrella; then
		mkdir -p -- "$copy/core-os/include/os"
		printf '#ifndef A\n#define A\n#include <os/base.h>\n#endif\n' >"$copy.umbrella"
		[ ! -e "$copy/core-os/include/os/os.h" ] || mv -- "$copy/core-os/include/os/os.h" "$copy.kept.os"
		mv -- "$copy.umbrella" "$copy/core-os/include/os/os.h"
		expect umbrella "core-os/include/os/os.h: does not name <os/status.h>" "${check[@]}"
		rm -- "$copy/core-os/include/os/os.h"
		[ ! -e "$copy.kept.os" ] || mv -- "$copy.kept.os" "$copy/core-os/include/os/os.h"
	fi
}

# Small libraries under the names of the real ones, as a build folder has them.
binaries_by_hand() {
	local made=$copy/made check=(sh "$here/check_binaries.sh" "$copy/made")
	library() { # NAME TEXT FLAGS…
		local name=$1 text=$2
		shift 2
		rm -rf -- "$made"
		mkdir -p -- "$made/core-os" "$made/media"
		printf '%s\n' "$text" | cc -x c -shared -fPIC -o "$made/core-os/$name" - -x none "$@"
	}
	if wanted exported-name; then
		library libstrata-core-os.so 'int lamp_count(void) { return 1; }'
		expect exported-name "libstrata-core-os.so: exports a name without os_: lamp_count" "${check[@]}"
	fi
	if wanted undefined-above; then
		library libstrata-core-os.so 'int ui_x(void); int os_f(void) { return ui_x(); }'
		expect undefined-above "libstrata-core-os.so: needs a name of a layer above: ui_x" "${check[@]}"
	fi
	if wanted linked-above; then
		mkdir -p -- "$made/media"
		echo 'int md_x;' | cc -x c -shared -fPIC -Wl,-soname,libstrata-media.so.0 -o "$copy/libm.so" -
		library libstrata-core-os.so 'int os_x;' -Wl,--no-as-needed "$copy/libm.so"
		expect linked-above "is linked with a layer above or beside: libstrata-media.so.0" "${check[@]}"
	fi
	if wanted linked-board; then
		echo 'int strata_board;' | cc -x c -shared -fPIC -Wl,-soname,libstrata-board-sdl.so -o "$copy/libb.so" -
		library libstrata-media.so 'int md_x;' -Wl,--no-as-needed "$copy/libb.so"
		expect linked-board "is linked with a board, which is only opened: libstrata-board-sdl.so" "${check[@]}"
	fi
	if wanted symbolic; then
		library libstrata-core-os.so 'int os_x;' -Wl,-Bsymbolic
		expect symbolic "its class records could be copied, since it is linked with -B SYMBOLIC" "${check[@]}"
	fi
	if wanted protected; then
		library libstrata-core-os.so '__attribute__((visibility("protected"))) int os_x = 1;'
		expect protected "has protected visibility: os_x" "${check[@]}"
	fi
	if wanted copied-record; then
		library libstrata-core-os.so 'const struct { int a, b; } os_planted_class = {1, 2};'
		printf 'extern const struct { int a, b; } os_planted_class; int main(void) { return os_planted_class.a; }' |
			cc -x c -fno-pic -no-pie -o "$made/media/program" - -x none "$made/core-os/libstrata-core-os.so"
		expect copied-record "media/program: has its own copy of the record os_planted_class" "${check[@]}"
	fi
	rm -rf -- "$made"
}

configure() {
	meson setup --buildtype=plain "$copy/build" "$copy"
}

build_of_tree() {
	[ -z "$only" ] || wanted build || return 0
	only=
	plant build-uses-higher-library core-os/meson.build 'planted = [touch_ui_dep]' \
		'Unknown variable "touch_ui_dep"' configure
	rm -rf -- "$copy/build"
	configure >/dev/null 2>&1 || { echo "the copy cannot be set up"; failed=$((failed + 1)); return; }
	local library=core-os/libstrata-core-os.so.0.1.0
	local object=core-os/libstrata-core-os.so.0.1.0.p/src_status.c.o
	plant build-sees-higher-header core-os/src/status.c '#include <md/base.h>' \
		"md/base.h: No such file or directory" ninja -C "$copy/build" "$object"
	plant build-sees-own-folder core-os/src/status.c '#include <src/status.c>' \
		"src/status.c: No such file or directory" ninja -C "$copy/build" "$object"
	plant build-links-higher-name core-os/src/status.c \
		'int ui_planted(void);\nint os_planted(void);\nint os_planted(void)\n{\n\treturn ui_planted();\n}' \
		"undefined reference to .ui_planted" ninja -C "$copy/build" "$library"
	plant build-hides-unmarked core-os/src/status.c \
		'int os_planted(void);\nint os_planted(void)\n{\n\treturn 1;\n}' \
		"undefined reference to .os_planted" uses_unmarked "$library"
}

uses_unmarked() { # library
	ninja -C "$copy/build" "$1" >/dev/null || return 0
	printf 'int os_planted(void); int main(void) { return os_planted(); }' |
		cc -x c -o "$copy/uses" - -x none "$copy/build/$1"
}

take_copy
sound=$(sh "$here/check_sources.sh" "$copy" 2>&1) || {
	printf 'the tree itself is refused:\n%s\n' "$sound"
	exit 1
}
text_of_tree
headers_of_tree
binaries_by_hand
build_of_tree
echo "$refused refused, $failed not"
[ $failed -eq 0 ]
