// Fuzzes the reader of checkpoints: whatever the bytes are, it is a Checkpoint or a FormatError.
#include "microgpt/run/checkpoint.hpp"

#include <nlohmann/json.hpp>

#include "sealed.hpp"
#include "target.hpp"

namespace {

using namespace microgpt;
using nlohmann::json;

json description_of(const std::string& bytes) {
    const bool exceptions = false;
    return json::parse(from_safetensors(bytes).metadata["microgpt"], nullptr, exceptions);
}

/// Drawing as often as the bytes say may take seconds. That is known, and no finding.
bool draws_for_long(const json& description) {
    const json::json_pointer place("/random/1");
    if (!description.contains(place) || !description.at(place).is_number_unsigned()) return false;
    const std::uint64_t draws = description.at(place);
    const bool are_draws = description.at("random").size() < 4;  // and not words
    return are_draws && draws > 1'000'000 && draws <= 1'000'000'000;
}

void read(const std::string& bytes) try {
    const json description = description_of(bytes);
    if (draws_for_long(description)) return;
    const std::string written = to_bytes(from_bytes(bytes));
    require(to_bytes(from_bytes(written)) == written, "what was written is read as another");
    const json described = description_of(written);
    for (const auto& [key, value] : described.items()) {
        require(description.at(key).dump() == value.dump(), "a field is not what it was");
    }
} catch (const FormatError& error) {
    require(std::string_view(error.what()).find('\n') == std::string_view::npos, "not one line");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    read(bytes);
    read(sealed(bytes));
    return 0;
}
