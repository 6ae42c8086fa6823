/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "unit.h"

#define RUNNING "/proc/config.gz"

static void make_compressed(const struct tmp *tmp, const char *text, size_t size)
{
	char path[128];
	gzFile file;

	tmp_file(tmp, RUNNING, "");
	snprintf(path, sizeof(path), "%s" RUNNING, tmp->root);
	file = gzopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(gzwrite(file, text, (unsigned int)size), size);
	assert_int_equal(gzclose(file), Z_OK);
}

static void make_release(const struct tmp *tmp, const char *release)
{
	tmp_file(tmp, "/proc/sys/kernel/osrelease", release);
}

static void assert_config(const struct tmp *tmp, enum xdc_status status, const char *origin,
			  const char *text)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		tmp_ask(tmp, XDC_REQUEST_KERNEL_CONFIG, NULL, 0);
	const struct xdc_record *record = xdc_evidence_find(evidence, "kernel-config");

	assert_non_null(record);
	assert_int_equal(xdc_evidence_count(evidence), 1);
	assert_int_equal(record->status, status);
	assert_string_equal(record->origin, origin);
	assert_string_equal(record->data, text);
}

static void test_the_running_kernel_s_own_is_preferred(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "6.1.0\n");
	tmp_file(tmp, "/boot/config-6.1.0", "CONFIG_BOOT=y\n");
	make_compressed(tmp, "CONFIG_RUNNING=y\n", 17);
	assert_config(tmp, XDC_STATUS_OK, RUNNING, "CONFIG_RUNNING=y\n");
}

static void test_each_place_is_tried_for_the_running_release(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "6.1.0\n");
	tmp_file(tmp, "/boot/config-6.12.0", "CONFIG_OTHER=y\n");
	assert_config(tmp, XDC_STATUS_ABSENT, RUNNING, "");
	tmp_file(tmp, "/lib/modules/6.1.0/build/.config", "CONFIG_BUILD=y\n");
	assert_config(tmp, XDC_STATUS_OK, "/lib/modules/6.1.0/build/.config", "CONFIG_BUILD=y\n");
	tmp_file(tmp, "/lib/modules/6.1.0/config", "CONFIG_MODULES=y\n");
	assert_config(tmp, XDC_STATUS_OK, "/lib/modules/6.1.0/config", "CONFIG_MODULES=y\n");
	tmp_file(tmp, "/boot/config-6.1.0", "CONFIG_BOOT=y\n");
	assert_config(tmp, XDC_STATUS_OK, "/boot/config-6.1.0", "CONFIG_BOOT=y\n");
}

/* A release is part of a path here: it must be one component of it. */
static void test_a_release_that_is_no_name_is_not_used(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "../../other\n");
	tmp_file(tmp, "/lib/modules/../../other/config", "CONFIG_OTHER=y\n");
	assert_config(tmp, XDC_STATUS_ABSENT, RUNNING, "");
}

static void test_no_release_is_no_configuration(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/boot/config-", "CONFIG_X=y\n");
	assert_config(tmp, XDC_STATUS_ABSENT, RUNNING, "");
	make_release(tmp, "\n");
	assert_config(tmp, XDC_STATUS_ABSENT, RUNNING, "");
}

static void test_garbage_is_not_taken_for_a_configuration(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "6.1.0\n");
	tmp_bytes(tmp, RUNNING, "\x1f\x8b\x08\0garbagegarbagegarbage", 25);
	assert_config(tmp, XDC_STATUS_ABSENT, RUNNING, "");
	tmp_file(tmp, "/boot/config-6.1.0", "CONFIG_BOOT=y\n");
	assert_config(tmp, XDC_STATUS_OK, "/boot/config-6.1.0", "CONFIG_BOOT=y\n");
}

/* A few hundred kilobytes that become gigabytes: what fits is kept. */
static void test_a_compressed_bomb_is_cut(void **state)
{
	enum { SIZE = 32 << 20, LIMIT = 1 << 20 };
	const struct tmp *tmp = *state;
	xdc_autofree char *text = xdc_zalloc(SIZE);
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	memset(text, '#', SIZE);
	make_compressed(tmp, text, SIZE);
	evidence = tmp_ask(tmp, XDC_REQUEST_KERNEL_CONFIG, NULL, 0);
	record = xdc_evidence_find(evidence, "kernel-config");
	assert_int_equal(record->status, XDC_STATUS_TRUNCATED);
	assert_int_equal(record->size, LIMIT);
}

/* The first half of the file: every option behind it would look as if it were off. */
static void test_a_compressed_file_cut_short_is_no_whole_configuration(void **state)
{
	enum { SIZE = 200000 };
	const struct tmp *tmp = *state;
	xdc_autofree char *text = xdc_zalloc(SIZE);
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	char path[128];
	unsigned int noise = 1;

	for (size_t i = 0; i < SIZE; i++) {
		noise = noise * 1103515245 + 12345;
		text[i] = (char)('A' + (noise >> 16) % 26);
	}
	make_compressed(tmp, text, SIZE);
	snprintf(path, sizeof(path), "%s" RUNNING, tmp->root);
	assert_int_equal(truncate(path, 60000), 0);
	evidence = tmp_ask(tmp, XDC_REQUEST_KERNEL_CONFIG, NULL, 0);
	assert_int_not_equal(xdc_evidence_find(evidence, "kernel-config")->status, XDC_STATUS_OK);
}

static void test_a_configuration_that_may_not_be_read_is_denied(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "6.1.0\n");
	tmp_file(tmp, "/boot/config-6.1.0", "CONFIG_BOOT=y\n");
	tmp_forbid(tmp, "/boot/config-6.1.0");
	if (!as_nobody())
		skip();
	assert_config(tmp, XDC_STATUS_DENIED, "/boot/config-6.1.0", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_the_running_kernel_s_own_is_preferred),
		tree_test(test_each_place_is_tried_for_the_running_release),
		tree_test(test_a_release_that_is_no_name_is_not_used),
		tree_test(test_no_release_is_no_configuration),
		tree_test(test_garbage_is_not_taken_for_a_configuration),
		tree_test(test_a_compressed_bomb_is_cut),
		tree_test(test_a_compressed_file_cut_short_is_no_whole_configuration),
		tree_test(test_a_configuration_that_may_not_be_read_is_denied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
