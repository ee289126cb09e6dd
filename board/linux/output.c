/* Opening a card: who is its master, which connector, which of its lines (CRTC), which mode. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <xf86drm.h>

#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>

#define NODES "/dev/dri"

/* --- Names of things -------------------------------------------------------------------------- */

static bool is_the_connector(const drmModeConnector *connector, const char *name)
{
	char text[32];
	const char *type = drmModeGetConnectorTypeName(connector->connector_type);
	snprintf(text, sizeof(text), "%s-%u", type != NULL ? type : "Unknown",
		 connector->connector_type_id);
	return strcmp(text, name) == 0;
}

/* The property's id, 0 if the object has none of that name. */
static uint32_t find_property(int fd, uint32_t object, uint32_t type, const char *name)
{
	drmModeObjectProperties *all = drmModeObjectGetProperties(fd, object, type);
	uint32_t found = 0;
	for (uint32_t i = 0; all != NULL && i < all->count_props && found == 0; i++) {
		drmModePropertyRes *property = drmModeGetProperty(fd, all->props[i]);
		if (property != NULL && strcmp(property->name, name) == 0) {
			found = property->prop_id;
		}
		drmModeFreeProperty(property);
	}
	drmModeFreeObjectProperties(all);
	return found;
}

/* --- Mode ------------------------------------------------------------------------------------- */

static int32_t rate_of(const drmModeModeInfo *timing)
{
	uint64_t points = (uint64_t)timing->htotal * timing->vtotal;
	uint64_t rate = points == 0 ? timing->vrefresh * UINT64_C(1000)
				    : ((uint64_t)timing->clock * 1000000 + points / 2) / points;
	if ((timing->flags & DRM_MODE_FLAG_INTERLACE) != 0) {
		rate *= 2;
	}
	if ((timing->flags & DRM_MODE_FLAG_DBLSCAN) != 0) {
		rate /= 2;
	}
	return rate >= 1000 && rate <= 1000000 ? (int32_t)rate : 60000;
}

static int choose_timing(const drmModeConnector *connector, const struct os_display_mode *wanted)
{
	int count = connector->count_modes;
	struct kms_timing *timings = os_alloc_array((size_t)OS_MAX(count, 1), sizeof(*timings));
	for (int i = 0; i < count; i++) {
		const drmModeModeInfo *mode = &connector->modes[i];
		timings[i] = (struct kms_timing){
		    .width_px = mode->hdisplay,
		    .height_px = mode->vdisplay,
		    .rate_mhz = rate_of(mode),
		    .is_preferred = (mode->type & DRM_MODE_TYPE_PREFERRED) != 0,
		    .is_interlaced =
			(mode->flags & (DRM_MODE_FLAG_INTERLACE | DRM_MODE_FLAG_DBLSCAN)) != 0};
	}
	int best = kms_timing_choose(timings, (size_t)count, wanted);
	os_free(timings);
	return best;
}

/* The kernel knows a panel's size by its description, a screen's by its EDID, which it does not
 * check as strictly as we do. */
static void read_size(struct output *output, const drmModeConnector *connector, const char *cards)
{
	struct os_display_mode *mode = &output->mode;
	uint8_t *bytes = os_alloc(KMS_EDID_MAX);
	struct kms_edid edid;
	struct os_error error;
	int length = kms_read_edid(cards, &output->choice, bytes, KMS_EDID_MAX);
	mode->width_mm = (int32_t)OS_MIN(connector->mmWidth, 100000u);
	mode->height_mm = (int32_t)OS_MIN(connector->mmHeight, 100000u);
	if (length > 0 && kms_edid_parse(bytes, (size_t)length, &edid, &error) < 0) {
		os_log_warning("board", "%s-%s: its EDID is not believed: %s", output->choice.card,
			       output->choice.connector, error.text);
		mode->width_mm = 0;
		mode->height_mm = 0;
	} else if (length > 0) {
		snprintf(output->name, sizeof(output->name), "%s %s", edid.maker, edid.name);
		if (edid.width_mm > 0) {
			mode->width_mm = edid.width_mm;
			mode->height_mm = edid.height_mm;
		}
	}
	kms_believe_size(mode->width_px, mode->height_px, &mode->width_mm, &mode->height_mm);
	os_free(bytes);
}

static void make_mode(struct output *output, const drmModeConnector *connector,
		      const struct os_display_options *options)
{
	struct os_display_mode *mode = &output->mode;
	mode->width_px = output->timing.hdisplay;
	mode->height_px = output->timing.vdisplay;
	mode->rate_mhz = rate_of(&output->timing);
	read_size(output, connector, options->cards != NULL ? options->cards : KMS_CARDS);
	mode->scale = options->wanted.scale > 0 ? options->wanted.scale
						: kms_scale(mode->width_px, mode->height_px,
							    mode->width_mm, mode->height_mm);
}

/* --- Lines ------------------------------------------------------------------------------------ */

/* The one that lights it now, else the first that can. */
static int find_crtc(struct output *output, const drmModeConnector *connector)
{
	drmModeRes *all = drmModeGetResources(output->fd);
	uint32_t possible = 0, current = 0;
	for (int i = 0; i < connector->count_encoders; i++) {
		drmModeEncoder *encoder = drmModeGetEncoder(output->fd, connector->encoders[i]);
		if (encoder != NULL) {
			possible |= encoder->possible_crtcs;
			if (encoder->encoder_id == connector->encoder_id) {
				current = encoder->crtc_id;
			}
		}
		drmModeFreeEncoder(encoder);
	}
	for (int i = 0; all != NULL && i < all->count_crtcs && i < 32; i++) {
		bool can = (possible & 1u << i) != 0;
		if (can && (output->crtc == 0 || all->crtcs[i] == current)) {
			output->crtc = all->crtcs[i];
		}
	}
	drmModeFreeResources(all);
	return output->crtc != 0 ? 0 : -ENXIO;
}

static void find_abilities(struct output *output)
{
	uint64_t sequence, time_ns;
	output->dpms =
	    find_property(output->fd, output->connector, DRM_MODE_OBJECT_CONNECTOR, "DPMS");
	output->mode.has_phase = drmCrtcGetSequence(output->fd, output->crtc, &sequence,
						    &time_ns) == 0 ||
				 errno != EOPNOTSUPP;
	output->sends = !output->mode.has_phase;
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static int open_node(struct output *output, struct os_error *ret_error)
{
	char node[40];
	uint64_t can = 0;
	snprintf(node, sizeof(node), NODES "/%s", output->choice.card);
	output->fd = open(node, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (output->fd < 0) {
		int result = -errno;
		return os_error_set(ret_error, result, "%s: %s%s", node, os_status_text(result),
				    result == -EACCES ? "; is this user in the group video?" : "");
	}
	if (drmGetCap(output->fd, DRM_CAP_DUMB_BUFFER, &can) < 0 || can == 0) {
		return os_error_set(ret_error, -ENOTSUP, "%s: no plain buffers to draw into", node);
	}
	/* Who opens a card that has no master is it. */
	if (!drmIsMaster(output->fd) && drmSetMaster(output->fd) < 0) {
		return os_error_set(ret_error, -EBUSY, "%s: another program has the screen", node);
	}
	return 0;
}

void output_ask_card(const struct kms_choice *choice)
{
	char node[40];
	snprintf(node, sizeof(node), NODES "/%s", choice->card);
	int fd = open(node, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	drmModeRes *all = fd < 0 ? NULL : drmModeGetResources(fd);
	for (int i = 0; all != NULL && i < all->count_connectors; i++) {
		drmModeFreeConnector(drmModeGetConnector(fd, all->connectors[i]));
	}
	drmModeFreeResources(all);
	os_fd_close(fd);
}

static int use_connector(struct output *output, drmModeConnector *connector,
			 const struct os_display_options *options, struct os_error *ret_error)
{
	const char *name = output->choice.connector;
	int at = choose_timing(connector, &options->wanted);
	if (connector->connection == DRM_MODE_DISCONNECTED || at < 0) {
		return os_error_set(ret_error, -ENOTCONN, "%s-%s: nothing is connected any more",
				    output->choice.card, name);
	}
	output->connector = connector->connector_id;
	output->timing = connector->modes[at];
	int result = find_crtc(output, connector);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s-%s: no free line to light it with",
				    output->choice.card, name);
	}
	make_mode(output, connector, options);
	find_abilities(output);
	result = output_create_buffers(output);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s: buffers of %dx%d pixels: %s",
				    output->choice.card, output->mode.width_px,
				    output->mode.height_px, os_status_text(result));
	}
	return 0;
}

/* The connector as it is now: only this one is asked, which may take as long as reading an EDID. */
static drmModeConnector *find_connector(const struct output *output)
{
	drmModeRes *all = drmModeGetResources(output->fd);
	uint32_t id = 0;
	for (int i = 0; all != NULL && i < all->count_connectors && id == 0; i++) {
		drmModeConnector *known =
		    drmModeGetConnectorCurrent(output->fd, all->connectors[i]);
		if (known != NULL && is_the_connector(known, output->choice.connector)) {
			id = known->connector_id;
		}
		drmModeFreeConnector(known);
	}
	drmModeFreeResources(all);
	return id == 0 ? NULL : drmModeGetConnector(output->fd, id);
}

int output_open(const struct kms_choice *choice, const struct os_display_options *options,
		struct output **ret_output, struct os_error *ret_error)
{
	struct output *output = os_alloc(sizeof(*output));
	output->choice = *choice;
	output->fd = -1;
	int result = open_node(output, ret_error);
	if (result == 0) {
		drmModeConnector *connector = find_connector(output);
		result = connector == NULL
			     ? os_error_set(ret_error, -ENOTCONN, "%s-%s: it has gone",
					    choice->card, choice->connector)
			     : use_connector(output, connector, options, ret_error);
		drmModeFreeConnector(connector);
	}
	if (result < 0) {
		output_close(output);
		return result;
	}
	*ret_output = output;
	return 0;
}

struct output *output_close(struct output *output)
{
	if (output != NULL) {
		if (output->fd >= 0) {
			output_destroy_buffers(output);
		}
		os_fd_close(output->fd);
		os_free(output);
	}
	return NULL;
}

bool output_is_current(struct output *output, const struct os_display_options *options)
{
	drmModeConnector *connector = find_connector(output);
	bool is = connector != NULL && connector->connection != DRM_MODE_DISCONNECTED;
	int at = is ? choose_timing(connector, &options->wanted) : -1;
	if (at >= 0) {
		const drmModeModeInfo *timing = &connector->modes[at];
		is = timing->hdisplay == output->timing.hdisplay &&
		     timing->vdisplay == output->timing.vdisplay &&
		     rate_of(timing) == rate_of(&output->timing);
	}
	drmModeFreeConnector(connector);
	return is && at >= 0;
}
