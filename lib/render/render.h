/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a report to bytes. Nothing here decides anything about DMA. */
#ifndef XDC_RENDER_H
#define XDC_RENDER_H

#include "compare/compare.h"

/* json.c: one object, as lib/render/xen-dmacheck-1.schema.json has it. 0 or -EIO. */
int xdc_render_json(const struct xdc_report *report, FILE *out);

struct xdc_column;

struct xdc_table_options {
	const struct xdc_column *const *columns; /* see xdc_columns_parse() */
	size_t n_columns;
	const char *const *devices; /* only these, by name or path; NULL: all of interest */
	size_t n_devices;
	bool all; /* also what is folded otherwise */
	bool color;
	size_t width; /* of the terminal; 0: no terminal, nothing is cut or wrapped */
};

/* table.c: summary, table, findings. 0 or -EIO. */
int xdc_render_table(const struct xdc_report *report, const struct xdc_table_options *options,
		     FILE *out);

/*
 * columns.c: the columns named in @list ("NAME,PATH"; a leading "+" adds to the default
 * ones; NULL: the default ones). *@ret is the caller's. Returns 0, or -EINVAL with the name
 * that is none in *@ret_unknown (to be freed).
 */
int xdc_columns_parse(const char *list, const struct xdc_column ***ret, size_t *ret_count,
		      char **ret_unknown);
/* One line for each column: its name and what it holds. */
void xdc_columns_list(FILE *out);

struct xdc_column {
	const char *name;
	bool wrap; /* holds sentences: takes what the others leave of a terminal, in lines */
	bool by_default;
	bool cut; /* may lose its end on a narrow terminal */
	const char *help;
	/* The cell; NULL is shown as "-". Of @arena or the report. */
	const char *(*cell)(struct xdc_arena *arena, const struct xdc_attribution *a);
};

/* findings.c */
void xdc_render_findings(const struct xdc_report *report, const struct xdc_table_options *options,
			 FILE *out);

/*
 * change.c: each device now (before) and under assumptions (after), then what would be found.
 * 0 or -EIO.
 */
int xdc_render_change(const struct xdc_comparison *comparison,
		      const struct xdc_table_options *options, FILE *out);
/* Whether a device is of interest: it does DMA before or after, or all are asked for. */
bool xdc_change_is_shown(const struct xdc_device_change *change, bool all);

struct xdc_comparison_options {
	const char *before; /* the recording's file; NULL: this machine */
	const char *after;
	bool all;     /* also devices that do no DMA, every name and build option */
	size_t width; /* as in xdc_table_options */
};

/* compare-table.c: how much differs, then what; nothing where nothing does. 0 or -EIO. */
int xdc_render_comparison_table(const struct xdc_comparison *comparison,
				const struct xdc_comparison_options *options, FILE *out);
/* compare-json.c: one object, as xen-dmacheck-diff-1.schema.json has it. 0 or -EIO. */
int xdc_render_comparison_json(const struct xdc_comparison *comparison,
			       const struct xdc_comparison_options *options, FILE *out);

/*
 * explain.c: the whole decision about one device, in lines of @width columns (0: as long as
 * they are).
 */
void xdc_render_explanation(const struct xdc_report *report, const struct xdc_device *device,
			    size_t width, FILE *out);

/* names.c: "a, b and 5 more", of @arena: at most @max are named (0: all). */
char *xdc_names_text(struct xdc_arena *arena, const char *const *names, size_t count, size_t max);

/* Columns that @text takes, counting each character as one: our texts are such. */
size_t xdc_text_columns(const char *text, size_t size);

/*
 * Writes @text in lines of at most @width columns (0: one line), each after the first
 * behind @indent blanks; the first line begins where the cursor is, at column @column.
 */
void xdc_wrap(FILE *out, const char *text, size_t column, size_t indent, size_t width);

#endif
