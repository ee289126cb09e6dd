/* PNG, by libpng: read within limits that are checked before it is let at the file, and written. */
#include "image_private.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include <os/memory.h>

/* The signature, and the IHDR chunk that has to follow it: http://www.w3.org/TR/PNG/#5 */
#define HEAD_BYTES 33
#define CHUNK_LIMIT ((png_alloc_size_t)8 << 20)

/* libpng reports by a jump out of its depths; what it said is kept here. */
struct fault {
	jmp_buf jump;
	char text[160];
};

static void on_error(png_structp png, png_const_charp text)
{
	struct fault *fault = png_get_error_ptr(png);
	strncpy(fault->text, text, sizeof(fault->text) - 1);
	longjmp(fault->jump, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
}

/* --- Reading ---------------------------------------------------------------------------------------- */

struct source {
	const unsigned char *bytes;
	size_t length, at;
};

struct reader {
	struct fault fault;
	struct source source;
	png_structp png;
	png_infop info;
	struct md_image *image;
	png_bytep *rows;
};

static void read_bytes(png_structp png, png_bytep to, size_t length)
{
	struct source *source = png_get_io_ptr(png);
	if (length > source->length - source->at) {
		png_error(png, "it ends too early");
	}
	memcpy(to, source->bytes + source->at, length);
	source->at += length;
}

static uint32_t big_endian(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

static int check_head(const unsigned char *bytes, size_t length, const char *name,
		      struct os_error *error)
{
	if (length < HEAD_BYTES || png_sig_cmp(bytes, 0, 8) != 0 ||
	    memcmp(bytes + 12, "IHDR", 4) != 0) {
		return os_error_set(error, -EINVAL,
				    "%s: not a PNG picture (expected a PNG signature and header)",
				    name);
	}
	uint32_t width = big_endian(bytes + 16);
	uint32_t height = big_endian(bytes + 20);
	if (width == 0 || height == 0) {
		return os_error_set(error, -EINVAL,
				    "%s: a picture of %u × %u pixels (expected at least 1 × 1)",
				    name, width, height);
	}
	if (width > MD_IMAGE_SIDE_LIMIT || height > MD_IMAGE_SIDE_LIMIT ||
	    (uint64_t)width * height > MD_IMAGE_PIXEL_LIMIT) {
		return os_error_set(error, -EFBIG,
				    "%s: a picture of %u × %u pixels (expected at most %d a side "
				    "and 16 megapixels)",
				    name, width, height, MD_IMAGE_SIDE_LIMIT);
	}
	return 0;
}

/* Whatever the file has: 8 bits a channel, blue green red alpha in memory. */
static void ask_for_bgra(struct reader *reader)
{
	png_structp png = reader->png;
	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	png_set_filler(png, 255, PNG_FILLER_AFTER);
	png_set_bgr(png);
	png_set_interlace_handling(png);
	png_read_update_info(png, reader->info);
}

static void premultiply(struct md_image *image)
{
	size_t count = (size_t)image->width_px * (size_t)image->height_px;
	for (size_t i = 0; i < count; i++) {
		unsigned char *bgra = (unsigned char *)&image->pixels[i];
		uint32_t alpha = bgra[3];
		uint32_t pixel = alpha << 24;
		for (int channel = 0; channel < 3; channel++) {
			uint32_t value = bgra[channel] * alpha + 127;
			pixel |= value / 255 << (channel * 8);
		}
		image->pixels[i] = pixel;
	}
}

/* Everything that may jump. */
static int read_picture(struct reader *reader)
{
	if (setjmp(reader->fault.jump) != 0) {
		return -EINVAL;
	}
	png_structp png = reader->png;
	reader->info = png_create_info_struct(png);
	png_set_user_limits(png, MD_IMAGE_SIDE_LIMIT, MD_IMAGE_SIDE_LIMIT);
	png_set_chunk_malloc_max(png, CHUNK_LIMIT);
	png_set_chunk_cache_max(png, 128);
	png_set_read_fn(png, &reader->source, read_bytes);
	png_read_info(png, reader->info);
	ask_for_bgra(reader);
	int width = (int)png_get_image_width(png, reader->info);
	int height = (int)png_get_image_height(png, reader->info);
	reader->image = md_image_alloc(width, height, 1);
	reader->rows = os_try_alloc((size_t)height * sizeof(*reader->rows));
	if (reader->image == NULL || reader->rows == NULL) {
		return -ENOMEM;
	}
	if (png_get_rowbytes(png, reader->info) != (size_t)reader->image->stride) {
		png_error(png, "its rows have another length than its header says");
	}
	for (int y = 0; y < height; y++) {
		reader->rows[y] =
		    (png_bytep)reader->image->pixels + (size_t)y * (size_t)reader->image->stride;
	}
	png_read_image(png, reader->rows);
	png_read_end(png, NULL);
	return 0;
}

struct md_image *md_image_create_from_png(const void *bytes, size_t length, const char *name,
					  struct os_error *ret_error)
{
	if (check_head(bytes, length, name, ret_error) < 0) {
		return NULL;
	}
	struct reader reader = {.source = {bytes, length, 0}};
	reader.png =
	    png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader.fault, on_error, on_warning);
	int result = reader.png != NULL ? read_picture(&reader) : -ENOMEM;
	png_destroy_read_struct(&reader.png, &reader.info, NULL);
	os_free(reader.rows);
	if (result < 0) {
		if (result == -ENOMEM) {
			os_error_set(ret_error, result, "%s: no memory for this picture", name);
		} else {
			os_error_set(ret_error, result, "%s: damaged PNG picture: %s", name,
				     reader.fault.text);
		}
		return md_image_release(reader.image);
	}
	premultiply(reader.image);
	md_image_find_opaque(reader.image);
	return reader.image;
}

/* --- Writing ---------------------------------------------------------------------------------------- */

static void write_bytes(png_structp png, png_bytep from, size_t length)
{
	os_buffer_add(png_get_io_ptr(png), from, length);
}

static void flush_bytes(png_structp png)
{
}

/* One row, straight colours, alpha only if it is wanted. */
static void unpremultiply_row(const struct md_image *image, int y, unsigned char *to)
{
	const uint32_t *from = image->pixels + (size_t)y * (size_t)image->width_px;
	for (int x = 0; x < image->width_px; x++) {
		uint32_t pixel = from[x];
		uint32_t alpha = image->opaque ? 255 : pixel >> 24;
		for (int shift = 16; shift >= 0; shift -= 8) {
			uint32_t value = pixel >> shift & 255;
			value = alpha == 0 ? 0 : (value * 255 + alpha / 2) / alpha;
			*to++ = (unsigned char)OS_MIN(value, 255);
		}
		if (!image->opaque) {
			*to++ = (unsigned char)alpha;
		}
	}
}

static int write_picture(png_structp png, png_infop info, const struct md_image *image,
			 struct fault *fault, unsigned char *row)
{
	if (setjmp(fault->jump) != 0) {
		return -EIO;
	}
	png_set_IHDR(png, info, (png_uint_32)image->width_px, (png_uint_32)image->height_px, 8,
		     image->opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA,
		     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (int y = 0; y < image->height_px; y++) {
		unpremultiply_row(image, y, row);
		png_write_row(png, row);
	}
	png_write_end(png, info);
	return 0;
}

int md_image_write_png(const struct md_image *image, struct os_buffer *bytes)
{
	struct fault fault = {0};
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, &fault, on_error, on_warning);
	png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
	unsigned char *row = os_try_alloc((size_t)image->width_px * 4);
	int result = -ENOMEM;
	if (info != NULL && row != NULL) {
		png_set_write_fn(png, bytes, write_bytes, flush_bytes);
		result = write_picture(png, info, image, &fault, row);
	}
	if (png != NULL) {
		png_destroy_write_struct(&png, &info);
	}
	os_free(row);
	return result == 0 && bytes->failed ? -EFBIG : result;
}
