/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"

struct rows {
	const struct xdc_attribution **items;
	size_t count;
	size_t via;
	size_t idle;
	size_t maybe;
};

static bool is_named(const struct xdc_device *device, const char *name)
{
	if (xdc_text_starts_with(name, "/sys/"))
		name += strlen("/sys");
	return strcmp(device->name, name) == 0 || strcmp(device->path, name) == 0;
}

/* Counts what it folds. */
static bool is_shown(const struct xdc_attribution *a, const struct xdc_table_options *options,
		     struct rows *rows)
{
	if (options->n_devices) {
		for (size_t i = 0; i < options->n_devices; i++)
			if (is_named(a->device, options->devices[i]))
				return true;
		return false;
	}
	if (options->all)
		return true;
	if (a->device->has_dma_configure != XDC_YES)
		rows->via++;
	else if (a->verdict == XDC_VERDICT_IDLE)
		rows->idle++;
	else if (a->device->dma != XDC_DMA_YES)
		rows->maybe++;
	else
		return true;
	return false;
}

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

		if (!is_shown(a, options, rows))
			continue;
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

static int add_columns(struct libscols_table *table, const struct xdc_table_options *options)
{
	for (size_t i = 0; i < options->n_columns; i++) {
		const struct xdc_column *column = options->columns[i];
		int flags = options->width ? (column->wrap ? SCOLS_FL_WRAP : 0) : 0;

		if (!scols_table_new_column(table, column->name, column->width, flags))
			return -ENOMEM;
	}
	return 0;
}

static int add_row(struct libscols_table *table, const struct xdc_attribution *a,
		   const struct xdc_table_options *options, struct xdc_arena *arena)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	const char *color = options->color ? verdict_color(a->verdict) : NULL;
	int r = line ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < options->n_columns; i++) {
		const char *cell = options->columns[i]->cell(arena, a);

		r = scols_line_set_data(line, i, cell ? cell : "-");
	}
	if (r == 0 && color)
		r = scols_line_set_color(line, color);
	return r;
}

static int print_rows(const struct rows *rows, const struct xdc_table_options *options, FILE *out)
{
	struct libscols_table *table = scols_new_table();
	struct xdc_arena *arena = xdc_arena_new();
	int r = table ? add_columns(table, options) : -ENOMEM;

	for (size_t i = 0; r == 0 && i < rows->count; i++)
		r = add_row(table, rows->items[i], options, arena);
	if (r == 0) {
		scols_table_set_stream(table, out);
		scols_table_enable_colors(table, options->color);
		if (options->width) {
			scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
			scols_table_set_termwidth(table, options->width);
		}
		r = scols_print_table(table);
	}
	scols_unref_table(table);
	xdc_arena_free(arena);
	return r;
}

static void print_folded(const struct rows *rows, FILE *out)
{
	const struct {
		size_t count;
		const char *text;
	} folded[] = {
		{ rows->via, "go through another device" },
		{ rows->idle, "idle" },
		{ rows->maybe, "not known to do DMA" },
	};
	bool any = false;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(folded); i++) {
		if (!folded[i].count)
			continue;
		fprintf(out, "%s%zu %s", any ? ", " : "Not shown: ", folded[i].count,
			folded[i].text);
		any = true;
	}
	if (any)
		fputs(" (--all shows them).\n", out);
}

/* "Xen 4.17.5 dom0 mapped 1:1, Linux 6.1.0-50-arm64 (aarch64)" */
static void print_host(const struct xdc_report *report, FILE *out)
{
	const struct xdc_host *host = &report->model->host;

	if (host->role == XDC_ROLE_NONE)
		fputs("Not on Xen", out);
	else
		fprintf(out, "Xen %s %s", host->xen ? host->xen : "of unknown version",
			host->role == XDC_ROLE_UNKNOWN ? "domain" : xdc_role_name(host->role));
	if (host->guest_type == XDC_GUEST_PV || host->guest_type == XDC_GUEST_PVH ||
	    host->guest_type == XDC_GUEST_HVM)
		fprintf(out, " (%s)", host->guest_type_text);
	if (host->role == XDC_ROLE_DOM0 && host->guest_type == XDC_GUEST_ARM)
		fputs(host->direct_mapped == XDC_YES ? ", mapped 1:1" :
		      host->direct_mapped == XDC_NO  ? ", not mapped 1:1" :
						       "",
		      out);
	fprintf(out, "; Linux %s (%s).\n", host->kernel ? host->kernel : "of unknown version",
		host->machine ? host->machine : "unknown machine");
}

static void print_summary(const struct xdc_report *report, FILE *out)
{
	size_t counts[XDC_VERDICT_IDLE + 1] = { 0 }, total = 0;
	bool any = false;

	for (size_t i = 0; i < report->attributions->count; i++) {
		const struct xdc_attribution *a = &report->attributions->items[i];

		if (a->device->dma != XDC_DMA_YES || a->verdict == XDC_VERDICT_IDLE)
			continue;
		counts[a->verdict]++;
		total++;
	}
	fprintf(out, "%zu device%s DMA%s", total, total == 1 ? " does" : "s do",
		total ? ": " : ".\n");
	for (size_t i = 0; i < XDC_VERDICT_IDLE; i++) {
		if (!counts[i])
			continue;
		fprintf(out, "%s%zu %s", any ? ", " : "", counts[i],
			xdc_verdict_name((enum xdc_verdict)i));
		any = true;
	}
	if (any)
		fputs(".\n", out);
}

static void print_observation(const struct xdc_report *report, FILE *out, size_t width)
{
	const struct xdc_model *model = report->model;

	if (model->observed == XDC_YES)
		return;
	xdc_wrap(out,
		 model->observed == XDC_UNKNOWN ?
			 "The kernel was not asked: paths are inferred." :
			 xdc_arena_printf(model->arena,
					  "The kernel could not be read, paths are inferred: %s.",
					  model->observe_detail),
		 0, 0, width);
}

int xdc_render_table(const struct xdc_report *report, const struct xdc_table_options *options,
		     FILE *out)
{
	struct rows rows = { 0 };
	int r = 0;

	select_rows(report, options, &rows);
	print_host(report, out);
	print_summary(report, out);
	print_observation(report, out, options->width);
	if (rows.count) {
		fputc('\n', out);
		r = print_rows(&rows, options, out);
	}
	print_folded(&rows, out);
	free(rows.items);
	if (r < 0)
		return r;
	xdc_render_findings(report, options, out);
	return ferror(out) ? -EIO : 0;
}
