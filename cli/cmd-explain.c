/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an argument is, is asked in this order: "-", an ID, a file that is there, a device. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli.h"

static bool is_id(const char *argument)
{
	return strncasecmp(argument, "XDC-", strlen("XDC-")) == 0;
}

static int explain_devices(const struct cli_options *options, void *arg)
{
	xdc_autoreport struct xdc_report *report = cli_make_report(options, NULL);

	(void)arg;
	if (!report)
		return CLI_TROUBLE;
	for (size_t i = 0; i < options->n_arguments; i++) {
		const struct xdc_device *device = cli_find_device(report, options->arguments[i]);

		if (!device)
			return CLI_TROUBLE;
		if (i)
			fputc('\n', stdout);
		xdc_render_explanation(report, device, cli_terminal_width(), stdout);
	}
	return cli_report_status(report, options);
}

static int explain_ids(const struct cli_options *options)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = cli_catalogue(options, false);
	int status = CLI_CLEAN;

	if (!catalogue)
		return CLI_TROUBLE;
	for (size_t i = 0; i < options->n_arguments && status == CLI_CLEAN; i++) {
		if (i)
			fputc('\n', stdout);
		status = cli_tell_entry(catalogue, options->arguments[i], options);
	}
	return catalogue->n_errors ? CLI_TROUBLE : status;
}

int cmd_explain(const struct cli_options *options)
{
	size_t ids = 0, logs = 0;

	for (size_t i = 0; i < options->n_arguments; i++) {
		if (is_id(options->arguments[i]))
			ids++;
		else if (cli_is_log(options->arguments[i]))
			logs++;
	}
	if (logs == options->n_arguments)
		return cli_explain_logs(options);
	if (ids == options->n_arguments)
		return explain_ids(options);
	if (ids || logs) {
		cli_error("give only devices, only IDs or only logs");
		return CLI_TROUBLE;
	}
	if (options->format == CLI_FORMAT_JSON) {
		cli_error(
			"a device is explained for people only; 'report --format=json' has it all");
		return CLI_TROUBLE;
	}
	return cli_run_confined(options, explain_devices, NULL);
}
