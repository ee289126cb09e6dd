/* The app org.test.lines of the test child: asks for the lines of its record, and for one that is not
 * in it, and tells over its serial line what became of each: "port 0", "meter -2", … A line of text
 * that comes back over it is sent back. */
#ifndef TEST_CHILD_LINES_H
#define TEST_CHILD_LINES_H

#include <os/supervisor.h>

#define LINES_APP "org.test.lines"
#define LINES_SAID "port 0\nmeter -2\nrelay -19\nghost -2\nend\n"

void lines_fill_record(struct os_launch_record *record);
void lines_begin(void);

#endif
