// Walk back: the Tape's own loop, stopped at each record; and with a mistake, told once more.
#include "microgpt/page/walk_back.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace microgpt {

namespace {

/// The records from `all.first` on, with what they are made of counted from there.
std::vector<WalkRecord> records_in(Range all) {
    const Tape& tape = Tape::current();
    std::vector<WalkRecord> records;
    for (Index i = 0; i < all.length; ++i) {
        const Place place = {all.first.index + i, all.first.scope};
        WalkRecord record = {tape.data(place), tape.operands(place), {}};
        const Gradients alone = tape.backward(place, place.index);  // its own slopes, and no more
        for (Index& operand : record.operands) {
            record.slopes.push_back(alone[Place{operand, all.first.scope}]);
            operand -= all.first.index;
        }
        records.push_back(std::move(record));
    }
    return records;
}

using Columns = std::vector<std::vector<double>>;

Columns walked(Range all, Value result) {
    Columns gradients;
    for (Index i = all.length + 1; i-- > 0;) {
        const Gradients so_far = Tape::current().backward(result, all.first.index + i);
        gradients.emplace_back(so_far[all].begin(), so_far[all].end());
    }
    return gradients;
}

Columns mistaken(const std::vector<WalkRecord>& records, bool forwards) {
    Columns gradients(1, std::vector<double>(records.size()));
    gradients.back().back() = 1;
    for (std::size_t n = 0; n < records.size(); ++n) {
        const std::size_t i = forwards ? n : records.size() - 1 - n;
        std::vector<double> next = gradients.back();
        for (std::size_t k = 0; k < records[i].operands.size(); ++k) {
            double& gradient = next[records[i].operands[k]];
            gradient = (forwards ? gradient : 0) + records[i].slopes[k] * next[i];
        }
        gradients.push_back(std::move(next));
    }
    return gradients;
}

}  // namespace

Walk walk_back(Value first, Value result, std::string_view mistake) {
    const Place begin = first;
    const Range all = {begin, Place(result).index + 1 - begin.index};
    std::vector<WalkRecord> records = records_in(all);
    if (mistake.empty()) return {std::move(records), walked(all, result)};
    if (mistake != "overwrite" && mistake != "forwards") {
        throw std::invalid_argument("there is no mistake '" + std::string(mistake) + "'");
    }
    Columns gradients = mistaken(records, mistake == "forwards");
    return {std::move(records), std::move(gradients)};
}

}  // namespace microgpt
