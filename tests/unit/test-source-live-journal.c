/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journalctl is a script here, in a tree that stands for that of a machine. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "source/journal.h"
#include "unit-elf.h"

#define JOURNALCTL "/usr/bin/journalctl"
#define BOOT_0	   "000000000000000000000000000000d4"
#define BOOT_1	   "000000000000000000000000000000c3"

static struct xdc_evidence *ask(const struct tmp *tmp, const char *boot_id, bool found,
				const char *fields)
{
	const struct xdc_tree tree = { .root = tmp->tree.root };
	struct xdc_evidence *evidence = xdc_evidence_new();
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	assert_int_equal(xdc_live_journal(&tree, boot_id, out, xdc_evidence_add, evidence), found);
	text = unit_text(out);
	assert_string_equal(text, fields);
	return evidence;
}

static void assert_boot(const struct xdc_evidence *evidence, const char *boot_id,
			const char *origin, enum xdc_status status, const char *text)
{
	char key[64];
	const struct xdc_record *record;

	snprintf(key, sizeof(key), "log:journal:%s", boot_id);
	record = xdc_evidence_find(evidence, key);
	assert_non_null(record);
	assert_int_equal(record->status, status);
	assert_string_equal(record->origin, origin);
	assert_string_equal(record->data, text);
}

static void test_boots_are_asked_for_one_by_one(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_script(
		*state, JOURNALCTL,
		"#!/bin/sh\n"
		"case $4 in --boot=0) id=" BOOT_0 " ;; --boot=-1) id=" BOOT_1 " ;;\n"
		"*) echo nothing >&2; exit 1 ;; esac\n"
		"printf '_BOOT_ID=%s\\nMESSAGE=%s\\n\\nMESSAGE=env %s\\n\\n' $id \"$*\" \"$(env | "
		"grep -v -e ^PWD -e ^_ -e ^SHLVL -e ^OLDPWD)\"\n");
	evidence = ask(*state, BOOT_0, true, "journal=2\n");
	assert_int_equal(xdc_evidence_count(evidence), 2);
#define ARGUMENTS(boot)                                                                            \
	"--quiet --no-pager --dmesg --boot=" boot " --output=export --output-fields=MESSAGE,"      \
	"PRIORITY,SYSLOG_FACILITY,_SOURCE_MONOTONIC_TIMESTAMP,_KERNEL_SUBSYSTEM,_KERNEL_DEVICE"
	assert_boot(evidence, BOOT_0, "journalctl --dmesg --boot=0", XDC_STATUS_OK,
		    "6,0,0,-;" ARGUMENTS("0") "\n6,1,0,-;env LC_ALL=C\n");
	assert_boot(evidence, BOOT_1, "journalctl --dmesg --boot=-1", XDC_STATUS_OK,
		    "6,0,0,-;" ARGUMENTS("-1") "\n6,1,0,-;env LC_ALL=C\n");
}

static void test_whether_this_boot_is_there_is_told(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_script(*state, "/bin/journalctl",
		   "#!/bin/sh\n[ $4 = --boot=0 ] || exit 1\n"
		   "printf '_BOOT_ID=" BOOT_1 "\\nMESSAGE=m\\n\\n'\n");
	evidence = ask(*state, BOOT_0, false, "journal=1\n");
	assert_boot(evidence, BOOT_1, "journalctl --dmesg --boot=0", XDC_STATUS_OK, "6,0,0,-;m\n");
}

/* Others than root may be shown nothing, which is not that there is nothing. */
static const char *nothing(void)
{
	return geteuid() == 0 ? "journal!absent\n" : "journal!denied\n";
}

static void test_without_a_journal_there_is_none(void **state)
{
	const struct tmp *tmp = *state;

	xdc_evidence_free(ask(tmp, BOOT_0, false, "journal!absent\n"));
	tmp_script(tmp, JOURNALCTL, "#!/nowhere/sh\n");
	xdc_evidence_free(ask(tmp, BOOT_0, false, nothing()));
	tmp_script(tmp, JOURNALCTL, "#!/bin/sh\nexit 1\n");
	xdc_evidence_free(ask(tmp, BOOT_0, false, nothing()));
	if (!as_nobody())
		skip();
	xdc_evidence_free(ask(tmp, BOOT_0, false, "journal!denied\n"));
}

static void test_what_names_no_boot_is_not_taken(void **state)
{
	const struct tmp *tmp = *state;

	tmp_script(tmp, JOURNALCTL, "#!/bin/sh\nprintf 'MESSAGE=m\\n\\n'\n");
	xdc_evidence_free(ask(tmp, "", false, nothing()));
	tmp_script(tmp, JOURNALCTL, "#!/bin/sh\nprintf '_BOOT_ID=../../x\\nMESSAGE=m\\n\\n'\n");
	xdc_evidence_free(ask(tmp, "", false, nothing()));
	tmp_script(tmp, JOURNALCTL, "#!/bin/sh\nhead -c 100000 /dev/urandom\n");
	xdc_evidence_free(ask(tmp, "", false, nothing()));
}

/* A flood never ends, and has the longest of records. */
static void test_only_the_beginning_of_a_long_boot_is_kept(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	tmp_script(*state, JOURNALCTL,
		   "#!/bin/sh\n[ $4 = --boot=0 ] || exit 1\n"
		   "long=$(printf '\\001%.0s' $(seq 4000))\n"
		   "while printf '_BOOT_ID=" BOOT_0 "\\nMESSAGE=%s\\n\\n' $long; do :; done\n");
	evidence = ask(*state, BOOT_0, true, "journal=1\n");
	record = xdc_evidence_find(evidence, "log:journal:" BOOT_0);
	assert_int_equal(record->status, XDC_STATUS_TRUNCATED);
	assert_string_equal(record->detail, "only the beginning of the boot");
	assert_in_range(record->size, 512 << 10, 640 << 10);
	assert_int_equal(record->data[record->size - 1], '\n');
}

static void test_a_journal_that_hangs_is_left(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	time_t begun = time(NULL);

	tmp_script(*state, JOURNALCTL, "#!/bin/sh\nexec sleep 30\n");
	evidence = ask(*state, BOOT_0, false, "journal!timeout\n");
	assert_int_equal(xdc_evidence_count(evidence), 0);
	assert_true(time(NULL) - begun < 10);
}

/* What it said before it hung is kept. */
static void test_a_journal_that_stops_is_cut(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_script(*state, JOURNALCTL,
		   "#!/bin/sh\n[ $4 = --boot=-1 ] && exec sleep 30\n"
		   "printf '_BOOT_ID=" BOOT_0 "\\nMESSAGE=m\\n\\n'\n");
	evidence = ask(*state, BOOT_0, true, "journal=1\n");
	assert_boot(evidence, BOOT_0, "journalctl --dmesg --boot=0", XDC_STATUS_OK, "6,0,0,-;m\n");
}

/* It has nothing more to say, and does not end. */
static void test_a_journal_that_stays_is_ended(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_script(*state, JOURNALCTL,
		   "#!/bin/sh\n[ $4 = --boot=0 ] || exit 1\n"
		   "printf '_BOOT_ID=" BOOT_0 "\\nMESSAGE=m\\n\\n'\nexec sleep 30 >/dev/null\n");
	evidence = ask(*state, BOOT_0, true, "journal=1\n");
	assert_boot(evidence, BOOT_0, "journalctl --dmesg --boot=0", XDC_STATUS_OK, "6,0,0,-;m\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_boots_are_asked_for_one_by_one),
		tree_test(test_whether_this_boot_is_there_is_told),
		tree_test(test_without_a_journal_there_is_none),
		tree_test(test_what_names_no_boot_is_not_taken),
		tree_test(test_only_the_beginning_of_a_long_boot_is_kept),
		tree_test(test_a_journal_that_hangs_is_left),
		tree_test(test_a_journal_that_stops_is_cut),
		tree_test(test_a_journal_that_stays_is_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
