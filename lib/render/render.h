/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a report to bytes. Nothing here decides anything about DMA. */
#ifndef XDC_RENDER_H
#define XDC_RENDER_H

#include "preflight/preflight.h"
#include "report.h"

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
 * change.c: each device now and under assumptions, then what would be found. Both reports are
 * of the same machine. 0 or -EIO.
 */
int xdc_render_change(const struct xdc_report *now, const struct xdc_report *then,
		      const struct xdc_table_options *options, FILE *out);

/*
 * explain.c: the whole decision about one device, in lines of @width columns (0: as long as
 * they are).
 */
void xdc_render_explanation(const struct xdc_report *report, const struct xdc_device *device,
			    size_t width, FILE *out);

struct xdc_preflight_options {
	bool verbose; /* also what passed, and what was not checked */
	bool color;
	size_t width; /* of the terminal; 0: no terminal, nothing is wrapped */
};

/* preflight.c, preflight-json.c: 0 or -EIO. */
int xdc_render_preflight(const struct xdc_preflights *all,
			 const struct xdc_preflight_options *options, FILE *out);
int xdc_render_preflight_json(const struct xdc_preflights *all, FILE *out);

/* Columns that @text takes, counting each character as one: our texts are such. */
size_t xdc_text_columns(const char *text, size_t size);

/*
 * Writes @text in lines of at most @width columns (0: one line), each after the first
 * behind @indent blanks; the first line begins where the cursor is, at column @column.
 */
void xdc_wrap(FILE *out, const char *text, size_t column, size_t indent, size_t width);

#endif
