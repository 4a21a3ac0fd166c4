// The system calls that are left to a child, by number. The rest answers EPERM, as on a machine that forbids it; a
// call of another architecture's table ends the child.
#define _GNU_SOURCE
#include "child.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "which table of system calls?"
#endif

#define ALLOW_NUMBER(number) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define ALLOW(name) ALLOW_NUMBER(SYS_##name)
// The bit of O_TMPFILE that is not also asked for folders.
#define NAMELESS (O_TMPFILE & ~O_DIRECTORY)
// Allowed, unless one of these bits stands in the third argument.
#define ALLOW_WITHOUT(name, bits) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), \
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])), \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM), \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

int allow_only_parsing(bool lists_folders) {
    // where folders are not listed, a rule that stands there already takes the place
    uint32_t list = lists_folders ? SYS_getdents64 : SYS_read;
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        // reading, and writing to what is open
        ALLOW(read), ALLOW(pread64), ALLOW(readv), ALLOW(write), ALLOW(writev), ALLOW(lseek), ALLOW(close),
        ALLOW(fstat), ALLOW(newfstatat), ALLOW(statx), ALLOW_NUMBER(list),
        ALLOW_WITHOUT(openat, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | NAMELESS),
        // memory, and no code in it that was not there
        ALLOW(brk), ALLOW(munmap), ALLOW(mremap), ALLOW(madvise), ALLOW_WITHOUT(mmap, PROT_EXEC),
        ALLOW_WITHOUT(mprotect, PROT_EXEC),
        // time, chance, and the end
        ALLOW(clock_gettime), ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(futex), ALLOW(getpid), ALLOW(gettid),
        ALLOW(rt_sigprocmask), ALLOW(rt_sigaction), ALLOW(rt_sigreturn), ALLOW(exit), ALLOW(exit_group),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
