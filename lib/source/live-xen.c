/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "source/capabilities.h"
#include "source/helper-process.h"
#include "source/providers.h"

static const char ORIGIN[] = "xdc-xen";

/* What it may answer, and what it is to answer. */
static const char *const questions[] = { "xen", "xenstore", NULL };
static const char *const keys[] = {
	"xen",
	"xen:interfaces",
	"xen:version",
	"xen:physinfo",
	"xen:domains",
	"xen:console",
	"xenstore",
	"xenstore:/local/domain",
	"xenstore:/local/domain/0/backend",
	"xenstore:/tool/xenstored",
};

struct answer {
	bool summed_up[XDC_ARRAY_SIZE(questions)];
	bool answered[XDC_ARRAY_SIZE(keys)];
	xdc_emit_fn *emit;
	void *arg;
};

static void take(void *arg, const struct xdc_record *record)
{
	struct answer *answer = arg;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		if (strcmp(record->key, keys[i]) == 0)
			answer->answered[i] = true;
	for (size_t i = 0; questions[i]; i++)
		if (strcmp(record->key, questions[i]) == 0)
			answer->summed_up[i] = true;
	answer->emit(answer->arg, record);
}

/* The summary of each is its last record: what is not there then was left out on purpose. */
static bool is_settled(const struct answer *answer, const char *key)
{
	for (size_t i = 0; questions[i]; i++)
		if (answer->summed_up[i] && xdc_key_is_below(key, questions[i]))
			return true;
	return false;
}

struct xdc_xen_question {
	char milliseconds[16];
	const char *arguments[3];
	struct xdc_helper helper;
	struct xdc_helper_process *process;
};

struct xdc_xen_question *xdc_live_ask_xen(const struct xdc_live_options *options)
{
	unsigned int timeout = options->timeout_ms ? options->timeout_ms : XDC_HELPER_TIMEOUT_MS;
	struct xdc_xen_question *question = xdc_zalloc(sizeof(*question));

	snprintf(question->milliseconds, sizeof(question->milliseconds), "%u", timeout);
	question->arguments[0] = "all";
	question->arguments[1] = question->milliseconds;
	question->helper.path = options->helper ? options->helper : XDC_HELPER_PATH;
	question->helper.arguments = question->arguments;
	question->helper.keys = questions;
	/*
	 * What it opens is root's, and drivers/xen/privcmd.c asks for no capability. Before Linux
	 * 4.18 libxencall locks its buffers in memory.
	 */
	question->helper.capabilities = XDC_CAPABILITY(CAP_IPC_LOCK);
	question->helper.timeout_ms = timeout;
	question->process = xdc_helper_start(&question->helper);
	return question;
}

void xdc_live_answer(struct xdc_xen_question *question, xdc_emit_fn *emit, void *arg)
{
	struct answer answer = { .emit = emit, .arg = arg };
	xdc_autofree char *detail = NULL;
	enum xdc_status status = xdc_helper_finish(question->process, take, &answer, &detail);

	for (size_t i = 0; status != XDC_STATUS_OK && i < XDC_ARRAY_SIZE(keys); i++)
		if (!answer.answered[i] && !is_settled(&answer, keys[i]))
			xdc_emit(emit, arg, keys[i], ORIGIN, status, detail, NULL, 0);
	free(question);
}

void xdc_live_forget(struct xdc_xen_question *question)
{
	if (question)
		xdc_helper_stop(question->process);
	free(question);
}
