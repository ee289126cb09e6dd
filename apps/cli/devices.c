#include "devices.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "session.h"

bool cli_is_device_folder(const char *path)
{
	static const char *const s_parts[] = {"containers", "bundles", "settings", "crashes"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_parts); i++) {
		char part[OS_LAYOUT_MAX + 16];
		struct stat facts;
		snprintf(part, sizeof(part), "%s/%s", path, s_parts[i]);
		if (stat(part, &facts) == 0 && S_ISDIR(facts.st_mode)) {
			return true;
		}
	}
	return false;
}

bool cli_device_runs(const struct cli *cli)
{
	char runtime[OS_LAYOUT_MAX], path[OS_LAYOUT_MAX];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (cli_runtime_folder(cli, runtime) < 0 || os_layout_socket(runtime, path) < 0 ||
	    strlen(path) >= sizeof(address.sun_path)) {
		return false;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	bool runs = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	if (fd >= 0) {
		close(fd);
	}
	return runs;
}
