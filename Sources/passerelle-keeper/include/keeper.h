#pragma once
#include <stdbool.h>
#include <stddef.h>

// A program that is kept ready: what it does before it is forked, and what each child does.
struct kept_program {
    // Sets up what children then find set up. 0, or -1 when the program does not work.
    int (*warm_up)(void);
    // The program itself, with its command line, which ends with NULL, and the bytes that it may write. Returns its status.
    int (*run)(const char *const *arguments, size_t most);
    // Its children look into folders (they still open nothing for writing).
    bool lists_folders;
    // Nobody waits for what it does: all else on the machine goes first.
    bool gives_way;
};

// Forks a child for each request of the portal, whose socket is standard input, until that closes.
_Noreturn void keep(const struct kept_program *program);
