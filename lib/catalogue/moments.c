/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libxl's errors and the hypervisor's lines of the same moment: see log-near.c. */
#include <string.h>

#include "catalogue/explanation.h"

static bool is_told(const struct xdc_explanation *x, const struct xdc_log_near *near)
{
	for (size_t i = 0; i < x->count; i++)
		if (x->items[i].match->line == near->line && x->items[i].match->file == near->file)
			return true;
	return false;
}

size_t xdc_find_meanwhile(const struct xdc_explanation *x, const struct xdc_log_time *time,
			  const struct xdc_log_near *ret[XDC_MEANWHILE_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < x->log->n_near && count < XDC_MEANWHILE_MAX; i++)
		if (xdc_log_same_moment(&x->log->near[i].time, time) &&
		    !is_told(x, &x->log->near[i]))
			ret[count++] = &x->log->near[i];
	return count;
}

const char *xdc_incomparable(const struct xdc_explanation *x)
{
	const struct xdc_log_facts *facts = &x->log->facts;
	const struct xdc_log_time *ring = NULL;
	long apart;

	if (!facts->n_errors)
		return NULL;
	for (size_t i = 0; i < x->count && !ring; i++)
		if (x->items[i].match->kind == XDC_LOG_HYPERVISOR &&
		    x->items[i].match->entry->severity >= XDC_SEVERITY_WARNING)
			ring = &x->items[i].match->time;
	if (!ring || xdc_log_time_between(ring, &facts->error_times[0], &apart))
		return NULL;
	if (ring->wall < 0)
		return "The hypervisor's lines have no date, so that only their order tells which "
		       "belong to libxl's errors: console_timestamps=date on Xen's command line "
		       "gives them one.";
	if (facts->error_times[0].wall < 0)
		return "libxl's lines have no date, so that only their order tells which of the "
		       "hypervisor's belong to them: xl -T gives them one.";
	return "The hypervisor's dates are of UTC and libxl's of a time zone that the log does "
	       "not name: only their order tells which belong together.";
}
