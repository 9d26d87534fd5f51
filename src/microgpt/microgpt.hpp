// Everything a program needs that trains a model and lets it invent names.
#pragma once

#include "microgpt/run.hpp"
#include "microgpt/tape.hpp"
