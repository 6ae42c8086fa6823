/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel's decision, modelled: the rules are asked in order, and the first that applies
 * gives the path. One whose inputs could not be read makes the answer unknown and names what
 * is missing; nothing behind it is asked.
 */
#include "attrib/rules.h"

static enum xdc_tri ask(struct xdc_rule_context *c, const struct xdc_rule *rule)
{
	c->seen = "";
	return rule->applies(c);
}

static struct xdc_rule_context context_of(const struct xdc_attributions *all,
					  const struct xdc_device *device, bool explain)
{
	return (struct xdc_rule_context){
		.model = all->model,
		.host = &all->model->host,
		.device = device,
		.arena = all->arena,
		.explain = explain,
		.seen = "",
		.backend_domid = -1,
	};
}

void xdc_attribute_inferred(const struct xdc_attributions *all, struct xdc_attribution *a)
{
	struct xdc_rule_context c = context_of(all, a->device, false);

	for (size_t i = 0; i < xdc_n_rules; i++) {
		const struct xdc_rule *rule = &xdc_rules[i];
		const char *evidence[] = { NULL, rule->evidence, NULL };
		enum xdc_tri applies;

		if (!(rule->arches & 1 << c.host->arch))
			continue;
		applies = ask(&c, rule);
		if (applies == XDC_NO)
			continue;
		if (applies == XDC_UNKNOWN) {
			a->inferred_path = XDC_PATH_UNKNOWN;
			xdc_add_missing(a, c.missing);
			return;
		}
		evidence[0] = xdc_device_key(all, a->device);
		a->inferred_path = rule->path;
		a->backend_domid = c.backend_domid;
		xdc_add_reason(a, rule->id, rule->text, evidence);
		/* Nothing masters DMA for a device on, say, the CPU bus. */
		if (rule->path == XDC_PATH_VIA && !a->device->dma_via)
			a->inferred_path = XDC_PATH_NONE;
		return;
	}
}

size_t xdc_attribution_steps(const struct xdc_attributions *all, const struct xdc_device *device,
			     struct xdc_step *steps, size_t max)
{
	struct xdc_rule_context c = context_of(all, device, true);
	size_t count = 0;

	for (size_t i = 0; i < xdc_n_rules && count < max; i++) {
		const struct xdc_rule *rule = &xdc_rules[i];
		enum xdc_tri applies;

		if (!(rule->arches & 1 << c.host->arch))
			continue;
		applies = ask(&c, rule);
		steps[count++] = (struct xdc_step){
			.rule = rule->id,
			.question = rule->question,
			.seen = c.seen,
			.evidence = rule->evidence,
			.answer = applies,
		};
		if (applies != XDC_NO)
			break;
	}
	return count;
}
