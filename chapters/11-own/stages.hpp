// Stages: what chapter 11's program does, one after the other; each prints what it finds.
#pragma once

#include "towns.hpp"
#include "trials.hpp"

namespace microgpt {

/// The names of a raw table, made fit to be read, step by step.
Names cleaned(Names names);

/// Trains on towns with several rates; then with models of several sizes, and on fewer towns.
void choose_rate(const Exam& towns);
void choose_size(const Exam& towns);

/// Goes on from models of names, a checkpoint for each seed, to towns: sooner than from nothing;
/// and with less of the names forgotten.
void begin_with_names(const Names& kept, const Exam& names, const Exam& towns);
void forget_less(const Names& kept, const Exam& names, const Exam& towns);

/// Teaches such a model to like names that end in a vowel.
void prefer_vowels(const std::string& kept, const Exam& names);

}  // namespace microgpt
