/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * xenstore by the names of keys. The helper reads few (helper/xenstore-walk.c), and these are
 * fewer: what a toolstack or a guest may write besides, vnc-passwd, data/..., has no place here.
 */
#include <ctype.h>
#include <string.h>

#include "bundle/mask.h"

enum form {
	NUMBER,
	NUMBERS, /* "103:0" */
	WORD,	 /* one of ours below */
	FRONTEND,
	TARGET,
	SCRIPT,
	BRIDGE,
	MAC,
	FUNCTION, /* "0000:00:03.0" */
};

static const struct key {
	const char *name;
	enum form form;
} keys[] = {
	{ "frontend", FRONTEND },
	{ "frontend-id", NUMBER },
	{ "online", NUMBER },
	{ "state", NUMBER },
	{ "hotplug-status", WORD },
	{ "params", TARGET },
	{ "physical-device", NUMBERS },
	{ "physical-device-path", TARGET },
	{ "type", WORD },
	{ "mode", WORD },
	{ "device-type", WORD },
	{ "script", SCRIPT },
	{ "bridge", BRIDGE },
	{ "mac", MAC },
	{ "handle", NUMBER },
	{ "feature-", NUMBER },
	{ "dev-", FUNCTION },
};

static bool is_word(const char *text, size_t size)
{
	static const char *const words[] = {
		"connected", "error", "disk", "cdrom", "floppy", "phy", "file",	 "tap",
		"aio",	     "qdisk", "qcow", "qcow2", "vhd",	 "raw", "nbd",	 "loop",
		"r",	     "w",     "r/w",  "ioemu", "vif",	 "vbd", "empty", "xenconsoled",
	};

	return xdc_is_one_of(text, size, words, XDC_ARRAY_SIZE(words));
}

static bool is_of(const char *text, size_t size, const char *more, size_t most)
{
	for (size_t i = 0; i < size; i++)
		if (!isxdigit((unsigned char)text[i]) && (!text[i] || !strchr(more, text[i])))
			return false;
	return size <= most;
}

static bool is_number(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return size && size <= 10;
}

/* "/local/domain/1/device/vbd/51712", "/local/domain/1/console" */
static bool is_frontend(const char *text, size_t size)
{
	static const char *const parts[] = {
		"local", "domain", "device", "console", "vbd",	"vif",	  "vkbd",	"vfb",
		"pci",	 "9pfs",   "vscsi",  "vusb",	"qusb", "virtio", "virtio_disk"
	};

	for (size_t at = 0; at < size;) {
		size_t length = 0;

		if (text[at++] != '/')
			return false;
		while (at + length < size && text[at + length] != '/')
			length++;
		if (!is_number(text + at, length) &&
		    !xdc_is_one_of(text + at, length, parts, XDC_ARRAY_SIZE(parts)))
			return false;
		at += length;
	}
	return size;
}

/* The scripts that come with Xen; somebody's own tell whose. */
static bool is_script(const char *text, size_t size)
{
	static const char *const scripts[] = {
		"/etc/xen/scripts/block",	    "/etc/xen/scripts/vif-bridge",
		"/etc/xen/scripts/vif-nat",	    "/etc/xen/scripts/vif-route",
		"/etc/xen/scripts/vif-openvswitch", "/etc/xen/scripts/block-nbd",
		"/etc/xen/scripts/block-iscsi",	    "/etc/xen/scripts/block-drbd",
	};

	return xdc_is_one_of(text, size, scripts, XDC_ARRAY_SIZE(scripts));
}

/* "xenbr0" */
static bool is_bridge(const char *text, size_t size)
{
	static const char *const prefixes[] = { "xenbr", "virbr", "ovsbr", "br", "xapi" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(prefixes); i++) {
		size_t length = strlen(prefixes[i]);

		if (size > length && memcmp(text, prefixes[i], length) == 0 &&
		    is_number(text + length, size - length))
			return true;
	}
	return false;
}

static void write_or(struct xdc_masker *masker, FILE *out, bool plain, enum xdc_mask kind,
		     const char *value, size_t size)
{
	if (plain)
		fwrite(value, 1, size, out);
	else if (kind < XDC_MASK_PSEUDONYMS)
		xdc_mask_put(masker, out, kind, value, size);
	else
		xdc_mask_hide(masker, out, kind);
}

static void write_value(struct xdc_masker *masker, FILE *out, enum form form, const char *value,
			size_t size)
{
	switch (form) {
	case NUMBER:
		write_or(masker, out, is_number(value, size), XDC_MASK_FIELD, value, size);
		break;
	case NUMBERS:
		write_or(masker, out, is_of(value, size, ":", 16), XDC_MASK_FIELD, value, size);
		break;
	case WORD:
		write_or(masker, out, is_word(value, size), XDC_MASK_FIELD, value, size);
		break;
	case FRONTEND:
		write_or(masker, out, is_frontend(value, size), XDC_MASK_FIELD, value, size);
		break;
	case TARGET:
		xdc_mask_target(masker, out, value, size);
		break;
	case SCRIPT:
		write_or(masker, out, is_script(value, size), XDC_MASK_PATH, value, size);
		break;
	case BRIDGE:
		write_or(masker, out, is_bridge(value, size), XDC_MASK_NAME, value, size);
		break;
	case MAC:
		xdc_mask_put(masker, out, XDC_MASK_MAC, value, size);
		break;
	case FUNCTION:
		write_or(masker, out, is_of(value, size, ":.", 16), XDC_MASK_FIELD, value, size);
		break;
	}
}

static const struct key *find_key(const char *name, size_t size)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		size_t length = strlen(keys[i].name);
		bool prefix = keys[i].name[length - 1] == '-';

		if ((prefix ? size > length : size == length) &&
		    memcmp(keys[i].name, name, length) == 0)
			return &keys[i];
	}
	return NULL;
}

/* How many of the path's parts are of a backend's directory, TYPE/DOMID/DEVICE. */
static size_t count_parts(const char *path, size_t size, size_t *ret_end)
{
	static const char *const types[] = { "vbd",	"vif",	  "qdisk",	"vscsi",
					     "vusb",	"qusb",	  "pci",	"9pfs",
					     "console", "virtio", "virtio_disk" };
	size_t at = 0, part = 0;

	while (part < 3 && at < size) {
		size_t length = 0;

		while (at + length < size && path[at + length] != '/')
			length++;
		if (part ? !is_number(path + at, length)
			 : !xdc_is_one_of(path + at, length, types, XDC_ARRAY_SIZE(types)))
			break;
		at += length + (at + length < size);
		part++;
	}
	*ret_end = at;
	return part;
}

/* "vbd/1/51712/state": how much of it is the directory; 0 where it is no such path. */
static size_t directory_of(const char *path, size_t size)
{
	size_t end;

	return count_parts(path, size, &end) == 3 && end < size ? end : 0;
}

/* Whether the path is one above a key: those that could not be listed stand in the record. */
static bool is_above(const char *path, size_t size)
{
	size_t end;

	return count_parts(path, size, &end) && end == size;
}

/* Where the path of a line ends, in '=' or '!'. */
static size_t path_end(const struct xdc_line *line)
{
	size_t end = 0;

	while (end < line->size && line->text[end] != '=' && line->text[end] != '!')
		end++;
	return end;
}

/* "!denied" and the like, behind a path. */
static bool is_status(const struct xdc_line *line, size_t end)
{
	return end < line->size && line->text[end] == '!' &&
	       xdc_is_status(line->text + end + 1, line->size - end - 1);
}

static bool looks_secret(const char *name, size_t size)
{
	static const char *const words[] = { "pass", "secret", "token", "key" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++)
		if (memmem(name, size, words[i], strlen(words[i])))
			return true;
	return false;
}

/* A line that is not to be shown; what it holds is remembered where it is a secret. */
static void hide(struct xdc_masker *masker, FILE *out, const struct xdc_line *line, size_t end)
{
	if (end < line->size && looks_secret(line->text, end))
		xdc_pseudonym_of(masker->names, XDC_MASK_SECRET, line->text + end + 1,
				 line->size - end - 1);
	if (line->size)
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
}

static void mask_backend(struct xdc_masker *masker, const struct xdc_line *line, FILE *out)
{
	size_t end = path_end(line), directory = directory_of(line->text, end);
	const struct key *key =
		directory ? find_key(line->text + directory, end - directory) : NULL;
	bool status = is_status(line, end);

	bool value = key && end < line->size && line->text[end] == '=';

	if (!value && !(status && (key || is_above(line->text, end)))) {
		hide(masker, out, line, end);
		return;
	}
	fwrite(line->text, 1, directory, out);
	xdc_mask_text(masker, out, line->text + directory, end - directory);
	if (status) {
		fwrite(line->text + end, 1, line->size - end, out);
	} else {
		fputc('=', out);
		write_value(masker, out, key->form, line->text + end + 1, line->size - end - 1);
	}
}

const char *xdc_mask_xenstore_backends(struct xdc_masker *masker, const struct xdc_record *record,
				       FILE *out)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		mask_backend(masker, &line, out);
		xdc_line_end(&line, out);
	}
	return NULL;
}

/* "1/vm=/vm/UUID" */
static bool mask_vm(struct xdc_masker *masker, const struct xdc_line *line, size_t end, FILE *out)
{
	static const char vm[] = "/vm", value[] = "/vm/";
	size_t number = end - (sizeof(vm) - 1), prefix = end + 1 + sizeof(value) - 1;

	if (end < sizeof(vm) || prefix > line->size || line->text[end] != '=' ||
	    !is_number(line->text, number) ||
	    memcmp(line->text + number, vm, sizeof(vm) - 1) != 0 ||
	    memcmp(line->text + end + 1, value, sizeof(value) - 1) != 0)
		return false;
	fwrite(line->text, 1, prefix, out);
	if (prefix < line->size)
		xdc_mask_put(masker, out, XDC_MASK_UUID, line->text + prefix, line->size - prefix);
	return true;
}

/* "1/name=guest"; dom0's own name is everybody's (tools/helpers/init-dom0.c). */
static void mask_domain(struct xdc_masker *masker, const struct xdc_line *line, FILE *out)
{
	static const char dom0[] = "Domain-0", name[] = "/name";
	size_t end = path_end(line), number = end - (sizeof(name) - 1);
	const char *value = line->text + end + 1;
	size_t size = end < line->size ? line->size - end - 1 : 0;

	if (mask_vm(masker, line, end, out))
		return;
	if (end == line->size || end < sizeof(name) || !is_number(line->text, number) ||
	    memcmp(line->text + number, name, sizeof(name) - 1) != 0) {
		hide(masker, out, line, end);
		return;
	}
	fwrite(line->text, 1, end + 1, out);
	if (is_status(line, end) || (size == sizeof(dom0) - 1 && memcmp(value, dom0, size) == 0))
		fwrite(value, 1, size, out);
	else if (line->text[end] == '=' && size)
		xdc_mask_put(masker, out, XDC_MASK_DOMAIN, value, size);
	else if (size)
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
}

const char *xdc_mask_xenstore_domains(struct xdc_masker *masker, const struct xdc_record *record,
				      FILE *out)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		mask_domain(masker, &line, out);
		xdc_line_end(&line, out);
	}
	return NULL;
}

/* The number of the domain that xenstored runs in (tools/helpers/init-xenstore-domain.c). */
const char *xdc_mask_xenstore_settings(struct xdc_masker *masker, const struct xdc_record *record,
				       FILE *out)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		size_t end = path_end(&line);

		if (xdc_line_begins(&line, "domid=") &&
		    is_number(line.text + end + 1, line.size - end - 1))
			fwrite(line.text, 1, line.size, out);
		else
			hide(masker, out, &line, end);
		xdc_line_end(&line, out);
	}
	return NULL;
}
