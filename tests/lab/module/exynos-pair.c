// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stands in for exynos-sysmmu and exynos-drm on a machine that has neither: an IOMMU behind
 * which nothing is, and a display whose parts are attached to it as exynos_drm_dma.c does
 * (Linux 5.2 to 6.12), up to the error and the way back. The device tree is exynos-pair.dtso.
 *
 * GPL-2.0-only, as all that calls the kernel's GPL symbols must be. Built by build-module; no
 * part of xen-dmacheck is made from it.
 */
#include <linux/dma-map-ops.h>
#include <linux/dma-mapping.h>
#include <linux/iommu.h>
#include <linux/module.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include <asm/dma-iommu.h>

/* The IOMMU. No hardware is behind it and no DMA is done, so it need not keep what is mapped. */

static struct iommu_domain *pair_domain_alloc(unsigned int type)
{
	struct iommu_domain *domain;

	if (type != IOMMU_DOMAIN_DMA && type != IOMMU_DOMAIN_UNMANAGED)
		return NULL;
	domain = kzalloc(sizeof(*domain), GFP_KERNEL);
	if (!domain)
		return NULL;
	domain->geometry.aperture_end = DMA_BIT_MASK(32);
	domain->geometry.force_aperture = true;
	return domain;
}

static void pair_domain_free(struct iommu_domain *domain)
{
	kfree(domain);
}

static int pair_attach(struct iommu_domain *domain, struct device *dev)
{
	return 0;
}

static void pair_detach(struct iommu_domain *domain, struct device *dev)
{
}

static int pair_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr, size_t size,
		    int prot, gfp_t gfp)
{
	return 0;
}

static size_t pair_unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
			 struct iommu_iotlb_gather *gather)
{
	return size;
}

static phys_addr_t pair_iova_to_phys(struct iommu_domain *domain, dma_addr_t iova)
{
	return 0;
}

/* Only what the device tree puts behind one of ours: see pair_of_xlate(). */
static struct iommu_device *pair_probe_device(struct device *dev)
{
	struct iommu_device *iommu = dev_iommu_priv_get(dev);

	return iommu ? iommu : ERR_PTR(-ENODEV);
}

static int pair_of_xlate(struct device *dev, struct of_phandle_args *args)
{
	struct platform_device *sysmmu = of_find_device_by_node(args->np);

	if (!sysmmu)
		return -ENODEV;
	dev_iommu_priv_set(dev, platform_get_drvdata(sysmmu));
	put_device(&sysmmu->dev);
	return 0;
}

static void pair_release_device(struct device *dev)
{
}

static const struct iommu_ops pair_iommu_ops = {
	.domain_alloc = pair_domain_alloc,
	.probe_device = pair_probe_device,
	.release_device = pair_release_device,
	.device_group = generic_device_group,
	.of_xlate = pair_of_xlate,
	.pgsize_bitmap = SZ_4K,
	.owner = THIS_MODULE,
	.default_domain_ops =
		&(const struct iommu_domain_ops){
			.attach_dev = pair_attach,
			.detach_dev = pair_detach,
			.map = pair_map,
			.unmap = pair_unmap,
			.iova_to_phys = pair_iova_to_phys,
			.free = pair_domain_free,
		},
};

static int pair_sysmmu_probe(struct platform_device *pdev)
{
	struct iommu_device *iommu = devm_kzalloc(&pdev->dev, sizeof(*iommu), GFP_KERNEL);
	int ret;

	if (!iommu)
		return -ENOMEM;
	platform_set_drvdata(pdev, iommu);
	ret = iommu_device_sysfs_add(iommu, &pdev->dev, NULL, "%s", dev_name(&pdev->dev));
	return ret ? ret : iommu_device_register(iommu, &pair_iommu_ops, &pdev->dev);
}

static const struct of_device_id pair_sysmmu_match[] = { { .compatible = "samsung,exynos-sysmmu" },
							 {} };

static struct platform_driver pair_sysmmu_driver = {
	.probe = pair_sysmmu_probe,
	.driver = {
		.name = "pair-sysmmu",
		.of_match_table = pair_sysmmu_match,
		.suppress_bind_attrs = true,
	},
};

/*
 * The display: exynos_drm_register_dma(), drm_iommu_attach_device() and
 * drm_iommu_detach_device(), and what the component framework does when the second part fails.
 */

static struct device *dma_dev;
static struct dma_iommu_mapping *shared;
static void *dma_dev_priv;

static int attach(struct device *dev, void **dma_priv)
{
	if (get_dma_ops(dma_dev) != get_dma_ops(dev)) {
		dev_err(dev, "Device %s lacks support for IOMMU\n", dev_name(dev));
		return -EINVAL;
	}
	*dma_priv = to_dma_iommu_mapping(dev);
	if (*dma_priv)
		arm_iommu_detach_device(dev);
	return arm_iommu_attach_device(dev, shared);
}

static void detach(struct device *dev, void *dma_priv)
{
	arm_iommu_detach_device(dev);
	if (dma_priv)
		arm_iommu_attach_device(dev, dma_priv);
}

static int pair_display_probe(struct platform_device *pdev)
{
	void *dma_priv;
	int ret;

	if (!dma_dev) {
		shared = arm_iommu_create_mapping(&platform_bus_type, 0x20000000, 0x40000000);
		if (IS_ERR(shared))
			return PTR_ERR(shared);
		dma_dev = &pdev->dev;
		return attach(dma_dev, &dma_dev_priv);
	}
	ret = attach(&pdev->dev, &dma_priv);
	if (ret) {
		/* The card is not made; its parts stay bound to their drivers. */
		dev_err(dma_dev, "bind failed: %d\n", ret);
		detach(dma_dev, dma_dev_priv);
	}
	return 0;
}

static const struct of_device_id pair_display_match[] = {
	{ .compatible = "samsung,exynos5250-fimd" },
	{ .compatible = "samsung,exynos5250-mixer" },
	{}
};

static struct platform_driver pair_display_driver = {
	.probe = pair_display_probe,
	.driver = {
		.name = "pair-display",
		.of_match_table = pair_display_match,
		.suppress_bind_attrs = true,
	},
};

static int __init pair_init(void)
{
	int ret = platform_driver_register(&pair_sysmmu_driver);

	if (ret)
		return ret;
	ret = platform_driver_register(&pair_display_driver);
	if (ret)
		platform_driver_unregister(&pair_sysmmu_driver);
	return ret;
}
module_init(pair_init);

/* No module_exit: an IOMMU that devices are behind cannot go. */
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("an Exynos display and its IOMMU, without the hardware");
