/* Notify: tells the service manager how it stands, by the protocol of sd_notify(3): a datagram of
 * lines to the socket that NOTIFY_SOCKET named. systemd believes its main process, the keeper. */
#ifndef OS_NOTIFY_H
#define OS_NOTIFY_H

#include <os/base.h>

/* socket: a whole path, or '@' and a name; "" tells nobody. -Exxx, which nobody has to mind. */
int notify_send(const char *socket, const char *lines);

#endif
