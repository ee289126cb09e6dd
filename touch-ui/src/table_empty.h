/* What a list shows while it has no rows: a symbol, a sentence, one button. Private. */
#ifndef UI_SRC_TABLE_EMPTY_H
#define UI_SRC_TABLE_EMPTY_H

#include <ui/view.h>

struct table_empty_options {
	const char *symbol, *sentence, *button; /* button NULL: none */
	void (*fn)(void *context);
	void *context;
};

struct table_empty {
	struct ui_view *view; /* weak: a child of the table; NULL until set */
	void (*fn)(void *context);
	void *context;
};

void table_empty_set(struct table_empty *empty, struct ui_view *table, const struct table_empty_options *options);
void table_empty_layout(struct table_empty *empty, struct ui_view *table, bool is_empty);
void table_empty_finish(struct table_empty *empty);

#endif
