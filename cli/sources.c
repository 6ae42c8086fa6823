/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Several recordings, one after the other: each is read in a child, so that memory is that of one,
 * and one that brings its reader down is an error of that one.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <search.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"

enum { JOBS_MAX = 8 };

struct paths {
	char **items;
	size_t count;
	void *named; /* the same, as a tree of tsearch(3): what is named twice is read once */
	int status;
};

/* A recording being read. */
struct job {
	const char *path;
	pid_t pid;
	int out; /* what the child writes, each without a name */
	int errors;
};

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool cli_names_several(const struct cli_options *options)
{
	return options->n_recordings > 1 || (options->from && is_directory(options->from));
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void add_path(struct paths *paths, const char *path)
{
	char *copy = xdc_strdup(path);
	void *node = tsearch(copy, &paths->named, compare);

	if (!node || *(char **)node != copy) {
		free(copy);
		return;
	}
	xdc_array_reserve((void **)&paths->items, paths->count, sizeof(*paths->items));
	paths->items[paths->count++] = copy;
}

static int is_candidate(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void add_directory(struct paths *paths, const char *directory)
{
	const char *separator = xdc_text_ends_with(directory, "/") ? "" : "/";
	struct xdc_arena *arena = xdc_arena_new();
	size_t before = paths->count;
	struct dirent **entries;
	int n = scandir(directory, &entries, is_candidate, alphasort);

	for (int i = 0; i < n; i++) {
		const char *path =
			xdc_arena_printf(arena, "%s%s%s", directory, separator, entries[i]->d_name);

		if (!is_directory(path))
			add_path(paths, path);
		free(entries[i]);
	}
	if (n < 0)
		cli_error("%s: %s", directory, strerror(errno));
	else if (paths->count == before)
		cli_error("%s: no recording is in this directory", directory);
	if (paths->count == before)
		paths->status = CLI_TROUBLE;
	if (n >= 0)
		free(entries);
	xdc_arena_free(arena);
}

static struct paths list_paths(const struct cli_options *options)
{
	struct paths paths = { 0 };

	for (size_t i = 0; i < options->n_recordings; i++) {
		if (is_directory(options->recordings[i]))
			add_directory(&paths, options->recordings[i]);
		else
			add_path(&paths, options->recordings[i]);
	}
	return paths;
}

static void free_paths(struct paths *paths)
{
	tdestroy(paths->named, free);
	free(paths->items);
}

/* The gravest stands, whatever its number. */
static int graver(int a, int b)
{
	static const int ranks[] = {
		[CLI_CLEAN] = 0, [CLI_INCOMPLETE] = 1, [CLI_FINDINGS] = 2, [CLI_TROUBLE] = 3
	};

	return ranks[a] >= ranks[b] ? a : b;
}

static _Noreturn void be_child(const struct job *job, const struct cli_options *options,
			       cli_handle_fn *handle)
{
	struct cli_options one = *options;
	int status;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* Else it would write in the midst of what this process writes. */
	if (dup2(job->errors, STDERR_FILENO) < 0 || dup2(job->out, STDOUT_FILENO) < 0) {
		cli_error("%s: %s", job->path, strerror(errno));
		_exit(CLI_TROUBLE);
	}
	/* It has no business with what is written of others. */
	close_range(STDERR_FILENO + 1, UINT_MAX, 0);
	one.from = job->path;
	one.recordings = &one.from;
	one.n_recordings = 1;
	status = handle(&one, stdout);
	if (fflush(stdout) == EOF || ferror(stdout)) {
		cli_error("%s: %s", job->path, strerror(errno));
		status = CLI_TROUBLE;
	}
	_exit(status);
}

static void start(struct job *job, const char *path, const struct cli_options *options,
		  cli_handle_fn *handle)
{
	*job = (struct job){ path, -1, memfd_create("report", MFD_CLOEXEC),
			     memfd_create("errors", MFD_CLOEXEC) };
	/* What stdio has buffered must not be written twice. */
	fflush(NULL);
	if (job->out >= 0 && job->errors >= 0)
		job->pid = fork();
	if (job->pid == 0)
		be_child(job, options, handle);
	if (job->pid < 0)
		cli_error("%s: no process to read it in: %s", path, strerror(errno));
}

/* An exit status of this program, also where the child has none of them. */
static int wait_for(const struct job *job)
{
	int status;

	if (job->pid < 0)
		return CLI_TROUBLE;
	while (waitpid(job->pid, &status, 0) < 0)
		if (errno != EINTR)
			return CLI_TROUBLE;
	if (WIFEXITED(status) && WEXITSTATUS(status) <= CLI_INCOMPLETE)
		return WEXITSTATUS(status);
	if (WIFSIGNALED(status))
		cli_error("%s: reading it ended with signal %d (%s)", job->path, WTERMSIG(status),
			  strsignal(WTERMSIG(status)));
	else
		cli_error("%s: reading it ended with status %d", job->path, WEXITSTATUS(status));
	return CLI_TROUBLE;
}

/* What was written to @fd, from its beginning; takes it over. NULL, and errno, where it is lost. */
static FILE *reread(int fd)
{
	FILE *file = fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fdopen(fd, "r") : NULL;
	int error = errno;

	if (!file && fd >= 0)
		close(fd);
	errno = error;
	return file;
}

static void copy_errors(void *arg, FILE *text)
{
	char buffer[4096];
	size_t n;

	while ((n = fread(buffer, 1, sizeof(buffer), text)) > 0)
		fwrite(buffer, 1, n, arg);
}

static int finish(const struct job *job, cli_take_fn *take, void *arg)
{
	int status = wait_for(job);
	xdc_autofclose FILE *errors = reread(job->errors);
	xdc_autofclose FILE *out = reread(job->out);

	if (errors)
		copy_errors(stderr, errors);
	if (status == CLI_TROUBLE)
		return status;
	if (!out) {
		cli_error("%s: what was read of it is lost: %s", job->path, strerror(errno));
		return CLI_TROUBLE;
	}
	take(arg, out);
	return status;
}

static size_t jobs_at_a_time(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return processors < 1 ? 1 : processors > JOBS_MAX ? JOBS_MAX : (size_t)processors;
}

int cli_each_source(const struct cli_options *options, cli_handle_fn *handle, cli_take_fn *take,
		    void *arg)
{
	struct paths paths = list_paths(options);
	struct job jobs[JOBS_MAX];
	size_t started = 0, at_a_time = jobs_at_a_time();
	int status = paths.status;

	for (size_t i = 0; i < paths.count; i++) {
		for (; started < paths.count && started < i + at_a_time; started++)
			start(&jobs[started % at_a_time], paths.items[started], options, handle);
		status = graver(status, finish(&jobs[i % at_a_time], take, arg));
	}
	free_paths(&paths);
	return status;
}
