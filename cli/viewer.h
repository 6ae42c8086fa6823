/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What watch shows, in a process of its own: who counts keeps its rights until it ends, and looks
 * at nothing but counts; what guests and firmware have written is looked at by one without any.
 */
#ifndef XDC_CLI_VIEWER_H
#define XDC_CLI_VIEWER_H

#include "cli.h"

/* What remains the same for as long as it is watched; must outlive the start. */
struct cli_viewed {
	const struct xdc_unwatched *unwatched;
	size_t n_unwatched;
};

struct cli_viewer {
	pid_t pid;
	int fd;
};

/*
 * Starts it, and waits until it has read what @options name and given up its rights. Returns
 * CLI_CLEAN, or else how it ended, with an error printed.
 */
int cli_viewer_start(const struct cli_options *options, const struct cli_viewed *viewed,
		     struct cli_viewer *ret);
/* Has it show @interval with @note; false where it has ended. */
bool cli_viewer_show(const struct cli_viewer *viewer, const struct xdc_interval *interval,
		     const char *note);
/* Lets it end. CLI_CLEAN, or CLI_TROUBLE where not all could be shown; it says why. */
int cli_viewer_end(const struct cli_viewer *viewer);

#endif
