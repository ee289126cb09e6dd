#!/bin/sh
# usage: private.sh STRATA USER SCRIPT.sh [ARGUMENT OF SCRIPT…]
# Runs one of the scripts beside it from a checkout of its own, in folders of mode 0700 that belong to
# USER: neither the program nor the data can be reached by anybody else. What is not root's is run by
# runuser, as somebody who logged in would. "root" shows that apps, who are nobody then, still start.
#
# Started by an ordinary user it runs as that one, whoever USER is.
set -u
program=$(realpath -- "$1")
user=$2
script=$(basename -- "$3")
build=$(realpath -- "$(dirname -- "$program")/../..")
here=$(realpath -- "$(dirname -- "$0")")
shift 3

as_user=
if [ "$(id -u)" -ne 0 ]; then
	user=$(id -un)
elif [ "$user" != root ]; then
	as_user="runuser -u $user --"
	if ! command -v runuser >/dev/null; then
		echo "skipped: there is no runuser; apt-get install util-linux"
		exit 77
	fi
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/strata-private.XXXXXX")
trap 'rm -rf -- "$folder"' EXIT
trap 'exit 1' INT TERM HUP
mkdir -p "$folder/checkout/build" "$folder/checkout/tests/system" "$folder/tmp"
# What was built, without what it was built from.
tar -C "$build" --exclude='*.p' --exclude='./meson-*' --exclude='./tests' -cf - . |
	tar -C "$folder/checkout/build" -xpf - || exit 1
cp "$here"/* "$folder/checkout/tests/system"
# The files themselves are as `./strata` builds them: apps read them, who may be nobody.
chmod 700 "$folder" "$folder/checkout" "$folder/checkout/build" "$folder/tmp"
[ "$(id -u)" -ne 0 ] || chown -R "$user" "$folder"

cd /
# shellcheck disable=SC2086 # words
TMPDIR=$folder/tmp HOME=$folder/tmp $as_user sh "$folder/checkout/tests/system/$script" \
	"$folder/checkout/build/apps/cli/strata" "$@"
