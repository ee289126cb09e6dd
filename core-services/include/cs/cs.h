/* Core services: what apps share, and what is too high for an operating system.
 *
 * In reading order: values and text, what an app keeps, what apps have in common, and the
 * conversation with the process that owns it. */
#ifndef CS_CS_H
#define CS_CS_H

#include <cs/base.h>

#include <cs/value.h>
#include <cs/strings.h>
#include <cs/locale.h>
#include <cs/date.h>
#include <cs/notification_center.h>

#include <cs/model.h>
#include <cs/predicate.h>
#include <cs/store.h>
#include <cs/results.h>

#include <cs/services.h>
#include <cs/settings.h>
#include <cs/calibration.h>
#include <cs/apps.h>
#include <cs/bundle.h>
#include <cs/permission.h>

#include <cs/services_interface.h>
#include <cs/services_server.h>

#endif
