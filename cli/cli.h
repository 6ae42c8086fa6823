/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands share. Not a library: these print and exit. */
#ifndef XDC_CLI_H
#define XDC_CLI_H

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
};

enum cli_when {
	CLI_AUTO,
	CLI_ALWAYS,
	CLI_NEVER,
};

/* What the command line says; defaults where it says nothing. */
struct cli_options {
	const char *from;
	const char *root;
	const char *dtb;
	const char *host_dtb;
	const char *assume;
	const char *output; /* -o: columns, or a file */
	const char *fail_on_name;
	enum cli_format format;
	enum cli_when color;
	enum xdc_observe observe;
	enum xdc_severity fail_on;
	unsigned int timeout; /* seconds */
	bool timeout_given;
	bool all;
	bool list_columns;
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
int cmd_known(const struct cli_options *options);

/* options.c */

/*
 * Reads argv behind the command's name into *@ret. Prints --help and --version and exits
 * there; exits with CLI_TROUBLE on what it does not understand.
 */
void cli_parse(const struct cli_command *command, int argc, char **argv, struct cli_options *ret);

/* One line on stderr, behind the program's name; every character safe for a terminal. */
void cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The evidence of what the options name, under what they assume; NULL with an error printed.
 * The caller's. Where something is assumed and @ret_now is not NULL, *@ret_now is the same evidence
 * without the assumptions, the caller's too.
 */
struct xdc_evidence *cli_collect(const struct cli_options *options, struct xdc_evidence **ret_now);

/* The device of @report with that name or path (/sys/devices/... or below); NULL: none. */
const struct xdc_device *cli_find_device(const struct xdc_report *report, const char *name);

/*
 * 1 where a finding is as grave as --fail-on says, else 3 where evidence that a verdict rests
 * on is missing, else 0.
 */
int cli_report_status(const struct xdc_report *report, const struct cli_options *options);

/*
 * Collects and builds the report that the options ask for; NULL with an error printed.
 * @ret_now as in cli_collect().
 */
struct xdc_report *cli_make_report(const struct cli_options *options, struct xdc_report **ret_now);

/*
 * The built-in catalogue and the administrator's entries, of this machine or below --root; what
 * is wrong with one of those is printed. NULL with an error printed. The caller's.
 */
struct xdc_catalogue *cli_catalogue(const struct cli_options *options);

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

/* main.c: the commands, ended by one without a name. */
extern const struct cli_command cli_commands[];

#endif
