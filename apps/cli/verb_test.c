/* The verbs that belong to a checkout: its tests and its benchmark. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/memory.h>

#include "cli.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"--sanitized", NULL, "the suites under AddressSanitizer and UBSan alone"},
    {"--arch", "A", "the processor to test for: the one at hand, or arm64 by qemu-user", "amd64|arm64"},
    {NULL},
};

static bool is_own_processor(const char *name)
{
#if defined(__aarch64__)
	return name[1] == 'r';
#else
	return name[1] == 'm';
#endif
}

static int run_test(struct cli *cli)
{
	char checkout[OS_LAYOUT_MAX];
	if (cli_checkout(checkout) < 0) {
		return cli_fail(CLI_FAILED,
				"this strata was installed; its tests are in a checkout");
	}
	const char *arch = cli_value(cli, "--arch");
	bool other = arch && !is_own_processor(arch);
	if (other && strcmp(arch, "arm64") != 0) {
		return cli_fail(CLI_FAILED, "tests for %s run on a machine of that kind", arch);
	}
	char *runner = os_format("%s/tests/support/run_suites.py", checkout);
	char **words = os_alloc_array((size_t)cli->argument_count + 6, sizeof(char *));
	int count = 0;
	words[count++] = (char *)"python3";
	words[count++] = runner;
	words[count++] = checkout;
	if (cli_has(cli, "--sanitized")) {
		words[count++] = (char *)"--sanitized";
	}
	if (other) {
		words[count++] = (char *)"--arch=arm64";
	}
	for (int i = 0; i < cli->argument_count; i++) {
		words[count++] = cli->arguments[i];
	}
	execvp(words[0], words);
	int code = cli_fail(CLI_FAILED, "python3 cannot be started: %s", os_status_text(-errno));
	os_free(words);
	os_free(runner);
	return code;
}

static const struct cli_option s_bench_options[] = {
    {"--quick", NULL, "a few turns of each: whether it runs, not how fast"},
    {NULL},
};

static int run_bench(struct cli *cli)
{
	char root[OS_LAYOUT_MAX];
	if (cli_root(root) < 0) {
		return cli_fail(CLI_FAILED, "this strata was installed without its benchmark");
	}
	char *bench = os_format("%s/tests/bench/strata-bench", root);
	char *words[5] = {bench};
	int count = 1;
	if (cli->json) {
		words[count++] = (char *)"--json";
	}
	if (cli_has(cli, "--quick")) {
		words[count++] = (char *)"--quick";
	}
	if (cli->argument_count) {
		words[count++] = cli->arguments[0];
	}
	fflush(stdout);
	execv(bench, words);
	int code = cli_fail(CLI_FAILED, "%s cannot be started: %s", bench, os_status_text(-errno));
	os_free(bench);
	return code;
}

const struct cli_verb cli_verb_test = {
    .name = "test",
    .arguments = "[SUITE…]",
    .summary = "runs the tests; the last line sums them up",
    .help =
	"Suites: unit arch ui system golden fuzz slow board. Without one, all but the last two, "
	"and\n"
	"then unit, ui and system again under AddressSanitizer and UBSan. The exit code is not 0\n"
	"when a test failed or none ran; skipped tests are listed with their reason.\n"
	"\n"
	"--arch arm64 builds the tree for the other processor and runs unit, arch and ui under\n"
	"qemu-user; board boots a whole guest of it. Both install what they need when named.",
    .options = s_options,
    .least = 0,
    .most = -1,
    .run = run_test};
const struct cli_verb cli_verb_bench = {
    .name = "bench",
    .arguments = "[GROUP|ROW]",
    .summary = "measures Strata beside bare programs that do the same",
    .help =
	"Groups: media ui core store system; without one, all of them, in some minutes. A row's\n"
	"floor is a bare program of tests/bench/floors that does the same work with none of\n"
	"Strata; ratio is figure by floor, from the same run, and what is promised is at most\n"
	"the budget.",
    .options = s_bench_options,
    .least = 0,
    .most = 1,
    .json = true,
    .run = run_bench};
