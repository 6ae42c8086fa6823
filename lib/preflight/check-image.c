/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the guest is built from: kernel, ramdisk, firmware, device tree. */
#include <string.h>

#include "preflight/preflight.h"

const char *const xdc_hvmloaders[] = {
	"/usr/lib/xen/boot/hvmloader",
	"/usr/libexec/xen/boot/hvmloader",
	"/usr/local/lib/xen/boot/hvmloader",
	"/usr/lib/xen-4.14/boot/hvmloader",
	"/usr/lib/xen-4.17/boot/hvmloader",
	"/usr/lib/xen-4.20/boot/hvmloader",
	NULL,
};

static struct xdc_preflight_check *refuse(struct xdc_flight *flight, const char *key,
					  enum xdc_outcome outcome, const char *title,
					  const char *why, const char *evidence)
{
	return xdc_check_tell(flight, "image", outcome, xdc_guest_line(flight->guest, key), title,
			      why, evidence);
}

void xdc_note_relative(struct xdc_flight *flight, const char *path, unsigned int line)
{
	const char *directory = flight->guest->directory;
	struct xdc_preflight_check *check;

	if (!path || *path == '/' || !directory || strcmp(directory, "/") == 0)
		return;
	check = xdc_check_add(flight, "relative-path", XDC_OUTCOME_NOTICE, line,
			      xdc_flight_printf(flight, "\"%s\" is looked for where xl is started",
						xdc_shown(flight, path)));
	xdc_check_because(check,
			  xdc_flight_printf(flight,
					    "that is %s now; when the guest reboots, xl "
					    "looks in /",
					    xdc_shown(flight, directory)),
			  NULL);
	xdc_check_advise(check, "Write the whole path.");
}

/* Whether there is a file for @key, which then is in *@ret. */
static bool check_file(struct xdc_flight *flight, const char *key, struct xdc_target *ret)
{
	const char *path = xdc_guest_text(flight->guest, key);
	const char *shown = xdc_shown(flight, path);

	if (!path)
		return false;
	*ret = xdc_target_read(flight, path);
	xdc_note_relative(flight, path, xdc_guest_line(flight->guest, key));
	if (*path != '/' && !flight->guest->directory) {
		refuse(flight, key, XDC_OUTCOME_UNKNOWN,
		       xdc_flight_printf(flight, "%s=\"%s\" is a relative path", key, shown),
		       "xl looks for it where it is started, which is not known here", NULL);
	} else if (ret->status == XDC_STATUS_ABSENT) {
		xdc_check_advise(refuse(flight, key, XDC_OUTCOME_FAIL,
					xdc_flight_printf(flight, "There is no %s", shown),
					xdc_flight_printf(flight, "%s= names it", key), ret->key),
				 "Correct the path, or put the file there.");
	} else if (ret->status != XDC_STATUS_OK) {
		refuse(flight, key, XDC_OUTCOME_UNKNOWN,
		       xdc_flight_printf(flight, "%s could not be looked at", shown),
		       xdc_target_why(ret), ret->key);
	} else if (!xdc_target_is(ret, "file")) {
		refuse(flight, key, XDC_OUTCOME_FAIL,
		       xdc_flight_printf(flight, "%s= names no file: %s", key, shown),
		       xdc_target_kind(flight, ret), ret->key);
	} else {
		return true;
	}
	return false;
}

static bool has_bytes(const struct xdc_target *target, size_t offset, const void *bytes,
		      size_t size)
{
	return target->head && target->n_head >= offset + size &&
	       memcmp(target->head + offset, bytes, size) == 0;
}

/*
 * The images that libxenguest has a loader for: xg_dom_elfloader.c, xg_dom_bzimageloader.c on
 * x86, xg_dom_armzimageloader.c on Arm (magic numbers: Linux Documentation/arch/arm64/booting.rst,
 * arch/arm/boot/compressed/head.S, arch/x86/boot.rst). What gzip has packed it unpacks first.
 */
static const char *image_name(const struct xdc_flight *flight, const struct xdc_target *target)
{
	if (has_bytes(target, 0, "\177ELF", 4))
		return "ELF";
	if (flight->on_arm && has_bytes(target, 56, "ARM\x64", 4))
		return "an arm64 Image";
	if (flight->on_arm && has_bytes(target, 0x24, "\x18\x28\x6f\x01", 4))
		return "a 32-bit Arm zImage";
	if (!flight->on_arm && has_bytes(target, 0x202, "HdrS", 4))
		return "a bzImage";
	return NULL;
}

static const char *looks_like(const struct xdc_target *target)
{
	if (has_bytes(target, 0x202, "HdrS", 4))
		return "it is a kernel for x86";
	if (has_bytes(target, 56, "ARM\x64", 4) || has_bytes(target, 0x24, "\x18\x28\x6f\x01", 4))
		return "it is a kernel for Arm";
	if (has_bytes(target, 0, "070701", 6))
		return "it is a cpio archive, as ramdisks are";
	if (has_bytes(target, 0, "MZ", 2))
		return "it is a program for EFI";
	if (has_bytes(target, 0,
		      "\xfd"
		      "7zXZ",
		      5))
		return "it is packed with xz, which nobody unpacks";
	return target->size == 0 ? "it is empty" : "it begins like none that can be loaded";
}

static void check_kernel(struct xdc_flight *flight)
{
	const char *path = xdc_guest_text(flight->guest, "kernel");
	struct xdc_target target;
	const char *name;

	if (!check_file(flight, "kernel", &target))
		return;
	name = image_name(flight, &target);
	if (!target.head && target.size != 0)
		refuse(flight, "kernel", XDC_OUTCOME_UNKNOWN,
		       xdc_flight_printf(flight, "%s could not be read", xdc_shown(flight, path)),
		       "what kind of image it is was not seen", target.key);
	else if (!name)
		xdc_check_advise(
			refuse(flight, "kernel", XDC_OUTCOME_FAIL,
			       xdc_flight_printf(flight, "%s is no kernel for this machine",
						 xdc_shown(flight, path)),
			       looks_like(&target), target.key),
			"xl says \"no loader found: Invalid kernel\".");
	else
		xdc_check_because(
			xdc_check_add(flight, "image", XDC_OUTCOME_PASS,
				      xdc_guest_line(flight->guest, "kernel"),
				      "The kernel is there, of a kind that can be loaded"),
			name, target.key);
}

static void check_devicetree(struct xdc_flight *flight)
{
	struct xdc_target target;

	if (!check_file(flight, "device_tree", &target))
		return;
	if (!flight->on_arm)
		refuse(flight, "device_tree", XDC_OUTCOME_FAIL, "device_tree= is for Arm alone",
		       "libxl says \"partial device tree not supported\"", NULL);
	else if (target.head && !has_bytes(&target, 0, "\xd0\x0d\xfe\xed", 4))
		refuse(flight, "device_tree", XDC_OUTCOME_FAIL,
		       xdc_flight_printf(
			       flight, "%s is no flattened device tree",
			       xdc_shown(flight, xdc_guest_text(flight->guest, "device_tree"))),
		       "it does not begin with d00dfeed: dtc makes one", target.key);
}

static void check_hvm(struct xdc_flight *flight)
{
	enum xdc_tri loader = xdc_any_exists(flight, xdc_hvmloaders);

	if (!xdc_guest_text(flight->guest, "firmware_override") && loader == XDC_NO)
		xdc_check_advise(refuse(flight, "type", XDC_OUTCOME_FAIL, "There is no hvmloader",
					"a guest of type=\"hvm\" starts with it, and it is in none "
					"of the places where it is installed",
					NULL),
				 "Install it (Debian: xen-utils-VERSION on x86), or use "
				 "type=\"pvh\".");
	else if (loader == XDC_UNKNOWN)
		refuse(flight, "type", XDC_OUTCOME_UNKNOWN,
		       "Whether hvmloader is there could not be told",
		       "a guest of type=\"hvm\" starts with it", NULL);
	xdc_need_device_model(flight, "type", "type=\"hvm\"");
	xdc_not_checked(flight, "the firmware's files of an hvm guest (SeaBIOS, OVMF)");
}

/*
 * xdc_device_models has the places of distributions and of Xen's own build: which one libxl was
 * built with it does not tell.
 */
void xdc_need_device_model(struct xdc_flight *flight, const char *key, const char *what)
{
	const char *const own[] = { xdc_guest_text(flight->guest, "device_model_override"), NULL };
	enum xdc_tri there = xdc_any_exists(flight, own[0] ? own : xdc_device_models);
	struct xdc_preflight_check *check;

	if (there == XDC_YES)
		return;
	check = xdc_check_add(flight, "device-model",
			      there == XDC_NO ? XDC_OUTCOME_FAIL : XDC_OUTCOME_UNKNOWN,
			      xdc_guest_line(flight->guest, key),
			      there == XDC_NO ? "It needs QEMU, and none is here"
					      : "It needs QEMU, which could not be looked for");
	xdc_check_because(check, xdc_flight_printf(flight, "%s takes a device model in dom0", what),
			  NULL);
	if (own[0])
		xdc_check_because(check,
				  xdc_flight_printf(flight, "device_model_override= names %s",
						    xdc_shown(flight, own[0])),
				  NULL);
	xdc_check_advise(check, "Install QEMU for Xen (Debian: qemu-system-xen), or use what needs "
				"none: raw images, and no vfb= or channel=.");
}

/*
 * libxl__bootloader_run() (tools/libs/light/libxl_bootloader.c): it is run with the first disk,
 * also where kernel= is set; a name alone is looked for in directories of Xen's and in the PATH.
 */
static void check_bootloader(struct xdc_flight *flight)
{
	const char *path = xdc_guest_text(flight->guest, "bootloader");
	struct xdc_target target;

	if (!flight->guest->n_disks)
		refuse(flight, "bootloader", XDC_OUTCOME_FAIL, "It has a bootloader, and no disk",
		       "xl says \"cannot run bootloader with no boot disk\"", NULL);
	if (*path == '/' && check_file(flight, "bootloader", &target) && !(target.mode & 0111))
		refuse(flight, "bootloader", XDC_OUTCOME_FAIL,
		       xdc_flight_printf(flight, "%s cannot be executed", xdc_shown(flight, path)),
		       "bootloader= names it", target.key);
	xdc_not_checked(flight, "what the bootloader finds on the guest's disk");
}

static void check_source(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	bool kernel = xdc_guest_text(guest, "kernel"), firmware = xdc_guest_text(guest, "firmware");

	if (guest->kind == XDC_KIND_HVM) {
		check_hvm(flight);
		return;
	}
	if (firmware && kernel)
		refuse(flight, "firmware", XDC_OUTCOME_FAIL,
		       "kernel= and firmware= exclude each other",
		       "xl says \"both kernel and firmware specified\"", NULL);
	else if (firmware)
		xdc_not_checked(flight, "the image that firmware= stands for");
	else if (!kernel && !xdc_guest_text(guest, "bootloader"))
		refuse(flight, "kernel", XDC_OUTCOME_FAIL, "It has no kernel",
		       "kernel=, bootloader= or firmware= is needed for a pv or pvh guest", NULL);
	if (xdc_guest_text(guest, "bootloader"))
		check_bootloader(flight);
}

void xdc_check_image(struct xdc_flight *flight)
{
	struct xdc_target target;

	check_source(flight);
	check_kernel(flight);
	check_file(flight, "ramdisk", &target);
	check_devicetree(flight);
	if (xdc_guest_setting(flight->guest, "vfb") &&
	    xdc_guest_setting(flight->guest, "vfb")->n_items)
		xdc_need_device_model(flight, "vfb", "vfb=");
	if (xdc_guest_setting(flight->guest, "channel") &&
	    xdc_guest_setting(flight->guest, "channel")->n_items)
		xdc_need_device_model(flight, "channel", "channel=");
}
