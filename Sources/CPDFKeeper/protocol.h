#pragma once
// What the portal and its keepers (Sources/passerelle-keeper) say to each other over a SOCK_SEQPACKET socket: one
// packet is one request or one answer. Both come from one build and run on one machine, so the layout is the compiler's.
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum {
    PDF_KEEPER_RUN = 1,   // comes with two descriptors: the file to read, the file that takes the output
    PDF_KEEPER_STOP = 2,  // kills the child of this number; the answer comes as for every child
    PDF_KEEPER_PACKET = 16384,
};

struct pdf_keeper_request {
    uint64_t number;         // given by the portal, said again in the answer
    uint64_t memory_bytes;   // address space
    uint64_t output_bytes;   // of the output file
    uint32_t kind;
    uint32_t seconds;        // of the processor
    uint32_t wall_seconds;   // by the clock
    uint32_t with_errors;    // 1: standard error goes into the output, 0: nowhere
    uint64_t argument_bytes; // 64 bits: no gap before it. The program's arguments follow, each ended by a NUL
};

enum {
    PDF_KEEPER_EXITED = 1,   // value: the status, the program's or one of ours
    PDF_KEEPER_KILLED = 2,   // value: the signal
    PDF_KEEPER_TOO_LONG = 3, // the wall clock ran out, or the processor time
    PDF_KEEPER_REFUSED = 4,  // no child was started; value: errno
};

enum {
    PDF_KEEPER_NO_MEMORY = 124,    // for what was drawn: the machine's fault, as far as anybody knows
    PDF_KEEPER_NOT_CONFINED = 125, // the child could not shut itself in: no file was looked at
};

struct pdf_keeper_answer {
    uint64_t number;
    uint32_t outcome;
    int32_t value;
};

// Sends a packet, with two descriptors unless `file` is negative. The macros for descriptors do not exist in Swift.
static inline ssize_t pdf_keeper_send(
    int socket, const void *packet, size_t length, int file, int output) {
    struct iovec part = {(void *)packet, length};
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (file >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(2 * sizeof(int));
        int descriptors[2] = {file, output};
        memcpy(CMSG_DATA(header), descriptors, sizeof descriptors);
    }
    ssize_t sent;
    do { sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT); } while (sent < 0 && errno == EINTR);
    return sent;
}

// Receives a packet and, if two descriptors came with it, these; otherwise both are -1.
static inline ssize_t pdf_keeper_receive(int socket, void *packet, size_t capacity, int *file, int *output) {
    struct iovec part = {packet, capacity};
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    *file = *output = -1;
    ssize_t received;
    do { received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC); } while (received < 0 && errno == EINTR);
    if (received <= 0) return received;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
        && header->cmsg_len == CMSG_LEN(2 * sizeof(int))) {
        int descriptors[2];
        memcpy(descriptors, CMSG_DATA(header), sizeof descriptors);
        *file = descriptors[0];
        *output = descriptors[1];
    }
    return received;
}
