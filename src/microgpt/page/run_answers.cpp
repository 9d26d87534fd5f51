// RunAnswers: from JSON to a run, and back.
#include "microgpt/page/run_answers.hpp"

#include "microgpt/engines/engine.hpp"

namespace microgpt {

namespace {

Said described(Run& run) {
    return {{"step", whole(run.losses().size())},
            {"steps", whole(run.settings().steps)},
            {"docs", whole(run.num_docs())},
            {"vocab", whole(run.tokenizer().vocab_size())},
            {"params", whole(parameter_count(run.engine().config()))},
            {"notes", json_text(run.notes())}};
}

/// A run of so many "steps", on the bytes if the text has a "name", by an "engine".
Said begin(const Desk& desk) {
    Settings settings;
    settings.steps = desk.count("steps", settings.steps);
    const std::string name = desk.text("name");
    const Dataset text = {name, std::move(desk.bytes), ""};
    desk.session.begin(settings, name.empty() ? nullptr : &text, desk.text("engine", "value"));
    return described(desk.session.run());
}

/// Those of all steps so far, and the mean of the last hundred.
Said losses(const Desk& desk) {
    const std::vector<double>& losses = desk.session.run().losses();
    return {{"losses", array(losses)}, {"mean", json_text(recent_mean(losses))}};
}

/// The same of so many "steps" more, or of as many as are left.
Said train(const Desk& desk) {
    Run& run = desk.session.run();
    std::vector<double> losses;
    for (Index i = desk.count("steps", 1); i > 0 && !run.done(); --i) losses.push_back(run.step());
    return {{"losses", array(losses)},
            {"step", whole(run.losses().size())},
            {"mean", json_text(recent_mean(run.losses()))}};
}

/// How much of the run, and of these "names", is in the record that the bytes are.
Said compared(const Desk& desk) {
    std::vector<std::string> names;
    for (const nlohmann::json& name : desk.asked.at("names")) names.push_back(name);
    const Agreement found = compare(desk.session.run().losses(), names, desk.bytes);
    return {{"losses", whole(found.losses)},
            {"of_losses", whole(found.of_losses)},
            {"names", whole(found.names)},
            {"of_names", whole(found.of_names)}};
}

Said keep(const Desk& desk) {
    desk.bytes = desk.session.keep();
    return {{"size", whole(desk.bytes.size())}};
}

Said open(const Desk& desk) {
    desk.session.open(desk.bytes);
    return described(desk.session.run());
}

constexpr Question questions[] = {
    {"begin", begin},      {"train", train}, {"losses", losses},
    {"compare", compared}, {"keep", keep},   {"open", open},
};

}  // namespace

std::span<const Question> questions_about_runs() { return questions; }

}  // namespace microgpt
