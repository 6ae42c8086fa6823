/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A file that appears whole or not at all: written without a name (O_TMPFILE), brought to the
 * disk, and only then given one. Whatever ends us before leaves nothing behind; where there must
 * be a name meanwhile, nothing but SIGKILL and a crash do.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

/* Those with a hidden name, which must not outlive this process; a child may have its parent's. */
static struct cli_output *volatile hidden_outputs[2];
static pid_t hidden_by;

static int fail(const struct cli_output *output, int error)
{
	cli_error("%s: %s", output->path, strerror(error));
	return -error;
}

/* Calls nothing that a signal's handler may not. */
void cli_output_drop_hidden(void)
{
	if (getpid() != hidden_by)
		return;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(hidden_outputs); i++) {
		const struct cli_output *output = hidden_outputs[i];

		if (output && output->hidden[0])
			unlinkat(output->directory, output->hidden, 0);
	}
}

/* The signal is its default again (SA_RESETHAND) and is taken once this returns. */
static void drop_and_die(int signal_number)
{
	cli_output_drop_hidden();
	raise(signal_number);
}

/* What somebody has us ignore stays ignored. */
static void drop_on_signals(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };
	const struct sigaction action = { .sa_handler = drop_and_die,
					  .sa_flags = (int)SA_RESETHAND };
	struct sigaction before;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(signals); i++)
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
	if (hidden_by != getpid())
		atexit(cli_output_drop_hidden);
	hidden_by = getpid();
}

/* With a name, and known to have it before a signal can end us. */
static int create_hidden(struct cli_output *output, mode_t mode)
{
	const int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
	sigset_t all, before;
	size_t slot = 0;
	int fd, error;

	while (slot < XDC_ARRAY_SIZE(hidden_outputs) - 1 && hidden_outputs[slot])
		slot++;
	drop_on_signals();
	snprintf(output->hidden, sizeof(output->hidden), ".xen-dmacheck.%ld.%zu", (long)getpid(),
		 slot);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	fd = openat(output->directory, output->hidden, flags, mode);
	error = errno;
	if (fd >= 0)
		hidden_outputs[slot] = output;
	else
		output->hidden[0] = '\0';
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return fd;
}

/* Where the file system knows no files without a name (NFS, some overlays), one with a name. */
static int open_hidden(struct cli_output *output, mode_t mode)
{
	int fd = openat(output->directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	return create_hidden(output, mode);
}

int cli_output_open(struct cli_output *output, const char *path, mode_t mode, bool replace)
{
	xdc_autofree char *copy = xdc_strdup(path), *base = xdc_strdup(path);
	int fd;

	*output = (struct cli_output){ .path = path, .replace = replace, .directory = -1 };
	output->name = xdc_strdup(basename(base));
	/* Before anything is collected for nothing; what counts is how it is when it is named. */
	if (!replace && faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(output, EEXIST);
	output->directory = open(dirname(copy), DIRECTORY_FLAGS);
	if (output->directory < 0)
		return fail(output, errno);
	fd = open_hidden(output, mode);
	if (fd < 0)
		return fail(output, errno);
	output->file = fdopen(fd, "w");
	/* The umask must not decide who reads it. */
	return fchmod(fd, mode) < 0 || !output->file ? fail(output, errno) : 0;
}

/* Gives the nameless file the name @name. */
static int give_name(const struct cli_output *output, const char *name)
{
	char proc[64];

	if (output->hidden[0])
		return linkat(output->directory, output->hidden, output->directory, name, 0);
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fileno(output->file));
	return linkat(AT_FDCWD, proc, output->directory, name, AT_SYMLINK_FOLLOW);
}

/* Puts it in the place of whatever has the name now. */
static int take_place(struct cli_output *output)
{
	int r;

	if (!output->hidden[0]) {
		snprintf(output->hidden, sizeof(output->hidden), ".xen-dmacheck.%ld",
			 (long)getpid());
		if (give_name(&(struct cli_output){ .file = output->file,
						    .directory = output->directory },
			      output->hidden) < 0) {
			output->hidden[0] = '\0';
			return -1;
		}
	}
	r = renameat(output->directory, output->hidden, output->directory, output->name);
	if (r == 0)
		output->hidden[0] = '\0';
	return r;
}

/* What has a hidden name for a moment must not keep it, whoever wants us to end just then. */
static int replace(struct cli_output *output)
{
	sigset_t all, before;
	int r, error;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	r = take_place(output);
	error = errno;
	if (r < 0 && output->hidden[0]) {
		unlinkat(output->directory, output->hidden, 0);
		output->hidden[0] = '\0';
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return r;
}

int cli_output_commit(struct cli_output *output)
{
	if (fflush(output->file) == EOF || ferror(output->file) || fsync(fileno(output->file)) < 0)
		return fail(output, errno ? errno : EIO);
	if ((output->replace ? replace(output) : give_name(output, output->name)) < 0)
		return fail(output, errno);
	fsync(output->directory);
	return 0;
}

void cli_output_close(struct cli_output *output)
{
	if (output->hidden[0])
		unlinkat(output->directory, output->hidden, 0);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(hidden_outputs); i++)
		if (hidden_outputs[i] == output)
			hidden_outputs[i] = NULL;
	if (output->file)
		fclose(output->file);
	if (output->directory >= 0)
		close(output->directory);
	free(output->name);
	*output = (struct cli_output){ .directory = -1 };
}
