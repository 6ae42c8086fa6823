/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/console.h"
#include "model/kernel-log.h"

enum {
	FAULTS_MAX = 256,
};

struct parser {
	struct xdc_arena *arena;
	struct xdc_console *console;
	const char *since; /* of the line */
	/* VT-d says why in a line of its own: one more than the index of the fault; 0: none. */
	size_t unexplained;
	/* An SMMU's event has several lines. */
	struct xdc_xen_fault pending;
	unsigned int words_left;
	bool registers_left;
};

/* What @text has behind @prefix; NULL where it does not begin so. */
static const char *behind(const char *text, const char *prefix)
{
	return xdc_text_starts_with(text, prefix) ? text + strlen(prefix) : NULL;
}

static const char *safe(const struct parser *parser, const char *text, size_t size)
{
	return xdc_text_escaped(parser->arena, text, size);
}

/* "0000:00:02.0" as %pp prints it. */
static const char *parse_sbdf(const struct parser *parser, const char *text)
{
	static const char pattern[] = "xxxx:xx:xx.x";

	for (size_t i = 0; i < strlen(pattern); i++)
		if (pattern[i] == 'x' ? !isxdigit((unsigned char)text[i]) : text[i] != pattern[i])
			return NULL;
	return safe(parser, text, strlen(pattern));
}

static bool same_source(const struct xdc_xen_fault *a, const struct xdc_xen_fault *b)
{
	if (a->kind != b->kind || strcmp(a->iommu, b->iommu) != 0 ||
	    a->has_stream_id != b->has_stream_id || a->stream_id != b->stream_id)
		return false;
	return a->device && b->device ? strcmp(a->device, b->device) == 0 : a->device == b->device;
}

/* Counts @fault, or keeps it as the first of its source; returns that one, NULL: no more room. */
static struct xdc_xen_fault *add(struct parser *parser, const struct xdc_xen_fault *fault)
{
	struct xdc_console *console = parser->console;
	struct xdc_xen_fault *added;

	for (size_t i = 0; i < console->n_faults; i++) {
		if (same_source(&console->faults[i], fault)) {
			console->faults[i].count++;
			return &console->faults[i];
		}
	}
	if (console->n_faults == FAULTS_MAX)
		return NULL;
	xdc_array_reserve((void **)&console->faults, console->n_faults, sizeof(*console->faults));
	added = &console->faults[console->n_faults++];
	*added = *fault;
	added->count = 1;
	added->since = parser->since;
	added->evidence = console->evidence;
	return added;
}

static void explain(struct parser *parser, const char *why)
{
	struct xdc_xen_fault *fault = &parser->console->faults[parser->unexplained - 1];

	fault->reason =
		xdc_arena_printf(parser->arena, "%s%s%s", fault->reason, *fault->reason ? ", " : "",
				 safe(parser, why, strlen(why)));
	parser->unexplained = 0;
}

/*
 * "[VT-D]DMAR:[DMA Read] Request device [0000:00:02.0] fault addr 7d93e000", up to 4.11 with
 * ", iommu reg = ..."; "[VT-D]INTR-REMAP: Request device [0000:f0:1f.0] fault index 5"; then
 * "[VT-D]DMAR: reason 06 - PTE Read access is not set".
 */
static bool take_vtd(struct parser *parser, const char *text)
{
	static const char request[] = " Request device [";
	struct xdc_xen_fault fault = { .iommu = "VT-d", .has_address = true };
	const char *dma = behind(text, "DMAR:["), *at = strstr(text, request), *number;
	const char *why = strstr(text, ": reason ");
	const struct xdc_xen_fault *added;

	if (parser->unexplained && why) {
		explain(parser, why + strlen(": "));
		return true;
	}
	parser->unexplained = 0;
	if (!at || (!dma && !xdc_text_starts_with(text, "INTR-REMAP:")))
		return false;
	fault.kind = dma ? XDC_XEN_FAULT_DMA : XDC_XEN_FAULT_INTERRUPT;
	fault.reason = dma ? safe(parser, dma, strcspn(dma, "]")) : "";
	fault.device = parse_sbdf(parser, at + strlen(request));
	number = strstr(at, dma ? "] fault addr " : "] fault index ");
	if (!fault.device || !number)
		return false;
	fault.address =
		strtoull(number + strlen(dma ? "] fault addr " : "] fault index "), NULL, 16);
	added = add(parser, &fault);
	if (added && added->count == 1)
		parser->unexplained = parser->console->n_faults;
	return true;
}

/* The range that AMD's IOMMUs take as interrupts, 40 bits; also printed sign-extended. */
static bool is_interrupt_range(uint64_t address)
{
	return ((address & 0xffffffffff) >> 24) == 0xfdf8;
}

/*
 * "IO_PAGE_FAULT: 0000:00:14.0 d0 addr 000000fdf8020150 flags 0x8 I"; up to 4.13 "IO_PAGE_FAULT:
 * domain = 0, device id = 0x2600, fault address = 0xfffffffdf8000000, flags = 0x8", without the
 * segment.
 */
static bool take_amd(struct parser *parser, const char *text)
{
	static const char id[] = ", device id = ", old_address[] = ", fault address = ";
	struct xdc_xen_fault fault = { .iommu = "AMD-Vi", .has_address = true };
	const char *old = strstr(text, id), *address = strstr(text, old ? old_address : " addr ");
	const char *flags = strstr(text, "flags ");

	if (!address)
		return false;
	if (old) {
		unsigned long bdf = strtoul(old + strlen(id), NULL, 0) & 0xffff;

		fault.device = xdc_arena_printf(parser->arena, "0000:%02lx:%02lx.%lu", bdf >> 8,
						bdf >> 3 & 0x1f, bdf & 7);
	} else {
		fault.device = parse_sbdf(parser, text);
	}
	if (!fault.device)
		return false;
	fault.address = strtoull(address + strlen(old ? old_address : " addr "), NULL, 16);
	fault.reason = flags ? safe(parser, flags, strlen(flags)) : "";
	fault.kind = is_interrupt_range(fault.address) ? XDC_XEN_FAULT_INTERRUPT_RANGE
						       : XDC_XEN_FAULT_DMA;
	add(parser, &fault);
	return true;
}

/* "/smmuv3@9050000: event ...": the node, and what is behind it in *@ret_text; NULL: none. */
static const char *take_node(const struct parser *parser, const char *text, const char **ret_text)
{
	const char *end = strstr(text, ": ");

	if (*text != '/' || !end)
		return NULL;
	*ret_text = end + 2;
	return safe(parser, text, (size_t)(end - text));
}

static uint64_t number_after(const char *text, const char *name, int base)
{
	const char *at = strstr(text, name);

	return at ? strtoull(at + strlen(name), NULL, base) : 0;
}

/* FSR.TF and FSR.PF: Arm SMMU architecture, version 2, SMMU_CBn_FSR. */
static const char *context_reason(const struct parser *parser, const char *text)
{
	uint64_t fsr = number_after(text, "fsr=", 16);
	const char *name = fsr & 2 ? " (translation fault)" : fsr & 8 ? " (permission fault)" : "";

	return xdc_arena_printf(parser->arena, "fsr 0x%llx%s", (unsigned long long)fsr, name);
}

/*
 * "Unhandled context fault: fsr=0x402, iova=0xf9030040, fsynr=0x12, cb=1" names no stream;
 * "Unexpected global fault, ..." is followed by "\tGFSR 0x..., GFSYNR0 0x..., GFSYNR1 0x...",
 * whose lower half is the stream ID.
 */
static bool take_smmu(struct parser *parser, const char *text)
{
	struct xdc_xen_fault fault = { .reason = "" };
	const char *message = "";

	fault.iommu = take_node(parser, text, &message);
	if (!fault.iommu)
		return false;
	if (xdc_text_starts_with(message, "Unhandled context fault: ")) {
		fault.address = number_after(message, "iova=", 16);
		fault.has_address = true;
		fault.reason = context_reason(parser, message);
		add(parser, &fault);
	} else if (xdc_text_starts_with(message, "Unexpected global fault")) {
		parser->pending = fault;
		parser->registers_left = true;
	} else if (parser->registers_left && strstr(message, "GFSYNR1 ") &&
		   strcmp(parser->pending.iommu, fault.iommu) == 0) {
		fault.stream_id = (uint32_t)number_after(message, "GFSYNR1 ", 16) & 0xffff;
		fault.has_stream_id = true;
		fault.reason =
			xdc_arena_printf(parser->arena, "global fault, GFSR 0x%llx",
					 (unsigned long long)number_after(message, "GFSR ", 16));
		parser->registers_left = false;
		add(parser, &fault);
	} else {
		return false;
	}
	return true;
}

/* "event 0x10 received:", then its four words: the stream ID is the upper half of the first. */
static bool take_smmuv3(struct parser *parser, const char *text)
{
	static const char begin[] = "event 0x";
	struct xdc_xen_fault fault = { .reason = "" };
	const char *message = "", *name;
	uint64_t word;

	fault.iommu = take_node(parser, text, &message);
	if (!fault.iommu)
		return false;
	if (xdc_text_starts_with(message, begin) && strstr(message, " received:")) {
		uint32_t type = (uint32_t)number_after(message, begin, 16);

		name = xdc_smmuv3_event_name(type);
		fault.reason =
			xdc_arena_printf(parser->arena, "event 0x%02x%s%s%s", type,
					 name ? " (" : "", name ? name : "", name ? ")" : "");
		fault.has_address = xdc_smmuv3_event_has_address(type);
		parser->pending = fault;
		parser->words_left = 4;
		return true;
	}
	message += strspn(message, " \t");
	if (!parser->words_left || strcmp(parser->pending.iommu, fault.iommu) != 0 ||
	    !xdc_text_starts_with(message, "0x"))
		return false;
	word = strtoull(message, NULL, 16);
	if (parser->words_left == 4)
		parser->pending.stream_id = (uint32_t)(word >> 32);
	else if (parser->words_left == 2)
		parser->pending.address = word;
	if (--parser->words_left == 0) {
		parser->pending.has_stream_id = true;
		add(parser, &parser->pending);
	}
	return true;
}

/* "/soc/iommu@e67b0000: d0: Unhandled fault: status 0x00000001 iova 0x7d93e000" */
static bool take_ipmmu(struct parser *parser, const char *text)
{
	struct xdc_xen_fault fault = { .has_address = true };
	const char *message = "", *at;

	fault.iommu = take_node(parser, text, &message);
	at = fault.iommu ? strstr(message, ": Unhandled fault: status 0x") : NULL;
	if (!at)
		return false;
	fault.address = number_after(at, " iova ", 16);
	fault.reason = xdc_arena_printf(parser->arena, "status 0x%llx",
					(unsigned long long)number_after(at, " status ", 16));
	return add(parser, &fault);
}

static void take(struct parser *parser, const char *text)
{
	static const struct {
		const char *prefix;
		bool (*take)(struct parser *parser, const char *text);
	} takers[] = {
		{ "[VT-D]", take_vtd },	   { "AMD-Vi: IO_PAGE_FAULT: ", take_amd },
		{ "smmu: ", take_smmu },   { "SMMUv3: ", take_smmuv3 },
		{ "ipmmu: ", take_ipmmu },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(takers); i++)
		if (xdc_text_starts_with(text, takers[i].prefix) &&
		    takers[i].take(parser, text + strlen(takers[i].prefix)))
			return;
	if (strcmp(text, "I/O virtualisation enabled") == 0)
		parser->console->io_virtualisation = XDC_YES;
	else if (strcmp(text, "I/O virtualisation disabled") == 0)
		parser->console->io_virtualisation = XDC_NO;
}

struct xdc_console *xdc_console_parse(struct xdc_arena *arena, char *text, const char *evidence)
{
	struct parser parser = {
		.arena = arena,
		.console = xdc_arena_alloc(arena, sizeof(struct xdc_console)),
		.since = "",
	};
	bool first = true;
	char *line;

	parser.console->io_virtualisation = XDC_UNKNOWN;
	parser.console->evidence = evidence;
	while ((line = xdc_text_next_line(&text))) {
		const char *own;

		line[strcspn(line, "\r")] = '\0';
		own = xdc_console_own_text(arena, line, &parser.since);
		if (own && xdc_text_starts_with(own, XDC_CONSOLE_START))
			parser.console->has_beginning = true;
		else if (own && !first)
			take(&parser, own);
		first = false;
	}
	return parser.console;
}

void xdc_console_clear(struct xdc_console *console)
{
	free(console->faults);
	console->faults = NULL;
	console->n_faults = 0;
}
