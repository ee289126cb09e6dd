# What installing and taking away share. Sourced, never run.
#
# Every change that `board install` makes is written down first, one line each, in $changes; taking
# away reads that file backwards. ROOT is "" on the machine itself, or the root of a mounted image.

changes_dir=/var/lib/strata-board
groups="video input render gpio i2c dialout tty"
words_added="quiet loglevel=3 logo.nologo vt.global_cursor_default=0 cgroup_enable=memory psi=1"
word_removed="console=tty1"

say() {
	printf 'strata: %s\n' "$*"
}

fail() {
	printf 'strata: %s\n' "$*" >&2
	exit 1
}

# Runs a command of the machine that is installed to.
in_root() {
	if [ -n "$ROOT" ]; then
		chroot "$ROOT" "$@"
	else
		"$@"
	fi
}

systemd_runs() {
	[ -z "$ROOT" ] && [ -d /run/systemd/system ]
}

note() {
	mkdir -p "$ROOT$changes_dir"
	if ! grep -qxF -- "$*" "$ROOT$changes_dir/changes" 2>/dev/null; then
		printf '%s\n' "$*" >>"$ROOT$changes_dir/changes"
		sync -d "$ROOT$changes_dir/changes" 2>/dev/null || true
	fi
}

# The file with the kernel's command line, or nothing: Raspberry Pi OS since bookworm, and before.
find_cmdline() {
	local file
	for file in /boot/firmware/cmdline.txt /boot/cmdline.txt; do
		if [ -f "$ROOT$file" ] && ! [ -L "$ROOT$file" ]; then
			# Bookworm leaves a note of one line in the old place that is none.
			if grep -q 'root=' "$ROOT$file"; then
				printf '%s' "$file"
				return 0
			fi
		fi
	done
	return 1
}

has_word() {
	case " $(head -n 1 "$1") " in
	*" $2 "*) return 0 ;;
	esac
	return 1
}

# Replaces a file in one step, so that a machine without power in between still boots.
replace_file() {
	local file=$1 text=$2
	printf '%s\n' "$text" >"$file.strata-new" || {
		rm -f -- "$file.strata-new"
		fail "$file cannot be written; it is as it was"
	}
	sync -d "$file.strata-new" 2>/dev/null || true
	mv -- "$file.strata-new" "$file" || fail "$file cannot be replaced; it is as it was"
	sync -f "$file" 2>/dev/null || true
}

add_word() {
	local file=$1 word=$2 line
	line=$(head -n 1 "$ROOT$file")
	replace_file "$ROOT$file" "${line%"${line##*[![:space:]]}"} $word"
}

drop_word() {
	local file=$1 word=$2 line
	line=" $(head -n 1 "$ROOT$file") "
	line=${line/" $word "/ }
	line=${line# }
	replace_file "$ROOT$file" "${line% }"
}
