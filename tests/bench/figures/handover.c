/* Figure of handing a frame over: from an app's commit of a pooled surface until the compositor has
 * taken it whole into its model, and word of that has come back by the floor's way. */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <md/scene.h>
#include <md/surface.h>
#include <os/clock.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/port.h>

#include "compositor_private.h"
#include "fake_board.h"
#include "handover.h"
#include "work.h"

#define PATIENCE_US (5 * OS_US_PER_S)

static struct os_loop *s_loop;
static struct md_scene *s_scene;
static struct md_layer *s_layer;
static struct md_surface *s_surface;
static int s_word; /* one byte comes here for each transaction that was taken */
static bool s_configured;

/* --- The compositor's process --------------------------------------------------------------------- */

static void composite(int fd, int word)
{
	struct os_error error = {0};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	bench_pin(0);
	s_loop = os_loop_create();
	struct fake_board *board = fake_board_create(1);
	const struct md_compositor_options options = {
	    .struct_size = sizeof(options),
	    .board = fake_board_table(board),
	    .driver = "memory",
	    .mode = {HANDOVER_WIDTH, HANDOVER_HEIGHT, 1, 60000, false}};
	struct md_compositor *compositor = md_compositor_create(s_loop, &options, &error);
	const struct os_peer peer = {
	    .client = 1, .pid = 1, .role = "app", .app = "org.strata.bench"};
	if (compositor == NULL || md_compositor_add_client(compositor, fd, 0, &peer) < 0) {
		bench_fail(error.text);
	}
	uint64_t taken = 0;
	for (;;) {
		os_loop_iterate(s_loop, OS_NEVER);
		if (compositor->last_transaction != taken) {
			taken = compositor->last_transaction;
			if (send(word, "", 1, MSG_NOSIGNAL) != 1) {
				_exit(0);
			}
		}
	}
}

/* --- The app's ---------------------------------------------------------------------------------------- */

static void configure(void *context, const struct md_scene_configuration *configuration)
{
	s_configured = true;
}

static void nothing_to_tell(void *context, const struct md_tick *tick)
{
}

static const struct md_scene_delegate s_delegate = {
    .struct_size = sizeof(s_delegate), .configure = configure, .tick = nothing_to_tell};

static void start(void)
{
	int fds[2], words[2];
	if (os_port_pair(fds) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, words) < 0) {
		bench_fail("a pair of sockets");
	}
	if (fork() == 0) {
		close(fds[0]);
		close(words[0]);
		composite(fds[1], words[1]);
	}
	close(fds[1]);
	close(words[1]);
	s_word = words[0];
	bench_pin(1);
	s_loop = os_loop_create();
	s_scene = md_scene_create(md_display_client_create_with_fd(s_loop, fds[0]), MD_SCENE_APP,
				  &s_delegate, NULL);
}

static void take_word(void)
{
	char byte;
	md_scene_commit(s_scene);
	os_loop_iterate(s_loop, 0);
	if (recv(s_word, &byte, 1, 0) != 1) {
		bench_fail("the compositor's word");
	}
}

static void make_surface(void)
{
	int64_t until_us = os_clock_real_us() + PATIENCE_US;
	while (s_surface == NULL && os_clock_real_us() < until_us) {
		s_surface = md_surface_create(s_scene, HANDOVER_WIDTH, HANDOVER_HEIGHT, true);
		os_loop_iterate(s_loop, s_surface == NULL ? OS_US_PER_MS : 0);
	}
	const struct md_rect whole = {0, 0, HANDOVER_WIDTH, HANDOVER_HEIGHT};
	struct md_canvas *canvas = s_surface != NULL ? md_surface_begin(s_surface, whole) : NULL;
	if (canvas == NULL) {
		bench_fail("a surface");
	}
	md_canvas_fill_rect(canvas, whole, MD_COLOR_WHITE);
	md_surface_end(s_surface);
}

static void prepare(void)
{
	start();
	while (!s_configured) {
		os_loop_iterate(s_loop, PATIENCE_US);
	}
	make_surface();
	s_layer = md_layer_create(s_scene);
	md_layer_set_frame(s_layer, (struct md_rect){0, 0, HANDOVER_WIDTH, HANDOVER_HEIGHT});
	md_layer_insert(md_scene_root(s_scene), s_layer, -1);
	md_layer_set_surface(s_layer, s_surface, NULL);
	take_word();
}

static double measure(int turns)
{
	double *times = os_alloc_array((size_t)turns, sizeof(double));
	const struct md_rect damage = {0, HANDOVER_Y, HANDOVER_WIDTH, 1};
	for (int i = 0; i < turns; i++) {
		double began_us = bench_real_us();
		md_layer_set_surface(s_layer, s_surface, &damage);
		take_word();
		times[i] = bench_real_us() - began_us;
		os_loop_iterate(s_loop, 0);
	}
	double median_us = bench_median(times, turns);
	os_free(times);
	return median_us;
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "frame-handover", .prepare = prepare, .measure = measure},
	};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
