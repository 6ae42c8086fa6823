/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines that say what machine wrote a log. Formats: see the sources named beside each. */
#include <ctype.h>
#include <string.h>

#include "catalogue/log-text.h"
#include "catalogue/log.h"

typedef void read_fn(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
		     struct xdc_log_facts *facts);

const char *xdc_log_line_text(struct xdc_arena *arena, const char *text, size_t size)
{
	size_t skip = xdc_log_skip_quotes(text, size);

	text += skip;
	size -= skip;
	while (size && isspace((unsigned char)text[size - 1]))
		size--;
	if (size <= XDC_LOG_TEXT_MAX)
		return xdc_text_escaped(arena, text, size);
	return xdc_arena_printf(arena, "%s...", xdc_text_escaped(arena, text, XDC_LOG_TEXT_MAX));
}

static void state(struct xdc_arena *arena, const struct xdc_log_line *line,
		  struct xdc_log_fact *fact, enum xdc_tri value)
{
	if (fact->text)
		return;
	fact->value = value;
	fact->text = xdc_log_line_text(arena, line->text, line->size);
	fact->file = line->file;
	fact->line = line->number;
}

/* "MAJOR.MINOR" behind @at. */
static bool version_at(const struct xdc_log_line *line, size_t at, unsigned int version[2])
{
	char text[16];
	size_t size = line->size - at;

	if (size >= sizeof(text))
		size = sizeof(text) - 1;
	memcpy(text, line->text + at, size);
	text[size] = '\0';
	return isdigit((unsigned char)text[0]) &&
	       sscanf(text, "%3u.%3u", &version[0], &version[1]) == 2;
}

static void read_version(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			 struct xdc_log_fact *fact, unsigned int version[2])
{
	unsigned int found[2];

	while (at < line->size && (line->text[at] == ' ' || line->text[at] == ':'))
		at++;
	if (fact->text || !version_at(line, at, found))
		return;
	memcpy(version, found, sizeof(found));
	state(arena, line, fact, XDC_YES);
}

static void read_kernel(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			struct xdc_log_facts *facts)
{
	read_version(arena, line, at, &facts->kernel, facts->kernel_version);
}

static void read_xen(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
		     struct xdc_log_facts *facts)
{
	read_version(arena, line, at, &facts->xen, facts->xen_version);
	if (facts->xen.text)
		state(arena, line, &facts->on_xen, XDC_YES);
}

/* "Xen 4.18 support found": the number stands before (arch/arm/xen/enlighten.c). */
static void read_xen_before(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			    struct xdc_log_facts *facts)
{
	const char *xen = memmem(line->text, at, "Xen ", 4);

	if (xen)
		read_xen(arena, line, (size_t)(xen - line->text) + 4, facts);
}

static void read_other(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
		       struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->on_xen, XDC_NO);
}

static void read_on_xen(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->on_xen, XDC_YES);
}

static void read_iommu_on(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			  struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->xen_iommu, XDC_YES);
}

static void read_iommu_off(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			   struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->xen_iommu, XDC_NO);
}

/* "virt_caps              : hvm hvm_directio" of xl info. */
static void read_virt_caps(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			   struct xdc_log_facts *facts)
{
	bool on = memmem(line->text + at, line->size - at, "directio", 8);

	state(arena, line, &facts->xen_iommu, xdc_tri_of(on));
}

static void read_direct_mapped(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			       struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->direct_mapped, XDC_YES);
}

/* "uid=1000(user) gid=1000(user) groups=1000(user)" of id(1). */
static void read_user(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
		      struct xdc_log_facts *facts)
{
	const char *uid = memmem(line->text, at, "uid=", 4);

	if (uid)
		state(arena, line, &facts->root, xdc_tri_of(xdc_text_starts_with(uid, "uid=0(")));
}

static void read_lockdown(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			  struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->lockdown, XDC_YES);
}

static void read_began(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
		       struct xdc_log_facts *facts)
{
	(void)at;
	state(arena, line, &facts->xl_began, XDC_YES);
}

/* Every line of libxl's names its place. */
static void read_libxl(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
		       struct xdc_log_facts *facts)
{
	(void)arena;
	(void)at;
	xdc_libxl_releases_add(&facts->libxl, line->text, line->size);
}

/* Kept until it is known which of them an entry explains. */
static void read_libxl_error(struct xdc_arena *arena, const struct xdc_log_line *line, size_t at,
			     struct xdc_log_facts *facts)
{
	(void)at;
	if (facts->n_errors == XDC_LOG_ERRORS_MAX)
		return;
	facts->error_times[facts->n_errors] = line->time;
	state(arena, line, &facts->errors[facts->n_errors++], XDC_YES);
}

static const struct {
	const char *literal;
	read_fn *read;
} readers[] = {
	{ "Linux version ", read_kernel }, /* init/version.c */
	{ "Not tainted ", read_kernel },   /* lib/dump_stack.c; Xen's has no number behind */
	{ "Xen version ", read_xen },	   /* xen/common/kernel.c */
	{ "Xen version: ", read_xen },	   /* arch/x86/xen/enlighten.c */
	{ "----[ Xen-", read_xen },	   /* xen/arch/x86/traps.c */
	{ "Detected Xen v", read_xen },	   /* tools/firmware/hvmloader */
	{ "xen_version   ", read_xen },	   /* xl info */
	{ " support found", read_xen_before },
	{ "Hypervisor detected: KVM", read_other },	 /* arch/x86/kernel/cpu/hypervisor.c */
	{ "I/O virtualisation enabled", read_iommu_on }, /* xen/drivers/passthrough/iommu.c */
	{ "I/O virtualisation disabled", read_iommu_off },
	{ "virt_caps  ", read_virt_caps },
	{ "Allocating 1:1 mappings", read_direct_mapped }, /* xen/arch/arm/domain_build.c */
	{ "xenbus_backend", read_on_xen }, /* /dev/xen/xenbus_backend: only on Xen */
	{ ") groups=", read_user },
	{ "Kernel is locked down", read_lockdown }, /* security/lockdown/lockdown.c */
	{ "Parsing config from ", read_began },	    /* tools/xl/xl_vmcontrol.c */
	{ "libxl: error: ", read_libxl_error },
	{ ": libxl_", read_libxl },
	{ "libxl: libxl.c:", read_libxl },
	{ "error: libxl.c:", read_libxl },
};

size_t xdc_log_fact_count(void)
{
	return XDC_ARRAY_SIZE(readers);
}

const char *xdc_log_fact_literal(size_t index)
{
	return readers[index].literal;
}

void xdc_log_fact_read(struct xdc_arena *arena, size_t index, const struct xdc_log_line *line,
		       size_t at, struct xdc_log_facts *facts)
{
	readers[index].read(arena, line, at, facts);
}
