/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

size_t cli_terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (columns && xdc_number_parse(columns, 10, &width) == 0 && width >= 20 && width <= 1000)
		return (size_t)width;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
		return size.ws_col;
	return 80;
}

bool cli_use_color(enum cli_when when)
{
	const char *no_color = getenv("NO_COLOR");

	if (when != CLI_AUTO)
		return when == CLI_ALWAYS;
	return isatty(STDOUT_FILENO) && !(no_color && *no_color);
}
