/* F124, F151: a VNC viewer for tests/system/view.sh.
 *
 *	view-client PORT PASSWORD picture FILE.png      the whole picture, once it has come
 *	view-client PORT PASSWORD tap X Y               the left button down and up
 *	view-client PORT PASSWORD type TEXT             a key for each letter
 *	view-client PORT PASSWORD watch COUNT           waits for as many updates, prints each one's area
 *
 * Ends with 1 if it is not let in, or the server goes. */
#include <fcntl.h>
#include <rfb/rfbclient.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <md/image.h>
#include <os/file.h>

static const char *s_password;
static int s_updates;
static bool s_prints;

static char *password(rfbClient *client)
{
	return strdup(s_password);
}

static void did_update(rfbClient *client, int x, int y, int width, int height)
{
	s_updates++;
	if (s_prints) {
		printf("%d %d %d %d\n", x, y, width, height);
	}
}

static void silent(const char *format, ...)
{
}

static rfbClient *connect_to(const char *port)
{
	rfbClientLog = silent;
	rfbClientErr = silent;
	rfbClient *client = rfbGetClient(8, 3, 4);
	client->GetPassword = password;
	client->GotFrameBufferUpdate = did_update;
	client->serverHost = strdup("127.0.0.1");
	client->serverPort = atoi(port);
	client->appData.encodingsString = "raw";
	return rfbInitClient(client, NULL, NULL) ? client : NULL;
}

static bool wait_for(rfbClient *client, int updates)
{
	while (s_updates < updates) {
		int ready = WaitForMessage(client, 10 * 1000 * 1000);
		if (ready <= 0 || !HandleRFBServerMessage(client)) {
			fprintf(stderr, "%d updates came, %d are awaited\n", s_updates, updates);
			return false;
		}
	}
	return true;
}

static bool write_picture(const rfbClient *client, const char *path)
{
	int width = client->width, height = client->height;
	uint32_t *pixels = malloc((size_t)width * (size_t)height * 4);
	const uint8_t *from = client->frameBuffer;
	for (int i = 0; i < width * height; i++) {
		uint32_t pixel;
		memcpy(&pixel, from + 4 * (size_t)i, 4);
		uint32_t red = pixel >> client->format.redShift & 255,
			 green = pixel >> client->format.greenShift & 255,
			 blue = pixel >> client->format.blueShift & 255;
		pixels[i] = 0xff000000u | red << 16 | green << 8 | blue;
	}
	struct md_image *image = md_image_create_from_pixels(pixels, width, height, width * 4, 1);
	struct os_buffer png = {0};
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	bool done = md_image_write_png(image, &png) == 0 && os_fd_write(fd, png.bytes, png.length) >= 0;
	close(fd);
	os_buffer_finish(&png);
	md_image_release(image);
	free(pixels);
	return done;
}

static bool send_text(rfbClient *client, const char *text)
{
	bool sent = true;
	for (; *text != '\0'; text++) {
		uint32_t keysym = *text == '\n' ? 0xff0d : (uint8_t)*text;
		sent = sent && SendKeyEvent(client, keysym, TRUE) && SendKeyEvent(client, keysym, FALSE);
	}
	return sent;
}

static bool do_it(rfbClient *client, int count, char **words)
{
	const char *verb = words[3];
	if (strcmp(verb, "picture") == 0 && count == 5) {
		return wait_for(client, 1) && write_picture(client, words[4]);
	}
	if (strcmp(verb, "tap") == 0 && count == 6) {
		int x = atoi(words[4]), y = atoi(words[5]);
		return SendPointerEvent(client, x, y, rfbButton1Mask) &&
		       SendPointerEvent(client, x, y, 0) && wait_for(client, 2);
	}
	if (strcmp(verb, "type") == 0 && count == 5) {
		return send_text(client, words[4]) && wait_for(client, 2);
	}
	if (strcmp(verb, "watch") == 0 && count == 5) {
		s_prints = true;
		return wait_for(client, atoi(words[4]));
	}
	return false;
}

int main(int count, char **words)
{
	if (count < 5) {
		return 2;
	}
	s_password = words[2];
	rfbClient *client = connect_to(words[1]);
	if (client == NULL) {
		fprintf(stderr, "not let in\n");
		return 1;
	}
	bool done = do_it(client, count, words);
	rfbClientCleanup(client);
	return done ? 0 : 1;
}
