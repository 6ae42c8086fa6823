/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What assumptions change: each device as it is, and as it would be. */
#include <errno.h>
#include <libsmartcols.h>
#include <string.h>

#include "render/render.h"

static const char *const names[] = { "NAME", "DRIVER", "NOW", "VERDICT", "THEN", "VERDICT" };

static bool is_shown(const struct xdc_attribution *now, const struct xdc_attribution *then,
		     bool all)
{
	return all || now->device->dma == XDC_DMA_YES || then->device->dma == XDC_DMA_YES;
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

int xdc_render_change(const struct xdc_report *now, const struct xdc_report *then,
		      const struct xdc_table_options *options, FILE *out)
{
	struct libscols_table *table = scols_new_table();
	int r = table ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < XDC_ARRAY_SIZE(names); i++)
		r = scols_table_new_column(table, names[i], 0, 0) ? 0 : -ENOMEM;
	for (size_t i = 0; r == 0 && i < now->attributions->count; i++) {
		const struct xdc_attribution *a = &now->attributions->items[i];
		const struct xdc_device *other = xdc_model_device(then->model, a->device->path);

		if (other &&
		    is_shown(a, xdc_attribution_of(then->attributions, other), options->all))
			r = add_row(table, a, xdc_attribution_of(then->attributions, other));
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
