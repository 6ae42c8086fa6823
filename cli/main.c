/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

const struct cli_command cli_commands[] = {
	{ "report", "[DEVICE...]", "Which DMA path each device takes, and whether it is right",
	  cmd_report },
	{ "explain", "[DEVICE... | ID... | FILE... | -]",
	  "Why: a device's decision step by step, a known failure, a log", cmd_explain },
	{ "preflight", "GUEST.cfg...", "Would `xl create` work, and would the guest's I/O be safe",
	  cmd_preflight },
	{ "bundle", "", "Record what a report is made of, for somebody else to read", cmd_bundle },
	{ "diff", "FILE [FILE]",
	  "What changed between two recordings, or since one on this machine", cmd_diff },
	{ "known", "[ID]", "The catalogue of known failures", cmd_known },
	{ "watch", "[SECONDS]", "Which devices do DMA now: how much, by which path, what bounces",
	  cmd_watch },
	{ 0 },
};

static _Noreturn void out_of_memory(void)
{
	static const char message[] = "xen-dmacheck: out of memory\n";

	fwrite(message, 1, sizeof(message) - 1, stderr);
	_Exit(CLI_TROUBLE);
}

static const struct cli_command *find_command(const char *name)
{
	for (const struct cli_command *c = cli_commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

/* A full disk or a closed pipe must not look like success. */
int cli_close_output(int status)
{
	bool failed = ferror(stdout) != 0;

	if (fclose(stdout) == EOF || failed) {
		if (errno != EPIPE)
			cli_error("standard output: %s", strerror(errno));
		return CLI_TROUBLE;
	}
	return status;
}

/*
 * What whoever started us may have left: a descriptor 0, 1 or 2 that is closed, which the next file
 * opened would get, and be written to in its place; and children whose end nobody is told.
 */
static void set_right(void)
{
	/* Reading the first fails then, and so does writing the others, as it would have. */
	static const int flags[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < (int)XDC_ARRAY_SIZE(flags); fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", flags[fd]) != fd)
			_Exit(CLI_TROUBLE);
	signal(SIGCHLD, SIG_DFL);
}

int main(int argc, char **argv)
{
	const struct cli_command *command = argc > 1 ? find_command(argv[1]) : NULL;
	struct cli_options options;
	int status;

	set_right();
	xdc_set_oom_handler(out_of_memory);
	/* Which characters a table may show; what is read and written is the same everywhere. */
	setlocale(LC_CTYPE, "");
	if (command) {
		argc--;
		argv++;
	} else {
		command = &cli_commands[0];
	}
	cli_parse(command, argc, argv, &options);
	status = command->run(&options);
	cli_options_free(&options);
	return cli_close_output(status);
}
