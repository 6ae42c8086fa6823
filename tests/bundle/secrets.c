/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * secrets DIR: hundreds of made-up passwords, keys, names and addresses, planted in every
 * record of each recorded machine; after masking none is found in any byte, in any form.
 */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "bundle/policy.h"
#include "machines.h"
#include "secret.h"

enum {
	SECRETS = SECRET_KINDS * 2,
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

static void mask(const char *machine, struct xdc_evidence *planted, const struct secret *secrets,
		 bool guest_console)
{
	const struct xdc_redact_options options = { true, guest_console };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	xdc_autoevidence struct xdc_evidence *masked = xdc_redact(planted, &options, &redaction);

	assert_none(machine, masked, secrets);
	xdc_evidence_free(planted);
	n_planted += SECRETS;
}

/* In all records at once. */
static void plant_in_all(const char *machine, const struct xdc_evidence *evidence)
{
	xdc_autoevidence struct xdc_evidence *records = secret_records(evidence);
	struct secret secrets[SECRETS];
	const struct secret_plan plan = { secrets, SECRETS, true, NULL };

	secret_make(secrets, SECRETS, seed++);
	mask(machine, secret_plant(records, &plan), secrets, seed & 1);
}

static void test_no_secret_is_left_in_any_record(void **state)
{
	(void)state;
	for_each_machine(machines, plant_in_all);
}

/* Whether an earlier record is masked by the same policy. */
static bool is_seen(const struct xdc_evidence *records, size_t index)
{
	const struct xdc_policy *policy = xdc_policy_of(xdc_evidence_at(records, index)->key);

	for (size_t i = 0; i < index; i++)
		if (policy && xdc_policy_of(xdc_evidence_at(records, i)->key) == policy)
			return true;
	return false;
}

/*
 * In one record at a time, of each kind: what another record tells must not hide what this one's
 * policy lets through. First with nothing known but by its form, then with names that are told.
 */
static void plant_in_each(const char *machine, const struct xdc_evidence *evidence)
{
	xdc_autoevidence struct xdc_evidence *records = secret_records(evidence);
	struct secret secrets[SECRETS];

	for (size_t i = 0; i < xdc_evidence_count(records); i++) {
		if (is_seen(records, i))
			continue;
		for (int known = 0; known < 2; known++) {
			const struct secret_plan plan = { secrets, SECRETS, known,
							  xdc_evidence_at(records, i)->key };

			secret_make(secrets, SECRETS, seed++);
			mask(machine, secret_plant(records, &plan), secrets, seed & 1);
		}
	}
}

static void test_no_record_relies_on_another(void **state)
{
	(void)state;
	for_each_machine(machines, plant_in_each);
	assert_true(n_planted >= 1000);
}

static void test_keys_origins_and_details(void **state)
{
	struct secret secrets[SECRETS];
	const struct secret_plan plan = { secrets, SECRETS, false, NULL };

	(void)state;
	secret_make(secrets, SECRETS, seed++);
	mask("keys", secret_plant_keys(&plan), secrets, false);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_secret_is_left_in_any_record),
		cmocka_unit_test(test_no_record_relies_on_another),
		cmocka_unit_test(test_keys_origins_and_details),
	};

	if (argc < 2)
		return 2;
	machines = argv[1];
	if (argc > 2)
		seed = (uint32_t)strtoul(argv[2], NULL, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
