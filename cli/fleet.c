/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A report on many machines. Of each only what is shown of it is kept, and that of metrics, which
 * can be written only when all have been read, on the disk.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/archive.h"
#include "cli.h"

static void copy(void *arg, FILE *text)
{
	char buffer[64 << 10];
	size_t n;

	while ((n = fread(buffer, 1, sizeof(buffer), text)) > 0)
		fwrite(buffer, 1, n, arg);
}

static int write_lines(const struct cli_options *options, FILE *out)
{
	const struct xdc_table_options selection = { .all = options->all };
	xdc_autoreport struct xdc_report *report = cli_make_report(options, NULL);

	if (!report || xdc_render_jsonl(report, options->from, &selection, out) < 0)
		return CLI_TROUBLE;
	return cli_report_status(report, options);
}

/* Behind the samples of each family, which begin with its name. */
static const char END_OF_FAMILY[] = "\n";

static int write_samples(const struct cli_options *options, FILE *out)
{
	const struct xdc_table_options selection = { .all = options->all };
	xdc_autoreport struct xdc_report *report = cli_make_report(options, NULL);

	if (!report)
		return CLI_TROUBLE;
	for (size_t i = 0; i < xdc_metrics_count(); i++) {
		xdc_metrics_samples(i, report, options->from, &selection, out);
		fputs(END_OF_FAMILY, out);
	}
	return cli_report_status(report, options);
}

/* A file without a name for the samples of each family. */
struct families {
	FILE **files;
	size_t count;
};

static void sort_samples(void *arg, FILE *text)
{
	const struct families *families = arg;
	xdc_autofree char *line = NULL;
	size_t size = 0, family = 0;

	while (family < families->count && getline(&line, &size, text) > 0) {
		if (strcmp(line, END_OF_FAMILY) == 0)
			family++;
		else
			fputs(line, families->files[family]);
	}
}

#ifndef __clang__
/* It does not follow pointers into memory of a size that it does not know. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif
static bool open_families(struct families *families)
{
	const size_t count = xdc_metrics_count();

	families->files = xdc_zalloc(count * sizeof(*families->files));
	for (families->count = 0; families->count < count; families->count++) {
		families->files[families->count] = tmpfile();
		if (!families->files[families->count]) {
			cli_error("no temporary file: %s", strerror(errno));
			return false;
		}
	}
	return true;
}

/* Whether all of them held what they were given. */
static bool write_families(const struct families *families, FILE *out)
{
	for (size_t i = 0; i < families->count; i++) {
		if (fflush(families->files[i]) == EOF || ferror(families->files[i])) {
			cli_error("a temporary file: %s", strerror(errno));
			return false;
		}
		xdc_metrics_head(i, out);
		rewind(families->files[i]);
		copy(out, families->files[i]);
	}
	xdc_metrics_end(out);
	return true;
}

static int report_metrics(const struct cli_options *options, FILE *out, bool *ret_whole)
{
	struct families families = { 0 };
	int status = CLI_TROUBLE;

	if (open_families(&families)) {
		status = cli_each_source(options, write_samples, sort_samples, &families);
		*ret_whole = write_families(&families, out);
		if (!*ret_whole)
			status = CLI_TROUBLE;
	}
	for (size_t i = 0; i < families.count; i++)
		fclose(families.files[i]);
	free(families.files);
	return status;
}

static int write_row(const struct cli_options *options, FILE *out)
{
	xdc_autoreport struct xdc_report *report = cli_make_report(options, NULL);

	if (!report)
		return CLI_TROUBLE;
	xdc_fleet_row(report, options->from, out);
	return cli_report_status(report, options);
}

static void add_row(void *arg, FILE *text)
{
	xdc_autofree char *line = NULL;
	size_t size = 0;

	if (getline(&line, &size, text) > 0)
		xdc_fleet_add(arg, line);
}

static int report_table(const struct cli_options *options, FILE *out)
{
	const size_t width = out == stdout ? cli_terminal_width() : 0;
	struct xdc_fleet *fleet = xdc_fleet_new();
	int status = cli_each_source(options, write_row, add_row, fleet);

	xdc_fleet_print(fleet, width, out);
	xdc_fleet_free(fleet);
	return status;
}

int cli_report_fleet(const struct cli_options *options, FILE *out, bool *ret_whole)
{
	xdc_autofree char *error = NULL;

	*ret_whole = false;
	/* Once, here, and not in each child. */
	if (!xdc_archive_load(&error)) {
		cli_error("%s", error);
		return CLI_TROUBLE;
	}
	if (options->n_arguments || options->output) {
		cli_error("of several recordings no devices or columns can be chosen; "
			  "--format=jsonl has records to choose from");
		return CLI_TROUBLE;
	}
	*ret_whole = options->format != CLI_FORMAT_JSON;
	switch (options->format) {
	case CLI_FORMAT_JSONL:
		return cli_each_source(options, write_lines, copy, out);
	case CLI_FORMAT_OPENMETRICS:
		return report_metrics(options, out, ret_whole);
	case CLI_FORMAT_TABLE:
		return report_table(options, out);
	case CLI_FORMAT_JSON:
		break;
	}
	cli_error("--format=json is one machine's; of several recordings take --format=jsonl");
	return CLI_TROUBLE;
}
