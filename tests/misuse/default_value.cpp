// A Value is a number on the Tape; there is none without a number.
#include "microgpt/autograd/ops.hpp"

microgpt::Value zero() {
#ifdef MISTAKE
    microgpt::Value value;
#else
    microgpt::Value value(0);
#endif
    return value;
}
