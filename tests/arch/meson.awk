# Two rules about how things are built, read from meson.build files.

function wrong(line, text) {
	printf "%s:%d: %s\n", path, line, text
	bad = 1
}

# Takes comments and strings out of one line.
function strip(line,    out, c, rest) {
	out = ""
	while (length(line) > 0) {
		c = substr(line, 1, 1)
		if (c == "#") break
		if (c == "'") {
			rest = index(substr(line, 2), "'")
			if (rest == 0) break
			line = substr(line, rest + 2)
			out = out "''"
			continue
		}
		out = out c
		line = substr(line, 2)
	}
	return out
}

function count(text, what,    copy) {
	copy = text
	return gsub(what, "", copy)
}

function end_of_target() {
	if (is_root)
		wrong(began, "no compiled target in the root meson.build: it would see every layer")
	if (call !~ /implicit_include_directories:[ ]*false/ && call !~ /kwargs:/)
		wrong(began, "a target without implicit_include_directories: false")
}

FNR == 1 {
	path = substr(FILENAME, length(root) + 2)
	is_root = path == "meson.build"
	depth = 0
}

{
	line = strip($0)
	if (depth == 0 && match(line, /(^|[^A-Za-z_0-9])(executable|shared_library|static_library|shared_module|both_libraries|library|build_target)[ ]*\(/)) {
		line = substr(line, RSTART)
		call = ""
		began = FNR
		depth = 0
		inside = 1
	}
	if (inside) {
		call = call " " line
		depth += count(line, "[(]") - count(line, "[)]")
		if (depth <= 0) {
			end_of_target()
			inside = 0
			depth = 0
		}
	}
}

END { exit bad ? 1 : 0 }
