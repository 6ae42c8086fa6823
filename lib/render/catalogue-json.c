/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The catalogue and explained logs for programs: see xen-dmacheck-log-1.schema.json. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "render/catalogue.h"

/* The library made what comes from a log safe; an administrator's entries may hold anything. */
static json_t *text(const char *value)
{
	struct xdc_arena *arena;
	json_t *json;

	if (!value)
		return json_null();
	json = json_string(value);
	if (json)
		return json;
	arena = xdc_arena_new();
	json = json_string(xdc_text_escaped(arena, value, strlen(value)));
	xdc_arena_free(arena);
	return json;
}

static json_t *texts(const char *const *items, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, text(items[i]));
	return array;
}

static void set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static int dump(json_t *json, FILE *out)
{
	int r = json_dumpf(json, out, JSON_INDENT(2)) < 0 || fputc('\n', out) == EOF ? -EIO : 0;

	json_decref(json);
	return r;
}

static json_t *root(void)
{
	return json_pack("{s:s,s:{s:s}}", "schema", "xen-dmacheck-log/1", "tool", "version",
			 XDC_VERSION);
}

static json_t *known_causes(const struct xdc_entry *e)
{
	json_t *array = json_array();

	for (size_t i = 0; i < e->n_causes; i++) {
		json_t *cause = json_object();

		set(cause, "text", text(e->causes[i].text));
		set(cause, "advice", texts(e->causes[i].advice, e->causes[i].n_advice));
		json_array_append_new(array, cause);
	}
	return array;
}

static json_t *known(const struct xdc_entry *e)
{
	json_t *entry = json_object(), *patterns = json_array();

	for (size_t i = 0; i < e->n_patterns; i++)
		json_array_append_new(patterns, text(e->patterns[i]->text));
	set(entry, "id", text(e->id));
	set(entry, "severity", text(xdc_severity_name(e->severity)));
	set(entry, "title", text(e->title));
	set(entry, "means", text(e->means));
	set(entry, "patterns", patterns);
	set(entry, "follows", texts(e->follows, e->n_follows));
	set(entry, "causes", known_causes(e));
	set(entry, "advice", texts(e->advice, e->n_advice));
	set(entry, "versions", text(e->versions));
	set(entry, "references", texts(e->references, e->n_references));
	set(entry, "local", json_boolean(e->local));
	return entry;
}

int xdc_render_known_json(const struct xdc_catalogue *catalogue, const struct xdc_entry *only,
			  FILE *out)
{
	json_t *json = root(), *entries = json_array();

	for (size_t i = 0; i < catalogue->count; i++)
		if (!only || catalogue->entries[i] == only)
			json_array_append_new(entries, known(catalogue->entries[i]));
	set(json, "entries", entries);
	return dump(json, out);
}

static json_t *causes(const struct xdc_explained *item)
{
	json_t *array = json_array();

	for (size_t i = 0; i < item->n_causes; i++) {
		const struct xdc_explained_cause *cause = &item->causes[i];
		json_t *object = json_object();

		set(object, "text", text(cause->text));
		set(object, "status", text(xdc_cause_status_name(cause->status)));
		set(object, "because", texts(cause->because, cause->n_because));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *captures(const struct xdc_captures *items)
{
	json_t *object = json_object();
	struct xdc_arena *arena = xdc_arena_new();

	for (size_t i = 0; i < items->count; i++)
		set(object, items->names[i],
		    text(xdc_text_escaped(arena, items->values[i], strlen(items->values[i]))));
	xdc_arena_free(arena);
	return object;
}

static json_t *match(const struct xdc_explanation *x, const struct xdc_explained *item)
{
	const struct xdc_log_match *m = item->match;
	json_t *object = json_object();

	set(object, "id", text(m->entry->id));
	set(object, "severity", text(xdc_severity_name(m->entry->severity)));
	set(object, "title", text(item->title));
	set(object, "means",
	    text(m->entry->means ? xdc_fill(x->arena, m->entry->means, &m->captures) : NULL));
	set(object, "file", text(m->file));
	set(object, "line", json_integer((json_int_t)m->line));
	set(object, "text", text(m->text));
	set(object, "count", json_integer((json_int_t)m->count));
	set(object, "domid", m->domid < 0 ? json_null() : json_integer(m->domid));
	set(object, "captures", captures(&m->captures));
	set(object, "consequence_of", text(item->cause ? item->cause->match->entry->id : NULL));
	set(object, "causes", causes(item));
	set(object, "advice", texts(item->advice, item->n_advice));
	set(object, "references", texts(m->entry->references, m->entry->n_references));
	return object;
}

static json_t *unknown(const struct xdc_log_fact *fact)
{
	if (!fact)
		return json_null();
	return json_pack("{s:o,s:I,s:o}", "file", text(fact->file), "line", (json_int_t)fact->line,
			 "text", text(fact->text));
}

int xdc_render_log_json(const struct xdc_explanation *x, FILE *out)
{
	json_t *json = root(), *matches = json_array();

	for (size_t i = 0; i < x->count; i++)
		json_array_append_new(matches, match(x, &x->items[i]));
	set(json, "lines", json_integer((json_int_t)x->log->n_lines));
	set(json, "matches", matches);
	set(json, "libxl", text(x->libxl));
	set(json, "unknown_error", unknown(x->unknown));
	set(json, "notes", texts(x->notes, x->n_notes));
	return dump(json, out);
}
