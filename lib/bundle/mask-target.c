/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "bundle/mask.h"

/* Where the path or address begins: behind "phy:", "aio:", "qcow2:"... as libxl writes them. */
static size_t skip_kind(const char *text, size_t size)
{
	static const char *const kinds[] = { "phy:",   "file:", "tap:", "aio:",	  "qdisk:",
					     "qcow2:", "qcow:", "raw:", "vhd:",	  "tapdisk:",
					     "nbd:",   "rbd:",	"nfs:", "iscsi:", "drbd:" };
	size_t at = 0;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(kinds); i++) {
		size_t length = strlen(kinds[i]);

		if (size - at < length || memcmp(text + at, kinds[i], length) != 0)
			continue;
		at += length;
		i = (size_t)-1;
	}
	return at;
}

/* "nvme0n1p2", "sda1", "dm-3", "md127": names that the kernel counts up. */
static bool is_kernel_device(const char *name, size_t size)
{
	static const char *const names[] = { "nvme", "sd",  "hd",   "vd",     "xvd", "dm-", "md",
					     "loop", "nbd", "drbd", "mmcblk", "sr",  "ram", "zd" };
	enum { LONGEST = 16 };

	if (size > LONGEST)
		return false;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++) {
		size_t at = strlen(names[i]);
		bool letters = names[i][at - 1] == 'd' && at <= 3;

		if (size <= at || memcmp(name, names[i], at) != 0)
			continue;
		while (letters && at < size && at < 5 && islower((unsigned char)name[at]))
			at++;
		while (at < size &&
		       (isdigit((unsigned char)name[at]) ||
			(strchr("npb", name[at]) && isdigit((unsigned char)name[at - 1]))))
			at++;
		if (at == size)
			return true;
	}
	return false;
}

void xdc_mask_target(struct xdc_masker *masker, FILE *out, const char *text, size_t size)
{
	static const char dev[] = "/dev/";
	size_t at = skip_kind(text, size);
	const size_t length = sizeof(dev) - 1;
	bool device = size - at > length && memcmp(text + at, dev, length) == 0;

	fwrite(text, 1, at, out);
	if (at == size)
		return;
	if (device) {
		fputs(dev, out);
		at += length;
		if (is_kernel_device(text + at, size - at)) {
			fwrite(text + at, 1, size - at, out);
			return;
		}
	}
	xdc_mask_put(masker, out, XDC_MASK_PATH, text + at, size - at);
}
