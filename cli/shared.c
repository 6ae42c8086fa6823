/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the options to a report: what report and explain share. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bundle/archive.h"
#include "cli.h"

int cli_open_recording(const char *path)
{
	xdc_autofree char *error = NULL;
	int fd = -1, r;

	/* What reads bundles is loaded while there are files. */
	if (!xdc_archive_load(&error)) {
		cli_error("%s", error);
		return -ENOENT;
	}
	if (strcmp(path, "-") != 0) {
		r = xdc_user_file_open(path, &fd, &error);
	} else {
		fd = dup(STDIN_FILENO);
		r = fd < 0 ? -errno : 0;
		if (r < 0)
			error = xdc_strdup(strerror(-r));
	}
	if (r < 0)
		cli_error("%s: %s", path, error);
	return r < 0 ? r : fd;
}

/* Whether all that is looked at is this machine's, be it with assumptions. */
static bool is_own(const struct cli_options *options)
{
	return !options->from && !options->root && !options->dtb && !options->host_dtb;
}

/* From here on, this process can reach nothing but what it has open: see cli_run_confined(). */
static int confine(const struct cli_options *options)
{
	return cli_confine(is_own(options) ? CLI_OWN : CLI_FOREIGN, options->lasting);
}

static struct xdc_source *read_recording(const struct cli_options *options)
{
	struct xdc_source *source = NULL;
	xdc_autofree char *error = NULL;
	xdc_autoclose int fd =
		options->recording < 0 ? cli_open_recording(options->from) : options->recording;

	if (fd < 0 || confine(options) < 0)
		return NULL;
	if (xdc_source_recording(fd, xdc_archive_load(&error), &source, &error) < 0)
		cli_error("%s: %s", options->from, error);
	return source;
}

int cli_source_date(int64_t *ret)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	if (!epoch)
		return 0;
	if (xdc_number_parse(epoch, 10, &seconds) < 0 || seconds > INT64_MAX) {
		cli_error("SOURCE_DATE_EPOCH: '%s' is no number of seconds", epoch);
		return -EINVAL;
	}
	*ret = (int64_t)seconds;
	return 1;
}

static struct xdc_source *open_live(const struct cli_options *options)
{
	struct xdc_live_options live = {
		/* Not where this runs with more rights than whoever set it. */
		.helper = secure_getenv("XDC_HELPER"),
		/* The rest is left for all that does not wait for the helper. */
		.timeout_ms = options->timeout * 1000 / 3,
		.total_ms = (options->timeout + options->watch_seconds) * 1000,
	};
	int r = cli_source_date(&live.time);

	live.has_time = r > 0;
	return r < 0 ? NULL : xdc_source_live(&live);
}

const char *cli_source_name(const struct cli_options *options)
{
	return options->from   ? options->from
	       : options->root ? options->root
	       : options->dtb  ? options->dtb
			       : "live";
}

static struct xdc_source *predict_board(const struct cli_options *options,
					const struct xdc_assumptions *assumptions)
{
	struct xdc_source *source = NULL;
	xdc_autofree char *blob = NULL, *error = NULL;
	size_t size = 0;
	int r = xdc_read_user_file(options->dtb, &blob, &size, &error);

	if (r == 0 && confine(options) < 0)
		return NULL;
	if (r == 0)
		r = xdc_source_board(options->dtb, blob, size, assumptions, &source, &error);
	if (r < 0)
		cli_error("%s: %s", options->dtb, error);
	return source;
}

static struct xdc_source *open_source(const struct cli_options *options,
				      const struct xdc_assumptions *assumptions)
{
	struct xdc_source *source = NULL;
	int r;

	if (options->from)
		return read_recording(options);
	if (options->dtb) {
		source = predict_board(options, assumptions);
	} else if (options->root) {
		r = xdc_source_tree(options->root, &source);
		if (r == -ENOSYS)
			cli_error("--root needs openat2(2), Linux 5.6 or later");
		else if (r < 0)
			cli_error("%s: %s", options->root, strerror(-r));
	} else {
		source = open_live(options);
	}
	return options->progress ? cli_show_progress(source) : source;
}

static const char HOST_DEVICETREE[] = "host-devicetree";

static void add_host_devicetree(struct xdc_evidence *evidence, const char *path, char *blob,
				size_t size)
{
	const struct xdc_record record = {
		.key = HOST_DEVICETREE,
		.origin = path,
		.detail = "",
		.data = blob,
		.size = size,
	};

	xdc_evidence_add(evidence, &record);
}

/* What @options name, with the board's own tree where they name one. */
static struct xdc_evidence *collect(const struct cli_options *options,
				    const struct xdc_assumptions *assumptions)
{
	xdc_autosource struct xdc_source *source = NULL;
	xdc_autofree char *blob = NULL, *error = NULL;
	struct xdc_evidence *evidence;
	size_t size = 0;

	/* First, as a recording is read where no file can be opened any more. */
	if (options->host_dtb && xdc_read_user_file(options->host_dtb, &blob, &size, &error) < 0) {
		cli_error("%s: %s", options->host_dtb, error);
		return NULL;
	}
	source = open_source(options, assumptions);
	if (!source)
		return NULL;
	evidence = options->for_guests
			   ? xdc_collect_host(source)
			   : xdc_collect(source, options->observe, options->watch_seconds);
	if (options->collect_more)
		options->collect_more(source, evidence, options->collect_arg);
	if (blob)
		add_host_devicetree(evidence, options->host_dtb, blob, size);
	return evidence;
}

static int parse_assumptions(const struct cli_options *options, struct xdc_arena *arena,
			     struct xdc_assumptions *ret)
{
	const char *error;
	int r = options->assume ? xdc_assumptions_parse(arena, options->assume, ret, &error) : 0;

	if (r < 0)
		cli_error("--assume: %s", error);
	return r;
}

struct xdc_evidence *cli_collect(const struct cli_options *options)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_assumptions assumptions = { 0 };
	struct xdc_evidence *evidence = NULL;

	if (parse_assumptions(options, arena, &assumptions) == 0)
		evidence = collect(options, &assumptions);
	xdc_arena_free(arena);
	return evidence;
}

/* The board's own tree, which a dom0 cannot see: its user has it. */
static int check_host_devicetree(const struct xdc_evidence *evidence)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, HOST_DEVICETREE);
	struct xdc_arena *arena;
	struct xdc_devicetree *tree;
	const char *why;
	int r;

	if (!record)
		return 0;
	arena = xdc_arena_new();
	r = xdc_devicetree_parse(arena, record->data, record->size, &tree, &why);
	if (r < 0)
		cli_error("%s: no device tree: %s", record->origin, why);
	xdc_arena_free(arena);
	return r;
}

static int assume(const struct cli_options *options, struct xdc_evidence **evidence,
		  struct xdc_evidence **ret_now)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_assumptions assumptions = { 0 };
	struct xdc_evidence *now = *evidence;
	int r = parse_assumptions(options, arena, &assumptions);

	if (r == 0)
		*evidence = xdc_evidence_assume(now, &assumptions);
	xdc_arena_free(arena);
	if (r < 0 || *evidence == now)
		return r;
	if (ret_now)
		*ret_now = now;
	else
		xdc_evidence_free(now);
	return 0;
}

/* Who asks for it wants to know what devices do: a report without that would be another answer. */
static int check_watched(const struct xdc_evidence *evidence)
{
	const struct xdc_record *activity = xdc_evidence_find(evidence, "activity");

	if (!activity || activity->status == XDC_STATUS_OK)
		return 0;
	cli_error("DMA cannot be watched: %s", activity->detail);
	return -EIO;
}

int cli_settle(const struct cli_options *options, struct xdc_evidence **evidence,
	       struct xdc_evidence **ret_now)
{
	int r = confine(options);

	if (r == 0 && options->watch_seconds)
		r = check_watched(*evidence);
	if (r == 0 && options->host_dtb)
		r = check_host_devicetree(*evidence);
	if (r == 0 && options->assume)
		r = assume(options, evidence, ret_now);
	return r;
}

const struct xdc_device *cli_find_device(const struct xdc_report *report, const char *name)
{
	const char *path = xdc_text_starts_with(name, "/sys/") ? name + strlen("/sys") : name;

	for (size_t i = 0; i < report->model->n_devices; i++) {
		const struct xdc_device *device = &report->model->devices[i];

		if (strcmp(device->name, name) == 0 || strcmp(device->path, path) == 0)
			return device;
	}
	cli_error("%s: no such device; 'xen-dmacheck report --all' names them all", name);
	return NULL;
}

struct xdc_report *cli_report_on(const struct cli_options *options, struct xdc_evidence *evidence,
				 struct xdc_report **ret_now)
{
	struct xdc_evidence *now = NULL;
	struct xdc_report *report;

	if (cli_settle(options, &evidence, ret_now ? &now : NULL) < 0) {
		xdc_evidence_free(evidence);
		return NULL;
	}
	report = options->for_guests ? xdc_report_without_logs(evidence) : xdc_report_new(evidence);
	if (now)
		*ret_now = xdc_report_new(now);
	if (options->observe == XDC_OBSERVE_ALWAYS && report->model->observed != XDC_YES) {
		cli_error("the kernel could not be read: %s", report->model->observe_detail);
		xdc_report_free(report);
		return NULL;
	}
	return report;
}

struct xdc_report *cli_make_report(const struct cli_options *options, struct xdc_report **ret_now)
{
	struct xdc_evidence *evidence = cli_collect(options);

	return evidence ? cli_report_on(options, evidence, ret_now) : NULL;
}

int cli_report_status(const struct xdc_report *report, const struct cli_options *options)
{
	for (size_t i = 0; i < report->findings->count; i++)
		if (report->findings->items[i].severity >= options->fail_on)
			return CLI_FINDINGS;
	return xdc_evidence_incomplete(report->attributions) ? CLI_INCOMPLETE : CLI_CLEAN;
}

void cli_tell_errors(const struct xdc_catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->n_errors; i++)
		cli_error("%s", catalogue->errors[i]);
}

struct xdc_evidence *cli_read_entries(const struct cli_options *options)
{
	static const struct xdc_request request = { .type = XDC_REQUEST_CATALOGUE };
	xdc_autosource struct xdc_source *source = NULL;
	struct xdc_evidence *evidence;
	int r = options->root ? xdc_source_tree(options->root, &source) : 0;

	if (r < 0) {
		cli_error("%s: %s", options->root, strerror(-r));
		return NULL;
	}
	if (!source)
		source = xdc_source_live(NULL);
	evidence = xdc_evidence_new();
	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	return evidence;
}

struct xdc_catalogue *cli_catalogue(const struct cli_options *options, bool all)
{
	xdc_autoevidence struct xdc_evidence *entries = cli_read_entries(options);
	struct xdc_catalogue *catalogue;

	if (!entries || confine(options) < 0)
		return NULL;
	catalogue = xdc_catalogue_builtin();
	xdc_catalogue_add_local(catalogue, entries, all);
	cli_tell_errors(catalogue);
	return catalogue;
}
