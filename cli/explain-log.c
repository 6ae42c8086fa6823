/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "catalogue/findings.h"
#include "cli.h"
#include "render/catalogue.h"

bool cli_is_log(const char *argument)
{
	struct stat st;

	return strcmp(argument, "-") == 0 || (stat(argument, &st) == 0 && !S_ISDIR(st.st_mode));
}

static void take(void *arg, const char *data, size_t size)
{
	xdc_log_reader_feed(arg, data, size);
}

static int read_log(struct xdc_log_reader *reader, const char *path, int fd,
		    const struct cli_options *options)
{
	unsigned int timeout_ms = options->timeout_given ? options->timeout * 1000 : 0;
	int r;

	xdc_log_reader_begin(reader, path);
	r = xdc_user_log_read(fd, timeout_ms, take, reader);
	xdc_log_reader_end(reader);
	if (r < 0) {
		cli_error("%s: %s", path, strerror(-r));
		return CLI_TROUBLE;
	}
	if (r > 0)
		cli_error("%s: it does not end; explained is what was read of it", path);
	return CLI_CLEAN;
}

/* Whether this machine is one whose facts may decide; asked before much is read. */
static bool runs_on_xen(void)
{
	static const struct xdc_request request = {
		.type = XDC_REQUEST_FILE,
		.subject = "/sys/hypervisor/type",
		.limit = 64,
	};
	xdc_autosource struct xdc_source *source = xdc_source_live(NULL);
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record *type;

	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	type = xdc_evidence_find(evidence, "file:/sys/hypervisor/type");
	return xdc_record_readable(type) && xdc_text_starts_with(type->data, "xen");
}

static bool has_machine(const struct cli_options *options)
{
	return options->from || options->root || options->dtb || runs_on_xen();
}

static bool is_log_record(const struct xdc_record *record)
{
	return xdc_record_readable(record) && xdc_is_log(record->key);
}

/* The machine's own: its rings and what log files have kept. */
static void read_evidence(struct xdc_log_reader *reader, const struct xdc_evidence *evidence)
{
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (!is_log_record(record))
			continue;
		xdc_log_reader_begin(reader, record->key);
		xdc_log_reader_feed(reader, record->data, record->size);
		xdc_log_reader_end(reader);
	}
}

/* Why libxl's errors came about stands in the ring, where that has dates. */
static void read_ring(struct xdc_log_reader *reader, const struct xdc_evidence *evidence)
{
	const struct xdc_record *ring = xdc_evidence_find(evidence, "xen:console");

	if (!xdc_record_readable(ring))
		return;
	xdc_log_reader_begin_ring(reader, ring->key);
	xdc_log_reader_feed(reader, ring->data, ring->size);
	xdc_log_reader_end(reader);
}

static int status_of(const struct xdc_explanation *x, const struct cli_options *options)
{
	for (size_t i = 0; i < x->n_causes; i++)
		if (x->items[i].match->entry->severity >= options->fail_on)
			return CLI_FINDINGS;
	return CLI_CLEAN;
}

static int tell(const struct xdc_log_reader *reader, const struct xdc_catalogue *catalogue,
		const struct xdc_report *report, const struct cli_options *options)
{
	xdc_autoexplanation struct xdc_explanation *x =
		xdc_explain(xdc_log_reader_log(reader), catalogue, report);

	if (options->format == CLI_FORMAT_JSON)
		xdc_render_log_json(x, stdout);
	else
		xdc_render_log(x, cli_use_color(options->color), cli_terminal_width(), stdout);
	return status_of(x, options);
}

/* What is needed once this process has no files any more. */
struct logs {
	const struct xdc_evidence *entries; /* of this machine or --root; NULL: a bundle's count */
	int *files;			    /* one for each argument */
};

static int open_logs(const struct cli_options *options, const struct logs *logs)
{
	for (size_t i = 0; i < options->n_arguments; i++) {
		logs->files[i] = xdc_user_log_open(options->arguments[i]);
		if (logs->files[i] < 0) {
			cli_error("%s: %s", options->arguments[i], strerror(-logs->files[i]));
			return CLI_TROUBLE;
		}
	}
	return CLI_CLEAN;
}

static int explain(const struct cli_options *options, const struct logs *logs,
		   const struct xdc_catalogue *catalogue, const struct xdc_report *report)
{
	struct xdc_log_reader *reader = xdc_log_reader_new(catalogue);
	int status = CLI_CLEAN;

	for (size_t i = 0; i < options->n_arguments && status == CLI_CLEAN; i++)
		status = read_log(reader, options->arguments[i], logs->files[i], options);
	if (report && !options->n_arguments && status == CLI_CLEAN)
		read_evidence(reader, report->evidence);
	else if (report && status == CLI_CLEAN)
		read_ring(reader, report->evidence);
	if (status == CLI_CLEAN)
		status = tell(reader, catalogue, report, options);
	xdc_log_reader_free(reader);
	return catalogue->n_errors ? CLI_TROUBLE : status;
}

static int run(const struct cli_options *options, void *arg)
{
	const struct logs *logs = arg;
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autocatalogue struct xdc_catalogue *catalogue = NULL;

	if (open_logs(options, logs) != CLI_CLEAN)
		return CLI_TROUBLE;
	if (!options->n_arguments || has_machine(options)) {
		report = cli_make_report(options, NULL);
		if (!report)
			return CLI_TROUBLE;
	}
	/* Guests wrote in these logs, and whoever sent them: nothing of ours is left to them. */
	if (cli_confine(options->n_arguments ? CLI_FOREIGN : CLI_OWN, false) < 0)
		return CLI_TROUBLE;
	catalogue = xdc_catalogue_builtin();
	xdc_catalogue_add_local(catalogue,
				options->from && report ? report->evidence : logs->entries, false);
	cli_tell_errors(catalogue);
	return explain(options, logs, catalogue, report);
}

int cli_explain_logs(const struct cli_options *options)
{
	/* Of a machine that is not this one, this one's entries say nothing. */
	xdc_autoevidence struct xdc_evidence *entries =
		options->from ? NULL : cli_read_entries(options);
	xdc_autofree int *files = xdc_zalloc((options->n_arguments + 1) * sizeof(*files));
	struct logs logs = { entries, files };

	if (!options->from && !entries)
		return CLI_TROUBLE;
	return cli_run_confined(options, run, &logs);
}
