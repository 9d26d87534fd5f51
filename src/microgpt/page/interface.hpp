// Interface: the library as a page calls it, in plain C.
#pragma once

#include <cstddef>

extern "C" {

/// Room for the bytes that go with the next question: a text, a file. It is free to write to until
/// that is asked.
char* microgpt_give(std::size_t size);

/// Answers a question, JSON in and JSON out, as Answers::answer(). The text stays until the next.
const char* microgpt_ask(const char* question);

/// The bytes that came with the answer, and how many there are.
const char* microgpt_take();
std::size_t microgpt_size();
}
