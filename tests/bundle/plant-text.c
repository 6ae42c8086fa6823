/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "secret.h"

bool secret_has_shape(const struct secret *secret)
{
	switch (secret->kind) {
	case SECRET_TOKEN:
	case SECRET_HEX_KEY:
	case SECRET_MAC:
	case SECRET_IP:
	case SECRET_UUID:
		return true;
	default:
		return false;
	}
}

static void write_form(FILE *out, const struct secret *secret, enum secret_form form,
		       const char *before, const char *behind)
{
	char text[256];

	secret_form(secret, form, text, sizeof(text));
	fprintf(out, "%s%s%s", before, text, behind);
}

void plant_list(const struct planting *p, const char *before, const char *behind)
{
	for (size_t i = 0; i < p->plan->count; i++) {
		for (int form = 0; form < FORMS_PLANTED; form++) {
			write_form(p->out, &p->plan->secrets[i], (enum secret_form)form, before,
				   behind);
			fputc('\n', p->out);
		}
	}
}

void plant_text(const struct planting *p, const char *before, const char *behind)
{
	for (size_t i = 0; i < p->plan->count; i++) {
		const struct secret *secret = &p->plan->secrets[i];
		int forms = p->plan->known ? FORMS_PLANTED : secret_has_shape(secret) ? 1 : 0;

		for (int form = 0; form < forms; form++) {
			write_form(p->out, secret, (enum secret_form)form, before, behind);
			fputc('\n', p->out);
		}
	}
}

void plant_announced(const struct planting *p, const char *before)
{
	static const char *const around[SECRET_KINDS][2] = {
		[SECRET_PASSWORD] = { "password=", "" },
		[SECRET_USER] = { "cannot open /home/", "/disk.img" },
		[SECRET_SERIAL] = { "usb 1-1: SerialNumber: ", "" },
		[SECRET_HOST] = { "Set hostname to <", ">." },
		[SECRET_TOKEN] = { "value ", " of something" },
		[SECRET_HEX_KEY] = { "value ", "" },
		[SECRET_MAC] = { "eth0: ", ", and so on" },
		[SECRET_IP] = { "server ", ": not responding" },
		[SECRET_UUID] = { "UUID=", "" },
	};

	for (size_t i = 0; i < p->plan->count; i++) {
		const struct secret *secret = &p->plan->secrets[i];

		if (around[secret->kind][0])
			fprintf(p->out, "%s%s%s%s\n", before, around[secret->kind][0], secret->text,
				around[secret->kind][1]);
	}
}

void plant_words(const struct planting *p)
{
	static const char *const before[] = { "unknown=",    "",	  "root=UUID=",
					      "ip=",	     "password=", "systemd.hostname=",
					      "xen_unknown_" };

	for (size_t i = 0; i < p->plan->count; i++) {
		const struct secret *secret = &p->plan->secrets[i];

		for (int form = 0; form < FORM_CELLS; form++) {
			/* What may follow "xen_" or "console=" is text. */
			bool text = p->plan->known || (secret_has_shape(secret) && !form);
			size_t kinds = XDC_ARRAY_SIZE(before) - !text;

			fputc(' ', p->out);
			write_form(p->out, secret, (enum secret_form)form,
				   before[(i + (size_t)form) % kinds], "");
			if (text) {
				fputs(" console=", p->out);
				write_form(p->out, secret, (enum secret_form)form, "", "");
			}
		}
	}
}
