/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "cli.h"

static int run(const struct cli_options *options, void *arg)
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

int cmd_explain(const struct cli_options *options)
{
	if (!options->n_arguments) {
		cli_error("explain which device? 'xen-dmacheck report' names them");
		return CLI_TROUBLE;
	}
	return cli_run_confined(options, run, NULL);
}
