/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/*
 * Every option of every command, once: parsing, --help and the tests of the man page all
 * come from here. @letter is the short form, or a number above any character.
 */
enum {
	OPT_FROM = 0x100,
	OPT_ROOT,
	OPT_FORMAT,
	OPT_LIST_COLUMNS,
	OPT_COLOR,
	OPT_OBSERVE,
	OPT_FAIL_ON,
	OPT_DTB,
	OPT_HOST_DTB,
	OPT_TIMEOUT,
	OPT_ASSUME,
	OPT_TO,
	OPT_NO_REDACT,
	OPT_GUEST_CONSOLE,
	OPT_KEEP_MAP,
	OPT_STRICT,
	OPT_INTERVAL,
	OPT_WATCH,
};

struct option_entry {
	int letter;
	const char *name;
	const char *argument; /* "[=X]": optional */
	const char *help;
	const char *only; /* the commands that have it, separated by blanks; NULL: all */
};

/* Commands that are about one machine, here or elsewhere. */
#define ONE_MACHINE "report explain preflight bundle"

static const struct option_entry entries[] = {
	{ OPT_FROM, "from", "FILE", "read a bundle (report: several, or a directory)",
	  ONE_MACHINE },
	{ OPT_ROOT, "root", "DIR", "read a copy of a machine's files below DIR",
	  ONE_MACHINE " known" },
	{ OPT_DTB, "dtb", "BOARD.dtb", "predict for the board that a device tree describes",
	  ONE_MACHINE },
	{ OPT_HOST_DTB, "host-dtb", "FILE", "the board's own device tree: shows what Xen took",
	  ONE_MACHINE },
	{ OPT_ASSUME, "assume", "KEY=VALUE,...", "what if: xen=4.17, kernel=6.6, iommu=off...",
	  ONE_MACHINE },
	{ OPT_OBSERVE, "observe", "WHEN", "read the kernel by BPF: auto, never, always", NULL },
	{ OPT_WATCH, "watch", "SECONDS", "also count what devices do by DMA: 1 to 3600",
	  "report explain bundle" },
	{ OPT_TIMEOUT, "timeout", "SECONDS", "end within, whatever does not answer: 3 to 3600",
	  NULL },
	{ OPT_FORMAT, "format", "FORMAT", "table, json, jsonl or openmetrics", "report" },
	{ OPT_FORMAT, "format", "FORMAT", "table or json", "diff explain known" },
	{ OPT_TO, "to", "FILE", "write there, whole or not at all", "report" },
	{ 'o', "output", "COLUMNS", "the columns to show, or +COLUMNS to add", "report" },
	{ OPT_LIST_COLUMNS, "list-columns", NULL, "list the columns there are", "report" },
	{ 'a', "all", NULL, "also devices that do no DMA, are idle, or may not", "report" },
	{ 'a', "all", NULL, "also devices that do no DMA, and every build option", "diff" },
	{ OPT_COLOR, "color", "[=WHEN]", "auto, always or never", "report explain" },
	{ OPT_FAIL_ON, "fail-on", "SEVERITY", "exit 1 from: info, notice, warning, error",
	  "report explain" },
	{ OPT_FORMAT, "format", "FORMAT", "table or json", "preflight" },
	{ OPT_STRICT, "strict", NULL, "exit 1 for a warning, too", "preflight" },
	{ 'v', "verbose", NULL, "also what passed, and what was not checked", "preflight" },
	{ 'v', "verbose", NULL, "also how confined what was read was looked at", "report" },
	{ OPT_COLOR, "color", "[=WHEN]", "auto, always or never", "preflight" },
	{ 'o', "output", "FILE", "write the bundle there; - is standard output", "bundle" },
	{ OPT_NO_REDACT, "no-redact", NULL, "mask nothing: names, addresses, secrets go along",
	  "bundle" },
	{ OPT_GUEST_CONSOLE, "guest-console", NULL, "include what guests wrote on their consoles",
	  "bundle" },
	{ OPT_KEEP_MAP, "keep-map", "FILE", "write there which name each pseudonym stands for",
	  "bundle" },
	{ OPT_INTERVAL, "interval", "SECONDS", "show what happened in so many: 1 to 3600",
	  "watch" },
	{ 'h', "help", NULL, "show this help", NULL },
	{ 'V', "version", NULL, "show the version", NULL },
};

static bool belongs(const struct option_entry *entry, const struct cli_command *command)
{
	return !entry->only || xdc_text_has_word(entry->only, command->name);
}

static int argument_kind(const struct option_entry *entry)
{
	if (!entry->argument)
		return no_argument;
	return entry->argument[0] == '[' ? optional_argument : required_argument;
}

static void print_commands(void)
{
	printf("\nCommands:\n");
	for (const struct cli_command *c = cli_commands; c->name; c++)
		printf("  %-10s %s\n", c->name, c->summary);
}

static _Noreturn void print_help(const struct cli_command *command)
{
	bool is_default = command == &cli_commands[0];
	char left[64];

	printf("Usage: xen-dmacheck %s%s%s [OPTION...] %s\n\n%s\n", is_default ? "[" : "",
	       command->name, is_default ? "]" : "", command->arguments, command->summary);
	if (is_default)
		print_commands();
	printf("\nOptions:\n");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(entries); i++) {
		const struct option_entry *e = &entries[i];
		const char *argument = e->argument ? e->argument : "";

		if (!belongs(e, command))
			continue;
		snprintf(left, sizeof(left), "--%s%s%s", e->name,
			 *argument && *argument != '[' ? " " : "", argument);
		if (e->letter < OPT_FROM)
			printf("  -%c, %-20s %s\n", e->letter, left, e->help);
		else
			printf("      %-20s %s\n", left, e->help);
	}
	printf("\nFor more see xen-dmacheck(8).\n");
	exit(CLI_CLEAN);
}

static int find_word(const char *text, const char *const words[])
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

/* The place of the option's argument among @words; exits where it is none of them. */
static int parse_word(const char *option, const char *text, const char *const words[])
{
	int index = find_word(text, words);

	if (index >= 0)
		return index;
	cli_error("--%s: '%s' is none of its values; see --help", option, text);
	exit(CLI_TROUBLE);
}

/* Up to an hour; exits where it is no such number. */
static unsigned int parse_seconds(const char *option, const char *text, unsigned int least)
{
	uint64_t seconds;

	if (xdc_number_parse(text, 10, &seconds) == 0 && seconds >= least && seconds <= 3600)
		return (unsigned int)seconds;
	cli_error("--%s: '%s' is no number of seconds from %u to 3600", option, text, least);
	exit(CLI_TROUBLE);
}

static void take_seconds(int letter, struct cli_options *ret)
{
	if (letter == OPT_INTERVAL)
		ret->interval = parse_seconds("interval", optarg, 1);
	else if (letter == OPT_WATCH)
		ret->watch_seconds = parse_seconds("watch", optarg, 1);
	else
		ret->timeout = parse_seconds("timeout", optarg, 3);
	ret->timeout_given |= letter == OPT_TIMEOUT;
}

static void take_option(const struct cli_command *command, int letter, struct cli_options *ret)
{
	static const char *const formats[] = { "table", "json", "jsonl", "openmetrics", NULL };
	static const char *const whens[] = { "auto", "always", "never", NULL };
	static const char *const observes[] = { "auto", "never", "always", NULL };
	static const char *const severities[] = { "info", "notice", "warning", "error", NULL };

	switch (letter) {
	case OPT_FROM:
		ret->recordings[ret->n_recordings++] = optarg;
		ret->from = ret->recordings[0];
		break;
	case OPT_ROOT:
		ret->root = optarg;
		break;
	case OPT_DTB:
		ret->dtb = optarg;
		break;
	case OPT_HOST_DTB:
		ret->host_dtb = optarg;
		break;
	case OPT_ASSUME:
		ret->assume = optarg;
		break;
	case OPT_TIMEOUT:
	case OPT_INTERVAL:
	case OPT_WATCH:
		take_seconds(letter, ret);
		break;
	case OPT_FORMAT:
		ret->format = (enum cli_format)parse_word("format", optarg, formats);
		break;
	case 'o':
		ret->output = optarg;
		break;
	case OPT_TO:
		ret->to = optarg;
		break;
	case OPT_NO_REDACT:
		ret->no_redact = true;
		break;
	case OPT_GUEST_CONSOLE:
		ret->guest_console = true;
		break;
	case OPT_KEEP_MAP:
		ret->keep_map = optarg;
		break;
	case OPT_LIST_COLUMNS:
		ret->list_columns = true;
		break;
	case 'a':
		ret->all = true;
		break;
	case OPT_COLOR:
		ret->color =
			optarg ? (enum cli_when)parse_word("color", optarg, whens) : CLI_ALWAYS;
		break;
	case OPT_OBSERVE:
		ret->observe = (enum xdc_observe)parse_word("observe", optarg, observes);
		break;
	case OPT_FAIL_ON:
		ret->fail_on = (enum xdc_severity)parse_word("fail-on", optarg, severities);
		break;
	case OPT_STRICT:
		ret->strict = true;
		break;
	case 'v':
		ret->verbose = true;
		break;
	case 'h':
		print_help(command);
	case 'V':
		printf("xen-dmacheck %s\n", XDC_VERSION);
		exit(CLI_CLEAN);
	default:
		cli_error("see 'xen-dmacheck %s --help'", command->name);
		exit(CLI_TROUBLE);
	}
}

/* What getopt_long() wants, from the table: @shorts must hold three characters an entry. */
static void build_getopt(const struct cli_command *command, struct option *longs, char *shorts)
{
	*shorts++ = ':';
	for (size_t i = 0; i < XDC_ARRAY_SIZE(entries); i++) {
		const struct option_entry *e = &entries[i];

		if (!belongs(e, command))
			continue;
		*longs++ = (struct option){ e->name, argument_kind(e), NULL, e->letter };
		if (e->letter < OPT_FROM) {
			*shorts++ = (char)e->letter;
			if (argument_kind(e) == required_argument)
				*shorts++ = ':';
		}
	}
	*longs = (struct option){ 0 };
	*shorts = '\0';
}

void cli_parse(const struct cli_command *command, int argc, char **argv, struct cli_options *ret)
{
	struct option longs[XDC_ARRAY_SIZE(entries) + 1];
	char shorts[XDC_ARRAY_SIZE(entries) * 3 + 2];
	int letter;

	*ret = (struct cli_options){
		.fail_on = XDC_SEVERITY_ERROR, .timeout = 10, .interval = 1, .recording = -1
	};
	ret->recordings = xdc_zalloc((size_t)argc * sizeof(*ret->recordings));
	build_getopt(command, longs, shorts);
	opterr = 0;
	while ((letter = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (letter == '?' || letter == ':')
			cli_error(letter == ':' ? "%s: an argument is missing"
						: "%s: no such option",
				  argv[optind - 1]);
		take_option(command, letter, ret);
	}
	if (!!ret->from + !!ret->root + !!ret->dtb > 1) {
		cli_error("--from, --root and --dtb exclude each other");
		exit(CLI_TROUBLE);
	}
	if (ret->watch_seconds && (ret->from || ret->root || ret->dtb || ret->assume)) {
		cli_error("--watch: only what this machine does now can be counted");
		exit(CLI_TROUBLE);
	}
	if (ret->n_recordings > 1 && command->run != cmd_report) {
		cli_error("only report takes several --from");
		exit(CLI_TROUBLE);
	}
	ret->arguments = (const char *const *)(argv + optind);
	ret->n_arguments = (size_t)(argc - optind);
}

void cli_options_free(struct cli_options *options)
{
	free(options->recordings);
}

void cli_error(const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fputs("xen-dmacheck: ", stderr);
	xdc_text_escape(stderr, text, strlen(text));
	fputc('\n', stderr);
}
