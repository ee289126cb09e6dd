/* Image: pixels that do not change any more (UIImage, CGImage). Shared: any thread may hold one.
 *
 *	struct md_image *image = md_image_create_from_png(bytes, length, "icon.png", &error);
 *	md_canvas_draw_image(canvas, image, rect);
 *	md_image_release(image);
 *
 * Files come from enemies: above 4096 pixels a side or 16 megapixels they are refused before
 * anything is allocated. Errors name the file and what was expected. */
#ifndef MD_IMAGE_H
#define MD_IMAGE_H

#include <md/geometry.h>
#include <os/buffer.h>
#include <os/status.h>

struct md_image;

MD_PUBLIC struct md_image *md_image_create_from_png(const void *bytes, size_t length, const char *name,
                                                    struct os_error *ret_error);
MD_PUBLIC struct md_image *md_image_create_from_file(int folder, const char *path, struct os_error *ret_error);
/* pixels: premultiplied 0xAARRGGBB in host order, copied. */
MD_PUBLIC struct md_image *md_image_create_from_pixels(const uint32_t *pixels, int width_px, int height_px,
                                                       int stride, double scale);
MD_PUBLIC struct md_image *md_image_retain(struct md_image *image);
MD_PUBLIC struct md_image *md_image_release(struct md_image *image);
MD_PUBLIC struct md_size md_image_size(const struct md_image *image); /* points: pixels / scale */
MD_PUBLIC void md_image_size_px(const struct md_image *image, int *ret_width, int *ret_height);
MD_PUBLIC const uint32_t *md_image_pixels(const struct md_image *image, int *ret_stride);
MD_PUBLIC int md_image_write_png(const struct md_image *image, struct os_buffer *bytes);

/* How far two pictures are apart: the largest difference of any channel, the number of pixels that
 * differ by more than tolerance, and (ret_picture may be NULL) a picture of where. -EINVAL when
 * their sizes differ. */
struct md_image_difference { int largest; int64_t pixels; };
MD_PUBLIC int md_image_compare(const struct md_image *a, const struct md_image *b, int tolerance,
                               struct md_image_difference *ret_difference, struct md_image **ret_picture);

#endif
