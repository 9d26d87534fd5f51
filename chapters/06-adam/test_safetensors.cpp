// Chapter 6: safetensors, there and back, and what is refused.
#include <cstring>
#include <limits>

#include "catch.hpp"
#include "microgpt/files/safetensors.hpp"

using namespace microgpt;

namespace {

/// A file of such a header and bytes, however wrong.
std::string file_of(const std::string& header, const std::string& numbers = "") {
    const std::uint64_t size = header.size();
    return std::string(reinterpret_cast<const char*>(&size), 8) + header + numbers;
}

std::string tensor(const std::string& shape, const std::string& offsets,
                   const std::string& dtype = "F64") {
    return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets +
           "}";
}

/// Why the bytes are refused.
std::string reason(const std::string& bytes) {
    try {
        from_safetensors(bytes);
    } catch (const FormatError& error) {
        CHECK(std::string(error.what()).find('\n') == std::string::npos);
        return error.what();
    }
    return "accepted";
}

const std::string two_numbers(16, '\0');

}  // namespace

// ---- There and back

TEST_CASE("what is written is read: names, shapes, numbers and words", "[ch06][safetensors]") {
    const double infinity = std::numeric_limits<double>::infinity();
    const Safetensors file = {
        {{"format", "pt"}, {"said", "\"quoted\"\n\u00e9"}},
        {{"wte", {{2, 3}, {1, -2, 0.1, 5e-324, -0.0, infinity}}}, {"losses", {{1}, {3.3}}}}};
    const Safetensors read = from_safetensors(to_safetensors(file));
    CHECK(read.metadata == file.metadata);
    REQUIRE(read.tensors.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto& [name, tensor] = file.tensors[i];
        CHECK(read.tensors[i].first == name);
        CHECK(read.tensors[i].second.shape == tensor.shape);
        CHECK(std::memcmp(read.tensors[i].second.data.data(), tensor.data.data(),
                          8 * tensor.data.size()) == 0);  // bit for bit
    }
}

TEST_CASE("tensors come in the order of their bytes, not of their names", "[ch06][safetensors]") {
    const Safetensors file = {{}, {{"z", {{1}, {1}}}, {"a", {{1}, {2}}}, {"m", {{1}, {3}}}}};
    const Safetensors read = from_safetensors(to_safetensors(file));
    REQUIRE(read.tensors.size() == 3);
    CHECK(read.tensors[0].first == "z");
    CHECK(read.tensors[1].first == "a");
    CHECK(read.tensors[2].first == "m");
    CHECK(to_safetensors(read) == to_safetensors(file));
}

TEST_CASE("nothing, an empty tensor and a single number are files too", "[ch06][safetensors]") {
    CHECK(from_safetensors(to_safetensors({})).tensors.empty());
    const Safetensors file = {{}, {{"empty", {{0, 3}, {}}}, {"scalar", {{}, {7}}}}};
    const Safetensors read = from_safetensors(to_safetensors(file));
    REQUIRE(read.tensors.size() == 2);
    CHECK(read.tensors[0].second.data.empty());
    CHECK(read.tensors[1].second.data == std::vector<double>{7});
}

TEST_CASE("the numbers begin at a multiple of eight", "[ch06][safetensors]") {
    for (const char* name : {"a", "ab", "abc", "abcdefgh"}) {
        const std::string bytes = to_safetensors({{}, {{name, {{1}, {0.5}}}}});
        CHECK(bytes.size() % 8 == 0);
        double number = 0;
        std::memcpy(&number, &bytes[bytes.size() - 8], 8);
        CHECK(number == 0.5);
    }
}

// ---- What is refused

TEST_CASE("what is no such file is refused", "[ch06][safetensors]") {
    for (const std::string& bytes : {std::string(), std::string("seven b"), std::string(8, '\0'),
                                     std::string(8, '\xff'), file_of(R"({"a":1})").substr(0, 12)}) {
        CHECK_THAT(reason(bytes), ContainsSubstring("cut short"));
    }
    for (const char* header : {"{", "[]", "7", "\xff"}) {
        CHECK_THAT(reason(file_of(header)), ContainsSubstring("not a JSON object"));
    }
}

TEST_CASE("numbers in single precision become doubles", "[ch06][safetensors]") {
    const float numbers[] = {0.5F, -3};
    const std::string bytes(reinterpret_cast<const char*>(numbers), sizeof numbers);
    const Safetensors file =
        from_safetensors(file_of(R"({"a":)" + tensor("[2]", "[0,8]", "F32") + "}", bytes));
    CHECK(file.tensors.at(0).second.data == std::vector<double>{0.5, -3});
}

TEST_CASE("a tensor of another type, or without a place, is refused", "[ch06][safetensors]") {
    const auto refused = [](const std::string& entry) {
        return reason(file_of(R"({"a":)" + entry + "}", two_numbers));
    };
    CHECK(refused(tensor("[2]", "[0,16]")) == "accepted");
    CHECK_THAT(refused(tensor("[8]", "[0,16]", "F16")), ContainsSubstring("not of type F64"));
    CHECK_THAT(refused(tensor("[2]", "[0,16]", "F32")), ContainsSubstring("do not fit together"));
    CHECK_THAT(refused(R"({"shape":[2],"data_offsets":[0,16]})"), ContainsSubstring("F64"));
    CHECK_THAT(refused(R"({"dtype":"F64","data_offsets":[0,16]})"), ContainsSubstring("no shape"));
    CHECK_THAT(refused(tensor("[-2]", "[0,16]")), ContainsSubstring("not a whole number"));
    CHECK_THAT(refused(tensor("[2]", "[0,24]")), ContainsSubstring("not in the file"));
    CHECK_THAT(refused(tensor("[2]", "[16,0]")), ContainsSubstring("not in the file"));
    CHECK_THAT(refused(tensor("[1]", "[0,16]")), ContainsSubstring("do not fit together"));
    CHECK_THAT(refused(tensor("[4294967296,4294967296]", "[0,16]")),
               ContainsSubstring("larger than the file"));
}

TEST_CASE("no byte belongs to two tensors, or to none", "[ch06][safetensors]") {
    const auto both = [](const std::string& a, const std::string& b) {
        return reason(file_of(R"({"a":)" + a + R"(,"b":)" + b + "}", two_numbers));
    };
    CHECK(both(tensor("[1]", "[8,16]"), tensor("[1]", "[0,8]")) == "accepted");
    CHECK_THAT(both(tensor("[1]", "[0,8]"), tensor("[1]", "[0,8]")), ContainsSubstring("overlap"));
    CHECK_THAT(both(tensor("[1]", "[8,16]"), tensor("[0]", "[0,0]")), ContainsSubstring("a gap"));
    CHECK_THAT(both(tensor("[1]", "[0,8]"), tensor("[0]", "[8,8]")),
               ContainsSubstring("longer than its tensors"));
}

TEST_CASE("a name that comes twice is refused, and words that are none", "[ch06][safetensors]") {
    CHECK_THAT(reason(file_of(R"({"a":{},"a":{}})")), ContainsSubstring("the name \"a\" twice"));
    CHECK_THAT(reason(file_of(R"({"__metadata__":[]})")), ContainsSubstring("not an object"));
    CHECK_THAT(reason(file_of(R"({"__metadata__":{"a":1}})")), ContainsSubstring("not text"));
}
