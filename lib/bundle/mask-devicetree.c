/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The flattened device tree. Below /chosen, where the boot loader writes, a property is kept
 * only if it is known. Elsewhere the tree is the board's, the same on each that was sold: there
 * a property goes if its name says that it is of one board only (serial number, addresses,
 * seeds) or a secret; text is masked as text is, and bytes with a known name in them go as a
 * whole. `compatible` and `status` are kept as they are: what they mean is in the name. What
 * is masked and is no text becomes zeros.
 */
#include <ctype.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "base/fdt.h"
#include "bundle/mask.h"

enum {
	ROOM = 64 << 10,
	/* Each change of a length moves the rest of the tree; no real tree has as many. */
	RESIZES_MAX = 256,
};

struct tree {
	struct xdc_masker *masker;
	void *blob;
	size_t resizes;
	int node;
	int depth;
	bool in_chosen;
};

static bool equals_any(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool is_command_line(const char *name)
{
	/* Devicetree Specification 3.6; docs/misc/arm/device-tree/booting.txt of Xen. */
	static const char *const names[] = { "bootargs", "xen,xen-bootargs", "xen,dom0-bootargs",
					     "bootargs-override", "bootargs-append" };

	return equals_any(name, names, XDC_ARRAY_SIZE(names));
}

static bool is_kept_in_chosen(const char *name)
{
	static const char *const names[] = {
		"stdout-path",
		"stdin-path",
		"linux,stdout-path",
		"linux,initrd-start",
		"linux,initrd-end",
		"linux,usable-memory-range",
		"linux,elfcorehdr",
		"linux,uefi-system-table",
		"linux,uefi-mmap-start",
		"linux,uefi-mmap-size",
		"linux,uefi-mmap-desc-size",
		"linux,uefi-mmap-desc-ver",
		"linux,uefi-secure-boot",
		"linux,pci-probe-only",
		"compatible",
		"reg",
		"ranges",
		"#address-cells",
		"#size-cells",
		"phandle",
		"linux,phandle",
		"device_type",
		"status",
		"memory",
		"cpus",
		"vpl011",
		"nr_spis",
		"direct-map",
		"xen,enhanced",
		"xen,passthrough",
		"xen,reg",
		"xen,path",
		"xen,force-assign-without-iommu",
		"llc-colors",
		"xen,static-mem",
		"xen,static-heap",
		"#xen,static-heap-address-cells",
		"#xen,static-heap-size-cells",
	};

	return equals_any(name, names, XDC_ARRAY_SIZE(names));
}

static bool is_mac(const char *name)
{
	return strstr(name, "mac-address") || strstr(name, "bd-address");
}

static bool is_serial(const char *name)
{
	static const char *const names[] = { "serial-number", "serialno",	 "linux,serial",
					     "board-serial",  "board-id-serial", "system-id" };

	return equals_any(name, names, XDC_ARRAY_SIZE(names));
}

static bool is_secret(const char *name)
{
	static const char *const parts[] = { "passw",	   "passphrase", "secret", "token",
					     "credential", "psk",	 "ssid",   "uuid",
					     "unique-id",  "hostname" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(parts); i++)
		if (strstr(name, parts[i]))
			return true;
	return xdc_text_ends_with(name, "seed") || xdc_text_ends_with(name, "-key") ||
	       xdc_text_ends_with(name, "-keys");
}

/* Printable text that ends in a NUL, or several such. */
static bool is_text(const char *value, int size)
{
	for (int i = 0; i < size; i++)
		if (!isprint((unsigned char)value[i]) && value[i] &&
		    !isspace((unsigned char)value[i]) && !((unsigned char)value[i] & 0x80))
			return false;
	return size > 1 && value[0] && !value[size - 1];
}

/*
 * In its place, not by its name: a hostile tree has several properties of one name, of which libfdt
 * finds the first.
 */
static void overwrite(const struct tree *tree, const char *value, const char *with, int size)
{
	memcpy((char *)tree->blob + (value - (const char *)tree->blob), with, (size_t)size);
}

static void clear(struct tree *tree, const char *value, int size, enum xdc_mask kind)
{
	xdc_autofree char *zeros = xdc_zalloc((size_t)size + 1);

	if (!size)
		return;
	tree->masker->counts[kind]++;
	overwrite(tree, value, zeros, size);
}

/* What is longer or shorter must be the first of its name, as that one would be resized. */
static void replace(struct tree *tree, const char *name, const char *old, int old_size,
		    const char *value, size_t size)
{
	if ((int)size == old_size)
		overwrite(tree, old, value, old_size);
	else if (tree->resizes++ >= RESIZES_MAX ||
		 fdt_getprop(tree->blob, tree->node, name, NULL) != old ||
		 fdt_setprop(tree->blob, tree->node, name, value, (int)size) < 0)
		clear(tree, old, old_size, XDC_MASK_FIELD);
}

typedef void mask_string_fn(struct xdc_masker *masker, FILE *out, const char *text, size_t size);

/* Each string of @value by itself. */
static void mask_strings(struct tree *tree, const char *name, const char *value, int size,
			 mask_string_fn *mask)
{
	xdc_autofree char *masked = NULL, *property = xdc_strdup(name);
	size_t length = 0;
	FILE *out = xdc_open_text(&masked, &length);

	for (int at = 0; at < size;) {
		int part = (int)strnlen(value + at, (size_t)(size - at));

		mask(tree->masker, out, value + at, (size_t)part);
		at += part;
		if (at < size)
			fputc('\0', out);
		at++;
	}
	fclose(out);
	if ((int)length != size || memcmp(masked, value, length) != 0)
		replace(tree, property, value, size, masked, length);
}

static void learn_mac(struct tree *tree, const char *value, int size)
{
	const unsigned char *b = (const unsigned char *)value;
	char text[18];

	if (size != 6)
		return;
	snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4],
		 b[5]);
	if (strcmp(text, "00:00:00:00:00:00") != 0)
		xdc_pseudonym_of(tree->masker->names, XDC_MASK_MAC, text, strlen(text));
}

/* What is of one board, or a secret, wherever it stands; false: neither. */
static bool clear_by_name(struct tree *tree, const char *name, const char *value, int size)
{
	bool text = is_text(value, size);

	if (is_mac(name)) {
		learn_mac(tree, value, size);
		clear(tree, value, size, XDC_MASK_MAC);
	} else if (is_serial(name)) {
		if (text)
			xdc_pseudonym_of(tree->masker->names, XDC_MASK_SERIAL, value,
					 strlen(value));
		clear(tree, value, size, XDC_MASK_SERIAL);
	} else if (is_secret(name)) {
		if (text)
			xdc_pseudonym_of(tree->masker->names, XDC_MASK_SECRET, value,
					 strlen(value));
		clear(tree, value, size, XDC_MASK_SECRET);
	} else {
		return false;
	}
	return true;
}

static bool has_known(const struct tree *tree, const char *value, int size)
{
	xdc_autofree struct xdc_match *matches = NULL;

	return tree->masker->known &&
	       xdc_matcher_find(tree->masker->known, value, (size_t)size, &matches);
}

static void mask_property(struct tree *tree, const char *name, const char *value, int size)
{
	static const char *const fixed[] = { "compatible", "status", "device_type" };
	bool command_line = is_command_line(name);

	xdc_pseudonyms_note_words(tree->masker->names, name, strlen(name));
	if (!size || clear_by_name(tree, name, value, size))
		return;
	if (command_line && is_text(value, size)) {
		mask_strings(tree, name, value, size, xdc_mask_command_line);
	} else if (command_line || (tree->in_chosen && !is_kept_in_chosen(name))) {
		clear(tree, value, size, XDC_MASK_FIELD);
	} else if (equals_any(name, fixed, XDC_ARRAY_SIZE(fixed))) {
		xdc_pseudonyms_note_words(tree->masker->names, value, (size_t)size);
	} else if (is_text(value, size)) {
		mask_strings(tree, name, value, size, xdc_mask_text);
	} else if (has_known(tree, value, size)) {
		clear(tree, value, size, XDC_MASK_FIELD);
	}
}

/* A domain that Xen itself starts is called as its node below /chosen is. */
static void learn_domain(struct tree *tree, const char *name)
{
	if (tree->in_chosen && fdt_node_check_compatible(tree->blob, tree->node, "xen,domain") == 0)
		xdc_pseudonym_of(tree->masker->names, XDC_MASK_DOMAIN, name, strcspn(name, "@"));
}

static int mask_name(struct tree *tree, const char *name)
{
	xdc_autofree char *masked = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&masked, &length);

	xdc_mask_text(tree->masker, out, name, strlen(name));
	fclose(out);
	if (strcmp(masked, name) == 0)
		return 0;
	return tree->resizes++ < RESIZES_MAX ? fdt_set_name(tree->blob, tree->node, masked)
					     : -FDT_ERR_NOSPACE;
}

static int mask_node(struct tree *tree)
{
	const char *name = fdt_get_name(tree->blob, tree->node, NULL);
	int property;

	if (!name)
		return -FDT_ERR_BADSTRUCTURE;
	if (tree->depth <= 1)
		tree->in_chosen = strcmp(name, "chosen") == 0 || strncmp(name, "chosen@", 7) == 0;
	learn_domain(tree, name);
	fdt_for_each_property_offset(property, tree->blob, tree->node)
	{
		const char *property_name;
		int size;
		const char *value =
			fdt_getprop_by_offset(tree->blob, property, &property_name, &size);

		if (!value)
			return size;
		mask_property(tree, property_name, value, size);
	}
	return tree->depth ? mask_name(tree, name) : 0;
}

/* Property names that no property has any more stand in the strings as well. */
static void clear_strings(struct tree *tree)
{
	char *strings = (char *)tree->blob + fdt_off_dt_strings(tree->blob);
	xdc_autofree struct xdc_match *matches = NULL;
	size_t count = tree->masker->known
			       ? xdc_matcher_find(tree->masker->known, strings,
						  fdt_size_dt_strings(tree->blob), &matches)
			       : 0;

	for (size_t i = 0; i < count; i++)
		memset(strings + matches[i].start, 'x', matches[i].end - matches[i].start);
}

static int mask_tree(struct tree *tree)
{
	int r = 0;

	while (tree->node >= 0 && tree->depth >= 0 && r == 0) {
		r = mask_node(tree);
		tree->node = fdt_next_node(tree->blob, tree->node, &tree->depth);
	}
	if (r == 0)
		r = fdt_pack(tree->blob);
	if (r == 0)
		clear_strings(tree);
	return r;
}

const char *xdc_mask_devicetree(struct xdc_masker *masker, const struct xdc_record *record,
				FILE *out)
{
	struct tree tree = { .masker = masker };
	/* libfdt reads 64-bit words where they are aligned in the blob. */
	xdc_autofree char *copy = xdc_zalloc(record->size + 1);
	xdc_autofree void *blob = NULL;
	size_t room = record->size + ROOM;

	if (!record->size)
		return NULL;
	memcpy(copy, record->data, record->size);
	if (room > INT32_MAX || xdc_fdt_check(copy, record->size) < 0)
		return "it is malformed, and so cannot be masked";
	blob = xdc_zalloc(room);
	tree.blob = blob;
	/* Leaves behind what is in none of the parts. */
	if (fdt_open_into(copy, blob, (int)room) < 0 || mask_tree(&tree) < 0)
		return "it could not be masked";
	fwrite(blob, 1, fdt_totalsize(blob), out);
	return NULL;
}
