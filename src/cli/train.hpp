// Training as the program does it: seen step by step, and kept.
#pragma once

#include "arguments.hpp"
#include "host.hpp"

namespace microgpt {

/// Takes the steps that are left, until it is interrupted, and writes what is asked for on the way
/// and at the end. Returns whether all could be written; if not, that has been said. Throws as
/// Run::step(), after writing what there is.
bool train(Run& run, const Arguments& arguments, Host& host);

}  // namespace microgpt
