/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The report as flat records, for whatever loads lines into columns. Each stands for itself: it
 * says what it is, and of which host, time and source. As with the document, fields are added,
 * never renamed or dropped. Described in xen-dmacheck-records-1.schema.json.
 */
#include <errno.h>

#include "render/json.h"

struct lines {
	const struct xdc_report *report;
	const struct xdc_table_options *options;
	json_t *begin; /* what each line begins with, behind its kind */
	FILE *out;
	int result;
};

/* Takes over @fields. */
static void put(struct lines *lines, const char *kind, json_t *fields)
{
	json_t *line = json_object();

	xdc_json_set(line, "record", json_string(kind));
	json_object_update(line, lines->begin);
	/* NULL where a text was none of UTF-8: a line that lacks its fields would be a lie. */
	if (!fields || json_object_update(line, fields) < 0 ||
	    json_dumpf(line, lines->out, JSON_COMPACT) < 0)
		lines->result = -EIO;
	fputc('\n', lines->out);
	json_decref(line);
	json_decref(fields);
}

static json_t *interface_version(long version)
{
	return version < 0 ? json_null() : json_integer(version);
}

static void set_xen(json_t *object, const struct xdc_model *model)
{
	const struct xdc_host *host = &model->host;
	const struct xdc_xen *xen = &model->xen;

	xdc_json_set(object, "xen_version", xdc_json_text(host->xen));
	xdc_json_set(object, "xen_role", xdc_json_text(xdc_role_name(host->role)));
	xdc_json_set(object, "xen_guest_type", xdc_json_text(host->guest_type_text));
	xdc_json_set(object, "xen_features", xdc_json_features(host, XDC_JSON_FLAT));
	xdc_json_set(object, "xen_direct_mapped", xdc_json_tri(host->direct_mapped));
	xdc_json_set(object, "xen_drives_iommu", xdc_json_tri(xen->drives_iommu));
	xdc_json_set(object, "xen_tools_release", xdc_json_text(xen->tools_release));
	xdc_json_set(object, "xen_domctl_hypervisor", interface_version(xen->domctl));
	xdc_json_set(object, "xen_domctl_tools",
		     interface_version(xen->tools ? xen->tools->domctl : -1));
	xdc_json_set(object, "xen_sysctl_hypervisor", interface_version(xen->sysctl));
	xdc_json_set(object, "xen_sysctl_tools",
		     interface_version(xen->tools ? xen->tools->sysctl : -1));
}

static void set_count(json_t *object, const char *name, size_t count)
{
	xdc_json_set(object, name, json_integer((json_int_t)count));
}

static void set_tally(json_t *object, const struct xdc_report *report)
{
	const struct xdc_tally tally = xdc_tally_of(report);

	set_count(object, "devices", report->attributions->count);
	set_count(object, "devices_dma", tally.devices);
	set_count(object, "devices_broken", tally.verdicts[XDC_VERDICT_BROKEN]);
	set_count(object, "devices_at_risk", tally.verdicts[XDC_VERDICT_AT_RISK]);
	set_count(object, "devices_unknown", tally.verdicts[XDC_VERDICT_UNKNOWN]);
	set_count(object, "devices_ok", tally.verdicts[XDC_VERDICT_OK]);
	set_count(object, "devices_superfluous", tally.verdicts[XDC_VERDICT_SUPERFLUOUS]);
	set_count(object, "findings_error", tally.severities[XDC_SEVERITY_ERROR]);
	set_count(object, "findings_warning", tally.severities[XDC_SEVERITY_WARNING]);
	set_count(object, "findings_notice", tally.severities[XDC_SEVERITY_NOTICE]);
	set_count(object, "findings_info", tally.severities[XDC_SEVERITY_INFO]);
	xdc_json_set(object, "incomplete",
		     json_boolean(xdc_evidence_incomplete(report->attributions)));
}

static void put_host(struct lines *lines)
{
	const struct xdc_model *model = lines->report->model;
	json_t *object = json_object();

	xdc_json_set(object, "schema", json_string("xen-dmacheck-records/1"));
	xdc_json_set(object, "tool_version", json_string(XDC_VERSION));
	xdc_json_set(object, "arch", xdc_json_text(model->host.machine));
	xdc_json_set(object, "kernel", xdc_json_text(model->host.kernel));
	xdc_json_set(object, "command_line", xdc_json_text(model->host.command_line));
	xdc_json_set(object, "lockdown", xdc_json_text(model->host.lockdown));
	xdc_json_set(object, "observed", xdc_json_tri(model->observed));
	set_xen(object, model);
	set_tally(object, lines->report);
	put(lines, "host", object);
}

static void put_devices(struct lines *lines)
{
	const struct xdc_attributions *all = lines->report->attributions;

	for (size_t i = 0; i < all->count; i++) {
		json_t *object;

		if (!xdc_is_shown(&all->items[i], lines->options))
			continue;
		object = xdc_json_device(&all->items[i], XDC_JSON_FLAT);
		xdc_json_set(object, "why", xdc_json_text(all->items[i].why));
		put(lines, "device", object);
	}
}

/* What could not be read, or not whole; that there is no such thing is an answer. */
static void put_evidence(struct lines *lines)
{
	const struct xdc_evidence *evidence = lines->report->evidence;

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (record->status != XDC_STATUS_OK && record->status != XDC_STATUS_ABSENT)
			put(lines, "evidence", xdc_json_record(record));
	}
}

int xdc_render_jsonl(const struct xdc_report *report, const char *source,
		     const struct xdc_table_options *options, FILE *out)
{
	const struct xdc_model *model = report->model;
	struct lines lines = { report, options, json_object(), out, 0 };

	xdc_json_set(lines.begin, "host", xdc_json_text(model->host.name));
	xdc_json_set(lines.begin, "time", xdc_json_time(model->host.recorded));
	xdc_json_set(lines.begin, "source", xdc_json_raw(source));
	put_host(&lines);
	for (size_t i = 0; i < model->n_iommus; i++)
		put(&lines, "iommu", xdc_json_iommu(&model->iommus[i], XDC_JSON_FLAT));
	put_devices(&lines);
	for (size_t i = 0; i < report->findings->count; i++)
		put(&lines, "finding",
		    xdc_json_finding(&report->findings->items[i], XDC_JSON_FLAT));
	put_evidence(&lines);
	json_decref(lines.begin);
	return ferror(out) ? -EIO : lines.result;
}
