// Memory: what there is of it, so that a run that cannot end well does not begin.
#pragma once

#include "microgpt/autograd/error.hpp"

namespace microgpt {

/// There is less memory than is needed.
class MemoryError : public Error {
  public:
    using Error::Error;
};

/// How many bytes this process may have: the machine's, or fewer if its limits say so.
double bytes_available();

/// Throws MemoryError, with both figures, if that is fewer than are needed.
void require_memory(double needed);

}  // namespace microgpt
