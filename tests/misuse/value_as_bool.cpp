// Whether a Value is "true" is a question about its number: ask data().
#include "microgpt/autograd/ops.hpp"

bool is_on(microgpt::Value x) {
#ifdef MISTAKE
    return x ? true : false;
#else
    return x.data() > 0;
#endif
}
