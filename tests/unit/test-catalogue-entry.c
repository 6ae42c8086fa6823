/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"
#include "unit.h"

static struct xdc_arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = xdc_arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	xdc_arena_free(arena);
	return 0;
}

static void an_entry_is_read(void **state)
{
	static const char text[] = "# a comment\n"
				   "id: XDC-TEST\n"
				   "severity: warning\n"
				   "title: It is\n"
				   "  in two lines\n"
				   "where: kernel, libxl\n"
				   "pattern: some more (?<what>text)\n"
				   "follows: XDC-A, XDC-B\n"
				   "do: first of all\n"
				   "cause: the first\n"
				   "test: root\n"
				   "do: this\n"
				   "cause: the second\n"
				   "confirm: seen XDC-A\n"
				   "sample: some more text\n"
				   "from: here\n"
				   "no-sample: other text\n";
	struct xdc_entry *e;
	const char *error;

	(void)state;
	assert_int_equal(xdc_entry_parse(arena, "a.entry", text, &e, &error), 0);
	assert_text(e->id, "XDC-TEST");
	assert_int_equal(e->line, 2);
	assert_int_equal(e->severity, XDC_SEVERITY_WARNING);
	assert_text(e->title, "It is in two lines");
	assert_int_equal(e->where, XDC_LOG_KERNEL | XDC_LOG_LIBXL);
	assert_int_equal(e->patterns[0]->line, 7);
	assert_int_equal(e->n_follows, 2);
	assert_text(e->advice[0], "first of all");
	assert_int_equal(e->n_causes, 2);
	assert_text(e->causes[0].advice[0], "this");
	/* A test is both: the opposite rules out. */
	assert_false(e->causes[0].confirm[0].terms[0].negated);
	assert_true(e->causes[0].rule_out[0].terms[0].negated);
	assert_int_equal(e->causes[1].n_rule_out, 0);
	assert_text(e->samples[0].from, "here");
	assert_false(e->samples[1].matches);
	xdc_entry_free(e);
}

static void assert_refused(const char *text, const char *error)
{
	struct xdc_entry *e;
	const char *said = NULL;

	assert_true(xdc_entry_parse(arena, "a.entry", text, &e, &said) < 0);
	assert_contains(said, error);
}

static void errors_name_file_and_line(void **state)
{
	(void)state;
	assert_refused("id: XDC-A\nsevrity: error\n", "a.entry:2: there is no key 'sevrity'");
	assert_refused("severity: CRITCAL\n", "a.entry:1: severity: a severity is");
	assert_refused("id: XDC-a\n", "a.entry:1: id: an id is");
	assert_refused("id: XDC-A\nid: XDC-B\n", "a.entry:2: id: it stands there twice");
	assert_refused("\n\ntitle:\n", "a.entry:3: title: a value is missing");
	assert_refused("nonsense\n", "a.entry:1: a line is 'key: value'");
	assert_refused("  continues nothing\n", "a.entry:1: ");
	assert_refused("where: kernel, moon\n", "'moon' is no log");
	assert_refused("pattern: [a-z]+\n", "no literal text");
	assert_refused("test: root\n", "behind a cause");
	assert_refused("from: nowhere\n", "behind a sample");
	assert_refused("cause: c\ntest: nonsense\n", "a.entry:2: test: 'nonsense': no such fact");
	assert_refused("cause: c\ntest: root and lockdown\n", "several terms");
	assert_refused("id: XDC-A\ntitle: \033[2J\n", "a.entry:2: control characters");
	assert_refused("title: \xff\n", "a.entry:1: control characters");
}

static void too_many_are_refused(void **state)
{
	FILE *out = unit_stream();
	char *text;

	(void)state;
	for (int i = 0; i < 20; i++)
		fputs("pattern: literal text\n", out);
	text = unit_text(out);
	assert_refused(text, "too many");
	free(text);
}

/* What the parser takes and what xen-dmacheck-catalogue(5) describes is the same. */
static void the_manual_describes_each_key(void **state)
{
	char path[4096], line[512], key[64];
	size_t described = 0, count = 0;
	FILE *man;

	(void)state;
	snprintf(path, sizeof(path), "%s/man/xen-dmacheck-catalogue.5", getenv("XDC_SOURCE"));
	man = fopen(path, "r");
	assert_non_null(man);
	while (fgets(line, sizeof(line), man)) {
		bool known = false;

		if (sscanf(line, ".It Ic %63s", key) != 1)
			continue;
		for (size_t i = 0; xdc_entry_keys[i]; i++)
			known |= strcmp(xdc_entry_keys[i], key) == 0;
		assert_true(known);
		described++;
	}
	fclose(man);
	while (xdc_entry_keys[count])
		count++;
	assert_int_equal(described, count);
}

static void the_manual_describes_each_fact(void **state)
{
	xdc_autofree char *text = xdc_zalloc(64 << 10);
	char path[4096];
	FILE *man;

	(void)state;
	snprintf(path, sizeof(path), "%s/man/xen-dmacheck-catalogue.5", getenv("XDC_SOURCE"));
	man = fopen(path, "r");
	assert_non_null(man);
	assert_true(fread(text, 1, (64 << 10) - 1, man) > 0);
	fclose(man);
	for (size_t i = 0; xdc_fact_names[i]; i++)
		assert_contains(text, xdc_fact_names[i]);
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_arena(an_entry_is_read),
		with_arena(errors_name_file_and_line),
		with_arena(too_many_are_refused),
		with_arena(the_manual_describes_each_key),
		with_arena(the_manual_describes_each_fact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
