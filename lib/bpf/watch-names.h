/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside bpf/: which device has which address in the kernel. It tells itself: reading an
 * attribute of a device hands its address to a program of ours. No kernel address leaves bpf/.
 */
#ifndef XDC_WATCH_NAMES_H
#define XDC_WATCH_NAMES_H

#include "bpf/counters.h"
#include "bpf/probe.h"

struct xdc_watch_name {
	uint64_t address;
	const char
		*path; /* of the arena; one and the same pointer as long as the device is there */
};

struct xdc_watch_names {
	const struct xdc_probe *probe;
	const volatile struct xdc_asked *asked; /* where the program answers */
	struct xdc_arena *arena;
	struct xdc_watch_name *items; /* sorted by address */
	size_t count;
};

/* The address that the device @path has now; 0 where it does not answer. */
uint64_t xdc_watch_names_ask(const struct xdc_watch_names *names, const char *path);
/* The path of the device that had @address when all were asked; NULL: of none. */
const char *xdc_watch_names_path(const struct xdc_watch_names *names, uint64_t address);
/* Asks all devices that there are now; the former items are the caller's, in *@ret_old. */
void xdc_watch_names_learn(struct xdc_watch_names *names, struct xdc_watch_name **ret_old,
			   size_t *ret_n_old);

#endif
