/* The attack list: what a hostile app tries from inside its walls.
 *
 * An attack returns 0 if it got what it wanted, or the errno that stopped it. The program in
 * attack_app.c runs all of them and prints "NAME ERRNO" lines; test_attacks.c knows which wall
 * should have stopped each, and with which errno. */
#ifndef ATTACKS_H
#define ATTACKS_H

#include <stddef.h>

struct attack {
	const char *name;
	int (*run)(void);
};

/* What the host told the attacker, so that it aims well. */
struct attack_aim {
	const char *data;  /* host path of the folder that holds all apps' containers */
	const char *other; /* the id of another app in it */
	int host_pid;      /* a process of the host */
};

extern struct attack_aim attack_aim;
extern const struct attack attacks_on_files[], attacks_on_processes[], attacks_on_kernel[],
    attacks_on_network[], attacks_on_lines[];
/* Stopped by the filter without such a line, let through with one. */
extern const struct attack attacks_with_lines[];

/* 0, or what errno says: for calls that return -1. */
int attack_result(long returned);
/* Opens, and closes again. */
int attack_open(const char *path, int flags);

#endif
