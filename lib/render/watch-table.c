/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is redrawn each second: so columns do not move about more than they must. */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"

enum {
	COLUMNS = 6,
	NAMES_SHOWN = 8,   /* of devices that did nothing */
	LINES_AROUND = 10, /* the table's other lines, at most */
	NAME_LEAST = 12,
};

static const char *const titles[COLUMNS] = { "NAME", "PATH", "SEEN", "MAPS/s", "MiB/s", "BOUNCED" };
/* Where nothing is wider. */
static const size_t least[COLUMNS] = { NAME_LEAST, 11, 11, 8, 8, 7 };
static const bool right[COLUMNS] = { false, false, false, true, true, true };

struct row {
	const char *cells[COLUMNS];
};

static const char *number(struct xdc_arena *arena, double value, const char *behind)
{
	return xdc_arena_printf(arena, value < 99.95 ? "%.1f%s" : "%.0f%s", value, behind);
}

static double mebibytes(const struct xdc_interval *interval, uint64_t bytes)
{
	return xdc_interval_rate(interval, bytes) / (1 << 20);
}

static const char *seen_cell(struct xdc_arena *arena, const struct xdc_activity *activity)
{
	const char *names[XDC_SEEN_MAX];
	size_t count = xdc_seen_names(activity, names);
	const char *cell = count ? names[0] : "-";

	for (size_t i = 1; i < count; i++)
		cell = xdc_arena_printf(arena, "%s,%s", cell, names[i]);
	return cell;
}

static struct row make_row(struct xdc_arena *arena, const struct xdc_watch_view *view,
			   const struct xdc_activity *activity)
{
	const struct xdc_attribution *a = xdc_watch_attribution(view->report, activity->path);
	const struct xdc_counters *counted = &activity->counted;
	double percent = xdc_bounced_percent(activity);

	return (struct row){ {
		xdc_watch_name(arena, activity->path),
		a ? xdc_path_name(a->path) : "-",
		seen_cell(arena, activity),
		number(arena, xdc_interval_rate(view->interval, counted->maps), ""),
		number(arena, mebibytes(view->interval, counted->bytes),
		       counted->partial ? "+" : ""),
		percent < 0 ? "-" : xdc_arena_printf(arena, "%.0f%%", percent),
	} };
}

/* Characters of @text that fit into @width columns, in bytes. */
static size_t fitting(const char *text, size_t width)
{
	size_t length = 0;

	for (size_t column = 0; column < width && text[length]; column++) {
		size_t step = xdc_utf8_length(text + length, strlen(text + length));

		length += step ? step : 1;
	}
	return length;
}

static void put_cell(FILE *out, const char *text, size_t width, bool to_the_right)
{
	size_t length = fitting(text, width);
	int blanks = (int)(width - xdc_text_columns(text, length));

	fprintf(out, "%*s%.*s%*s", to_the_right ? blanks : 0, "", (int)length, text,
		to_the_right ? 0 : blanks, "");
}

/* Cut where the terminal ends: a line that goes on in the next could not be redrawn. */
static void put_row(FILE *out, const char *const cells[COLUMNS], const size_t widths[COLUMNS],
		    size_t width)
{
	xdc_autofree char *text = NULL;
	size_t length = 0;
	FILE *line = xdc_open_text(&text, &length);

	for (size_t c = 0; c < COLUMNS; c++) {
		if (c)
			fputc(' ', line);
		put_cell(line, cells[c], widths[c], right[c]);
	}
	fclose(line);
	fprintf(out, "%.*s\n", (int)fitting(text, width), text);
}

/* As wide as the widest, but the name gives way where the terminal is narrow. */
static void measure(const struct row *rows, size_t count, size_t width, size_t ret[COLUMNS])
{
	size_t others = COLUMNS - 1;

	memcpy(ret, least, sizeof(least));
	for (size_t i = 0; i < count; i++) {
		for (size_t c = 0; c < COLUMNS; c++) {
			size_t columns =
				xdc_text_columns(rows[i].cells[c], strlen(rows[i].cells[c]));

			if (columns > ret[c])
				ret[c] = columns;
		}
	}
	for (size_t c = 1; c < COLUMNS; c++)
		others += ret[c];
	if (ret[0] + others > width)
		ret[0] = width > others + NAME_LEAST ? width - others : NAME_LEAST;
}

static void put_rows(const struct xdc_watch_view *view, struct xdc_arena *arena, FILE *out)
{
	const struct xdc_interval *interval = view->interval;
	size_t count = interval->count, widths[COLUMNS];
	xdc_autofree struct row *rows = xdc_zalloc((count + 1) * sizeof(*rows));

	if (view->lines && count + LINES_AROUND > view->lines)
		count = view->lines > LINES_AROUND ? view->lines - LINES_AROUND : 1;
	for (size_t i = 0; i < count; i++)
		rows[i] = make_row(arena, view, &interval->items[i]);
	measure(rows, count, view->width, widths);
	put_row(out, titles, widths, view->width);
	for (size_t i = 0; i < count; i++)
		put_row(out, rows[i].cells, widths, view->width);
	if (count < interval->count)
		fprintf(out, "and %zu less active\n", interval->count - count);
}

static void put_sentence(FILE *out, const char *text, size_t width)
{
	xdc_wrap(out, text, 0, 0, width);
}

/* @title and @names; nothing where there are none. */
static void put_names(const struct xdc_watch_view *view, struct xdc_arena *arena, const char *title,
		      const char *const *names, size_t count, FILE *out)
{
	if (count)
		put_sentence(out,
			     xdc_arena_printf(arena, "%s: %s.", title,
					      xdc_names_text(arena, names, count, NAMES_SHOWN)),
			     view->width);
}

static void put_rest(const struct xdc_watch_view *view, struct xdc_arena *arena, FILE *out)
{
	xdc_autofree const char **idle = NULL, **unconfined = NULL;
	size_t n_idle = xdc_watch_idle(view, &idle);
	size_t n_unconfined = xdc_watch_unconfined(view, &unconfined);

	put_names(view, arena, "No DMA", idle, n_idle, out);
	put_names(view, arena, "Confined by no IOMMU", unconfined, n_unconfined, out);
	if (xdc_interval_total(view->interval).counted.partial)
		put_sentence(out,
			     "+ is at least: some lists of pages were not counted to their end.",
			     view->width);
	for (size_t i = 0; i < view->n_unwatched; i++)
		put_sentence(out,
			     xdc_arena_printf(arena, "Not watched: %s (%s).",
					      view->unwatched[i].what, view->unwatched[i].why),
			     view->width);
}

void xdc_render_watch_table(const struct xdc_watch_view *view, FILE *out)
{
	const struct xdc_interval *interval = view->interval;
	const struct xdc_activity total = xdc_interval_total(interval);
	struct xdc_arena *arena = xdc_arena_new();

	put_sentence(
		out,
		xdc_arena_printf(arena, "%zu %s DMA: %s maps/s, %s MiB/s.%s", interval->count,
				 interval->count == 1 ? "device does" : "devices do",
				 number(arena, xdc_interval_rate(interval, total.counted.maps), ""),
				 number(arena, mebibytes(interval, total.counted.bytes), ""),
				 view->note),
		view->width);
	fputc('\n', out);
	put_rows(view, arena, out);
	fputc('\n', out);
	put_rest(view, arena, out);
	xdc_arena_free(arena);
}
