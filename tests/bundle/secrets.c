/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * secrets DIR: hundreds of made-up passwords, keys, names and addresses, planted in every
 * record of each recorded machine; after masking none is found in any byte, in any form.
 */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "bundle/redact.h"
#include "machines.h"
#include "secret.h"

enum {
	SECRETS = SECRET_KINDS * 4,
};

static const char *machines;
static uint32_t seed = 20261124;
static size_t n_planted;

static void assert_free_of(const char *machine, const struct xdc_record *record, const char *data,
			   size_t size, const struct secret *secrets)
{
	static const char *const forms[] = { "plain",	  "base64",   "hexadecimal", "cells",
					     "upper hex", "UTF-16LE", "UTF-16BE" };
	xdc_autofree char *folded = secret_fold(data, size);

	for (size_t i = 0; i < SECRETS; i++) {
		int form = secret_find(&secrets[i], data, folded, size);

		if (form >= 0)
			fail_msg("%s: %s has %s (kind %d), as %s", machine, record->key,
				 secrets[i].text, (int)secrets[i].kind, forms[form]);
	}
}

static void assert_none(const char *machine, const struct xdc_evidence *evidence,
			const struct secret *secrets)
{
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *r = xdc_evidence_at(evidence, i);

		assert_free_of(machine, r, r->key, strlen(r->key), secrets);
		assert_free_of(machine, r, r->origin, strlen(r->origin), secrets);
		assert_free_of(machine, r, r->detail, strlen(r->detail), secrets);
		assert_free_of(machine, r, r->data, r->size, secrets);
	}
}

/* The test would prove nothing if what it looks for were not there before. */
static void assert_planted(const struct xdc_evidence *evidence, const struct secret *secrets)
{
	const struct xdc_record *kmsg = xdc_evidence_find(evidence, "kmsg");
	xdc_autofree char *folded = secret_fold(kmsg->data, kmsg->size);

	for (size_t n = 0; n < SECRETS; n++)
		assert_true(secret_find(&secrets[n], kmsg->data, folded, kmsg->size) >= 0);
}

static void mask(const char *machine, const struct xdc_evidence *evidence)
{
	/* With domains' consoles and without, by turns. */
	const struct xdc_redact_options options = { true, n_planted / SECRETS % 2 };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	xdc_autoevidence struct xdc_evidence *planted = NULL, *masked = NULL;
	struct secret secrets[SECRETS];

	secret_make(secrets, SECRETS, seed++);
	planted = secret_plant(evidence, secrets, SECRETS);
	assert_planted(planted, secrets);
	masked = xdc_redact(planted, &options, &redaction);
	assert_none(machine, masked, secrets);
	n_planted += SECRETS;
}

static void test_no_secret_is_left(void **state)
{
	(void)state;
	for_each_machine(machines, mask);
	assert_true(n_planted >= 300);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_secret_is_left),
	};

	if (argc < 2)
		return 2;
	machines = argv[1];
	if (argc > 2)
		seed = (uint32_t)strtoul(argv[2], NULL, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
