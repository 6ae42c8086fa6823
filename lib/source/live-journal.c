/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * journalctl(1) in a child, rather than libsystemd: it reads files that may be damaged, on
 * disks that may hang. The child reads what journalctl writes and hands it on in pieces, so
 * that each has a deadline.
 */
#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "source/child.h"
#include "source/journal.h"

enum {
	BOOTS = 3,
	/* With the longest record behind it (four bytes for each of an entry) still an answer. */
	PIECE = 48 << 10,
	PIECES = 11, /* of a boot: 528 KiB */
	/* The last item of a boot answers whether there is more. */
	ITEMS = PIECES + 1,
	DEADLINE_MS = 2000,
	BUDGET_S = 5, /* for all boots */
};

struct journal {
	char program[PATH_MAX + 32];
	/* In the child: */
	FILE *in;
	pid_t pid;
	unsigned int sequence;
	time_t begun;
	/* In this process: */
	xdc_emit_fn *emit;
	void *arg;
	const char *boot_id;
	bool found; /* the boot @boot_id */
	bool late;
	unsigned int n_boots;
	char *text; /* of one boot */
	size_t size;
	FILE *out;
	char boot[XDC_BOOT_ID_BYTES];
};

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* Without an environment: it would choose a pager, colours, or another journal. */
static _Noreturn void exec_journalctl(const char *program, size_t boot, int out)
{
	char boot_option[32];
	char *const argv[] = {
		(char *)"journalctl",
		(char *)"--quiet",
		(char *)"--no-pager",
		(char *)"--dmesg",
		boot_option,
		(char *)"--output=export",
		/* Times and the boot ID are always there. */
		(char *)"--output-fields=MESSAGE,PRIORITY,SYSLOG_FACILITY,"
			"_SOURCE_MONOTONIC_TIMESTAMP,_KERNEL_SUBSYSTEM,_KERNEL_DEVICE",
		NULL,
	};
	char *const environment[] = { (char *)"LC_ALL=C", NULL };

	snprintf(boot_option, sizeof(boot_option), "--boot=%s%zu", boot ? "-" : "", boot);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(out, STDOUT_FILENO) >= 0 && close_range(3, ~0U, 0) == 0)
		execve(program, argv, environment);
	_exit(127);
}

static void start_boot(struct journal *journal, size_t boot)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return;
	journal->pid = fork();
	if (journal->pid == 0)
		exec_journalctl(journal->program, boot, fds[1]);
	close(fds[1]);
	if (journal->pid > 0)
		journal->in = fdopen(fds[0], "r");
	if (!journal->in)
		close(fds[0]);
	journal->sequence = 0;
}

static void end_boot(struct journal *journal)
{
	if (!journal->in)
		return;
	fclose(journal->in);
	journal->in = NULL;
	kill(journal->pid, SIGKILL);
	waitpid(journal->pid, NULL, 0);
}

/*
 * In the child. The first piece of a boot begins with a line that is its ID. Once the time for
 * all is over, nothing more is read, and what there was counts as cut.
 */
static void read_piece(void *arg, size_t index, FILE *out)
{
	struct journal *journal = arg;
	bool over = journal->begun && now() - journal->begun > BUDGET_S;
	bool first = index % ITEMS == 0;

	if (!journal->begun)
		journal->begun = now();
	if (first && !over)
		start_boot(journal, index / ITEMS);
	if (index % ITEMS == PIECES) {
		if (journal->in && (over || getc(journal->in) != EOF))
			fputs("more", out);
		end_boot(journal);
		return;
	}
	while (journal->in && !over && ftell(out) < PIECE) {
		struct xdc_journal_entry entry;

		if (!xdc_journal_read(journal->in, &entry)) {
			end_boot(journal);
			break;
		}
		if (first)
			fprintf(out, "%s\n", entry.boot_id);
		first = false;
		xdc_journal_write(out, &entry, journal->sequence++);
	}
}

static bool is_boot_id(const char *text)
{
	for (size_t i = 0; i < XDC_BOOT_ID_BYTES - 1; i++)
		if (!isxdigit((unsigned char)text[i]))
			return false;
	return text[XDC_BOOT_ID_BYTES - 1] == '\n';
}

static void emit_boot(struct journal *journal, size_t boot, enum xdc_status status,
		      const char *detail)
{
	char key[64], origin[64];

	fclose(journal->out);
	journal->out = NULL;
	snprintf(key, sizeof(key), "log:journal:%s", journal->boot);
	snprintf(origin, sizeof(origin), "journalctl --dmesg --boot=%s%zu", boot ? "-" : "", boot);
	if (journal->size) {
		xdc_emit(journal->emit, journal->arg, key, origin, status, detail, journal->text,
			 journal->size);
		journal->n_boots++;
		if (strcmp(journal->boot, journal->boot_id) == 0)
			journal->found = true;
	}
	free(journal->text);
	journal->text = NULL;
}

static void answer(void *arg, size_t index, const char *text, size_t size)
{
	struct journal *journal = arg;
	size_t boot = index / ITEMS;

	if (!text) {
		journal->late = true;
		if (journal->out)
			emit_boot(journal, boot, XDC_STATUS_TRUNCATED,
				  "journalctl did not go on before the deadline");
	} else if (index % ITEMS == PIECES) {
		if (journal->out)
			emit_boot(journal, boot, size ? XDC_STATUS_TRUNCATED : XDC_STATUS_OK,
				  size ? "only the beginning of the boot" : "");
	} else if (index % ITEMS == 0) {
		if (size < XDC_BOOT_ID_BYTES || !is_boot_id(text))
			return;
		memcpy(journal->boot, text, XDC_BOOT_ID_BYTES - 1);
		journal->out = xdc_open_text(&journal->text, &journal->size);
		fwrite(text + XDC_BOOT_ID_BYTES, 1, size - XDC_BOOT_ID_BYTES, journal->out);
	} else if (journal->out) {
		fwrite(text, 1, size, journal->out);
	}
}

static bool find_journalctl(const struct xdc_tree *tree, struct journal *journal)
{
	static const char *const places[] = { "/usr/bin/journalctl", "/bin/journalctl" };
	char root[PATH_MAX];

	if (xdc_tree_root_path(tree, root, sizeof(root)) < 0)
		return false;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(places); i++) {
		snprintf(journal->program, sizeof(journal->program), "%s%s", root, places[i]);
		if (access(journal->program, X_OK) == 0)
			return true;
	}
	return false;
}

static enum xdc_status ask_journalctl(const struct xdc_tree *tree, struct journal *journal)
{
	if (!find_journalctl(tree, journal))
		return XDC_STATUS_ABSENT;
	if (xdc_child_run((size_t)BOOTS * ITEMS, DEADLINE_MS, 0, read_piece, answer, journal) < 0)
		return XDC_STATUS_IO_ERROR;
	if (journal->late)
		return XDC_STATUS_TIMEOUT;
	/* It shows others nothing, and would say so to people only. */
	return geteuid() == 0 ? XDC_STATUS_ABSENT : XDC_STATUS_DENIED;
}

bool xdc_live_journal(const struct xdc_tree *tree, const char *boot_id, FILE *fields,
		      xdc_emit_fn *emit, void *arg)
{
	xdc_autofree struct journal *journal = xdc_zalloc(sizeof(*journal));
	enum xdc_status status;

	journal->boot_id = boot_id;
	journal->emit = emit;
	journal->arg = arg;
	status = ask_journalctl(tree, journal);
	if (journal->n_boots)
		fprintf(fields, "journal=%u\n", journal->n_boots);
	else
		xdc_field_write_status(fields, "journal", status);
	return journal->found;
}
