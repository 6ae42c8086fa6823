/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bundle/bundle.h"
#include "cli.h"
#include "preflight/preflight.h"

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
	FILE *out = xdc_open_text(&json->data, &json->size);

	xdc_render_json(report, out);
	fclose(out);
	out = xdc_open_text(&table->data, &table->size);
	if (xdc_columns_parse(NULL, &columns, &options.n_columns, NULL) == 0) {
		options.columns = columns;
		xdc_render_table(report, &options, out);
	}
	fclose(out);
	free(columns);
}

/* What is written: the bundle, and where it is asked for what its pseudonyms stand for. */
struct target {
	FILE *bundle;
	FILE *map;
	int64_t time; /* where the evidence does not say when it was read */
};

/* What a reader of the bundle could find out, for whoever is about to send it. */
static void warn_unmasked(const struct xdc_redaction *redaction)
{
	fputs("The bundle is not masked.\n", stderr);
	xdc_redaction_describe(redaction, stderr);
}

/*
 * The report goes with the evidence. It is made the way in which a reader of the bundle will
 * make it, from the very records that are written, so that it is the same there.
 */
static int write_bundle(struct xdc_evidence *evidence, const struct xdc_redaction *redaction,
			const struct cli_options *options, const struct target *target)
{
	xdc_autosource struct xdc_source *source = xdc_source_records(evidence);
	xdc_autoreport struct xdc_report *report =
		xdc_report_new(xdc_collect(source, options->observe, 0));
	const int64_t recorded = report->model->host.recorded;
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
		const struct xdc_bundle bundle = {
			.evidence = evidence,
			.redaction = redaction,
			.files = files,
			.n_files = XDC_ARRAY_SIZE(files),
			.time = (time_t)(recorded < 0 ? target->time : recorded),
		};

		r = xdc_bundle_write(archive, &bundle, target->bundle, &error);
	}
	if (r < 0)
		cli_error("%s: %s", options->output, error ? error : "out of memory");
	free(json.data);
	free(table.data);
	return r;
}

/* So that it can be asked later whether a guest would start there. */
static void collect_more(struct xdc_source *source, struct xdc_evidence *evidence, void *arg)
{
	(void)arg;
	xdc_preflight_collect_host(source, evidence);
}

static int flush(FILE *file, const char *path)
{
	if (fflush(file) == 0 && !ferror(file))
		return 0;
	cli_error("%s: %s", path, strerror(errno));
	return -EIO;
}

static int run(const struct cli_options *options, void *arg)
{
	const struct xdc_redact_options masking = { .enabled = !options->no_redact,
						    .guest_console = options->guest_console };
	const struct target *target = arg;
	xdc_autoevidence struct xdc_evidence *evidence = cli_collect(options);
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	struct xdc_evidence *shown;

	if (!evidence || cli_settle(options, &evidence, NULL) < 0)
		return CLI_TROUBLE;
	shown = xdc_redact(evidence, &masking, &redaction);
	if (options->no_redact)
		warn_unmasked(redaction);
	if (target->map)
		xdc_redaction_write_map(redaction, target->map);
	if (write_bundle(shown, masking.enabled ? redaction : NULL, options, target) < 0 ||
	    flush(target->bundle, options->output) < 0 ||
	    (target->map && flush(target->map, options->keep_map) < 0))
		return CLI_TROUBLE;
	return CLI_CLEAN;
}

/* Both files, or none: the map of a bundle that is not there is of no use, nor the reverse. */
static int write_files(const struct cli_options *options, struct target *target,
		       struct cli_output *bundle, struct cli_output *map)
{
	int status;

	target->bundle = bundle->file ? bundle->file : stdout;
	target->map = map->file;
	status = cli_run_apart(options, run, target);
	if (status == CLI_CLEAN && map->file && cli_output_commit(map) < 0)
		return CLI_TROUBLE;
	if (status != CLI_CLEAN || !bundle->file || cli_output_commit(bundle) == 0)
		return status;
	if (map->file)
		unlink(map->path);
	return CLI_TROUBLE;
}

static int write_to(const struct cli_options *options, struct target *target)
{
	struct cli_output bundle = { .directory = -1 }, map = { .directory = -1 };
	bool to_file = strcmp(options->output, "-") != 0;
	int status = CLI_TROUBLE;

	if ((!to_file || cli_output_open(&bundle, options->output, 0600, false) == 0) &&
	    (!options->keep_map || cli_output_open(&map, options->keep_map, 0600, false) == 0))
		status = write_files(options, target, &bundle, &map);
	cli_output_close(&bundle);
	cli_output_close(&map);
	return status;
}

static bool is_usable(const struct cli_options *options)
{
	if (options->n_arguments)
		cli_error("bundle takes no '%s'; -o FILE says where to write",
			  options->arguments[0]);
	else if (options->no_redact && options->keep_map)
		cli_error("--keep-map: with --no-redact there are no pseudonyms");
	else if (strcmp(options->output, "-") == 0 && isatty(STDOUT_FILENO))
		cli_error("a bundle is no text for a terminal; -o FILE says where to write");
	else
		return true;
	return false;
}

int cmd_bundle(const struct cli_options *given)
{
	struct cli_options options = *given;
	struct target target = { .time = time(NULL) };
	xdc_autofree char *error = NULL;

	options.progress = true;
	options.collect_more = collect_more;
	if (!options.output)
		options.output = DEFAULT_FILE;
	if (!is_usable(&options) || cli_source_date(&target.time) < 0)
		return CLI_TROUBLE;
	/* Better to hear it before than after all has been read. */
	if (!xdc_archive_load(&error)) {
		cli_error("%s", error);
		return CLI_TROUBLE;
	}
	return write_to(&options, &target);
}
