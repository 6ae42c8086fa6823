/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands share. Not a library: these print and exit. */
#ifndef XDC_CLI_H
#define XDC_CLI_H

#include <sys/types.h>

#include "catalogue/catalogue.h"
#include "collect/assume.h"
#include "collect/collect.h"
#include "render/render.h"

/* Exit statuses, see xen-dmacheck(8). */
enum {
	CLI_CLEAN = 0,
	CLI_FINDINGS = 1,
	CLI_TROUBLE = 2,
	CLI_INCOMPLETE = 3,
};

enum cli_format {
	CLI_FORMAT_TABLE,
	CLI_FORMAT_JSON,
	CLI_FORMAT_JSONL,
	CLI_FORMAT_OPENMETRICS,
};

enum cli_when {
	CLI_AUTO,
	CLI_ALWAYS,
	CLI_NEVER,
};

/* What the command line says; defaults where it says nothing. */
struct cli_options {
	const char *from;	 /* the first of @recordings; NULL: no recording */
	const char **recordings; /* each --from as it was given */
	size_t n_recordings;
	int recording; /* @from, where it is open already; -1: not yet */
	const char *root;
	const char *dtb;
	const char *host_dtb;
	const char *assume;
	const char *output; /* -o: columns, or a file */
	const char *to;	    /* the file to write instead of standard output */
	const char *fail_on_name;
	enum cli_format format;
	enum cli_when color;
	enum xdc_observe observe;
	enum xdc_severity fail_on;
	unsigned int timeout;	    /* seconds */
	unsigned int interval;	    /* seconds */
	unsigned int watch_seconds; /* 0: not */
	bool timeout_given;
	bool all;
	bool list_columns;
	bool no_redact;
	bool guest_console;
	const char *keep_map; /* the file for the pseudonyms */
	bool strict;
	bool verbose;
	bool lasting;	 /* what is made is shown until somebody ends it */
	bool for_guests; /* asked is what a guest's pre-flight rests on, in place of a report */
	/* Asked of the source behind that; NULL: nothing. */
	void (*collect_more)(struct xdc_source *source, struct xdc_evidence *evidence, void *arg);
	void *collect_arg;
	bool progress;		      /* show what is being read, on a terminal */
	const char *const *arguments; /* what is left */
	size_t n_arguments;
};

struct cli_command {
	const char *name;
	const char *arguments; /* for the synopsis */
	const char *summary;
	int (*run)(const struct cli_options *options);
};

int cmd_report(const struct cli_options *options);
int cmd_explain(const struct cli_options *options);
int cmd_bundle(const struct cli_options *options);
int cmd_diff(const struct cli_options *options);
int cmd_known(const struct cli_options *options);
int cmd_preflight(const struct cli_options *options);
int cmd_watch(const struct cli_options *options);

/* options.c */

/*
 * Reads argv behind the command's name into *@ret. Prints --help and --version and exits
 * there; exits with CLI_TROUBLE on what it does not understand.
 */
void cli_parse(const struct cli_command *command, int argc, char **argv, struct cli_options *ret);
/* Releases what cli_parse() took. */
void cli_options_free(struct cli_options *options);

/* One line on stderr, behind the program's name; every character safe for a terminal. */
void cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The evidence of what the options name, as it was read: nothing of it has been looked at, but for
 * what that took. NULL with an error printed. The caller's. Where it is a stranger's, this process
 * has been confined before its first byte was looked at.
 */
struct xdc_evidence *cli_collect(const struct cli_options *options);

/*
 * Confines this process; then looks at the evidence: whether it can be used, and what is in it
 * under what the options assume, which takes its place in *@evidence. Where something is assumed
 * and @ret_now is not NULL, *@ret_now is what it was, the caller's too. 0, or -errno with an error
 * printed.
 */
int cli_settle(const struct cli_options *options, struct xdc_evidence **evidence,
	       struct xdc_evidence **ret_now);

/*
 * The time that counts as now, so that what is recorded can be recorded again byte for byte:
 * SOURCE_DATE_EPOCH, whose specification (reproducible-builds.org) has a malformed one be an
 * error. Returns 1, 0 where it is not set, or -EINVAL with an error printed.
 */
int cli_source_date(int64_t *ret);

/*
 * Opens a recording that shall be read when this process has no files any more. Returns the
 * descriptor, or -errno with an error printed.
 */
int cli_open_recording(const char *path);

/* The device of @report with that name or path (/sys/devices/... or below); NULL: none. */
const struct xdc_device *cli_find_device(const struct xdc_report *report, const char *name);

/*
 * 1 where a finding is as grave as --fail-on says, else 3 where evidence that a verdict rests
 * on is missing, else 0.
 */
int cli_report_status(const struct xdc_report *report, const struct cli_options *options);

/*
 * The report on @evidence, which it takes over, once that is settled; NULL with an error printed.
 * @ret_now as in cli_settle().
 */
struct xdc_report *cli_report_on(const struct cli_options *options, struct xdc_evidence *evidence,
				 struct xdc_report **ret_now);

/* Collects, and builds the report that the options ask for; else the same. */
struct xdc_report *cli_make_report(const struct cli_options *options, struct xdc_report **ret_now);

/* confined.c */

/*
 * What a command does once its outputs are open; an exit status. It ends with this process
 * confined, unless it is done in a child. That is so where what it reads is a recording, so that
 * one which brings its reader down is told, or where a file is to be given its name afterwards;
 * cli_run_apart() does it in any case.
 */
typedef int cli_run_fn(const struct cli_options *options, void *arg);
int cli_run_confined(const struct cli_options *options, cli_run_fn *run, void *arg);
int cli_run_apart(const struct cli_options *options, cli_run_fn *run, void *arg);

/* How the child @pid, which reads @what, ends is how this process does: an exit status, or not at
 * all. */
int cli_take_over(pid_t pid, const char *what);

/* Who has made what is about to be looked at. */
enum cli_whose {
	CLI_OWN,     /* this machine's kernel, hypervisor and files */
	CLI_FOREIGN, /* anybody */
};

/*
 * For good: opening, connecting and signalling fail from now on. Returns 0, or, where that could
 * not be brought about and the matter is a stranger's, -EPERM with an error printed. @lasting: see
 * xdc_confine(). Once is enough.
 */
int cli_confine(enum cli_whose whose, bool lasting);
/* What is in force of it; NULL: this process is not confined. */
struct xdc_confinement;
const struct xdc_confinement *cli_confinement(void);

/* shared.c */

/* What the report is from, as its records say it: the file or directory named, or "live". */
const char *cli_source_name(const struct cli_options *options);

/* sources.c */

/* Whether the options name several recordings, or a directory of them. */
bool cli_names_several(const struct cli_options *options);

/*
 * What is done with one recording, which options->from names, in a process of its own: writes to
 * @out (whose end is not known: no terminal), returns an exit status. What it writes is dropped
 * with CLI_TROUBLE.
 */
typedef int cli_handle_fn(const struct cli_options *options, FILE *out);
/* What is done with what that wrote, here and in the order of the recordings. */
typedef void cli_take_fn(void *arg, FILE *text);

/*
 * Handles each recording that the options name, a few at a time. One that cannot be read is told
 * on standard error, and the others are handled all the same. Returns the gravest exit status:
 * CLI_TROUBLE, CLI_FINDINGS, CLI_INCOMPLETE, CLI_CLEAN.
 */
int cli_each_source(const struct cli_options *options, cli_handle_fn *handle, cli_take_fn *take,
		    void *arg);

/*
 * fleet.c: the report on all recordings that the options name, to @out; an exit status. *@ret_whole
 * tells whether @out has what it should have, be it of all but some that could not be read.
 */
int cli_report_fleet(const struct cli_options *options, FILE *out, bool *ret_whole);

/* output.c */

/* A file being written, which has no name yet. */
struct cli_output {
	FILE *file;
	const char *path; /* as the user gave it */
	char *name;
	char hidden[64]; /* its name until then, where there must be one */
	int directory;
	bool replace;
};

/*
 * Begins to write what shall be the file @path, of @mode; it may only be there already with
 * @replace. Returns 0, or -errno with an error printed; cli_output_close() is due in any case.
 */
int cli_output_open(struct cli_output *output, const char *path, mode_t mode, bool replace);
/* Gives it its name once all of it is on the disk. Returns 0, or -errno with an error printed. */
int cli_output_commit(struct cli_output *output);
/* Without a name, it is gone then. */
void cli_output_close(struct cli_output *output);
/* Takes away the names that outputs have until they are whole; before a signal that ends us. */
void cli_output_drop_hidden(void);

/* progress.c: tells on a terminal what @source, which it takes over, is asked; may return it. */
struct xdc_source *cli_show_progress(struct xdc_source *source);

/*
 * The administrator's entries for the catalogue, of this machine or below --root, as they were
 * read; NULL with an error printed. The caller's.
 */
struct xdc_evidence *cli_read_entries(const struct cli_options *options);
/*
 * The built-in catalogue with those, in this process, which is confined now; what is wrong with
 * one of them is printed. @all: see xdc_catalogue_add_local(). NULL with an error printed. The
 * caller's.
 */
struct xdc_catalogue *cli_catalogue(const struct cli_options *options, bool all);
/* Prints what is wrong with its local entries. */
void cli_tell_errors(const struct xdc_catalogue *catalogue);

/* cmd-known.c: prints the entry, or that there is none; an exit status. */
int cli_tell_entry(const struct xdc_catalogue *catalogue, const char *id,
		   const struct cli_options *options);

/* explain-log.c: whether the argument names a log: "-", or a file that is there. */
bool cli_is_log(const char *argument);
/* Explains the logs that the arguments name, together; without arguments those of the machine. */
int cli_explain_logs(const struct cli_options *options);

/* term.c */

/* The columns of the terminal at standard output; 0 where it is none. */
size_t cli_terminal_width(void);
bool cli_use_color(enum cli_when when);

/* main.c */

/* Closes standard output. @status, or CLI_TROUBLE with an error printed where not all went out. */
int cli_close_output(int status);

/* The commands, ended by one without a name. */
extern const struct cli_command cli_commands[];

#endif
