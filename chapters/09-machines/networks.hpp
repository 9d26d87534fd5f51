// Three networks that somebody has measured, and three models: what the chapter's curves are of.
#pragma once

#include "step_cost.hpp"

namespace microgpt {

/// Between two machines, by MPI. The book's references have the sources.
struct KnownNetwork {
    const char* name;
    Network network;
};
inline constexpr KnownNetwork known_networks[] = {
    {"Ethernet, 1 Gbit/s", {23.6e-6, 118.2e6}},       // Love: NW-GRID
    {"Ethernet, 40 Gbit/s", {1.93e-6, 37.23e9 / 8}},  // Squyres 2014
    {"Cray Aries", {1.20e-6, 9.964e9}},               // Pritchard 2016
};

/// A step of 4,096 bundles of names, seven tokens each, for ranks as fast as chapter 8's core.
constexpr Workload workload_of(double parameters) {
    return {.parameters = parameters, .tokens = 4096.0 * 16 * 7, .rate = 60e9};
}
inline constexpr double known_sizes[] = {4192, 4e6, 1e9};

}  // namespace microgpt
