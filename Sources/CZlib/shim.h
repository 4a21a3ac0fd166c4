#include <zlib.h>
// deflateInit2 is a macro, which Swift cannot call. -15: blocks of deflate without a frame.
static inline int passerelle_deflate_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
