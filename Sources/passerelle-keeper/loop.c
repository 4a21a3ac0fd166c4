// A keeper: started once by the portal, inside the walls, it forks a child for each PDF. A fork of a program that stands
// ready costs a fraction of starting one. It reads no PDF itself: a file can harm its own child only. Standard input
// is the portal's socket; when that closes, all is over (docs/adr/0034, 0035).
#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PORTAL = 0, CHILDREN = 64, ARGUMENTS = 256 };

static struct child {
    pid_t process; // 0: the place is free
    uint64_t number;
    int64_t deadline; // in milliseconds of the monotonic clock
    bool is_late;
} children[CHILDREN];

static const struct kept_program *kept;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// A portal that cannot be told is gone, or reads no more: either way nobody waits for us.
static void answer(uint64_t number, uint32_t outcome, int value) {
    struct pdf_keeper_answer packet = {number, outcome, value};
    if (pdf_keeper_send(PORTAL, &packet, sizeof packet, -1, -1) != sizeof packet) exit(EXIT_FAILURE);
}

// Cuts the texts after the request into an argument list; false when there are too many or the last has no end.
static bool cut(char *text, size_t length, const char **arguments) {
    size_t count = 0;
    if (length == 0 || text[length - 1] != 0) return false;
    for (char *end = text + length; text < end; text += strlen(text) + 1) {
        if (count == ARGUMENTS) return false;
        arguments[count++] = text;
    }
    arguments[count] = NULL;
    return true;
}

static struct child *find(uint64_t number, bool is_free) {
    for (struct child *child = children; child < children + CHILDREN; child++)
        if (is_free ? child->process == 0 : child->process != 0 && child->number == number) return child;
    return NULL;
}

static void start(const struct pdf_keeper_request *request, const char *const *arguments, int file, int output) {
    struct child *child = find(0, true);
    pid_t keeper = getpid(), process = child ? fork() : -1;
    if (process == 0) {
        // not one moment longer than the keeper, also where no wall ends all at once
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != keeper) _exit(PDF_KEEPER_NOT_CONFINED);
        be_child(kept, request, arguments, file, output);
    }
    if (process < 0) {
        answer(request->number, PDF_KEEPER_REFUSED, child ? errno : EAGAIN);
    } else {
        *child = (struct child){process, request->number, now() + (int64_t)request->wall_seconds * 1000, false};
    }
}

static void listen_to_portal(void) {
    static char packet[PDF_KEEPER_PACKET];
    const char *arguments[ARGUMENTS + 1];
    int file, output;
    ssize_t length = pdf_keeper_receive(PORTAL, packet, sizeof packet, &file, &output);
    if (length <= 0) exit(length < 0 ? EXIT_FAILURE : EXIT_SUCCESS);
    struct pdf_keeper_request request;
    if ((size_t)length < sizeof request) exit(EXIT_FAILURE);
    memcpy(&request, packet, sizeof request);
    char *texts = packet + sizeof request;
    if (request.kind == PDF_KEEPER_STOP) {
        struct child *child = find(request.number, false);
        if (child) kill(child->process, SIGKILL);
    } else if (
        request.kind == PDF_KEEPER_RUN && file >= 0 && request.argument_bytes == length - sizeof request
        && cut(texts, request.argument_bytes, arguments)) {
        start(&request, arguments, file, output);
    } else {
        answer(request.number, PDF_KEEPER_REFUSED, EINVAL);
    }
    if (file >= 0) close(file);
    if (output >= 0) close(output);
}

static void reap(void) {
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, WNOHANG)) > 0) {
        for (struct child *child = children; child < children + CHILDREN; child++) {
            if (child->process != process) continue;
            child->process = 0;
            if (WIFEXITED(status)) {
                answer(child->number, PDF_KEEPER_EXITED, WEXITSTATUS(status));
            } else {
                // by our clock, or by its own processor time
                bool is_late = WTERMSIG(status) == SIGXCPU || (child->is_late && WTERMSIG(status) == SIGKILL);
                answer(child->number, is_late ? PDF_KEEPER_TOO_LONG : PDF_KEEPER_KILLED, WTERMSIG(status));
            }
        }
    }
}

// Kills who is late; says in how many milliseconds the next will be, -1 for never.
static int end_late_ones(void) {
    int64_t next = -1, moment = now();
    for (struct child *child = children; child < children + CHILDREN; child++) {
        if (child->process == 0 || child->is_late) continue;
        int64_t rest = child->deadline - moment;
        if (rest <= 0) {
            child->is_late = true;
            kill(child->process, SIGKILL);
        } else if (next < 0 || rest < next) {
            next = rest;
        }
    }
    return (int)(next > 60000 ? 60000 : next);
}

static void do_nothing(int signal) { (void)signal; }

// Whoever stops the service signals all its processes; the portal may still have files in hand.
static int ignore_farewells(void) {
    return signal(SIGTERM, SIG_IGN) == SIG_ERR || signal(SIGINT, SIG_IGN) == SIG_ERR
        || signal(SIGHUP, SIG_IGN) == SIG_ERR;
}

// Children inherit it. A nice one would keep the core for its turn, of up to three milliseconds, while a page waits for it;
// an idle one leaves at once. Where the kernel weighs sessions against one another (autogroup), it looks at that within a
// session only, so the portal starts these keepers in its own.
static void give_way(void) {
    const struct sched_param none = {0};
    if (sched_setscheduler(0, SCHED_IDLE, &none)) setpriority(PRIO_PROCESS, 0, 10);
}

_Noreturn void keep(const struct kept_program *program) {
    kept = program;
    if (kept->gives_way) give_way();
    int type = 0;
    socklen_t size = sizeof type;
    if (getsockopt(PORTAL, SOL_SOCKET, SO_TYPE, &type, &size) || type != SOCK_SEQPACKET) {
        fputs("A keeper is started by the portal, with its socket as standard input.\n", stderr);
        exit(EXIT_FAILURE);
    }
    struct rlimit no_core = {0, 0};
    struct sigaction wake = {.sa_handler = do_nothing, .sa_flags = SA_NOCLDSTOP};
    sigset_t outside, inside;
    sigemptyset(&outside);
    inside = outside;
    sigaddset(&inside, SIGCHLD);
    // not dumpable: no child can look into the keeper or into its sister, even with the same user
    if (close_range(3, ~0U, 0) || setrlimit(RLIMIT_CORE, &no_core) || prctl(PR_SET_DUMPABLE, 0)
        || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || sigaction(SIGCHLD, &wake, NULL) || ignore_farewells()
        || sigprocmask(SIG_SETMASK, &inside, NULL) || kept->warm_up())
        exit(EXIT_FAILURE);
    for (;;) {
        reap();
        int rest = end_late_ones();
        struct timespec wait = {rest / 1000, rest % 1000 * 1000000L};
        struct pollfd portal = {PORTAL, POLLIN, 0};
        // a child's end can come between looking and waiting: only ppoll lets it in
        if (ppoll(&portal, 1, rest < 0 ? NULL : &wait, &outside) > 0) listen_to_portal();
    }
}
