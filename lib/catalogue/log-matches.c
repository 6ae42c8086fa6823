/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was found in a log, each failure once: of one device or domain, in one attempt. */
#include <stdlib.h>
#include <string.h>

#include "catalogue/log-text.h"
#include "catalogue/log.h"

static long domid_of(const struct xdc_log_found *found)
{
	const char *captured = xdc_capture_find(found->captures, "domid");
	uint64_t domid;

	if (captured && xdc_number_parse(captured, 10, &domid) == 0 && domid < 65536)
		return (long)domid;
	return xdc_log_domid(found->line, found->size);
}

/* A stream of an SMMU is a device whose name the log does not have. */
static const char *device_of(struct xdc_arena *arena, const struct xdc_log_found *found)
{
	const char *stream = xdc_capture_find(found->captures, "stream");
	const char *bdf = xdc_capture_find(found->captures, "bdf");
	const char *at;
	size_t size;

	if (stream)
		return xdc_arena_printf(arena, "stream ID %s",
					xdc_text_escaped(arena, stream, strlen(stream)));
	size = xdc_log_device(found->line, found->size, &at);
	if (size)
		return xdc_text_escaped(arena, at, size);
	return bdf ? xdc_text_escaped(arena, bdf, strlen(bdf)) : NULL;
}

static bool same_device(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

struct search {
	struct xdc_log_match *same;   /* this failure of this device; of none: the last one */
	struct xdc_log_match *joined; /* what a part of this very line was taken for */
	size_t n_devices;
};

static struct search search(struct xdc_log *log, const struct xdc_log_found *found, long domid,
			    const char *device)
{
	struct search s = { 0 };

	for (size_t i = log->n_matches; i-- > 0;) {
		struct xdc_log_match *m = &log->matches[i];

		if (m->entry != found->entry || m->attempt != found->attempt ||
		    (m->domid != domid && m->domid >= 0 && domid >= 0))
			continue;
		s.n_devices++;
		if (!s.same && (!device || same_device(m->device, device)))
			s.same = m;
		if (!s.joined && found->joined && m->last_line == found->number &&
		    m->file == found->file)
			s.joined = m;
	}
	return s;
}

/* The joined form of a line says more: then that is what it is. */
static void refine(struct xdc_arena *arena, struct xdc_log_match *m,
		   const struct xdc_log_found *found, const char *device)
{
	m->captures = *found->captures;
	m->text = xdc_log_line_text(arena, found->line, found->size);
	m->device = device;
}

static void count(struct xdc_log_match *m, const struct xdc_log_found *found, long domid)
{
	if (m->last_line != found->number) {
		m->count++;
		m->last_line = found->number;
	}
	if (m->domid < 0)
		m->domid = domid;
}

static void add(struct xdc_log *log, const struct xdc_log_found *found, long domid,
		const char *device)
{
	xdc_array_reserve((void **)&log->matches, log->n_matches, sizeof(*log->matches));
	log->matches[log->n_matches++] = (struct xdc_log_match){
		.entry = found->entry,
		.file = found->file,
		.file_index = log->n_files,
		.text = xdc_log_line_text(log->arena, found->line, found->size),
		.line = found->number,
		.last_line = found->number,
		.count = 1,
		.attempt = found->attempt,
		.domid = domid,
		.device = device,
		.time = found->time,
		.kind = found->kind,
		.captures = *found->captures,
	};
}

void xdc_log_keep(struct xdc_log *log, const struct xdc_log_found *found)
{
	long domid = domid_of(found);
	const char *device = device_of(log->arena, found);
	struct search s = search(log, found, domid, device);

	if (s.joined && s.joined != s.same && device) {
		/* A part of it was counted as another device's. */
		if (s.joined->count == 1 && !s.same) {
			refine(log->arena, s.joined, found, device);
			return;
		}
		if (s.joined->count > 1)
			s.joined->count--;
	}
	if (s.same) {
		if (s.same->line == found->number && found->joined && s.same->file == found->file)
			refine(log->arena, s.same, found, device ? device : s.same->device);
		count(s.same, found, domid);
	} else if (log->n_matches == XDC_LOG_MATCHES_MAX || s.n_devices >= XDC_LOG_DEVICES_MAX) {
		log->n_left_out++;
	} else {
		add(log, found, domid, device);
	}
}
