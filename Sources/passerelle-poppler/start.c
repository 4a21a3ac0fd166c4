// Makes a keeper of pdftoppm or pdftotext as Debian has them: loaded before them (LD_PRELOAD), this library is asked to start
// their `main`. It waits for requests instead, and each child runs that `main` with a command line of its own. The
// programs are run and not linked, so that poppler's licence stays theirs, and what they write is what they always
// wrote; pictures leave the child as PNG (docs/adr/0035).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <keeper.h>
#include <picture.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../CPDFKeeper/protocol.h"

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

static main_function *their_main;
static char **environment;

// The fonts this machine has, and the rules for choosing one: half of what a page with a font of its own costs.
static int warm_up(void) {
    union { void *found; int (*call)(void); } read_fonts = {dlsym(RTLD_DEFAULT, "FcInit")};
    return read_fonts.found && !read_fonts.call() ? -1 : 0;
}

// It is a program's right to change the words of its command line; nobody else reads them here.
static int run_plainly(const char *const *arguments) {
    int count = 0;
    while (arguments[count]) count++;
    return their_main(count, (char **)arguments, environment);
}

// The program writes into memory, and what is a picture then, into the file that takes the output. 99 is what it says itself
// of a page that does not exist.
static int draw(const char *const *arguments, size_t most) {
    char *picture = NULL;
    size_t length = 0;
    FILE *output = stdout;
    if (!(stdout = open_memstream(&picture, &length))) return PDF_KEEPER_TOO_LARGE;
    int status = run_plainly(arguments);
    bool has_room = !ferror(stdout) && !fclose(stdout) && length <= most;
    stdout = output;
    if (status || !length) return status;
    if (!has_room) return PDF_KEEPER_TOO_LARGE;
    return write_png((unsigned char *)picture, length, output) ? 99 : 0;
}

static int run(const char *const *arguments, size_t most) {
    return strcmp(arguments[0], "pdftoppm") ? run_plainly(arguments) : draw(arguments, most);
}

static int our_main(int count, char **arguments, char **variables) {
    // poppler's children look for the tables of far scripts; a letter can be read before its pages are drawn
    static const struct kept_program poppler = {
        .warm_up = warm_up, .run = run, .lists_folders = true, .gives_way = true};
    (void)count, (void)arguments;
    environment = variables;
    keep(&poppler);
}

// What every program's first instructions call, with the address of its `main`.
int __libc_start_main(
    main_function *main, int count, char **arguments, void (*init)(void), void (*fini)(void), void (*end)(void),
    void *stack) {
    union { void *found; start_function *call; } libc = {dlsym(RTLD_NEXT, "__libc_start_main")};
    if (!libc.found) abort();
    their_main = main;
    return libc.call(our_main, count, arguments, init, fini, end, stack);
}
