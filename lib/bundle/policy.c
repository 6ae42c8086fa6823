/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/dmar.h"
#include "bundle/policy.h"

#define FILE_OF(path) "file:" path

/* What is in none of these is left out: a new source has to say here how its record is masked. */
static const struct xdc_policy policies[] = {
	{ { "uname", false, "release and machine; the host's name as host-N" }, xdc_mask_uname },
	{ { "recorded", false, "numbers and the version" }, xdc_mask_recorded },
	{ { FILE_OF("/sys/hypervisor/type"), false, "one line of words" }, xdc_mask_small },
	{ { FILE_OF("/sys/hypervisor/guest_type"), false, "one line of words" }, xdc_mask_small },
	{ { FILE_OF("/sys/hypervisor/version/major"), false, "a number" }, xdc_mask_number },
	{ { FILE_OF("/sys/hypervisor/version/minor"), false, "a number" }, xdc_mask_number },
	{ { FILE_OF("/sys/hypervisor/version/extra"), false, "one line of words" },
	  xdc_mask_small },
	{ { FILE_OF("/sys/hypervisor/properties/features"), false, "a number" }, xdc_mask_number },
	{ { FILE_OF("/sys/hypervisor/properties/capabilities"), false, "one line of words" },
	  xdc_mask_small },
	{ { FILE_OF("/sys/hypervisor/properties/changeset"), false,
	    "one line of words; of a digest 12 digits" },
	  xdc_mask_small },
	{ { FILE_OF("/sys/hypervisor/properties/buildid"), false, "a digest of 20 bytes" },
	  xdc_mask_build_id },
	{ { FILE_OF("/sys/hypervisor/pmu/pmu_mode"), false, "one line of words" }, xdc_mask_small },
	{ { FILE_OF("/sys/hypervisor/start_flags/initdomain"), false, "a number" },
	  xdc_mask_number },
	{ { FILE_OF("/sys/hypervisor/start_flags/privileged"), false, "a number" },
	  xdc_mask_number },
	{ { FILE_OF("/proc/xen/capabilities"), false, "one line of words" }, xdc_mask_small },
	{ { FILE_OF("/sys/kernel/security/lockdown"), false, "one line of words" },
	  xdc_mask_small },
	{ { FILE_OF("/proc/iomem"), false, "addresses, and what is there as text" },
	  xdc_mask_iomem },
	{ { FILE_OF("/proc/cmdline"), false, "the words of a list, some without their values" },
	  xdc_mask_command_line_file },
	{ { FILE_OF("/proc/self/mountinfo"), false,
	    "numbers, types, the places that every system has" },
	  xdc_mask_mounts },
	{ { FILE_OF("/sys/kernel/debug/devices_deferred"), false, "text" }, xdc_mask_plain },
	{ { "kernel-config", false, "switches and numbers; of strings those of the build" },
	  xdc_mask_config },
	{ { "devicetree", false,
	    "all but unknown properties below /chosen, and those of one board only" },
	  xdc_mask_devicetree },
	{ { "host-devicetree", false, "as devicetree" }, xdc_mask_devicetree },
	{ { "devices", false, "text" }, xdc_mask_plain },
	{ { "device:", true, "the fields of a list, by their forms" }, xdc_mask_device },
	{ { "iommu-groups", false, "numbers and types" }, xdc_mask_groups },
	{ { "iommu-reserved", false, "numbers and types" }, xdc_mask_reserved },
	{ { "class:", true, "text" }, xdc_mask_plain },
	{ { "udev", false, "only whether it could be read" }, xdc_mask_empty },
	{ { "udev:", true, "vendor and model as text" }, xdc_mask_udev },
	{ { "dma", false, "only whether it could be read" }, xdc_mask_empty },
	{ { "dma:", true, "the fields of a list, by their forms" }, xdc_mask_dma },
	{ { "activity", false, "numbers, and functions of the kernel's" }, xdc_mask_watched },
	{ { "activity:", true, "numbers, and names of paths" }, xdc_mask_activity },
	{ { "kmsg", false, "the kernel's messages as text; no program's" }, xdc_mask_kmsg },
	{ { "logs", false, "the fields of a list, by their forms" }, xdc_mask_logs },
	{ { "log:journal:", true, "as kmsg" }, xdc_mask_kmsg },
	{ { "log:/var/log/xen/console/hypervisor.log", false, "as xen:console" },
	  xdc_mask_console },
	{ { "log:/var/log/kern.log", true, "the kernel's messages as text; no program's" },
	  xdc_mask_log_file },
	{ { "catalogue:", true, "text" }, xdc_mask_plain },
	{ { "storage", false, "what disks are made of; names of volumes as name-N" },
	  xdc_mask_storage },
	{ { "network", false, "which interface lies on which" }, xdc_mask_network },
	{ { "target:", true, "what stands at a path, but not its first bytes" },
	  xdc_mask_file_state },
	{ { FILE_OF(XDC_DMAR_FILE), false, "memory that firmware reserves, as numbers" },
	  xdc_mask_dmar },
	{ { FILE_OF(XDC_DMAR_HIDDEN_FILE), false, "the same" }, xdc_mask_dmar },
	{ { FILE_OF("/etc/xen/xl.conf"), false, "nothing" }, xdc_mask_xl_conf },
	{ { FILE_OF("/proc/sys/net/ipv4/ip_forward"), false, "a number" }, xdc_mask_number },
	{ { "tools", false, "the fields of a list, by their forms" }, xdc_mask_tools },
	{ { "xen", false, "only whether it could be asked" }, xdc_mask_empty },
	{ { "xen:interfaces", false, "numbers" }, xdc_mask_interfaces },
	{ { "xen:version", false, "the fields of a list; the command line by words" },
	  xdc_mask_version },
	{ { "xen:physinfo", false, "numbers" }, xdc_mask_physinfo },
	{ { "xen:domains", false, "numbers and flags" }, xdc_mask_domains },
	{ { "xen:console", false, "the hypervisor's lines as text; no domain's" },
	  xdc_mask_console },
	{ { "xenstore", false, "only whether it answers" }, xdc_mask_empty },
	{ { "xenstore:/local/domain", false,
	    "domains by number; names as domain-N, UUIDs as uuid-N" },
	  xdc_mask_xenstore_domains },
	{ { "xenstore:/local/domain/0/backend", false, "the keys of a list, by their forms" },
	  xdc_mask_xenstore_backends },
	{ { "xenstore:/tool/xenstored", false, "the number of its domain" },
	  xdc_mask_xenstore_settings },
};

const struct xdc_redact_policy *xdc_redact_policy_at(size_t index)
{
	return index < XDC_ARRAY_SIZE(policies) ? &policies[index].is : NULL;
}

const struct xdc_policy *xdc_policy_of(const char *key)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(policies); i++) {
		const struct xdc_redact_policy *is = &policies[i].is;

		if (is->is_prefix ? xdc_text_starts_with(key, is->key) : strcmp(key, is->key) == 0)
			return &policies[i];
	}
	return NULL;
}

static const struct {
	const char *name;
	const char *reason;
	const char *unmasked; /* what a bundle shows that is not masked */
} kinds[XDC_MASK_KINDS] = {
	[XDC_MASK_HOST] = { "host", "the name of a host", "names of hosts" },
	[XDC_MASK_DOMAIN] = { "domain", "the name of a domain", "names of guests" },
	[XDC_MASK_USER] = { "user", "the name of a user", "names of users" },
	[XDC_MASK_MAC] = { "mac", "an address of a network interface",
			   "addresses of network interfaces (MAC)" },
	[XDC_MASK_IP] = { "ip", "an address of a network", "addresses of networks (IP)" },
	[XDC_MASK_SERIAL] = { "serial", "a number that one piece of hardware has",
			      "serial numbers" },
	[XDC_MASK_UUID] = { "uuid", "a number that one disk, machine or boot has", "UUIDs" },
	[XDC_MASK_MAIL] = { "mail", "a mail address, or who built something, and where",
			    "mail addresses" },
	[XDC_MASK_PATH] = { "path", "a path that somebody chose",
			    "paths that somebody chose (images of disks, mounts, homes)" },
	[XDC_MASK_NAME] = { "name", "a name that somebody chose",
			    "names that somebody chose (bridges, hosts of a network)" },
	[XDC_MASK_RECORD] = { "record", "a record that no policy knows",
			      "whole records that masking does not know" },
	[XDC_MASK_SECRET] = { "secret",
			      "a word before it says that it is a secret, or it looks "
			      "like one",
			      "what is a secret, or looks like one (passwords, keys, tokens)" },
	[XDC_MASK_OPTION] = { "option",
			      "not on the list of what is shown of command lines and "
			      "mount options",
			      "words of command lines, and options of mounts" },
	[XDC_MASK_FIELD] = { "field",
			     "not on the list of what is shown, or not of the form it "
			     "should have",
			     "values that masking does not know" },
	[XDC_MASK_GUEST_TEXT] = { "guest-text", "what a domain wrote on its console",
				  "what guests wrote on their consoles" },
	[XDC_MASK_PROGRAM_TEXT] = { "program-text", "what a program wrote into the kernel's log",
				    "what programs wrote into the kernel's log" },
};

const char *xdc_mask_name(enum xdc_mask kind)
{
	return kinds[kind].name;
}

const char *xdc_mask_reason(enum xdc_mask kind)
{
	return kinds[kind].reason;
}

const char *xdc_mask_unmasked(enum xdc_mask kind)
{
	return kinds[kind].unmasked;
}
