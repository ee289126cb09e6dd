/* UTF-8: whether bytes are well-formed (RFC 3629: shortest form, no surrogates, up to U+10FFFF). */
#ifndef OS_UTF8_H
#define OS_UTF8_H

#include <os/base.h>

bool utf8_is_valid(const char *bytes, size_t length);

#endif
