/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How grave a finding is: a closed set, the same for checks and for the catalogue. */
#ifndef XDC_SEVERITY_H
#define XDC_SEVERITY_H

enum xdc_severity {
	XDC_SEVERITY_INFO,
	XDC_SEVERITY_NOTICE,
	XDC_SEVERITY_WARNING,
	XDC_SEVERITY_ERROR,
};

/* Static. */
const char *xdc_severity_name(enum xdc_severity severity);
/* 0, or -EINVAL where no severity has that name. */
int xdc_severity_parse(const char *name, enum xdc_severity *ret);

#endif
