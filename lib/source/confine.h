/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Giving up what a process no longer needs before it looks at bytes that others wrote. What is
 * open stays open; nothing else can be reached afterwards.
 */
#ifndef XDC_CONFINE_H
#define XDC_CONFINE_H

#include <sys/types.h>

#include "base/base.h"

/* What came into force; what this kernel lacks is false. */
struct xdc_confinement {
	bool no_new_privileges;
	bool no_capabilities;
	bool other_user;    /* was root, and is no longer */
	bool system_calls;  /* seccomp: only those that computing and writing need */
	unsigned int files; /* Landlock: the version of its interface, 0: not there */
	bool limits;	    /* no new descriptor, no process, bounded memory and processor time */
};

/*
 * Gives up, for this process and for good: new privileges, every capability, root (@user and
 * @group are taken on instead), every file by name, the network, other processes, all system
 * calls but those that compute, read and write what is open.
 *
 * Returns 0 where a path can no longer be opened and no capability is left, with what is in force
 * in *@ret; else -errno (-EPERM: something that should be refused still works), and the caller
 * must not go on to what is hostile.
 *
 * Facts: Documentation/userspace-api/landlock.rst (interfaces 1 to 7), seccomp(2),
 * capabilities(7). Landlock came with Linux 5.13 and must be among the kernel's active security
 * modules; seccomp filters are of 3.5. Either keeps files away.
 */
int xdc_confine(uid_t user, gid_t group, struct xdc_confinement *ret);

#endif
