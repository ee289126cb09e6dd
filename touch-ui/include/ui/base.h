/* Base: the touch-ui layer's own words (os/base.h and md/geometry.h for everybody's). */
#ifndef UI_BASE_H
#define UI_BASE_H

#include <md/affine.h>
#include <md/color.h>
#include <md/geometry.h>
#include <os/base.h>
#include <os/object.h>

#define UI_PUBLIC OS_PUBLIC

#endif
