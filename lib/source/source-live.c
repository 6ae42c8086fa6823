/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "collect/evidence.h"
#include "source/child.h"
#include "source/providers.h"

struct source_live {
	struct xdc_source base;
	struct xdc_tree tree;
	struct xdc_live_options options;
	long long end;		      /* xdc_now_ms() by which all that may wait has to be done */
	struct xdc_xen_question *xen; /* begun, and not yet answered; else NULL */
	struct xdc_evidence *xen_answers; /* of the hypervisor and of xenstore; NULL before */
};

/* The longest that each may take by itself: child deadlines in live-names.c, live-journal.c. */
enum {
	NAMES_MS = 1500,
	JOURNAL_MS = 5000,
};

static long long left_ms(const struct source_live *live)
{
	long long left = live->end - xdc_now_ms();

	if (!live->options.total_ms)
		return JOURNAL_MS;
	return left > 1 ? left : 1;
}

/* The options with what is left of the whole time, where that is less than the helper's own. */
static struct xdc_live_options bounded(const struct source_live *live)
{
	struct xdc_live_options options = live->options;
	long long left = left_ms(live);

	if (!options.timeout_ms)
		options.timeout_ms = XDC_HELPER_TIMEOUT_MS;
	if (live->options.total_ms && left < options.timeout_ms)
		options.timeout_ms = (unsigned int)left;
	return options;
}

/* What would take longer than there is time is not begun. */
static bool has_time(const struct source_live *live, long long needed, const char *key,
		     xdc_emit_fn *emit, void *arg)
{
	if (left_ms(live) >= needed)
		return true;
	xdc_emit(emit, arg, key, "live", XDC_STATUS_TIMEOUT, "no time was left for it (--timeout)",
		 NULL, 0);
	return false;
}

static void ask_uname(xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);
	enum xdc_status status = XDC_STATUS_OK;
	struct utsname uts;

	if (uname(&uts) < 0) {
		status = xdc_status_from_errno(errno);
	} else {
		xdc_field_write(out, "release", uts.release);
		xdc_field_write(out, "machine", uts.machine);
		xdc_field_write(out, "nodename", uts.nodename);
	}
	fclose(out);
	xdc_emit(emit, arg, "uname", "uname(2)", status, "", buffer, length);
}

static void tell_recorded(const struct xdc_live_options *options, xdc_emit_fn *emit, void *arg)
{
	long long now = options->has_time ? (long long)options->time : (long long)time(NULL);
	char text[128];
	int length = snprintf(text, sizeof(text), "time=%lld\nversion=%s\n", now, XDC_VERSION);

	xdc_emit(emit, arg, "recorded", options->has_time ? "given" : "time(2)", XDC_STATUS_OK, "",
		 text, (size_t)length);
}

/* By way of void: on 32-bit Arm what is around it is aligned more strictly than its base. */
static struct source_live *live_of(struct xdc_source *source)
{
	void *whole = source;

	return whole;
}

/* The helper takes as long as all else: it may as well run meanwhile. */
static void live_expect(struct xdc_source *source, const struct xdc_request *request)
{
	struct source_live *live = live_of(source);
	struct xdc_live_options options = bounded(live);

	if ((request->type == XDC_REQUEST_HYPERVISOR || request->type == XDC_REQUEST_XENSTORE) &&
	    !live->xen && !live->xen_answers)
		live->xen = xdc_live_ask_xen(&options);
}

/* One run of the helper answers both requests: to start it takes longer than all it asks. */
static void ask_xen(struct source_live *live, const struct xdc_request *request, const char *key,
		    xdc_emit_fn *emit, void *arg)
{
	struct xdc_xen_question *asked;

	live_expect(&live->base, request);
	asked = live->xen;
	live->xen = NULL;
	if (asked) {
		live->xen_answers = xdc_evidence_new();
		xdc_live_answer(asked, xdc_evidence_add, live->xen_answers);
	}
	for (size_t i = 0; i < xdc_evidence_count(live->xen_answers); i++) {
		const struct xdc_record *record = xdc_evidence_at(live->xen_answers, i);

		if (xdc_key_is_below(record->key, key))
			emit(arg, record);
	}
}

static void live_ask(struct xdc_source *source, const struct xdc_request *request,
		     xdc_emit_fn *emit, void *arg)
{
	struct source_live *live = live_of(source);
	const struct xdc_tree *tree = &live->tree;

	switch (request->type) {
	case XDC_REQUEST_UNAME:
		ask_uname(emit, arg);
		break;
	case XDC_REQUEST_RECORDED:
		tell_recorded(&live->options, emit, arg);
		break;
	case XDC_REQUEST_KERNEL_LOG:
		xdc_live_kernel_log(emit, arg);
		break;
	case XDC_REQUEST_NAMES:
		if (has_time(live, NAMES_MS, "udev", emit, arg))
			xdc_live_names(tree, request, emit, arg);
		break;
	case XDC_REQUEST_HYPERVISOR:
		ask_xen(live, request, "xen", emit, arg);
		break;
	case XDC_REQUEST_XENSTORE:
		ask_xen(live, request, "xenstore", emit, arg);
		break;
	case XDC_REQUEST_LOGS:
		if (has_time(live, JOURNAL_MS, "logs", emit, arg))
			xdc_tree_logs(tree, emit, arg);
		break;
	case XDC_REQUEST_DMA_STATE:
		xdc_live_dma_state(tree, request, emit, arg);
		break;
	case XDC_REQUEST_ACTIVITY:
		if (request->seconds)
			xdc_live_activity(request->seconds, emit, arg);
		break;
	default:
		xdc_tree_ask(tree, request, emit, arg);
	}
}

static void live_free(struct xdc_source *source)
{
	struct source_live *live = live_of(source);

	xdc_live_forget(live->xen);
	xdc_evidence_free(live->xen_answers);
	if (live->tree.root >= 0)
		close(live->tree.root);
	free(live);
}

static const struct xdc_source_ops live_ops = {
	.ask = live_ask,
	.expect = live_expect,
	.free = live_free,
};

struct xdc_source *xdc_source_live(const struct xdc_live_options *options)
{
	struct source_live *live = xdc_zalloc(sizeof(*live));

	live->base.ops = &live_ops;
	if (options)
		live->options = *options;
	live->end = xdc_now_ms() + live->options.total_ms;
	live->tree.root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	return &live->base;
}
