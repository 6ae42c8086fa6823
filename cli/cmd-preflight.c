/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The configurations are opened first, and read in a helper each while the host is looked at. A
 * recording is looked at where nothing can be opened any more: then they are read before it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "preflight/preflight.h"

enum { AHEAD = 4 }; /* so many helpers at a time */

struct configs {
	const char *const *names;
	size_t count;
	struct xdc_guest_config **reading;
	size_t started;
	size_t finished;
	struct xdc_live_options live;
	struct xdc_evidence *evidence; /* what the files say */
	struct xdc_evidence *host;     /* that, and what the host says */
	enum xdc_observe observe;
	bool trouble; /* with one of the files: an error was printed */
};

/* Opens the next file, and begins to read it. */
static void start_one(struct configs *configs)
{
	const size_t index = configs->started;
	const char *name = configs->names[index], *why;
	xdc_autofree char *error = NULL;
	xdc_autoclose int fd = -1;

	if (xdc_user_file_open(name, &fd, &error) < 0) {
		cli_error("%s: %s", name, error);
		configs->trouble = true;
		return;
	}
	configs->reading[configs->started++] =
		xdc_guest_config_start(&configs->live, fd, name, index);
	if (xdc_guest_config_read(configs->reading[index], &why) == XDC_STATUS_OK)
		return;
	cli_error("%s: %s", name, why);
	configs->trouble = true;
}

static void start_some(struct configs *configs)
{
	while (!configs->trouble && configs->started < configs->count &&
	       configs->started < configs->finished + AHEAD)
		start_one(configs);
}

static void finish_all(struct configs *configs)
{
	while (configs->finished < configs->started) {
		xdc_guest_config_finish(configs->reading[configs->finished++], xdc_evidence_add,
					configs->evidence);
		start_some(configs);
	}
}

static void add_configs(struct xdc_source *source, struct xdc_evidence *evidence, void *arg)
{
	struct configs *configs = arg;

	finish_all(configs);
	if (configs->trouble)
		return;
	for (size_t i = 0; i < xdc_evidence_count(configs->evidence); i++)
		xdc_evidence_add(evidence, xdc_evidence_at(configs->evidence, i));
	xdc_preflight_collect(source, evidence, configs->names, configs->count);
	if (configs->observe == XDC_OBSERVE_ALWAYS)
		xdc_collect_dma_state(source, evidence);
}

static int status_of(const struct xdc_preflights *flights, const struct cli_options *options)
{
	enum xdc_outcome worst = XDC_OUTCOME_PASS;

	for (size_t i = 0; i < flights->count; i++)
		if (flights->items[i].result > worst)
			worst = flights->items[i].result;
	if (worst == XDC_OUTCOME_FAIL)
		return CLI_FINDINGS;
	/* What could not be told is no less than a warning. */
	if (options->strict && worst >= XDC_OUTCOME_WARNING)
		return CLI_FINDINGS;
	return worst == XDC_OUTCOME_UNKNOWN ? CLI_INCOMPLETE : CLI_CLEAN;
}

static void tell(const struct xdc_preflights *flights, const struct cli_options *options)
{
	const struct xdc_preflight_options how = {
		.verbose = options->verbose,
		.color = cli_use_color(options->color),
		.width = cli_terminal_width(),
	};

	/* An error on standard output is told when it is closed. */
	if (options->format == CLI_FORMAT_JSON)
		xdc_render_preflight_json(flights, stdout);
	else
		xdc_render_preflight(flights, &how, stdout);
}

/* No exit status: the running kernel has to tell before anything can be said. */
enum { UNSETTLED = 100 };

/* Takes configs->host over. */
static int judge(const struct cli_options *options, void *arg)
{
	struct configs *configs = arg;
	xdc_autoreport struct xdc_report *report = cli_report_on(options, configs->host, NULL);
	xdc_autopreflights struct xdc_preflights *flights = NULL;

	if (!report)
		return CLI_TROUBLE;
	flights = xdc_preflight(report, configs->names, configs->count);
	if (configs->observe == XDC_OBSERVE_AUTO && !xdc_preflight_settled(flights))
		return UNSETTLED;
	tell(flights, options);
	return status_of(flights, options);
}

/* What the running kernel holds: for what has its rights still. */
static void observe(struct xdc_evidence *host)
{
	xdc_autosource struct xdc_source *source = xdc_source_live(NULL);

	xdc_collect_dma_state(source, host);
}

/* Where that may be asked for, it is first judged apart whether it has to be. */
static int run(const struct cli_options *given, void *arg)
{
	struct configs *configs = arg;
	struct cli_options options = *given;
	xdc_autoevidence struct xdc_evidence *host = NULL;
	int status = UNSETTLED;

	options.for_guests = true;
	options.collect_more = add_configs;
	options.collect_arg = configs;
	host = cli_collect(&options);
	configs->host = host;
	if (!host || configs->trouble)
		return CLI_TROUBLE;
	if (configs->observe == XDC_OBSERVE_AUTO) {
		status = cli_run_apart(&options, judge, configs);
		if (status != UNSETTLED)
			return status;
		observe(host);
		configs->observe = XDC_OBSERVE_ALWAYS;
	}
	host = NULL;
	return judge(&options, configs);
}

int cmd_preflight(const struct cli_options *options)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree struct xdc_guest_config **reading =
		xdc_zalloc((options->n_arguments + 1) * sizeof(*reading));
	struct configs configs = {
		.names = options->arguments,
		.count = options->n_arguments,
		.reading = reading,
		.evidence = evidence,
		.observe = options->observe,
		/* Not where this runs with more rights than whoever set it. */
		.live.config_helper = secure_getenv("XDC_CONFIG_HELPER"),
		.live.timeout_ms = options->timeout * 1000 / 3,
	};
	xdc_autofree char *directory =
		options->from || options->root || options->dtb ? NULL : getcwd(NULL, 0);
	int status = CLI_TROUBLE;

	configs.live.directory = directory;
	if (!options->n_arguments) {
		cli_error("preflight of which configuration? xen-dmacheck preflight GUEST.cfg...");
		return CLI_TROUBLE;
	}
	/* What is recorded costs nothing to read; the running kernel is none that is assumed. */
	if (configs.observe == XDC_OBSERVE_AUTO && (options->from || options->root || options->dtb))
		configs.observe = XDC_OBSERVE_ALWAYS;
	else if (configs.observe == XDC_OBSERVE_AUTO && options->assume)
		configs.observe = XDC_OBSERVE_NEVER;
	start_some(&configs);
	if (options->from)
		finish_all(&configs);
	if (!configs.trouble)
		status = cli_run_confined(options, run, &configs);
	finish_all(&configs);
	return status;
}
