/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bundle/bundle.h"
#include "cli.h"

static const char DEFAULT_FILE[] = "xen-dmacheck.tar.zst";

/* Where the report is meant for a file, it is as on a terminal of the usual width. */
enum { TEXT_WIDTH = 80 };

/* A text made in memory, which a file of the bundle is. */
struct text {
	char *data;
	size_t size;
};

static void render(const struct xdc_report *report, struct text *json, struct text *table)
{
	const struct xdc_column **columns = NULL;
	struct xdc_table_options options = { .width = TEXT_WIDTH };
	FILE *out = open_memstream(&json->data, &json->size);

	if (out) {
		xdc_render_json(report, out);
		fclose(out);
	}
	out = open_memstream(&table->data, &table->size);
	if (out && xdc_columns_parse(NULL, &columns, &options.n_columns, NULL) == 0) {
		options.columns = columns;
		xdc_render_table(report, &options, out);
	}
	if (out)
		fclose(out);
	free(columns);
}

/* The time in the archive: equal evidence must be able to give equal bytes. */
static time_t bundle_time(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	if (epoch && xdc_number_parse(epoch, 10, &seconds) == 0 && seconds <= INT32_MAX)
		return (time_t)seconds;
	return time(NULL);
}

/*
 * The report goes with the evidence. It is made the way in which a reader of the bundle will
 * make it, from the very records that are written, so that it is the same there.
 */
static int write_bundle(struct xdc_evidence *evidence, const struct cli_options *options, FILE *out)
{
	xdc_autosource struct xdc_source *source = xdc_source_records(evidence);
	xdc_autoreport struct xdc_report *report =
		xdc_report_new(xdc_collect(source, options->observe));
	xdc_autofree char *error = NULL;
	const struct xdc_archive *archive = xdc_archive_load(&error);
	struct text json = { NULL, 0 }, table = { NULL, 0 };
	int r = -EIO;

	render(report, &json, &table);
	if (archive && json.data && table.data) {
		const struct xdc_bundle_file files[] = {
			{ "report.txt", table.data, table.size },
			{ "report.json", json.data, json.size },
		};
		const struct xdc_bundle bundle = { evidence, files, XDC_ARRAY_SIZE(files),
						   bundle_time() };

		r = xdc_bundle_write(archive, &bundle, out, &error);
	}
	if (r < 0)
		cli_error("%s: %s", options->output, error ? error : "out of memory");
	free(json.data);
	free(table.data);
	return r < 0 ? CLI_TROUBLE : CLI_CLEAN;
}

/* So that it can be asked later whether a guest would start there. */
static void collect_more(struct xdc_source *source, struct xdc_evidence *evidence, void *arg)
{
	(void)arg;
	xdc_preflight_collect_host(source, evidence);
}

static int run(const struct cli_options *options, void *out)
{
	struct xdc_evidence *evidence;
	char *error = NULL;

	/* Better to hear it before than after all has been read. */
	if (!xdc_archive_load(&error)) {
		cli_error("%s", error);
		free(error);
		return CLI_TROUBLE;
	}
	evidence = cli_collect(options, NULL);
	if (!evidence || write_bundle(evidence, options, out) != CLI_CLEAN)
		return CLI_TROUBLE;
	if (fflush(out) == EOF) {
		cli_error("%s: %s", options->output, strerror(errno));
		return CLI_TROUBLE;
	}
	return CLI_CLEAN;
}

static int write_to_file(const struct cli_options *options)
{
	struct cli_output output;
	int status = CLI_TROUBLE;

	if (cli_output_open(&output, options->output, 0600, false) == 0)
		status = cli_run_confined(options, run, output.file);
	if (status == CLI_CLEAN && cli_output_commit(&output) < 0)
		status = CLI_TROUBLE;
	cli_output_close(&output);
	return status;
}

int cmd_bundle(const struct cli_options *given)
{
	struct cli_options options = *given;

	if (options.n_arguments) {
		cli_error("bundle takes no '%s'; -o FILE says where to write",
			  options.arguments[0]);
		return CLI_TROUBLE;
	}
	options.progress = true;
	if (!options.from)
		options.collect_more = collect_more;
	if (!options.output)
		options.output = DEFAULT_FILE;
	if (strcmp(options.output, "-") != 0)
		return write_to_file(&options);
	if (isatty(STDOUT_FILENO)) {
		cli_error("a bundle is no text for a terminal; -o FILE says where to write");
		return CLI_TROUBLE;
	}
	return cli_run_confined(&options, run, stdout);
}
