/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "bundle/bundle.h"

#define SCHEMA "xen-dmacheck-bundle/1"

enum { SLUG_MAX = 64 };

/* "evidence/0012-file-proc-cmdline": the number makes it unique, the rest is for people. */
static const char *entry_name(struct xdc_arena *arena, size_t index, const char *key)
{
	char slug[SLUG_MAX + 1];
	size_t length = 0;

	for (const char *c = key; *c && length < SLUG_MAX; c++) {
		bool plain = isascii(*c) && (isalnum((unsigned char)*c) || *c == '_' ||
					     (*c == '.' && length && slug[length - 1] != '.'));

		if (plain || (length && slug[length - 1] != '-'))
			slug[length++] = plain ? *c : '-';
	}
	slug[length] = '\0';
	return xdc_arena_printf(arena, "evidence/%04zu-%s", index, slug);
}

void xdc_manifest_make(struct xdc_arena *arena, const struct xdc_archive *archive,
		       const struct xdc_bundle *bundle, struct xdc_manifest *ret)
{
	size_t n_records = xdc_evidence_count(bundle->evidence);
	struct xdc_manifest_entry *entry;

	ret->count = bundle->n_files + n_records;
	ret->entries = xdc_arena_alloc(arena, (ret->count + 1) * sizeof(*ret->entries));
	entry = ret->entries;
	for (size_t i = 0; i < bundle->n_files; i++, entry++) {
		const struct xdc_bundle_file *file = &bundle->files[i];

		entry->name = file->name;
		entry->record.data = file->data;
		entry->record.size = file->size;
		xdc_archive_sha256(archive, file->data, file->size, entry->sha256);
	}
	for (size_t i = 0; i < n_records; i++, entry++) {
		entry->record = *xdc_evidence_at(bundle->evidence, i);
		entry->name = entry->record.size ? entry_name(arena, i, entry->record.key) : "";
		xdc_archive_sha256(archive, entry->record.data, entry->record.size, entry->sha256);
		if (bundle->redaction)
			entry->redacted = xdc_redaction_find(bundle->redaction, entry->record.key);
	}
	ret->masked = bundle->redaction != NULL;
}

void xdc_bundle_sum(const struct xdc_archive *archive, const char *text, size_t size,
		    char ret[XDC_BUNDLE_SUM_TEXT])
{
	char sha256[XDC_SHA256_TEXT];

	xdc_archive_sha256(archive, text, size, sha256);
	snprintf(ret, XDC_BUNDLE_SUM_TEXT, "%s  %s\n", sha256, XDC_BUNDLE_MANIFEST);
}

/* Keys and origins may hold any byte; JSON only takes UTF-8. */
static json_t *escaped(const char *value)
{
	struct xdc_arena *arena = xdc_arena_new();
	json_t *json = json_string(xdc_text_escaped(arena, value, strlen(value)));

	xdc_arena_free(arena);
	return json;
}

/* How often each kind was masked in it. */
static json_t *format_masked(const struct xdc_redacted *redacted)
{
	json_t *json = json_object();

	for (size_t i = 0; i < XDC_MASK_KINDS; i++)
		if (redacted->counts[i])
			json_object_set_new(json, xdc_mask_name((enum xdc_mask)i),
					    json_integer(redacted->counts[i]));
	return json;
}

/* Each kind that was masked anywhere, and why it is. */
static json_t *format_masking(const struct xdc_manifest *manifest)
{
	json_t *json = json_object();

	for (size_t i = 0; i < manifest->count; i++) {
		const struct xdc_redacted *redacted = manifest->entries[i].redacted;

		for (size_t kind = 0; redacted && kind < XDC_MASK_KINDS; kind++)
			if (redacted->counts[kind])
				json_object_set_new(
					json, xdc_mask_name((enum xdc_mask)kind),
					json_string(xdc_mask_reason((enum xdc_mask)kind)));
	}
	return json;
}

static json_t *format_entry(const struct xdc_manifest_entry *entry)
{
	const struct xdc_record *record = &entry->record;
	json_t *json = json_object();

	if (record->key) {
		json_object_set_new(json, "key", escaped(record->key));
		json_object_set_new(json, "status", json_string(xdc_status_name(record->status)));
		json_object_set_new(json, "origin", escaped(record->origin));
		if (record->detail[0])
			json_object_set_new(json, "detail", escaped(record->detail));
	}
	if (entry->name[0])
		json_object_set_new(json, "name", json_string(entry->name));
	json_object_set_new(json, "size", json_integer((json_int_t)record->size));
	if (entry->name[0])
		json_object_set_new(json, "sha256", json_string(entry->sha256));
	if (entry->redacted)
		json_object_set_new(json, "masked", format_masked(entry->redacted));
	return json;
}

char *xdc_manifest_format(const struct xdc_manifest *manifest)
{
	json_t *files = json_array(), *evidence = json_array();
	json_t *json = json_pack("{s:s,s:{s:s},s:o,s:o,s:o}", "schema", SCHEMA, "tool", "version",
				 XDC_VERSION, "masked",
				 manifest->masked ? format_masking(manifest) : json_null(), "files",
				 files, "evidence", evidence);
	char *text;

	for (size_t i = 0; i < manifest->count; i++) {
		const struct xdc_manifest_entry *entry = &manifest->entries[i];

		json_array_append_new(entry->record.key ? evidence : files, format_entry(entry));
	}
	text = json_dumps(json, JSON_INDENT(1));
	json_decref(json);
	return text;
}

struct parser {
	struct xdc_arena *arena;
	struct xdc_manifest *manifest;
	size_t data; /* bytes that it announces */
	const char **ret_error;
};

static int fail(const struct parser *parser, const char *where, size_t index, const char *what)
{
	*parser->ret_error = xdc_arena_printf(parser->arena, "%s[%zu]: %s", where, index, what);
	return -EINVAL;
}

/* A text of @json, unescaped, of the arena's; "" where it is not there, NULL where it is none. */
static const char *text_of(const struct parser *parser, const json_t *json, const char *name)
{
	const json_t *value = json_object_get(json, name);
	size_t size;
	char *text;

	if (!value)
		return "";
	if (!json_is_string(value))
		return NULL;
	text = xdc_arena_memdup(parser->arena, json_string_value(value), json_string_length(value));
	if (xdc_text_unescape(text, &size) < 0 || size != strlen(text))
		return NULL;
	return text;
}

/* A name of the kind that we give. Nothing is ever written under it, but people see it. */
static bool is_name(const char *name)
{
	if (name[0] == '.' || name[0] == '/' || strlen(name) > 128)
		return false;
	for (const char *c = name; *c; c++)
		if (!isascii(*c) || !(isalnum((unsigned char)*c) || strchr("._-/", *c)))
			return false;
	return !strstr(name, "..") && !strstr(name, "//");
}

static const char *parse_entry(const struct parser *parser, const json_t *json, bool is_record,
			       struct xdc_manifest_entry *ret)
{
	const json_t *size = json_object_get(json, "size");
	const char *sha256 = text_of(parser, json, "sha256");
	const char *status = text_of(parser, json, "status");
	struct xdc_record *record = &ret->record;

	ret->name = text_of(parser, json, "name");
	record->key = is_record ? text_of(parser, json, "key") : NULL;
	record->origin = text_of(parser, json, "origin");
	record->detail = text_of(parser, json, "detail");
	record->data = "";
	if (!ret->name || !sha256 || !status || !record->origin || !record->detail ||
	    (is_record && (!record->key || !record->key[0])))
		return "a text is missing or malformed";
	if (is_record && xdc_status_parse(status, &record->status) < 0)
		return "the status is none of ours";
	if (!json_is_integer(size) || json_integer_value(size) < 0 ||
	    json_integer_value(size) > XDC_BUNDLE_DATA_MAX)
		return "the size is no number from 0 to 64 MiB";
	record->size = (size_t)json_integer_value(size);
	if (!is_name(ret->name) || (!ret->name[0] && (record->size || !is_record)))
		return "the name is none that we give";
	if (ret->name[0] && strlen(sha256) != XDC_SHA256_TEXT - 1)
		return "the SHA-256 is none";
	snprintf(ret->sha256, sizeof(ret->sha256), "%s", sha256);
	return NULL;
}

static int parse_list(struct parser *parser, const json_t *list, const char *where,
		      bool are_records)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		struct xdc_manifest_entry *entry =
			&parser->manifest->entries[parser->manifest->count++];
		const char *error = parse_entry(parser, item, are_records, entry);

		if (error)
			return fail(parser, where, i, error);
		parser->data += entry->record.size;
		if (parser->data > XDC_BUNDLE_DATA_MAX)
			return fail(parser, where, i, "more than 64 MiB in all");
	}
	return 0;
}

static int parse(struct parser *parser, const json_t *json)
{
	const json_t *files = json_object_get(json, "files");
	const json_t *evidence = json_object_get(json, "evidence");
	const char *schema = text_of(parser, json, "schema");
	size_t count;
	int r;

	if (!schema || strcmp(schema, SCHEMA) != 0) {
		*parser->ret_error = "its schema is not " SCHEMA;
		return -EINVAL;
	}
	count = json_array_size(files) + json_array_size(evidence);
	if (!json_is_array(files) || !json_is_array(evidence) || count > XDC_BUNDLE_RECORDS_MAX) {
		*parser->ret_error = "it does not list files and evidence, or too many";
		return -EINVAL;
	}
	parser->manifest->entries =
		xdc_arena_alloc(parser->arena, (count + 1) * sizeof(*parser->manifest->entries));
	r = parse_list(parser, files, "files", false);
	return r < 0 ? r : parse_list(parser, evidence, "evidence", true);
}

int xdc_manifest_parse(struct xdc_arena *arena, const char *text, size_t size,
		       struct xdc_manifest *ret, const char **ret_error)
{
	struct xdc_manifest manifest = { NULL, 0 };
	struct parser parser = { arena, &manifest, 0, ret_error };
	json_error_t error;
	json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	int r;

	if (!json) {
		*ret_error =
			xdc_arena_printf(arena, "no JSON, line %d: %s", error.line,
					 xdc_text_escaped(arena, error.text, strlen(error.text)));
		return -EINVAL;
	}
	r = parse(&parser, json);
	json_decref(json);
	if (r == 0)
		*ret = manifest;
	return r;
}
