// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/words.h"

#include <CLI/CLI.hpp>

namespace society::cli {

/// How `--help` looks: the program's own words and language, no types of the parser.
class HelpFormatter : public CLI::Formatter {
public:
    HelpFormatter()
    {
        label("OPTIONS", Cli::tr("OPTIONS").toStdString());
        label("SUBCOMMAND", Cli::tr("VERB").toStdString());
        label("SUBCOMMANDS", Cli::tr("VERB").toStdString());
        label("Usage", Cli::tr("Usage").toStdString());
        label("Positionals", Cli::tr("Arguments").toStdString());
    }

    std::string make_option_opts(const CLI::Option *option) const override
    {
        if (!option->get_option_text().empty())
            return option->get_option_text();
        if (option->get_positional() || option->get_type_size() == 0)
            return {};
        const std::string byDefault = option->get_default_str();
        return ' ' + option->get_type_name() + (byDefault.empty() ? byDefault : '=' + byDefault);
    }

    std::string make_option_usage(const CLI::Option *option) const override
    {
        const std::string name = make_option_name(option, true);
        return option->get_required() ? name : '[' + name + ']';
    }
};

/// Gives the formatter to a verb and all below it, and their groups the program's words.
inline void speak(CLI::App &app, const std::shared_ptr<HelpFormatter> &formatter)
{
    app.formatter(formatter);
    for (CLI::Option *option : app.get_options())
        if (!option->get_positional())
            option->group(Cli::tr("Options").toStdString());
    for (CLI::App *verb : app.get_subcommands([](CLI::App *) { return true; })) {
        verb->group(Cli::tr("Verbs").toStdString());
        speak(*verb, formatter);
    }
}

} // namespace society::cli
