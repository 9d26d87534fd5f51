// The figures that the introduction and the appendices say.
#include "numbers.hpp"

namespace microgpt::book {

void appendices(Numbers&) {}

}  // namespace microgpt::book
