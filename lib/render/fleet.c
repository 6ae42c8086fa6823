/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A line for each of many machines. */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"

/* What a column does where the terminal is too narrow: nothing is cut. */
enum fold {
	FOLD_NOT,
	FOLD_LIST, /* each item of a list on a line of its own */
	FOLD_ANYWHERE,
};

static const struct {
	const char *name;
	enum fold fold;
} columns[] = {
	{ "HOST", FOLD_NOT },	  { "XEN", FOLD_NOT },	     { "KERNEL", FOLD_NOT },
	{ "DEVICES", FOLD_LIST }, { "FINDINGS", FOLD_LIST }, { "FILE", FOLD_ANYWHERE },
};

struct row {
	char *cells[XDC_ARRAY_SIZE(columns)];
};

struct xdc_fleet {
	struct xdc_arena *arena;
	struct row *rows;
	size_t count;
	size_t affected;
};

/* Tabs stand between cells, and a row is a line: neither is in a text that is safe to print. */
static void put_cell(FILE *out, const char *safe)
{
	fprintf(out, "\t%s", safe);
}

/* "3 broken, 1 ok" */
static const char *verdicts(struct xdc_arena *arena, const struct xdc_tally *tally)
{
	const char *text = "";

	for (size_t i = 0; i < XDC_VERDICT_IDLE; i++)
		if (tally->verdicts[i])
			text = xdc_arena_printf(arena, "%s%s%zu %s", text, *text ? ", " : "",
						tally->verdicts[i],
						xdc_verdict_name((enum xdc_verdict)i));
	return *text ? text : "-";
}

/* "2 errors, 1 notice", the gravest first */
static const char *severities(struct xdc_arena *arena, const struct xdc_tally *tally)
{
	const char *text = "";

	for (int i = XDC_SEVERITY_ERROR; i >= 0; i--) {
		size_t count = tally->severities[i];

		if (count)
			text = xdc_arena_printf(arena, "%s%s%zu %s%s", text, *text ? ", " : "",
						count, xdc_severity_name((enum xdc_severity)i),
						count > 1 && i != XDC_SEVERITY_INFO ? "s" : "");
	}
	return *text ? text : "-";
}

void xdc_fleet_row(const struct xdc_report *report, const char *source, FILE *out)
{
	const struct xdc_host *host = &report->model->host;
	const struct xdc_tally tally = xdc_tally_of(report);
	struct xdc_arena *arena = xdc_arena_new();
	bool affected = tally.verdicts[XDC_VERDICT_BROKEN] || tally.verdicts[XDC_VERDICT_AT_RISK];

	fputc(affected ? '!' : '.', out);
	put_cell(out, host->name ? host->name : "-");
	put_cell(out, host->xen ? host->xen : host->role == XDC_ROLE_NONE ? "none" : "unknown");
	put_cell(out, host->kernel ? host->kernel : "unknown");
	put_cell(out, verdicts(arena, &tally));
	put_cell(out, severities(arena, &tally));
	put_cell(out, xdc_text_escaped(arena, source, strlen(source)));
	fputc('\n', out);
	xdc_arena_free(arena);
}

struct xdc_fleet *xdc_fleet_new(void)
{
	struct xdc_fleet *fleet = xdc_zalloc(sizeof(*fleet));

	fleet->arena = xdc_arena_new();
	return fleet;
}

void xdc_fleet_free(struct xdc_fleet *fleet)
{
	free(fleet->rows);
	xdc_arena_free(fleet->arena);
	free(fleet);
}

int xdc_fleet_add(struct xdc_fleet *fleet, const char *text)
{
	char *cursor = xdc_arena_memdup(fleet->arena, text, strcspn(text, "\n"));
	struct row row = { 0 };
	const char *mark = strsep(&cursor, "\t");

	for (size_t i = 0; i < XDC_ARRAY_SIZE(columns); i++) {
		row.cells[i] = cursor ? strsep(&cursor, "\t") : NULL;
		if (!row.cells[i])
			return -EINVAL;
	}
	xdc_array_reserve((void **)&fleet->rows, fleet->count, sizeof(*fleet->rows));
	fleet->rows[fleet->count++] = row;
	fleet->affected += *mark == '!';
	return 0;
}

static int add_column(struct libscols_table *table, size_t c, bool fold)
{
	struct libscols_column *column = scols_table_new_column(
		table, columns[c].name, 0, fold && columns[c].fold != FOLD_NOT ? SCOLS_FL_WRAP : 0);
	int r = column ? 0 : -ENOMEM;

	if (r == 0 && fold && columns[c].fold == FOLD_LIST)
		r = scols_column_set_wrapfunc(column, scols_wrapnl_chunksize,
					      scols_wrapnl_nextchunk, NULL);
	if (r == 0 && fold && columns[c].fold == FOLD_LIST)
		r = scols_column_set_safechars(column, "\n");
	return r;
}

/* smartcols breaks where a newline stands. */
static const char *folded(struct xdc_arena *arena, const char *text)
{
	char *copy = xdc_arena_strdup(arena, text);

	for (char *at = copy; (at = strstr(at, ", ")); at++)
		at[1] = '\n';
	return copy;
}

static int fill(struct libscols_table *table, const struct xdc_fleet *fleet, bool fold)
{
	int r = 0;

	for (size_t c = 0; r == 0 && c < XDC_ARRAY_SIZE(columns); c++)
		r = add_column(table, c, fold);
	for (size_t i = 0; r == 0 && i < fleet->count; i++) {
		struct libscols_line *line = scols_table_new_line(table, NULL);

		r = line ? 0 : -ENOMEM;
		for (size_t c = 0; r == 0 && c < XDC_ARRAY_SIZE(columns); c++) {
			const char *cell = fleet->rows[i].cells[c];

			if (fold && columns[c].fold == FOLD_LIST)
				cell = folded(fleet->arena, cell);
			r = scols_line_set_data(line, c, cell);
		}
	}
	return r;
}

int xdc_fleet_print(const struct xdc_fleet *fleet, size_t width, FILE *out)
{
	struct libscols_table *table = scols_new_table();
	int r = table ? fill(table, fleet, width > 0) : -ENOMEM;

	fprintf(out, "%zu machine%s; %zu with devices that are broken or at risk.\n", fleet->count,
		fleet->count == 1 ? "" : "s", fleet->affected);
	if (r == 0 && fleet->count) {
		fputc('\n', out);
		scols_table_set_stream(table, out);
		/* Cells are safe already; it would escape our escapes. */
		scols_table_enable_noencoding(table, 1);
		if (width) {
			scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
			scols_table_set_termwidth(table, width);
		}
		r = scols_print_table(table);
	}
	scols_unref_table(table);
	return r < 0 ? r : ferror(out) ? -EIO : 0;
}
