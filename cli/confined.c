/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What was collected is looked at where nothing can be reached any more: in this process once it
 * has given up all but its open files, or, where something remains to be done with rights, in a
 * child. If that is led astray, or falls over, this process has seen none of it.
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

static bool confined;
static struct xdc_confinement confinement;

int cli_confine(enum cli_whose whose, bool lasting)
{
	const struct xdc_confine_options options = {
		.user = id_from("SUDO_UID"),
		.group = id_from("SUDO_GID"),
		.lasting = lasting,
	};

	if (!confined)
		xdc_confine(&options, &confinement);
	confined = true;
	/* Who asks about this machine gets an answer on any kernel. */
	if (whose == CLI_OWN || xdc_confinement_holds(&confinement))
		return 0;
	cli_error("this process could not give up its rights, so it reads nothing of others");
	return -EPERM;
}

const struct xdc_confinement *cli_confinement(void)
{
	return confined ? &confinement : NULL;
}

int cli_take_over(pid_t pid, const char *what)
{
	int status, signal_number;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) {
			cli_error("%s: how reading it ended is not known: %s", what,
				  strerror(errno));
			return CLI_TROUBLE;
		}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	signal_number = WTERMSIG(status);
	if (signal_number == SIGPIPE || signal_number == SIGINT || signal_number == SIGTERM) {
		cli_output_drop_hidden();
		signal(signal_number, SIG_DFL);
		raise(signal_number);
	}
	cli_error("%s: reading it ended with signal %d (%s)", what, signal_number,
		  strsignal(signal_number));
	return CLI_TROUBLE;
}

int cli_run_apart(const struct cli_options *options, cli_run_fn *run, void *arg)
{
	pid_t pid;

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
	return cli_take_over(pid, cli_source_name(options));
}

int cli_run_confined(const struct cli_options *options, cli_run_fn *run, void *arg)
{
	return options->from || options->to ? cli_run_apart(options, run, arg) : run(options, arg);
}
