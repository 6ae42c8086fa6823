/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "cli.h"

/* A recording, which is open, or this machine where @file is NULL. */
static struct xdc_report *make_side(const struct cli_options *options, const char *file,
				    int recording)
{
	struct cli_options side = *options;

	side.from = file;
	side.recording = recording;
	/* It is for reading the kernel of this machine. */
	if (file)
		side.observe = XDC_OBSERVE_AUTO;
	return cli_make_report(&side, NULL);
}

static int render(const struct cli_options *options, const struct xdc_report *before,
		  const struct xdc_report *after)
{
	xdc_autocomparison struct xdc_comparison *comparison = xdc_compare(before, after);
	const struct xdc_comparison_options shown = {
		.before = options->arguments[0],
		.after = options->n_arguments > 1 ? options->arguments[1] : NULL,
		.all = options->all,
		.width = cli_terminal_width(),
	};

	/* An error on standard output is told when it is closed. */
	if (options->format == CLI_FORMAT_JSON)
		xdc_render_comparison_json(comparison, &shown, stdout);
	else
		xdc_render_comparison_table(comparison, &shown, stdout);
	return xdc_comparison_is_empty(comparison) ? CLI_CLEAN : CLI_FINDINGS;
}

/* This machine is read, and the recordings are opened, before the first of these is looked at. */
static int run(const struct cli_options *options, void *arg)
{
	const char *names[] = { options->arguments[0],
				options->n_arguments > 1 ? options->arguments[1] : NULL };
	xdc_autoreport struct xdc_report *before = NULL, *after = NULL;
	int files[] = { cli_open_recording(names[0]), -1 };

	(void)arg;
	if (files[0] < 0)
		return CLI_TROUBLE;
	if (!names[1])
		after = make_side(options, NULL, -1);
	else
		files[1] = cli_open_recording(names[1]);
	if (names[1] ? files[1] < 0 : !after)
		return CLI_TROUBLE;
	before = make_side(options, names[0], files[0]);
	if (before && names[1])
		after = make_side(options, names[1], files[1]);
	return before && after ? render(options, before, after) : CLI_TROUBLE;
}

int cmd_diff(const struct cli_options *options)
{
	struct cli_options confined = *options;

	if (options->n_arguments < 1 || options->n_arguments > 2) {
		cli_error("diff takes two recordings, or one to compare this machine with");
		return CLI_TROUBLE;
	}
	confined.from = options->arguments[0];
	return cli_run_confined(&confined, run, NULL);
}
