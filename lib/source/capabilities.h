/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What root may do beyond what its files let it, taken away by pieces: see capabilities(7). */
#ifndef XDC_CAPABILITIES_H
#define XDC_CAPABILITIES_H

#include <linux/capability.h>

#include "base/base.h"

#define XDC_CAPABILITY(number) (UINT64_C(1) << (number))

/*
 * This process has none but those of @kept from now on, and gives none to what it executes beyond
 * what that gets by being root's. Returns 0 or -errno.
 */
int xdc_capabilities_keep(uint64_t kept);

/*
 * What this process executes gets none but those of @kept, even as root, and no program gives it
 * new privileges (no_new_privs). A process that has no right to say so has none to give away.
 */
void xdc_capabilities_bound(uint64_t kept);

#endif
