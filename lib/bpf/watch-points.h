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

struct xdc_watch_points {
	struct bpf_link *links[XDC_WATCH_POINTS_MAX];
	size_t n_links;
	struct xdc_unwatched unwatched[XDC_WATCH_POINTS_MAX];
	size_t n_unwatched;
	bool sees_maps;	  /* at least one of the calls that map */
	bool sees_tables; /* all functions of tables that there are */
};

struct bpf_object;

void xdc_watch_points_attach(const struct xdc_probe *probe, const struct bpf_object *programs,
			     struct xdc_watch_points *ret);
void xdc_watch_points_detach(struct xdc_watch_points *attached);

#endif
