// Everything a program needs that trains a model and lets it invent names.
#pragma once

#include "microgpt/autograd/tape.hpp"
#include "microgpt/run/run.hpp"
#include "microgpt/version.hpp"
