// A number taken out of the graph has no gradient; data() says that this is meant.
#include "microgpt/autograd/ops.hpp"

double number(microgpt::Value x) {
#ifdef MISTAKE
    return x;
#else
    return x.data();
#endif
}
