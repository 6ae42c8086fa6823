/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words that the kernel's messages, device trees, sysfs and our own parsers use. A host that
 * is called "xen" is "host-1" where its name stands, and nothing is learned of it where "xen"
 * means Xen; masked there, the evidence would be worth nothing. Sorted.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/pseudonyms.h"

static const char *const words[] = {
	"aarch64",     "access",       "acpi",	     "adding",	     "address",
	"amba",	       "amd64",	       "apic",	     "arch",	     "arm",
	"arm64",       "armhf",	       "array",	     "ata",	     "audio",
	"audit",       "auto",	       "bank",	     "base",	     "bind",
	"bios",	       "block",	       "blocked",    "boot",	     "booting",
	"bound",       "bridge",       "broken",     "buffer",	     "bus",
	"cannot",      "capabilities", "card",	     "chosen",	     "class",
	"clock",       "cma",	       "coherent",   "command",	     "compatible",
	"config",      "connected",    "console",    "control",	     "control_d",
	"controller",  "copy",	       "core",	     "cpu",	     "cpu0",
	"cpus",	       "crash",	       "debian",     "debug",	     "default",
	"deferred",    "denied",       "detected",   "device",	     "devices",
	"devicetree",  "direct",       "disabled",   "disabling",    "disk",
	"display",     "dma",	       "dma_mask",   "dma_set_mask", "dma_supported",
	"dom0",	       "domain",       "domain-0",   "domains",	     "domu",
	"driver",      "drivers",      "drm",	     "dtb",	     "dummy",
	"dynamic",     "efi",	       "enabled",    "end",	     "error",
	"eth0",	       "ethernet",     "event",	     "events",	     "extra",
	"failed",      "failure",      "fault",	     "features",     "file",
	"firmware",    "flags",	       "flash",	     "frame",	     "free",
	"from",	       "frontend",     "function",   "generic",	     "gic",
	"gpio",	       "grant",	       "group",	     "guest",	     "handle",
	"hardware",    "hd",	       "hdd",	     "host",	     "hvc0",
	"hvm",	       "hypervisor",   "identity",   "idle",	     "init",
	"initrd",      "input",	       "intel",	     "interface",    "interrupt",
	"invalid",     "iommu",	       "irq",	     "kernel",	     "kernel code",
	"kernel data", "key",	       "keyboard",   "kmsg",	     "known",
	"legacy",      "level",	       "line",	     "linux",	     "loaded",
	"local",       "localhost",    "lockdown",   "log",	     "loop",
	"machine",     "mapped",       "mapping",    "mask",	     "master",
	"max",	       "mem",	       "memory",     "message",	     "min",
	"missing",     "mmc",	       "mmio",	     "mode",	     "model",
	"module",      "mount",	       "mouse",	     "name",	     "net",
	"network",     "new",	       "node",	     "none",	     "normal",
	"number",      "nvme",	       "nvme0",	     "offset",	     "online",
	"order",       "out",	       "page",	     "pages",	     "paging",
	"parent",      "passthrough",  "path",	     "pci",	     "pcie",
	"physical",    "platform",     "port",	     "ports",	     "power",
	"primary",     "priority",     "probe",	     "process",	     "processor",
	"property",    "protocol",     "psci",	     "queue",	     "raid",
	"ram",	       "range",	       "ready",	     "received",     "reg",
	"region",      "register",     "registered", "regulator",    "remove",
	"removed",     "removing",     "report",     "request",	     "reserved",
	"reset",       "resource",     "restricted", "ring",	     "role",
	"root",	       "running",      "scsi",	     "sda",	     "sdb",
	"secure",      "security",     "serial",     "server",	     "service",
	"set",	       "setup",	       "shutdown",   "size",	     "slot",
	"smmu",	       "smmuv3",       "soc",	     "software",     "sound",
	"source",      "start",	       "started",    "state",	     "status",
	"stop",	       "storage",      "stream",     "subsystem",    "support",
	"swap",	       "swiotlb",      "system",     "system ram",   "table",
	"task",	       "test-mode",    "text",	     "thermal",	     "thread",
	"time",	       "timeout",      "timer",	     "tlb",	     "tools",
	"trace",       "translated",   "type",	     "uart",	     "unknown",
	"unsupported", "usb",	       "user",	     "users",	     "uses",
	"value",       "vbd",	       "vda",	     "vdb",	     "vendor",
	"version",     "via",	       "video",	     "vif",	     "vif0",
	"virt",	       "virtio",       "virtual",    "vm",	     "warning",
	"watchdog",    "with",	       "words",	     "write",	     "x86",
	"x86_64",      "xen",	       "xenbr0",     "xenbus",	     "xenfs",
	"xenstore",    "xenstored",    "zone",
};

static int by_text(const void *key, const void *word)
{
	return strcmp(key, *(const char *const *)word);
}

bool xdc_is_common_word(const char *text, size_t size)
{
	char word[32];

	if (size >= sizeof(word))
		return false;
	for (size_t i = 0; i < size; i++)
		word[i] = (char)tolower((unsigned char)text[i]);
	word[size] = '\0';
	return bsearch(word, words, XDC_ARRAY_SIZE(words), sizeof(*words), by_text);
}
