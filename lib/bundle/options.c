/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The words of command lines that a bundle shows: Linux (Documentation/admin-guide/
 * kernel-parameters.txt), Xen (docs/misc/xen-command-line.pandoc), and what boot loaders add.
 */
#include <string.h>

#include "bundle/options.h"

/* Kept with their values: they decide about DMA, memory, the console or how the system boots. */
static const char kept[] =
	/* Linux */
	"iommu iommu.* arm-smmu.* arm-smmu-v3.* intel_iommu amd_iommu amd_iommu_dump "
	"amd_iommu_intr intremap swiotlb coherent_pool cma cma_pernuma dma_debug "
	"dma_debug_entries xen.* xen_* xen-pciback.* xen-blkback.* xen-blkfront.* "
	"xen-netback.* xen-netfront.* xen-swiotlb.* console earlycon earlyprintk "
	"keep_bootcon loglevel log_buf_len ignore_loglevel printk.* debug quiet verbose "
	"initcall_debug dyndbg panic panic_on_warn panic_on_oops oops mem memmap memblock "
	"crashkernel hugepages hugepagesz default_hugepagesz transparent_hugepage "
	"movable_node numa maxcpus nr_cpus possible_cpus nosmp nosmt isolcpus nohz "
	"nohz_full rcu_nocbs irqaffinity threadirqs preempt mitigations spectre_v2 kpti "
	"pti nopti kaslr nokaslr lockdown lsm security selinux apparmor audit "
	"module.sig_enforce kvm.* kvm-arm.* vfio* vfio-pci.ids pci pci.* pcie_aspm "
	"pcie_ports pcie_port_pm pciehp.* noapic nolapic acpi acpi_enforce_resources "
	"acpi_osi noacpi efi noefi clocksource tsc notsc clk_ignore_unused "
	"pd_ignore_unused regulator_ignore_unused deferred_probe_timeout fw_devlink "
	"fw_devlink.* driver_async_probe cpuidle.off intel_idle.* processor.max_cstate "
	"cpufreq.* intel_pstate amd_pstate idle nomodeset video drm.* fbcon vga vt.* "
	"nvme.* nvme_core.* usbcore.* virtio* 8250.* 8250.nr_uarts rootwait rootdelay "
	"rootfstype BOOT_IMAGE ro rw fsck.mode fsck.repair init rdinit noinitrd single splash "
	"nosplash plymouth.enable net.ifnames biosdevname cgroup_enable cgroup_disable "
	"cgroup_memory systemd.unified_cgroup_hierarchy systemd.show_status "
	"systemd.log_level watchdog nowatchdog nmi_watchdog reboot bcm2708_fb.* bcm2709.* "
	"vc_mem.* smsc95xx.turbo_mode snd_bcm2835.* dwc_otg.* sdhci.* mmc_core.* memtest "
	"init_on_alloc init_on_free slub_debug page_poison psi skew_tick user_debug "
	"vmalloc lpj "
	/* Xen */
	"placeholder dom0 dom0_mem dom0_max_vcpus dom0_vcpus_pin dom0_nodes dom0-* dom0_* "
	"iommu_* dmar ivrs_* ats pci-passthrough pci-phantom com1 com2 dtuart dbgp "
	"ehci-dbgp loglvl guest_loglvl conring_size console_timestamps console_to_ring "
	"sync_console conswitch bootscrub bootscrub_* sched sched_* sched-* credit2_* smt "
	"smap smep spec-ctrl xpti pv pv-* pvh hap hap_* ept noreboot noirqbalance ucode "
	"cpuidle cpufreq max_cstate mwait-idle x2apic apicv apic gnttab gnttab_* gnttab-* "
	"llc-* xen-llc-colors flask xsm sve vwfi tbuf_size vpmu vpid msi nmi nospec_store "
	"low_mem_virq_limit tmem multiboot no-real-mode edd edid cet altp2m shadow argo "
	"ioapic_ack allowsuperpage invpcid pcid irq_ratelimit maxcpus memop-max-order "
	/* What stands between the boot loader's words and the kernel's, and the kernel's and
	   init's. */
	"- -- --- chosen /init /sbin/init";

/* Shown without their values: those are names, addresses and secrets, or of no use here. */
static const char named[] =
	"initrd root rootflags resume resume_offset hibernate ip nfsroot "
	"nfsaddrs netconsole netdev ifname bootdev nameserver rd.* systemd.* luks.* "
	"cryptdevice cryptopts cryptkey zfs boot live-* toram fromiso findiso "
	"iso-scan/filename inst.* ks kickstart auto url preseed/* debian-installer/* "
	"locale lang keymap vconsole.* hostname domain interface netcfg/* cloud-init ds "
	"ostree androidboot.* machine serial bootloader.* env user password token key "
	"secret mac ethaddr smsc95xx.macaddr module_blacklist modprobe.blacklist "
	"initcall_blacklist blkdevparts mtdparts partitions dm-mod.create evm ima_* "
	"trusted.* HOME TERM PATH LANG";

/* As parameq() of kernel/params.c: '-' and '_' are the same. */
static bool equals(const char *option, size_t length, bool prefix, const char *name, size_t size)
{
	if (prefix ? size < length : size != length)
		return false;
	for (size_t i = 0; i < length; i++) {
		char a = option[i] == '-' ? '_' : option[i], b = name[i] == '-' ? '_' : name[i];

		if (a != b)
			return false;
	}
	return true;
}

/* What a prefix leaves open has to be a name, too. */
static bool is_option_name(const char *name, size_t size)
{
	enum { LONGEST = 40 };

	for (size_t i = 0; i < size; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./",
			    name[i]) ||
		    !name[i])
			return false;
	return size && size <= LONGEST;
}

/* Whether one of @options, which blanks separate, is called so. */
static bool has(const char *options, const char *name, size_t size, bool *ret_whole)
{
	for (const char *at = options; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		bool prefix = at[length - 1] == '*';

		if (equals(at, length - prefix, prefix, name, size)) {
			*ret_whole = !prefix;
			return true;
		}
		at += length;
	}
	return false;
}

enum xdc_option xdc_option_policy(const char *name, size_t size, bool *ret_whole)
{
	*ret_whole = false;
	if (!is_option_name(name, size))
		return XDC_OPTION_UNKNOWN;
	if (has(kept, name, size, ret_whole))
		return XDC_OPTION_KEPT;
	return has(named, name, size, ret_whole) ? XDC_OPTION_NAMED : XDC_OPTION_UNKNOWN;
}
