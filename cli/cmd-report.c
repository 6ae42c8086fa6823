/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "cli.h"

/* The same machine without the assumptions. */
static int render_change(const struct xdc_report *then, const struct cli_options *options,
			 const struct xdc_table_options *table)
{
	struct cli_options as_it_is = *options;
	xdc_autoreport struct xdc_report *now = NULL;

	as_it_is.assume = NULL;
	now = cli_make_report(&as_it_is);
	return now ? xdc_render_change(now, then, table, stdout) : -1;
}

static int render(const struct xdc_report *report, const struct cli_options *options,
		  const struct xdc_column *const *columns, size_t n_columns)
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
	if (options->assume && !options->dtb)
		return render_change(report, options, &table);
	return xdc_render_table(report, &table, stdout);
}

int cmd_report(const struct cli_options *options)
{
	xdc_autoreport struct xdc_report *report = NULL;
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
	report = cli_make_report(options);
	if (!report)
		return CLI_TROUBLE;
	for (size_t i = 0; i < options->n_arguments; i++)
		if (!cli_find_device(report, options->arguments[i]))
			return CLI_TROUBLE;
	/* An error on standard output is told when it is closed. */
	render(report, options, columns, n_columns);
	return cli_report_status(report, options);
}
