/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/kernel-log.h"

enum {
	FAILURES_MAX = 1024,
	EVENTS_MAX = 256,
	NVME_MAX = 256,
};

/* A message: its text, and the device that dev_printk() tied it to ("" where none). */
struct message {
	char *text;
	const char *device; /* "+pci:0000:00:02.0", "c10:125", as DEVICE= has it */
};

/* "nvme nvme0: pci function 0000:00:02.0": the controller's name in later messages. */
struct nvme {
	const char *controller;
	const char *function;
};

struct parser {
	struct xdc_arena *arena;
	const char *evidence;
	struct xdc_kernel_log *log;
	struct xdc_mask_reader *masks;
	struct nvme nvme[NVME_MAX];
	size_t n_nvme;
	/* An SMMUv3 event is followed by its words, one message each, of the same device. */
	struct xdc_iommu_event event;
	unsigned int words_left;
};

static const char *event_names[] = {
	[0x02] = "C_BAD_STREAMID", [0x03] = "F_STE_FETCH",   [0x04] = "C_BAD_STE",
	[0x0a] = "C_BAD_CD",	   [0x10] = "F_TRANSLATION", [0x11] = "F_ADDR_SIZE",
	[0x12] = "F_ACCESS",	   [0x13] = "F_PERMISSION",
};

const char *xdc_smmuv3_event_name(uint32_t type)
{
	return type < XDC_ARRAY_SIZE(event_names) ? event_names[type] : NULL;
}

bool xdc_smmuv3_event_has_address(uint32_t type)
{
	return type == 0x01 || type == 0x05 || type == 0x07 || type == 0x0b ||
	       (type >= 0x10 && type <= 0x13) || type == 0x20;
}

/*
 * "+pci:0000:00:02.0" is "0000:00:02.0"; a device number names no device of a bus. Where the
 * log has kept no DEVICE= (kern.log), the text begins with it: "ahci 0000:00:02.0: ..."
 * (drivers/base/core.c, __dev_printk()).
 */
static const char *device_name(const struct parser *parser, const struct message *message)
{
	const char *colon = message->device[0] == '+' ? strchr(message->device, ':') : NULL;
	const char *name = message->text + strcspn(message->text, " ");
	size_t length;

	if (*message->device)
		return colon ? colon + 1 : NULL;
	name += *name == ' ';
	length = strcspn(name, " ");
	if (length < 2 || name[length - 1] != ':' ||
	    memchr(message->text, ':', (size_t)(name - message->text)))
		return NULL;
	return xdc_arena_memdup(parser->arena, name, length - 1);
}

static void add_failure(struct parser *parser, const char *device, const struct message *message,
			long error)
{
	struct xdc_kernel_log *log = parser->log;

	if (log->n_failures == FAILURES_MAX)
		return;
	xdc_array_reserve((void **)&log->failures, log->n_failures, sizeof(*log->failures));
	log->failures[log->n_failures++] = (struct xdc_probe_failure){
		.device = xdc_text_escaped(parser->arena, device, strlen(device)),
		.text = xdc_text_escaped(parser->arena, message->text, strlen(message->text)),
		.evidence = parser->evidence,
		.error = error,
	};
}

/* The number behind @before in @text; 0 where there is none. */
static long number_after(const char *text, const char *before)
{
	const char *at = strstr(text, before);

	return at ? strtol(at + strlen(before), NULL, 10) : 0;
}

/* drivers/base/dd.c, really_probe(): the form changed in 6.9. */
static bool take_driver_core(struct parser *parser, const struct message *message)
{
	const char *text = message->text;
	const char *at = strstr(text, ": probe of ");
	const char *device = device_name(parser, message);

	/* "rejects match" is a driver that declines, which is no failure. */
	if (!strstr(text, " failed with error "))
		return false;
	if (at) {
		char *name = xdc_arena_strdup(parser->arena, at + strlen(": probe of "));

		name[strcspn(name, " ")] = '\0';
		add_failure(parser, name, message, number_after(text, " failed with error "));
		return true;
	}
	if (device && strstr(text, "probe with driver ")) {
		add_failure(parser, device, message, number_after(text, " failed with error "));
		return true;
	}
	return false;
}

/*
 * drivers/nvme/host/pci.c probes in the background, so the driver core sees no error: the
 * driver lets go of the function itself and says so under the controller's name.
 */
static bool take_nvme(struct parser *parser, const struct message *message)
{
	static const char function[] = ": pci function ";
	static const char *const given_up[] = {
		": Removing after probe failure",
		": Disabling device after reset failure",
	};
	char *text = message->text;
	const char *at = strstr(text, function);
	size_t length;

	if (!xdc_text_starts_with(text, "nvme "))
		return false;
	text += strlen("nvme ");
	length = strcspn(text, ":");
	if (at && parser->n_nvme < NVME_MAX) {
		parser->nvme[parser->n_nvme++] = (struct nvme){
			.controller = xdc_arena_memdup(parser->arena, text, length),
			.function = xdc_arena_strdup(parser->arena, at + strlen(function)),
		};
		return true;
	}
	for (size_t i = 0; i < XDC_ARRAY_SIZE(given_up); i++) {
		if (!xdc_text_starts_with(text + length, given_up[i]))
			continue;
		/* The last one of that name: it may have been probed before. */
		for (size_t n = parser->n_nvme; n-- > 0;) {
			if (strncmp(parser->nvme[n].controller, text, length) == 0 &&
			    !parser->nvme[n].controller[length]) {
				add_failure(parser, parser->nvme[n].function, message,
					    number_after(text, "status: "));
				break;
			}
		}
		return true;
	}
	return false;
}

static void keep_event(struct parser *parser)
{
	struct xdc_kernel_log *log = parser->log;

	for (size_t i = 0; i < log->n_events; i++) {
		if (log->events[i].stream_id == parser->event.stream_id &&
		    strcmp(log->events[i].iommu, parser->event.iommu) == 0) {
			log->events[i].count++;
			return;
		}
	}
	if (log->n_events == EVENTS_MAX)
		return;
	xdc_array_reserve((void **)&log->events, log->n_events, sizeof(*log->events));
	parser->event.count = 1;
	log->events[log->n_events++] = parser->event;
}

/*
 * "event 0x10 received:" and the event's four words, each a message of the same device: the
 * stream ID is the upper half of the first, the input address the third (SMMUv3
 * architecture, "Event queue entries").
 */
static bool take_smmuv3(struct parser *parser, const struct message *message)
{
	static const char begin[] = "event 0x";
	const char *at = strstr(message->text, begin);
	const char *device = device_name(parser, message);
	unsigned long long word;

	if (at && strstr(at, " received:")) {
		parser->event = (struct xdc_iommu_event){
			.type = (uint32_t)strtoul(at + strlen("event "), NULL, 16),
			.evidence = parser->evidence,
			.iommu = device ? xdc_text_escaped(parser->arena, device, strlen(device))
					: "",
		};
		parser->words_left = 4;
		return true;
	}
	at = parser->words_left ? strstr(message->text, "\t0x") : NULL;
	if (!at || (device && strcmp(device, parser->event.iommu) != 0))
		return false;
	word = strtoull(at + 1, NULL, 16);
	if (parser->words_left == 4)
		parser->event.stream_id = (uint32_t)(word >> 32);
	else if (parser->words_left == 2)
		parser->event.address = word;
	if (--parser->words_left == 0)
		keep_event(parser);
	return true;
}

/*
 * "software IO TLB: mapped [mem 0x...-0x...] (64MB)": kernel/dma/swiotlb.c,
 * swiotlb_print_info(), Linux 5.4 to 7.1.
 */
static bool take_pool(struct parser *parser, const struct message *message)
{
	static const char begin[] = "software IO TLB: mapped [mem ";
	const char *dash;

	if (!xdc_text_starts_with(message->text, begin))
		return false;
	dash = strchr(message->text, '-');
	if (dash)
		parser->log->pool_end = strtoull(dash + 1, NULL, 16);
	return true;
}

static void take(struct parser *parser, const struct message *message)
{
	(void)(take_pool(parser, message) || take_smmuv3(parser, message) ||
	       take_driver_core(parser, message) || take_nvme(parser, message));
	xdc_mask_reader_take(parser->masks, message->text, device_name(parser, message));
}

struct xdc_kernel_log *xdc_kernel_log_parse(struct xdc_arena *arena, char *text,
					    const char *evidence)
{
	xdc_autofree struct parser *parser = xdc_zalloc(sizeof(*parser));
	xdc_autofree struct xdc_mask_reader *masks = xdc_mask_reader_new(arena, evidence);
	struct message message = { NULL, "" };
	char *line;

	parser->arena = arena;
	parser->evidence = evidence;
	parser->masks = masks;
	parser->log = xdc_arena_alloc(arena, sizeof(*parser->log));
	/* A record is "priority,sequence,time,flags;text" and lines of " KEY=value" behind. */
	while ((line = xdc_text_next_line(&text))) {
		char *semicolon = line[0] == ' ' ? NULL : strchr(line, ';');

		if (xdc_text_starts_with(line, " DEVICE=")) {
			message.device = line + strlen(" DEVICE=");
		} else if (semicolon) {
			if (message.text)
				take(parser, &message);
			message = (struct message){ semicolon + 1, "" };
			/* Tabs and the like come as \x09. */
			xdc_text_unescape(message.text, NULL);
		}
	}
	if (message.text)
		take(parser, &message);
	parser->log->mask_warnings = xdc_mask_reader_warnings(masks, &parser->log->n_mask_warnings);
	return parser->log;
}

void xdc_kernel_log_clear(struct xdc_kernel_log *log)
{
	free(log->failures);
	free(log->events);
	free(log->mask_warnings);
	*log = (struct xdc_kernel_log){ 0 };
}

static struct xdc_iommu_event *find_event(const struct xdc_kernel_log *log,
					  const struct xdc_iommu_event *event)
{
	for (size_t i = 0; i < log->n_events; i++)
		if (log->events[i].stream_id == event->stream_id &&
		    strcmp(log->events[i].iommu, event->iommu) == 0)
			return &log->events[i];
	return NULL;
}

/* What has the whole boot has the first of them, and at least as many as the ring. */
static void merge_event(struct xdc_kernel_log *log, const struct xdc_iommu_event *older)
{
	struct xdc_iommu_event *known = find_event(log, older);

	if (known) {
		if (older->count >= known->count)
			*known = *older;
		return;
	}
	xdc_array_reserve((void **)&log->events, log->n_events, sizeof(*log->events));
	log->events[log->n_events++] = *older;
}

void xdc_kernel_log_merge(struct xdc_kernel_log *log, struct xdc_kernel_log *older)
{
	for (size_t i = 0; i < log->n_failures; i++) {
		xdc_array_reserve((void **)&older->failures, older->n_failures,
				  sizeof(*older->failures));
		older->failures[older->n_failures++] = log->failures[i];
	}
	for (size_t i = 0; i < older->n_events; i++)
		merge_event(log, &older->events[i]);
	/* Both have the ring's: what has the whole boot has at least as many. */
	if (older->n_mask_warnings >= log->n_mask_warnings) {
		struct xdc_mask_warning *rings = log->mask_warnings;

		log->mask_warnings = older->mask_warnings;
		log->n_mask_warnings = older->n_mask_warnings;
		older->mask_warnings = rings;
	}
	if (!log->pool_end)
		log->pool_end = older->pool_end;
	free(log->failures);
	log->failures = older->failures;
	log->n_failures = older->n_failures;
	older->failures = NULL;
	xdc_kernel_log_clear(older);
}
