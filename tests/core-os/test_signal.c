#include "test.h"

#include <os/signal.h>

struct hearer {
	struct os_listener listener;
	struct hearer *victim, *friend;
	struct os_signal *signal;
	bool finishes;
	int heard, depth;
};

static void hear(void *context, void *data)
{
	struct hearer *self = context;
	self->heard++;
	if (self->victim != NULL) {
		os_listener_disconnect(&self->victim->listener);
	}
	if (self->friend != NULL) {
		os_signal_connect(self->signal, &self->friend->listener, hear, self->friend);
	}
	if (self->depth > 0) {
		self->depth--;
		os_signal_emit(self->signal, data);
	}
	if (self->finishes) {
		os_signal_finish(self->signal);
	}
}

static void connect_all(struct os_signal *signal, struct hearer *hearers, int count)
{
	os_signal_init(signal);
	for (int i = 0; i < count; i++) {
		hearers[i].signal = signal;
		os_signal_connect(signal, &hearers[i].listener, hear, &hearers[i]);
	}
}

static void all_hear(void **state)
{
	struct os_signal signal;
	struct hearer hearers[3] = {0};
	connect_all(&signal, hearers, 3);
	os_signal_emit(&signal, NULL);
	os_listener_disconnect(&hearers[1].listener);
	os_listener_disconnect(&hearers[1].listener);
	os_signal_emit(&signal, NULL);
	assert_int_equal(hearers[0].heard, 2);
	assert_int_equal(hearers[1].heard, 1);
	assert_int_equal(hearers[2].heard, 2);
	os_signal_finish(&signal);
	assert_null(hearers[0].listener.link.next);
}

static void listeners_go_while_they_are_called(void **state)
{
	struct os_signal signal;
	struct hearer hearers[4] = {0};
	connect_all(&signal, hearers, 4);
	hearers[0].victim = &hearers[0];
	hearers[1].victim = &hearers[2]; /* the next one to be called */
	hearers[3].victim = &hearers[1]; /* one that was called */
	os_signal_emit(&signal, NULL);
	assert_int_equal(hearers[0].heard, 1);
	assert_int_equal(hearers[1].heard, 1);
	assert_int_equal(hearers[2].heard, 0);
	assert_int_equal(hearers[3].heard, 1);
	assert_int_equal(os_list_count(&signal.listeners), 1);
}

static void new_ones_hear_from_the_next_emit(void **state)
{
	struct os_signal signal;
	struct hearer hearers[2] = {0}, late = {0};
	connect_all(&signal, hearers, 2);
	hearers[0].friend = &late;
	os_signal_emit(&signal, NULL);
	assert_int_equal(late.heard, 0);
	hearers[0].friend = NULL;
	os_signal_emit(&signal, NULL);
	assert_int_equal(late.heard, 1);
}

static void emits_nest(void **state)
{
	struct os_signal signal;
	struct hearer hearers[3] = {0};
	connect_all(&signal, hearers, 3);
	hearers[1].depth = 2;
	os_signal_emit(&signal, NULL);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(hearers[i].heard, 3);
	}
	assert_int_equal(os_list_count(&signal.listeners), 3);
}

static void the_teller_may_go_while_it_tells(void **state)
{
	struct os_signal signal;
	struct hearer hearers[3] = {0};
	connect_all(&signal, hearers, 3);
	hearers[1].finishes = true;
	os_signal_emit(&signal, NULL);
	assert_int_equal(hearers[1].heard, 1);
	assert_int_equal(hearers[2].heard, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_hear),
	    cmocka_unit_test(listeners_go_while_they_are_called),
	    cmocka_unit_test(new_ones_hear_from_the_next_emit),
	    cmocka_unit_test(emits_nest),
	    cmocka_unit_test(the_teller_may_go_while_it_tells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
