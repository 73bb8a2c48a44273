// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace society::config {

/// How much a Problem matters: an Error forbids Start, a Warning does not, Ok says what was checked and found well.
enum class Severity { Error, Warning, Ok };

/// "error", "warning", "ok": the words of society-cli's JSON.
[[nodiscard]] QString severityName(Severity severity);

/// One finding of a check, at a place in a document. A value; any thread.
struct Problem {
    Severity severity = Severity::Error;
    QString path;    ///< dotted path such as "exp.workflow.0.days"; empty: the document as a whole
    QString code;    ///< stable lower-case word, such as "unknown_key"
    QString message; ///< translated sentence: what is so
    QString remedy;  ///< translated sentence: what to do; may be empty

    bool operator==(const Problem &) const = default;
};

/// Whether one of them forbids a start.
[[nodiscard]] bool hasErrors(const QList<Problem> &problems);
/// Whether the list has a problem with this code (and, where given, at this path).
[[nodiscard]] bool hasProblem(const QList<Problem> &problems, QLatin1String code, const QString &path = {});

} // namespace society::config

Q_DECLARE_METATYPE(society::config::Problem)
