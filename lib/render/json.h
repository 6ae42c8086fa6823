/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of JSON that the document (json.c) and the lines (jsonl.c) have in common. */
#ifndef XDC_RENDER_JSON_H
#define XDC_RENDER_JSON_H

#include <jansson.h>

#include "render/render.h"

enum xdc_json_form {
	XDC_JSON_NESTED, /* a list is an array, a reason an object with its rule and evidence */
	XDC_JSON_FLAT,	 /* a list is one text, a line each; a reason is its text */
};

/* All return new references. NULL gives null; the text must be safe and UTF-8 already. */
json_t *xdc_json_text(const char *value);
/* For keys and paths, which may hold anything: escaped. */
json_t *xdc_json_raw(const char *value);
json_t *xdc_json_tri(enum xdc_tri value);
json_t *xdc_json_time(int64_t seconds);
/* Hands @value over to @object. */
void xdc_json_set(json_t *object, const char *name, json_t *value);

/* Names of xen/include/public/features.h; null where they are not known. */
json_t *xdc_json_features(const struct xdc_host *host, enum xdc_json_form form);
json_t *xdc_json_device(const struct xdc_attribution *a, enum xdc_json_form form);
json_t *xdc_json_finding(const struct xdc_finding *finding, enum xdc_json_form form);
json_t *xdc_json_iommu(const struct xdc_iommu *iommu, enum xdc_json_form form);
json_t *xdc_json_record(const struct xdc_record *record);

#endif
