#include "view.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <os/file.h>
#include <os/memory.h>

int picture_init(struct picture *picture, int fd, int width, int height)
{
	*picture = (struct picture){.panel_width = width, .panel_height = height, .scale = 1};
	size_t size = (size_t)width * (size_t)height * 4;
	struct stat about;
	int result = 0;
	if (fstat(fd, &about) < 0 || (size_t)about.st_size < size) {
		result = -EINVAL;
	}
	void *panel = result < 0 ? MAP_FAILED : mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (result == 0 && panel == MAP_FAILED) {
		result = -errno;
	}
	os_fd_close(fd);
	if (result < 0) {
		return result;
	}
	picture->panel = panel;
	picture->upright = os_alloc(size);
	picture_set_orientation(picture, 0, 1);
	return 0;
}

void picture_set_orientation(struct picture *picture, int orientation, double scale)
{
	bool sideways = orientation == 90 || orientation == 270;
	picture->orientation = orientation;
	picture->scale = scale;
	picture->width = sideways ? picture->panel_height : picture->panel_width;
	picture->height = sideways ? picture->panel_width : picture->panel_height;
}

void picture_finish(struct picture *picture)
{
	if (picture->panel != NULL) {
		munmap((void *)picture->panel,
		       (size_t)picture->panel_width * (size_t)picture->panel_height * 4);
	}
	os_free(picture->upright);
	*picture = (struct picture){0};
}

/* The place upright of a place on the panel: the device was turned clockwise by orientation. */
static void turn(const struct picture *picture, int px, int py, int *ret_x, int *ret_y)
{
	int last_x = picture->panel_width - 1, last_y = picture->panel_height - 1;
	switch (picture->orientation) {
	case 90:
		*ret_x = py, *ret_y = last_x - px;
		break;
	case 180:
		*ret_x = last_x - px, *ret_y = last_y - py;
		break;
	case 270:
		*ret_x = last_y - py, *ret_y = px;
		break;
	default:
		*ret_x = px, *ret_y = py;
		break;
	}
}

struct part picture_update(struct picture *picture, struct part panel)
{
	int x1 = OS_MAX(panel.x, 0), y1 = OS_MAX(panel.y, 0);
	int x2 = OS_MIN(panel.x + panel.width, picture->panel_width);
	int y2 = OS_MIN(panel.y + panel.height, picture->panel_height);
	if (x2 <= x1 || y2 <= y1) {
		return (struct part){0};
	}
	for (int py = y1; py < y2; py++) {
		const uint32_t *row = picture->panel + (size_t)py * (size_t)picture->panel_width;
		for (int px = x1; px < x2; px++) {
			int x, y;
			turn(picture, px, py, &x, &y);
			picture->upright[(size_t)y * (size_t)picture->width + (size_t)x] = row[px];
		}
	}
	int ax, ay, bx, by;
	turn(picture, x1, y1, &ax, &ay);
	turn(picture, x2 - 1, y2 - 1, &bx, &by);
	return (struct part){OS_MIN(ax, bx), OS_MIN(ay, by), OS_MAX(ax, bx) - OS_MIN(ax, bx) + 1,
			     OS_MAX(ay, by) - OS_MIN(ay, by) + 1};
}
