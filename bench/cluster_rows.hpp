// What `make bench-cluster` wrote: a row for each thing measured, words and figures in turn.
#pragma once

#include <istream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "step_cost.hpp"

namespace microgpt {

/// As in "step ranks 2 parameters 4192 batch 64 ms 0.512".
struct ClusterRow {
    std::string kind;
    std::map<std::string, double> figures;

    double operator[](const std::string& name) const { return figures.at(name); }
};

/// The rows of a text; its other lines are for readers.
inline std::vector<ClusterRow> read_cluster_rows(std::istream&& in) {
    std::vector<ClusterRow> rows;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        ClusterRow row;
        words >> row.kind;
        double figure = 0;
        for (std::string name; words >> name >> figure;) row.figures[name] = figure;
        if (!row.figures.empty()) rows.push_back(row);
    }
    return rows;
}

/// The row of that kind which has these figures. Throws std::out_of_range where there is none.
inline ClusterRow cluster_row(const std::vector<ClusterRow>& rows, const std::string& kind,
                              const std::map<std::string, double>& figures) {
    for (const ClusterRow& row : rows) {
        bool is_it = row.kind == kind;
        for (const auto& [name, figure] : figures) {
            const auto found = row.figures.find(name);
            is_it = is_it && found != row.figures.end() && found->second == figure;
        }
        if (is_it) return row;
    }
    throw std::out_of_range("nothing was measured of this " + kind);
}

/// The network as the shortest and the longest message between so many ranks show it.
inline Network network_of(const std::vector<ClusterRow>& rows, double ranks) {
    const auto seconds = [&](double bytes) {
        const double us = cluster_row(rows, "message", {{"ranks", ranks}, {"bytes", bytes}})["us"];
        return 1e-6 * us / (ranks - 1);
    };
    return {seconds(64), (4 << 20) / (seconds(4 << 20) - seconds(64))};
}

}  // namespace microgpt
