// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace society::config {

/// What a configuration describes. The names in storage and on the command line are those of kindName().
enum class Kind {
    Llm,      ///< language models and how to reach them
    Agents,   ///< populations
    Map,      ///< a city map
    Workflow, ///< steps, environment, logging level
    Survey,   ///< a questionnaire
    Profile,  ///< a file of people
    Template, ///< a saved agent group
};

/// All kinds, in the order in which lists show them.
[[nodiscard]] const QList<Kind> &allKinds();
/// "llm", "agents", "map", "workflow", "survey", "profile", "template".
[[nodiscard]] QString kindName(Kind kind);
/// The reverse of kindName(); empty where the text is no kind.
[[nodiscard]] std::optional<Kind> kindFromName(QStringView name);
/// For people, translated: "Language model", "Agents", …
[[nodiscard]] QString kindTitle(Kind kind);

} // namespace society::config

Q_DECLARE_METATYPE(society::config::Kind)
