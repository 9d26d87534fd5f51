// Safetensors, with nlohmann-json for the header.
#include "microgpt/files/safetensors.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "microgpt/files/json_text.hpp"

namespace microgpt {

namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the file's bytes are in this order");
constexpr std::size_t word = 8;  // bytes of a double, and of the header's length
constexpr char metadata_key[] = "__metadata__";

// ---- Reading the header

/// JSON leaves open what a key means that comes twice, and the format forbids it.
json parse_header(std::string_view text) {
    std::vector<std::set<std::string>> keys;  // of the objects that are open
    const auto check = [&](int, json::parse_event_t event, const json& parsed) {
        if (event == json::parse_event_t::object_start) keys.emplace_back();
        if (event == json::parse_event_t::object_end) keys.pop_back();
        if (event == json::parse_event_t::key && !keys.back().insert(parsed).second) {
            throw FormatError("its header has the name " + parsed.dump() + " twice");
        }
        return true;
    };
    if (text.find('\0') != text.npos) text = "";    // the parser would stop there
    json header = json::parse(text, check, false);  // without exceptions
    if (!header.is_object()) throw FormatError("its header is not a JSON object");
    return header;
}

std::vector<std::uint64_t> whole_numbers(const json& entry, const char* key) {
    const json& found = entry.contains(key) ? entry.at(key) : entry;  // which is no array
    if (!found.is_array()) throw FormatError("a tensor has no " + std::string(key));
    const auto is_whole = [](const json& number) { return number.is_number_unsigned(); };
    if (!std::all_of(found.begin(), found.end(), is_whole)) {
        throw FormatError(std::string(key) + " has what is not a whole number");
    }
    return found;
}

std::map<std::string, std::string> read_metadata(const json& entry) {
    std::map<std::string, std::string> metadata;
    if (!entry.is_object()) throw FormatError("its metadata is not an object");
    for (const auto& [key, value] : entry.items()) {
        if (!value.is_string()) throw FormatError("its metadata has what is not text");
        metadata[key] = value;
    }
    return metadata;
}

// ---- Reading a tensor

struct Entry {
    std::uint64_t begin, end;
    std::string name;
    std::vector<std::uint64_t> shape;
    bool is_single;
};

/// Throws FormatError unless its numbers are doubles or floats, in the `size` bytes there are, and
/// as many as its shape needs.
Entry read_entry(const std::string& name, const json& entry, std::uint64_t size) {
    const std::string quoted = json(name).dump();  // on one line, whatever it is
    const json& type = entry.contains("dtype") ? entry.at("dtype") : entry;  // which is none
    if (type != "F64" && type != "F32") {
        const std::string other = type.is_string() ? ", but " + type.dump() + ": convert it" : "";
        throw FormatError("the tensor " + quoted + " is not of type F64 or F32" + other);
    }
    const std::vector<std::uint64_t> offsets = whole_numbers(entry, "data_offsets");
    if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > size) {
        throw FormatError("the offsets of " + quoted + " are not in the file");
    }
    const std::vector<std::uint64_t> shape = whole_numbers(entry, "shape");
    std::uint64_t needed = type == "F64" ? sizeof(double) : sizeof(float);
    for (const std::uint64_t length : shape) {
        if (length != 0 && needed > size / length) {
            throw FormatError("the shape of " + quoted + " is larger than the file");
        }
        needed *= length;
    }
    if (offsets[1] - offsets[0] != needed) {
        throw FormatError("the shape and the offsets of " + quoted + " do not fit together");
    }
    return {offsets[0], offsets[1], name, shape, type == "F32"};
}

template <class Number>
std::vector<Number> read_numbers(std::string_view bytes) {
    std::vector<Number> numbers(bytes.size() / sizeof(Number));
    bytes.copy(reinterpret_cast<char*>(numbers.data()), bytes.size());
    return numbers;
}

Tensor read_tensor(const Entry& entry, std::string_view numbers) {
    const std::string_view bytes = numbers.substr(entry.begin, entry.end - entry.begin);
    if (!entry.is_single) return {entry.shape, read_numbers<double>(bytes)};
    const std::vector<float> singles = read_numbers<float>(bytes);
    return {entry.shape, {singles.begin(), singles.end()}};
}

}  // namespace

Safetensors from_safetensors(std::string_view bytes) {
    std::uint64_t size = 0;
    if (bytes.size() >= word) std::memcpy(&size, bytes.data(), word);
    if (size == 0 || size > bytes.size() - word) {
        throw FormatError("it is cut short, or no safetensors file");
    }
    const json header = parse_header(bytes.substr(word, size));
    const std::string_view numbers = bytes.substr(word + size);
    Safetensors file;
    std::vector<Entry> entries;
    for (const auto& [name, entry] : header.items()) {
        if (name == metadata_key) file.metadata = read_metadata(entry);
        if (name != metadata_key) entries.push_back(read_entry(name, entry, numbers.size()));
    }
    std::ranges::sort(entries, {}, [](const Entry& e) { return std::pair(e.begin, e.end); });
    std::uint64_t end = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != end) throw FormatError("its tensors overlap, or leave a gap");
        end = entry.end;
        file.tensors.emplace_back(entry.name, read_tensor(entry, numbers));
    }
    if (end != numbers.size()) throw FormatError("it is longer than its tensors");
    return file;
}

std::string to_safetensors(const Safetensors& file) {
    std::map<std::string, std::string> header = {{metadata_key, json_text(file.metadata)}};
    std::uint64_t end = 0;
    for (const auto& [name, tensor] : file.tensors) {
        const std::uint64_t begin = std::exchange(end, end + word * tensor.data.size());
        header[name] = json_object({{"dtype", R"("F64")"},
                                    {"shape", json_text(tensor.shape)},
                                    {"data_offsets", json_text(std::vector{begin, end})}});
    }
    std::string text = json_object(header);
    text.resize((text.size() + word - 1) / word * word, ' ');  // so that the numbers are aligned
    const std::uint64_t size = text.size();
    std::string bytes(reinterpret_cast<const char*>(&size), word);
    bytes.reserve(word + size + end);
    bytes += text;
    for (const auto& [name, tensor] : file.tensors) {
        bytes.append(reinterpret_cast<const char*>(tensor.data.data()), word * tensor.data.size());
    }
    return bytes;
}

}  // namespace microgpt
