// qpdf, by its library, in a keeper.
#include "warm.h"

#include <keeper.h>
#include <qpdf/qpdfjob-c.h>

int main(void) {
    static const struct kept_program qpdf = {.warm_up = warm_up, .run = qpdfjob_run_from_argv};
    keep(&qpdf);
}
