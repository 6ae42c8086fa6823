/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

const char *xdc_outcome_name(enum xdc_outcome outcome)
{
	static const char *const names[] = { "pass", "notice", "warning", "unknown", "fail" };

	return names[outcome];
}

const char *xdc_io_verdict_name(enum xdc_io_verdict verdict)
{
	static const char *const names[] = { "safe", "slow", "unknown", "unsafe" };

	return names[verdict];
}

const char *xdc_pages_name(enum xdc_pages pages)
{
	static const char *const names[] = { "copied", "reach", "unknown" };

	return names[pages];
}

struct xdc_preflight_check *xdc_check_add(struct xdc_flight *flight, const char *id,
					  enum xdc_outcome outcome, unsigned int line,
					  const char *title)
{
	struct xdc_preflight *to = flight->flight;
	struct xdc_preflight_check *check;

	xdc_array_reserve((void **)&to->checks, to->n_checks, sizeof(*to->checks));
	check = &to->checks[to->n_checks++];
	memset(check, 0, sizeof(*check));
	check->id = id;
	check->outcome = outcome;
	check->line = line;
	check->title = title;
	return check;
}

void xdc_check_because(struct xdc_preflight_check *check, const char *text, const char *evidence)
{
	struct xdc_reason *reason;

	if (check->n_because == XDC_TEXTS_MAX)
		return;
	reason = &check->because[check->n_because++];
	reason->rule = check->id;
	reason->text = text;
	reason->evidence[0] = evidence;
}

struct xdc_preflight_check *xdc_check_tell(struct xdc_flight *flight, const char *id,
					   enum xdc_outcome outcome, unsigned int line,
					   const char *title, const char *why, const char *evidence)
{
	struct xdc_preflight_check *check = xdc_check_add(flight, id, outcome, line, title);

	xdc_check_because(check, why, evidence);
	return check;
}

void xdc_check_advise(struct xdc_preflight_check *check, const char *text)
{
	if (check->n_advice < XDC_TEXTS_MAX)
		check->advice[check->n_advice++] = text;
}

void xdc_not_checked(struct xdc_flight *flight, const char *text)
{
	struct xdc_preflight *to = flight->flight;

	for (size_t i = 0; i < to->n_not_checked; i++)
		if (strcmp(to->not_checked[i], text) == 0)
			return;
	xdc_array_reserve((void **)&to->not_checked, to->n_not_checked, sizeof(*to->not_checked));
	to->not_checked[to->n_not_checked++] = text;
}

const char *xdc_shown(const struct xdc_flight *flight, const char *text)
{
	return text ? xdc_text_escaped(flight->arena, text, strlen(text)) : "";
}

static bool may_start_guests(const struct xdc_flight *flight)
{
	return flight->model->host.role == XDC_ROLE_DOM0 ||
	       flight->model->host.role == XDC_ROLE_UNKNOWN;
}

static void run_checks(struct xdc_flight *flight)
{
	static void (*const checks[])(struct xdc_flight *) = {
		xdc_check_config,      xdc_check_platform, xdc_check_image, xdc_check_memory,
		xdc_check_disks,       xdc_check_vifs,	   xdc_check_io,    xdc_check_services,
		xdc_check_passthrough, xdc_check_together,
	};

	xdc_check_host(flight);
	/* Where it does not parse, or no guest can start, there is nothing to hold together. */
	for (size_t i = 0; i < XDC_ARRAY_SIZE(checks); i++)
		if (i == 0 || (flight->guest->status == XDC_STATUS_OK && may_start_guests(flight)))
			checks[i](flight);
}

static int by_gravity(const void *a, const void *b)
{
	const struct xdc_preflight_check *x = a, *y = b;
	int r = (int)y->outcome - (int)x->outcome;

	if (!r && x->line != y->line)
		r = x->line < y->line ? -1 : 1;
	return r ? r : strcmp(x->id, y->id);
}

static void conclude(struct xdc_preflight *flight, bool is_dom0)
{
	enum xdc_io_verdict io = XDC_IO_SAFE;

	for (size_t i = 0; i < flight->n_checks; i++) {
		const struct xdc_preflight_check *check = &flight->checks[i];

		if (check->outcome > flight->result)
			flight->result = check->outcome;
		if (!check->about_io && check->outcome >= XDC_OUTCOME_UNKNOWN &&
		    check->outcome > flight->start)
			flight->start = check->outcome;
	}
	for (size_t i = 0; i < flight->n_io; i++)
		if (flight->io[i].verdict > io)
			io = flight->io[i].verdict;
	/* What was not read may hold a disk; elsewhere than in dom0 no way was followed. */
	if ((flight->guest->status != XDC_STATUS_OK || !is_dom0) && io < XDC_IO_UNKNOWN)
		io = XDC_IO_UNKNOWN;
	flight->io_safe = io == XDC_IO_SLOW ? XDC_IO_SAFE : io;
	if (flight->n_checks)
		qsort(flight->checks, flight->n_checks, sizeof(*flight->checks), by_gravity);
}

/* The xl that would read the configuration is the one here, where that is known. */
static const char *release_of(const struct xdc_model *model, const struct xdc_guest *guest)
{
	return model->xen.tools_release ? model->xen.tools_release : guest->library;
}

static void fly(struct xdc_preflights *all, size_t index, const char *config)
{
	struct xdc_preflight *item = &all->items[index];
	const struct xdc_model *model = all->report->model;
	struct xdc_flight flight = {
		.all = all,
		.flight = item,
		.model = model,
		.evidence = model->evidence,
		.arena = all->arena,
		.on_arm = model->host.arch == XDC_ARCH_ARM || model->host.arch == XDC_ARCH_ARM64,
	};

	item->guest = xdc_guest_read(all->arena, model->evidence, index, config, flight.on_arm);
	flight.guest = item->guest;
	flight.release = release_of(model, item->guest);
	run_checks(&flight);
	conclude(item, model->host.role == XDC_ROLE_DOM0);
}

struct xdc_preflights *xdc_preflight(const struct xdc_report *report, const char *const *configs,
				     size_t count)
{
	struct xdc_preflights *all = xdc_zalloc(sizeof(*all));

	all->arena = xdc_arena_new();
	all->report = report;
	all->items = xdc_zalloc((count + 1) * sizeof(*all->items));
	for (size_t i = 0; i < count; i++) {
		/* Those that are there are the ones before it. */
		all->count = i + 1;
		fly(all, i, configs[i]);
	}
	return all;
}

void xdc_preflights_free(struct xdc_preflights *all)
{
	if (!all)
		return;
	for (size_t i = 0; i < all->count; i++) {
		free(all->items[i].checks);
		free(all->items[i].io);
		free(all->items[i].not_checked);
	}
	free(all->items);
	xdc_arena_free(all->arena);
	free(all);
}

void xdc_preflights_freep(struct xdc_preflights **all)
{
	xdc_preflights_free(*all);
}
