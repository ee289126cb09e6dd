#include "server_pair.h"

#include <elf.h>
#include <stdio.h>
#include <sys/stat.h>

static void publish(void *context, const struct os_launch_record *record)
{
	struct server_pair *pair = context;
	assert_true(pair->published_count < PAIR_RECORDS);
	pair->published[pair->published_count++] = *record;
}

static void unpublish(void *context, const char *app)
{
	struct server_pair *pair = context;
	pair->unpublished_count++;
	snprintf(pair->unpublished, sizeof(pair->unpublished), "%s", app);
}

static void quit(void *context, const char *app, void (*done)(void *done_context),
		 void *done_context)
{
	struct server_pair *pair = context;
	pair->quits++;
	snprintf(pair->quit, sizeof(pair->quit), "%s", app);
	if (pair->holds_quits) {
		pair->quit_done = done;
		pair->quit_context = done_context;
	} else {
		done(done_context);
	}
}

static void notice(void *context, const char *sentence)
{
	struct server_pair *pair = context;
	pair->notices++;
	snprintf(pair->notice, sizeof(pair->notice), "%s", sentence);
}

static const struct cs_server_delegate s_delegate = {sizeof(s_delegate), publish, unpublish, quit,
						     notice};

void server_pair_start(struct server_pair *pair)
{
	const struct cs_server_options options = {
	    .struct_size = sizeof(options),
	    .loop = pair->loop,
	    .data = pair->folder,
	    .bundles = pair->system_path,
	    .delegate = &s_delegate,
	    .context = pair,
	};
	assert_int_equal(cs_server_create(&options, &pair->server, NULL), 0);
}

void server_pair_setup(struct server_pair *pair)
{
	memset(pair, 0, sizeof(*pair));
	pair->folder = test_folder_create(pair->path);
	pair->system = test_folder_create(pair->system_path);
	pair->loop = os_loop_create();
	server_pair_start(pair);
	pair->services = server_pair_add(pair, "org.strata.notes", "");
}

void server_pair_teardown(struct server_pair *pair)
{
	cs_services_destroy(pair->services);
	cs_server_destroy(pair->server);
	while (os_loop_iterate(pair->loop, 0) > 0) {
	}
	os_loop_release(pair->loop);
	test_folder_destroy(pair->folder, pair->path);
	test_folder_destroy(pair->system, pair->system_path);
}

void server_pair_restart(struct server_pair *pair)
{
	pair->services = cs_services_destroy(pair->services);
	cs_server_destroy(pair->server);
	while (os_loop_iterate(pair->loop, 0) > 0) {
	}
	pair->published_count = 0;
	server_pair_start(pair);
}

int server_pair_add_fd(struct server_pair *pair, const char *app, const char *entitlements)
{
	static uint64_t s_clients;
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	struct os_peer peer = {.client = ++s_clients, .pid = 1};
	snprintf(peer.app, sizeof(peer.app), "%s", app);
	snprintf(peer.role, sizeof(peer.role), "%s", app[0] == '\0' ? "tool" : "app");
	snprintf(peer.entitlements, sizeof(peer.entitlements), "%s", entitlements);
	cs_server_add_client(pair->server, fds[0], s_clients, &peer);
	return fds[1];
}

struct cs_services *server_pair_add(struct server_pair *pair, const char *app,
				    const char *entitlements)
{
	return cs_services_create_with_fd(pair->loop, server_pair_add_fd(pair, app, entitlements));
}

void server_pair_wait(struct server_pair *pair, const int *flag)
{
	while (*flag == 0) {
		os_loop_iterate(pair->loop, OS_NEVER);
	}
}

static void write_module(int folder)
{
	Elf64_Ehdr header = {.e_type = ET_DYN, .e_machine = EM_X86_64};
#if defined(__aarch64__)
	header.e_machine = EM_AARCH64;
#endif
	memcpy(header.e_ident, ELFMAG, SELFMAG);
	header.e_ident[EI_CLASS] = ELFCLASS64;
	header.e_ident[EI_DATA] = ELFDATA2LSB;
	int fd = openat(folder, "module.so", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	assert_int_equal(write(fd, &header, sizeof(header)), sizeof(header));
	close(fd);
}

void server_pair_make_bundle(int folder, const char *id, const char *manifest)
{
	char text[600];
	mkdirat(folder, id, 0755);
	int bundle = openat(folder, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(bundle >= 0);
	snprintf(text, sizeof(text),
		 "{\"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.0\",\n\"api\": 1, "
		 "\"module\": \"module.so\", "
		 "\"icon\": \"icon.png\"}",
		 id, strrchr(id, '.') + 1);
	test_folder_write(bundle, "manifest.json", manifest == NULL ? text : manifest);
	test_folder_write(bundle, "icon.png", "not looked into here");
	write_module(bundle);
	close(bundle);
}
