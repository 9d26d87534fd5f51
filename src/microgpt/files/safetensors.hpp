// Safetensors: named arrays of numbers as bytes, in the format that the field shares weights in.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

/// An array of doubles: row after row, `shape` says how many of each.
struct Tensor {
    std::vector<std::uint64_t> shape;
    std::vector<double> data;
};

/// Tensors in the order of their bytes, each with its name.
using NamedTensors = std::vector<std::pair<std::string, Tensor>>;

/// What such a file holds: tensors, and words about them.
struct Safetensors {
    std::map<std::string, std::string> metadata;
    NamedTensors tensors;
};

/// Bytes that are not what they should be. The message says in what.
class FormatError : public Error {
  public:
    using Error::Error;
};

/// The bytes of such a file (github.com/huggingface/safetensors): the length of the header in 8
/// bytes, the header in JSON, then every number as 8 bytes, the least significant byte first.
std::string to_safetensors(const Safetensors& file);

/// What the bytes hold; numbers in single precision, of type F32, become doubles. Everything is
/// checked before it is used: names, types, sizes and offsets, which may neither overlap nor leave
/// a gap. Throws FormatError.
Safetensors from_safetensors(std::string_view bytes);

}  // namespace microgpt
