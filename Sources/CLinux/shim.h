#pragma once
// What Swift's Glibc module leaves out: what is declared only under _GNU_SOURCE, has a header of its own, or no function.
// Headers that Glibc has are not included: what they declare would be ours then, and no longer Glibc's.
#include <linux/fs.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <sys/syscall.h>
extern int memfd_create(const char *name, unsigned int flags);
extern long syscall(long number, ...);

/// As `open` with these flags, if that needs no disk; -1 where it does, or fails for any other reason.
/// \param folder where a relative path begins, as for `openat`
static inline int open_without_waiting(int folder, const char *path, int flags) {
    struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_CACHED};
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

/// As `pread`, of what lies in memory; fewer bytes, or -1, where the disk would have to be waited for.
static inline long read_without_waiting(int descriptor, void *bytes, size_t count, long offset) {
    const struct { void *bytes; size_t count; } piece = {bytes, count};  // a struct iovec
    return syscall(SYS_preadv2, descriptor, &piece, 1L, offset, 0L, RWF_NOWAIT);
}

/// The cores on which this process may run: those of `taskset` or of systemd's `CPUAffinity=`; 0 where it is not told.
static inline int usable_cores(void) {
    unsigned long cores[128] = {0};
    int count = 0;
    if (syscall(SYS_sched_getaffinity, 0L, sizeof cores, cores) < 0) return 0;
    for (int word = 0; word < 128; word++) count += __builtin_popcountl(cores[word]);
    return count;
}

/// From now on this thread takes the core from nobody when it is woken (SCHED_BATCH): it waits until whoever runs has done
/// what is to be done, or has had its turn. Asks the system once for each thread, and leaves one alone that runs under
/// another policy than the usual one.
static inline void wake_without_preempting(void) {
    enum { USUAL = 0, BATCH = 3 };
    static __thread int is_said;
    const int priority = 0;  // a struct sched_param
    if (is_said) return;
    is_said = 1;
    if (syscall(SYS_sched_getscheduler, 0L) == USUAL) syscall(SYS_sched_setscheduler, 0L, BATCH, &priority);
}
