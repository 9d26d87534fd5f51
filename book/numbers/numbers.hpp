// Numbers: the figures that the book's prose says, each under a key.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace microgpt::book {

/// Collects figures. A key is words with hyphens, and nobody uses it twice.
class Numbers {
  public:
    /// A figure as printf writes it, as in "%.4f".
    void say(const std::string& key, const char* format, double value);
    /// A whole number, with a comma at the thousands.
    void count(const std::string& key, double value);
    /// The mean of some figures and, under the key with -spread, their standard deviation.
    void say_spread(const std::string& key, const char* format, std::vector<double> values);
    /// What a recorded output says: the first group of `pattern`, which matches in one place of it.
    /// `path` is from the project's root.
    void recorded(const std::string& key, const std::string& path, const std::string& pattern);
    /// The number that a recorded output says there.
    static double read(const std::string& path, const std::string& pattern);

    /// All of them.
    const nlohmann::ordered_json& json() const { return figures_; }

  private:
    void add(const std::string& key, const std::string& text);

    nlohmann::ordered_json figures_ = nlohmann::ordered_json::object();
};

// Each chapter's figures, and the appendices'.
void chapter_01(Numbers& numbers);
void chapter_02(Numbers& numbers);
void chapter_03(Numbers& numbers);
void chapter_04(Numbers& numbers);
void chapter_05(Numbers& numbers);
void chapter_06(Numbers& numbers);
void chapter_07(Numbers& numbers);
void chapter_08(Numbers& numbers);
void behind_08(Numbers& numbers);
void chapter_09(Numbers& numbers);
void chapter_10(Numbers& numbers);
void chapter_11(Numbers& numbers);
void larger(Numbers& numbers);
void appendices(Numbers& numbers);
void basics(Numbers& numbers);

/// What ten other seeds say of chapter 4's division, and of chapter 5's first norm.
void ten_seeds_divided(Numbers& numbers);
void ten_seeds_normed(Numbers& numbers);

/// Where a run parts from another whose first weight is a little larger.
void first_flip(Numbers& numbers);

}  // namespace microgpt::book
