/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What differs between two reports: of two machines, of one machine on two days, of a machine as
 * it is and as it would be. Pure functions. What one of the two could not read is told apart
 * from what is known to differ.
 */
#ifndef XDC_COMPARE_H
#define XDC_COMPARE_H

#include "report.h"

enum xdc_side {
	XDC_SIDE_NEITHER,
	XDC_SIDE_BEFORE,
	XDC_SIDE_AFTER,
};

/* Why a difference may be none: one side lacks what it rests on. */
struct xdc_unread {
	enum xdc_side side; /* XDC_SIDE_NEITHER: both know */
	const char *key;    /* the record that could not be read there */
};

enum xdc_value_type {
	XDC_VALUE_UNKNOWN,
	XDC_VALUE_NONE, /* it is known that there is none */
	XDC_VALUE_TEXT,
	XDC_VALUE_NUMBER,
	XDC_VALUE_BOOLEAN,
	XDC_VALUE_LIST,
};

struct xdc_value {
	enum xdc_value_type type;
	const char *text;
	long number; /* of a boolean: 0 or 1 */
	const char *const *items;
	size_t n_items;
};

struct xdc_field_change {
	const char *name;  /* as in JSON */
	const char *label; /* for people */
	struct xdc_value before;
	struct xdc_value after;
	struct xdc_unread unread;
};

struct xdc_fields {
	struct xdc_field_change *items;
	size_t count;
};

enum xdc_change_kind {
	XDC_SAME,
	XDC_NEW,
	XDC_GONE,
	XDC_CHANGED,
};

/* What became of one thing. */
struct xdc_change {
	enum xdc_change_kind kind;
	struct xdc_unread unread; /* of all of it */
	struct xdc_fields fields; /* what is another, with XDC_CHANGED */
};

struct xdc_device_change {
	const struct xdc_attribution *before; /* NULL with XDC_NEW */
	const struct xdc_attribution *after;  /* NULL with XDC_GONE */
	struct xdc_change change;
};

struct xdc_iommu_change {
	const struct xdc_iommu *before;
	const struct xdc_iommu *after;
	struct xdc_change change;
};

struct xdc_finding_change {
	const struct xdc_finding *before;
	const struct xdc_finding *after;
	struct xdc_change change;
};

/* A line of words, a set of names. */
struct xdc_words_change {
	const char *name;
	const char *label;
	const char **gone;
	size_t n_gone;
	const char **added;
	size_t n_added;
	bool reordered; /* the same words in another order */
	struct xdc_unread unread;
};

struct xdc_option_change {
	const char *name;   /* "CONFIG_SWIOTLB_XEN" */
	const char *before; /* "n" where it is not set */
	const char *after;
	bool matters; /* the rules or checks ask for it */
};

struct xdc_status_change {
	const char *key;
	const char *before; /* xdc_status_name(); NULL: not asked for */
	const char *after;
};

/* How many differ; those of them that may not, as one side could not be read. */
struct xdc_count {
	size_t differ;
	size_t unread;
};

/* All texts are safe to print. The reports must outlive it. */
struct xdc_comparison {
	struct xdc_arena *arena;
	const struct xdc_report *before;
	const struct xdc_report *after;
	struct xdc_fields host;
	struct xdc_words_change *words; /* features and command lines that differ */
	size_t n_words;
	struct xdc_option_change *options; /* by name */
	size_t n_options;
	struct xdc_iommu_change *iommus; /* those that differ, by name */
	size_t n_iommus;
	struct xdc_device_change *devices; /* every device of either, by path */
	size_t n_devices;
	struct xdc_finding_change *findings; /* those that differ, the gravest first */
	size_t n_findings;
	struct xdc_status_change *evidence; /* by key */
	size_t n_evidence;
	struct xdc_count of_host; /* fields, words and options */
	struct xdc_count of_iommus;
	struct xdc_count of_devices;
	struct xdc_count of_findings;
};

/* What differs between @before and @after; the caller's. */
struct xdc_comparison *xdc_compare(const struct xdc_report *before, const struct xdc_report *after);
void xdc_comparison_free(struct xdc_comparison *comparison);
void xdc_comparison_freep(struct xdc_comparison **comparison);
#define xdc_autocomparison __attribute__((cleanup(xdc_comparison_freep)))

/* Whether nothing differs, what could be read included. */
bool xdc_comparison_is_empty(const struct xdc_comparison *comparison);

/* "new", "gone", "changed", "same"; "before", "after", NULL for neither. Static. */
const char *xdc_change_name(enum xdc_change_kind kind);
const char *xdc_side_name(enum xdc_side side);

/* Inside compare/. */

/* compare.c: a text that is NULL and a number below 0 are none. */
struct xdc_value xdc_value_text(const char *text);
struct xdc_value xdc_value_number(long number);
struct xdc_value xdc_value_tri(enum xdc_tri tri);
/* A mask or an address; 0 is not known. */
struct xdc_value xdc_value_hex(struct xdc_arena *arena, uint64_t value);
bool xdc_value_is_there(const struct xdc_value *value);
/* Adds the field to @fields where the two differ. */
void xdc_fields_add(struct xdc_fields *fields, const struct xdc_field_change *field);
/* Makes of @change what its sides and fields say, and counts it. */
void xdc_change_settle(struct xdc_change *change, bool before, bool after, struct xdc_count *count);

/* evidence.c */

/*
 * Whether the record @key was answered in @report: read, or there is no such thing. What is a
 * part of another ("dma:/devices/..." of "dma") and is not there was answered where that was.
 */
bool xdc_compare_answered(const struct xdc_report *report, const char *key);
/* Of the first of the @keys (up to NULL) that one side has an answer to and the other has not. */
struct xdc_unread xdc_compare_unread(const struct xdc_comparison *c, const char *const *keys);

/*
 * pair.c: two lists of named things, brought together by name. Things of one name in one list
 * stay in their order, and are paired in it.
 */
struct xdc_named {
	const char *name;
	const void *thing;
};

typedef void xdc_pair_fn(void *arg, const void *before, const void *after);
/* Calls @pair for each pair in the order of names, NULL for what has no other. Sorts the lists. */
void xdc_pair(struct xdc_named *before, size_t n_before, struct xdc_named *after, size_t n_after,
	      xdc_pair_fn *pair, void *arg);

/* One file each; in this order, as findings ask what became of their devices. */
void xdc_compare_host(struct xdc_comparison *c);
void xdc_compare_words(struct xdc_comparison *c);
void xdc_compare_options(struct xdc_comparison *c);
void xdc_compare_iommus(struct xdc_comparison *c);
void xdc_compare_devices(struct xdc_comparison *c);
void xdc_compare_findings(struct xdc_comparison *c);
void xdc_compare_evidence(struct xdc_comparison *c);

#endif
