// Parsing, by CLI11.
#include "parse.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "check_together.hpp"
#include "flags.hpp"
#include "one_line.hpp"

namespace microgpt {

namespace {

/// What CLI11 lets pass, or answers otherwise from version to version.
void check_words(const CLI::App& app) {
    for (const std::string& word : app.remaining()) {
        if (word == "--") continue;  // no flags come after it
        const std::string flag = "there is no flag " + word,
                          stray = "'" + word + "' belongs to no flag";
        throw std::invalid_argument(word[0] == '-' ? flag : stray);
    }
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() < 2) continue;
        throw std::invalid_argument(option->get_name() + ": is given twice: leave one of them out");
    }
}

/// A flag is given or it is not: CLI11 would take --stream=true.
void check_flags(const CLI::App& app, const std::vector<std::string>& words) {
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_items_expected_max() > 0) continue;
        for (const std::string& word : words) {
            if (!word.starts_with(option->get_name() + "=")) continue;
            throw std::invalid_argument(option->get_name() + " takes no value");
        }
    }
}

std::string words_of(const CLI::ParseError& error) {
    std::string words = one_line(error.what());
    if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return words;  // ours
    return words.substr(0, words.find(':')) + ": its value is missing";
}

void refuse(const CLI::App& app, const std::string& words, int& exit_code) {
    std::cerr << "microgpt: " << words << " (" << app.get_name() << " --help lists every flag)\n";
    exit_code = 2;
}

}  // namespace

bool parse_words(CLI::App& app, int argc, const char* const* argv,
                 const std::function<void()>& check, int& exit_code) {
    try {
        check_flags(app, {argv, argv + argc});
        app.parse(argc, argv);
        check_words(app);
        check();
        return true;
    } catch (const CLI::Success& asked_for) {  // --help, --version
        std::ostringstream text;
        exit_code = app.exit(asked_for, text);
        std::cout << text.str();
    } catch (const CLI::ParseError& error) {
        refuse(app, words_of(error), exit_code);
    } catch (const std::invalid_argument& error) {
        refuse(app, one_line(error.what()), exit_code);
    }
    return false;
}

std::optional<Arguments> parse_arguments(int argc, const char* const* argv, int& exit_code,
                                         const Checkpoint* loaded, const StartWeights* weights) {
    CLI::App app("Trains a GPT on names, one character at a time, and invents new ones.",
                 "microgpt");
    Arguments arguments;
    if (loaded != nullptr) arguments.settings = loaded->settings;
    if (weights != nullptr) arguments.settings = with_sizes({}, *weights);
    declare_all(app, arguments);
    const auto check = [&] { check_together(arguments, loaded, weights); };
    if (parse_words(app, argc, argv, check, exit_code)) return arguments;
    return std::nullopt;
}

}  // namespace microgpt
