/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "helper/control.h"
#include "unit.h"

/* A hypervisor that answers as told; any error is negative. */
struct fake {
	int error;
	struct xdc_physinfo info;
	unsigned int n_domains;
	uint32_t flags; /* of the last of them */
	size_t console_size;
	int version;
	uint64_t page[XDC_PAGE / 8];
};

static int fake_physinfo(void *arg, struct xdc_physinfo *ret)
{
	struct fake *fake = arg;

	*ret = fake->info;
	return fake->error;
}

static int fake_domains(void *arg, uint32_t first, struct xdc_domain *ret, size_t max)
{
	struct fake *fake = arg;
	size_t n = 0;

	for (uint32_t id = first; id < fake->n_domains && n < max; id++)
		ret[n++] = (struct xdc_domain){ (uint16_t)id,
						id + 1 == fake->n_domains ? fake->flags : 0 };
	return fake->error ? fake->error : (int)n;
}

static int fake_console(void *arg, bool from_beginning, uint32_t *index, char *data, size_t size)
{
	struct fake *fake = arg;
	size_t n;

	if (fake->error)
		return fake->error;
	if (from_beginning)
		*index = 0;
	n = fake->console_size - *index;
	if (n > size)
		n = size;
	if (n > 50000)
		n = 50000;
	memset(data, 'x', n);
	*index += (uint32_t)n;
	return (int)n;
}

static struct xdc_control control_of(struct fake *fake)
{
	return (struct xdc_control){
		.name = "a library",
		.arg = fake,
		.physinfo = fake_physinfo,
		.domains = fake_domains,
		.console = fake_console,
	};
}

static void add(void *arg, const struct xdc_record *record)
{
	xdc_evidence_add(arg, record);
}

/* What was answered, as its reader has it. */
struct reading {
	struct xdc_answer answer;
	char *text;
	size_t size;
};

static void begin(struct reading *reading)
{
	FILE *out = open_memstream(&reading->text, &reading->size);

	reading->answer = xdc_answer_begin(out);
}

static struct xdc_evidence *end(struct reading *reading)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_evidence *evidence = xdc_evidence_new();
	const char *error = "";
	int r;

	xdc_answer_end(&reading->answer);
	fclose(reading->answer.out);
	r = xdc_records_parse(arena, reading->text, reading->size, add, evidence, &error);
	assert_string_equal(error, "");
	assert_int_equal(r, 0);
	free(reading->text);
	xdc_arena_free(arena);
	return evidence;
}

static struct xdc_evidence *ask(struct fake *fake, uint32_t sysctl)
{
	struct xdc_control control = control_of(fake);
	struct reading reading;

	begin(&reading);
	xdc_answer_control(&reading.answer, &control, sysctl);
	return end(&reading);
}

static void assert_record(const struct xdc_evidence *evidence, const char *key,
			  enum xdc_status status, const char *data)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);

	assert_non_null(record);
	assert_text(xdc_status_name(record->status), xdc_status_name(status));
	if (data)
		assert_text(record->data, data);
}

static void test_what_a_hypervisor_says(void **state)
{
	struct fake fake = {
		.info = { 8, XDC_PHYSCAP_directio | XDC_PHYSCAP_hvm | 1u << 9, 1000, 10 },
		.n_domains = 2,
		.flags = XDC_DOMINF_xs_domain | XDC_DOMINF_blocked | 1u << 31,
		.console_size = 3,
	};
	xdc_autoevidence struct xdc_evidence *evidence = ask(&fake, 0x15);

	(void)state;
	assert_record(evidence, "xen:physinfo", XDC_STATUS_OK,
		      "directio=1\nhvm=1\npv=0\nhap=0\niommu_hap_pt_share=0\nnr_cpus=8\n"
		      "total_pages=1000\nfree_pages=10\n");
	assert_record(evidence, "xen:domains", XDC_STATUS_OK, "0=\n1=blocked,xs_domain\n");
	assert_record(evidence, "xen:console", XDC_STATUS_OK, "xxx");
	assert_text(xdc_evidence_find(evidence, "xen:console")->origin, "a library");
}

static void test_a_refusal_is_a_status_of_each(void **state)
{
	struct fake fake = { .error = -EPERM };
	xdc_autoevidence struct xdc_evidence *evidence = ask(&fake, 0x15);

	(void)state;
	assert_record(evidence, "xen:physinfo", XDC_STATUS_DENIED, "");
	assert_record(evidence, "xen:domains", XDC_STATUS_DENIED, "");
	assert_record(evidence, "xen:console", XDC_STATUS_DENIED, "");
	assert_text(xdc_evidence_find(evidence, "xen:console")->detail,
		    "readconsole: Operation not permitted");
}

static void test_an_unknown_layout_names_its_version(void **state)
{
	struct fake fake = { .error = -EPROTONOSUPPORT };
	xdc_autoevidence struct xdc_evidence *evidence = ask(&fake, 0x2a);

	(void)state;
	assert_record(evidence, "xen:physinfo", XDC_STATUS_UNSUPPORTED, "");
	assert_contains(xdc_evidence_find(evidence, "xen:physinfo")->detail, "0x2a");
}

static void test_many_domains(void **state)
{
	static const unsigned int counts[] = { 0, 1, 63, 64, 65, 128, 4095 };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(counts); i++) {
		struct fake fake = { .n_domains = counts[i] };
		xdc_autoevidence struct xdc_evidence *evidence = ask(&fake, 0x15);
		const char *line = xdc_evidence_find(evidence, "xen:domains")->data;
		unsigned int n = 0;

		for (; *line; line = strchr(line, '\n') + 1)
			n++;
		assert_int_equal(n, counts[i]);
		assert_record(evidence, "xen:domains", XDC_STATUS_OK, NULL);
	}
}

static void test_too_many_domains(void **state)
{
	struct fake fake = { .n_domains = 60000 };
	xdc_autoevidence struct xdc_evidence *evidence = ask(&fake, 0x15);

	(void)state;
	assert_record(evidence, "xen:domains", XDC_STATUS_TRUNCATED, NULL);
}

static void test_the_console_has_a_bound(void **state)
{
	struct fake fake = { .console_size = XDC_CONSOLE_MAX - 1 };
	xdc_autoevidence struct xdc_evidence *all = ask(&fake, 0x15);
	xdc_autoevidence struct xdc_evidence *cut = NULL;

	(void)state;
	fake.console_size = XDC_CONSOLE_MAX * 2;
	cut = ask(&fake, 0x15);
	assert_record(all, "xen:console", XDC_STATUS_OK, NULL);
	assert_int_equal(xdc_evidence_find(all, "xen:console")->size, XDC_CONSOLE_MAX - 1);
	assert_record(cut, "xen:console", XDC_STATUS_TRUNCATED, NULL);
	assert_int_equal(xdc_evidence_find(cut, "xen:console")->size, XDC_CONSOLE_MAX);
}

static struct xdc_evidence *interfaces(const struct xdc_interfaces *interfaces)
{
	struct reading reading;

	begin(&reading);
	xdc_answer_interfaces(&reading.answer, interfaces);
	return end(&reading);
}

static void test_interfaces_that_agree(void **state)
{
	const struct xdc_interfaces same = { 0, 0, 0x17, 0x15, "4.20", 0x17, 0x15 };
	xdc_autoevidence struct xdc_evidence *evidence = interfaces(&same);

	(void)state;
	assert_record(evidence, "xen:interfaces", XDC_STATUS_OK,
		      "domctl=23\nsysctl=21\nlibrary=4.20\nlibrary_domctl=23\nlibrary_sysctl=21\n"
		      "accepted=1\n");
}

/* sysctl alone makes "xl list" work, and "xl create" not. */
static void test_interfaces_of_which_one_agrees(void **state)
{
	const struct xdc_interfaces other = { 0, 0, 0x17, 0x15, "4.17", 0x15, 0x15 };
	xdc_autoevidence struct xdc_evidence *evidence = interfaces(&other);

	(void)state;
	assert_record(evidence, "xen:interfaces", XDC_STATUS_OK,
		      "domctl=23\nsysctl=21\nlibrary=4.17\nlibrary_domctl=21\nlibrary_sysctl=21\n"
		      "accepted=0\n");
}

static void test_interfaces_that_are_denied(void **state)
{
	const struct xdc_interfaces denied = { -EACCES, -EPERM, 0, 0, "4.17", 0x15, 0x15 };
	xdc_autoevidence struct xdc_evidence *evidence = interfaces(&denied);

	(void)state;
	assert_record(evidence, "xen:interfaces", XDC_STATUS_OK,
		      "domctl!denied\nsysctl!denied\nlibrary=4.17\nlibrary_domctl=21\n"
		      "library_sysctl=21\naccepted!denied\n");
}

static int version_call(void *arg, unsigned int op, uint64_t a, uint64_t b)
{
	struct fake *fake = arg;

	assert_int_equal(op, XDC_HYPERVISOR_xen_version);
	if (a == 0)
		return fake->version;
	if (a == 9)
		strcpy((void *)(uintptr_t)b, "<denied>");
	else
		sprintf((void *)(uintptr_t)b, "text\n%u", (unsigned int)a);
	return 0;
}

static struct xdc_evidence *version(struct fake *fake)
{
	const struct xdc_hypercalls calls = {
		.arg = fake,
		.call = version_call,
		.page = fake->page,
	};
	struct reading reading;

	begin(&reading);
	xdc_answer_version(&reading.answer, &calls);
	return end(&reading);
}

static void test_the_version(void **state)
{
	struct fake fake = { .version = 4 << 16 | 17 };
	xdc_autoevidence struct xdc_evidence *evidence = version(&fake);

	(void)state;
	assert_record(evidence, "xen:version", XDC_STATUS_OK,
		      "major=4\nminor=17\nextra=text\\x0a1\ncapabilities=text\\x0a3\n"
		      "changeset=text\\x0a4\ncommand_line!denied\n");
}

static void test_a_version_that_is_denied(void **state)
{
	struct fake fake = { .version = -EPERM };
	xdc_autoevidence struct xdc_evidence *evidence = version(&fake);

	(void)state;
	assert_record(evidence, "xen:version", XDC_STATUS_DENIED, "");
}

static void test_whether_there_is_a_xenstore_domain(void **state)
{
	struct fake fake = { .n_domains = 100 };
	struct xdc_control control = control_of(&fake);

	(void)state;
	assert_int_equal(xdc_find_xenstore_domain(&control), XDC_NO);
	fake.flags = XDC_DOMINF_xs_domain;
	assert_int_equal(xdc_find_xenstore_domain(&control), XDC_YES);
	fake.error = -EPERM;
	assert_int_equal(xdc_find_xenstore_domain(&control), XDC_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_hypervisor_says),
		cmocka_unit_test(test_a_refusal_is_a_status_of_each),
		cmocka_unit_test(test_an_unknown_layout_names_its_version),
		cmocka_unit_test(test_many_domains),
		cmocka_unit_test(test_too_many_domains),
		cmocka_unit_test(test_the_console_has_a_bound),
		cmocka_unit_test(test_interfaces_that_agree),
		cmocka_unit_test(test_interfaces_of_which_one_agrees),
		cmocka_unit_test(test_interfaces_that_are_denied),
		cmocka_unit_test(test_the_version),
		cmocka_unit_test(test_a_version_that_is_denied),
		cmocka_unit_test(test_whether_there_is_a_xenstore_domain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
