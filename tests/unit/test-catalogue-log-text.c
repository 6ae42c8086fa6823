/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/catalogue.h"
#include "catalogue/log-text.h"
#include "unit.h"

static void assert_clean(const char *text, size_t size, const char *expected)
{
	char buffer[200];
	size_t cleaned;

	memcpy(buffer, text, size);
	cleaned = xdc_log_clean(buffer, size);
	assert_int_equal(cleaned, strlen(expected));
	assert_memory_equal(buffer, expected, cleaned);
}

#define CLEAN(text, expected) assert_clean(text, sizeof(text) - 1, expected)

static void what_is_no_message_is_taken_out(void **state)
{
	(void)state;
	CLEAN("as it is\n", "as it is\n");
	CLEAN("one\r\ntwo\r\n", "one\ntwo\n");
	CLEAN("a\0b\0\n", "ab\n");
	CLEAN("\033[1;31merror\033[0m: x\n", "error: x\n");
	CLEAN("#033[31merror#033[0m\n", "error\n");
	CLEAN("\033]0;title\007text\n", "text\n");
	CLEAN("can\xe2\x80\x99t \xe2\x80\x9cx\xe2\x80\x9d\xc2\xa0y\n", "can't \"x\" y\n");
}

static void lines_stay_lines(void **state)
{
	(void)state;
	/* A sequence that is cut short ends with its line. */
	CLEAN("a\033[31\nb\n", "a\nb\n");
	CLEAN("a\033\nb\n", "a\nb\n");
	CLEAN("a\033]title\nb\n", "a\nb\n");
	CLEAN("a\033", "a");
}

static bool begins(const char *line)
{
	return xdc_log_begins_message(line, strlen(line));
}

static void messages_begin_with_known_things(void **state)
{
	static const char *const yes[] = {
		"libxl: error: x",
		"(XEN) x",
		"[    1.234567] x",
		"[2024-11-03 08:12:41] x",
		"2024-11-03 08:12:41",
		"Mar 17 08:41:12 x",
		"<6>[ 1.2] x",
		"6,1234,5678,-;x",
		"  > xc: error: x",
		"(d12) x",
		"",
		"[00:05.0] xen_pt: x",
	};
	static const char *const no[] = {
		"ied",	 "on denied",	    "[0000:00:02.0] fault", "40, fsynr=0x12",
		"(?) x", "0000:04:00.0: x",
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(yes); i++)
		assert_true(begins(yes[i]));
	for (size_t i = 0; i < XDC_ARRAY_SIZE(no); i++)
		assert_false(begins(no[i]));
}

static unsigned int kind(const char *line)
{
	return xdc_log_kind(line, strlen(line));
}

static void a_line_tells_its_log(void **state)
{
	(void)state;
	assert_int_equal(kind("(XEN) [  123.4] text"), XDC_LOG_HYPERVISOR);
	assert_int_equal(kind("[2024-03-01 12:00:00] (XEN) [ 1.2] text"), XDC_LOG_HYPERVISOR);
	assert_int_equal(kind("(XEN) DOM0: [    0.000000] text"), XDC_LOG_KERNEL);
	assert_int_equal(kind("[   12.345678] text"), XDC_LOG_KERNEL);
	assert_int_equal(kind("6,1234,5678,-;text"), XDC_LOG_KERNEL);
	assert_int_equal(kind("Nov 14 03:12:29 dom0 kernel: [  611.4] text"), XDC_LOG_KERNEL);
	assert_int_equal(kind("libxl: error: libxl.c:1:f: text"), XDC_LOG_LIBXL);
	assert_int_equal(kind("2024-05-13 09:44:19.200+0000: libxl: libxl.c:1:f: text"),
			 XDC_LOG_LIBXL);
	assert_int_equal(kind("(d12) text"), XDC_LOG_GUEST);
	assert_int_equal(kind("Jan 02 03:04:05 dom0 logger: (d8) text"), XDC_LOG_GUEST);
	assert_int_equal(kind("FATAL: text"), XDC_LOG_ANY);
	/* What a guest writes is a guest's, whatever it looks like. */
	assert_int_equal(kind("(d3) libxl: error: (XEN) text"), XDC_LOG_GUEST);
}

static long domid(const char *line)
{
	return xdc_log_domid(line, strlen(line));
}

static void a_line_tells_its_domain(void **state)
{
	(void)state;
	assert_int_equal(domid("libxl: error: a.c:1:f: Domain 14:Stubdom 15 for 14"), 14);
	assert_int_equal(domid("libxl: error: a.c:1:f: destruction of domain 4 failed"), 4);
	assert_int_equal(domid("unable to get domain type for domid=31, assuming HVM"), 31);
	assert_int_equal(domid("(XEN) traps.c:1999:d0v1 HSR=0x93830007"), 0);
	assert_int_equal(domid("nothing of the kind"), -1);
	assert_int_equal(domid("domain creation fail: Permission denied"), -1);
}

/* What @line names, or "". */
static const char *device(const char *line)
{
	static char name[64];
	const char *at;
	size_t size = xdc_log_device(line, strlen(line), &at);

	assert_true(size < sizeof(name));
	memcpy(name, size ? at : "", size);
	name[size] = '\0';
	return name;
}

static void a_line_tells_its_device(void **state)
{
	(void)state;
	assert_string_equal(device("[    1.5] ahci 0000:00:02.0: x"), "0000:00:02.0");
	assert_string_equal(device("PCI device 0000:03:00.1 cannot be assigned"), "0000:03:00.1");
	assert_string_equal(device("(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:14.0 d0"), "0000:00:14.0");
	assert_string_equal(device("[    1.5] arm-smmu-v3 9050000.smmuv3: event"),
			    "9050000.smmuv3");
	assert_string_equal(device("3,7,9,-;exynos-mixer 14450000.mixer: x"), "14450000.mixer");
	assert_string_equal(device("Jan  2 03:04:05 host kernel: [  1.5] dwc3 fe800000.usb: x"),
			    "fe800000.usb");
	assert_string_equal(device("[    1.5] random: crng init done"), "");
	assert_string_equal(device("[    1.5] Call Trace: "), "");
	assert_string_equal(device("libxl: error: libxl_create.c:1: x"), "");
	assert_string_equal(device("f0000:00:02.0"), "");
	assert_string_equal(device("[    1.5] x"), "");
	assert_string_equal(device(""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_message_is_taken_out),
		cmocka_unit_test(lines_stay_lines),
		cmocka_unit_test(messages_begin_with_known_things),
		cmocka_unit_test(a_line_tells_its_log),
		cmocka_unit_test(a_line_tells_its_domain),
		cmocka_unit_test(a_line_tells_its_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
