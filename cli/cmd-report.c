/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

/* @now: the same machine without what is assumed; NULL where nothing is. */
static int render(const struct xdc_report *report, const struct xdc_report *now,
		  const struct cli_options *options, const struct xdc_column *const *columns,
		  size_t n_columns, FILE *out)
{
	const bool on_terminal = out == stdout;
	const struct xdc_table_options table = {
		.columns = columns,
		.n_columns = n_columns,
		.devices = options->arguments,
		.n_devices = options->n_arguments,
		.all = options->all,
		.color = on_terminal ? cli_use_color(options->color) : options->color == CLI_ALWAYS,
		.width = on_terminal ? cli_terminal_width() : 0,
	};
	const char *source = cli_source_name(options);
	const bool is_live = !options->from && !options->root && !options->dtb;

	switch (options->format) {
	case CLI_FORMAT_JSON:
		return xdc_render_json(report, out);
	case CLI_FORMAT_JSONL:
		return xdc_render_jsonl(report, source, &table, out);
	case CLI_FORMAT_OPENMETRICS:
		return xdc_render_metrics(report, is_live ? NULL : source, &table, out);
	case CLI_FORMAT_TABLE:
		break;
	}
	if (now && !options->dtb) {
		xdc_autocomparison struct xdc_comparison *change = xdc_compare(now, report);

		xdc_render_change(change, &table, out);
	} else {
		xdc_render_table(report, &table, out);
	}
	if (report->confinement)
		xdc_render_confinement(report->confinement, table.width, out);
	return ferror(out) ? -EIO : 0;
}

/* What one report is written with; the columns are read before anything else is. */
struct output {
	const struct xdc_column **columns;
	size_t n_columns;
	FILE *file;
};

static int run(const struct cli_options *options, void *arg)
{
	const struct output *output = arg;
	xdc_autoreport struct xdc_report *now = NULL;
	xdc_autoreport struct xdc_report *report = cli_make_report(options, &now);

	if (!report)
		return CLI_TROUBLE;
	if (options->verbose)
		report->confinement = cli_confinement();
	cli_tell_errors(report->catalogue);
	for (size_t i = 0; i < options->n_arguments; i++)
		if (!cli_find_device(report, options->arguments[i]))
			return CLI_TROUBLE;
	/* An error on standard output is told when it is closed. */
	render(report, now, options, output->columns, output->n_columns, output->file);
	if (output->file != stdout && (fflush(output->file) == EOF || ferror(output->file))) {
		cli_error("%s: %s", options->to, strerror(errno));
		return CLI_TROUBLE;
	}
	return cli_report_status(report, options);
}

static int report_one(const struct cli_options *options, FILE *out)
{
	struct output output = { NULL, 0, out };
	xdc_autofree char *unknown = NULL;
	int status;

	if (xdc_columns_parse(options->output, &output.columns, &output.n_columns, &unknown) < 0) {
		cli_error("-o: there is no column '%s'; --list-columns lists them", unknown);
		return CLI_TROUBLE;
	}
	status = cli_run_confined(options, run, &output);
	free(output.columns);
	return status;
}

static int report_to(const struct cli_options *options, FILE *out, bool *ret_whole)
{
	int status;

	if (cli_names_several(options))
		return cli_report_fleet(options, out, ret_whole);
	status = report_one(options, out);
	*ret_whole = status != CLI_TROUBLE;
	return status;
}

static bool can_be_verbose(const struct cli_options *options)
{
	if (!cli_names_several(options) &&
	    (options->format == CLI_FORMAT_TABLE || options->format == CLI_FORMAT_JSON))
		return true;
	cli_error("--verbose tells of one report, as a table or as JSON");
	return false;
}

/* A device or pipe must not give way to a file. */
static bool may_replace(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0 || S_ISREG(st.st_mode))
		return true;
	cli_error("--to: %s is there, and is no regular file", path);
	return false;
}

/* As for any file that a shell makes: what root is told is not for all to read, metrics are. */
static mode_t output_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

int cmd_report(const struct cli_options *options)
{
	struct cli_output output;
	int status = CLI_TROUBLE;
	bool whole = false;

	if (options->list_columns) {
		xdc_columns_list(stdout);
		return CLI_CLEAN;
	}
	if (options->verbose && !can_be_verbose(options))
		return CLI_TROUBLE;
	if (!options->to)
		return report_to(options, stdout, &whole);
	if (!may_replace(options->to))
		return CLI_TROUBLE;
	if (cli_output_open(&output, options->to, output_mode(), true) == 0)
		status = report_to(options, output.file, &whole);
	/* Else the file that is there stays. */
	if (whole && cli_output_commit(&output) < 0)
		status = CLI_TROUBLE;
	cli_output_close(&output);
	return status;
}
