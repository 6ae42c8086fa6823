/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Helpers that do everything a helper must not do: each is a status, and ends in time. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/child.h"
#include "source/helper-process.h"
#include "unit.h"

enum {
	DEADLINE_MS = 400,
	/* Killing, reaping, and a machine that is busy with other tests. */
	ROOM_MS = 600,
};

#define BEGIN "printf 'xen-dmacheck-records 1\\n'\n"
#define ONE   "printf 'xen:version\\tok\\tlib\\t\\t3\\nabc\\n'\n"
#define LAST  "printf 'xen\\tok\\tlib\\t\\t0\\n\\nend\\t2\\n'\n"

struct run {
	char directory[32];
	char path[64];
	struct xdc_evidence *evidence;
	char *detail;
	enum xdc_status status;
	long long took;
};

static int setup(void **state)
{
	struct run *run = xdc_zalloc(sizeof(*run));

	strcpy(run->directory, "/tmp/helper-XXXXXX");
	*state = run;
	if (!mkdtemp(run->directory))
		return -1;
	snprintf(run->path, sizeof(run->path), "%s/helper", run->directory);
	run->evidence = xdc_evidence_new();
	return 0;
}

static int teardown(void **state)
{
	struct run *run = *state;

	unlink(run->path);
	rmdir(run->directory);
	xdc_evidence_free(run->evidence);
	free(run->detail);
	free(run);
	return 0;
}

static void write_file(const struct run *run, const char *text, size_t size, mode_t mode)
{
	int fd = open(run->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, size), size);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

/* Runs whatever is at @run->path. No child of it is left, and it took no longer than it may. */
static void run_path(struct run *run)
{
	static const char *const arguments[] = { "hypervisor", "400", NULL };
	static const char *const keys[] = { "other", "xen", NULL };
	const struct xdc_helper helper = {
		.path = run->path,
		.arguments = arguments,
		.keys = keys,
		.timeout_ms = DEADLINE_MS,
	};
	long long begin = xdc_now_ms();

	run->status = xdc_helper_run(&helper, xdc_evidence_add, run->evidence, &run->detail);
	run->took = xdc_now_ms() - begin;
	assert_true(run->took < DEADLINE_MS + ROOM_MS);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	if (run->status != XDC_STATUS_OK)
		assert_non_null(run->detail);
}

static void run_script(struct run *run, const char *script)
{
	xdc_autofree char *text = NULL;

	assert_true(asprintf(&text, "#!/bin/sh\n%s", script) > 0);
	write_file(run, text, strlen(text), 0700);
	run_path(run);
}

static void assert_failed(const struct run *run, enum xdc_status status, const char *detail)
{
	assert_text(xdc_status_name(run->status), xdc_status_name(status));
	assert_contains(run->detail, detail);
}

/* What came before the failure is kept. */
static void assert_has_version(const struct run *run)
{
	const struct xdc_record *record = xdc_evidence_find(run->evidence, "xen:version");

	assert_non_null(record);
	assert_text(record->data, "abc");
}

static void test_a_whole_answer_is_ok(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE LAST);
	assert_int_equal(run->status, XDC_STATUS_OK);
	assert_null(run->detail);
	assert_has_version(run);
	assert_int_equal(xdc_evidence_count(run->evidence), 2);
	assert_true(run->took < DEADLINE_MS);
}

/* What is written is believed once it counts its records; how it ends is its own affair. */
static void test_after_a_whole_answer_it_may_do_what_it_likes(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE LAST "sleep 5");
	assert_int_equal(run->status, XDC_STATUS_OK);
	assert_true(run->took < DEADLINE_MS);
}

static void test_it_inherits_nothing(void **state)
{
	struct run *run = *state;
	int leak = open("/dev/null", O_RDONLY);

	assert_true(leak >= 3);
	setenv("XDC_UNIT_LEAK", "1", 1);
	/* The shell reads its script from one. */
	run_script(run, "[ -z \"$XDC_UNIT_LEAK\" ] || exit 3\n"
			"[ \"$LC_ALL\" = C ] || exit 4\n"
			"[ \"$(readlink /proc/$$/fd/0)\" = /dev/null ] || exit 5\n"
			"for fd in /proc/$$/fd/*; do\n"
			"[ ! -e $fd ] || [ ${fd##*/} -le 2 ] || [ \"$(readlink $fd)\" = \"$0\" ] ||"
			"exit 6; done\n"
			"[ \"$1 $2\" = 'hypervisor 400' ] || exit 7\n" BEGIN ONE LAST);
	close(leak);
	unsetenv("XDC_UNIT_LEAK");
	assert_text(run->detail ? run->detail : "", "");
	assert_int_equal(run->status, XDC_STATUS_OK);
}

static void test_it_starts_without_our_own_descriptors(void **state)
{
	struct run *run = *state;
	int saved = dup(0);

	close(0);
	run_script(run, BEGIN ONE LAST);
	dup2(saved, 0);
	close(saved);
	assert_int_equal(run->status, XDC_STATUS_OK);
}

static void test_garbage(void **state)
{
	struct run *run = *state;

	run_script(run, "head -c 100000 /dev/zero");
	assert_failed(run, XDC_STATUS_IO_ERROR, "no answer");
}

static void test_garbage_behind_a_record(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE "echo '\033[2Jboo'; sleep 5");
	assert_failed(run, XDC_STATUS_IO_ERROR, "well-formed");
	assert_has_version(run);
	assert_true(run->took < DEADLINE_MS);
}

static void test_a_flood(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN "exec yes \"$(" ONE ")\"");
	assert_failed(run, XDC_STATUS_IO_ERROR, "too many records");
}

static void test_a_flood_without_a_line(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN "exec cat /dev/zero");
	assert_failed(run, XDC_STATUS_IO_ERROR, "does not end");
}

static void test_a_flood_on_its_standard_error(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE "while :; do echo noise >&2; done");
	assert_failed(run, XDC_STATUS_TIMEOUT, "400 ms");
	assert_true(strlen(run->detail) < 4096);
}

static void test_a_record_that_is_not_its_own(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN "printf 'xenstore\\tok\\t\\t\\t0\\n\\nend\\t1\\n'");
	assert_failed(run, XDC_STATUS_IO_ERROR, "nobody asked for");
	assert_int_equal(xdc_evidence_count(run->evidence), 0);
}

static void test_death_in_the_midst_of_a_record(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE "printf 'xen:console\\tok\\t\\t\\t1000\\nabc'\nkill -SEGV $$");
	assert_failed(run, XDC_STATUS_IO_ERROR, "signal 11 (Segmentation fault)");
	assert_has_version(run);
	assert_null(xdc_evidence_find(run->evidence, "xen:console"));
}

static void test_an_early_end(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN "echo 'out of luck' >&2; echo more >&2; exit 3");
	assert_failed(run, XDC_STATUS_IO_ERROR, "status 3: out of luck");
}

/* Whatever signals it ignores. */
static void test_silence(void **state)
{
	struct run *run = *state;

	run_script(run, "trap '' TERM INT HUP PIPE\nsleep 5");
	assert_failed(run, XDC_STATUS_TIMEOUT, "400 ms");
	assert_true(run->took >= DEADLINE_MS);
}

static void test_the_detail_tells_what_it_waited_for(void **state)
{
	struct run *run = *state;

	run_script(run, "echo opening >&2\necho waiting for Godot >&2\n" BEGIN ONE "exec sleep 5");
	assert_failed(run, XDC_STATUS_TIMEOUT, "waiting for Godot: nothing within 400 ms");
	assert_has_version(run);
}

static void test_drops_that_never_end(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN "while :; do printf x; sleep 0.05; done");
	assert_failed(run, XDC_STATUS_TIMEOUT, "400 ms");
}

static void test_one_that_stops_itself(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE "kill -STOP $$");
	assert_failed(run, XDC_STATUS_TIMEOUT, "400 ms");
	assert_has_version(run);
}

static void test_one_that_closes_its_output_and_lives(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE "exec >&-\nsleep 5");
	assert_failed(run, XDC_STATUS_IO_ERROR, "closed its output");
}

static bool is_running(pid_t pid)
{
	char path[64], text[256] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	fclose(file);
	/* A zombie is init's affair. */
	return *text && !strstr(text, ") Z ");
}

/* It is of the same group, so it is killed too; the record tells its number. */
static void test_a_grandchild_that_keeps_the_pipe_open(void **state)
{
	struct run *run = *state;
	const struct xdc_record *record;
	int i = 0;

	run_script(run, BEGIN "sleep 60 &\n"
			      "printf 'xen:version\\tok\\t\\t\\t%d\\n%s\\n' ${#!} $!\n"
			      "exit 0");
	assert_failed(run, XDC_STATUS_TIMEOUT, "400 ms");
	record = xdc_evidence_find(run->evidence, "xen:version");
	assert_non_null(record);
	while (is_running((pid_t)atoi(record->data)) && i++ < 100)
		usleep(10000);
	assert_true(i < 100);
}

/* The answer is whole, so who else holds the pipe does not matter. */
static void test_a_grandchild_does_not_delay_a_whole_answer(void **state)
{
	struct run *run = *state;

	run_script(run, BEGIN ONE "sleep 60 &\n" LAST);
	assert_int_equal(run->status, XDC_STATUS_OK);
	assert_true(run->took < DEADLINE_MS);
}

static void test_none_is_installed(void **state)
{
	struct run *run = *state;

	run_path(run);
	assert_failed(run, XDC_STATUS_UNSUPPORTED, "No such file or directory");
	assert_contains(run->detail, run->path);
}

static void test_one_that_is_not_executable(void **state)
{
	struct run *run = *state;

	write_file(run, "#!/bin/sh\n", 10, 0600);
	run_path(run);
	assert_failed(run, XDC_STATUS_UNSUPPORTED, "Permission denied");
}

/* An ELF header of a machine (EM_SPARC) that this is not. */
static void test_one_of_another_machine(void **state)
{
	static const char elf[64] = "\177ELF\1\2\1\0\0\0\0\0\0\0\0\0\0\2\0\2\0\0\0\1";
	struct run *run = *state;

	write_file(run, elf, sizeof(elf), 0700);
	run_path(run);
	assert_failed(run, XDC_STATUS_UNSUPPORTED, "Exec format error");
}

/* As ld.so says it, and ends: with status 127. */
static void test_one_whose_library_is_missing(void **state)
{
	struct run *run = *state;

	run_script(run, "echo \"$0: error while loading shared libraries: libxenctrl.so.4.17: "
			"cannot open shared object file: No such file or directory\" >&2\n"
			"exit 127");
	assert_failed(run, XDC_STATUS_UNSUPPORTED, "libxenctrl.so.4.17: cannot open");
}

#define helper_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		helper_test(test_a_whole_answer_is_ok),
		helper_test(test_after_a_whole_answer_it_may_do_what_it_likes),
		helper_test(test_it_inherits_nothing),
		helper_test(test_it_starts_without_our_own_descriptors),
		helper_test(test_garbage),
		helper_test(test_garbage_behind_a_record),
		helper_test(test_a_flood),
		helper_test(test_a_flood_without_a_line),
		helper_test(test_a_flood_on_its_standard_error),
		helper_test(test_a_record_that_is_not_its_own),
		helper_test(test_death_in_the_midst_of_a_record),
		helper_test(test_an_early_end),
		helper_test(test_silence),
		helper_test(test_the_detail_tells_what_it_waited_for),
		helper_test(test_drops_that_never_end),
		helper_test(test_one_that_stops_itself),
		helper_test(test_one_that_closes_its_output_and_lives),
		helper_test(test_a_grandchild_that_keeps_the_pipe_open),
		helper_test(test_a_grandchild_does_not_delay_a_whole_answer),
		helper_test(test_none_is_installed),
		helper_test(test_one_that_is_not_executable),
		helper_test(test_one_of_another_machine),
		helper_test(test_one_whose_library_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
