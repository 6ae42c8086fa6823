/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Everything that goes through the privcmd device: libxencall for hypercalls of any version,
 * libxenctrl where the hypervisor accepts its version.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xencall.h>
#include <xenctrl.h>

#include "helper/control.h"

/* control.h against the headers of the release that this is built for. */
#define SAME(name)	  _Static_assert(XDC_##name == XEN_##name, #name)
#define SAME_SYSCTL(name) _Static_assert(XDC_##name == XEN_SYSCTL_##name, #name)
_Static_assert(XDC_HYPERVISOR_xen_version == __HYPERVISOR_xen_version, "xen_version");
_Static_assert(XDC_HYPERVISOR_sysctl == __HYPERVISOR_sysctl, "sysctl");
_Static_assert(XDC_HYPERVISOR_domctl == __HYPERVISOR_domctl, "domctl");
SAME_SYSCTL(PHYSCAP_hvm);
SAME_SYSCTL(PHYSCAP_pv);
SAME_SYSCTL(PHYSCAP_directio);
SAME_SYSCTL(PHYSCAP_hap);
SAME_SYSCTL(PHYSCAP_iommu_hap_pt_share);
SAME(DOMINF_dying);
SAME(DOMINF_hvm_guest);
SAME(DOMINF_shutdown);
SAME(DOMINF_paused);
SAME(DOMINF_blocked);
SAME(DOMINF_running);
SAME(DOMINF_xs_domain);
SAME(DOMINF_hap);
/* What control-raw.c lays out itself. */
_Static_assert(offsetof(struct xen_sysctl, u.readconsole.count) == 24, "readconsole");
_Static_assert(offsetof(struct xen_sysctl, u.getdomaininfolist.num_domains) == 24, "domains");
_Static_assert(offsetof(struct xen_domctl_getdomaininfo, flags) == 4, "getdomaininfo");
_Static_assert(offsetof(struct xen_sysctl, u.physinfo.nr_cpus) == 16, "physinfo");
_Static_assert(offsetof(struct xen_sysctl, u.physinfo.capabilities) == 36, "physinfo");
_Static_assert(offsetof(struct xen_sysctl, u.physinfo.total_pages) ==
		       (XEN_SYSCTL_INTERFACE_VERSION < 0x15 ? 40 : 48),
	       "physinfo");
_Static_assert(sizeof(struct xen_sysctl) <= XDC_PAGE && sizeof(struct xen_domctl) <= XDC_PAGE,
	       "a command fits the page");

struct privcmd {
	const char *device;
	xencall_handle *xencall;
	xc_interface *xc; /* NULL where libxenctrl could not be opened, or is not accepted */
	struct xdc_hypercalls calls;
};

/* The libraries would write to standard error, where only what is waited for belongs. */
static void log_nothing(struct xentoollog_logger *logger, xentoollog_level level, int errnoval,
			const char *context, const char *format, va_list arguments)
{
	(void)logger;
	(void)level;
	(void)errnoval;
	(void)context;
	(void)format;
	(void)arguments;
}

static void destroy_nothing(struct xentoollog_logger *logger)
{
	(void)logger;
}

static struct xentoollog_logger quiet = {
	.vmessage = log_nothing,
	.destroy = destroy_nothing,
};

static int library_physinfo(void *arg, struct xdc_physinfo *ret)
{
	struct privcmd *privcmd = arg;
	xc_physinfo_t info = { 0 };

	if (xc_physinfo(privcmd->xc, &info) < 0)
		return -errno;
	ret->nr_cpus = info.nr_cpus;
	ret->capabilities = info.capabilities;
	ret->total_pages = info.total_pages;
	ret->free_pages = info.free_pages;
	return 0;
}

static int library_domains(void *arg, uint32_t first, struct xdc_domain *ret, size_t max)
{
	struct privcmd *privcmd = arg;
	xdc_autofree xc_domaininfo_t *infos = xdc_zalloc(max * sizeof(*infos));
	int n = xc_domain_getinfolist(privcmd->xc, first, (unsigned int)max, infos);

	if (n < 0)
		return -errno;
	for (int i = 0; i < n; i++)
		ret[i] = (struct xdc_domain){ infos[i].domain, infos[i].flags };
	return n;
}

static int library_console(void *arg, bool from_beginning, uint32_t *index, char *data, size_t size)
{
	struct privcmd *privcmd = arg;
	unsigned int count = size < XDC_BUFFER ? (unsigned int)size : XDC_BUFFER;

	/* Not cleared. */
	if (xc_readconsolering(privcmd->xc, data, &count, 0, !from_beginning, index) < 0)
		return -errno;
	return (int)count;
}

static int call(void *arg, unsigned int op, uint64_t a, uint64_t b)
{
	int r = xencall2(arg, op, a, b);

	return r < 0 ? -errno : r;
}

/*
 * Where libxencall finds the device (tools/libs/call/linux.c). In a domU, Linux of 2026 on makes
 * open() wait here for xenstore (drivers/xen/privcmd.c, privcmd_open()).
 */
static int find_device(const char **ret_device)
{
	static const char *const devices[] = { "/dev/xen/privcmd", "/proc/xen/privcmd" };
	int error = 0;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(devices); i++) {
		int fd;

		xdc_say("opening %s\n", devices[i]);
		fd = open(devices[i], O_RDWR | O_CLOEXEC);
		*ret_device = devices[i];
		if (fd >= 0) {
			close(fd);
			return 0;
		}
		error = errno;
		if (error != ENOENT && error != ENXIO && error != ENODEV)
			break;
	}
	return -error;
}

static int open_privcmd(struct privcmd *privcmd)
{
	int r = find_device(&privcmd->device);

	if (r < 0)
		return r;
	privcmd->xencall = xencall_open(&quiet, 0);
	if (!privcmd->xencall)
		return -errno;
	xdc_say("waiting for the hypervisor\n");
	privcmd->calls = (struct xdc_hypercalls){
		.arg = privcmd->xencall,
		.call = call,
		.page = xencall_alloc_buffer_pages(privcmd->xencall, 1),
		.buffer = xencall_alloc_buffer_pages(privcmd->xencall, XDC_BUFFER / XDC_PAGE),
	};
	return privcmd->calls.page && privcmd->calls.buffer ? 0 : -ENOMEM;
}

static void probe(struct privcmd *privcmd, struct xdc_interfaces *interfaces)
{
	*interfaces = (struct xdc_interfaces){
		.library = XDC_XENCTRL_RELEASE,
		.library_domctl = XEN_DOMCTL_INTERFACE_VERSION,
		.library_sysctl = XEN_SYSCTL_INTERFACE_VERSION,
	};
	interfaces->domctl_error =
		xdc_probe_interface(&privcmd->calls, XDC_HYPERVISOR_domctl, &interfaces->domctl);
	interfaces->sysctl_error =
		xdc_probe_interface(&privcmd->calls, XDC_HYPERVISOR_sysctl, &interfaces->sysctl);
	privcmd->calls.sysctl = interfaces->sysctl;
	/* getdomaininfolist is a sysctl, but what it returns has the layout of a domctl. */
	if (!interfaces->domctl_error && interfaces->domctl == interfaces->library_domctl &&
	    !interfaces->sysctl_error && interfaces->sysctl == interfaces->library_sysctl)
		privcmd->xc = xc_interface_open(&quiet, &quiet, 0);
}

static struct xdc_control control(struct privcmd *privcmd)
{
	if (!privcmd->xc)
		return xdc_control_raw(&privcmd->calls);
	return (struct xdc_control){
		.name = "libxenctrl",
		.arg = privcmd,
		.physinfo = library_physinfo,
		.domains = library_domains,
		.console = library_console,
	};
}

static void answer_no_privcmd(struct xdc_answer *answer, const char *device, int error)
{
	char what[64];

	if (xdc_status_from_errno(error) == XDC_STATUS_ABSENT) {
		xdc_answer_add(answer, "xen", device, XDC_STATUS_ABSENT,
			       "neither /dev/xen/privcmd nor /proc/xen/privcmd is there: the "
			       "module xen-privcmd is not loaded",
			       NULL, 0);
		return;
	}
	snprintf(what, sizeof(what), "opening %s", device);
	xdc_answer_error(answer, "xen", device, error, what);
}

void xdc_answer_hypervisor(struct xdc_answer *answer)
{
	struct privcmd privcmd = { 0 };
	struct xdc_interfaces interfaces;
	struct xdc_control ask;
	int r = open_privcmd(&privcmd);

	/* What was opened goes with the process. */
	if (r < 0) {
		answer_no_privcmd(answer, privcmd.device, -r);
		return;
	}
	probe(&privcmd, &interfaces);
	xdc_answer_interfaces(answer, &interfaces);
	xdc_answer_version(answer, &privcmd.calls);
	ask = control(&privcmd);
	if (interfaces.sysctl_error)
		ask = xdc_control_refused(&interfaces.sysctl_error);
	xdc_answer_control(answer, &ask, interfaces.sysctl);
	xdc_answer_add(answer, "xen", privcmd.device, XDC_STATUS_OK, "", NULL, 0);
}

enum xdc_tri xdc_has_xenstore_domain(void)
{
	struct privcmd privcmd = { 0 };
	struct xdc_interfaces interfaces;
	struct xdc_control ask;
	int r = open_privcmd(&privcmd);

	if (r < 0)
		return xdc_status_from_errno(-r) == XDC_STATUS_ABSENT ? XDC_NO : XDC_UNKNOWN;
	probe(&privcmd, &interfaces);
	if (interfaces.sysctl_error)
		return XDC_UNKNOWN;
	ask = control(&privcmd);
	return xdc_find_xenstore_domain(&ask);
}
