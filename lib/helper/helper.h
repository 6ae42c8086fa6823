/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * xdc-xen, the helper: all that links a Xen library. libxenctrl is tied to one Xen release, and
 * may be missing on just the host to be explained; libxenstore waits for ever where xenstored is
 * down. So it is an executable of its own, run by lib/source/live-xen.c with a deadline.
 *
 *	xdc-xen hypervisor|xenstore|all [MILLISECONDS]
 *
 * It writes a recording (source/record.h) to its standard output, each record as soon as it is
 * known, the summary of each question ("xen", "xenstore") last; and, before it may have to wait, a
 *line for whom to its standard error. MILLISECONDS is how long its starter waits.
 *
 * hypervisor:
 *   xen             OK; DENIED; ABSENT: no privcmd device. The origin is the device
 *   xen:interfaces  domctl, sysctl: the versions that the hypervisor accepts, decimal ("!denied"
 *                   where it accepts none of this domain's calls); library, library_domctl,
 *                   library_sysctl: the same of the helper's libxenctrl, which is of Xen
 *                   release "library"; accepted: whether both agree, 0 or 1 (or "!denied")
 *   xen:version     major, minor, extra, capabilities, changeset, command_line
 *   xen:physinfo    directio (Xen drives an IOMMU), hvm, pv, hap, iommu_hap_pt_share: 0 or 1;
 *                   nr_cpus; total_pages, free_pages (of 4 KiB)
 *   xen:domains     DOMID=FLAG,FLAG...: dying, hvm, shutdown, paused, blocked, running,
 *                   xs_domain, hap
 *   xen:console     the bytes of the console ring, oldest first; the ring is not cleared
 * The origin of the last three is the library through which they were asked.
 *
 * xenstore:
 *   xenstore        OK: it answers; ABSENT: none is running; DENIED. The origin is the socket
 *                   or device through which it was asked
 *   xenstore:/local/domain            DOMID/name=VALUE
 *   xenstore:/local/domain/0/backend  TYPE/DOMID/DEVICE/KEY=VALUE: who is served by dom0
 *   xenstore:/tool/xenstored          KEY=VALUE
 * Only these are read: never the whole store, which is large and holds passwords. Where a node
 * could not be read, "PATH!STATUS" says so; a value that seems to hold a secret is "!redacted".
 */
#ifndef XDC_HELPER_H
#define XDC_HELPER_H

#include "source/record.h"

/* answer.c: writing the recording. */

struct xdc_answer {
	FILE *out;
	size_t count;
};

struct xdc_answer xdc_answer_begin(FILE *out);
/* Writes one record and flushes it. */
void xdc_answer_add(struct xdc_answer *answer, const char *key, const char *origin,
		    enum xdc_status status, const char *detail, const char *data, size_t size);
/* The same for a failure, @error a positive errno: its status, and "WHAT: strerror". */
void xdc_answer_error(struct xdc_answer *answer, const char *key, const char *origin, int error,
		      const char *what);
void xdc_answer_end(struct xdc_answer *answer);

/* Says on standard error what is about to be waited for. */
void xdc_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* privcmd.c: the two commands, and what they share. Each answers everything it should. */

void xdc_answer_hypervisor(struct xdc_answer *answer);
/* @milliseconds until its starter gives up; 0: never. */
void xdc_answer_xenstore(struct xdc_answer *answer, unsigned int milliseconds);

/*
 * Whether a domain of this machine is a xenstore domain (XEN_DOMINF_xs_domain); UNKNOWN where
 * the hypervisor did not tell. Without the privcmd device nobody here can have started one.
 */
enum xdc_tri xdc_has_xenstore_domain(void);

#endif
