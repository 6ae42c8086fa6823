/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The configurations are read first, each in a helper of its own; then the host, or a recording
 * of one, where nothing can be opened any more.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "preflight/preflight.h"

/* What the files say, and what they are called: kept until the host's evidence is there. */
struct configs {
	const char *const *names;
	size_t count;
	struct xdc_evidence *evidence;
};

static void add_configs(struct xdc_source *source, struct xdc_evidence *evidence, void *arg)
{
	const struct configs *configs = arg;

	for (size_t i = 0; i < xdc_evidence_count(configs->evidence); i++)
		xdc_evidence_add(evidence, xdc_evidence_at(configs->evidence, i));
	xdc_preflight_collect(source, evidence, configs->names, configs->count);
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

static int run(const struct cli_options *given, void *arg)
{
	struct configs *configs = arg;
	struct cli_options options = *given;
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autopreflights struct xdc_preflights *flights = NULL;

	options.collect_more = add_configs;
	options.collect_arg = configs;
	report = cli_make_report(&options, NULL);
	if (!report)
		return CLI_TROUBLE;
	flights = xdc_preflight(report, configs->names, configs->count);
	/* An error on standard output is told when it is closed. */
	if (options.format == CLI_FORMAT_JSON) {
		xdc_render_preflight_json(flights, stdout);
	} else {
		const struct xdc_preflight_options how = {
			.verbose = options.verbose,
			.color = cli_use_color(options.color),
			.width = cli_terminal_width(),
		};

		xdc_render_preflight(flights, &how, stdout);
	}
	return status_of(flights, &options);
}

/* Reads the file @name as guest @index. */
static int read_config(const struct cli_options *options, const char *name, size_t index,
		       struct xdc_evidence *evidence)
{
	/* Not where this runs with more rights than whoever set it. */
	const struct xdc_live_options live = {
		.config_helper = secure_getenv("XDC_CONFIG_HELPER"),
		.timeout_ms = options->timeout * 1000 / 3,
	};
	xdc_autofree char *error = NULL;
	xdc_autoclose int fd = -1;
	char key[32];
	const struct xdc_record *record;

	if (xdc_user_file_open(name, &fd, &error) < 0) {
		cli_error("%s: %s", name, error);
		return CLI_TROUBLE;
	}
	xdc_guest_config(&live, fd, name, index, xdc_evidence_add, evidence);
	snprintf(key, sizeof(key), "guest:%zu", index);
	record = xdc_evidence_find(evidence, key);
	if (record && record->status == XDC_STATUS_TRUNCATED) {
		cli_error("%s: %s", name, record->detail);
		return CLI_TROUBLE;
	}
	return CLI_CLEAN;
}

int cmd_preflight(const struct cli_options *options)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	struct configs configs = { options->arguments, options->n_arguments, evidence };

	if (!options->n_arguments) {
		cli_error("preflight of which configuration? xen-dmacheck preflight GUEST.cfg...");
		return CLI_TROUBLE;
	}
	for (size_t i = 0; i < options->n_arguments; i++)
		if (read_config(options, options->arguments[i], i, evidence) != CLI_CLEAN)
			return CLI_TROUBLE;
	return cli_run_confined(options, run, &configs);
}
