// One child, one file.
#define _GNU_SOURCE
#include "child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int limit(int what, uint64_t soft, uint64_t hard) {
    struct rlimit both = {soft, hard};
    return setrlimit(what, &both);
}

// The last one is the address space: whatever comes before may still ask for a page.
static int set_limits(const struct pdf_keeper_request *request) {
    return limit(RLIMIT_CORE, 0, 0) || limit(RLIMIT_NOFILE, 32, 32)
        || limit(RLIMIT_CPU, request->seconds, request->seconds + 2)
        || limit(RLIMIT_FSIZE, request->output_bytes, request->output_bytes)
        || limit(RLIMIT_AS, request->memory_bytes, request->memory_bytes);
}

// The file as standard input, the output, and nothing else: not the socket, no file of another child.
static int keep_own_descriptors(int file, int output, int errors) {
    return dup2(file, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0 || close_range(3, ~0U, 0) < 0;
}

_Noreturn void be_child(
    const struct kept_program *program, const struct pdf_keeper_request *request, const char *const *arguments,
    int file, int output) {
    int errors = request->with_errors ? output : open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (errors < 0 || keep_own_descriptors(file, output, errors) || set_limits(request)
        || allow_only_parsing(program->lists_folders))
        _exit(PDF_KEEPER_NOT_CONFINED);
    int status = program->run(arguments, request->output_bytes);
    if (fflush(NULL) || ferror(stdout)) status = 2;
    _exit(status);
}
