/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which message is only the consequence of another. An entry says which it may follow; of
 * what libxl says of one attempt to start one domain, the first error is the cause.
 */
#include <string.h>

#include "catalogue/explanation.h"

/* Two messages whose times are further apart do not belong together. */
enum { APART_SECONDS = 120 };

static bool is_libxl(const struct xdc_log_match *m)
{
	return m->kind == XDC_LOG_LIBXL || (m->entry->where == XDC_LOG_LIBXL);
}

/* Whether one may have to do with the other: neither says otherwise. */
static bool related(const struct xdc_log_match *a, const struct xdc_log_match *b)
{
	long apart;

	if (xdc_log_time_between(&a->time, &b->time, &apart) &&
	    (apart > APART_SECONDS || apart < -APART_SECONDS))
		return false;
	if (!is_libxl(a) || !is_libxl(b))
		return true;
	if (a->attempt && b->attempt && a->attempt != b->attempt)
		return false;
	return a->domid < 0 || b->domid < 0 || a->domid == b->domid;
}

static bool names(const struct xdc_entry *entry, const char *id)
{
	for (size_t i = 0; i < entry->n_follows; i++)
		if (strcmp(entry->follows[i], id) == 0)
			return true;
	return false;
}

/* @after: it stands behind @of in the log. */
static bool follows(const struct xdc_log_match *m, const struct xdc_log_match *of, bool after)
{
	if (m == of || !related(m, of))
		return false;
	if (names(m->entry, of->entry->id))
		return after || !names(of->entry, m->entry->id);
	return after && names(m->entry, "any") && !names(of->entry, "any") &&
	       of->entry->severity >= XDC_SEVERITY_WARNING;
}

static bool is_grave(const struct xdc_explained *item)
{
	return item->match->entry->severity >= XDC_SEVERITY_WARNING;
}

/* What the hypervisor said at the moment of an error is its cause, whatever the entries say. */
static bool is_of_moment(const struct xdc_log_match *hypervisor, const struct xdc_log_match *m)
{
	return hypervisor->kind == XDC_LOG_HYPERVISOR && is_libxl(m) &&
	       hypervisor->entry->severity >= XDC_SEVERITY_WARNING &&
	       m->entry->severity >= XDC_SEVERITY_NOTICE &&
	       (hypervisor->domid <= 0 || m->domid < 0 || hypervisor->domid == m->domid) &&
	       xdc_log_same_moment(&hypervisor->time, &m->time);
}

static void find_moment(struct xdc_explained *items, size_t count, struct xdc_explained *item)
{
	for (size_t i = 0; i < count && !item->cause; i++)
		if (is_of_moment(items[i].match, item->match))
			item->cause = &items[i];
}

/* Both are libxl's, of one attempt: what came first brought about the rest. */
static bool same_attempt(const struct xdc_log_match *a, const struct xdc_log_match *b)
{
	return is_libxl(a) && is_libxl(b) && related(a, b) && a->file_index == b->file_index &&
	       (a->attempt || a->domid >= 0 || b->domid >= 0);
}

static void find_cause(struct xdc_explained *items, size_t count, size_t index)
{
	struct xdc_explained *item = &items[index];

	for (size_t i = 0; i < count && !item->cause; i++)
		if (follows(item->match, items[i].match, i < index))
			item->cause = &items[i];
}

void xdc_find_consequences(struct xdc_explained *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		find_cause(items, count, i);
	for (size_t i = 0; i < count; i++)
		find_moment(items, count, &items[i]);
	for (size_t i = 0; i < count; i++) {
		if (items[i].cause || !is_grave(&items[i]))
			continue;
		for (size_t n = 0; n < i && !items[i].cause; n++)
			if (!items[n].cause && is_grave(&items[n]) &&
			    same_attempt(items[n].match, items[i].match))
				items[i].cause = &items[n];
	}
}
