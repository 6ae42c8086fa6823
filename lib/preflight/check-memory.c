/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory and processors: what the guest takes, and what the hypervisor has. */
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

enum {
	DEFAULT_MIB = 32,    /* libxl__domain_build_info_setdefault() */
	SLACK_KIB = 8 << 10, /* domain, vcpu and grant structures; rounding */
	DTB_KIB = 1 << 10,
};

/*
 * KiB that the guest takes: libxl__domain_need_memory_calculate() and, for the tables behind a
 * guest's memory, libxl__get_required_paging_memory() (tools/libs/light, Xen 4.17 to 4.20).
 */
static long long needed_kib(const struct xdc_flight *flight, const struct xdc_guest *guest)
{
	long long memory = xdc_guest_number(guest, "memory", DEFAULT_MIB);
	long long vcpus = xdc_guest_number(guest, "maxvcpus", xdc_guest_number(guest, "vcpus", 1));
	long long maxmem = xdc_guest_number(guest, "maxmem", memory);
	long long paging = 4 * (256 * vcpus + (guest->kind != XDC_KIND_PV ? maxmem : 0) +
				(flight->on_arm ? 128 : 0));

	paging = xdc_guest_number(guest, "shadow_memory", paging / 1024) * 1024;
	return memory * 1024 + paging + (guest->kind == XDC_KIND_PV ? 1024 : 2048);
}

/*
 * Whether xl makes room by shrinking dom0: autoballoon= of xl.conf; "auto" where the hypervisor
 * was not given dom0_mem= (auto_autoballoon(), tools/xl/xl.c).
 */
static enum xdc_tri makes_room(struct xdc_flight *flight)
{
	const struct xdc_record *conf =
		xdc_evidence_find(flight->evidence, "file:/etc/xen/xl.conf");
	const char *command_line = xdc_xen_command_line(flight);
	const char *set = xdc_xl_conf(flight, "autoballoon");

	if (!conf || (conf->status != XDC_STATUS_OK && conf->status != XDC_STATUS_ABSENT))
		return XDC_UNKNOWN;
	if (set && (strcmp(set, "off") == 0 || strcmp(set, "0") == 0))
		return XDC_NO;
	if (set && (strcmp(set, "on") == 0 || strcmp(set, "1") == 0))
		return XDC_YES;
	if (!command_line)
		return XDC_UNKNOWN;
	return xdc_tri_of(!strstr(command_line, "dom0_mem="));
}

static void check_free(struct xdc_flight *flight, long long memory)
{
	long long free_pages = xdc_physinfo(flight, "free_pages"),
		  total = xdc_physinfo(flight, "total_pages");
	long long need = needed_kib(flight, flight->guest), room = free_pages * 4;
	enum xdc_tri balloon = makes_room(flight);
	unsigned int line = xdc_guest_line(flight->guest, "memory");
	struct xdc_preflight_check *check;
	const char *numbers;

	if (free_pages < 0) {
		check = xdc_check_add(flight, "memory-free", XDC_OUTCOME_UNKNOWN, line,
				      "Whether there is memory for it could not be told");
		xdc_check_because(check, "the hypervisor did not say what it has free", NULL);
		return;
	}
	numbers = xdc_flight_printf(flight,
				    "it takes about %lld MiB (memory=%lld and its tables), and the "
				    "hypervisor has %lld MiB free",
				    need / 1024, memory, room / 1024);
	if (need + SLACK_KIB <= room) {
		check = xdc_check_add(flight, "memory-free", XDC_OUTCOME_PASS, line,
				      "There is memory for it");
	} else if ((memory * 1024 > room && balloon == XDC_NO) || memory * 256 > total) {
		check = xdc_check_add(flight, "memory-free", XDC_OUTCOME_FAIL, line,
				      "There is not enough memory for it");
		xdc_check_advise(check,
				 "Make memory= smaller, end another guest, or give dom0 less "
				 "(xl mem-set 0).");
	} else {
		check = xdc_check_add(flight, "memory-free", XDC_OUTCOME_UNKNOWN, line,
				      "There may not be enough memory for it");
		if (memory * 1024 > room)
			xdc_check_because(
				check,
				balloon == XDC_YES
					? "xl would take some from dom0 (autoballoon), "
					  "which may not have it"
					: "whether xl may take some from dom0 is not known",
				NULL);
	}
	xdc_check_because(check, numbers, "xen:physinfo");
}

/* What those before it take is no longer free when this one starts. */
static void check_behind_others(struct xdc_flight *flight)
{
	long long room = xdc_physinfo(flight, "free_pages") * 4, sum = 0, least = 0;
	struct xdc_preflight_check *check;

	for (size_t i = 0; i <= flight->guest->index; i++) {
		const struct xdc_guest *guest = flight->all->items[i].guest;

		if (guest->status != XDC_STATUS_OK)
			continue;
		sum += needed_kib(flight, guest) + SLACK_KIB;
		least += xdc_guest_number(guest, "memory", DEFAULT_MIB) * 1024;
	}
	/* Where it has no room by itself, that is told. */
	if (room < 0 || sum <= room || needed_kib(flight, flight->guest) + SLACK_KIB > room)
		return;
	check = xdc_check_add(flight, "together-memory",
			      least > room && makes_room(flight) == XDC_NO ? XDC_OUTCOME_FAIL
									   : XDC_OUTCOME_UNKNOWN,
			      xdc_guest_line(flight->guest, "memory"),
			      least > room ? "Behind the guests before it there is not enough "
					     "memory left"
					   : "Behind the guests before it there may not be enough "
					     "memory left");
	xdc_check_because(
		check,
		xdc_flight_printf(flight,
				  "with those before it, it takes about %lld MiB, and the "
				  "hypervisor has %lld MiB free",
				  sum / 1024, room / 1024),
		"xen:physinfo");
}

static long long file_kib(struct xdc_flight *flight, const char *key)
{
	const char *path = xdc_guest_text(flight->guest, key);
	struct xdc_target target;

	if (!path)
		return 0;
	target = xdc_target_read(flight, path);
	/* What gzip has packed is larger; by how much is not known. */
	return target.size > 0 ? target.size / 1024 : 0;
}

/* arch_setup_meminit() of xg_dom_arm.c, xc_dom_chk_alloc_pages() on x86: "Out of memory". */
static void check_fits(struct xdc_flight *flight, long long memory)
{
	long long size = file_kib(flight, "kernel") + file_kib(flight, "ramdisk");
	struct xdc_preflight_check *check;

	if (!size || size + DTB_KIB <= memory * 1024)
		return;
	check = xdc_check_add(flight, "memory-fits",
			      size > memory * 1024 ? XDC_OUTCOME_FAIL : XDC_OUTCOME_UNKNOWN,
			      xdc_guest_line(flight->guest, "memory"),
			      "Kernel and ramdisk do not fit into its memory");
	xdc_check_because(check,
			  xdc_flight_printf(flight, "they take %lld MiB, memory= is %lld MiB",
					    (size + 1023) / 1024, memory),
			  NULL);
	xdc_check_because(
		check,
		"xl prints \"No such file or directory\" for this: that is an older error "
		"left over",
		NULL);
}

static void check_maximum(struct xdc_flight *flight, long long memory)
{
	const struct xdc_guest *guest = flight->guest;
	long long maxmem = xdc_guest_number(guest, "maxmem", memory);
	struct xdc_preflight_check *check;

	/*
	 * libxl lets the guest have memory= (and LIBXL_MAXMEM_CONSTANT), and libxenguest fills
	 * maxmem= of it on Arm, which has no memory that is populated on demand.
	 */
	if (flight->on_arm && maxmem > memory + 1) {
		check = xdc_check_add(flight, "memory-maximum", XDC_OUTCOME_FAIL,
				      xdc_guest_line(guest, "maxmem"),
				      "On Arm maxmem= cannot be more than memory=");
		xdc_check_because(check, "xl says \"can't allocate low memory for domain\"", NULL);
		xdc_check_advise(check, "Leave maxmem= out.");
	}
	if (maxmem >= memory)
		return;
	check = xdc_check_add(flight, "memory-maximum", XDC_OUTCOME_WARNING,
			      xdc_guest_line(guest, "maxmem"), "maxmem= is less than memory=");
	xdc_check_because(check,
			  xdc_flight_printf(flight, "the guest gets no more than %lld MiB", maxmem),
			  NULL);
}

/* MAX_VIRT_CPUS and vgic_max_vcpus() on Arm, HVM_MAX_VCPUS on x86. */
static void check_vcpus(struct xdc_flight *flight)
{
	enum { ARM32_MAX = 8, MAX = 128 };
	const struct xdc_guest *guest = flight->guest;
	const char *key = xdc_guest_setting(guest, "maxvcpus") ? "maxvcpus" : "vcpus";
	long long vcpus = xdc_guest_number(guest, key, 1);
	bool arm32 = flight->model->host.arch == XDC_ARCH_ARM;
	long long limit = arm32 ? ARM32_MAX : MAX, cpus = xdc_physinfo(flight, "nr_cpus");
	struct xdc_preflight_check *check;

	if (vcpus > limit && guest->kind != XDC_KIND_PV) {
		check = xdc_check_add(flight, "vcpus", XDC_OUTCOME_FAIL, xdc_guest_line(guest, key),
				      xdc_flight_printf(flight,
							"Xen gives a guest at most %lld "
							"processors",
							limit));
		xdc_check_because(check,
				  "xl says \"domain creation fail: Invalid argument\", and no more",
				  NULL);
	} else if (flight->on_arm && vcpus > ARM32_MAX) {
		check = xdc_check_add(flight, "vcpus", XDC_OUTCOME_UNKNOWN,
				      xdc_guest_line(guest, key),
				      "More than 8 processors take a GICv3");
		xdc_check_because(check, "which one Xen gives a guest here could not be told",
				  NULL);
	} else if (cpus > 0 && vcpus > cpus) {
		check = xdc_check_add(flight, "vcpus", XDC_OUTCOME_NOTICE,
				      xdc_guest_line(guest, key),
				      "It has more processors than the machine");
		xdc_check_because(
			check,
			xdc_flight_printf(flight, "%lld, and the machine has %lld", vcpus, cpus),
			"xen:physinfo");
	}
}

void xdc_check_memory(struct xdc_flight *flight)
{
	/* libxl's default; xl leaves alone what is no number. */
	long long memory = xdc_guest_number(flight->guest, "memory", DEFAULT_MIB);
	struct xdc_preflight_check *check;

	if (!xdc_guest_setting(flight->guest, "memory")) {
		check = xdc_check_add(flight, "memory-default", XDC_OUTCOME_WARNING, 0,
				      "memory= is missing: the guest gets 32 MiB");
		xdc_check_because(check, "that is libxl's own choice", NULL);
	}
	check_free(flight, memory);
	if (flight->guest->index)
		check_behind_others(flight);
	check_fits(flight, memory);
	check_maximum(flight, memory);
	check_vcpus(flight);
}
