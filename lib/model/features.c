/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/model.h"

/* xen/include/public/features.h at RELEASE-4.22.0, without XENFEAT_. */
static const char *const names[XDC_FEATURES_MAX] = {
	"writable_page_tables",
	"writable_descriptor_tables",
	"auto_translated_physmap",
	"supervisor_mode_kernel",
	"pae_pgdir_above_4gb",
	"mmu_pt_update_preserve_ad",
	"highmem_assist",
	"gnttab_map_avail_bits",
	"hvm_callback_vector",
	"hvm_safe_pvclock",
	"hvm_pirqs",
	"dom0",
	"grant_map_identity",
	"memory_op_vnode_supported",
	"ARM_SMCCC_supported",
	"linux_rsdp_unrestricted",
	"not_direct_mapped",
	"direct_mapped",
	"runstate_phys_area",
	"vcpu_time_phys_area",
	"dm_msix_all_writes",
	"bit21",
	"bit22",
	"bit23",
	"bit24",
	"bit25",
	"bit26",
	"bit27",
	"bit28",
	"bit29",
	"bit30",
	"bit31",
};

const char *xdc_feature_name(unsigned int bit)
{
	return names[bit];
}
