/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "check/severity.h"

static const char *const names[] = {
	[XDC_SEVERITY_INFO] = "info",
	[XDC_SEVERITY_NOTICE] = "notice",
	[XDC_SEVERITY_WARNING] = "warning",
	[XDC_SEVERITY_ERROR] = "error",
};

const char *xdc_severity_name(enum xdc_severity severity)
{
	return names[severity];
}

int xdc_severity_parse(const char *name, enum xdc_severity *ret)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++) {
		if (strcmp(names[i], name) == 0) {
			*ret = (enum xdc_severity)i;
			return 0;
		}
	}
	return -EINVAL;
}
