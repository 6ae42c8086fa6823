/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The catalogue of known failures: what a line in a log means, its causes in order of
 * likelihood, what confirms or rules out each, and what to do. Entries are text, see
 * xen-dmacheck-catalogue(5); those in catalogue/entries are checked when this is built and
 * stand in the program as they are, so that one parser reads them and an administrator's own.
 */
#ifndef XDC_CATALOGUE_H
#define XDC_CATALOGUE_H

#include "catalogue/condition.h"
#include "catalogue/pattern.h"
#include "check/severity.h"

enum {
	XDC_ENTRY_TEXTS_MAX = 12, /* of each kind */
	XDC_CAUSE_TEXTS_MAX = 4,
	XDC_ENTRY_BYTES_MAX = 64 << 10,
};

/* The logs that a line can be of; a mask. */
enum {
	XDC_LOG_KERNEL = 1 << 0,
	XDC_LOG_HYPERVISOR = 1 << 1,
	XDC_LOG_LIBXL = 1 << 2, /* xl, libxl, libxc, their daemons' hotplug scripts, libvirt */
	XDC_LOG_XENSTORED = 1 << 3,
	XDC_LOG_DEVICE_MODEL = 1 << 4,
	XDC_LOG_GUEST = 1 << 5, /* what a guest wrote to Xen's console: anything may stand there */
	XDC_LOG_ANY = (XDC_LOG_GUEST << 1) - 1 - XDC_LOG_GUEST,
};

struct xdc_cause {
	const char *text;
	struct xdc_condition confirm[XDC_CAUSE_TEXTS_MAX]; /* any that holds confirms */
	size_t n_confirm;
	struct xdc_condition rule_out[XDC_CAUSE_TEXTS_MAX];
	size_t n_rule_out;
	const char *advice[XDC_CAUSE_TEXTS_MAX];
	size_t n_advice;
};

struct xdc_sample {
	const char *text;
	const char *from; /* a log, or a source file, version and format string */
	bool matches;
	unsigned int line;
};

struct xdc_entry {
	const char *id;
	const char *title;
	const char *means;    /* NULL: the title says it */
	const char *versions; /* affected; NULL: all */
	struct xdc_pattern *patterns[XDC_ENTRY_TEXTS_MAX];
	size_t n_patterns;
	struct xdc_condition when[XDC_ENTRY_TEXTS_MAX]; /* all must hold of a match */
	size_t n_when;
	const char *follows[XDC_ENTRY_TEXTS_MAX]; /* ids, "any", of which it may be a consequence */
	size_t n_follows;
	struct xdc_cause causes[XDC_ENTRY_TEXTS_MAX];
	size_t n_causes;
	const char *advice[XDC_ENTRY_TEXTS_MAX];
	size_t n_advice;
	const char *references[XDC_ENTRY_TEXTS_MAX];
	size_t n_references;
	struct xdc_sample samples[XDC_ENTRY_TEXTS_MAX];
	size_t n_samples;
	const char *file; /* where it stands */
	unsigned int line;
	unsigned int where; /* XDC_LOG_... */
	enum xdc_severity severity;
	bool local; /* an administrator's own */
};

struct xdc_catalogue {
	struct xdc_arena *arena;
	struct xdc_entry **entries; /* by id */
	size_t count;
	const char **errors; /* of local entries: "FILE:LINE: what is wrong" */
	size_t n_errors;
};

/* An empty one; the caller's. */
struct xdc_catalogue *xdc_catalogue_new(void);
/* The entries that this program was built with. */
struct xdc_catalogue *xdc_catalogue_builtin(void);
void xdc_catalogue_free(struct xdc_catalogue *catalogue);
void xdc_catalogue_freep(struct xdc_catalogue **catalogue);
#define xdc_autocatalogue __attribute__((cleanup(xdc_catalogue_freep)))

/*
 * Adds the entry that @text (of the file named @file) holds, checked: see xdc_entry_check().
 * Returns 0, or -EINVAL with one more text in @catalogue->errors.
 */
int xdc_catalogue_add(struct xdc_catalogue *catalogue, const char *file, const char *text);
/*
 * The same but for whether a hostile line can keep a pattern busy, which takes longer than all
 * the rest: while it is used, the limits of a match hold.
 */
int xdc_catalogue_add_quickly(struct xdc_catalogue *catalogue, const char *file, const char *text);
/* The same of entries that were checked before: only parsed. */
int xdc_catalogue_add_checked(struct xdc_catalogue *catalogue, const char *file, const char *text);
/* One more text in @catalogue->errors, of its arena. Returns -EINVAL. */
int xdc_catalogue_add_error(struct xdc_catalogue *catalogue, const char *error);
/* Whether what entries say of each other holds: every id that they name is there. */
int xdc_catalogue_check_ids(struct xdc_catalogue *catalogue);

/*
 * local.c: adds the entries that @evidence has ("catalogue:NAME"), and checks what entries say
 * of each other. What is wrong with them, or why one could not be read, is in @catalogue->errors.
 * @all: their patterns are also tried on lines made to keep them busy.
 */
struct xdc_evidence;
void xdc_catalogue_add_local(struct xdc_catalogue *catalogue, const struct xdc_evidence *evidence,
			     bool all);

/* By id, whatever its case; NULL: there is none. */
const struct xdc_entry *xdc_catalogue_find(const struct xdc_catalogue *catalogue, const char *id);
/* The id most like @id; NULL where none is. */
const char *xdc_catalogue_nearest(const struct xdc_catalogue *catalogue, const char *id);

/*
 * entry.c: reads one entry. Returns 0, or -EINVAL with "FILE:LINE: what is wrong" (of @arena)
 * in *@ret_error. Strings are of @arena, patterns are to be freed with xdc_entry_free().
 */
int xdc_entry_parse(struct xdc_arena *arena, const char *file, const char *text,
		    struct xdc_entry **ret, const char **ret_error);
void xdc_entry_free(struct xdc_entry *entry);
/* The keys that an entry may have, ended by NULL. */
extern const char *const xdc_entry_keys[];

/*
 * entry-check.c: whether @entry is complete, its patterns compile, its samples agree, and
 * (@at_worst) no hostile line makes a pattern go on for long. As xdc_entry_parse() returns.
 */
int xdc_entry_check(struct xdc_arena *arena, const struct xdc_entry *entry, bool at_worst,
		    const char **ret_error);
/* Whether all that the entry wants of what was captured holds. */
bool xdc_entry_holds(const struct xdc_entry *entry, const struct xdc_captures *captures);
/* Whether any pattern finds @text, and the conditions on what it captures hold. */
bool xdc_entry_matches(const struct xdc_entry *entry, const char *text, size_t size,
		       struct xdc_captures *ret);

/* The name of one log of the mask: "kernel"... */
const char *xdc_log_name(unsigned int log);

#endif
