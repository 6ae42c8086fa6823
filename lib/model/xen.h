/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hypervisor's side: what it says of itself, and whether its tools fit and answer. */
#ifndef XDC_XEN_H
#define XDC_XEN_H

#include "source/record.h"

struct xdc_model;

/* The versions of the control interfaces that one Xen release speaks. */
struct xdc_xen_interfaces {
	unsigned int major;
	unsigned int minor;
	long domctl;
	long sysctl;
};

/* A running program of a toolstack, and the libxenctrl that it has mapped. */
struct xdc_daemon {
	const char *name;    /* "xenstored", cut by the kernel to 15 bytes */
	const char *process; /* its number */
	const char *release; /* "4.17" */
	const char *library; /* its path */
	bool replaced;	     /* that file is there no more: an upgrade has replaced it */
	const struct xdc_xen_interfaces *speaks; /* what that release speaks; NULL: not known */
};

struct xdc_xen {
	enum xdc_status hypervisor; /* whether it could be asked; UNSUPPORTED: not tried */
	const char *hypervisor_detail;
	enum xdc_status xenstore; /* whether it answers; UNSUPPORTED: not tried */
	const char *xenstore_detail;
	enum xdc_tri drives_iommu;  /* Xen itself: physinfo's directio */
	enum xdc_tri dom0_is_named; /* xen-init-dom0 has run */
	const char *command_line;   /* the hypervisor's; NULL: not known */
	long domctl;		    /* as the hypervisor speaks them; -1: not known */
	long sysctl;
	const char *tools_release; /* of the libxenctrl that xl loads: "4.17"; NULL: not known */
	const char *tools_library; /* its path */
	const char *tools_wanted;  /* the release that xl's wrapper looks for, and has not found */
	const char *tools_xl;	   /* the xl that loads it */
	const struct xdc_xen_interfaces *tools; /* what that release speaks; NULL: not known */
	enum xdc_tri runs_xenconsoled;
	struct xdc_daemon *daemons; /* those that have a libxenctrl mapped */
	size_t n_daemons;
};

/* What the release speaks, Xen 4.11 to 4.22; NULL for one that is not known. */
const struct xdc_xen_interfaces *xdc_xen_interfaces(unsigned int major, unsigned int minor);

/* A stage of xdc_model_new(). */
void xdc_model_read_xen(struct xdc_model *model);

#endif
