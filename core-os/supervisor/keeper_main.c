#include <os/device.h>

int main(int argc, char **argv)
{
	return os_keeper_main(argc, argv);
}
