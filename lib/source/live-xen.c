/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "source/helper-process.h"
#include "source/providers.h"

enum { KEYS_MAX = 8 };

static const char ORIGIN[] = "xdc-xen";

/* What one run of the helper is to answer; the first key is the summary. */
struct question {
	const char *const *keys; /* NULL ends them */
	bool answered[KEYS_MAX];
	xdc_emit_fn *emit;
	void *arg;
};

static void take(void *arg, const struct xdc_record *record)
{
	struct question *question = arg;

	for (size_t i = 0; question->keys[i]; i++)
		if (strcmp(record->key, question->keys[i]) == 0)
			question->answered[i] = true;
	question->emit(question->arg, record);
}

static void ask(const struct xdc_live_options *options, const char *command,
		const char *const *keys, xdc_emit_fn *emit, void *arg)
{
	unsigned int timeout = options->timeout_ms ? options->timeout_ms : XDC_HELPER_TIMEOUT_MS;
	struct question question = { .keys = keys, .emit = emit, .arg = arg };
	xdc_autofree char *detail = NULL;
	char milliseconds[16];
	const char *const arguments[] = { command, milliseconds, NULL };
	const struct xdc_helper helper = {
		.path = options->helper ? options->helper : XDC_HELPER_PATH,
		.arguments = arguments,
		.key = keys[0],
		.timeout_ms = timeout,
	};
	enum xdc_status status;

	snprintf(milliseconds, sizeof(milliseconds), "%u", timeout);
	status = xdc_helper_run(&helper, take, &question, &detail);
	if (status == XDC_STATUS_OK)
		return;
	for (size_t i = 0; keys[i]; i++)
		if (!question.answered[i])
			xdc_emit(emit, arg, keys[i], ORIGIN, status, detail, NULL, 0);
}

void xdc_live_hypervisor(const struct xdc_live_options *options, xdc_emit_fn *emit, void *arg)
{
	static const char *const keys[] = {
		"xen",	       "xen:interfaces", "xen:version", "xen:physinfo",
		"xen:domains", "xen:console",	 NULL,
	};

	ask(options, "hypervisor", keys, emit, arg);
}

void xdc_live_xenstore(const struct xdc_live_options *options, xdc_emit_fn *emit, void *arg)
{
	static const char *const keys[] = {
		"xenstore",
		"xenstore:/local/domain",
		"xenstore:/local/domain/0/backend",
		"xenstore:/tool/xenstored",
		NULL,
	};

	ask(options, "xenstore", keys, emit, arg);
}
