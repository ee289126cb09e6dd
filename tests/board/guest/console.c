/* Says of a terminal of the console who has it: "text" or "graphics", and "off" when its keys go nowhere.
 * usage: console /dev/tty1 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include <linux/kd.h>

int main(int argc, char **argv)
{
	int mode = -1, keys = -1;
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_NOCTTY | O_CLOEXEC) : -1;
	if (fd < 0 || ioctl(fd, KDGETMODE, &mode) < 0 || ioctl(fd, KDGKBMODE, &keys) < 0) {
		perror("console");
		return 1;
	}
	printf("%s %s\n", mode == KD_TEXT ? "text" : "graphics", keys == K_OFF ? "off" : "on");
	return 0;
}
