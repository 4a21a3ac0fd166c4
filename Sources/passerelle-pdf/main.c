// qpdf, by its library, in a keeper.
#include "warm.h"

#include <keeper.h>
#include <qpdf/qpdfjob-c.h>

// How much it may write the kernel sees to.
static int run(const char *const *arguments, size_t most) {
    (void)most;
    return qpdfjob_run_from_argv(arguments);
}

int main(void) {
    static const struct kept_program qpdf = {.warm_up = warm_up, .run = run};
    keep(&qpdf);
}
