/* Touch UI, in reading order. What an app includes.
 *
 *	An app has a scene, the scene a window, the window views; controllers bring screens and take
 *	them away; gestures and controls turn fingers into calls; everything else is made of these. */
#ifndef UI_UI_H
#define UI_UI_H

/* What an app is */
#include <ui/base.h>
#include <ui/app.h>
#include <ui/scene.h>
#include <ui/window.h>

/* Views */
#include <ui/appearance.h>
#include <ui/view.h>
#include <ui/layout.h>
#include <ui/canvas_view.h>
#include <ui/label.h>
#include <ui/image_view.h>
#include <ui/view_animation.h>

/* Fingers and keys */
#include <ui/touch.h>
#include <ui/gesture.h>
#include <ui/responder.h>
#include <ui/control.h>
#include <ui/button.h>
#include <ui/switch.h>
#include <ui/slider.h>
#include <ui/dial.h>

/* Text */
#include <ui/input_method.h>
#include <ui/text_field.h>
#include <ui/text_view.h>

/* Scrolling */
#include <ui/scroll_physics.h>
#include <ui/scroll_view.h>
#include <ui/table_view.h>
#include <ui/table_cell.h>

/* Screens */
#include <ui/view_controller.h>
#include <ui/navigation_controller.h>
#include <ui/alert.h>
#include <ui/accessibility.h>

/* For those who make their own */
#include <ui/view_class.h>
#include <ui/control_class.h>
#include <ui/gesture_class.h>
#include <ui/app_host.h>

#endif
