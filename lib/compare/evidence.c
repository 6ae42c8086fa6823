/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each side could read: why something may differ that does not. */
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"

/*
 * The record that says whether all of the kind of @key could be read: "dma" of
 * "dma:/devices/...". NULL: it stands for itself.
 */
static const char *whole_of(const char *key)
{
	static const char *const wholes[][2] = {
		{ "device:", "devices" }, { "dma:", "dma" }, { "log:", "logs" },
		{ "udev:", "udev" },	  { "xen:", "xen" }, { "xenstore:", "xenstore" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(wholes); i++)
		if (xdc_text_starts_with(key, wholes[i][0]))
			return wholes[i][1];
	return NULL;
}

bool xdc_compare_answered(const struct xdc_report *report, const char *key)
{
	const struct xdc_record *record = xdc_evidence_find(report->evidence, key);
	const char *whole = whole_of(key);

	if (record)
		return xdc_record_readable(record) || record->status == XDC_STATUS_ABSENT;
	if (whole && xdc_evidence_find(report->evidence, whole))
		return xdc_compare_answered(report, whole);
	/* Xen is asked nothing where there is none. */
	return report->model->host.role == XDC_ROLE_NONE &&
	       (xdc_text_starts_with(key, "xen") || strcmp(key, "tools") == 0);
}

struct xdc_unread xdc_compare_unread(const struct xdc_comparison *c, const char *const *keys)
{
	for (; *keys; keys++) {
		bool before = xdc_compare_answered(c->before, *keys);
		bool after = xdc_compare_answered(c->after, *keys);

		if (before != after)
			return (struct xdc_unread){ before ? XDC_SIDE_AFTER : XDC_SIDE_BEFORE,
						    xdc_text_escaped(c->arena, *keys,
								     strlen(*keys)) };
	}
	return (struct xdc_unread){ 0 };
}

static size_t list_records(const struct xdc_evidence *evidence, struct xdc_named **ret)
{
	size_t count = xdc_evidence_count(evidence);

	*ret = xdc_zalloc(count * sizeof(**ret));
	for (size_t i = 0; i < count; i++)
		(*ret)[i] = (struct xdc_named){ xdc_evidence_at(evidence, i)->key,
						xdc_evidence_at(evidence, i) };
	return count;
}

/* A part that is there in one only is a difference of the machine, or its whole's tells. */
static void pair_records(void *arg, const void *before, const void *after)
{
	struct xdc_comparison *c = arg;
	const struct xdc_record *x = before, *y = after;
	const char *key = x ? x->key : y->key;

	if (x && y ? x->status == y->status : whole_of(key) != NULL)
		return;
	xdc_array_reserve((void **)&c->evidence, c->n_evidence, sizeof(*c->evidence));
	c->evidence[c->n_evidence++] = (struct xdc_status_change){
		.key = xdc_text_escaped(c->arena, key, strlen(key)),
		.before = x ? xdc_status_name(x->status) : NULL,
		.after = y ? xdc_status_name(y->status) : NULL,
	};
}

void xdc_compare_evidence(struct xdc_comparison *c)
{
	xdc_autofree struct xdc_named *before = NULL, *after = NULL;
	size_t n_before = list_records(c->before->evidence, &before);
	size_t n_after = list_records(c->after->evidence, &after);

	xdc_pair(before, n_before, after, n_after, pair_records, c);
}
