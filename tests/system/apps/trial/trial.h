/* Trial: an app that does what no app should, one button for each thing, so that tests can see what
 * becomes of it. It is installed by tests alone. */
#ifndef TRIAL_H
#define TRIAL_H

#include <ui/ui.h>

/* Runs every attack on the compositor, one connection each, and returns a line that says how many
 * were refused and which were not. Lent until the next call. */
const char *attack_compositor(void);

#endif
