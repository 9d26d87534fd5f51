// Towns: what becomes of a raw name.
#include "catch.hpp"
#include "towns.hpp"

using namespace microgpt;

TEST_CASE("a file has names", "[ch11][towns]") { CHECK(names_in("a").size() == 1); }
