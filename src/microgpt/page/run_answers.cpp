// RunAnswers: from JSON to a run, and back.
#include "microgpt/page/run_answers.hpp"

#include "microgpt/engines/engine.hpp"
#include "microgpt/page/slow_reader.hpp"

namespace microgpt {

namespace {

// ---- Training

Said described(Run& run) {
    return {{"step", whole(run.losses().size())},
            {"steps", whole(run.settings().steps)},
            {"docs", whole(run.num_docs())},
            {"vocab", whole(run.tokenizer().vocab_size())},
            {"params", whole(parameter_count(run.engine().config()))},
            {"notes", json_text(run.notes())}};
}

/// A run of so many "steps", on the bytes if the text has a "name".
Said begin(const Desk& desk) {
    Settings settings;
    settings.steps = desk.count("steps", settings.steps);
    const std::string name = desk.text("name");
    const Dataset text = {name, std::move(desk.bytes), ""};
    desk.session.begin(settings, name.empty() ? nullptr : &text);
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

// ---- The model as it is now

/// As many names as "count" says, after a "prompt", at a "temperature", and which of them are in
/// the text. Those invented "aside" leave the run's own draws alone.
Said names(const Desk& desk) {
    const std::vector<std::string> names = desk.session.run().generate(
        {.count = desk.count("count", 1),
         .temperature = desk.number("temperature", 0.5),
         .prompt = desk.text("prompt"),
         .side_by_side = desk.asked.contains("aside") ? std::size_t{2} : 1});
    const auto is_known = [&](const std::string& name) {
        return desk.session.has_read(name) ? "true" : "false";
    };
    return {{"names", json_text(names)}, {"known", array(names, is_known)}};
}

std::string seen(const HeadSeen& head) {
    return json_object({{"scores", array(head.scores.data())},
                        {"shares", array(head.shares.data())},
                        {"mixed", array(head.mixed.data())}});
}

/// The way through the model of each character of a "text", BOS first: what each head hears, and
/// what each stage of the stream would say comes next.
Said read(const Desk& desk) {
    Run& run = desk.session.run();
    const std::vector<Index> tokens = run.encode(desk.text("text"));
    const Tape::Scope scope;
    SlowReader reader(desk.session.model());
    std::vector<std::string> positions;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        const TokenSeen token = reader.read(i == 0 ? run.tokenizer().bos() : tokens[i - 1]);
        const auto says = [&](Vector stream) {
            return array(softmax(reader.read_off(stream)).data());
        };
        const auto numbers = [](Vector stream) { return array(stream.data()); };
        positions.push_back(json_object({{"heads", array(token.heads.front(), seen)},
                                         {"stream", array(token.stream, numbers)},
                                         {"says", array(token.stream, says)}}));
    }
    return {{"positions", json_array(positions)},
            {"letters", json_text(run.tokenizer().characters())}};
}

/// The shares of what comes after a "prompt", at a "temperature": BOS has the last.
Said next(const Desk& desk) {
    Run& run = desk.session.run();
    const std::vector<Index> tokens = run.encode(desk.text("prompt"));
    const Tape::Scope scope;
    SlowReader reader(desk.session.model());
    Vector logits = reader.read(run.tokenizer().bos()).logits;
    for (const Index token : tokens) logits = reader.read(token).logits;
    return {{"shares", array(softmax(logits.data(), desk.number("temperature", 1)))},
            {"letters", json_text(run.tokenizer().characters())}};
}

constexpr Question questions[] = {
    {"begin", begin}, {"train", train}, {"losses", losses}, {"names", names}, {"compare", compared},
    {"keep", keep},   {"open", open},   {"read", read},     {"next", next},
};

}  // namespace

std::span<const Question> questions_about_runs() { return questions; }

}  // namespace microgpt
