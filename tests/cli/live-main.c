/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What watch does on a terminal, without a kernel to watch: three lines, drawn anew each tenth of a
 * second. */
#include <stdlib.h>

#include "live.h"

int main(void)
{
	struct cli_live live;
	size_t lines = 0;

	if (cli_live_begin(&live) < 0)
		return 2;
	for (unsigned int i = 0;; i++) {
		char text[64];

		snprintf(text, sizeof(text), "drawn %u\n\nkeys %d\n", i, live.keys);
		cli_redraw(text, &lines);
		if (!cli_live_wait(&live, cli_live_now_ms() + 100))
			break;
		/* What no handler of ours expects. */
		if (getenv("CRASH") && i == 2)
			abort();
	}
	cli_live_end(&live);
	return 0;
}
