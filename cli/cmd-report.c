/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static bool known_device(const struct xdc_report *report, const char *name)
{
	const char *path = xdc_text_starts_with(name, "/sys/") ? name + strlen("/sys") : name;

	for (size_t i = 0; i < report->model->n_devices; i++)
		if (strcmp(report->model->devices[i].name, name) == 0 ||
		    strcmp(report->model->devices[i].path, path) == 0)
			return true;
	return false;
}

static int check_devices(const struct xdc_report *report, const struct cli_options *options)
{
	int status = CLI_CLEAN;

	for (size_t i = 0; i < options->n_arguments; i++) {
		if (known_device(report, options->arguments[i]))
			continue;
		cli_error("%s: no such device; 'xen-dmacheck report --all' names them all",
			  options->arguments[i]);
		status = CLI_TROUBLE;
	}
	return status;
}

static int exit_status(const struct xdc_report *report, const struct cli_options *options)
{
	for (size_t i = 0; i < report->findings->count; i++)
		if (report->findings->items[i].severity >= options->fail_on)
			return CLI_FINDINGS;
	return xdc_evidence_incomplete(report->attributions) ? CLI_INCOMPLETE : CLI_CLEAN;
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
	return xdc_render_table(report, &table, stdout);
}

int cmd_report(const struct cli_options *options)
{
	xdc_autosource struct xdc_source *source = NULL;
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
	source = cli_open_source(options);
	if (!source)
		return CLI_TROUBLE;
	report = xdc_report_new(xdc_collect(source, options->observe));
	if (options->observe == XDC_OBSERVE_ALWAYS && report->model->observed != XDC_YES) {
		cli_error("the kernel could not be read: %s", report->model->observe_detail);
		return CLI_TROUBLE;
	}
	if (check_devices(report, options) != CLI_CLEAN)
		return CLI_TROUBLE;
	/* An error on standard output is told when it is closed. */
	render(report, options, columns, n_columns);
	return exit_status(report, options);
}
