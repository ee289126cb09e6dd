#include <os/doctor.h>

#include <dirent.h>
#include <os/limits.h>
#include <os/sandbox.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

const char *os_doctor_state_name(enum os_doctor_state state)
{
	switch (state) {
	case OS_DOCTOR_OK:
		return "ok";
	case OS_DOCTOR_MISSING:
		return "missing";
	case OS_DOCTOR_NOTE:
		break;
	}
	return "note";
}

void os_doctor_add(struct os_doctor *doctor, const char *name, enum os_doctor_state state,
		   const char *mend, const char *format, ...)
{
	if (doctor->count == OS_ARRAY_LEN(doctor->facts)) {
		return;
	}
	struct os_doctor_fact *fact = &doctor->facts[doctor->count++];
	memset(fact, 0, sizeof(*fact));
	snprintf(fact->name, sizeof(fact->name), "%s", name);
	snprintf(fact->mend, sizeof(fact->mend), "%s", mend != NULL ? mend : "");
	fact->state = state;
	va_list values;
	va_start(values, format);
	vsnprintf(fact->sentence, sizeof(fact->sentence), format, values);
	va_end(values);
}

static void add_kernel(struct os_doctor *doctor)
{
	struct utsname name;
	int major = 0, minor = 0;
	if (uname(&name) < 0 || sscanf(name.release, "%d.%d", &major, &minor) != 2) {
		os_doctor_add(doctor, "kernel", OS_DOCTOR_NOTE, NULL, "an unknown kernel");
		return;
	}
	bool good = major > 5 || (major == 5 && minor >= 12);
	os_doctor_add(doctor, "kernel", good ? OS_DOCTOR_OK : OS_DOCTOR_MISSING,
		      good ? NULL : "sudo apt-get update && sudo apt-get full-upgrade",
		      good ? "Linux %s" : "Linux %s; apps need 5.12 or newer", name.release);
}

/* One fact per wall; the sentence of the first missing one is the probe's own. */
static void add_walls(struct os_doctor *doctor)
{
	static const struct {
		const char *name;
		uint32_t walls;
		const char *good;
	} lines[] = {
	    {"user-namespaces", OS_SANDBOX_USER, "each app is a user of its own"},
	    {"namespaces",
	     OS_SANDBOX_MOUNT | OS_SANDBOX_PID | OS_SANDBOX_NET | OS_SANDBOX_IPC | OS_SANDBOX_UTS |
		 OS_SANDBOX_PROC,
	     "each app has its own files, processes and no network"},
	    {"seccomp", OS_SANDBOX_SECCOMP, "apps are held to the system calls that they need"},
	};
	struct os_sandbox_probe probe;
	(void)os_sandbox_probe(&probe);
	bool told = false;
	for (size_t i = 0; i < OS_ARRAY_LEN(lines); i++) {
		bool stands = (probe.standing & lines[i].walls) == lines[i].walls;
		const char *sentence = stands  ? lines[i].good
				       : !told ? probe.sentence
					       : "cannot be had without the one above";
		os_doctor_add(doctor, lines[i].name, stands ? OS_DOCTOR_OK : OS_DOCTOR_MISSING,
			      stands || told ? NULL : probe.mend, "%s", sentence);
		told = told || !stands;
	}
	os_doctor_add(doctor, "landlock",
		      probe.landlock_version > 0 ? OS_DOCTOR_OK : OS_DOCTOR_NOTE, NULL, "%s",
		      probe.landlock_sentence);
}

static void add_limits(struct os_doctor *doctor)
{
	char reason[240], mend[240];
	bool available = os_limits_available(reason, sizeof(reason), mend, sizeof(mend));
	os_doctor_add(doctor, "memory-limits", available ? OS_DOCTOR_OK : OS_DOCTOR_MISSING, mend,
		      "%s", reason);
}

/* True if a file whose name begins with `prefix` is somewhere below folder, three levels deep. */
static bool has_font(const char *folder, const char *prefix, int depth)
{
	DIR *stream = opendir(folder);
	const struct dirent *entry;
	bool found = false;
	while (!found && stream != NULL && (entry = readdir(stream)) != NULL) {
		if (entry->d_name[0] == '.') {
			continue;
		}
		found = strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
			strchr(entry->d_name, '.') != NULL;
		if (!found && entry->d_type == DT_DIR && depth > 0) {
			char path[1024];
			snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
			found = has_font(path, prefix, depth - 1);
		}
	}
	if (stream != NULL) {
		closedir(stream);
	}
	return found;
}

static void add_fonts(struct os_doctor *doctor)
{
	static const struct {
		const char *prefix, *package, *what;
	} fonts[] = {
	    {"Inter", "fonts-inter", "Inter, the system's own face"},
	    {"NotoSans-", "fonts-noto-core", "Noto Sans, for other scripts"},
	    {"NotoColorEmoji", "fonts-noto-color-emoji", "Noto Color Emoji"},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(fonts); i++) {
		bool found = has_font("/usr/share/fonts", fonts[i].prefix, 3) ||
			     has_font("/usr/local/share/fonts", fonts[i].prefix, 3);
		char mend[80];
		snprintf(mend, sizeof(mend), "sudo apt-get install %s", fonts[i].package);
		os_doctor_add(doctor, fonts[i].package, found ? OS_DOCTOR_OK : OS_DOCTOR_MISSING,
			      found ? NULL : mend, found ? "%s" : "%s is not installed",
			      fonts[i].what);
	}
	bool cached = access("/var/cache/fontconfig/CACHEDIR.TAG", F_OK) == 0;
	os_doctor_add(doctor, "font-cache", cached ? OS_DOCTOR_OK : OS_DOCTOR_MISSING,
		      cached ? NULL : "sudo fc-cache -s",
		      cached ? "the font cache is there"
			     : "there is no font cache, so each app starts 0.3 s later");
}

void os_doctor_collect(struct os_doctor *ret_doctor)
{
	ret_doctor->count = 0;
	add_kernel(ret_doctor);
	add_walls(ret_doctor);
	add_limits(ret_doctor);
	add_fonts(ret_doctor);
}
