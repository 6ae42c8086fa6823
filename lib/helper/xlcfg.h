/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * xdc-xlcfg, the helper that reads a guest's configuration as xl does: it links libxlutil, which
 * is xl's own parser, belongs to one Xen release and brings libxenlight along. So it is an
 * executable of its own, run by lib/source/guest-config.c with a deadline.
 *
 *	xdc-xlcfg NAME [MILLISECONDS] < CONFIGURATION
 *
 * NAME stands in what the parser says. It opens no file, asks no Xen, and gives up all that it
 * has but its two descriptors before it looks at the configuration. It writes a recording
 * (source/record.h) to its standard output:
 *
 *   guest:settings  each assignment in the file's order, "KEY=LINE", behind "+=" "KEY=LINE+"
 *   guest:values    each key as libxlutil has it: "KEY=TEXT"; a list "KEY[]=COUNT" and
 *                   "KEY[I]=TEXT" for each item, "KEY[I]!unsupported" for a list in a list;
 *                   "KEY#=NUMBER" where xlu_cfg_get_long() takes the text for a number
 *   guest:disk:I    each item of disk=: target, vdev, format, backendtype, script, backend,
 *                   specification, and readwrite, cdrom, grant_usage: 0 or 1. IO_ERROR with
 *                   what the parser says where it refuses the item
 *   guest:pci:I     each item of pci=: device ("0000:00:03.0"), or IO_ERROR
 *   guest:rate:I    IO_ERROR for each item of vif= whose rate= is refused
 *   guest:rdm       IO_ERROR where rdm= is refused
 *   guest           the summary, last: library (the release of libxlutil). IO_ERROR where the
 *                   file does not parse: the detail is what the parser says
 */
#ifndef XDC_XLCFG_H
#define XDC_XLCFG_H

#include "helper/helper.h"

enum {
	XDC_XLCFG_SIZE_MAX = 256 << 10,	  /* of a configuration, as guest-config.c has it */
	XDC_XLCFG_NAME_MAX = 64,	  /* characters of a key that is looked at */
	XDC_XLCFG_SETTINGS_MAX = 4096,	  /* assignments */
	XDC_XLCFG_ITEMS_MAX = 1024,	  /* of one list */
	XDC_XLCFG_VALUES_MAX = 512 << 10, /* bytes of guest:values */
};

/* One assignment in a configuration. */
struct xdc_xlcfg_name {
	char name[XDC_XLCFG_NAME_MAX];
	unsigned int line;
	bool added; /* "+=" */
};

/*
 * xlcfg-names.c: which keys a configuration that libxlutil has accepted assigns. libxlutil can
 * be asked for a key and not for all of them; the words are those of its lexer (libxlu_cfg_l.l,
 * the same from Xen 4.14 to 4.21). Writes at most @max of them in their order and returns how
 * many there are. A key longer than the bound is cut.
 */
size_t xdc_xlcfg_names(const char *text, size_t size, struct xdc_xlcfg_name *ret, size_t max);

#endif
