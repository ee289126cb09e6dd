/* Every interface of the system, for the fuzz target of messages and the maker of its corpus. */
#ifndef FUZZ_MESSAGE_TABLES_H
#define FUZZ_MESSAGE_TABLES_H

#include <cs/services_interface.h>
#include <md/device_interface.h>
#include <md/scene_interface.h>
#include <os/supervisor.h>

static const struct os_interface *const s_interfaces[] = {
	&os_supervisor_interface,
	&cs_services_interface,
	&md_layer_ops_interface,
	&md_scene_interface,
	&md_device_interface,
};

#endif
