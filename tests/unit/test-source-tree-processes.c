/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "source/tools.h"
#include "unit.h"

#define MAPS(path)                                                                                 \
	"5581e0000000-5581e0004000 r--p 00000000 fd:01 1048  /usr/lib/xen-4.17/bin/x\n"            \
	"7f1200000000-7f1200001000 rw-p 00000000 00:00 0 \n"                                       \
	"7f1300000000-7f1300001000 r-xp 00001000 fd:01 1049  " path "\n"                           \
	"7ffc00000000-7ffc00001000 rw-p 00000000 00:00 0     [stack]\n"
#define LIB "/usr/lib/x86_64-linux-gnu/libxenctrl.so.4.17.0"

static void make_process(const struct tmp *tmp, const char *pid, const char *name, const char *maps)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	tmp_file(tmp, path, name);
	snprintf(path, sizeof(path), "/proc/%s/exe", pid);
	tmp_link(tmp, path, "/usr/sbin/any");
	if (!maps)
		return;
	snprintf(path, sizeof(path), "/proc/%s/maps", pid);
	tmp_file(tmp, path, maps);
}

/* The fields of the record; the test's tree stands for that of a machine. */
static void assert_processes(const struct tmp *tmp, const char *expected)
{
	const struct xdc_tree tree = { .root = tmp->tree.root };
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	xdc_tree_tool_processes(&tree, out);
	text = unit_text(out);
	assert_string_equal(text, expected);
}

static void test_daemons_are_listed_with_what_they_have_mapped(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "systemd\n", MAPS("/lib/libc.so.6"));
	make_process(tmp, "20", "xenstored\n", MAPS(LIB));
	make_process(tmp, "21", "xenconsoled\n", MAPS(LIB));
	make_process(tmp, "22", "xenopsd-xc\n", MAPS("/opt/libxenctrl.so.4.19"));
	make_process(tmp, "23", "libvirtd\n", MAPS("/lib/libvirt.so.0"));
	make_process(tmp, "24", "bash\n", MAPS(LIB));
	make_process(tmp, "self", "xenstored\n", MAPS(LIB));
	/* A thread of the kernel's, whatever it calls itself. */
	tmp_file(tmp, "/proc/25/comm", "xenstored\n");
	assert_processes(tmp, "process=xenstored 20 4.17 " LIB "\n"
			      "process=xenconsoled 21 4.17 " LIB "\n"
			      "process=xenopsd-xc 22 4.19 /opt/libxenctrl.so.4.19\n"
			      "process=libvirtd 23 none\n"
			      "processes=4\n");
}

/* The package was upgraded under a daemon: it goes on with the old library. */
static void test_a_deleted_library_is_told(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "init\n", "");
	make_process(tmp, "20", "oxenstored\n", MAPS(LIB " (deleted)"));
	assert_processes(tmp, "process=oxenstored 20 4.17 " LIB " (deleted)\nprocesses=1\n");
}

static void test_some_are_listed_only_with_the_library(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "init\n", "");
	make_process(tmp, "20", "qemu-system-i38\n", MAPS(LIB));
	make_process(tmp, "21", "qemu-system-x86\n", MAPS("/lib/libc.so.6"));
	make_process(tmp, "22", "xl\n", MAPS(LIB));
	make_process(tmp, "23", "xendomains\n", MAPS("/lib/libc.so.6"));
	make_process(tmp, "24", "xlock\n", MAPS(LIB));
	assert_processes(tmp, "process=qemu-system-i38 20 4.17 " LIB "\n"
			      "process=xl 22 4.17 " LIB "\nprocesses=2\n");
}

static void test_names_that_only_look_alike_are_passed_over(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "init\n", "");
	make_process(tmp, "20", "libvirtd\n", MAPS("/srv/libxenctrl.so.4.17/data"));
	make_process(tmp, "21", "virtxend\n", MAPS("/srv/libxenctrl.so"));
	assert_processes(tmp, "process=libvirtd 20 none\nprocess=virtxend 21 none\nprocesses=2\n");
}

static void test_control_characters_of_a_path_are_escaped(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "init\n", "");
	make_process(tmp, "20", "libvirtd\n", MAPS("/srv/\033[31m/libxenctrl.so.4.17"));
	assert_processes(
		tmp, "process=libvirtd 20 4.17 /srv/\\x1b[31m/libxenctrl.so.4.17\nprocesses=1\n");
}

static void test_a_process_that_has_ended_is_not_listed(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "init\n", "");
	make_process(tmp, "20", "libvirtd\n", NULL);
	tmp_dir(tmp, "/proc/21");
	assert_processes(tmp, "processes=0\n");
}

static void test_maps_that_may_not_be_read_are_denied(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "1", "init\n", "");
	make_process(tmp, "20", "xenstored\n", MAPS(LIB));
	make_process(tmp, "21", "qemu-system-i38\n", MAPS(LIB));
	tmp_forbid(tmp, "/proc/20/maps");
	tmp_forbid(tmp, "/proc/21/maps");
	if (!as_nobody())
		skip();
	assert_processes(tmp, "process=xenstored 20 !denied\nprocesses!denied\n");
}

/* Mounted with hidepid, /proc lists only one's own. */
static void test_processes_that_are_hidden_are_denied(void **state)
{
	const struct tmp *tmp = *state;

	make_process(tmp, "20", "libvirtd\n", MAPS(LIB));
	assert_processes(tmp, "process=libvirtd 20 4.17 " LIB "\nprocesses!denied\n");
}

static void test_without_proc_there_are_none(void **state)
{
	assert_processes(*state, "processes!absent\n");
}

static void test_only_so_many_are_listed(void **state)
{
	const struct tmp *tmp = *state;
	const struct xdc_tree tree = { .root = tmp->tree.root };
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;
	char pid[16];

	for (int i = 1; i < 200; i++) {
		snprintf(pid, sizeof(pid), "%d", i);
		make_process(tmp, pid, "xenstored\n", MAPS(LIB));
	}
	xdc_tree_tool_processes(&tree, out);
	text = unit_text(out);
	assert_contains(text, "processes!truncated\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_daemons_are_listed_with_what_they_have_mapped),
		tree_test(test_a_deleted_library_is_told),
		tree_test(test_some_are_listed_only_with_the_library),
		tree_test(test_names_that_only_look_alike_are_passed_over),
		tree_test(test_control_characters_of_a_path_are_escaped),
		tree_test(test_a_process_that_has_ended_is_not_listed),
		tree_test(test_maps_that_may_not_be_read_are_denied),
		tree_test(test_processes_that_are_hidden_are_denied),
		tree_test(test_without_proc_there_are_none),
		tree_test(test_only_so_many_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
