#include <os/device.h>

int main(int argc, char **argv)
{
	return os_supervisor_main(argc, argv);
}
