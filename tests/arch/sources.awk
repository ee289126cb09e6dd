# The layer law, read from the text of C files: comments and strings are taken out first, so that a
# comment may speak of any layer. Prints "FILE:LINE: what is wrong" and ends with 1 if it printed.

function layer_of(path) {
	if (path ~ /^core-os\//) return "core-os"
	if (path ~ /^board\//) return "board"
	if (path ~ /^core-services\//) return "core-services"
	if (path ~ /^media\//) return "media"
	if (path ~ /^touch-ui\//) return "touch-ui"
	if (path ~ /^apps\//) return "apps"
	return "tests"
}

function wrong(text) {
	printf "%s:%d: %s\n", path, FNR, text
	bad = 1
}

# Returns the line without comments; in_comment goes on from line to line. keep_strings is for
# include lines, whose quotes are the point.
function strip(line, keep_strings,    out, c, two, quote) {
	out = ""
	while (length(line) > 0) {
		two = substr(line, 1, 2)
		c = substr(line, 1, 1)
		if (in_comment) {
			if (two == "*/") { in_comment = 0; line = substr(line, 3) } else line = substr(line, 2)
		} else if (two == "/*") {
			in_comment = 1
			line = substr(line, 3)
		} else if (two == "//") {
			line = ""
		} else if ((c == "\"" || c == "'") && !keep_strings) {
			quote = c
			line = substr(line, 2)
			while (length(line) > 0 && substr(line, 1, 1) != quote)
				line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
			line = substr(line, 2)
			out = out quote quote
		} else {
			out = out c
			line = substr(line, 2)
		}
	}
	return out
}

# Which layer a prefix belongs to, when a file of the layer `layer` may not use it; else "".
function forbidden(prefix) {
	if (layer == "apps" || layer == "tests") return ""
	if (prefix == "ui" && layer != "touch-ui") return "touch-ui"
	if (prefix == "md" && layer != "touch-ui" && layer != "media") return "media"
	if (prefix == "cs" && (layer == "core-os" || layer == "board")) return "core-services"
	return ""
}

function fence_of(name) {
	if (name ~ /^(SDL2?\/|SDL[._]|libinput|libudev|xf86drm|drm\/|libdrm|xkbcommon|gbm\.h|EGL\/|X11\/)/) return "board"
	if (name ~ /^(sqlite3|jansson|curl\/|libical)/) return "core-services"
	if (name ~ /^(cairo|pango|pixman|png\.h|jpeglib|turbojpeg|webp\/|fontconfig|hb|ft2build|sndfile|samplerate|libav|librsvg)/) return "media"
	if (name ~ /^(seccomp|sodium)/) return "core-os"
	return ""
}

function check_include(line,    name, form, slash, prefix, above, fence) {
	if (line !~ /^[ \t]*#[ \t]*include[ \t]*[<"]/) return
	match(line, /[<"][^>"]*[>"]/)
	form = substr(line, RSTART, 1)
	name = substr(line, RSTART + 1, RLENGTH - 2)
	if (name ~ /(^|\/)\.\.(\/|$)/) { wrong("an include may not climb with '..': " name); return }
	slash = index(name, "/")
	prefix = slash ? substr(name, 1, slash - 1) : ""
	above = forbidden(prefix)
	if (above != "") { wrong(layer " may not include <" name ">: " above " is not below it"); return }
	fence = fence_of(name)
	if (name ~ /^rfb\// && layer != "tests" && path !~ /^apps\/view\//)
		wrong("<" name "> is of a library under the GPL: in apps/view/ only")
	if (layer != "tests" && fence != "" && fence != layer)
		wrong("<" name "> is allowed in " fence "/ only")
	if (is_model && (prefix == "md" || prefix == "ui"))
		wrong("an app's model includes only os/ and cs/, not <" name ">")
	if (form == "\"" && slash && layer != "tests")
		wrong("a quoted include names a file beside it, not \"" name "\"")
	if (!is_public) return
	if (form == "\"")
		wrong("a public header includes only public headers, not \"" name "\"")
	else if (fence != "")
		wrong("a public header may not name a third party's header: <" name ">")
	else if (prefix ~ /^(os|cs|md|ui)$/ && (getline one < (root "/" home[prefix] "/include/" name)) < 0)
		wrong("a public header includes only public headers, and there is no <" name ">")
	if (prefix ~ /^(os|cs|md|ui)$/) close(root "/" home[prefix] "/include/" name)
}

function check_names(line,    rest, name, prefix, above) {
	rest = line
	while (match(rest, /[A-Za-z_][A-Za-z_0-9]*/)) {
		name = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (name !~ /^(cs|md|ui|CS|MD|UI)_/) continue
		prefix = tolower(substr(name, 1, 2))
		above = forbidden(prefix)
		if (above != "") wrong(layer " may not use " name ": " above " is not below it")
	}
	if (is_public && match(line, /(^|[^A-Za-z_0-9])(cairo_|Pango|SDL_|sqlite3|json_t|pixman_|png_|scmp_)[A-Za-z_0-9]*/))
		wrong("a public header may not name a third party's type: " substr(line, RSTART, RLENGTH))
}

function check_calls(line) {
	if (!may_read_clocks && line ~ /(^|[^A-Za-z_0-9])(clock_gettime|gettimeofday|timespec_get|SDL_GetTicks(64)?|SDL_GetPerformanceCounter|g_get_monotonic_time|g_get_real_time|clock)[ ]*\(/)
		wrong("only core-os and boards read a clock")
	else if (!may_read_clocks && line ~ /(^|[^A-Za-z_0-9])time[ ]*\([ ]*(NULL|0|&)/)
		wrong("only core-os and boards read a clock")
	if (path ~ /^tests\// && !is_of_real_time && line ~ /(^|[^A-Za-z_0-9])(sleep|usleep|nanosleep|clock_nanosleep|SDL_Delay|g_usleep)[ ]*\(/)
		wrong("a test waits for a fact, it does not sleep")
	if (path ~ /^tests\// && !is_of_real_time && line ~ /(^|[^A-Za-z_0-9])(poll[ ]*\([ ]*NULL|select[ ]*\([ ]*0[ ]*,[ ]*NULL)/)
		wrong("a test waits for a fact, it does not sleep")
}

# A function's body begins with { and ends with } in the first column (.clang-format).
function check_length() {
	if ($0 == "{") body = FNR
	else if ($0 ~ /^}/ && body) {
		if (FNR - body - 1 > 70) wrong("a function of " (FNR - body - 1) " lines; 70 is the most")
		body = 0
	}
	if (FNR == 601) wrong("more than 600 lines: a redesign is due")
	if (FNR == 251 && is_public) wrong("a public header of more than 250 lines")
}

BEGIN {
	home["os"] = "core-os"; home["cs"] = "core-services"; home["md"] = "media"; home["ui"] = "touch-ui"
}

FNR == 1 {
	path = substr(FILENAME, length(root) + 2)
	layer = layer_of(path)
	is_public = path ~ /^[^\/]+\/include\//
	is_model = path ~ /^apps\/[^\/]+\/[a-z_]*model\.[ch]$/
	# A kernel's device has no other time than the real one, and a benchmark none that is held.
	is_of_real_time = path ~ /^tests\/bench\// || path ~ /^tests\/board\/guest\// || path == "tests/devices/panel_uinput.c"
	may_read_clocks = layer == "core-os" || layer == "board" || is_of_real_time
	in_comment = 0
	body = 0
}

{
	check_length()
	was_in_comment = in_comment
	is_include = !in_comment && $0 ~ /^[ \t]*#[ \t]*include/
	line = strip($0, is_include)
	if (is_include) check_include(line)
	else if (line ~ /[A-Za-z]/) {
		check_names(line)
		check_calls(line)
	}
}

END { exit bad ? 1 : 0 }
