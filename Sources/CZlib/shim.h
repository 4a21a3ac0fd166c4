#include <zlib.h>
// deflateInit2 is a macro, which Swift cannot call. 15 + 16: gzip framing.
static inline int passerelle_gzip_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
