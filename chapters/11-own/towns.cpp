// Towns: rows to names, and names to cleaner ones.
#include "towns.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "microgpt/data/text.hpp"

namespace microgpt {

namespace {

/// Commas stand between the fields of a row, and quotes around one that may have a comma.
std::vector<std::string> fields(std::string_view row) {
    std::vector<std::string> all(1);
    bool is_quoted = false;
    for (const char c : row) {
        if (c == '"') {
            is_quoted = !is_quoted;
        } else if (c == ',' && !is_quoted) {
            all.emplace_back();
        } else {
            all.back() += c;
        }
    }
    return all;
}

/// The letters of a name: code points, as chapter 3's tokenizer has them.
std::set<std::string_view> letters(std::string_view name) {
    std::set<std::string_view> all;
    for (; !name.empty(); name.remove_prefix(code_point(name).size())) all.insert(code_point(name));
    return all;
}

template <class Keep>
Names those(const Names& names, Keep keep) {
    Names kept;
    std::ranges::copy_if(names, std::back_inserter(kept), keep);
    return kept;
}

}  // namespace

Names column(std::string_view csv, std::string_view name) {
    Names all;
    std::size_t place = std::string::npos;
    for (const std::string_view row : documents(csv, "the file")) {
        if (row.starts_with('#')) continue;
        const std::vector<std::string> found = fields(row);
        if (place == std::string::npos) {
            place = static_cast<std::size_t>(std::ranges::find(found, name) - found.begin());
            if (place == found.size()) throw DataError("no column " + std::string(name));
        } else if (place < found.size()) {
            all.push_back(found[place]);
        } else {
            throw DataError("a row without a " + std::string(name) + ": " + std::string(row));
        }
    }
    return all;
}

// ---- What is done to a name

std::string decoded_again(const std::string& name) try {
    std::string bytes;
    for (std::string_view rest = name; !rest.empty();) {
        const std::string_view letter = code_point(rest);
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(letter[i]); };
        if (at(0) > 0xC3) return name;  // Latin-1 has no such letter
        bytes +=
            static_cast<char>(letter.size() == 1 ? at(0) : (at(0) << 6 | (at(1) & 0x3F)) & 0xFF);
        rest.remove_prefix(letter.size());
    }
    require_utf8(bytes, "the name");
    return bytes;
} catch (const DataError&) {
    return name;  // what comes out is no text, so this was none of those
}

std::string without_addition(const std::string& name) {
    const std::string front = name.substr(0, name.find_first_of("(/,"));
    return front.substr(0, front.find_last_not_of(' ') + 1);
}

std::string in_small_letters(const std::string& name) {
    std::string small = name;
    for (std::size_t i = 0; i < small.size(); ++i) {
        const bool is_ascii = small[i] >= 'A' && small[i] <= 'Z';
        const bool is_latin = i > 0 && small[i - 1] == '\xC3' && small[i] <= '\x9E';
        if (is_ascii || is_latin) small[i] = static_cast<char>(small[i] + 32);
    }
    return small;
}

// ---- What is done to all of them

Names each_once(Names names) {
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Names of_common_letters(const Names& names, std::size_t least) {
    std::map<std::string_view, std::size_t> counts;
    for (const std::string& name : names) {
        for (const std::string_view letter : letters(name)) ++counts[letter];
    }
    return those(names, [&](const std::string& name) {
        return std::ranges::all_of(letters(name),
                                   [&](auto letter) { return counts[letter] >= least; });
    });
}

Names of_length(const Names& names, std::size_t most) {
    return those(names, [&](const std::string& name) { return length(name) <= most; });
}

std::size_t length(std::string_view name) {
    std::size_t count = 0;
    for (; !name.empty(); name.remove_prefix(code_point(name).size())) ++count;
    return count;
}

}  // namespace microgpt
