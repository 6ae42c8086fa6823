/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef XDC_SECCOMP_H
#define XDC_SECCOMP_H

/*
 * From now on this process may only make the system calls that computing, reading and writing
 * open files, and ending take; any other fails with EPERM. Needs no_new_privs or CAP_SYS_ADMIN.
 * Returns 0 or -errno (-EINVAL: a kernel without CONFIG_SECCOMP_FILTER, -ENOSYS: an architecture
 * that we have no number for).
 */
int xdc_seccomp_restrict(void);

#endif
