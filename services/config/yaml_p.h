// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document_p.h"

#include <yaml-cpp/yaml.h>

namespace society::config {

/// Thrown inside parseYaml() only: yaml-cpp reports by exceptions too, and one place catches both.
struct YamlFault {
    YAML::Mark mark;
    const char *code;
    QString message;
};

[[nodiscard]] Position positionOf(const YAML::Mark &mark);
/// What PyYAML makes of a scalar. Throws YamlFault.
[[nodiscard]] Json yamlScalar(const YAML::Node &node);
/// The values of a document; where they stand goes to `tree`. Throws YamlFault.
[[nodiscard]] Json yamlValues(const YAML::Node &root, Document::Tree &tree);

} // namespace society::config
