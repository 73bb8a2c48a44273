// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"
#include "services/store/query.h"
#include "services/store/transaction.h"
#include "tests/support/results.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::store;
using test::codeOf;
using test::must;
using namespace Qt::StringLiterals;

/// The first value of the first row, as text.
inline QString valueOf(Database &database, const QString &sql, const QVariantList &values = {})
{
    return must(first(database, sql, values, [](const Query &row) { return row.text(0); })).value_or(u"(none)"_s);
}

/// tests/store/storehelper.cpp, running.
inline std::unique_ptr<QProcess> startHelper(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationDirPath() + u"/storehelper"_s, arguments);
    return process;
}
