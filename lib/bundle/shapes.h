/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What can be told by its form alone, in text of any kind. Each function is asked where a word
 * begins (xdc_word_begins()), looks at a bounded number of bytes or at each once, and returns
 * how many bytes belong to the thing; 0 where it is none.
 */
#ifndef XDC_SHAPES_H
#define XDC_SHAPES_H

#include "base/base.h"

/*
 * Six or more pairs of hexadecimal digits, between colons or dashes: MAC addresses, InfiniBand's,
 * world wide names, fingerprints. A PCI address, "0000:00:02.0", is none.
 */
size_t xdc_shape_mac(const char *text, size_t size);

/* 8-4-4-4-12 hexadecimal digits. */
size_t xdc_shape_uuid(const char *text, size_t size);

/*
 * Four decimal numbers up to 255 between dots. What is before decides about the rest: behind
 * "version" or "firmware" it is a version, unless it is of a private network; "1-1.2.3.4" is
 * a USB port.
 */
size_t xdc_shape_ipv4(const char *text, size_t size, size_t at);

/* As inet_pton(3) takes it, with two groups at least: "fe80::1". */
size_t xdc_shape_ipv6(const char *text, size_t size);

/* "systemd@lists.example.org", "(root@build)"; not a node of a device tree, "pcie@10000000". */
size_t xdc_shape_mail(const char *text, size_t size, size_t at);

/* "www.example.com": by the last label, and not that of a project which all of us know. */
size_t xdc_shape_domain_name(const char *text, size_t size);

/*
 * Twenty or more letters and digits that look drawn at random: keys, tokens, digests. *Not*
 * addresses, which have 16 digits at most, nor the names of functions and files.
 */
size_t xdc_shape_token(const char *text, size_t size);

#endif
