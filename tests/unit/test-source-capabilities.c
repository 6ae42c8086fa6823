/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/capabilities.h"
#include "source/child.h"
#include "unit.h"

enum { PATIENT_MS = 20000 };

/* A line of a process's status: its value, to be freed; NULL: it has no such line. */
static char *status_line(FILE *status, const char *name)
{
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, status) > 0)
		if (xdc_text_starts_with(line, name))
			return line;
	free(line);
	return NULL;
}

static uint64_t read_set(FILE *status, const char *name)
{
	xdc_autofree char *line = status_line(status, name);
	uint64_t set;

	assert_non_null(line);
	assert_int_equal(sscanf(line + strlen(name), " %" SCNx64, &set), 1);
	return set;
}

/* "CapEff:" and its like, of this process. */
static uint64_t own_set(const char *name)
{
	xdc_autofclose FILE *status = fopen("/proc/self/status", "re");

	assert_non_null(status);
	return read_set(status, name);
}

/* The same of a program that this process executes. */
static uint64_t given_set(const char *name)
{
	FILE *status = popen("cat /proc/self/status", "re");
	uint64_t set;

	assert_non_null(status);
	set = read_set(status, name);
	pclose(status);
	return set;
}

/* In a child, as nothing of this can be taken back; a failed assertion ends it. */
static void in_a_child(void (*check)(void))
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		check();
		_exit(42);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
}

static void keep_one(void)
{
	const uint64_t one = XDC_CAPABILITY(CAP_DAC_READ_SEARCH) & own_set("CapEff:");

	assert_int_equal(xdc_capabilities_keep(XDC_CAPABILITY(CAP_DAC_READ_SEARCH)), 0);
	assert_int_equal(own_set("CapEff:"), one);
	assert_int_equal(own_set("CapPrm:"), one);
	assert_int_equal(own_set("CapInh:"), 0);
	/* What has gone does not come back. */
	assert_int_equal(xdc_capabilities_keep(~UINT64_C(0)), 0);
	assert_int_equal(own_set("CapPrm:"), one);
}

static void test_what_is_not_kept_has_gone(void **state)
{
	(void)state;
	in_a_child(keep_one);
}

static void bound_to_one(void)
{
	const uint64_t one = XDC_CAPABILITY(CAP_IPC_LOCK);
	const uint64_t own = own_set("CapEff:");

	xdc_capabilities_bound(one);
	assert_int_equal(own_set("NoNewPrivs:"), 1);
	assert_int_equal(own_set("CapEff:"), own);
	assert_int_equal(own_set("CapAmb:"), 0);
	assert_int_equal(given_set("CapEff:") & ~one, 0);
	assert_int_equal(given_set("CapPrm:") & ~one, 0);
	if (geteuid() == 0)
		assert_int_equal(given_set("CapBnd:") & ~one, 0);
}

static void test_what_is_executed_gets_no_more(void **state)
{
	(void)state;
	in_a_child(bound_to_one);
}

static void tell_sets(void *arg, size_t index, FILE *out)
{
	(void)arg;
	(void)index;
	fprintf(out, "%" PRIx64 " %" PRIx64, own_set("CapEff:"), own_set("NoNewPrivs:"));
}

static void take_sets(void *arg, size_t index, const char *text, size_t size)
{
	uint64_t effective, no_new_privileges;

	(void)arg;
	(void)index;
	(void)size;
	assert_non_null(text);
	assert_int_equal(sscanf(text, "%" SCNx64 " %" SCNx64, &effective, &no_new_privileges), 2);
	assert_int_equal(
		effective & ~(XDC_CAPABILITY(CAP_DAC_READ_SEARCH) | XDC_CAPABILITY(CAP_SYS_PTRACE)),
		0);
	assert_int_equal(no_new_privileges, 1);
}

/* Whoever reads aside for us only reads. */
static void test_a_reading_child_has_what_reading_takes(void **state)
{
	(void)state;
	assert_int_equal(xdc_child_run(1, PATIENT_MS, 1, tell_sets, take_sets, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_not_kept_has_gone),
		cmocka_unit_test(test_what_is_executed_gets_no_more),
		cmocka_unit_test(test_a_reading_child_has_what_reading_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
