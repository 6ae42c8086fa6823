/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-GRANT-*: virtio devices that take grants of another domain (bindings/iommu/
 * xen,grant-dma.yaml; drivers/xen/grant-dma-ops.c, Linux 5.19 and later).
 */
#include <string.h>

#include "check/check.h"

static void report(struct xdc_findings *findings, const char *id, enum xdc_severity severity,
		   const struct xdc_dt_node *node, const char *title, const char *why,
		   const char *advice)
{
	struct xdc_finding *finding = xdc_finding_add(findings, id, severity, node->path, title);

	xdc_finding_because(finding, why, "devicetree");
	xdc_finding_advise(finding, advice);
}

static void check_node(const struct xdc_host *host, const struct xdc_dt_node *node,
		       struct xdc_findings *findings)
{
	if (!node->available)
		report(findings, "XDC-GRANT-NODE-DISABLED", XDC_SEVERITY_WARNING, node,
		       "Grant DMA is switched off by a disabled node",
		       "the node xen,grant-dma is not available, so the kernel takes no grants "
		       "for the devices that refer to it, and says nothing",
		       "Set the node's status to \"okay\", or take the references away.");
	else if (xdc_host_config(host, "XEN_GRANT_DMA_OPS") == 'n')
		report(findings, "XDC-GRANT-NO-DRIVER", XDC_SEVERITY_ERROR, node,
		       "The kernel cannot take grants for virtio devices",
		       "the kernel was built without CONFIG_XEN_GRANT_DMA_OPS: devices behind "
		       "xen,grant-dma wait for an IOMMU driver until the probe time-out, and "
		       "then use plain guest addresses",
		       "Use a kernel (5.19 or later) with CONFIG_XEN_VIRTIO=y.");
}

void xdc_check_grant(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_devicetree *tree = all->model->devicetree;

	for (size_t i = 0; tree && i < tree->count; i++) {
		const struct xdc_dt_node *node = &tree->nodes[i];

		if (xdc_text_has_word(node->compatible, "xen,grant-dma"))
			check_node(&all->model->host, node, findings);
		if (node->has_backend_domid)
			report(findings, "XDC-GRANT-LEGACY", XDC_SEVERITY_WARNING, node,
			       "xen,backend-domid is read by no kernel",
			       "the property is of a patch series that was not merged (2022); "
			       "released kernels take the domain from `iommus`",
			       "Refer to a xen,grant-dma node by `iommus` instead.");
	}
}
