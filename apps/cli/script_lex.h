/* Words of a script's line: bare ones, and texts in quotes. */
#ifndef CLI_SCRIPT_LEX_H
#define CLI_SCRIPT_LEX_H

#include <os/base.h>
#include <os/status.h>

struct script_word {
	char *text;
	bool quoted;
	bool from_shell; /* bare, but its quotes may have been the shell's */
};

struct script_words {
	struct script_word *words;
	int count;
};

/* Cuts a line into words; a # that begins a word and is not an id's ("#id") begins a comment.
 * where begins the sentence of an error: "FILE:LINE". */
int script_lex(const char *line, size_t length, const char *where, struct script_words *ret_words,
	       struct os_error *ret_error);
/* Words that came one by one, from a shell. */
int script_lex_shell(char *const *words, int count, struct script_words *ret_words,
		     struct os_error *ret_error);
void script_words_finish(struct script_words *words);

#endif
