/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "cli.h"

/* A recording, or this machine where @file is NULL. */
static struct xdc_report *make_side(const struct cli_options *options, const char *file)
{
	struct cli_options side = *options;

	side.from = file;
	/* It is for reading the kernel of this machine. */
	if (file)
		side.observe = XDC_OBSERVE_AUTO;
	return cli_make_report(&side, NULL);
}

int cmd_diff(const struct cli_options *options)
{
	xdc_autoreport struct xdc_report *before = NULL, *after = NULL;
	xdc_autocomparison struct xdc_comparison *comparison = NULL;
	struct xdc_comparison_options shown = {
		.all = options->all,
		.width = cli_terminal_width(),
	};

	if (options->n_arguments < 1 || options->n_arguments > 2) {
		cli_error("diff takes two recordings, or one to compare this machine with");
		return CLI_TROUBLE;
	}
	shown.before = options->arguments[0];
	shown.after = options->n_arguments > 1 ? options->arguments[1] : NULL;
	before = make_side(options, shown.before);
	after = before ? make_side(options, shown.after) : NULL;
	if (!after)
		return CLI_TROUBLE;
	comparison = xdc_compare(before, after);
	/* An error on standard output is told when it is closed. */
	if (options->format == CLI_FORMAT_JSON)
		xdc_render_comparison_json(comparison, &shown, stdout);
	else
		xdc_render_comparison_table(comparison, &shown, stdout);
	return xdc_comparison_is_empty(comparison) ? CLI_CLEAN : CLI_FINDINGS;
}
