/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* watch as it is, of this machine, without a kernel to watch: what is counted is made up. */
#include <stdlib.h>

#include "bpf/watcher.h"
#include "cli.h"

/* So many that an interval is more than a small pipe holds. */
enum { DEVICES = 200 };

struct xdc_watcher {
	char paths[DEVICES][32];
	unsigned long long reads;
};

int xdc_watcher_new(struct xdc_watcher **ret, const char **ret_error)
{
	(void)ret_error;
	*ret = xdc_zalloc(sizeof(**ret));
	for (int i = 0; i < DEVICES; i++)
		snprintf((*ret)->paths[i], sizeof((*ret)->paths[i]), "/devices/platform/unit.%d",
			 i);
	return 0;
}

void xdc_watcher_free(struct xdc_watcher *watcher)
{
	free(watcher);
}

void xdc_watcher_read(struct xdc_watcher *watcher, struct xdc_snapshot *ret)
{
	const struct xdc_counters counted = { .maps = 10 * ++watcher->reads,
					      .bytes = 4096 * watcher->reads };

	*ret = (struct xdc_snapshot){ .time_ns = watcher->reads * 1000000000 };
	for (int i = 0; i < DEVICES; i++)
		xdc_snapshot_add(ret, watcher->paths[i], &counted);
	xdc_snapshot_add(ret, NULL, &counted);
}

const struct xdc_unwatched *xdc_watcher_unwatched(const struct xdc_watcher *watcher,
						  size_t *ret_count)
{
	(void)watcher;
	*ret_count = 0;
	return NULL;
}

const struct cli_command cli_commands[] = {
	{ "watch", "[SECONDS]", "", cmd_watch },
	{ 0 },
};

int cli_close_output(int status)
{
	return fclose(stdout) == EOF ? CLI_TROUBLE : status;
}

int main(int argc, char **argv)
{
	struct cli_options options;
	int status;

	cli_parse(&cli_commands[0], argc, argv, &options);
	status = cmd_watch(&options);
	cli_options_free(&options);
	return cli_close_output(status);
}
