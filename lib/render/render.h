/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a report to bytes. Nothing here decides anything about DMA. */
#ifndef XDC_RENDER_H
#define XDC_RENDER_H

#include "compare/compare.h"
#include "preflight/preflight.h"
#include "source/confine.h"
#include "watch/watch.h"

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

/*
 * select.c: which devices a report is about. A device that is none of its subjects is folded,
 * that is only counted, unless it is asked for.
 */
enum xdc_fold {
	XDC_FOLD_NOT,
	XDC_FOLD_VIA,	/* goes through another device */
	XDC_FOLD_IDLE,	/* does no DMA now */
	XDC_FOLD_MAYBE, /* is not known to do DMA */
};
enum xdc_fold xdc_fold_of(const struct xdc_attribution *a);
bool xdc_is_shown(const struct xdc_attribution *a, const struct xdc_table_options *options);

/* How many devices that do DMA have which verdict, and how many findings are how grave. */
struct xdc_tally {
	size_t devices;
	size_t verdicts[XDC_VERDICT_IDLE + 1];
	size_t severities[XDC_SEVERITY_ERROR + 1];
};
struct xdc_tally xdc_tally_of(const struct xdc_report *report);

/*
 * jsonl.c: flat records, an object on each line, as lib/render/xen-dmacheck-records-1.schema.json
 * has them. @source: where the report is from, said on each. 0 or -EIO.
 */
int xdc_render_jsonl(const struct xdc_report *report, const char *source,
		     const struct xdc_table_options *options, FILE *out);

/*
 * metrics.c: samples for Prometheus, in a text that is good as its format 0.0.4, which
 * node_exporter's textfile collector reads, and as OpenMetrics 1.0. @source: NULL for this machine,
 * whose name Prometheus knows; else each sample has the labels host and source. 0 or -EIO.
 */
int xdc_render_metrics(const struct xdc_report *report, const char *source,
		       const struct xdc_table_options *options, FILE *out);

/*
 * The same in parts, as all samples of a family must stand together whatever hosts they are of:
 * the number of families, the head of each, its samples for one report, and what ends the text.
 */
size_t xdc_metrics_count(void);
void xdc_metrics_head(size_t family, FILE *out);
void xdc_metrics_samples(size_t family, const struct xdc_report *report, const char *source,
			 const struct xdc_table_options *options, FILE *out);
void xdc_metrics_end(FILE *out);

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

/* confinement.c: what was in force, and what was not. */
void xdc_render_confinement(const struct xdc_confinement *confinement, size_t width, FILE *out);

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

/*
 * fleet.c: a line for each of many machines, which is first written as a line of text, by whoever
 * read that machine, and then added to the table. xdc_fleet_add() returns 0, or -EINVAL where
 * @text is no such line; xdc_fleet_print() 0 or -errno.
 */
struct xdc_fleet;
void xdc_fleet_row(const struct xdc_report *report, const char *source, FILE *out);
struct xdc_fleet *xdc_fleet_new(void);
void xdc_fleet_free(struct xdc_fleet *fleet);
int xdc_fleet_add(struct xdc_fleet *fleet, const char *text);
int xdc_fleet_print(const struct xdc_fleet *fleet, size_t width, FILE *out);
/* One interval of watching, and what the devices in it are known for. */
struct xdc_watch_view {
	const struct xdc_interval *interval;
	const struct xdc_report *report;
	const struct xdc_unwatched *unwatched;
	size_t n_unwatched;
	const char *note; /* behind the first line of the table; may be "" */
	size_t width;
	size_t lines; /* that the terminal has; 0: no limit */
};

/* watch-table.c: in lines of at most view->width columns. */
void xdc_render_watch_table(const struct xdc_watch_view *view, FILE *out);
/*
 * watch-json.c: one object on one line, as xen-dmacheck-watch-1.schema.json has it; @time is when
 * the interval ended, in seconds since 1970. 0 or -EIO.
 */
int xdc_render_watch_json(const struct xdc_watch_view *view, int64_t time, FILE *out);

/* watch-names.c: of the device at @path (NULL: "(unknown)"), of @arena or the report; and NULL, or
 * what is known of it. */
const char *xdc_watch_name(struct xdc_arena *arena, const char *path);
const struct xdc_attribution *xdc_watch_attribution(const struct xdc_report *report,
						    const char *path);
/* As xdc_device_confined() has it, of the device at @path. */
enum xdc_tri xdc_watch_confined(const struct xdc_watch_view *view, const char *path);
/* The names of the devices that do DMA as the report has it, and did none in the interval. */
size_t xdc_watch_idle(const struct xdc_watch_view *view, const char ***ret_names);
/* The names of those that did, and that no IOMMU confines. */
size_t xdc_watch_unconfined(const struct xdc_watch_view *view, const char ***ret_names);

/* names.c: "a, b and 5 more", of @arena: at most @max are named (0: all). */
char *xdc_names_text(struct xdc_arena *arena, const char *const *names, size_t count, size_t max);
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
