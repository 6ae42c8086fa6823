/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "unit-mask.h"

static struct xdc_evidence *machine(void)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "release=6.1\nnodename=alphaville\n");

	add_record(evidence, "kmsg", XDC_STATUS_TRUNCATED,
		   "6,1,1,-;alphaville: eth0 52:54:00:12:34:56, 52:54:00:12:34:56\n"
		   "6,2,2,-;guest mail\\x09token=hunter2x\n");
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_OK, "1/name=mail\\x09x\n");
	return evidence;
}

struct made {
	struct xdc_evidence *raw;
	struct xdc_evidence *masked;
	struct xdc_redaction *redaction;
};

static struct made make(struct xdc_evidence *raw, bool enabled)
{
	const struct xdc_redact_options options = { .enabled = enabled };
	struct made made = { .raw = raw };

	made.masked = xdc_redact(raw, &options, &made.redaction);
	return made;
}

static void unmake(struct made *made)
{
	xdc_evidence_free(made->raw);
	xdc_evidence_free(made->masked);
	xdc_redaction_free(made->redaction);
}

static char *text_of(const struct made *made,
		     void (*write)(const struct xdc_redaction *redaction, FILE *out))
{
	FILE *out = unit_stream();

	write(made->redaction, out);
	return unit_text(out);
}

static void test_what_was_masked_is_told(void **state)
{
	struct made made = make(machine(), true);
	const struct xdc_redacted *kmsg = xdc_redaction_find(made.redaction, "kmsg");

	(void)state;
	assert_non_null(kmsg);
	assert_int_equal(kmsg->counts[XDC_MASK_MAC], 2);
	assert_int_equal(kmsg->counts[XDC_MASK_HOST], 1);
	assert_int_equal(kmsg->counts[XDC_MASK_SECRET], 1);
	assert_int_equal(kmsg->counts[XDC_MASK_IP], 0);
	assert_null(xdc_redaction_find(made.redaction, "devices"));
	for (int i = 0; i < XDC_MASK_KINDS; i++) {
		assert_true(strlen(xdc_mask_name((enum xdc_mask)i)) > 0);
		assert_true(strlen(xdc_mask_reason((enum xdc_mask)i)) > 0);
	}
	unmake(&made);
}

static void test_statuses_stay(void **state)
{
	struct made made = make(machine(), true);

	(void)state;
	assert_int_equal(xdc_evidence_find(made.masked, "kmsg")->status, XDC_STATUS_TRUNCATED);
	assert_int_equal(xdc_evidence_count(made.masked), xdc_evidence_count(made.raw));
	unmake(&made);
}

/* For whoever made the bundle; secrets are in no file. */
static void test_the_map_has_the_originals(void **state)
{
	struct made made = make(machine(), true);
	xdc_autofree char *map = text_of(&made, xdc_redaction_write_map);

	(void)state;
	assert_string_equal(map, "host-1\talphaville\nmac-1\t52:54:00:12:34:56\n"
				 "domain-1\tmail\\x09x\n");
	unmake(&made);
}

static void test_what_would_be_masked_is_described(void **state)
{
	struct made made = make(machine(), false);
	xdc_autofree char *text = text_of(&made, xdc_redaction_describe);

	(void)state;
	assert_contains(text, "It holds names of hosts: 1, in 2 places.\n");
	assert_contains(text, "It holds addresses of network interfaces (MAC): 1, in 2 places.\n");
	assert_contains(text, "(passwords, keys, tokens), in 1 place.\n");
	assert_lacks(text, "UUID");
	assert_lacks(text, "alphaville");
	unmake(&made);
}

static void test_without_masking_all_is_as_it_was(void **state)
{
	struct made made = make(machine(), false);

	(void)state;
	for (size_t i = 0; i < xdc_evidence_count(made.raw); i++) {
		const struct xdc_record *a = xdc_evidence_at(made.raw, i);
		const struct xdc_record *b = xdc_evidence_at(made.masked, i);

		assert_string_equal(a->key, b->key);
		assert_int_equal(a->size, b->size);
		assert_memory_equal(a->data, b->data, a->size);
	}
	unmake(&made);
}

static void test_equal_evidence_gives_equal_bundles(void **state)
{
	struct made first = make(machine(), true), second = make(machine(), true);

	(void)state;
	for (size_t i = 0; i < xdc_evidence_count(first.masked); i++)
		assert_string_equal(xdc_evidence_at(first.masked, i)->data,
				    xdc_evidence_at(second.masked, i)->data);
	unmake(&first);
	unmake(&second);
}

/* A new source has to opt in. */
static void test_an_unknown_record_is_left_out(void **state)
{
	struct made made =
		make(evidence_with("secrets:alphaville", XDC_STATUS_OK, "hunter2"), true);
	const struct xdc_record *record = xdc_evidence_at(made.masked, 0);

	(void)state;
	assert_string_equal(record->key, "record-1");
	assert_int_equal(record->status, XDC_STATUS_REDACTED);
	assert_int_equal(record->size, 0);
	assert_string_equal(record->origin, "");
	assert_contains(record->detail, "no policy");
	assert_int_equal(xdc_redaction_find(made.redaction, "record-1")->counts[XDC_MASK_RECORD],
			 1);
	unmake(&made);
}

static void test_keys_origins_and_details_are_masked(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "nodename=alphaville\n");
	const struct xdc_record record = {
		.key = "device:/devices/virtual/net/enx525400123456",
		.origin = "/home/alicia/sys",
		.detail = "alphaville says no",
		.data = "",
		.status = XDC_STATUS_DENIED,
	};
	struct made made;

	(void)state;
	xdc_evidence_add(evidence, &record);
	made = make(evidence, true);
	assert_string_equal(xdc_evidence_at(made.masked, 1)->key,
			    "device:/devices/virtual/net/enxmac-1");
	assert_string_equal(xdc_evidence_at(made.masked, 1)->origin, "/home/user-1/path-1");
	assert_string_equal(xdc_evidence_at(made.masked, 1)->detail, "host-1 says no");
	assert_int_equal(xdc_evidence_at(made.masked, 1)->status, XDC_STATUS_DENIED);
	unmake(&made);
}

static void silent_ask(struct xdc_source *source, const struct xdc_request *request,
		       xdc_emit_fn *emit, void *arg)
{
	struct xdc_arena *arena = xdc_arena_new();
	char *key = xdc_request_key(arena, request);
	/* So that Xen is asked, too. */
	const char *text = strcmp(key, "file:/proc/xen/capabilities") == 0 ? "control_d\n" : "";

	(void)source;
	xdc_emit(emit, arg, key, "unit test", XDC_STATUS_OK, "", text, strlen(text));
	xdc_arena_free(arena);
}

/* Whatever is asked for has a policy: a report of masked evidence is of all of it. */
static void test_every_request_has_a_policy(void **state)
{
	static const struct xdc_source_ops ops = { .ask = silent_ask };
	struct xdc_source source = { .ops = &ops };
	struct made made = make(xdc_collect(&source, XDC_OBSERVE_ALWAYS, 0), true);

	(void)state;
	assert_true(xdc_evidence_count(made.masked) > 30);
	for (size_t i = 0; i < xdc_evidence_count(made.masked); i++)
		if (xdc_evidence_at(made.masked, i)->status == XDC_STATUS_REDACTED)
			fail_msg("%s has no policy", xdc_evidence_at(made.raw, i)->key);
	unmake(&made);
}

static void test_the_policy_can_be_listed(void **state)
{
	size_t count = 0;

	(void)state;
	for (const struct xdc_redact_policy *p; (p = xdc_redact_policy_at(count)); count++) {
		assert_true(strlen(p->key) > 0 && strlen(p->kept) > 0);
		/* What a prefix stands for is told by how it ends. */
		assert_true(!p->is_prefix || p->key[strlen(p->key) - 1] == ':' ||
			    xdc_text_ends_with(p->key, ".log"));
	}
	assert_true(count > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_masked_is_told),
		cmocka_unit_test(test_statuses_stay),
		cmocka_unit_test(test_the_map_has_the_originals),
		cmocka_unit_test(test_what_would_be_masked_is_described),
		cmocka_unit_test(test_without_masking_all_is_as_it_was),
		cmocka_unit_test(test_equal_evidence_gives_equal_bundles),
		cmocka_unit_test(test_an_unknown_record_is_left_out),
		cmocka_unit_test(test_keys_origins_and_details_are_masked),
		cmocka_unit_test(test_every_request_has_a_policy),
		cmocka_unit_test(test_the_policy_can_be_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
