// The first run of a program's library builds tables, asks for memory and binds what it needs. The keeper makes this run
// on a file of our own before it forks, so that no child has to.
#define _GNU_SOURCE
#include "warm.h"

#include <qpdf/qpdfjob-c.h>
#include <qpdf/qpdflogger-c.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static const char letter[] =
    "%PDF-1.4\n"
    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
    "xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    "trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n";

// With a logger of its own: what has once been written to the usual one cannot be turned elsewhere by a child.
static int run(const char *const *arguments) {
    qpdflogger_handle nowhere = qpdflogger_create();
    qpdflogger_set_info(nowhere, qpdf_log_dest_discard, NULL, NULL);
    qpdflogger_set_save(nowhere, qpdf_log_dest_discard, NULL, NULL, 0);
    qpdfjob_handle job = qpdfjob_init();
    qpdfjob_set_logger(job, nowhere);
    int status = qpdfjob_initialize_from_argv(job, arguments);
    if (status == 0) status = qpdfjob_run(job);
    qpdfjob_cleanup(&job);
    qpdflogger_cleanup(&nowhere);
    return status;
}

int warm_up(void) {
    char path[32];
    int file = memfd_create("warm", MFD_CLOEXEC);
    if (file < 0 || write(file, letter, sizeof letter - 1) != sizeof letter - 1) return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const char *check[] = {"qpdf", "--check", "--show-npages", path, NULL};
    const char *list[] = {"qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=none", path, NULL};
    int status = run(check) || run(list) ? -1 : 0;
    close(file);
    return status;
}
