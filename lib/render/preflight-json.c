/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pre-flight for programs, as xen-dmacheck-preflight-1.schema.json has it. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "render/render.h"

/* What the file or the machine says; the texts of checks are safe already. */
static json_t *raw(const char *value)
{
	struct xdc_arena *arena = xdc_arena_new();
	json_t *json =
		value ? json_string(xdc_text_escaped(arena, value, strlen(value))) : json_null();

	xdc_arena_free(arena);
	return json;
}

static json_t *texts(const char *const *items, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_string(items[i]));
	return array;
}

static json_t *because_json(const struct xdc_preflight_check *check)
{
	json_t *array = json_array();

	for (size_t i = 0; i < check->n_because; i++) {
		const struct xdc_reason *reason = &check->because[i];
		json_t *evidence = json_array();

		if (reason->evidence[0])
			json_array_append_new(evidence, raw(reason->evidence[0]));
		json_array_append_new(array, json_pack("{s:s,s:s,s:o}", "rule", reason->rule,
						       "text", reason->text, "evidence", evidence));
	}
	return array;
}

static json_t *line_json(unsigned int line)
{
	return line ? json_integer((json_int_t)line) : json_null();
}

static json_t *check_json(const struct xdc_preflight_check *check)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o}", "id", check->id, "result",
			 xdc_outcome_name(check->outcome), "about",
			 check->about_io ? "io" : "start", "title", check->title, "because",
			 because_json(check), "advice", texts(check->advice, check->n_advice),
			 "line", line_json(check->line));
}

static json_t *io_json(const struct xdc_io *io)
{
	const struct xdc_attribution *a = io->device;

	return json_pack("{s:s,s:o,s:o,s:o,s:o,s:s,s:s,s:o,s:o,s:s,s:o}", "what", io->what,
			 "through", texts(io->through, io->n_through), "device",
			 a ? json_string(a->device->name) : json_null(), "dma_path",
			 a ? json_string(xdc_path_name(a->path)) : json_null(), "basis",
			 a ? json_string(xdc_basis_name(a->basis)) : json_null(), "to_device",
			 xdc_pages_name(io->to_device), "from_device",
			 xdc_pages_name(io->from_device), "copied_by",
			 io->copied_by ? json_string(io->copied_by) : json_null(), "why",
			 io->why ? json_string(io->why) : json_null(), "verdict",
			 xdc_io_verdict_name(io->verdict), "line", line_json(io->line));
}

static const char *result_name(const struct xdc_preflight *flight)
{
	switch (flight->result) {
	case XDC_OUTCOME_FAIL:
		return "fail";
	case XDC_OUTCOME_UNKNOWN:
		return "unknown";
	case XDC_OUTCOME_WARNING:
		return "warn";
	default:
		return "pass";
	}
}

static json_t *guest_json(const struct xdc_preflight *flight)
{
	json_t *checks = json_array(), *io = json_array();

	for (size_t i = 0; i < flight->n_checks; i++)
		json_array_append_new(checks, check_json(&flight->checks[i]));
	for (size_t i = 0; i < flight->n_io; i++)
		json_array_append_new(io, io_json(&flight->io[i]));
	return json_pack("{s:s,s:o,s:s,s:s,s:s,s:o,s:o,s:o}", "config", flight->guest->config,
			 "name", raw(flight->guest->name), "result", result_name(flight), "start",
			 xdc_outcome_name(flight->start), "io_safe",
			 xdc_io_verdict_name(flight->io_safe), "checks", checks, "io", io,
			 "not_checked", texts(flight->not_checked, flight->n_not_checked));
}

int xdc_render_preflight_json(const struct xdc_preflights *all, FILE *out)
{
	json_t *guests = json_array(), *json;
	int r;

	for (size_t i = 0; i < all->count; i++)
		json_array_append_new(guests, guest_json(&all->items[i]));
	json = json_pack("{s:s,s:{s:s},s:o}", "schema", "xen-dmacheck/1", "tool", "version",
			 XDC_VERSION, "guests", guests);
	r = json ? json_dumpf(json, out, JSON_INDENT(1)) : -1;
	json_decref(json);
	if (r < 0)
		return -EIO;
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}
