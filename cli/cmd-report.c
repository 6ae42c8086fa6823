/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "cli.h"

/* @now: the same machine without what is assumed; NULL where nothing is. */
static int render(const struct xdc_report *report, const struct xdc_report *now,
		  const struct cli_options *options, const struct xdc_column *const *columns,
		  size_t n_columns)
{
	const struct xdc_table_options table = {
		.columns = columns,
		.n_columns = n_columns,
		.devices = options->arguments,
		.n_devices = options->n_arguments,
		.all = options->all,
		.color = cli_use_color(options->color),
		.width = cli_terminal_width(),
	};

	if (options->format == CLI_FORMAT_JSON)
		return xdc_render_json(report, stdout);
	if (now && !options->dtb) {
		xdc_autocomparison struct xdc_comparison *change = xdc_compare(now, report);

		return xdc_render_change(change, &table, stdout);
	}
	return xdc_render_table(report, &table, stdout);
}

int cmd_report(const struct cli_options *options)
{
	xdc_autoreport struct xdc_report *report = NULL, *now = NULL;
	xdc_autofree const struct xdc_column **columns = NULL;
	xdc_autofree char *unknown = NULL;
	size_t n_columns;

	if (options->list_columns) {
		xdc_columns_list(stdout);
		return CLI_CLEAN;
	}
	if (xdc_columns_parse(options->output, &columns, &n_columns, &unknown) < 0) {
		cli_error("-o: there is no column '%s'; --list-columns lists them", unknown);
		return CLI_TROUBLE;
	}
	report = cli_make_report(options, &now);
	if (!report)
		return CLI_TROUBLE;
	for (size_t i = 0; i < options->n_arguments; i++)
		if (!cli_find_device(report, options->arguments[i]))
			return CLI_TROUBLE;
	/* An error on standard output is told when it is closed. */
	render(report, now, options, columns, n_columns);
	return cli_report_status(report, options);
}
