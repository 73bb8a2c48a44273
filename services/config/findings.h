// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/problem.h"

namespace society::config {

/// Collects problems in the order in which they are found.
class Findings {
public:
    void error(const QString &path, const char *code, const QString &message, const QString &remedy = {})
    {
        add(Severity::Error, path, code, message, remedy);
    }
    void warning(const QString &path, const char *code, const QString &message, const QString &remedy = {})
    {
        add(Severity::Warning, path, code, message, remedy);
    }
    void ok(const QString &path, const char *code, const QString &message)
    {
        add(Severity::Ok, path, code, message, {});
    }
    void add(Severity severity, const QString &path, const char *code, const QString &message, const QString &remedy)
    {
        m_problems.append({severity, path, QString::fromLatin1(code), message, remedy});
    }
    void add(const QList<Problem> &problems) { m_problems.append(problems); }

    [[nodiscard]] const QList<Problem> &problems() const { return m_problems; }

private:
    QList<Problem> m_problems;
};

/// `parent.key`, or `key` below the root; the key is escaped.
[[nodiscard]] QString below(const QString &parent, const QString &key);
[[nodiscard]] QString below(const QString &parent, qsizetype index);

} // namespace society::config
