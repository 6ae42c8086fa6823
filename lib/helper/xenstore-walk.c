/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "helper/xenstore-walk.h"

enum { PATH_BYTES = 512 };

/* What a node is called: xenstored allows these (docs/misc/xenstore.txt, and "@" in special ones).
 */
static bool is_name(const char *name)
{
	size_t length = strlen(name);

	if (!length || length > 64)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)name[i]) && !strchr("-_:@.", name[i]))
			return false;
	return true;
}

bool xdc_backend_key_wanted(const char *key)
{
	static const char *const wanted[] = {
		"frontend",	  "frontend-id", "online",	    "state",
		"hotplug-status", "params",	 "physical-device", "physical-device-path",
		"type",		  "mode",	 "device-type",	    "script",
		"bridge",	  "mac",	 "handle",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(wanted); i++)
		if (strcmp(key, wanted[i]) == 0)
			return true;
	/* "dev-0" of a backend pci: a function that the guest has. */
	return xdc_text_starts_with(key, "feature-") || xdc_text_starts_with(key, "dev-");
}

bool xdc_value_is_secret(const char *value)
{
	/* rbd:pool/image:id=...:key=..., https://user:password@host/... */
	static const char *const signs[] = { "key=", "passw", "secret", "token" };
	const char *host = strstr(value, "://");

	for (size_t i = 0; i < XDC_ARRAY_SIZE(signs); i++)
		if (strcasestr(value, signs[i]))
			return true;
	return host && strchr(host, '@');
}

/* Whether to go on asking. Counts what is asked for. */
static bool may_ask(struct xdc_xenstore *xenstore)
{
	if (xenstore->error)
		return false;
	if (xenstore->asked >= XDC_XENSTORE_NODES_MAX || xenstore->is_late(xenstore->arg)) {
		xenstore->cut = true;
		return false;
	}
	xenstore->asked++;
	return true;
}

/*
 * What an error means for the rest: a node may have gone in the meantime, or be denied; anything
 * else is the connection's.
 */
static void note_lost(struct xdc_xenstore *xenstore, int error)
{
	if (error != ENOENT && error != EACCES && error != EPERM)
		xenstore->error = error;
}

/* The same, and what is denied is told; a node that has gone is as one that was never there. */
static void note_error(struct xdc_xenstore *xenstore, int error, const char *path, FILE *out)
{
	note_lost(xenstore, error);
	if (error == EACCES || error == EPERM)
		xdc_field_write_status(out, path, XDC_STATUS_DENIED);
}

/* xenstored takes any bytes, and what is behind a NUL is written too. */
static bool has_secret(const char *value, unsigned int size)
{
	for (size_t i = 0; i < size; i += strlen(value + i) + 1)
		if (xdc_value_is_secret(value + i))
			return true;
	return false;
}

/* Writes the value of the node @root/@path, under the name @path. */
static void write_node(struct xdc_xenstore *xenstore, const char *root, const char *path, FILE *out)
{
	xdc_autofree char *value = NULL;
	char full[PATH_BYTES];
	unsigned int size = 0;

	if (!may_ask(xenstore))
		return;
	snprintf(full, sizeof(full), "%s/%s", root, path);
	if (xenstore->read(xenstore->arg, full, &value, &size) < 0) {
		note_error(xenstore, errno, path, out);
		return;
	}
	if (has_secret(value, size)) {
		xdc_field_write_status(out, path, XDC_STATUS_REDACTED);
		return;
	}
	if (size > XDC_XENSTORE_VALUE_MAX) {
		size = XDC_XENSTORE_VALUE_MAX;
		xenstore->cut = true;
	}
	fprintf(out, "%s=", path);
	xdc_text_escape(out, value, size);
	fputc('\n', out);
}

/* Called for each child of a node; @path is relative to the subtree's root. */
typedef void child_fn(struct xdc_xenstore *xenstore, const char *path, const char *name, FILE *out);

/*
 * Calls @each for the children of @root/@path whose names are such (no other can be a line's).
 * Returns 0 or the errno of listing it.
 */
static int for_children(struct xdc_xenstore *xenstore, const char *root, const char *path,
			child_fn *each, FILE *out)
{
	xdc_autofree char **names = NULL;
	char full[PATH_BYTES], child[PATH_BYTES];
	unsigned int count = 0;

	if (!may_ask(xenstore))
		return 0;
	snprintf(full, sizeof(full), "%s%s%s", root, *path ? "/" : "", path);
	if (xenstore->directory(xenstore->arg, full, &names, &count) < 0) {
		int error = errno;

		note_lost(xenstore, error);
		return error;
	}
	for (unsigned int i = 0; i < count; i++) {
		if (!is_name(names[i]))
			continue;
		snprintf(child, sizeof(child), "%s%s%s", path, *path ? "/" : "", names[i]);
		each(xenstore, child, names[i], out);
	}
	return 0;
}

/* TYPE/DOMID/DEVICE/KEY below this, a function for the children of each. */
static const char BACKEND[] = "/local/domain/0/backend";

static void walk_key(struct xdc_xenstore *xenstore, const char *path, const char *name, FILE *out)
{
	if (xdc_backend_key_wanted(name))
		write_node(xenstore, BACKEND, path, out);
}

/* As for_children(); where @path itself cannot be listed, that is told in its place. */
static void walk_below(struct xdc_xenstore *xenstore, const char *path, child_fn *each, FILE *out)
{
	int r = for_children(xenstore, BACKEND, path, each, out);

	if (r)
		note_error(xenstore, r, path, out);
}

static void walk_device(struct xdc_xenstore *xenstore, const char *path, const char *name,
			FILE *out)
{
	(void)name;
	walk_below(xenstore, path, walk_key, out);
}

static void walk_frontend(struct xdc_xenstore *xenstore, const char *path, const char *name,
			  FILE *out)
{
	(void)name;
	walk_below(xenstore, path, walk_device, out);
}

/* libxl's backends whose data is guests' pages (tools/libs/light/libxl_types_internal.idl). */
static void walk_type(struct xdc_xenstore *xenstore, const char *path, const char *name, FILE *out)
{
	static const char *const types[] = {
		"vbd", "vif",  "qdisk",	  "vscsi",  "vusb",	   "qusb",
		"pci", "9pfs", "console", "virtio", "virtio_disk",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(types); i++)
		if (strcmp(name, types[i]) == 0)
			walk_below(xenstore, path, walk_frontend, out);
}

int xdc_walk_backends(struct xdc_xenstore *xenstore, FILE *out)
{
	return for_children(xenstore, BACKEND, "", walk_type, out);
}

static const char DOMAINS[] = "/local/domain";

static void walk_domain(struct xdc_xenstore *xenstore, const char *path, const char *name,
			FILE *out)
{
	/* "vm" is "/vm/UUID" (libxl__domain_make(), tools/libs/light/libxl_create.c). */
	static const char *const keys[] = { "name", "vm" };
	char node[PATH_BYTES + 8];

	(void)name;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		snprintf(node, sizeof(node), "%s/%s", path, keys[i]);
		write_node(xenstore, DOMAINS, node, out);
	}
}

int xdc_walk_domains(struct xdc_xenstore *xenstore, FILE *out)
{
	return for_children(xenstore, DOMAINS, "", walk_domain, out);
}

static const char XENSTORED[] = "/tool/xenstored";

static void walk_setting(struct xdc_xenstore *xenstore, const char *path, const char *name,
			 FILE *out)
{
	(void)name;
	write_node(xenstore, XENSTORED, path, out);
}

int xdc_walk_xenstored(struct xdc_xenstore *xenstore, FILE *out)
{
	return for_children(xenstore, XENSTORED, "", walk_setting, out);
}

enum xdc_xenstore_way xdc_xenstore_way(int socket_error, enum xdc_tri is_dom0,
				       enum xdc_tri has_xenstore_domain)
{
	if (!socket_error)
		return XDC_WAY_SOCKET;
	if (socket_error == EACCES || socket_error == EPERM)
		return XDC_WAY_DENIED;
	if (is_dom0 == XDC_YES && has_xenstore_domain == XDC_NO)
		return XDC_WAY_DOWN;
	return XDC_WAY_DEVICE;
}
