// Makes a keeper of pdftoppm or pdftotext as Debian has them: loaded before them (LD_PRELOAD), this library is asked to start
// their `main`. It waits for requests instead, and each child runs that `main` with a command line of its own. The
// programs are run and not linked, so that poppler's licence stays theirs, and what they write is what they always
// wrote; pictures leave the child as PNG (docs/adr/0035).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <keeper.h>
#include <picture.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

static int write_all(const char *bytes, size_t length) {
    while (length) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written <= 0) return -1;
        bytes += written, length -= written;
    }
    return 0;
}

// What the program writes stays in the buffer of its output, which takes all that it may write, and one byte: more is
// written, and ends the child (SIGXFSZ). 99 is what the program says itself of a page that does not exist.
static int draw(const char *const *arguments, size_t most) {
    char *pixels = mmap(NULL, most + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pixels == MAP_FAILED) return PDF_KEEPER_NO_MEMORY;
    madvise(pixels, most + 1, MADV_HUGEPAGE);
    setvbuf(stdout, pixels, _IOFBF, most + 1);
    int status = run_plainly(arguments);
    size_t length = __fpending(stdout);
    __fpurge(stdout);
    if (status || !length) return status;
    char *picture = NULL;
    size_t size = 0;
    FILE *output = open_memstream(&picture, &size);
    int result = output ? write_png((unsigned char *)pixels, length, output) : NO_ROOM;
    if (result == NO_PICTURE) return 99;
    return result || fclose(output) || write_all(picture, size) ? PDF_KEEPER_NO_MEMORY : 0;
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
