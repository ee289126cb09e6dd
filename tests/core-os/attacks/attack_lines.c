/* What is tried on the board's lines: without one, and with those of every kind granted. Descriptor 1
 * is a pipe, so a call that the filter lets through is answered by ENOTTY. */
#include "attacks.h"

#include <linux/gpio.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

static int open_gpio_chip(void)
{
	return attack_open("/dev/gpiochip0", O_RDWR);
}

static int open_i2c_bus(void)
{
	return attack_open("/dev/i2c-1", O_RDWR);
}

static int open_serial_port(void)
{
	return attack_open("/dev/ttyS0", O_RDWR | O_NOCTTY);
}

static int request_line(void)
{
	struct gpio_v2_line_request request = {.num_lines = 1};
	return attack_result(ioctl(1, GPIO_V2_GET_LINE_IOCTL, &request));
}

static int request_old_line(void)
{
	struct gpiohandle_request request = {.lines = 1};
	return attack_result(ioctl(1, GPIO_GET_LINEHANDLE_IOCTL, &request));
}

static int configure_line(void)
{
	struct gpio_v2_line_config config = {.flags = GPIO_V2_LINE_FLAG_OUTPUT};
	return attack_result(ioctl(1, GPIO_V2_LINE_SET_CONFIG_IOCTL, &config));
}

static int ask_chip(void)
{
	struct gpiochip_info info;
	return attack_result(ioctl(1, GPIO_GET_CHIPINFO_IOCTL, &info));
}

static int change_address(void)
{
	return attack_result(ioctl(1, I2C_SLAVE, 0x50L));
}

static int force_address(void)
{
	return attack_result(ioctl(1, I2C_SLAVE_FORCE, 0x50L));
}

static int widen_address(void)
{
	return attack_result(ioctl(1, I2C_TENBIT, 1L));
}

static int reach_any_address(void)
{
	struct i2c_msg message = {.addr = 0x50};
	struct i2c_rdwr_ioctl_data transfer = {&message, 1};
	return attack_result(ioctl(1, I2C_RDWR, &transfer));
}

static int share_port(void)
{
	return attack_result(ioctl(1, TIOCNXCL));
}

static int set_port(void)
{
	struct termios terminal = {.c_cflag = B9600};
	return attack_result(tcsetattr(1, TCSANOW, &terminal));
}

static int break_port(void)
{
	return attack_result(tcsendbreak(1, 0));
}

static int own_terminal(void)
{
	return attack_result(ioctl(1, TIOCSCTTY, 1));
}

static int turn_terminal(void)
{
	int discipline = 1;
	return attack_result(ioctl(1, TIOCSETD, &discipline));
}

const struct attack attacks_on_lines[] = {
    {"open_gpio_chip", open_gpio_chip},
    {"open_i2c_bus", open_i2c_bus},
    {"open_serial_port", open_serial_port},
    {"request_line", request_line},
    {"request_old_line", request_old_line},
    {"configure_line", configure_line},
    {"ask_chip", ask_chip},
    {"change_address", change_address},
    {"force_address", force_address},
    {"widen_address", widen_address},
    {"reach_any_address", reach_any_address},
    {"share_port", share_port},
    {"set_port", set_port},
    {"break_port", break_port},
    {"own_terminal", own_terminal},
    {"turn_terminal", turn_terminal},
    {NULL, NULL},
};

/* --- What a line's own app may, and nobody else ---------------------------------------------------- */

static int get_value(void)
{
	struct gpio_v2_line_values values = {.mask = 1};
	return attack_result(ioctl(1, GPIO_V2_LINE_GET_VALUES_IOCTL, &values));
}

static int set_value(void)
{
	struct gpio_v2_line_values values = {.bits = 1, .mask = 1};
	return attack_result(ioctl(1, GPIO_V2_LINE_SET_VALUES_IOCTL, &values));
}

static int ask_bus(void)
{
	unsigned long functions;
	return attack_result(ioctl(1, I2C_FUNCS, &functions));
}

static int use_address(void)
{
	struct i2c_smbus_ioctl_data call = {.size = I2C_SMBUS_QUICK};
	return attack_result(ioctl(1, I2C_SMBUS, &call));
}

const struct attack attacks_with_lines[] = {
    {"get_value", get_value},
    {"set_value", set_value},
    {"ask_bus", ask_bus},
    {"use_address", use_address},
    {NULL, NULL},
};
