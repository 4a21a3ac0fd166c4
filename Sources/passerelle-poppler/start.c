// Makes a keeper of pdftoppm or pdftotext as Debian has them: loaded before them (LD_PRELOAD), this library is asked to start
// their `main`. It waits for requests instead, and each child runs that `main` with a command line of its own. The
// programs are run and not linked, so that poppler's licence stays theirs, and what they write is what they always
// wrote (docs/adr/0035).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <keeper.h>
#include <stdio.h>
#include <stdlib.h>

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
static int run(const char *const *arguments) {
    static char rows[1 << 18];  // a picture is written in few pieces
    int count = 0;
    while (arguments[count]) count++;
    setvbuf(stdout, rows, _IOFBF, sizeof rows);
    return their_main(count, (char **)arguments, environment);
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
