/* Base: the media layer's own words (os/base.h for everybody's). */
#ifndef MD_BASE_H
#define MD_BASE_H

#include <os/base.h>

#define MD_PUBLIC OS_PUBLIC

#endif
