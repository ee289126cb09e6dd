#include "trial.h"

#include <os/os.h>
#include <stdlib.h>
#include <string.h>

/* Long enough for the push to be on its way, and far from its end (ω 20: 0.33 s). */
#define HANG_AFTER_US (50 * OS_US_PER_MS)
#define HANG_US (3 * OS_US_PER_S)
/* A test that ended in between must not leave it hanging for ever. */
#define HANG_REAL_US (60 * OS_US_PER_S)
#define EATEN_MB 2048

struct trial {
	struct ui_view_controller *navigation; /* lent: the scene's root */
	struct ui_view *answer;                /* weak: the screen's view retains it */
	struct os_timer *timer;
};

/* --- Hanging ---------------------------------------------------------------------------------------- */

static void hang(void *context, int64_t now_us)
{
	int64_t until_us = now_us + HANG_US, real_until_us = os_clock_real_us() + HANG_REAL_US;
	uint64_t turns = 0;
	os_log_info("trial", "hangs from %lld to %lld", (long long)now_us, (long long)until_us);
	while (os_clock_now_us() < until_us && os_clock_real_us() < real_until_us) {
		turns++;
	}
	os_log_info("trial", "hung until %lld, %llu turns", (long long)os_clock_now_us(), (unsigned long long)turns);
}

static void push_and_hang(void *context, struct ui_view *button)
{
	struct trial *trial = context;
	struct ui_view *view = ui_label_create("It came in time.");
	ui_view_set_background(view, UI_COLOR_BACKGROUND);
	ui_navigation_controller_push(trial->navigation, ui_view_controller_create_with_view(view, "Pushed"), true);
	os_timer_set_after(trial->timer, HANG_AFTER_US);
}

/* --- Dying ------------------------------------------------------------------------------------------- */

static __attribute__((noinline)) void crash_on_purpose(volatile int *nowhere)
{
	*nowhere = 1;
}

static void crash(void *context, struct ui_view *button)
{
	volatile int *volatile nowhere = NULL;
	crash_on_purpose(nowhere);
}

static void eat_memory(void *context, struct ui_view *button)
{
	for (int i = 0; i < EATEN_MB; i++) {
		char *memory = malloc(1 << 20);
		if (memory != NULL) {
			memset(memory, i | 1, 1 << 20);
			__asm__ volatile("" : : "r"(memory) : "memory");
		}
	}
	struct trial *trial = context;
	ui_label_set_text(trial->answer, "Nobody minded.");
}

/* --- Attacking ----------------------------------------------------------------------------------------- */

static void attack(void *context, struct ui_view *button)
{
	struct trial *trial = context;
	ui_label_set_text(trial->answer, attack_compositor());
}

/* --- The app -------------------------------------------------------------------------------------------- */

static struct ui_view_controller *create_screen(struct trial *trial)
{
	static const struct {
		const char *title;
		void (*fn)(void *context, struct ui_view *button);
	} rows[] = {
		{"Push and hang", push_and_hang}, {"Crash", crash}, {"Eat memory", eat_memory}, {"Attack", attack},
	};
	struct ui_view *stack = ui_stack_create(UI_STACK_VERTICAL, 8);
	ui_view_set_background(stack, UI_COLOR_BACKGROUND);
	ui_stack_set_follows_safe_area(stack, true);
	for (size_t i = 0; i < OS_ARRAY_LEN(rows); i++) {
		struct ui_view *button = ui_button_create(rows[i].title, UI_BUTTON_TINTED);
		ui_control_add_action(button, UI_CONTROL_TAPPED, rows[i].fn, trial);
		ui_view_add(stack, button);
	}
	trial->answer = ui_label_create("Nothing yet.");
	ui_label_set_lines(trial->answer, 0);
	ui_view_add(stack, trial->answer);
	return ui_view_controller_create_with_view(stack, "Trial");
}

static int did_launch(struct ui_app *app)
{
	struct trial *trial = os_alloc(sizeof(*trial));
	trial->timer = os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, hang, trial);
	ui_app_set_context(app, trial);
	return 0;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	struct trial *trial = ui_app_context(app);
	trial->navigation = ui_navigation_controller_create(create_screen(trial));
	ui_scene_set_root(scene, trial->navigation);
}

static void terminate(struct ui_app *app)
{
	struct trial *trial = ui_app_context(app);
	os_timer_release(trial->timer);
	os_free(trial);
}

static const struct ui_app_class s_app = {
	.struct_size = sizeof(s_app),
	.api = UI_API,
	.did_launch = did_launch,
	.scene_connected = scene_connected,
	.terminate = terminate,
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_app;
}
