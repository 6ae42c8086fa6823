/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The contract with programs: fields are added, never renamed or dropped, within
 * "xen-dmacheck/1". What is not known is null. Described in xen-dmacheck-1.schema.json.
 */
#include <errno.h>

#include "render/json.h"

#ifndef XDC_VERSION
#error "XDC_VERSION comes from meson.build"
#endif

static json_t *interface_versions(long hypervisor, long tools)
{
	return json_pack("{s:o,s:o}", "hypervisor",
			 hypervisor < 0 ? json_null() : json_integer(hypervisor), "tools",
			 tools < 0 ? json_null() : json_integer(tools));
}

static json_t *xen_json(const struct xdc_model *model)
{
	const struct xdc_host *host = &model->host;
	const struct xdc_xen *xen = &model->xen;
	json_t *object = json_object();

	xdc_json_set(object, "version", xdc_json_text(host->xen));
	xdc_json_set(object, "role", xdc_json_text(xdc_role_name(host->role)));
	xdc_json_set(object, "guest_type", xdc_json_text(host->guest_type_text));
	xdc_json_set(object, "features", xdc_json_features(host, XDC_JSON_NESTED));
	xdc_json_set(object, "direct_mapped", xdc_json_tri(host->direct_mapped));
	xdc_json_set(object, "drives_iommu", xdc_json_tri(xen->drives_iommu));
	xdc_json_set(object, "tools_release", xdc_json_text(xen->tools_release));
	xdc_json_set(object, "domctl",
		     interface_versions(xen->domctl, xen->tools ? xen->tools->domctl : -1));
	xdc_json_set(object, "sysctl",
		     interface_versions(xen->sysctl, xen->tools ? xen->tools->sysctl : -1));
	return object;
}

static json_t *host_json(const struct xdc_model *model)
{
	const struct xdc_host *host = &model->host;
	json_t *object = json_object();

	xdc_json_set(object, "name", xdc_json_text(host->name));
	xdc_json_set(object, "recorded", xdc_json_time(host->recorded));
	xdc_json_set(object, "arch", xdc_json_text(host->machine));
	xdc_json_set(object, "kernel", xdc_json_text(host->kernel));
	xdc_json_set(object, "command_line", xdc_json_text(host->command_line));
	xdc_json_set(object, "lockdown", xdc_json_text(host->lockdown));
	xdc_json_set(object, "xen", xen_json(model));
	return object;
}

static json_t *iommus_json(const struct xdc_model *model)
{
	json_t *array = json_array();

	for (size_t i = 0; i < model->n_iommus; i++)
		json_array_append_new(array, xdc_json_iommu(&model->iommus[i], XDC_JSON_NESTED));
	return array;
}

static json_t *evidence_json(const struct xdc_evidence *evidence)
{
	json_t *array = json_array();

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++)
		json_array_append_new(array, xdc_json_record(xdc_evidence_at(evidence, i)));
	return array;
}

static json_t *devices_json(const struct xdc_attributions *attributions)
{
	json_t *array = json_array();

	for (size_t i = 0; i < attributions->count; i++)
		json_array_append_new(array,
				      xdc_json_device(&attributions->items[i], XDC_JSON_NESTED));
	return array;
}

static json_t *findings_json(const struct xdc_findings *findings)
{
	json_t *array = json_array();

	for (size_t i = 0; i < findings->count; i++)
		json_array_append_new(array,
				      xdc_json_finding(&findings->items[i], XDC_JSON_NESTED));
	return array;
}

static void count(json_t *object, const char *name)
{
	json_int_t before = json_integer_value(json_object_get(object, name));

	json_object_set_new(object, name, json_integer(before + 1));
}

static json_t *summary_json(const struct xdc_report *report)
{
	json_t *paths = json_object(), *verdicts = json_object(), *severities = json_object();

	for (size_t i = 0; i < report->attributions->count; i++) {
		count(paths, xdc_path_name(report->attributions->items[i].path));
		count(verdicts, xdc_verdict_name(report->attributions->items[i].verdict));
	}
	for (size_t i = 0; i < report->findings->count; i++)
		count(severities, xdc_severity_name(report->findings->items[i].severity));
	return json_pack("{s:I,s:o,s:o,s:o}", "devices", (json_int_t)report->attributions->count,
			 "by_path", paths, "by_verdict", verdicts, "findings", severities);
}

static json_t *confinement_json(const struct xdc_confinement *confinement)
{
	return json_pack("{s:I,s:b,s:b,s:b,s:b,s:o,s:b,s:b}", "user", (json_int_t)confinement->user,
			 "was_root", confinement->other_user, "no_capabilities",
			 confinement->no_capabilities, "no_new_privileges",
			 confinement->no_new_privileges, "no_files", confinement->closed,
			 "landlock",
			 confinement->files ? json_integer(confinement->files) : json_null(),
			 "seccomp", confinement->system_calls, "limits", confinement->limits);
}

int xdc_render_json(const struct xdc_report *report, FILE *out)
{
	json_t *json = json_pack("{s:s,s:{s:s},s:o,s:o,s:o,s:o,s:o,s:o}", "schema",
				 "xen-dmacheck/1", "tool", "version", XDC_VERSION, "host",
				 host_json(report->model), "iommus", iommus_json(report->model),
				 "evidence", evidence_json(report->evidence), "devices",
				 devices_json(report->attributions), "findings",
				 findings_json(report->findings), "summary", summary_json(report));
	int r;

	if (json && report->model->watched_ms)
		xdc_json_set(json, "watched_seconds",
			     json_real((double)report->model->watched_ms / 1000));
	/* A recording's report is the same wherever it is made. */
	if (json && report->confinement)
		xdc_json_set(json, "confinement", confinement_json(report->confinement));
	r = json ? json_dumpf(json, out, JSON_INDENT(1)) : -1;
	json_decref(json);
	if (r < 0)
		return -EIO;
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}
