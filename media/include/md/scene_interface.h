/* Scene interface: the messages between a process that shows something and the compositor.
 *
 * The tables are in media/src/scene_interface.c; md/scene.h is what programs use. Transactions are
 * `begin`, any number of `ops` (each a run of marshalled layer operations, md_layer_ops, at most
 * 60,000 bytes) and `commit`: applied whole or not at all. */
#ifndef MD_SCENE_INTERFACE_H
#define MD_SCENE_INTERFACE_H

#include <md/base.h>
#include <os/interface.h>

enum md_scene_role { MD_SCENE_APP, MD_SCENE_SHELL, MD_SCENE_KEYBOARD };
enum md_touch_phase { MD_TOUCH_DOWN, MD_TOUCH_MOVE, MD_TOUCH_UP, MD_TOUCH_CANCEL };
enum md_transition { MD_TRANSITION_NONE, MD_TRANSITION_ROTATE, MD_TRANSITION_FADE };
enum md_query {
	MD_QUERY_TREE,       /* the accessible tree: one JSON node (role "scene"), frames in points of the scene */
	MD_QUERY_VIEWS,      /* the view tree with layers and frames, JSON */
	MD_QUERY_ACTION,     /* "ID action": performs an accessible action → "" done, else why not */
	MD_QUERY_SCROLL_TO,  /* "ID label": scrolls the list ("-": any) until it is visible → "" or why not */
	MD_QUERY_SETTLED,    /* "" → what is dirty or moves, "" when nothing does */
	MD_QUERY_HIT,        /* "X Y" in points of the scene → id of the node that a finger there touches, or "" */
};

/* The input channel carries bytes whose first one is their kind. These two are the compositor's;
 * all others belong to ui/input_method.h and pass through it unseen. */
#define MD_INPUT_TEXT 'T'    /* to the scene: UTF-8 text to insert at the caret; taken = md_scene_ack_input */
#define MD_INPUT_FIELD 'F'   /* from the scene: one more byte, 1: a field has the caret, 0: none has */

enum md_scene_request {
	MD_SCENE_CREATE, MD_SCENE_DESTROY,
	MD_SCENE_ARENA, MD_SCENE_ARENA_BACK, /* asks for memory; hands a descriptor back after a restart */
	MD_SCENE_REQUEST_TICK,
	MD_SCENE_BEGIN, MD_SCENE_OPS, MD_SCENE_COMMIT,
	MD_SCENE_ANSWER, MD_SCENE_INPUT, MD_SCENE_ACK_INPUT,
	MD_SCENE_MOVING, MD_SCENE_DEFER_EDGES,
	/* the shell's */
	MD_SCENE_SHELL_ATTACH, MD_SCENE_SHELL_EDGE, MD_SCENE_SHELL_ACTIVATE, MD_SCENE_SHELL_SAFE_AREA,
	MD_SCENE_SHELL_SNAPSHOT,
	MD_SCENE_TICK_DONE,  /* nothing changed: a tick's answer when there is no commit */
	MD_SCENE_ARENA_DROP, /* this memory is not used any more */
	MD_SCENE_TOUCH_WATCH, MD_SCENE_CALIBRATE, /* the Settings app's, md/calibration.h */
	MD_SCENE_SHELL_HOLD, MD_SCENE_SHELL_REST,
	MD_SCENE_KEEP_ON,         /* the screen does not grow dark while this scene is in front */
	MD_SCENE_SHELL_ASK_POWER, /* `shell_power` follows, read anew */
	MD_SCENE_REQUESTS
};

enum md_scene_event {
	MD_SCENE_CREATED, MD_SCENE_ARENA_GIVEN, MD_SCENE_RELEASED, MD_SCENE_CONFIGURE, MD_SCENE_TICK,
	MD_SCENE_TOUCHES, MD_SCENE_KEY, MD_SCENE_FOCUS, MD_SCENE_PRESENTED, MD_SCENE_ANIMATION_DONE,
	MD_SCENE_INPUT_EVENT, MD_SCENE_QUERY,
	MD_SCENE_SHELL_APPEARED, MD_SCENE_SHELL_READY, MD_SCENE_SHELL_WENT, MD_SCENE_SHELL_EDGE_BEGAN,
	MD_SCENE_SHELL_KEY,
	MD_SCENE_TOUCH_DEVICES, MD_SCENE_CALIBRATION_ENDED,
	MD_SCENE_SHELL_HELD, MD_SCENE_SHELL_RESTED,
	MD_SCENE_SEEN,            /* the screen is dark, or light again */
	MD_SCENE_SHELL_POWER,
	MD_SCENE_SCROLL,
	MD_SCENE_EVENTS
};

MD_PUBLIC extern const struct os_interface md_scene_interface;
/* Operations inside a transaction, as a table of its own: requests only. */
MD_PUBLIC extern const struct os_interface md_layer_ops_interface;

#endif
