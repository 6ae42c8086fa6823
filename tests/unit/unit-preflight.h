/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A dom0 on which a guest would start, and guests from a few lines. */
#ifndef XDC_UNIT_PREFLIGHT_H
#define XDC_UNIT_PREFLIGHT_H

#include "preflight/preflight.h"
#include "unit.h"

/*
 * The records of guest @index as the helper writes them, of lines "key=value": digits alone are a
 * number, "[a|b]" is a list. An item of disk= is "TARGET,FORMAT,VDEV,ACCESS" and what follows
 * that ("backendtype=qdisk"); "!" is one that does not parse.
 */
void add_guest(struct xdc_evidence *evidence, size_t index, const char *config);

/* The usual first lines of a configuration that is all right. */
#define GUEST "name=g\nkernel=/k\nmemory=128\n"

void add_target(struct xdc_evidence *evidence, const char *path, const char *fields);
void add_absent(struct xdc_evidence *evidence, const char *path);
/* A kernel for arm64, of @size bytes. */
void add_kernel(struct xdc_evidence *evidence, const char *path, const char *size);
/* What is not there yet of a dom0 where all is right; 1 GiB is free. */
void add_good_dom0(struct xdc_evidence *evidence);
/* A PCI device of that name, whose foreign pages are right or not, and its member of @class_key. */
#define GOOD_DEVICE "0000:00:01.0"
#define BAD_DEVICE  "0000:00:02.0"
void add_io_devices(struct xdc_evidence *evidence);

/* Pre-flight of the guests in the evidence, which it takes over, on that dom0. */
struct flown {
	struct xdc_report *report;
	struct xdc_preflights *all;
	struct xdc_preflight *guest; /* the last one */
};
struct flown fly_guests(struct xdc_evidence *evidence, size_t count);
/* Of one guest, its configuration behind GUEST. */
struct flown fly_guest(struct xdc_evidence *evidence, const char *config);
void land(struct flown *flown);
#define unit_autoland __attribute__((cleanup(land)))

const struct xdc_preflight_check *check_of(const struct flown *flown, const char *id);
/* Fails unless the check is there with that outcome. */
void assert_check(const struct flown *flown, const char *id, enum xdc_outcome outcome);
void assert_no_check(const struct flown *flown, const char *id);
/*
 * Of one guest, its configuration behind GUEST: that the check comes out so, where PASS is that
 * nothing is said against it. Takes @evidence over.
 */
void assert_guest(struct xdc_evidence *evidence, const char *config, const char *id,
		  enum xdc_outcome outcome);
/* Fails where anything is worse than a pass. */
void assert_clean(const struct flown *flown);

#endif
