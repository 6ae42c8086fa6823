/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Samples for Prometheus. Two formats read this text: Prometheus' own 0.0.4, to which "# EOF" is
 * a comment and "info" no type, so that what OpenMetrics 1.0 would call an info is a gauge that
 * is 1. Counts of what is now are gauges. No sample has a time: node_exporter's textfile collector
 * refuses a file with one.
 */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"

struct writer {
	const char *family;
	const struct xdc_report *report;
	const char *source;
	const struct xdc_table_options *options;
	FILE *out;
	void *seen; /* the samples' names and labels: a tree of tsearch(3) */
};

/* exposition_formats.md: in a label's value a backslash, a quote and a newline are escaped. */
static void put_label(FILE *out, const char *separator, const char *name, const char *value)
{
	fprintf(out, "%s%s=\"", separator, name);
	for (; value && *value; value++) {
		if (*value == '\n')
			fputs("\\n", out);
		else if (*value == '"' || *value == '\\')
			fprintf(out, "\\%c", *value);
		else
			fputc(*value, out);
	}
	fputc('"', out);
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Whether @key was not written before; takes it over. One sample twice spoils a whole scrape. */
static bool is_new(struct writer *w, char *key)
{
	void *node = tsearch(key, &w->seen, compare);

	if (node && *(char **)node == key)
		return true;
	free(key);
	return false;
}

static void put_labels(const struct writer *w, FILE *out, const char *const labels[][2], size_t n)
{
	const char *separator = "{";

	for (size_t i = 0; i < n; i++, separator = ",")
		put_label(out, separator, labels[i][0], labels[i][1]);
	if (w->source) {
		struct xdc_arena *arena = xdc_arena_new();

		put_label(out, separator, "host", w->report->model->host.name);
		put_label(out, ",", "source",
			  xdc_text_escaped(arena, w->source, strlen(w->source)));
		xdc_arena_free(arena);
	}
	if (n || w->source)
		fputc('}', out);
}

/* @labels: @n names and values; a value of NULL is empty, which is the same as no label. */
static void sample(struct writer *w, long long value, const char *const labels[][2], size_t n)
{
	char *key = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&key, &length);

	fputs(w->family, out);
	put_labels(w, out, labels, n);
	fclose(out);
	if (is_new(w, key))
		fprintf(w->out, "%s %lld\n", key, value);
}

#define SAMPLE(w, value, ...)                                                                      \
	sample(w, (long long)(value), (const char *const[][2]){ __VA_ARGS__ },                     \
	       XDC_ARRAY_SIZE(((const char *const[][2]){ __VA_ARGS__ })))

static void build_info(struct writer *w)
{
	SAMPLE(w, 1, { "version", XDC_VERSION });
}

static void host_info(struct writer *w)
{
	const struct xdc_host *host = &w->report->model->host;

	SAMPLE(w, 1, { "arch", host->machine }, { "kernel", host->kernel }, { "xen", host->xen },
	       { "role", xdc_role_name(host->role) }, { "guest_type", host->guest_type_text });
}

static void last_run(struct writer *w)
{
	if (w->report->model->host.recorded >= 0)
		sample(w, w->report->model->host.recorded, NULL, 0);
}

static void complete(struct writer *w)
{
	sample(w, !xdc_evidence_incomplete(w->report->attributions), NULL, 0);
}

static void evidence(struct writer *w)
{
	size_t counts[XDC_STATUS_UNSUPPORTED + 1] = { 0 };

	for (size_t i = 0; i < xdc_evidence_count(w->report->evidence); i++)
		counts[xdc_evidence_at(w->report->evidence, i)->status]++;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(counts); i++)
		SAMPLE(w, counts[i], { "status", xdc_status_name((enum xdc_status)i) });
}

static void iommu_info(struct writer *w)
{
	for (size_t i = 0; i < w->report->model->n_iommus; i++) {
		const struct xdc_iommu *iommu = &w->report->model->iommus[i];

		SAMPLE(w, 1, { "iommu", iommu->name }, { "compatible", iommu->compatible },
		       { "driver", iommu->driver }, { "owner", xdc_owner_name(iommu->owner) });
	}
}

static void devices(struct writer *w)
{
	size_t counts[XDC_PATH_ASSIGNED + 1][XDC_VERDICT_IDLE + 1] = { 0 };

	for (size_t i = 0; i < w->report->attributions->count; i++) {
		const struct xdc_attribution *a = &w->report->attributions->items[i];

		if (xdc_is_shown(a, w->options))
			counts[a->path][a->verdict]++;
	}
	for (size_t p = 0; p <= XDC_PATH_ASSIGNED; p++)
		for (size_t v = 0; v <= XDC_VERDICT_IDLE; v++)
			if (counts[p][v])
				SAMPLE(w, counts[p][v], { "path", xdc_path_name((enum xdc_path)p) },
				       { "verdict", xdc_verdict_name((enum xdc_verdict)v) });
}

static void device_info(struct writer *w)
{
	for (size_t i = 0; i < w->report->attributions->count; i++) {
		const struct xdc_attribution *a = &w->report->attributions->items[i];

		if (!xdc_is_shown(a, w->options))
			continue;
		SAMPLE(w, 1, { "device", a->device->name }, { "bus", a->device->bus },
		       { "driver", a->device->driver }, { "path", xdc_path_name(a->path) },
		       { "basis", xdc_basis_name(a->basis) },
		       { "verdict", xdc_verdict_name(a->verdict) });
	}
}

static void findings(struct writer *w)
{
	const struct xdc_tally tally = xdc_tally_of(w->report);

	for (size_t i = 0; i <= XDC_SEVERITY_ERROR; i++)
		SAMPLE(w, tally.severities[i],
		       { "severity", xdc_severity_name((enum xdc_severity)i) });
}

static bool same_labels(const struct xdc_finding *a, const struct xdc_finding *b)
{
	return a->severity == b->severity && strcmp(a->id, b->id) == 0 &&
	       strcmp(a->subject, b->subject) == 0;
}

/* They are sorted, so that what has the same labels stands together. */
static void finding(struct writer *w)
{
	const struct xdc_findings *all = w->report->findings;

	for (size_t i = 0, next; i < all->count; i = next) {
		const struct xdc_finding *f = &all->items[i];

		for (next = i + 1; next < all->count && same_labels(f, &all->items[next]); next++)
			;
		SAMPLE(w, next - i, { "id", f->id }, { "severity", xdc_severity_name(f->severity) },
		       { "subject", f->subject });
	}
}

static const struct {
	const char *name;
	const char *help;
	void (*samples)(struct writer *w);
} families[] = {
	{ "xen_dmacheck_build_info", "The version of xen-dmacheck that wrote this.", build_info },
	{ "xen_dmacheck_host_info", "The kernel, and the Xen below it; role none: no Xen.",
	  host_info },
	{ "xen_dmacheck_last_run_timestamp_seconds", "When the machine was looked at.", last_run },
	{ "xen_dmacheck_complete",
	  "Whether all evidence that a verdict rests on could be read (1), or not (0).", complete },
	{ "xen_dmacheck_evidence", "Pieces of evidence, by how reading them went.", evidence },
	{ "xen_dmacheck_iommu_info", "An IOMMU and who drives it.", iommu_info },
	{ "xen_dmacheck_devices", "Devices that do DMA, by DMA path and verdict.", devices },
	{ "xen_dmacheck_device_info", "A device that does DMA, its DMA path and the verdict.",
	  device_info },
	{ "xen_dmacheck_findings", "Findings by severity.", findings },
	{ "xen_dmacheck_finding", "How often a finding is made about a subject.", finding },
};

size_t xdc_metrics_count(void)
{
	return XDC_ARRAY_SIZE(families);
}

void xdc_metrics_head(size_t family, FILE *out)
{
	fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", families[family].name,
		families[family].help, families[family].name);
}

void xdc_metrics_samples(size_t family, const struct xdc_report *report, const char *source,
			 const struct xdc_table_options *options, FILE *out)
{
	struct writer w = { families[family].name, report, source, options, out, NULL };

	families[family].samples(&w);
	tdestroy(w.seen, free);
}

void xdc_metrics_end(FILE *out)
{
	fputs("# EOF\n", out);
}

int xdc_render_metrics(const struct xdc_report *report, const char *source,
		       const struct xdc_table_options *options, FILE *out)
{
	for (size_t i = 0; i < xdc_metrics_count(); i++) {
		xdc_metrics_head(i, out);
		xdc_metrics_samples(i, report, source, options, out);
	}
	xdc_metrics_end(out);
	return ferror(out) ? -EIO : 0;
}
