/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "cli.h"
#include "render/catalogue.h"

int cli_tell_entry(const struct xdc_catalogue *catalogue, const char *id,
		   const struct cli_options *options)
{
	const struct xdc_entry *entry = xdc_catalogue_find(catalogue, id);
	const char *nearest;

	if (!entry) {
		nearest = xdc_catalogue_nearest(catalogue, id);
		if (nearest)
			cli_error("%s: no such entry; is it %s?", id, nearest);
		else
			cli_error("%s: no such entry; 'xen-dmacheck known' lists them", id);
		return CLI_TROUBLE;
	}
	if (options->format == CLI_FORMAT_JSON)
		xdc_render_known_json(catalogue, entry, stdout);
	else
		xdc_render_entry(entry, cli_terminal_width(), stdout);
	return CLI_CLEAN;
}

int cmd_known(const struct cli_options *options)
{
	/* Who lists them wants to know of each whether it is right. */
	xdc_autocatalogue struct xdc_catalogue *catalogue =
		cli_catalogue(options, options->n_arguments == 0);
	int status = CLI_CLEAN;

	if (!catalogue)
		return CLI_TROUBLE;
	if (options->n_arguments > 1) {
		cli_error("known takes one ID");
		return CLI_TROUBLE;
	}
	if (options->n_arguments)
		status = cli_tell_entry(catalogue, options->arguments[0], options);
	else if (options->format == CLI_FORMAT_JSON)
		xdc_render_known_json(catalogue, NULL, stdout);
	else
		xdc_render_known(catalogue, cli_terminal_width(), stdout);
	return catalogue->n_errors ? CLI_TROUBLE : status;
}
