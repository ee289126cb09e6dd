/* F88, F129: an app's life in its order, its state saved, restored, and dropped when it kills the
 * app. */
#include "screen.h"

#include <cs/value.h>
#include <dirent.h>
#include <fcntl.h>
#include <os/file.h>
#include <os/path.h>
#include <ui/app_host.h>
#include <unistd.h>

static struct {
	char calls[512];
	int64_t place, restored;
	bool refuses;
} s_log;

static void note(const char *call)
{
	strcat(s_log.calls, call);
	strcat(s_log.calls, " ");
}

static int did_launch(struct ui_app *app)
{
	note("launch");
	ui_app_set_context(app, &s_log);
	return s_log.refuses ? -5 : 0;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	note("scene");
	ui_scene_set_root(scene, ui_view_controller_create_with_view(ui_view_create(), "app"));
}

static void activate(struct ui_app *app)
{
	note("activate");
}
static void deactivate(struct ui_app *app)
{
	note("deactivate");
}
static void enter_background(struct ui_app *app)
{
	note("background");
}
static void enter_foreground(struct ui_app *app)
{
	note("foreground");
}
static void memory_warning(struct ui_app *app)
{
	note("memory");
}
static void terminate(struct ui_app *app)
{
	note("terminate");
}
static void open_url(struct ui_app *app, const char *url)
{
	note(url);
}

static struct cs_value *save_state(struct ui_app *app)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	cs_builder_key(builder, "place");
	cs_builder_int(builder, s_log.place);
	cs_builder_end(builder);
	return cs_builder_finish(builder);
}

static void restore_state(struct ui_app *app, const struct cs_value *state)
{
	note("restore");
	s_log.restored = cs_value_int(cs_value_get(state, "place"), -1);
}

static const struct ui_app_class s_class = {.struct_size = sizeof(s_class),
					    .api = UI_API,
					    .did_launch = did_launch,
					    .scene_connected = scene_connected,
					    .activate = activate,
					    .deactivate = deactivate,
					    .enter_background = enter_background,
					    .enter_foreground = enter_foreground,
					    .open_url = open_url,
					    .memory_warning = memory_warning,
					    .save_state = save_state,
					    .restore_state = restore_state,
					    .terminate = terminate};

struct fixture {
	struct screen screen;
	struct md_display_client *client;
	char folder[64];
	int container;
};

static void ready(void *context)
{
	note("ready");
}

static int fixture_begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	memset(&s_log, 0, sizeof(s_log));
	screen_begin(&fixture->screen);
	strcpy(fixture->folder, "/tmp/strata-app-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	fixture->container = open(fixture->folder, O_RDONLY | O_DIRECTORY);
	*state = fixture;
	return 0;
}

static int fixture_end(void **state)
{
	struct fixture *fixture = *state;
	screen_end(&fixture->screen);
	os_path_remove(fixture->container, "Library");
	close(fixture->container);
	rmdir(fixture->folder);
	free(fixture);
	return 0;
}

static struct ui_app *start(struct fixture *fixture, bool fresh)
{
	struct ui_app_options options = {.struct_size = sizeof(options),
					 .id = "org.strata.test",
					 .class = &s_class,
					 .container = fixture->container,
					 .bundle = -1,
					 .client = fixture->screen.client,
					 .role = MD_SCENE_APP,
					 .fresh = fresh,
					 .ready = ready};
	struct os_error error;
	return ui_app_start(&options, &error);
}

static void calls_come_in_their_order(void **state)
{
	struct fixture *fixture = *state;
	struct ui_app *app = start(fixture, false);
	assert_string_equal(ui_app_id(app), "org.strata.test");
	assert_string_equal(ui_app_container_path(app), fixture->folder);
	assert_ptr_equal(ui_app_context(app), &s_log);
	screen_step(&fixture->screen, 5);
	ui_app_set_state(app, OS_APP_FOREGROUND);
	ui_app_set_state(app, OS_APP_FOREGROUND);
	ui_app_set_state(app, OS_APP_BACKGROUND);
	ui_app_set_state(app, OS_APP_FOREGROUND);
	ui_app_warn_of_memory(app);
	ui_app_open_url(app, "notes:1");
	assert_null(ui_app_end(app));
	assert_string_equal(
	    s_log.calls,
	    "launch scene ready activate deactivate background foreground activate memory "
	    "notes:1 deactivate background terminate ");
}

/* F16: in the dark an app in front is not active, and it is again in the light. */
static void the_dark_deactivates(void **state)
{
	struct fixture *fixture = *state;
	struct ui_app *app = start(fixture, false);
	struct md_compositor *compositor = fixture->screen.stage.compositor;
	screen_step(&fixture->screen, 5);
	ui_app_set_state(app, OS_APP_FOREGROUND);
	md_compositor_set_trait(compositor, "display.blank-after", "1");
	ui_app_set_keeps_screen_on(app, true);
	screen_step(&fixture->screen, 600);
	ui_app_set_keeps_screen_on(app, false);
	screen_step(&fixture->screen, 100);
	assert_string_equal(s_log.calls, "launch scene ready activate deactivate ");
	screen_touch(&fixture->screen, OS_TOUCH_DOWN, 100, 100);
	screen_touch(&fixture->screen, OS_TOUCH_UP, 100, 100);
	screen_step(&fixture->screen, 2);
	assert_string_equal(s_log.calls, "launch scene ready activate deactivate activate ");
	screen_step(&fixture->screen, 100);
	ui_app_set_state(app, OS_APP_BACKGROUND);
	screen_touch(&fixture->screen, OS_TOUCH_DOWN, 100, 100);
	screen_touch(&fixture->screen, OS_TOUCH_UP, 100, 100);
	screen_step(&fixture->screen, 2);
	ui_app_set_state(app, OS_APP_FOREGROUND);
	assert_string_equal(s_log.calls, "launch scene ready activate deactivate activate deactivate "
					 "background foreground activate ");
	ui_app_end(app);
}

static void state_is_kept(void **state)
{
	struct fixture *fixture = *state;
	struct ui_app *app = start(fixture, false);
	s_log.place = 42;
	ui_app_set_state(app, OS_APP_FOREGROUND);
	ui_app_set_state(app, OS_APP_BACKGROUND);
	uint64_t syncs = os_file_sync_count();
	ui_app_invalidate_state(app); /* the same: nothing is written */
	assert_int_equal(os_file_sync_count(), syncs);
	ui_app_end(app);
	app = start(fixture, false);
	assert_int_equal(s_log.restored, 42);
	screen_step(&fixture->screen, 5);
	ui_app_end(app);
	assert_true(os_path_exists(fixture->container, "Library/state.json"));
	s_log.restored = 0;
	app = start(fixture, true);
	assert_int_equal(s_log.restored, 0);
	screen_step(&fixture->screen, 5);
	ui_app_end(app);
}

static void state_that_kills_is_dropped(void **state)
{
	struct fixture *fixture = *state;
	struct ui_app *app = start(fixture, false);
	s_log.place = 42;
	ui_app_end(app);
	/* A crash before the first frame: the name that it was tried under is left behind. */
	app = start(fixture, false);
	assert_int_equal(s_log.restored, 42);
	assert_true(os_path_exists(fixture->container, "Library/state-tried.json"));
	assert_false(os_path_exists(fixture->container, "Library/state.json"));
	s_log.restored = 0;
	struct ui_app *next = start(fixture, false);
	assert_int_equal(s_log.restored, 0);
	screen_step(&fixture->screen, 5);
	ui_app_end(next);
	ui_app_end(app);
}

static void damaged_state_is_no_state(void **state)
{
	struct fixture *fixture = *state;
	os_path_make_folders(fixture->container, "Library");
	static const char *const s_files[] = {"{", "[]", "{\"version\": 99, \"state\": {}}", ""};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_files); i++) {
		os_file_write_atomic(fixture->container, "Library/state.json", s_files[i],
				     strlen(s_files[i]));
		struct ui_app *app = start(fixture, false);
		assert_null(strstr(s_log.calls, "restore"));
		screen_step(&fixture->screen, 5);
		ui_app_end(app);
	}
}

static void an_app_that_cannot_start_says_so(void **state)
{
	struct fixture *fixture = *state;
	s_log.refuses = true;
	assert_null(start(fixture, false));
	assert_string_equal(s_log.calls, "launch ");
}

static void modules_are_checked(void **state)
{
	const char *folder = getenv("TEST_MODULES");
	struct ui_app_class class;
	struct os_error error;
	assert_non_null(folder);
	assert_true(ui_app_load(folder, "../x.so", &class, &error) < 0);
	assert_true(ui_app_load(folder, "nothing.so", &class, &error) < 0);
	assert_non_null(strstr(error.text, "nothing.so"));
	assert_true(ui_app_load(folder, "module_newer.so", &class, &error) < 0);
	assert_non_null(strstr(error.text, "module_newer.so was made for a newer Strata"));
	assert_int_equal(ui_app_load(folder, "module_older.so", &class, &error), 0);
	assert_non_null(class.did_launch);
	assert_null(class.scene_connected); /* it is not there, whatever lies behind the record */
	assert_null(class.terminate);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(calls_come_in_their_order, fixture_begin, fixture_end),
	    cmocka_unit_test_setup_teardown(the_dark_deactivates, fixture_begin, fixture_end),
	    cmocka_unit_test_setup_teardown(state_is_kept, fixture_begin, fixture_end),
	    cmocka_unit_test_setup_teardown(state_that_kills_is_dropped, fixture_begin,
					    fixture_end),
	    cmocka_unit_test_setup_teardown(damaged_state_is_no_state, fixture_begin, fixture_end),
	    cmocka_unit_test_setup_teardown(an_app_that_cannot_start_says_so, fixture_begin,
					    fixture_end),
	    cmocka_unit_test(modules_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
