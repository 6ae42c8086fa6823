/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/mask-warnings.h"

enum {
	WARNINGS_MAX = 64,
	FUNCTIONS_MAX = 32, /* of a call trace */
	NAME_BYTES = 64,
	/* How many messages behind a trace may still be about it. */
	PATIENCE = 8,
};

struct xdc_mask_reader {
	struct xdc_arena *arena;
	const char *evidence;
	struct xdc_mask_warning warnings[WARNINGS_MAX];
	size_t count;
	size_t open;	   /* those from here on have no device yet, and are of one task */
	long task;	   /* of the open ones */
	bool ambiguous;	   /* another task's came between: what follows may be of either */
	bool in_warning;   /* before its end */
	bool in_trace;	   /* behind "Call trace:" */
	unsigned int left; /* messages behind the end that are still looked at */
	char functions[FUNCTIONS_MAX][NAME_BYTES];
	size_t n_functions;
};

struct xdc_mask_reader *xdc_mask_reader_new(struct xdc_arena *arena, const char *evidence)
{
	struct xdc_mask_reader *reader = xdc_zalloc(sizeof(*reader));

	reader->arena = arena;
	reader->evidence = evidence;
	return reader;
}

static bool is_warning(const char *text)
{
	return strstr(text, "WARNING: ") && strstr(text, "kernel/dma/mapping.c:") &&
	       (strstr(text, "dma_supported") || strstr(text, "dma_set_mask"));
}

/*
 * "WARNING: CPU: 0 PID: 47 at ..." (up to 6.17), "..., CPU#0: swapper/0/1" (6.18 and later):
 * kernel/panic.c, __warn(). -1 where there is no such number.
 */
static long task_of(const char *text)
{
	const char *pid = strstr(text, "PID: ");
	const char *slash = strrchr(text, '/');

	if (pid)
		return strtol(pid + strlen("PID: "), NULL, 10);
	return strstr(text, "CPU#") && slash ? strtol(slash + 1, NULL, 10) : -1;
}

static void begin(struct xdc_mask_reader *reader, const char *text)
{
	long task = task_of(text);
	bool none_open = !reader->left && !reader->in_warning;

	if (none_open) {
		reader->open = reader->count;
		reader->ambiguous = false;
	}
	/* The 64-bit mask and then the 32-bit one are refused to the same device. */
	if (!none_open && task != reader->task)
		reader->ambiguous = true;
	reader->task = task;
	reader->in_warning = true;
	reader->in_trace = false;
	reader->n_functions = 0;
	if (reader->count < WARNINGS_MAX)
		reader->warnings[reader->count++] = (struct xdc_mask_warning){
			.text = xdc_text_escaped(reader->arena, text, strlen(text)),
			.evidence = reader->evidence,
		};
}

/* " nvme_probe+0x498/0x840 [nvme]"; on x86, "? " stands before what may be stale. */
static void take_function(struct xdc_mask_reader *reader, const char *text)
{
	const char *name = text + strspn(text, " ");
	size_t length = strcspn(name, "+");
	char *function;

	if (!name[length] || *name == '?' || strcspn(name, " ") < length || length >= NAME_BYTES ||
	    reader->n_functions == FUNCTIONS_MAX)
		return;
	function = reader->functions[reader->n_functions++];
	memcpy(function, name, length);
	function[length] = '\0';
	if (!xdc_text_starts_with(function, "dma_") && !reader->warnings[reader->count - 1].caller)
		reader->warnings[reader->count - 1].caller =
			xdc_text_escaped(reader->arena, function, length);
}

/* Whether a function of the trace is the driver's: "virtio-pci" has virtio_pci_probe(). */
static bool is_traced(const struct xdc_mask_reader *reader, const char *driver, size_t length)
{
	for (size_t i = 0; i < reader->n_functions; i++) {
		const char *function = reader->functions[i];
		size_t n = 0;

		while (n < length && function[n] == (driver[n] == '-' ? '_' : driver[n]))
			n++;
		if (n && n == length && function[n] == '_')
			return true;
	}
	return false;
}

/* The device that "DRIVER DEVICE: text" is about, of the arena; NULL: none, or another's. */
static const char *named(const struct xdc_mask_reader *reader, const char *text, const char *device)
{
	/* The controller is no device of a bus; it says which function is its. */
	static const char nvme[] = ": pci function ";
	size_t driver = strcspn(text, " ");
	const char *name = text[driver] ? text + driver + 1 : "";
	size_t length = strcspn(name, " ");

	if (length < 2 || name[length - 1] != ':' || !is_traced(reader, text, driver))
		return NULL;
	if (xdc_text_starts_with(text, "nvme ") && strstr(text, nvme))
		device = strstr(text, nvme) + strlen(nvme);
	else if (!device || strncmp(device, name, length - 1) != 0 || device[length - 1])
		return NULL;
	return xdc_text_escaped(reader->arena, device, strlen(device));
}

static void take_answer(struct xdc_mask_reader *reader, const char *text, const char *device)
{
	const char *name = reader->ambiguous ? NULL : named(reader, text, device);

	reader->left--;
	if (!name)
		return;
	for (size_t i = reader->open; i < reader->count; i++)
		reader->warnings[i].device = name;
	reader->left = 0;
}

void xdc_mask_reader_take(struct xdc_mask_reader *reader, const char *text, const char *device)
{
	if (is_warning(text)) {
		begin(reader, text);
	} else if (reader->in_warning && xdc_text_starts_with(text, "---[ end trace")) {
		reader->in_warning = false;
		reader->left = PATIENCE;
	} else if (reader->in_warning && reader->in_trace) {
		take_function(reader, text);
	} else if (reader->in_warning) {
		reader->in_trace = xdc_text_starts_with(text, "Call trace:") ||
				   xdc_text_starts_with(text, "Call Trace:");
	} else if (reader->left) {
		take_answer(reader, text, device);
	}
}

struct xdc_mask_warning *xdc_mask_reader_warnings(const struct xdc_mask_reader *reader,
						  size_t *ret_count)
{
	struct xdc_mask_warning *items = NULL;

	for (size_t i = 0; i < reader->count; i++) {
		xdc_array_reserve((void **)&items, i, sizeof(*items));
		items[i] = reader->warnings[i];
	}
	*ret_count = reader->count;
	return items;
}
