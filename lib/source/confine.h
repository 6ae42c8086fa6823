/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Giving up what a process no longer needs before it looks at bytes that others wrote. What is
 * open stays open; nothing else can be reached afterwards.
 */
#ifndef XDC_CONFINE_H
#define XDC_CONFINE_H

#include <sys/types.h>

#include "base/base.h"

/* What is in force; what this kernel lacks is false. */
struct xdc_confinement {
	uid_t user;		/* who this process is now */
	bool other_user;	/* was root, and is no longer */
	bool no_new_privileges; /* no_new_privs: no program gives it any */
	bool no_capabilities;
	bool closed;	    /* no path can be opened, be it by one of the next two or by both */
	unsigned int files; /* Landlock: the version of its interface, 0: not there */
	bool system_calls;  /* seccomp: only those that computing and writing need */
	bool limits;	    /* no new descriptor, no process, bounded memory and processor time */
};

struct xdc_confine_options {
	/* Whom root becomes. */
	uid_t user;
	gid_t group;
	bool lasting; /* goes on until somebody ends it: no bound of processor time */
};

/*
 * Gives up, for this process and for good: new privileges, every capability, root, every file by
 * name, the network, other processes, all system calls but those that compute, read and write what
 * is open. It remains the child that dies with its parent where it was one (PR_SET_PDEATHSIG).
 *
 * What is in force then is in *@ret: each of these is tried, whatever became of the others.
 *
 * Facts: Documentation/userspace-api/landlock.rst (interfaces 1 to 7), seccomp(2),
 * capabilities(7). Landlock came with Linux 5.13 and must be among the kernel's active security
 * modules; seccomp filters are of 3.5. Either keeps files away.
 */
void xdc_confine(const struct xdc_confine_options *options, struct xdc_confinement *ret);

/*
 * Whether that is enough to look at what a stranger made: no path can be opened and no capability
 * is left or can be had.
 */
bool xdc_confinement_holds(const struct xdc_confinement *confinement);

#endif
