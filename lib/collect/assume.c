/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "collect/assume.h"

static bool is_option(const char *key)
{
	for (; *key; key++)
		if (!isupper((unsigned char)*key) && !isdigit((unsigned char)*key) && *key != '_')
			return false;
	return true;
}

static int add(const char **list, size_t *count, const char *item)
{
	if (*count == XDC_WORDS_MAX)
		return -E2BIG;
	list[(*count)++] = item;
	return 0;
}

static bool is_release(const char *value)
{
	char *end;

	if (!isdigit((unsigned char)*value))
		return false;
	strtoul(value, &end, 10);
	return *end == '.' && isdigit((unsigned char)end[1]);
}

/* @item is "KEY=VALUE", @value points behind the '='. */
static int take(struct xdc_assumptions *ret, char *item, const char *value, const char *key)
{
	if (strcmp(key, "xen") == 0 && (is_release(value) || strcmp(value, "none") == 0))
		ret->xen = value;
	else if (strcmp(key, "kernel") == 0 && is_release(value))
		ret->kernel = value;
	else if (strcmp(key, "arch") == 0 &&
		 (strcmp(value, "arm") == 0 || strcmp(value, "arm64") == 0))
		ret->arch = value;
	else if (strcmp(key, "iommu") == 0 && strcmp(value, "off") == 0)
		ret->iommu_off = true;
	else if (xdc_text_starts_with(key, "xen.") && is_option(key + strlen("xen.")))
		return add(ret->xen_options, &ret->n_xen_options, item + strlen("xen."));
	else if (strchr(key, '.'))
		return add(ret->words, &ret->n_words, item);
	else if (is_option(key))
		return add(ret->options, &ret->n_options, item);
	else
		return -EINVAL;
	return 0;
}

int xdc_assumptions_parse(struct xdc_arena *arena, const char *text, struct xdc_assumptions *ret,
			  const char **ret_error)
{
	*ret = (struct xdc_assumptions){ 0 };
	while (*text) {
		size_t size = strcspn(text, ",");
		char *item = xdc_arena_memdup(arena, text, size);
		const char *equals = strchr(item, '=');
		char *key = equals ? xdc_arena_memdup(arena, item, (size_t)(equals - item)) : item;

		if (!equals || !*key || !equals[1] || take(ret, item, equals + 1, key) < 0) {
			*ret_error = xdc_arena_printf(
				arena,
				"'%s' is no assumption: xen=4.17, kernel=6.6, arch=arm64, "
				"iommu=off, iommu.passthrough=1, OPTION=y and xen.OPTION=y are",
				xdc_text_escaped(arena, item, size));
			return -EINVAL;
		}
		text += size + (text[size] == ',');
	}
	return 0;
}

bool xdc_assumptions_xen_option(const struct xdc_assumptions *assumptions, const char *option)
{
	size_t length = strlen(option);

	for (size_t i = 0; i < assumptions->n_xen_options; i++) {
		const char *given = assumptions->xen_options[i];

		if (strncmp(given, option, length) == 0 && strcmp(given + length, "=y") == 0)
			return true;
	}
	return false;
}

/* xen/common/kernel.c, XENVER_get_features, at each release: bits 16/17 from 4.16, 18 from 4.18. */
const char *xdc_assumed_features(unsigned int major, unsigned int minor)
{
	if (major < 4 || (major == 4 && minor <= 15))
		return "00006805";
	return major == 4 && minor <= 17 ? "00026805" : "00066805";
}

struct change {
	const struct xdc_assumptions *assumptions;
	struct xdc_evidence *to;
	struct xdc_arena *arena;
};

static void put(const struct change *c, const char *key, const char *data)
{
	const struct xdc_record record = {
		.key = key,
		.origin = "assumed",
		.detail = "",
		.data = data,
		.size = strlen(data),
		.status = XDC_STATUS_OK,
	};

	xdc_evidence_add(c->to, &record);
}

static void put_xen(const struct change *c)
{
	char *end;
	unsigned int major = (unsigned int)strtoul(c->assumptions->xen, &end, 10);
	unsigned int minor = (unsigned int)strtoul(end + 1, NULL, 10);

	put(c, "file:/sys/hypervisor/type", "xen\n");
	put(c, "file:/sys/hypervisor/guest_type", "HVM\n");
	put(c, "file:/sys/hypervisor/version/major", xdc_arena_printf(c->arena, "%u\n", major));
	put(c, "file:/sys/hypervisor/version/minor", xdc_arena_printf(c->arena, "%u\n", minor));
	put(c, "file:/sys/hypervisor/version/extra", "\n");
	put(c, "file:/sys/hypervisor/properties/features", xdc_assumed_features(major, minor));
	put(c, "file:/proc/xen/capabilities", "control_d\n");
}

/* The kernel's release and machine, of which one may be assumed, and the host's name. */
static void put_uname(const struct change *c, const struct xdc_evidence *from)
{
	const struct xdc_assumptions *a = c->assumptions;
	const struct xdc_record *uname = xdc_evidence_find(from, "uname");
	const char *arch = a->arch && strcmp(a->arch, "arm64") == 0 ? "aarch64" : "armv7l";
	const char *const fields[][2] = {
		{ "release", a->kernel },
		{ "machine", a->arch ? arch : NULL },
		{ "nodename", NULL },
	};
	const char *data = xdc_record_readable(uname) ? uname->data : "";
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < XDC_ARRAY_SIZE(fields); i++) {
		const char *value = fields[i][1]
					    ? fields[i][1]
					    : xdc_field_find(c->arena, data, fields[i][0], NULL);

		if (value)
			xdc_field_write(out, fields[i][0], value);
	}
	fclose(out);
	put(c, "uname", buffer);
}

static void put_versions(const struct change *c, const struct xdc_evidence *from)
{
	const struct xdc_assumptions *a = c->assumptions;

	if (a->kernel || a->arch)
		put_uname(c, from);
	if (a->xen && strcmp(a->xen, "none") == 0)
		put(c, "file:/sys/hypervisor/type", "none\n");
	else if (a->xen)
		put_xen(c);
}

static void put_words(const struct change *c, const struct xdc_evidence *from)
{
	const struct xdc_assumptions *a = c->assumptions;
	const struct xdc_record *cmdline = xdc_evidence_find(from, "file:/proc/cmdline");
	const struct xdc_record *config = xdc_evidence_find(from, "kernel-config");
	char *text = xdc_arena_strdup(c->arena, xdc_record_readable(cmdline) ? cmdline->data : "");

	text[strcspn(text, "\n")] = '\0';
	for (size_t i = 0; i < a->n_words; i++)
		text = xdc_arena_printf(c->arena, "%s%s%s", text, *text ? " " : "", a->words[i]);
	if (a->n_words)
		put(c, "file:/proc/cmdline", xdc_arena_printf(c->arena, "%s\n", text));
	text = xdc_arena_strdup(c->arena, "");
	/* The first that stands there counts. */
	for (size_t i = 0; i < a->n_options; i++)
		text = xdc_arena_printf(c->arena, "%sCONFIG_%s\n", text, a->options[i]);
	if (a->n_options)
		put(c, "kernel-config",
		    xdc_arena_printf(c->arena, "%s%s", text,
				     xdc_record_readable(config) ? config->data : ""));
}

static bool has_word(const struct xdc_assumptions *a, const char *word)
{
	for (size_t i = 0; i < a->n_words; i++)
		if (strcmp(a->words[i], word) == 0)
			return true;
	return false;
}

/* The default domain's type is decided at boot: drivers/iommu/iommu.c, iommu_subsys_init(). */
static void put_groups(const struct change *c, const struct xdc_record *record)
{
	const char *type = has_word(c->assumptions, "iommu.passthrough=1") ? "identity" : "DMA";
	xdc_autofree char *copy = xdc_strdup(record->data);
	char *cursor = copy, *line;
	char *text = xdc_arena_strdup(c->arena, "");

	while ((line = xdc_text_next_line(&cursor))) {
		line[strcspn(line, "=!")] = '\0';
		text = xdc_arena_printf(c->arena, "%s%s=%s\n", text, line, type);
	}
	put(c, "iommu-groups", text);
}

static bool has_line(const struct xdc_record *record, const char *beginning)
{
	size_t length = strlen(beginning);

	for (const char *at = record->data; (at = strstr(at, beginning)); at += length)
		if (at == record->data || at[-1] == '\n')
			return true;
	return false;
}

/*
 * Without its IOMMU a device is in no group; and a PCI function whose driver failed or was
 * not there would have one under other circumstances, which would turn bus mastering on.
 */
static void put_device(const struct change *c, const struct xdc_record *record)
{
	bool assumed = has_line(record, "bus=pci\n") && !has_line(record, "driver");
	xdc_autofree char *copy = xdc_strdup(record->data);
	char *cursor = copy, *line;
	char *text = xdc_arena_strdup(c->arena, "");

	while ((line = xdc_text_next_line(&cursor))) {
		if (c->assumptions->iommu_off && (xdc_text_starts_with(line, "iommu_group=") ||
						  xdc_text_starts_with(line, "iommu=")))
			continue;
		if (assumed && xdc_text_starts_with(line, "busmaster"))
			continue;
		text = xdc_arena_printf(c->arena, "%s%s\n", text, line);
	}
	if (assumed)
		text = xdc_arena_printf(c->arena, "%sdriver=(assumed)\n", text);
	put(c, record->key, text);
}

/* What the running kernel and hypervisor hold or said, and what logs have kept of it. */
static bool is_of_this_run(const char *key)
{
	return xdc_text_starts_with(key, "dma") || strcmp(key, "kmsg") == 0 ||
	       strcmp(key, "logs") == 0 || xdc_text_starts_with(key, "log:") ||
	       strcmp(key, "xen:console") == 0;
}

static void put_changed(const struct change *c, const struct xdc_record *record)
{
	const struct xdc_assumptions *a = c->assumptions;
	bool passthrough = has_word(a, "iommu.passthrough=1") || has_word(a, "iommu.passthrough=0");
	bool no_xen = a->xen && strcmp(a->xen, "none") == 0;

	if (is_of_this_run(record->key))
		return;
	if (no_xen &&
	    (strstr(record->key, "/sys/hypervisor/") || xdc_text_starts_with(record->key, "xen") ||
	     strcmp(record->key, "file:/proc/xen/capabilities") == 0))
		return;
	if (xdc_text_starts_with(record->key, "device:"))
		put_device(c, record);
	else if (a->iommu_off && strcmp(record->key, "class:iommu") == 0)
		put(c, record->key, "");
	else if (passthrough && strcmp(record->key, "iommu-groups") == 0)
		put_groups(c, record);
	else
		/* What was put before stands. */
		xdc_evidence_add(c->to, record);
}

struct xdc_evidence *xdc_evidence_assume(const struct xdc_evidence *evidence,
					 const struct xdc_assumptions *assumptions)
{
	struct change c = { assumptions, xdc_evidence_new(), xdc_arena_new() };

	put_versions(&c, evidence);
	put_words(&c, evidence);
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++)
		put_changed(&c, xdc_evidence_at(evidence, i));
	xdc_arena_free(c.arena);
	return c.to;
}
