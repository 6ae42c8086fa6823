/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/bundle.h"
#include "unit.h"

static int parse(struct xdc_arena *arena, const char *text, struct xdc_manifest *ret,
		 const char **ret_error)
{
	return xdc_manifest_parse(arena, text, strlen(text), ret, ret_error);
}

static void test_what_is_formatted_is_parsed_again(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("file:/proc/cmdline", XDC_STATUS_TRUNCATED, "quiet\n");
	const struct xdc_bundle_file files[] = { { "report.txt", "fine\n", 5 } };
	const struct xdc_bundle bundle = { .evidence = evidence, .files = files, .n_files = 1 };
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_manifest made, parsed;
	const char *error = NULL;
	char *unloadable = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_record(evidence, "udev:/a\n\xff\\b", XDC_STATUS_ABSENT, "");
	xdc_manifest_make(arena, xdc_archive_load(&unloadable), &bundle, &made);
	text = xdc_manifest_format(&made);
	assert_int_equal(parse(arena, text, &parsed, &error), 0);
	assert_int_equal(parsed.count, 3);
	assert_string_equal(parsed.entries[0].name, "report.txt");
	assert_null(parsed.entries[0].record.key);
	assert_string_equal(parsed.entries[1].name, "evidence/0000-file-proc-cmdline");
	assert_string_equal(parsed.entries[1].record.key, "file:/proc/cmdline");
	assert_string_equal(parsed.entries[1].record.origin, "unit test");
	assert_int_equal(parsed.entries[1].record.status, XDC_STATUS_TRUNCATED);
	assert_int_equal(parsed.entries[1].record.size, 6);
	/* echo quiet | sha256sum */
	assert_string_equal(parsed.entries[1].sha256, "00f8eb641f0060dc4720d0ce09603f76"
						      "0241a3b1e16b7d93d0e7c144eb94e8f9");
	assert_string_equal(parsed.entries[2].name, "");
	assert_string_equal(parsed.entries[2].record.key, "udev:/a\n\xff\\b");
	xdc_arena_free(arena);
}

#define MANIFEST(files, evidence)                                                                  \
	"{\"schema\":\"xen-dmacheck-bundle/1\",\"files\":[" files "],\"evidence\":[" evidence "]}"
#define SHA256 "\"0123456789012345678901234567890123456789012345678901234567890123\""
#define RECORD(name, size, sha256)                                                                 \
	"{\"key\":\"k\",\"status\":\"ok\",\"origin\":\"o\",\"name\":" name ",\"size\":" size       \
	",\"sha256\":" sha256 "}"

static void test_what_is_wrong_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} cases[] = {
		{ "", "no JSON" },
		{ "[]", "schema" },
		{ "{\"a\":1,\"a\":1}", "no JSON" },
		{ "{\"schema\":\"xen-dmacheck-bundle/2\"}", "schema" },
		{ "{\"schema\":\"xen-dmacheck-bundle/1\",\"files\":{},\"evidence\":[]}", "list" },
		{ MANIFEST("", "1"), "evidence[0]: a text" },
		{ MANIFEST("", RECORD("\"a\"", "1", SHA256) ",{}"), "evidence[1]: a text" },
		{ MANIFEST("", RECORD("\"a\"", "-1", SHA256)), "evidence[0]: the size" },
		{ MANIFEST("", RECORD("\"a\"", "1.5", SHA256)), "evidence[0]: the size" },
		{ MANIFEST("", RECORD("\"a\"", "99999999999", SHA256)), "evidence[0]: the size" },
		{ MANIFEST("", RECORD("\"a\"", "40000000", SHA256) "," RECORD("\"b\"", "40000000",
									      SHA256)),
		  "evidence[1]: more than 64 MiB" },
		{ MANIFEST("", RECORD("\"/etc/passwd\"", "1", SHA256)), "evidence[0]: the name" },
		{ MANIFEST("", RECORD("\"a/../b\"", "1", SHA256)), "evidence[0]: the name" },
		{ MANIFEST("", RECORD("\"a\\\\x0ab\"", "1", SHA256)), "evidence[0]: the name" },
		{ MANIFEST("", RECORD("\"\"", "1", SHA256)), "evidence[0]: the name" },
		{ MANIFEST("", RECORD("\"a\"", "1", "\"12\"")), "evidence[0]: the SHA-256" },
		{ MANIFEST("", RECORD("\"\\\\x4\"", "1", SHA256)), "evidence[0]: a text" },
		{ MANIFEST("{\"name\":1}", ""), "files[0]: a text" },
		{ MANIFEST("{\"size\":0}", ""), "files[0]: the name" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_arena *arena = xdc_arena_new();
		struct xdc_manifest manifest;
		const char *error = NULL;

		assert_int_equal(parse(arena, cases[i].text, &manifest, &error), -EINVAL);
		assert_contains(error, cases[i].why);
		xdc_arena_free(arena);
	}
}

static void test_names_are_ours_whatever_the_key(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("file:/../../\x1b[2J..//etc", XDC_STATUS_OK, "x");
	const struct xdc_bundle bundle = { .evidence = evidence };
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_manifest made, parsed;
	const char *error = NULL;
	char *unloadable = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	xdc_manifest_make(arena, xdc_archive_load(&unloadable), &bundle, &made);
	assert_string_equal(made.entries[0].name, "evidence/0000-file-.-.-2J.-etc");
	text = xdc_manifest_format(&made);
	assert_true(is_harmless(text));
	assert_int_equal(parse(arena, text, &parsed, &error), 0);
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_formatted_is_parsed_again),
		cmocka_unit_test(test_what_is_wrong_is_refused_with_its_place),
		cmocka_unit_test(test_names_are_ours_whatever_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
