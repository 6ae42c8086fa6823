/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people paste, made lines: and what a line says of itself. */
#ifndef XDC_LOG_TEXT_H
#define XDC_LOG_TEXT_H

#include "base/base.h"

/*
 * Takes out of @text, in place, what is no part of any message: carriage returns, NULs,
 * terminal escape sequences (also as rsyslog writes them, #033[), and puts plain characters
 * for the quotes and blanks of web pages. Newlines stay where they are. Returns the new size.
 */
size_t xdc_log_clean(char *text, size_t size);

/*
 * Whether a line begins as messages do: a time, "(XEN)", "libxl:" and such. One that does not
 * may be the rest of the one before, wrapped by a terminal or a mail program.
 */
bool xdc_log_begins_message(const char *line, size_t size);

/* Behind blanks and the marks of quoted mail; never beyond @size. */
size_t xdc_log_skip_quotes(const char *line, size_t size);

/* The logs, a mask of XDC_LOG_..., that the line can be of. */
unsigned int xdc_log_kind(const char *line, size_t size);

/* The domain that a line is about, where it says so: -1. */
long xdc_log_domid(const char *line, size_t size);

/* The month that a line begins with, "Mar ": 1 to 12. */
bool xdc_log_month(const char *line, size_t size, unsigned int *ret);

/*
 * The device that a line is about: a PCI function by its address, else the one that
 * dev_printk() names in front ("arm-smmu-v3 9050000.smmuv3: ..."). Its length, where it begins
 * in *@ret; 0: it names none.
 */
size_t xdc_log_device(const char *line, size_t size, const char **ret);

#endif
