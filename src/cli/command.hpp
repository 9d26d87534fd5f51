// What is typed, done: for microgpt and for microgpt-mpi.
#pragma once

#include "host.hpp"

namespace microgpt {

/// Does what the command line asks for. Returns the exit status. Throws what went wrong.
int run_command(int argc, char** argv, Host& host);

}  // namespace microgpt
