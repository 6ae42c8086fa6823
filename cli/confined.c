/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What others wrote is read in a child that has given up everything but its open files. If it is
 * led astray, or falls over, this process has seen none of it.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "source/confine.h"

enum { NOBODY = 65534 };

/* Who called sudo, else nobody. */
static unsigned int id_from(const char *variable)
{
	const char *text = secure_getenv(variable);
	uint64_t id;

	if (text && xdc_number_parse(text, 10, &id) == 0 && id > 0 && id < UINT32_MAX)
		return (unsigned int)id;
	return NOBODY;
}

int cli_confine(void)
{
	static bool confined;
	struct xdc_confinement confinement;
	int r = confined ? 0 : xdc_confine(id_from("SUDO_UID"), id_from("SUDO_GID"), &confinement);

	if (r < 0)
		cli_error(
			"this process could not give up its rights, so it reads nothing of others");
	confined = r == 0;
	return r;
}

/* How the child ended is how we end. */
static int take_over(int status, const char *what)
{
	int signal_number;

	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	signal_number = WTERMSIG(status);
	if (signal_number == SIGPIPE || signal_number == SIGINT || signal_number == SIGTERM) {
		signal(signal_number, SIG_DFL);
		raise(signal_number);
	}
	cli_error("%s: reading it ended with signal %d (%s)", what, signal_number,
		  strsignal(signal_number));
	return CLI_TROUBLE;
}

int cli_run_confined(const struct cli_options *options, cli_run_fn *run, void *arg)
{
	pid_t pid;
	int status;

	if (!options->from)
		return run(options, arg);
	/* What stdio has buffered must not be written twice. */
	fflush(NULL);
	pid = fork();
	if (pid < 0) {
		cli_error("no process to read in: %s", strerror(errno));
		return CLI_TROUBLE;
	}
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		exit(cli_close_output(run(options, arg)));
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) {
			cli_error("%s: how reading it ended is not known: %s", options->from,
				  strerror(errno));
			return CLI_TROUBLE;
		}
	return take_over(status, options->from);
}
