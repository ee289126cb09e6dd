/* Any bytes as a PNG picture: an error sentence or an image, and never more memory than its limits
 * allow. Images that come out are written and read back, so that the writer sees odd ones too.
 * F52 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <md/image.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct os_error error = {0};
	struct md_image *image = md_image_create_from_png(data, size, "fuzz.png", &error);
	if (image == NULL) {
		if (error.status >= 0 || strstr(error.text, "fuzz.png") == NULL) {
			abort();
		}
		return 0;
	}
	struct os_buffer bytes = {0};
	if (md_image_write_png(image, &bytes) < 0) {
		abort();
	}
	struct md_image *again =
	    md_image_create_from_png(bytes.bytes, bytes.length, "again.png", NULL);
	struct md_image_difference difference;
	if (again == NULL || md_image_compare(image, again, 1, &difference, NULL) < 0 ||
	    difference.pixels > 0) {
		abort();
	}
	md_image_release(again);
	md_image_release(image);
	os_buffer_finish(&bytes);
	return 0;
}
