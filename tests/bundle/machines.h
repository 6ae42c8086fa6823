/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recorded machines, for tests that go over all of them. */
#ifndef XDC_TEST_MACHINES_H
#define XDC_TEST_MACHINES_H

#include "collect/evidence.h"

/* Reads DIR/NAME/bundle.tar.zst of each machine; calls @each with its name and evidence. */
void for_each_machine(const char *dir,
		      void (*each)(const char *name, const struct xdc_evidence *evidence));

#endif
