/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "helper/xenstore-walk.h"
#include "unit.h"

struct node {
	const char *path;
	const char *value; /* NULL: denied */
};

/* A store of a few nodes; those above them are there too. */
struct store {
	const struct node *nodes;
	size_t count;
	unsigned int asked;
	unsigned int late_after; /* questions; 0: never */
	int broken;		 /* errno of everything */
};

static const struct node *find(const struct store *store, const char *path)
{
	for (size_t i = 0; i < store->count; i++)
		if (strcmp(store->nodes[i].path, path) == 0)
			return &store->nodes[i];
	return NULL;
}

/* Names behind their array, in one piece of memory, as xs_directory() gives them. */
static char **pack_names(char names[][64], unsigned int count)
{
	char **packed = xdc_zalloc((count + 1) * (sizeof(*packed) + 64));
	char *text = (char *)(packed + count + 1);

	for (unsigned int i = 0; i < count; i++) {
		packed[i] = text + i * 64UL;
		memcpy(packed[i], names[i], 64);
	}
	return packed;
}

static bool is_listed(char names[][64], unsigned int count, const char *name)
{
	for (unsigned int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static int list(void *arg, const char *path, char ***ret_names, unsigned int *ret_count)
{
	struct store *store = arg;
	const struct node *node = find(store, path);
	size_t length = strlen(path);
	char names[64][64] = { 0 };
	unsigned int count = 0;

	store->asked++;
	errno = store->broken ? store->broken : node && !node->value ? EACCES : ENOENT;
	if (store->broken || (node && !node->value))
		return -1;
	for (size_t i = 0; i < store->count; i++) {
		const char *child = store->nodes[i].path;
		char name[64] = "";

		if (strncmp(child, path, length) != 0 || child[length] != '/')
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(child + length + 1, "/"),
			 child + length + 1);
		if (!is_listed(names, count, name))
			strcpy(names[count++], name);
	}
	if (!count && !node)
		return -1;
	*ret_names = pack_names(names, count);
	*ret_count = count;
	return 0;
}

static int read_value(void *arg, const char *path, char **ret_value, unsigned int *ret_size)
{
	struct store *store = arg;
	const struct node *node = find(store, path);

	store->asked++;
	errno = store->broken ? store->broken : node ? EACCES : ENOENT;
	if (store->broken || !node || !node->value)
		return -1;
	*ret_value = xdc_strdup(node->value);
	*ret_size = (unsigned int)strlen(node->value);
	return 0;
}

static bool is_late(void *arg)
{
	struct store *store = arg;

	return store->late_after && store->asked >= store->late_after;
}

struct walk {
	struct store store;
	struct xdc_xenstore xenstore;
	char *text;
	int error;
};

static void walk(struct walk *walk, const struct node *nodes, size_t count,
		 int (*function)(struct xdc_xenstore *xenstore, FILE *out))
{
	FILE *out = unit_stream();

	walk->store.nodes = nodes;
	walk->store.count = count;
	walk->xenstore = (struct xdc_xenstore){
		.arg = &walk->store,
		.directory = list,
		.read = read_value,
		.is_late = is_late,
	};
	walk->error = function(&walk->xenstore, out);
	walk->text = unit_text(out);
}

#define B "/local/domain/0/backend/"

static const struct node served[] = {
	{ B "vbd/1/51712/frontend", "/local/domain/1/device/vbd/51712" },
	{ B "vbd/1/51712/params", "/dev/nvme0n1" },
	{ B "vbd/1/51712/state", "4" },
	{ B "vbd/1/51712/physical-device", "103:0" },
	{ B "vbd/1/51712/feature-flush-cache", "1" },
	{ B "vbd/1/51712/sector-size", "512" },
	{ B "vif/1/0/bridge", "xenbr0" },
	{ B "vif/1/0/mac", "00:16:3e:00:00:01" },
	{ B "vfb/1/0/vncpasswd", "hunter2" },
	{ B "vkbd/1/0/state", "4" },
};

static void test_backends_are_read_by_their_allowed_keys(void **state)
{
	struct walk w = { 0 };

	(void)state;
	walk(&w, served, XDC_ARRAY_SIZE(served), xdc_walk_backends);
	assert_int_equal(w.error, 0);
	assert_false(w.xenstore.cut);
	assert_text(w.text, "vbd/1/51712/frontend=/local/domain/1/device/vbd/51712\n"
			    "vbd/1/51712/params=/dev/nvme0n1\n"
			    "vbd/1/51712/state=4\n"
			    "vbd/1/51712/physical-device=103:0\n"
			    "vbd/1/51712/feature-flush-cache=1\n"
			    "vif/1/0/bridge=xenbr0\n"
			    "vif/1/0/mac=00:16:3e:00:00:01\n");
	free(w.text);
}

static void test_passwords_are_not_read(void **state)
{
	(void)state;
	assert_false(xdc_backend_key_wanted("vncpasswd"));
	assert_false(xdc_backend_key_wanted("vnc"));
	assert_false(xdc_backend_key_wanted("feature"));
	assert_true(xdc_backend_key_wanted("feature-"));
	assert_true(xdc_backend_key_wanted("physical-device-path"));
	assert_false(xdc_backend_key_wanted("physical-device-pathx"));
}

static void test_a_value_with_a_secret_is_left_out(void **state)
{
	static const struct node nodes[] = {
		{ B "qdisk/1/51712/params", "aio:rbd:pool/disk:id=admin:KEY=AQBsecret" },
		{ B "qdisk/1/51728/params", "https://root:pw@host/disk" },
		{ B "qdisk/1/51744/params", "https://host/disk" },
		{ B "qdisk/1/51760/params", "/srv/me@home.img" },
	};
	struct walk w = { 0 };

	(void)state;
	walk(&w, nodes, XDC_ARRAY_SIZE(nodes), xdc_walk_backends);
	assert_text(w.text, "qdisk/1/51712/params!redacted\n"
			    "qdisk/1/51728/params!redacted\n"
			    "qdisk/1/51744/params=https://host/disk\n"
			    "qdisk/1/51760/params=/srv/me@home.img\n");
	free(w.text);
}

static void test_a_store_without_backends(void **state)
{
	struct walk w = { 0 };

	(void)state;
	walk(&w, NULL, 0, xdc_walk_backends);
	assert_int_equal(w.error, ENOENT);
	assert_text(w.text, "");
	free(w.text);
}

static void test_domains_by_name(void **state)
{
	static const struct node nodes[] = {
		{ "/local/domain/0/name", "Domain-0" },	  { "/local/domain/0/vm", "/vm/0" },
		{ "/local/domain/3/name", "a\nb=\033c" }, { "/local/domain/4/domid", "4" },
		{ "/local/domain/5/name", NULL },
	};
	struct walk w = { 0 };

	(void)state;
	walk(&w, nodes, XDC_ARRAY_SIZE(nodes), xdc_walk_domains);
	assert_int_equal(w.error, 0);
	assert_text(w.text, "0/name=Domain-0\n0/vm=/vm/0\n3/name=a\\x0ab=\\x1bc\n5/name!denied\n");
	free(w.text);
}

static void test_settings_of_xenstored(void **state)
{
	static const struct node nodes[] = {
		{ "/tool/xenstored/quota", "5" },
		{ "/tool/xenstored/deep/er", "6" },
		{ "/tool/other", "7" },
	};
	struct walk w = { 0 };

	(void)state;
	walk(&w, nodes, XDC_ARRAY_SIZE(nodes), xdc_walk_xenstored);
	assert_int_equal(w.error, 0);
	assert_text(w.text, "quota=5\n");
	free(w.text);
}

static void test_what_is_denied_is_told(void **state)
{
	static const struct node nodes[] = {
		{ B "vbd/1", NULL },
		{ B "vif/2/0/state", "4" },
	};
	static const struct node root[] = { { "/local/domain/0/backend", NULL } };
	struct walk w = { 0 };

	(void)state;
	walk(&w, nodes, XDC_ARRAY_SIZE(nodes), xdc_walk_backends);
	assert_int_equal(w.error, 0);
	assert_text(w.text, "vbd/1!denied\nvif/2/0/state=4\n");
	free(w.text);
	walk(&w, root, 1, xdc_walk_backends);
	assert_int_equal(w.error, EACCES);
	free(w.text);
}

/* Names are a guest's where it was given the node; none of these can be a line's. */
static void test_odd_names_are_left_out(void **state)
{
	static const struct node nodes[] = {
		{ B "vbd/1\n2/0/state", "4" }, { B "vbd/1=2/0/state", "4" },
		{ B "vbd//0/state", "4" },     { B "vbd/3/feature-\033[2J/x", "4" },
		{ B "vbd/4/0/state", "4" },
	};
	struct walk w = { 0 };

	(void)state;
	walk(&w, nodes, XDC_ARRAY_SIZE(nodes), xdc_walk_backends);
	assert_text(w.text, "vbd/4/0/state=4\n");
	free(w.text);
}

static void test_a_long_value_is_cut(void **state)
{
	char value[XDC_XENSTORE_VALUE_MAX + 2];
	const struct node nodes[] = { { "/tool/xenstored/long", value } };
	struct walk w = { 0 };

	(void)state;
	memset(value, 'x', sizeof(value));
	value[XDC_XENSTORE_VALUE_MAX + 1] = '\0';
	walk(&w, nodes, 1, xdc_walk_xenstored);
	assert_true(w.xenstore.cut);
	assert_int_equal(strlen(w.text), strlen("long=\n") + XDC_XENSTORE_VALUE_MAX);
	free(w.text);
}

static void test_the_number_of_nodes_has_a_bound(void **state)
{
	struct walk w = { 0 };
	FILE *out = unit_stream();

	(void)state;
	w.store.nodes = served;
	w.store.count = XDC_ARRAY_SIZE(served);
	w.xenstore = (struct xdc_xenstore){
		.arg = &w.store,
		.directory = list,
		.read = read_value,
		.is_late = is_late,
		.asked = XDC_XENSTORE_NODES_MAX - 5,
	};
	assert_int_equal(xdc_walk_backends(&w.xenstore, out), 0);
	free(unit_text(out));
	assert_true(w.xenstore.cut);
	assert_int_equal(w.store.asked, 5);
}

static void test_the_time_has_a_bound(void **state)
{
	struct walk w = { .store.late_after = 6 };

	(void)state;
	walk(&w, served, XDC_ARRAY_SIZE(served), xdc_walk_backends);
	assert_int_equal(w.error, 0);
	assert_true(w.xenstore.cut);
	assert_int_equal(w.store.asked, 6);
	free(w.text);
}

/* Nothing more is asked of one that has gone. */
static void test_a_lost_connection_ends_the_walk(void **state)
{
	struct walk w = { .store.broken = EPIPE };

	(void)state;
	walk(&w, served, XDC_ARRAY_SIZE(served), xdc_walk_backends);
	assert_int_equal(w.error, EPIPE);
	/* So that whoever asks for the next subtree knows it too. */
	assert_int_equal(w.xenstore.error, EPIPE);
	assert_int_equal(xdc_walk_xenstored(&w.xenstore, stdout), 0);
	assert_int_equal(w.store.asked, 1);
	free(w.text);
}

static void test_the_way_to_xenstore(void **state)
{
	(void)state;
	assert_int_equal(xdc_xenstore_way(0, XDC_UNKNOWN, XDC_UNKNOWN), XDC_WAY_SOCKET);
	assert_int_equal(xdc_xenstore_way(EACCES, XDC_YES, XDC_NO), XDC_WAY_DENIED);
	/* A dom0 without xenstored: asking the device would wait for ever. */
	assert_int_equal(xdc_xenstore_way(ENOENT, XDC_YES, XDC_NO), XDC_WAY_DOWN);
	assert_int_equal(xdc_xenstore_way(ECONNREFUSED, XDC_YES, XDC_NO), XDC_WAY_DOWN);
	assert_int_equal(xdc_xenstore_way(ENOENT, XDC_YES, XDC_YES), XDC_WAY_DEVICE);
	assert_int_equal(xdc_xenstore_way(ENOENT, XDC_NO, XDC_UNKNOWN), XDC_WAY_DEVICE);
	/* Not known: to call it down would be a guess. */
	assert_int_equal(xdc_xenstore_way(ENOENT, XDC_YES, XDC_UNKNOWN), XDC_WAY_DEVICE);
	assert_int_equal(xdc_xenstore_way(ENOENT, XDC_UNKNOWN, XDC_NO), XDC_WAY_DEVICE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_backends_are_read_by_their_allowed_keys),
		cmocka_unit_test(test_passwords_are_not_read),
		cmocka_unit_test(test_a_value_with_a_secret_is_left_out),
		cmocka_unit_test(test_a_store_without_backends),
		cmocka_unit_test(test_domains_by_name),
		cmocka_unit_test(test_settings_of_xenstored),
		cmocka_unit_test(test_what_is_denied_is_told),
		cmocka_unit_test(test_odd_names_are_left_out),
		cmocka_unit_test(test_a_long_value_is_cut),
		cmocka_unit_test(test_the_number_of_nodes_has_a_bound),
		cmocka_unit_test(test_the_time_has_a_bound),
		cmocka_unit_test(test_a_lost_connection_ends_the_walk),
		cmocka_unit_test(test_the_way_to_xenstore),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
