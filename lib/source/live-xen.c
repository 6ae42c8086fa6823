/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "source/capabilities.h"
#include "source/helper-process.h"
#include "source/providers.h"

enum { KEYS_MAX = 8 };

static const char ORIGIN[] = "xdc-xen";

/* What one run of the helper is to answer; the first key is the summary. */
struct answer {
	const char *const *keys; /* NULL ends them */
	bool answered[KEYS_MAX];
	xdc_emit_fn *emit;
	void *arg;
};

static void take(void *arg, const struct xdc_record *record)
{
	struct answer *answer = arg;

	for (size_t i = 0; answer->keys[i]; i++)
		if (strcmp(record->key, answer->keys[i]) == 0)
			answer->answered[i] = true;
	answer->emit(answer->arg, record);
}

struct xdc_xen_question {
	const char *const *keys;
	char milliseconds[16];
	const char *arguments[3];
	struct xdc_helper helper;
	struct xdc_helper_process *process;
};

static struct xdc_xen_question *ask(const struct xdc_live_options *options, const char *command,
				    const char *const *keys)
{
	unsigned int timeout = options->timeout_ms ? options->timeout_ms : XDC_HELPER_TIMEOUT_MS;
	struct xdc_xen_question *question = xdc_zalloc(sizeof(*question));

	snprintf(question->milliseconds, sizeof(question->milliseconds), "%u", timeout);
	question->keys = keys;
	question->arguments[0] = command;
	question->arguments[1] = question->milliseconds;
	question->helper.path = options->helper ? options->helper : XDC_HELPER_PATH;
	question->helper.arguments = question->arguments;
	question->helper.key = keys[0];
	/*
	 * What it opens is root's, and drivers/xen/privcmd.c asks for no capability. Before Linux
	 * 4.18 libxencall locks its buffers in memory.
	 */
	question->helper.capabilities = XDC_CAPABILITY(CAP_IPC_LOCK);
	question->helper.timeout_ms = timeout;
	question->process = xdc_helper_start(&question->helper);
	return question;
}

struct xdc_xen_question *xdc_live_ask_hypervisor(const struct xdc_live_options *options)
{
	static const char *const keys[] = {
		"xen",	       "xen:interfaces", "xen:version", "xen:physinfo",
		"xen:domains", "xen:console",	 NULL,
	};

	return ask(options, "hypervisor", keys);
}

struct xdc_xen_question *xdc_live_ask_xenstore(const struct xdc_live_options *options)
{
	static const char *const keys[] = {
		"xenstore",
		"xenstore:/local/domain",
		"xenstore:/local/domain/0/backend",
		"xenstore:/tool/xenstored",
		NULL,
	};

	return ask(options, "xenstore", keys);
}

void xdc_live_answer(struct xdc_xen_question *question, xdc_emit_fn *emit, void *arg)
{
	struct answer answer = { .keys = question->keys, .emit = emit, .arg = arg };
	xdc_autofree char *detail = NULL;
	enum xdc_status status = xdc_helper_finish(question->process, take, &answer, &detail);

	for (size_t i = 0; status != XDC_STATUS_OK && answer.keys[i]; i++)
		if (!answer.answered[i])
			xdc_emit(emit, arg, answer.keys[i], ORIGIN, status, detail, NULL, 0);
	free(question);
}

void xdc_live_forget(struct xdc_xen_question *question)
{
	if (question)
		xdc_helper_stop(question->process);
	free(question);
}
