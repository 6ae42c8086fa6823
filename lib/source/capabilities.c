/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "source/capabilities.h"

int xdc_capabilities_keep(uint64_t kept)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, sets) < 0)
		return -errno;
	for (unsigned int i = 0; i < XDC_ARRAY_SIZE(sets); i++) {
		uint32_t half = (uint32_t)(kept >> (32 * i));

		sets[i].permitted &= half;
		sets[i].effective &= half;
		sets[i].inheritable = 0;
	}
	return syscall(SYS_capset, &header, sets) < 0 ? -errno : 0;
}

void xdc_capabilities_bound(uint64_t kept)
{
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	/* Refused is each above the last that this kernel knows, and all to who has no right. */
	for (unsigned int number = 0; number < 64; number++)
		if (!(kept >> number & 1) && prctl(PR_CAPBSET_DROP, number, 0, 0, 0) < 0)
			break;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
