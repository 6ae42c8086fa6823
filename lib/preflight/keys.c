/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The keys that xl reads from a guest's configuration, which it silently leaves alone where it
 * does not know them: parse_config_data() and what it calls, tools/xl/xl_parse.c, at RELEASE-4.14.0
 * to RELEASE-4.21.0 (none went away meanwhile). The words are those of libxl_types.idl.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "preflight/guest.h"

#define ACTIONS                                                                                    \
	"destroy restart rename-restart preserve coredump-destroy coredump-restart soft-reset"
#define TIMER_MODES                                                                                \
	"unknown delay_for_missed_ticks no_delay_for_missed_ticks no_missed_ticks_pending "        \
	"one_missed_tick_pending"
#define SVE_LENGTHS                                                                                \
	"disabled 128 256 384 512 640 768 896 1024 1152 1280 1408 1536 1664 1792 1920 2048 hw"

enum {
	T = XDC_KEY_TEXT,
	N = XDC_KEY_NUMBER,
	L = XDC_KEY_LIST,
	H = XDC_KEY_HVM,
	R = XDC_KEY_REQUIRED,
};

/* Sorted by name. */
static const struct xdc_key keys[] = {
	{ "acpi", N },
	{ "acpi_firmware", T | H },
	{ "acpi_laptop_slate", N | H },
	{ "acpi_s3", N | H },
	{ "acpi_s4", N | H },
	{ "altp2m", T | N, 0, "disabled mixed external limited" },
	{ "altp2m_count", N, 21 },
	{ "altp2mhvm", N | H, 0, NULL, "altp2m" },
	{ "apic", N | H },
	{ "arm_sci", T, 21 },
	{ "bios", T | H, 0, "rombios seabios ovmf" },
	{ "bios_path_override", T | H },
	{ "boot", T | H },
	{ "bootloader", T },
	{ "bootloader_args", T | L | R },
	{ "bootloader_restrict", N, 18 },
	{ "bootloader_user", T, 18 },
	{ "builder", T, 0, "hvm generic", "type" },
	{ "cap", N },
	{ "channel", L },
	{ "cmdline", T },
	{ "cpu_weight", N },
	{ "cpuid", T | L },
	{ "cpus", T | L },
	{ "cpus_soft", T | L },
	{ "device_model", T, 0, NULL, "device_model_override" },
	{ "device_model_args", L | R },
	{ "device_model_args_hvm", L | R },
	{ "device_model_args_pv", L | R },
	{ "device_model_override", T },
	{ "device_model_stubdomain_override", N },
	{ "device_model_stubdomain_seclabel", T },
	{ "device_model_user", T },
	{ "device_model_version", T, 0, "qemu-xen qemu-xen-traditional" },
	{ "device_tree", T },
	{ "disk", L },
	{ "display", T },
	{ "dm_restrict", N },
	{ "driver_domain", N },
	{ "dtdev", L },
	{ "e820_host", N },
	{ "extra", T },
	{ "extratime", N },
	{ "firmware", T },
	{ "firmware_override", T | H },
	{ "gfx_passthru", T | N | H, 0, "default igd" },
	{ "gic_version", T, 0, "default v2 v3" },
	{ "hap", N },
	{ "hdtype", T | H, 0, "ide ahci" },
	{ "hpet", N | H },
	{ "hvm_pirq", N | H, 19 },
	{ "init_seclabel", T },
	{ "iomem", L },
	{ "ioports", L },
	{ "irqs", L },
	{ "kernel", T },
	{ "keymap", T },
	{ "latency", N },
	{ "llc_colors", L, 20 },
	{ "localtime", N },
	{ "max_event_channels", N },
	{ "max_grant_frames", N | R },
	{ "max_grant_version", N | R, 16 },
	{ "max_maptrack_frames", N | R },
	{ "maxmem", N },
	{ "maxvcpus", N },
	{ "mca_caps", L | H | R },
	{ "memory", N },
	{ "mmio_hole", N | H },
	{ "ms_vm_genid", T | H, 0, "generate none" },
	{ "msr_relaxed", N, 15 },
	{ "name", T | R },
	{ "nestedhvm", N },
	{ "nographic", N | H },
	{ "nomigrate", N },
	{ "nr_spis", N, 19 },
	{ "nx", N | H },
	{ "on_crash", T, 0, ACTIONS },
	{ "on_poweroff", T, 0, ACTIONS },
	{ "on_reboot", T, 0, ACTIONS },
	{ "on_soft_reset", T, 0, ACTIONS },
	{ "on_watchdog", T, 0, ACTIONS },
	{ "oos", N },
	{ "opengl", N },
	{ "p9", L },
	{ "pae", N | H },
	{ "passthrough", T, 0, "default disabled enabled sync_pt share_pt" },
	{ "pci", L },
	{ "pci_msitranslate", N },
	{ "pci_permissive", N },
	{ "pci_power_mgmt", N },
	{ "pci_seize", N },
	{ "period", N },
	{ "pool", T },
	{ "pvcalls", L },
	{ "pvshim", N },
	{ "pvshim_cmdline", T },
	{ "pvshim_extra", T },
	{ "pvshim_path", T },
	{ "ramdisk", T },
	{ "rdm", T },
	{ "rdm_mem_boundary", N | H },
	{ "root", T },
	{ "rtc_timeoffset", N },
	{ "sdl", N },
	{ "seclabel", T },
	{ "serial", T | L | H | R },
	{ "shadow_memory", N },
	{ "slice", N },
	{ "smbios", L | H | R, 18 },
	{ "smbios_firmware", T | H },
	{ "soundhw", T | H },
	{ "spice", N | H },
	{ "spice_clipboard_sharing", N | H },
	{ "spice_image_compression", T | H },
	{ "spice_streaming_video", T | H },
	{ "spiceagent_mouse", N | H },
	{ "spicedisable_ticketing", N | H },
	{ "spicehost", T | H },
	{ "spicepasswd", T | H },
	{ "spiceport", N | H },
	{ "spicetls_port", N | H },
	{ "spiceusbredirection", N | H },
	{ "spicevdagent", N | H },
	{ "stdvga", N | H, 0, NULL, "vga" },
	{ "stubdomain_cmdline", T, 16 },
	{ "stubdomain_kernel", T },
	{ "stubdomain_memory", N },
	{ "stubdomain_ramdisk", T },
	{ "sve", T, 18, SVE_LENGTHS },
	{ "tee", T, 0, "none optee ffa" },
	{ "timer_mode", T | N, 0, TIMER_MODES },
	{ "trap_unmapped_accesses", N, 21 },
	{ "tsc_mode", T | N, 0, "default always_emulate native native_paravirt" },
	{ "type", T },
	{ "usb", N | H },
	{ "usbctrl", L },
	{ "usbdev", L },
	{ "usbdevice", T | L | H | R },
	{ "usbversion", N | H },
	{ "uuid", T },
	{ "vcpus", N },
	{ "vdispl", L },
	{ "vendor_device", T | H, 0, "none xenserver" },
	{ "vfb", L },
	{ "vga", T | H, 0, "stdvga cirrus none qxl" },
	{ "videoram", N },
	{ "vif", L },
	{ "vif2", L, 0, NULL, "vif" },
	{ "viridian", N | L | H },
	{ "virtio", L, 18 },
	{ "vkb", L },
	{ "vkb_device", N | H },
	{ "vmtrace_buf_kb", N, 15 },
	{ "vnc", N },
	{ "vncdisplay", N },
	{ "vnclisten", T },
	{ "vncpasswd", T },
	{ "vncunused", N },
	{ "vncviewer", N, 0, NULL, "xl create -V" },
	{ "vnuma", L },
	{ "vpmu", N, 16 },
	{ "vpt_align", N | H },
	{ "vsnd", L },
	{ "vtpm", L },
	{ "vuart", T, 0, "unknown sbsa_uart" },
	{ "xauthority", T },
	{ "xen_platform_pci", N | H },
	{ "xen_platform_pci_bar_uc", N | H, 21 },
	{ "xend_suspend_evtchn_compat", N },
	{ "xenstore_feature_mask", N, 21 },
};

static int by_name(const void *name, const void *key)
{
	return strcmp(name, ((const struct xdc_key *)key)->name);
}

const struct xdc_key *xdc_key_find(const char *name)
{
	return bsearch(name, keys, XDC_ARRAY_SIZE(keys), sizeof(*keys), by_name);
}

/*
 * What xm read, and xl never has (tools/python/xen/xm/create.py, Xen 4.4), and pvh, which xl read
 * up to 4.9.
 */
static const struct {
	const char *name;
	const char *successor;
} of_xm[] = {
	{ "bootargs", "bootloader_args" },
	{ "bootentry", "bootloader_args" },
	{ "cpu", "cpus" },
	{ "cpu_cap", "cap" },
	{ "dhcp", "extra" },
	{ "gateway", "extra" },
	{ "hostname", "extra" },
	{ "ip", "extra, or ip= in vif" },
	{ "irq", "irqs" },
	{ "loader", "firmware_override" },
	{ "netmask", "extra" },
	{ "nfs_root", "extra" },
	{ "nfs_server", "extra" },
	{ "pvh", "type=\"pvh\"" },
	{ "restart", "on_poweroff, on_reboot and on_crash" },
	{ "vcpu_avail", "vcpus and maxvcpus" },
	{ "vncconsole", "xl create -V" },
};

const char *xdc_key_of_xm(const char *name)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(of_xm); i++)
		if (strcmp(of_xm[i].name, name) == 0)
			return of_xm[i].successor;
	return NULL;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

enum { WORD_MAX = 40 };

/*
 * How many letters to put in, take out, change or swap with their neighbour make @b of @a (the
 * restricted edit distance); both shorter than WORD_MAX.
 */
static size_t distance(const char *a, const char *b)
{
	size_t d[WORD_MAX][WORD_MAX], m = strlen(a), n = strlen(b);

	for (size_t i = 0; i <= m; i++) {
		for (size_t j = 0; j <= n; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
					d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    d[i - 2][j - 2] + 1 < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	}
	return d[m][n];
}

const struct xdc_key *xdc_key_nearest(const char *name)
{
	const struct xdc_key *nearest = NULL;
	/* Of a short name nearly any other is near. */
	size_t bound = strlen(name) < 5 ? 1 : 2;

	if (strlen(name) >= WORD_MAX)
		return NULL;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		size_t d = distance(name, keys[i].name);

		if (d > bound || (nearest && d == bound))
			continue;
		nearest = &keys[i];
		bound = d;
	}
	return nearest;
}

bool xdc_key_allows(const struct xdc_key *key, const char *value)
{
	const char *at = key->words;
	size_t length = strlen(value);

	while (at && *at) {
		size_t size = strcspn(at, " ");

		/* libxl's own take capitals too; those of xl itself (on_crash) do not. */
		if (size == length &&
		    (strcmp(key->words, ACTIONS) == 0 ? strncmp(at, value, size) == 0
						      : strncasecmp(at, value, size) == 0))
			return true;
		at += size + (at[size] == ' ');
	}
	return !key->words;
}

const char *xdc_key_kind_name(const struct xdc_key *key)
{
	bool text = key->kinds & XDC_KEY_TEXT, number = key->kinds & XDC_KEY_NUMBER;

	if (key->kinds & XDC_KEY_LIST)
		return text ? "a single value or a list" : number ? "a number or a list" : "a list";
	return text ? "a single value" : "a number";
}
