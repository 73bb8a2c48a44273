// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

namespace society::executor {

/// Reads fields of a JSON object of our own making. A missing or null one has its default; one of a wrong type is noted
/// by its path in the fault (the first one is kept), and reading goes on, so that readers need no test after each line.
class Fields {
public:
    struct Fault {
        QString path; ///< empty: none
    };

    Fields(const QJsonObject &object, Fault *fault, const QString &path = {});

    [[nodiscard]] QString text(const char *name) const;
    [[nodiscard]] qint64 number(const char *name, qint64 fallback) const;
    [[nodiscard]] std::optional<int> optionalNumber(const char *name) const;
    [[nodiscard]] QStringList texts(const char *name) const;
    [[nodiscard]] Fields object(const char *name) const;
    [[nodiscard]] QList<Fields> objects(const char *name) const;
    [[nodiscard]] QStringList keys() const { return m_object.keys(); }
    [[nodiscard]] bool isEmpty() const { return m_object.isEmpty(); }
    /// Notes a field as the fault.
    void refuse(const char *name) const;

private:
    [[nodiscard]] QJsonValue value(const char *name) const;
    [[nodiscard]] QString pathOf(const QString &name) const;

    QJsonObject m_object;
    Fault *m_fault;
    QString m_path;
};

} // namespace society::executor
