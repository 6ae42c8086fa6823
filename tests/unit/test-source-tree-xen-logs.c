/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "unit.h"

/* The logs that were read, of /var/log/xen, in their order: names separated by blanks. */
static const char *names(const struct xdc_evidence *evidence)
{
	static const char prefix[] = "log:/var/log/xen/";
	static char text[4096];
	size_t at = 0;

	text[0] = '\0';
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const char *key = xdc_evidence_at(evidence, i)->key;

		if (xdc_text_starts_with(key, prefix))
			at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%s", at ? " " : "",
					       key + strlen(prefix));
	}
	return text;
}

static void make(const struct tmp *tmp, const char *name, time_t changed)
{
	const struct timespec times[2] = { { .tv_sec = changed }, { .tv_sec = changed } };
	char path[128];

	snprintf(path, sizeof(path), "/var/log/xen/%s", name);
	tmp_file(tmp, path, "libxl: error: x\n");
	snprintf(path, sizeof(path), "%s/var/log/xen/%s", tmp->root, name);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_the_newest_come_first_and_no_rotated_ones(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make(tmp, "xl-old.log", 1000);
	make(tmp, "xl-new.log", 3000);
	make(tmp, "qemu-dm-new.log", 2000);
	make(tmp, "xl-new.log.1", 4000);
	tmp_file(tmp, "/var/log/xen/empty.log", "");
	tmp_file(tmp, "/var/log/xen/console/guest-a.log", "x\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_LOGS, NULL, 0);
	assert_string_equal(names(evidence), "xl-new.log qemu-dm-new.log xl-old.log");
	assert_contains(xdc_evidence_find(evidence, "logs")->data, "\nxen=3\n");
}

static void test_there_are_not_more_than_some(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	for (int i = 0; i < 40; i++) {
		char name[32];

		snprintf(name, sizeof(name), "xl-%02d.log", i);
		make(tmp, name, 1000 + i);
	}
	evidence = tmp_ask(tmp, XDC_REQUEST_LOGS, NULL, 0);
	assert_true(xdc_text_starts_with(names(evidence), "xl-39.log xl-38.log "));
	assert_true(xdc_text_ends_with(names(evidence), " xl-16.log"));
}

static void test_of_a_long_one_the_end_is_read(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_autofree char *text = xdc_zalloc(100 * 1024 + 1);
	const struct xdc_record *record;

	memset(text, 'a', 100 * 1024);
	memcpy(text + 90 * 1024, "\nlast line\n", 11);
	tmp_file(tmp, "/var/log/xen/xl-a.log", text);
	evidence = tmp_ask(tmp, XDC_REQUEST_LOGS, NULL, 0);
	record = xdc_evidence_find(evidence, "log:/var/log/xen/xl-a.log");
	assert_non_null(record);
	assert_int_equal(record->status, XDC_STATUS_TRUNCATED);
	assert_true(xdc_text_starts_with(record->data, "last line\n"));
}

/* A pipe would keep its reader waiting for ever. */
static void test_what_is_no_file_is_left_alone(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make(tmp, "xl-a.log", 1000);
	tmp_fifo(tmp, "/var/log/xen/pipe.log");
	tmp_dir(tmp, "/var/log/xen/directory.log");
	evidence = tmp_ask(tmp, XDC_REQUEST_LOGS, NULL, 0);
	assert_string_equal(names(evidence), "xl-a.log");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_the_newest_come_first_and_no_rotated_ones),
		tree_test(test_there_are_not_more_than_some),
		tree_test(test_of_a_long_one_the_end_is_read),
		tree_test(test_what_is_no_file_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
