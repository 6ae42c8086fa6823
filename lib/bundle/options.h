/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which words of the command lines of Linux and Xen a bundle shows. */
#ifndef XDC_OPTIONS_H
#define XDC_OPTIONS_H

#include "base/base.h"

enum xdc_option {
	XDC_OPTION_UNKNOWN, /* masked as a whole */
	XDC_OPTION_NAMED,   /* without its value */
	XDC_OPTION_KEPT,
};

/*
 * What may be shown of the word that is called @name; '-' and '_' are the same, as in Linux.
 * *@ret_whole is whether the table has all of the name, and not only what it begins with.
 */
enum xdc_option xdc_option_policy(const char *name, size_t size, bool *ret_whole);

#endif
