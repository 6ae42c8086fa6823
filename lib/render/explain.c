/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A device's decision as a person would tell it: asked, seen, decided, and what it means. */
#include <string.h>

#include "render/render.h"

enum {
	INDENT = 2,
	ANSWER = 9, /* "unknown" and two blanks */
};

struct teller {
	const struct xdc_report *report;
	const struct xdc_attribution *a;
	const struct xdc_device *device;
	struct xdc_arena *arena;
	FILE *out;
	size_t width;
};

static void heading(const struct teller *t, const char *text)
{
	fprintf(t->out, "\n%s\n", text);
}

static void line(const struct teller *t, const char *label, const char *text)
{
	fprintf(t->out, "%*s%-*s", INDENT, "", ANSWER, label);
	xdc_wrap(t->out, text, INDENT + ANSWER, INDENT + ANSWER, t->width);
}

static const char *answer_word(enum xdc_tri answer)
{
	return answer == XDC_YES ? "yes" : answer == XDC_NO ? "no" : "unknown";
}

/* Where a record was read, for a person: "/proc/cmdline". */
static const char *origin_of(const struct teller *t, const char *key)
{
	const struct xdc_record *record = key ? xdc_evidence_find(t->report->evidence, key) : NULL;

	return record ? xdc_text_escaped(t->arena, record->origin, strlen(record->origin)) : "";
}

static void tell_subject(const struct teller *t)
{
	const struct xdc_device *d = t->device;

	fprintf(t->out, "%s", d->name);
	if (d->description)
		fprintf(t->out, ": %s", d->description);
	fputc('\n', t->out);
	line(t, "is",
	     xdc_arena_printf(t->arena, "on bus %s, driver %s (probe: %s)", d->bus,
			      d->driver ? d->driver : "none", xdc_probe_name(d->probe)));
	if (d->probe_reason)
		line(t, "", d->probe_reason);
	if (d->group >= 0)
		line(t, "group",
		     xdc_arena_printf(t->arena, "IOMMU group %ld, type %s%s%s", d->group,
				      d->group_type ? d->group_type : "unknown",
				      d->iommu ? ", behind " : "", d->iommu ? d->iommu->name : ""));
	line(t, "DMA",
	     xdc_arena_printf(t->arena, "%s: %s", xdc_dma_name(d->dma),
			      d->dma_reason ? d->dma_reason : "nothing shows it"));
	if (d->activity)
		line(t, "mapped",
		     xdc_arena_printf(t->arena, "%.1f MiB, of which %.1f MiB were bounced",
				      (double)d->activity->counted.bytes / (1 << 20),
				      (double)d->activity->counted.bounced_bytes / (1 << 20)));
	if (d->dma_via)
		line(t, "via", d->dma_via->name);
	line(t, "at", xdc_text_escaped(t->arena, d->path, strlen(d->path)));
}

static void tell_step(const struct teller *t, const struct xdc_step *step)
{
	const char *origin = step->evidence ? origin_of(t, step->evidence) : "";

	line(t, answer_word(step->answer), step->question);
	if (*step->seen)
		line(t, "",
		     *origin ? xdc_arena_printf(t->arena, "%s (%s)", step->seen, origin)
			     : step->seen);
}

static void tell_decision(const struct teller *t)
{
	struct xdc_step steps[XDC_STEPS_MAX];
	size_t count =
		xdc_attribution_steps(t->report->attributions, t->device, steps, XDC_STEPS_MAX);

	heading(t, t->device->driver ? "What the kernel's rules give it"
				     : "What the kernel's rules give it when a driver is probed");
	for (size_t i = 0; i < count; i++)
		tell_step(t, &steps[i]);
	line(t, "so", xdc_path_name(t->a->inferred_path));
}

static void tell_observation(const struct teller *t)
{
	const struct xdc_model *model = t->report->model;

	heading(t, "What was read from the kernel");
	if (!t->a->observed && !t->a->device->observed.outdated) {
		line(t, "nothing",
		     model->observed == XDC_NO	      ? model->observe_detail
		     : model->observed == XDC_UNKNOWN ? "it was not asked"
						      : "this device has no attribute to ask by");
		return;
	}
	for (size_t i = 0; i < t->a->n_reasons; i++)
		if (xdc_text_starts_with(t->a->reasons[i].rule, "observed"))
			line(t, t->a->observed ? "" : "nothing", t->a->reasons[i].text);
	if (!t->a->observed)
		return;
	line(t, "so", xdc_path_name(t->a->observed_path));
	if (xdc_attribution_mismatch(t->a))
		line(t, "but", "the rules say otherwise: trust what was read, and report this");
}

static void tell_meaning(const struct teller *t)
{
	const struct xdc_attribution *a = t->a;
	const char *own = xdc_memory_name(a->own_memory);
	const char *foreign = xdc_memory_name(a->foreign_pages);

	heading(t, "What that means");
	line(t, "verdict", xdc_verdict_name(a->verdict));
	if (own)
		line(t, "own", xdc_arena_printf(t->arena, "DMA to this domain's memory: %s", own));
	if (foreign)
		line(t, "guests", xdc_arena_printf(t->arena, "DMA to guests' pages: %s", foreign));
	/* The first reason is the rule that decided, told above. */
	for (size_t i = 1; i < a->n_reasons; i++)
		if (!xdc_text_starts_with(a->reasons[i].rule, "observed"))
			line(t, "because", a->reasons[i].text);
	for (size_t i = 0; i < a->n_missing; i++)
		line(t, "missing",
		     xdc_text_escaped(t->arena, a->missing[i], strlen(a->missing[i])));
}

/* Another device's records have nothing to do with this one, unless one is above the other. */
static bool is_anothers(const struct xdc_record *record, const char *path)
{
	const char *of = strstr(record->key, ":/devices/");
	size_t length;

	if (!of)
		return false;
	length = strlen(++of);
	if (length > strlen(path))
		length = strlen(path);
	return strncmp(of, path, length) != 0;
}

/* Also where nothing above is unknown for it: what would have been said is not known. */
static void tell_unread(const struct teller *t)
{
	const struct xdc_evidence *evidence = t->report->evidence;
	bool any = false;

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *r = xdc_evidence_at(evidence, i);

		if (r->status == XDC_STATUS_OK || r->status == XDC_STATUS_ABSENT ||
		    r->status == XDC_STATUS_REDACTED || is_anothers(r, t->device->path))
			continue;
		if (!any)
			heading(t, "What could not be read");
		any = true;
		line(t, "",
		     xdc_arena_printf(t->arena, "%s: %s%s%s",
				      xdc_text_escaped(t->arena, r->key, strlen(r->key)),
				      xdc_status_name(r->status), *r->detail ? ", " : "",
				      xdc_text_escaped(t->arena, r->detail, strlen(r->detail))));
	}
}

static bool concerns(const struct xdc_finding *finding, const struct xdc_device *device)
{
	return strcmp(finding->subject, device->name) == 0 ||
	       (device->iommu && strcmp(finding->subject, device->iommu->name) == 0);
}

static bool is_told(const struct xdc_attribution *a, const char *text)
{
	for (size_t i = 0; i < a->n_reasons; i++)
		if (strcmp(a->reasons[i].text, text) == 0)
			return true;
	return false;
}

/* What to do, of every finding about it or its IOMMU, each piece of advice once. */
static void tell_advice(const struct teller *t)
{
	const struct xdc_findings *findings = t->report->findings;
	bool any = false;

	for (size_t i = 0; i < findings->count; i++) {
		const struct xdc_finding *f = &findings->items[i];

		if (!concerns(f, t->device))
			continue;
		if (!any)
			heading(t, "What to do");
		any = true;
		line(t, xdc_severity_name(f->severity),
		     xdc_arena_printf(t->arena, "%s (%s)", f->title, f->id));
		for (size_t n = 0; n < f->n_because; n++)
			if (!is_told(t->a, f->because[n].text))
				line(t, "why", f->because[n].text);
		for (size_t n = 0; n < f->n_advice; n++)
			line(t, n ? "" : "do", f->advice[n]);
	}
}

void xdc_render_explanation(const struct xdc_report *report, const struct xdc_device *device,
			    size_t width, FILE *out)
{
	struct teller t = {
		.report = report,
		.a = xdc_attribution_of(report->attributions, device),
		.device = device,
		.arena = xdc_arena_new(),
		.out = out,
		.width = width,
	};

	tell_subject(&t);
	tell_decision(&t);
	tell_observation(&t);
	tell_meaning(&t);
	tell_unread(&t);
	tell_advice(&t);
	xdc_arena_free(t.arena);
}
