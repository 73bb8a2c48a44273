// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/store/database.h"
#include "services/store/query.h"
#include "tests/config/configfixture.h"
#include "tests/support/postgresserver.h"

#include <QCryptographicHash>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

namespace society::config {

using namespace Qt::StringLiterals;

class TestClock final : public Clock {
public:
    QDateTime time{QDate(2026, 1, 1), QTime(12, 0), Qt::UTC};
    QDateTime now() const override { return time; }
};

inline constexpr const char *Key = "sk-CANARY0123456789";

/// A workspace with two tenants, a store on it, and a keychain that is a map.
class StoreFixture : public QObject {
    Q_OBJECT

protected:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void file(const QString &name, const QByteArray &bytes) const { writeFile(path(name), bytes); }
    ImportOptions options(const TenantId &tenant = u"lab"_s)
    {
        ImportOptions options;
        options.tenant = tenant;
        options.author = u"ann"_s;
        options.storeSecret = [this](const ConfigId &id, int number, const QByteArray &key) -> Result<> {
            m_keys.insert(id.text() + u'/' + QString::number(number), key);
            return {};
        };
        return options;
    }
    ConfigId make(Kind kind, const QByteArray &text, const QString &name, const TenantId &tenant = u"lab"_s)
    {
        ImportOptions with = options(tenant);
        with.name = name;
        const auto stored = m_store->create(kind, text, with);
        return stored ? stored->row.id : ConfigId();
    }
    // An experiment that names four configurations, as the table wants it.
    void experiment(const ConfigId &llm, const QString &name)
    {
        const auto inserted = store::execute(*m_database,
            u"INSERT INTO experiments (id, tenant, name, state, created_at, llm, llm_version) VALUES (?, 'lab', ?, 'finished', ?, ?, 1)"_s,
            {ExperimentId::random().text(), name, toIso(m_clock.now()), llm.text()});
        QVERIFY2(inserted.has_value(), inserted ? "" : qPrintable(inserted.error().detail));
    }
    bool isKeyAnywhere() const
    {
        QFile database(m_workspace.database());
        QFile journal(m_workspace.database() + u"-wal"_s);
        bool found = false;
        for (QFile *one : {&database, &journal}) {
            if (one->open(QIODevice::ReadOnly))
                found = found || one->readAll().contains("CANARY");
        }
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ConfigStore> m_store;
    Workspace m_workspace;
    TestClock m_clock;
    QMap<QString, QByteArray> m_keys;

    void makeWorkspace()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(u"in"_s));
        m_workspace = Workspace(path(u"ws"_s));
        QVERIFY(m_workspace.create().has_value());
        auto database = store::Database::open(test::newPlace(m_workspace.root()));
        QVERIFY2(database.has_value(), database ? "" : qPrintable(database.error().message));
        m_database = std::move(*database);
        for (const QString &tenant : {u"lab"_s, u"other"_s}) {
            QVERIFY(store::execute(*m_database, u"INSERT INTO tenants (id, name, created_at) VALUES (?, ?, ?)"_s,
                {tenant, tenant, toIso(m_clock.now())})
                        .has_value());
        }
        m_store = std::make_unique<ConfigStore>(*m_database, m_workspace, m_clock);
        m_keys.clear();
    }

    void dropWorkspace()
    {
        m_store.reset();
        m_database.reset();
        m_folder.reset();
    }
};

} // namespace society::config
