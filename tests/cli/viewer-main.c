/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What watch shows of this machine, without a kernel to watch: an interval for each line of
 * standard input.
 */
#include "viewer.h"

const struct cli_command cli_commands[] = { { 0 } };

int cli_close_output(int status)
{
	return fclose(stdout) == EOF ? CLI_TROUBLE : status;
}

int main(void)
{
	const struct cli_options options = {
		.timeout = 10, .observe = XDC_OBSERVE_NEVER, .recording = -1, .lasting = true
	};
	struct xdc_activity items[] = {
		{ "/devices/pci0000:00/0000:00:01.0", { .maps = 10, .bytes = 4096 } },
		{ NULL, { .maps = 1, .bytes = 1 } },
	};
	const struct xdc_interval interval = { 1.0, items, XDC_ARRAY_SIZE(items) };
	const struct cli_viewed viewed = { NULL, 0, true };
	struct cli_viewer viewer;
	int status = cli_viewer_start(&options, &viewed, &viewer), c;

	if (status != CLI_CLEAN)
		return status;
	while ((c = getchar()) != EOF)
		if (c == '\n' && !cli_viewer_show(&viewer, &interval, " q ends this."))
			break;
	return cli_viewer_end(&viewer);
}
