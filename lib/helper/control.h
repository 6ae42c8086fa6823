/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The hypervisor's control interface, as far as it is read: through libxenctrl where that speaks
 * the version that the hypervisor does, else by hypercalls laid out here. The latter need no
 * header of Xen's, so that they can be tested anywhere; privcmd.c holds them against the
 * headers that it is built with.
 */
#ifndef XDC_CONTROL_H
#define XDC_CONTROL_H

#include "helper/helper.h"

/* xen/include/public/xen.h; the same in every release. */
enum {
	XDC_HYPERVISOR_xen_version = 17,
	XDC_HYPERVISOR_sysctl = 35,
	XDC_HYPERVISOR_domctl = 36,
};

/* XEN_SYSCTL_PHYSCAP_* of xen/include/public/sysctl.h, Xen 4.14 to 4.20. */
enum {
	XDC_PHYSCAP_hvm = 1 << 0,
	XDC_PHYSCAP_pv = 1 << 1,
	XDC_PHYSCAP_directio = 1 << 2,
	XDC_PHYSCAP_hap = 1 << 3,
	XDC_PHYSCAP_iommu_hap_pt_share = 1 << 5,
};

struct xdc_physinfo {
	uint32_t nr_cpus;
	uint32_t capabilities; /* XDC_PHYSCAP_... */
	uint64_t total_pages;
	uint64_t free_pages;
};

/* XEN_DOMINF_* of xen/include/public/domctl.h, Xen 4.14 to 4.20. */
enum {
	XDC_DOMINF_dying = 1 << 0,
	XDC_DOMINF_hvm_guest = 1 << 1,
	XDC_DOMINF_shutdown = 1 << 2,
	XDC_DOMINF_paused = 1 << 3,
	XDC_DOMINF_blocked = 1 << 4,
	XDC_DOMINF_running = 1 << 5,
	XDC_DOMINF_xs_domain = 1 << 7,
	XDC_DOMINF_hap = 1 << 8,
};

struct xdc_domain {
	uint16_t id;
	uint32_t flags; /* XDC_DOMINF_... */
};

/* One way to ask. All return -errno where that failed. */
struct xdc_control {
	const char *name; /* the library, for a record's origin */
	void *arg;
	int (*physinfo)(void *arg, struct xdc_physinfo *ret);
	/* The domains from number @first on, at most @max; returns how many. */
	int (*domains)(void *arg, uint32_t first, struct xdc_domain *ret, size_t max);
	/*
	 * The console ring from *@index on, or from its beginning; returns the number of bytes, 0
	 * at its end, and moves *@index behind them.
	 */
	int (*console)(void *arg, bool from_beginning, uint32_t *index, char *data, size_t size);
};

/* Hypercalls, and memory that they can reach. */
struct xdc_hypercalls {
	void *arg;
	int (*call)(void *arg, unsigned int op, uint64_t a, uint64_t b); /* or -errno */
	void *page;							 /* XDC_PAGE bytes */
	void *buffer;							 /* XDC_BUFFER bytes */
	uint32_t sysctl; /* the version to speak; see xdc_probe_interface() */
};

enum {
	XDC_PAGE = 4096,
	XDC_BUFFER = 64 << 10,
	XDC_CONSOLE_MAX = 1 << 20,
	XDC_DOMAINS_MAX = 4096,
};

/* control-raw.c */

/*
 * The version of the interface @op (sysctl or domctl) that the hypervisor accepts: do_sysctl()
 * and do_domctl() answer any other with EACCES, before permissions and before the command,
 * which is none that exists. Returns 0; -EACCES where none is accepted; where several are, it
 * was not the hypervisor that answered (privcmd of a restricted domU: EPERM): that -errno.
 */
int xdc_probe_interface(const struct xdc_hypercalls *calls, unsigned int op, uint32_t *ret);

/*
 * A control that makes the hypercalls themselves, of version @calls->sysctl; both must outlive
 * it. physinfo is -EPROTONOSUPPORT where its layout in that version is not known.
 */
struct xdc_control xdc_control_raw(struct xdc_hypercalls *calls);

/* A control whose every question fails with *@error (negative), which must outlive it. */
struct xdc_control xdc_control_refused(int *error);

/* Where the counts of pages are in physinfo of that sysctl version; 0: not known. */
size_t xdc_physinfo_pages_offset(uint32_t version);

/*
 * The text that __HYPERVISOR_xen_version knows as @command, a XENVER_* of xen/include/public/
 * version.h: at most @size bytes, into *@ret (of @size + 1). Needs no version of its own. 0,
 * -EPERM where Xen says "<denied>", or -errno.
 */
int xdc_version_text(const struct xdc_hypercalls *calls, unsigned int command, char *ret,
		     size_t size);

/* hypervisor.c: the records, from any of these. */

struct xdc_interfaces {
	int domctl_error; /* negative; 0: @domctl is what the hypervisor speaks */
	int sysctl_error;
	uint32_t domctl;
	uint32_t sysctl;
	const char *library; /* the release that the helper was built for: "4.17" */
	uint32_t library_domctl;
	uint32_t library_sysctl;
};

void xdc_answer_interfaces(struct xdc_answer *answer, const struct xdc_interfaces *interfaces);
void xdc_answer_version(struct xdc_answer *answer, const struct xdc_hypercalls *calls);
/* "xen:physinfo", "xen:domains", "xen:console". */
void xdc_answer_control(struct xdc_answer *answer, const struct xdc_control *control,
			uint32_t sysctl);
/* Whether one of the domains is a xenstore domain. */
enum xdc_tri xdc_find_xenstore_domain(const struct xdc_control *control);

#endif
