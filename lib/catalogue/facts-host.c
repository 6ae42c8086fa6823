/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What of the toolstack runs and is loaded on the machine. */
#include <string.h>

#include "catalogue/explanation.h"

enum xdc_tri xdc_xenconsoled_is_down(const struct xdc_fact_context *c, const char **ret_text)
{
	enum xdc_tri runs = c->report ? c->report->model->xen.runs_xenconsoled : XDC_UNKNOWN;

	if (runs == XDC_UNKNOWN)
		return XDC_UNKNOWN;
	*ret_text = runs == XDC_YES ? "xenconsoled runs on this machine"
				    : "no xenconsoled runs on this machine";
	return xdc_tri_of(runs == XDC_NO);
}

enum xdc_tri xdc_has_backend_driver(const struct xdc_fact_context *c, const char *kind,
				    const char **ret_text)
{
	const struct xdc_record *tools =
		c->report ? xdc_evidence_find(c->report->evidence, "tools") : NULL;
	const char *wanted = xdc_arena_printf(c->arena, "backend_driver=%s", kind);
	char *cursor, *line;
	bool loaded = false;

	if (!xdc_record_readable(tools) ||
	    !xdc_field_find(c->arena, tools->data, "backend_drivers", NULL))
		return XDC_UNKNOWN;
	cursor = xdc_arena_strdup(c->arena, tools->data);
	while ((line = xdc_text_next_line(&cursor)))
		loaded = loaded || strcmp(line, wanted) == 0;
	*ret_text = xdc_arena_printf(c->arena,
				     "/sys/bus/xen-backend/drivers/%s is %sthere on this machine",
				     kind, loaded ? "" : "not ");
	return xdc_tri_of(loaded);
}
