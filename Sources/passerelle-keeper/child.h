#pragma once
#include "../CPDFKeeper/protocol.h"
#include "include/keeper.h"

// Runs the program on the file, in a process that does nothing else, and ends it. `arguments` end with NULL.
_Noreturn void be_child(
    const struct kept_program *program, const struct pdf_keeper_request *request, const char *const *arguments,
    int file, int output);

// From here on only the system calls of a parser: no program, no process, no socket, no file for writing.
// 0, or -1 with errno.
int allow_only_parsing(bool lists_folders);
