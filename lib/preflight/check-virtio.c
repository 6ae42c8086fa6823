/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtio devices of other domains, and grants for them. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"
#include "preflight/preflight.h"

static bool is_dom0(const struct xdc_flight *flight, const char *name)
{
	return strcmp(name, "0") == 0 || xdc_domain_by_name(flight, name) == 0;
}

/*
 * Where it is not set, for a backend that is not dom0's: libxl__device_virtio_setdefault(),
 * tools/libs/light/libxl_virtio.c, Xen 4.18 and later.
 */
static bool takes_grants(const struct xdc_flight *flight, const struct xdc_guest_virtio *virtio)
{
	if (virtio->grant_usage)
		return strtoul(virtio->grant_usage, NULL, 0) != 0;
	return virtio->backend && !is_dom0(flight, virtio->backend);
}

const char *xdc_guest_kernel_config(struct xdc_arena *arena, const char *kernel)
{
	static const char *const prefixes[] = { "/boot/vmlinuz-", "/boot/vmlinux-",
						"/boot/Image-" };

	for (size_t i = 0; kernel && i < XDC_ARRAY_SIZE(prefixes); i++) {
		const char *version = kernel + strlen(prefixes[i]);

		if (xdc_text_starts_with(kernel, prefixes[i]) && *version && !strchr(version, '/'))
			return xdc_arena_printf(arena, "/boot/config-%s", version);
	}
	return NULL;
}

bool xdc_guest_wants_grants(const struct xdc_flight *flight)
{
	for (size_t i = 0; i < flight->guest->n_virtios; i++)
		if (takes_grants(flight, &flight->guest->virtios[i]))
			return true;
	return false;
}

/*
 * drivers/xen/grant-dma-ops.c is built with CONFIG_XEN_GRANT_DMA_OPS, which CONFIG_XEN_VIRTIO
 * selects (drivers/xen/Kconfig, Linux 5.19). Without, the guest starts, and gives its backend
 * plain guest addresses.
 */
static void check_kernel(struct xdc_flight *flight)
{
	const unsigned int line = xdc_guest_line(flight->guest, "virtio");
	const char *kernel = xdc_guest_text(flight->guest, "kernel");
	struct xdc_target target = { 0 };
	const char *path, *key;
	const struct xdc_record *record;
	char value = 0;

	if (kernel)
		target = xdc_target_read(flight, kernel);
	path = xdc_guest_kernel_config(flight->arena, target.path ? target.path : kernel);
	key = path ? xdc_flight_printf(flight, "file:%s", path) : NULL;
	record = key ? xdc_evidence_find(flight->evidence, key) : NULL;
	if (xdc_record_readable(record)) {
		const struct xdc_host guest = {
			.config = record->data,
			.config_is_cut = record->status == XDC_STATUS_TRUNCATED,
		};

		value = xdc_host_config(&guest, "XEN_GRANT_DMA_OPS");
	}
	if (value == 'n')
		xdc_check_advise(
			xdc_check_tell(flight, "virtio-grants", XDC_OUTCOME_WARNING, line,
				       "The guest's kernel cannot grant pages for virtio",
				       xdc_flight_printf(flight,
							 "%s has no CONFIG_XEN_GRANT_DMA_OPS",
							 xdc_shown(flight, path)),
				       key),
			"Use a kernel (5.19 or later) with CONFIG_XEN_VIRTIO=y, or grant_usage=0.");
	else if (!value)
		xdc_not_checked(flight,
				"whether the guest's kernel has what grant_usage= takes "
				"(CONFIG_XEN_VIRTIO): no /boot/config-VERSION could be read beside "
				"its /boot/vmlinuz-VERSION");
}

static void check_item(struct xdc_flight *flight, const struct xdc_guest_virtio *virtio)
{
	const unsigned int line = xdc_guest_line(flight->guest, "virtio");

	if (virtio->unknown)
		xdc_check_tell(flight, "virtio-syntax", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "'%s' is nothing that virtio= takes",
						 xdc_shown(flight, virtio->unknown)),
			       "it takes backend=, type=, transport=mmio and grant_usage=", NULL);
	/* make_virtio_mmio_node_device(), tools/libs/light/libxl_arm.c. */
	else if (virtio->type && !xdc_text_starts_with(virtio->type, "virtio,device"))
		xdc_check_tell(
			flight, "virtio-type", XDC_OUTCOME_FAIL, line,
			xdc_flight_printf(flight, "'%s' is no type of a virtio device",
					  xdc_shown(flight, virtio->type)),
			"it is \"virtio,deviceN\", N in hexadecimal as the device tree has it",
			NULL);
	xdc_need_backend_domain(flight, virtio->backend, line);
}

void xdc_check_virtio(struct xdc_flight *flight)
{
	for (size_t i = 0; i < flight->guest->n_virtios; i++)
		check_item(flight, &flight->guest->virtios[i]);
	if (xdc_guest_wants_grants(flight))
		check_kernel(flight);
}
