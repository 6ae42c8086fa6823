/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What assumptions change: each device as it is, and as it would be. */
#include <errno.h>
#include <libsmartcols.h>
#include <string.h>

#include "render/render.h"

static const char *const names[] = { "NAME", "DRIVER", "NOW", "VERDICT", "THEN", "VERDICT" };

static bool does_dma(const struct xdc_attribution *a)
{
	return a && a->device->dma == XDC_DMA_YES;
}

bool xdc_change_is_shown(const struct xdc_device_change *change, bool all)
{
	return all || does_dma(change->before) || does_dma(change->after);
}

static int add_row(struct libscols_table *table, const struct xdc_attribution *now,
		   const struct xdc_attribution *then)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	const char *driver = now->device->driver;
	/* A driver whose probe failed now may not fail then: its path is the one at probe. */
	enum xdc_path path = then->path == XDC_PATH_NONE ? then->inferred_path : then->path;
	const char *cells[] = { now->device->name,	  driver ? driver : "-",
				xdc_path_name(now->path), xdc_verdict_name(now->verdict),
				xdc_path_name(path),	  xdc_verdict_name(then->verdict) };
	int r = line ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < XDC_ARRAY_SIZE(cells); i++)
		r = scols_line_set_data(line, i, cells[i]);
	return r;
}

int xdc_render_change(const struct xdc_comparison *comparison,
		      const struct xdc_table_options *options, FILE *out)
{
	const struct xdc_report *then = comparison->after;
	struct libscols_table *table = scols_new_table();
	int r = table ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < XDC_ARRAY_SIZE(names); i++)
		r = scols_table_new_column(table, names[i], 0, 0) ? 0 : -ENOMEM;
	for (size_t i = 0; r == 0 && i < comparison->n_devices; i++) {
		const struct xdc_device_change *device = &comparison->devices[i];

		/* No assumption takes a device away or adds one. */
		if (device->before && device->after && xdc_change_is_shown(device, options->all))
			r = add_row(table, device->before, device->after);
	}
	if (r == 0) {
		scols_table_set_stream(table, out);
		scols_table_enable_noencoding(table, 1);
		r = scols_print_table(table);
	}
	scols_unref_table(table);
	if (r < 0)
		return r;
	fputs("\nWhat would be found then:\n", out);
	if (!then->findings->count)
		fputs("nothing\n", out);
	xdc_render_findings(then, options, out);
	return ferror(out) ? -EIO : 0;
}
