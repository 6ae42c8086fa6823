/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was seen of the host: files, domains, and who is served. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

static int nibble(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const unsigned char *from_hex(struct xdc_arena *arena, const char *text, size_t *ret_size)
{
	size_t size = strlen(text) / 2;
	unsigned char *data = xdc_arena_alloc(arena, size + 1);

	for (size_t i = 0; i < size; i++) {
		int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return NULL;
		data[i] = (unsigned char)(high << 4 | low);
	}
	*ret_size = size;
	return data;
}

/*
 * A recording may not hold what stands there; a block device's name in the kernel's list says as
 * much as its node would.
 */
static void read_from_class(const struct xdc_flight *flight, const char *path,
			    struct xdc_target *target)
{
	const char *name = xdc_text_starts_with(path, "/dev/") ? path + strlen("/dev/") : NULL;

	if (!name || !xdc_class_path(flight, "class:block", name))
		return;
	target->status = XDC_STATUS_OK;
	target->key = "class:block";
	target->path = path;
	target->type = "block";
	target->block = name;
	target->rdev = xdc_topology_field(flight, "storage", name, "dev");
}

struct xdc_target xdc_target_read(const struct xdc_flight *flight, const char *named)
{
	const char *path = xdc_guest_path(flight->arena, flight->guest, named);
	struct xdc_target target = {
		.key = xdc_flight_printf(flight, "target:%s", path),
		.status = XDC_STATUS_UNSUPPORTED,
		.size = -1,
	};
	const struct xdc_record *record = xdc_evidence_find(flight->evidence, target.key);
	const char *text;

	/* As evidence only what is there can be named. */
	if (!record)
		target.key = NULL;
	else
		target.status = record->status;
	if (target.status == XDC_STATUS_UNSUPPORTED)
		read_from_class(flight, path, &target);
	if (!record || record->status != XDC_STATUS_OK)
		return target;
	target.path = xdc_field_find(flight->arena, record->data, "path", NULL);
	target.type = xdc_field_find(flight->arena, record->data, "type", NULL);
	target.rdev = xdc_field_find(flight->arena, record->data, "rdev", NULL);
	target.dev = xdc_field_find(flight->arena, record->data, "dev", NULL);
	target.interpreter = xdc_field_find(flight->arena, record->data, "interpreter", NULL);
	text = xdc_field_find(flight->arena, record->data, "mode", NULL);
	target.mode = text ? (unsigned int)strtoul(text, NULL, 8) : 0;
	text = xdc_field_find(flight->arena, record->data, "size", NULL);
	target.size = text ? strtoll(text, NULL, 10) : -1;
	text = xdc_field_find(flight->arena, record->data, "unpacked", NULL);
	target.packed = text != NULL;
	if (!text)
		text = xdc_field_find(flight->arena, record->data, "head", NULL);
	if (text)
		target.head = from_hex(flight->arena, text, &target.n_head);
	return target;
}

const char *xdc_target_why(const struct xdc_target *target)
{
	switch (target->status) {
	case XDC_STATUS_DENIED:
		return "this user may not";
	case XDC_STATUS_TIMEOUT:
		return "its file system does not answer";
	case XDC_STATUS_UNSUPPORTED:
		return "what stands there was not recorded, or is not to be opened";
	default:
		return xdc_status_name(target->status);
	}
}

const char *xdc_target_kind(const struct xdc_flight *flight, const struct xdc_target *target)
{
	return target->type
		       ? xdc_flight_printf(flight, "it is a %s", xdc_shown(flight, target->type))
		       : "it is of no kind that is known";
}

enum xdc_tri xdc_target_exists(const struct xdc_target *target)
{
	if (target->status == XDC_STATUS_OK)
		return XDC_YES;
	return target->status == XDC_STATUS_ABSENT ? XDC_NO : XDC_UNKNOWN;
}

enum xdc_tri xdc_any_exists(const struct xdc_flight *flight, const char *const *paths)
{
	enum xdc_tri result = XDC_NO;

	for (; *paths; paths++) {
		struct xdc_target target = xdc_target_read(flight, *paths);
		enum xdc_tri exists = xdc_target_exists(&target);

		if (exists == XDC_YES)
			return XDC_YES;
		if (exists == XDC_UNKNOWN)
			result = XDC_UNKNOWN;
	}
	return result;
}

const char *const xdc_device_models[] = {
	"/usr/libexec/xen-qemu-system-i386",
	"/usr/lib/xen/bin/qemu-system-i386",
	"/usr/libexec/xen/bin/qemu-system-i386",
	"/usr/local/lib/xen/bin/qemu-system-i386",
	"/usr/lib64/xen/bin/qemu-system-i386",
	"/usr/bin/qemu-system-i386",
	"/usr/libexec/xen/bin/qemu-system-x86_64",
	"/usr/bin/qemu-system-x86_64",
	"/usr/bin/qemu-system-aarch64",
	NULL,
};

const char *xdc_script_path(struct xdc_arena *arena, const char *script, const char *usual)
{
	const char *name = script ? script : usual;

	return *name == '/' ? name : xdc_arena_printf(arena, "/etc/xen/scripts/%s", name);
}

/* Runs @visit for each line "NAME=VALUE" of @record whose name begins with @prefix. */
static void for_lines(struct xdc_flight *flight, const struct xdc_record *record,
		      const char *prefix, xdc_backend_fn *visit, void *arg)
{
	char *cursor = xdc_arena_strdup(flight->arena, record->data), *line;

	while ((line = xdc_text_next_line(&cursor))) {
		char *equals = strchr(line, '='), *key;

		if (!equals || !xdc_text_starts_with(line, prefix))
			continue;
		*equals++ = '\0';
		key = strrchr(line, '/');
		if (!key || xdc_text_unescape(equals, NULL) < 0)
			continue;
		*key++ = '\0';
		visit(flight, line, key, equals, arg);
	}
}

void xdc_for_backends(struct xdc_flight *flight, const char *type, xdc_backend_fn *visit, void *arg)
{
	const struct xdc_record *record =
		xdc_evidence_find(flight->evidence, "xenstore:/local/domain/0/backend");

	if (xdc_record_readable(record))
		for_lines(flight, record, xdc_flight_printf(flight, "%s/", type), visit, arg);
}

struct search {
	const char *key;
	const char *value;
	long found;
};

static void match_value(struct xdc_flight *flight, const char *domain, const char *key,
			const char *value, void *arg)
{
	struct search *search = arg;

	(void)flight;
	if (strcmp(key, search->key) == 0 && strcmp(value, search->value) == 0 &&
	    search->found == -1)
		search->found = strtol(domain, NULL, 10);
}

static long find_domain(const struct xdc_flight *flight, const char *key, const char *value)
{
	const struct xdc_record *record =
		xdc_evidence_find(flight->evidence, "xenstore:/local/domain");
	struct search search = { key, value, -1 };

	if (!record || record->status != XDC_STATUS_OK)
		return -2;
	/* What the masked ones stand for is not known here. */
	if (strcmp(record->detail, XDC_DETAIL_MASKED) == 0)
		return -2;
	for_lines((struct xdc_flight *)flight, record, "", match_value, &search);
	return search.found;
}

long xdc_domain_by_name(const struct xdc_flight *flight, const char *name)
{
	return find_domain(flight, "name", name);
}

long xdc_domain_by_uuid(const struct xdc_flight *flight, const char *uuid)
{
	char *vm = xdc_arena_printf(flight->arena, "/vm/%s", uuid);

	/* libxl writes it in small letters (LIBXL_UUID_FMT). */
	for (char *at = vm; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return find_domain(flight, "vm", vm);
}

const char *xdc_xl_conf(const struct xdc_flight *flight, const char *key)
{
	const struct xdc_record *conf =
		xdc_evidence_find(flight->evidence, "file:/etc/xen/xl.conf");
	const char *found = NULL;
	char *cursor, *line;

	if (!xdc_record_readable(conf))
		return NULL;
	cursor = xdc_arena_strdup(flight->arena, conf->data);
	while ((line = xdc_text_next_line(&cursor))) {
		char *value;

		line += strspn(line, " \t");
		if (!xdc_text_starts_with(line, key))
			continue;
		value = line + strlen(key);
		value += strspn(value, " \t");
		if (*value++ != '=')
			continue;
		value += strspn(value, " \t\"'");
		value[strcspn(value, "\"'# \t")] = '\0';
		found = value;
	}
	return found;
}

const char *xdc_vif_bridge(const struct xdc_flight *flight, const struct xdc_guest_vif *vif)
{
	const char *usual = xdc_xl_conf(flight, "vif.default.bridge");

	if (vif->bridge)
		return vif->bridge;
	return usual ? usual : "xenbr0";
}

const char *xdc_vif_script(const struct xdc_flight *flight)
{
	const char *usual = xdc_xl_conf(flight, "vif.default.script");

	return usual ? usual : "vif-bridge";
}

long long xdc_physinfo(const struct xdc_flight *flight, const char *name)
{
	const struct xdc_record *record = xdc_evidence_find(flight->evidence, "xen:physinfo");
	const char *text = xdc_record_readable(record)
				   ? xdc_field_find(flight->arena, record->data, name, NULL)
				   : NULL;
	long long number = text ? strtoll(text, NULL, 10) : -1;

	return number < 1LL << 50 ? number : 1LL << 50;
}

const char *xdc_xen_command_line(const struct xdc_flight *flight)
{
	const struct xdc_record *version = xdc_evidence_find(flight->evidence, "xen:version");

	return xdc_record_readable(version)
		       ? xdc_field_find(flight->arena, version->data, "command_line", NULL)
		       : NULL;
}

const char *xdc_xen_option(const struct xdc_flight *flight, const char *name)
{
	const char *line = xdc_xen_command_line(flight), *found = NULL;
	char *words = xdc_arena_strdup(flight->arena, line ? line : ""), *next = NULL;
	size_t length = strlen(name);

	for (char *word = strtok_r(words, " ", &next); word; word = strtok_r(NULL, " ", &next))
		if (strncmp(word, name, length) == 0 && (!word[length] || word[length] == '='))
			found = word;
	return found;
}
