/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside bpf/: where the programs of watch.bpf.c are put. What a kernel does not have is
 * not missed; what it has and does not let us watch is told.
 */
#ifndef XDC_WATCH_POINTS_H
#define XDC_WATCH_POINTS_H

#include "bpf/probe.h"
#include "bpf/watcher.h"

enum { XDC_WATCH_POINTS_MAX = 32 };

struct xdc_watch_links {
	struct bpf_link *items[XDC_WATCH_POINTS_MAX];
	size_t count;
};

struct xdc_watch_points {
	struct xdc_watch_links calls;  /* that map, allocate, bounce */
	struct xdc_watch_links tables; /* the functions of tables that these end in */
	struct xdc_unwatched unwatched[XDC_WATCH_POINTS_MAX];
	size_t n_unwatched;
	bool sees_maps;	  /* at least one of the calls that map */
	bool sees_tables; /* all functions of tables that there are could be watched */
};

struct bpf_object;

/* Watches all. */
void xdc_watch_points_attach(const struct xdc_probe *probe, const struct bpf_object *programs,
			     struct xdc_watch_points *ret);
void xdc_watch_points_detach(struct xdc_watch_points *attached);
/* The tables alone, where they are not watched. */
void xdc_watch_tables_attach(const struct xdc_probe *probe, const struct bpf_object *programs,
			     struct xdc_watch_points *attached);
void xdc_watch_tables_detach(struct xdc_watch_points *attached);

#endif
