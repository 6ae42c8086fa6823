/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands share. Not a library: these print and exit. */
#ifndef XDC_CLI_H
#define XDC_CLI_H

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
	const char *output; /* -o: columns, or a file */
	const char *fail_on_name;
	enum cli_format format;
	enum cli_when color;
	enum xdc_observe observe;
	enum xdc_severity fail_on;
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
int cmd_bundle(const struct cli_options *options);

/* options.c */

/*
 * Reads argv behind the command's name into *@ret. Prints --help and --version and exits
 * there; exits with CLI_TROUBLE on what it does not understand.
 */
void cli_parse(const struct cli_command *command, int argc, char **argv, struct cli_options *ret);

/* One line on stderr, behind the program's name; every character safe for a terminal. */
void cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The source that the options name, or NULL with an error printed. */
struct xdc_source *cli_open_source(const struct cli_options *options);

/* term.c */

/* The columns of the terminal at standard output; 0 where it is none. */
size_t cli_terminal_width(void);
bool cli_use_color(enum cli_when when);

/* main.c: the commands, ended by one without a name. */
extern const struct cli_command cli_commands[];

#endif
