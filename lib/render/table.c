/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"

struct rows {
	const struct xdc_attribution **items;
	size_t count;
	size_t folded[XDC_FOLD_MAYBE + 1];
};

/* What is wrong first; the order of the model, by path, within that. */
static int by_verdict(const void *a, const void *b)
{
	const struct xdc_attribution *x = *(const struct xdc_attribution *const *)a;
	const struct xdc_attribution *y = *(const struct xdc_attribution *const *)b;

	if (x->verdict != y->verdict)
		return (int)x->verdict - (int)y->verdict;
	return strcmp(x->device->path, y->device->path);
}

static void select_rows(const struct xdc_report *report, const struct xdc_table_options *options,
			struct rows *rows)
{
	for (size_t i = 0; i < report->attributions->count; i++) {
		const struct xdc_attribution *a = &report->attributions->items[i];

		if (!xdc_is_shown(a, options)) {
			rows->folded[options->n_devices ? XDC_FOLD_NOT : xdc_fold_of(a)]++;
			continue;
		}
		xdc_array_reserve((void **)&rows->items, rows->count, sizeof(*rows->items));
		rows->items[rows->count++] = a;
	}
	if (rows->count)
		qsort(rows->items, rows->count, sizeof(*rows->items), by_verdict);
}

static const char *verdict_color(enum xdc_verdict verdict)
{
	switch (verdict) {
	case XDC_VERDICT_BROKEN:
		return "red";
	case XDC_VERDICT_AT_RISK:
	case XDC_VERDICT_UNKNOWN:
		return "yellow";
	default:
		return NULL;
	}
}

/* Cells as text, and how wide each column's widest is. */
struct grid {
	struct xdc_arena *arena;
	const char **cells; /* row by row */
	size_t *widths;
};

/*
 * smartcols 2.38 never comes to an end of a character that the locale cannot decode, where it
 * has to cut a cell; nor would a terminal of that locale show it.
 */
static const char *decodable(struct xdc_arena *arena, const char *cell)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out;

	if (mbstowcs(NULL, cell, 0) != (size_t)-1)
		return cell;
	out = xdc_open_text(&buffer, &length);
	for (const char *at = cell; *at; at++) {
		if ((unsigned char)*at < 0x80)
			fputc(*at, out);
		else
			fprintf(out, "\\x%02x", (unsigned char)*at);
	}
	fclose(out);
	return xdc_arena_strdup(arena, buffer);
}

static void fill_grid(struct grid *grid, const struct rows *rows,
		      const struct xdc_table_options *options)
{
	grid->cells = xdc_zalloc(rows->count * options->n_columns * sizeof(*grid->cells));
	grid->widths = xdc_zalloc(options->n_columns * sizeof(*grid->widths));
	for (size_t c = 0; c < options->n_columns; c++) {
		grid->widths[c] = strlen(options->columns[c]->name);
		for (size_t r = 0; r < rows->count; r++) {
			const char *cell = options->columns[c]->cell(grid->arena, rows->items[r]);
			size_t width;

			cell = cell ? decodable(grid->arena, cell) : "-";
			width = xdc_text_columns(cell, strlen(cell));
			grid->cells[r * options->n_columns + c] = cell;
			if (width > grid->widths[c])
				grid->widths[c] = width;
		}
	}
}

/* What the other columns leave of the terminal for each that wraps. */
static size_t wrap_width(const struct grid *grid, const struct xdc_table_options *options)
{
	enum { LEAST = 8 };
	size_t taken = options->n_columns - 1, wrapping = 0;

	for (size_t c = 0; c < options->n_columns; c++) {
		if (options->columns[c]->wrap)
			wrapping++;
		else
			taken += grid->widths[c];
	}
	if (!wrapping || taken + wrapping * LEAST > options->width)
		return LEAST;
	return (options->width - taken) / wrapping;
}

/* smartcols wraps in the midst of words; it keeps the lines of a text that has some. */
static char *wrapped(struct xdc_arena *arena, const char *text, size_t width)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	xdc_wrap(out, text, 0, 0, width);
	fclose(out);
	return xdc_arena_memdup(arena, buffer, length ? length - 1 : 0);
}

static int add_columns(struct libscols_table *table, const struct xdc_table_options *options)
{
	for (size_t i = 0; i < options->n_columns; i++) {
		bool wrap = options->columns[i]->wrap && options->width;
		bool cut = options->columns[i]->cut && options->width;
		struct libscols_column *column =
			scols_table_new_column(table, options->columns[i]->name, 0,
					       wrap  ? SCOLS_FL_WRAP
					       : cut ? SCOLS_FL_TRUNC
						     : 0);

		if (!column)
			return -ENOMEM;
		if (wrap && (scols_column_set_wrapfunc(column, scols_wrapnl_chunksize,
						       scols_wrapnl_nextchunk, NULL) < 0 ||
			     scols_column_set_safechars(column, "\n") < 0))
			return -ENOMEM;
	}
	return 0;
}

static int add_row(struct libscols_table *table, const struct grid *grid, size_t row,
		   const struct xdc_table_options *options, enum xdc_verdict verdict)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	const char *color = options->color ? verdict_color(verdict) : NULL;
	size_t width = options->width ? wrap_width(grid, options) : 0;
	int r = line ? 0 : -ENOMEM;

	for (size_t c = 0; r == 0 && c < options->n_columns; c++) {
		const char *cell = grid->cells[row * options->n_columns + c];

		if (options->columns[c]->wrap && width)
			cell = wrapped(grid->arena, cell, width);
		r = scols_line_set_data(line, c, cell);
		if (r == 0 && color && strcmp(options->columns[c]->name, "VERDICT") == 0)
			r = scols_cell_set_color(scols_line_get_cell(line, c), color);
	}
	return r;
}

static int print_rows(const struct rows *rows, const struct xdc_table_options *options, FILE *out)
{
	struct libscols_table *table = scols_new_table();
	struct grid grid = { .arena = xdc_arena_new() };
	int r = table ? add_columns(table, options) : -ENOMEM;

	fill_grid(&grid, rows, options);
	for (size_t i = 0; r == 0 && i < rows->count; i++)
		r = add_row(table, &grid, i, options, rows->items[i]->verdict);
	if (r == 0) {
		scols_table_set_stream(table, out);
		scols_table_enable_colors(table, options->color);
		/* Cells are safe already; it would escape our escapes. */
		scols_table_enable_noencoding(table, 1);
		if (options->width) {
			scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
			scols_table_set_termwidth(table, options->width);
		}
		r = scols_print_table(table);
	}
	scols_unref_table(table);
	free(grid.cells);
	free(grid.widths);
	xdc_arena_free(grid.arena);
	return r;
}

static void print_folded(const struct rows *rows, FILE *out, size_t width)
{
	const struct {
		size_t count;
		const char *text;
	} folded[] = {
		{ rows->folded[XDC_FOLD_VIA], "go through another device" },
		{ rows->folded[XDC_FOLD_IDLE], "are idle" },
		{ rows->folded[XDC_FOLD_MAYBE], "may do no DMA" },
	};
	struct xdc_arena *arena = xdc_arena_new();
	const char *text = NULL;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(folded); i++)
		if (folded[i].count)
			text = xdc_arena_printf(arena, "%s%s%zu %s",
						text ? text : "Not shown: ", text ? ", " : "",
						folded[i].count, folded[i].text);
	if (text)
		xdc_wrap(out, xdc_arena_printf(arena, "%s (--all shows them).", text), 0, 0, width);
	xdc_arena_free(arena);
}

/* "Xen 4.17.5 dom0, mapped 1:1; Linux 6.1.0-50-arm64 (aarch64)." */
static void print_host(const struct xdc_report *report, FILE *out, size_t width)
{
	const struct xdc_host *host = &report->model->host;
	bool on_x86 = host->guest_type == XDC_GUEST_PV || host->guest_type == XDC_GUEST_PVH ||
		      host->guest_type == XDC_GUEST_HVM;
	struct xdc_arena *arena = xdc_arena_new();
	const char *where = "Not on Xen", *mapped = "";

	if (host->role != XDC_ROLE_NONE)
		where = xdc_arena_printf(
			arena, "Xen %s %s%s%s%s", host->xen ? host->xen : "of unknown version",
			host->role == XDC_ROLE_UNKNOWN ? "domain" : xdc_role_name(host->role),
			on_x86 ? " (" : "", on_x86 ? host->guest_type_text : "", on_x86 ? ")" : "");
	if (host->role == XDC_ROLE_DOM0 && host->guest_type == XDC_GUEST_ARM)
		mapped = host->direct_mapped == XDC_YES	 ? ", mapped 1:1"
			 : host->direct_mapped == XDC_NO ? ", not mapped 1:1"
							 : "";
	xdc_wrap(out,
		 xdc_arena_printf(arena, "%s%s; Linux %s (%s).", where, mapped,
				  host->kernel ? host->kernel : "of unknown version",
				  host->machine ? host->machine : "unknown machine"),
		 0, 0, width);
	xdc_arena_free(arena);
}

static void print_summary(const struct xdc_report *report, FILE *out)
{
	const struct xdc_tally tally = xdc_tally_of(report);
	bool any = false;

	fprintf(out, "%zu device%s DMA%s", tally.devices, tally.devices == 1 ? " does" : "s do",
		tally.devices ? ": " : ".\n");
	for (size_t i = 0; i < XDC_VERDICT_IDLE; i++) {
		if (!tally.verdicts[i])
			continue;
		fprintf(out, "%s%zu %s", any ? ", " : "", tally.verdicts[i],
			xdc_verdict_name((enum xdc_verdict)i));
		any = true;
	}
	if (any)
		fputs(".\n", out);
}

static void print_observation(const struct xdc_report *report, FILE *out, size_t width)
{
	const struct xdc_model *model = report->model;

	const struct xdc_record *uname = xdc_evidence_find(report->evidence, "uname");

	if (model->observed == XDC_YES)
		return;
	if (uname && strcmp(uname->origin, "assumed") == 0) {
		xdc_wrap(out, "This is a prediction: paths are inferred from what was assumed.", 0,
			 0, width);
		return;
	}
	xdc_wrap(out,
		 model->observed == XDC_UNKNOWN
			 ? "The kernel was not asked: paths are inferred."
			 : xdc_arena_printf(model->arena,
					    "The kernel could not be read, paths are inferred: %s.",
					    model->observe_detail),
		 0, 0, width);
}

static void print_activity(const struct xdc_report *report, FILE *out, size_t width)
{
	const struct xdc_model *model = report->model;
	unsigned long long bytes = 0, bounced = 0;
	size_t active = 0;

	if (!model->watched_ms)
		return;
	for (size_t i = 0; i < model->n_devices; i++) {
		const struct xdc_activity *activity = model->devices[i].activity;

		active += activity != NULL;
		bytes += activity ? activity->counted.bytes : 0;
		bounced += activity ? activity->counted.bounced_bytes : 0;
	}
	xdc_wrap(out,
		 xdc_arena_printf(model->arena,
				  "In %.1f s %zu %s DMA: %.1f MiB mapped, %.1f MiB bounced "
				  "(-o +MAPPED,BOUNCED).",
				  (double)model->watched_ms / 1000, active,
				  active == 1 ? "device did" : "devices did",
				  (double)bytes / (1 << 20), (double)bounced / (1 << 20)),
		 0, 0, width);
}

int xdc_render_table(const struct xdc_report *report, const struct xdc_table_options *options,
		     FILE *out)
{
	struct rows rows = { 0 };
	int r = 0;

	select_rows(report, options, &rows);
	print_host(report, out, options->width);
	print_summary(report, out);
	print_observation(report, out, options->width);
	print_activity(report, out, options->width);
	if (rows.count) {
		fputc('\n', out);
		r = print_rows(&rows, options, out);
	}
	print_folded(&rows, out, options->width);
	free(rows.items);
	if (r < 0)
		return r;
	xdc_render_findings(report, options, out);
	return ferror(out) ? -EIO : 0;
}
