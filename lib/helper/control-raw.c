/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "helper/control.h"

/* xen/include/public/sysctl.h, the same from Xen 4.11 to 4.22. */
enum {
	SYSCTL_readconsole = 1,
	SYSCTL_physinfo = 3,
	SYSCTL_getdomaininfolist = 6,
	NO_COMMAND = 0xffff,
	/* 0x10 is Xen 4.11's domctl, 0x18 that of 4.22. */
	VERSION_FIRST = 0x0f,
	VERSION_LAST = 0x30,
};

/* The beginning of struct xen_sysctl and of struct xen_domctl. */
struct header {
	uint32_t cmd;
	uint32_t interface_version;
};

/* XEN_GUEST_HANDLE_64 and uint64_aligned_t are eight bytes, aligned so, on every architecture. */
typedef uint64_t aligned64 __attribute__((aligned(8)));

struct readconsole {
	struct header header;
	uint8_t clear;
	uint8_t incremental;
	uint8_t pad[2];
	uint32_t index;
	aligned64 buffer;
	uint32_t count;
};

struct getdomaininfolist {
	struct header header;
	uint16_t first_domain;
	uint32_t max_domains;
	aligned64 buffer;
	uint32_t num_domains;
};

/*
 * The beginning of struct xen_domctl_getdomaininfo. What follows differs between releases and
 * architectures, and so does its size: domains are asked for one by one.
 */
struct getdomaininfo {
	uint16_t domain;
	uint32_t flags;
};

struct physinfo {
	struct header header;
	uint32_t topology[2];
	uint32_t nr_cpus;
	uint32_t more_topology[4];
	uint32_t capabilities;
};

size_t xdc_physinfo_pages_offset(uint32_t version)
{
	switch (version) {
	case 0x13: /* Xen 4.14, 4.15 */
	case 0x14: /* 4.16 */
		return sizeof(struct physinfo);
	case 0x15: /* 4.17 to 4.20: behind arch_capabilities and padding (Xen commit 6b2b9b3405) */
	case 0x16: /* 4.21, 4.22: only the live patches' list changed (4c3ce492ed) */
		return sizeof(struct physinfo) + 2 * sizeof(uint32_t);
	default:
		return 0;
	}
}

int xdc_probe_interface(const struct xdc_hypercalls *calls, unsigned int op, uint32_t *ret)
{
	uint32_t accepted = 0;
	int error = -EACCES;
	size_t count = 0;

	for (uint32_t version = VERSION_FIRST; version <= VERSION_LAST; version++) {
		const struct header header = { NO_COMMAND, version };
		int r;

		memset(calls->page, 0, XDC_PAGE);
		memcpy(calls->page, &header, sizeof(header));
		r = calls->call(calls->arg, op, (uintptr_t)calls->page, 0);
		if (r == -EACCES)
			continue;
		accepted = version;
		error = r;
		count++;
	}
	if (count != 1)
		return count && error >= 0 ? -EPROTO : error;
	*ret = accepted;
	return 0;
}

/* Makes the call that @command (of @size bytes) describes; the answer is where it was. */
static int sysctl(const struct xdc_hypercalls *calls, void *command, size_t size, uint32_t cmd)
{
	const struct header header = { cmd, calls->sysctl };
	int r;

	memset(calls->page, 0, XDC_PAGE);
	memcpy(calls->page, command, size);
	memcpy(calls->page, &header, sizeof(header));
	r = calls->call(calls->arg, XDC_HYPERVISOR_sysctl, (uintptr_t)calls->page, 0);
	memcpy(command, calls->page, size);
	return r;
}

static int raw_physinfo(void *arg, struct xdc_physinfo *ret)
{
	const struct xdc_hypercalls *calls = arg;
	size_t pages = xdc_physinfo_pages_offset(calls->sysctl);
	struct physinfo info = { 0 };
	int r;

	if (!pages)
		return -EPROTONOSUPPORT;
	r = sysctl(calls, &info, sizeof(info), SYSCTL_physinfo);
	if (r < 0)
		return r;
	ret->nr_cpus = info.nr_cpus;
	ret->capabilities = info.capabilities;
	memcpy(&ret->total_pages, (char *)calls->page + pages, sizeof(ret->total_pages));
	memcpy(&ret->free_pages, (char *)calls->page + pages + sizeof(ret->total_pages),
	       sizeof(ret->free_pages));
	return 0;
}

static int raw_domains(void *arg, uint32_t first, struct xdc_domain *ret, size_t max)
{
	const struct xdc_hypercalls *calls = arg;
	size_t count = 0;

	while (count < max && first <= UINT16_MAX) {
		struct getdomaininfolist list = {
			.first_domain = (uint16_t)first,
			.max_domains = 1,
			.buffer = (uintptr_t)calls->buffer,
		};
		struct getdomaininfo info;
		int r = sysctl(calls, &list, sizeof(list), SYSCTL_getdomaininfolist);

		if (r < 0)
			return r;
		if (!list.num_domains)
			break;
		memcpy(&info, calls->buffer, sizeof(info));
		/* One that does not go forward would never end. */
		if (info.domain < first)
			return -EPROTO;
		ret[count++] = (struct xdc_domain){ info.domain, info.flags };
		first = info.domain + 1U;
	}
	return (int)count;
}

static int raw_console(void *arg, bool from_beginning, uint32_t *index, char *data, size_t size)
{
	const struct xdc_hypercalls *calls = arg;
	struct readconsole read = {
		.incremental = !from_beginning,
		.index = *index,
		.buffer = (uintptr_t)calls->buffer,
		.count = (uint32_t)(size < XDC_BUFFER ? size : XDC_BUFFER),
	};
	uint32_t asked = read.count;
	int r = sysctl(calls, &read, sizeof(read), SYSCTL_readconsole);

	if (r < 0)
		return r;
	if (read.count > asked)
		return -EPROTO;
	memcpy(data, calls->buffer, read.count);
	*index = read.index;
	return (int)read.count;
}

struct xdc_control xdc_control_raw(struct xdc_hypercalls *calls)
{
	return (struct xdc_control){
		.name = "libxencall",
		.arg = calls,
		.physinfo = raw_physinfo,
		.domains = raw_domains,
		.console = raw_console,
	};
}

static int refused_physinfo(void *arg, struct xdc_physinfo *ret)
{
	(void)ret;
	return *(int *)arg;
}

static int refused_domains(void *arg, uint32_t first, struct xdc_domain *ret, size_t max)
{
	(void)first;
	(void)ret;
	(void)max;
	return *(int *)arg;
}

static int refused_console(void *arg, bool from_beginning, uint32_t *index, char *data, size_t size)
{
	(void)from_beginning;
	(void)index;
	(void)data;
	(void)size;
	return *(int *)arg;
}

struct xdc_control xdc_control_refused(int *error)
{
	return (struct xdc_control){
		.name = "libxencall",
		.arg = error,
		.physinfo = refused_physinfo,
		.domains = refused_domains,
		.console = refused_console,
	};
}

int xdc_version_text(const struct xdc_hypercalls *calls, unsigned int command, char *ret,
		     size_t size)
{
	int r;

	memset(calls->page, 0, XDC_PAGE);
	r = calls->call(calls->arg, XDC_HYPERVISOR_xen_version, command, (uintptr_t)calls->page);
	if (r < 0)
		return r;
	if (strncmp(calls->page, "<denied>", size) == 0)
		return -EPERM;
	memcpy(ret, calls->page, size);
	ret[size] = '\0';
	return 0;
}
