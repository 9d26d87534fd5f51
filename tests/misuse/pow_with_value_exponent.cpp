// The slope along an exponent needs a logarithm: exp(y * log(x)) says so.
#include "microgpt/autograd/ops.hpp"

microgpt::Value power(microgpt::Value x, microgpt::Value y) {
#ifdef MISTAKE
    return pow(x, y);
#else
    return exp(y * log(x));
#endif
}
