/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "source/tools.h"
#include "unit-elf.h"

#define LIB	   "/usr/lib/x86_64-linux-gnu/"
#define NO_PROCESS "processes!unsupported\n"

static void assert_record(const struct tmp *tmp, bool confined, enum xdc_status status,
			  const char *text)
{
	const struct xdc_tree tree = { .root = tmp->tree.root, .confined = confined };
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record *record;

	xdc_tree_tools(&tree, xdc_evidence_add, evidence);
	assert_int_equal(xdc_evidence_count(evidence), 1);
	record = xdc_evidence_find(evidence, "tools");
	assert_non_null(record);
	assert_string_equal(record->data, text);
	assert_int_equal(record->status, status);
}

static void assert_tools(const struct tmp *tmp, const char *text)
{
	assert_record(tmp, true, XDC_STATUS_OK, text);
}

static void make_release(const struct tmp *tmp, const char *xl, const char *release)
{
	struct xdc_arena *arena = xdc_arena_new();
	const char *library = xdc_arena_printf(arena, "libxenctrl.so.%s", release);

	TMP_ELF(tmp, xl, .needed = { library });
	TMP_ELF(tmp, xdc_arena_printf(arena, LIB "%s", library), .soname = library);
	xdc_arena_free(arena);
}

/* Debian's: /usr/sbin/xl is a link to this script, which is the essence of theirs. */
static void make_debian(const struct tmp *tmp)
{
	tmp_script(tmp, "/usr/lib/xen-common/bin/xen-utils-wrapper",
		   "#!/bin/sh\nCOMMAND=\"${0##*/}\"\nDIR=/sys/hypervisor/version\n"
		   "read major < $DIR/major\nread minor < $DIR/minor\n"
		   "exec \"/usr/lib/xen-$major.$minor/bin/$COMMAND\" \"$@\"\n");
	tmp_link(tmp, "/usr/sbin/xl", "../lib/xen-common/bin/xen-utils-wrapper");
	make_release(tmp, "/usr/lib/xen-4.17/bin/xl", "4.17");
}

static void make_running(const struct tmp *tmp, const char *minor)
{
	tmp_file(tmp, "/sys/hypervisor/type", "xen\n");
	tmp_file(tmp, "/sys/hypervisor/version/major", "4\n");
	tmp_file(tmp, "/sys/hypervisor/version/minor", minor);
}

#define DEBIAN "xl=/usr/sbin/xl\nxl_script=/usr/lib/xen-common/bin/xen-utils-wrapper\n"
#define OF(release)                                                                                \
	"xl_binary=/usr/lib/xen-" release "/bin/xl\nxl_libxenctrl=" LIB "libxenctrl.so." release   \
	"\nxl_release=" release "\n"

static void test_debian_s_script_chooses_by_the_running_version(void **state)
{
	const struct tmp *tmp = *state;

	make_debian(tmp);
	make_release(tmp, "/usr/lib/xen-4.20/bin/xl", "4.20");
	make_running(tmp, "20\n");
	assert_tools(tmp, DEBIAN "xl_wanted=4.20\nxl_chosen=version\n" OF("4.20") NO_PROCESS);
	make_running(tmp, "17\n");
	assert_tools(tmp, DEBIAN "xl_wanted=4.17\nxl_chosen=version\n" OF("4.17") NO_PROCESS);
}

/* The tools were upgraded, and Xen was not booted since; or the other way round. */
static void test_debian_s_script_starts_nothing_of_another_version(void **state)
{
	const struct tmp *tmp = *state;

	make_debian(tmp);
	make_running(tmp, "14\n");
	assert_tools(tmp, DEBIAN "xl_wanted=4.14\nxl_candidate=/usr/lib/xen-4.17/bin/xl\n"
				 "xl_binary!absent\n" NO_PROCESS);
}

static void test_without_a_running_xen_it_is_the_only_one(void **state)
{
	const struct tmp *tmp = *state;

	make_debian(tmp);
	tmp_script(tmp, "/usr/lib/xen-4.14/bin/xl", "#!/bin/sh\n");
	assert_tools(tmp, DEBIAN "xl_chosen=only\n" OF("4.17") NO_PROCESS);
	make_release(tmp, "/usr/lib/xen-4.20/bin/xl", "4.20");
	assert_tools(tmp, DEBIAN "xl_candidate=/usr/lib/xen-4.17/bin/xl\n"
				 "xl_candidate=/usr/lib/xen-4.20/bin/xl\n"
				 "xl_binary!absent\n" NO_PROCESS);
}

static void test_other_scripts_may_start_the_only_one(void **state)
{
	const struct tmp *tmp = *state;

	tmp_script(tmp, "/usr/local/bin/xl", "#!/bin/sh\nexec /opt/xen/bin/xl \"$@\"\n");
	make_running(tmp, "20\n");
	assert_tools(tmp, "xl=/usr/local/bin/xl\nxl_script=/usr/local/bin/xl\n"
			  "xl_binary!absent\n" NO_PROCESS);
	make_release(tmp, "/opt/xen/bin/xl", "4.19");
	assert_tools(tmp, "xl=/usr/local/bin/xl\nxl_script=/usr/local/bin/xl\nxl_chosen=only\n"
			  "xl_binary=/opt/xen/bin/xl\nxl_libxenctrl=" LIB "libxenctrl.so.4.19\n"
			  "xl_release=4.19\n" NO_PROCESS);
}

static void test_the_first_in_root_s_path_is_xl(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "/usr/bin/xl", "4.18");
	tmp_elf(tmp, "/usr/local/bin/xl", &(const struct elf_spec){ 0 });
	tmp_file(tmp, "/usr/local/sbin/xl", "not to be executed");
	tmp_dir(tmp, "/usr/sbin/xl");
	assert_tools(tmp, "xl=/usr/local/bin/xl\nxl_binary=/usr/local/bin/xl\n"
			  "xl_libxenctrl!absent\nxl_release!absent\n" NO_PROCESS);
	make_release(tmp, "/usr/local/sbin/xl", "4.18");
	assert_tools(tmp, "xl=/usr/local/sbin/xl\nxl_binary=/usr/local/sbin/xl\n"
			  "xl_libxenctrl=" LIB "libxenctrl.so.4.18\nxl_release=4.18\n" NO_PROCESS);
}

static void test_xen_s_own_directory_is_the_last_place(void **state)
{
	const struct tmp *tmp = *state;

	make_release(tmp, "/opt/xen/sbin/xl", "4.18");
	assert_tools(tmp, "xl=/opt/xen/sbin/xl\nxl_binary=/opt/xen/sbin/xl\n"
			  "xl_libxenctrl=" LIB "libxenctrl.so.4.18\nxl_release=4.18\n" NO_PROCESS);
	make_release(tmp, "/usr/lib/xen-4.17/bin/xl", "4.17");
	assert_tools(tmp, "xl!absent\nxl_candidate=/usr/lib/xen-4.17/bin/xl\n"
			  "xl_candidate=/opt/xen/sbin/xl\n" NO_PROCESS);
}

/* After "make install" without ldconfig, or a package half removed. */
static void test_what_keeps_xl_from_starting_is_named(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, "/usr/sbin/xl", .needed = { "libxlutil.so.4.20", "libxenlight.so.4.20" });
	assert_tools(tmp, "xl=/usr/sbin/xl\nxl_binary=/usr/sbin/xl\nxl_missing=libxlutil.so.4.20\n"
			  "xl_missing=libxenlight.so.4.20\nxl_libxenctrl!absent\n"
			  "xl_release!absent\n" NO_PROCESS);
}

static void test_a_library_without_a_release_has_none(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, "/usr/sbin/xl", .needed = { "libxenctrl.so" });
	TMP_ELF(tmp, "/lib/libxenctrl.so", .soname = "libxenctrl.so");
	assert_tools(tmp, "xl=/usr/sbin/xl\nxl_binary=/usr/sbin/xl\n"
			  "xl_libxenctrl=/lib/libxenctrl.so\nxl_release!unsupported\n" NO_PROCESS);
	/* The loader goes by the file's name, the release by what it says of itself. */
	TMP_ELF(tmp, "/lib/libxenctrl.so", .soname = "libxenctrl.so.4.16");
	assert_tools(tmp, "xl=/usr/sbin/xl\nxl_binary=/usr/sbin/xl\n"
			  "xl_libxenctrl=/lib/libxenctrl.so\nxl_release=4.16\n" NO_PROCESS);
}

static void test_without_xen_there_are_no_tools(void **state)
{
	const struct tmp *tmp = *state;

	assert_record(tmp, true, XDC_STATUS_ABSENT, "xl!absent\n" NO_PROCESS);
	/* Nobody is asked for: there is no /proc to be listed either. */
	assert_record(tmp, false, XDC_STATUS_ABSENT, "xl!absent\nprocesses!absent\n");
	tmp_file(tmp, "/sys/hypervisor/type", "kvm\n");
	assert_record(tmp, false, XDC_STATUS_ABSENT, "xl!absent\nprocesses!absent\n");
}

/* Built from source and removed from the disk again, a daemon tells which it was. */
static void test_a_daemon_is_a_tool(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/proc/1/comm", "init\n");
	tmp_file(tmp, "/proc/2/comm", "xenstored\n");
	tmp_link(tmp, "/proc/2/exe", "/usr/sbin/xenstored (deleted)");
	tmp_file(tmp, "/proc/2/maps", "0-1 r--p 0 0:0 1 /opt/lib/libxenctrl.so.4.19 (deleted)\n");
	assert_record(tmp, false, XDC_STATUS_ABSENT, "xl!absent\nprocesses!absent\n");
	tmp_file(tmp, "/proc/xen/capabilities", "control_d\n");
	tmp_file(tmp, "/sys/bus/xen-backend/drivers/vif/module", "");
	tmp_file(tmp, "/sys/bus/xen-backend/drivers/vbd/module", "");
	assert_record(tmp, false, XDC_STATUS_OK,
		      "xl!absent\nbackend_driver=vbd\nbackend_driver=vif\nbackend_drivers=2\n"
		      "process=xenstored 2 4.19 /opt/lib/libxenctrl.so.4.19 (deleted)\n"
		      "processes=1\n");
}

static void test_what_may_not_be_read_is_denied(void **state)
{
	const struct tmp *tmp = *state;

	tmp_script(tmp, "/usr/sbin/xl", "");
	tmp_forbid(tmp, "/usr/sbin/xl");
	if (!as_nobody())
		skip();
	assert_tools(tmp, "xl!denied\n" NO_PROCESS);
}

static void test_the_release_is_in_the_name(void **state)
{
	static const char *const names[][2] = {
		{ "libxenctrl.so.4.17", "4.17" },
		{ "/usr/lib/libxenctrl.so.4.17.0", "4.17" },
		{ "/usr/lib/libxenctrl.so.4.17.0 (deleted)", "4.17" },
		{ "libxenctrl-4.8.so", "4.8" },
		{ "libxenctrl.so.11.2", "11.2" },
	};
	static const char *const others[] = {
		"",
		"libxenctrl",
		"libxenctrl.so",
		"libxenctrl.so.4",
		"libxenctrl.so.4.",
		"libxenctrl.so..17",
		"libxenctrl.so.-4.17",
		"libxenlight.so.4.17",
		"libxenctrl.so.4.17/libc.so.6",
		"libxenctrl.so.4.17171717171717171717",
	};
	char release[16];

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++) {
		assert_int_equal(xdc_tools_release(names[i][0], release, sizeof(release)), 0);
		assert_string_equal(release, names[i][1]);
	}
	for (size_t i = 0; i < XDC_ARRAY_SIZE(others); i++)
		assert_true(xdc_tools_release(others[i], release, sizeof(release)) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_debian_s_script_chooses_by_the_running_version),
		tree_test(test_debian_s_script_starts_nothing_of_another_version),
		tree_test(test_without_a_running_xen_it_is_the_only_one),
		tree_test(test_other_scripts_may_start_the_only_one),
		tree_test(test_the_first_in_root_s_path_is_xl),
		tree_test(test_xen_s_own_directory_is_the_last_place),
		tree_test(test_what_keeps_xl_from_starting_is_named),
		tree_test(test_a_library_without_a_release_has_none),
		tree_test(test_without_xen_there_are_no_tools),
		tree_test(test_a_daemon_is_a_tool),
		tree_test(test_what_may_not_be_read_is_denied),
		cmocka_unit_test(test_the_release_is_in_the_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
