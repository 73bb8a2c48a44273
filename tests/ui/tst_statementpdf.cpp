// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/setclock.h"
#include "tests/ui/uifixture.h"
#include "ui/statementpdf.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <csignal>
#include <sys/resource.h>

using namespace society;
using namespace society::ui;
using namespace society::test;
using ledger::Item;

namespace {

constexpr int runs = 120;
const QDateTime now(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC);

/// The pages as another program reads them, each a text; empty where it could not.
QStringList pagesOf(const QString &path)
{
    QProcess reader;
    reader.start(QStringLiteral("pdftotext"),
        {QStringLiteral("-layout"), QStringLiteral("-enc"), QStringLiteral("UTF-8"), path, QStringLiteral("-")});
    if (!reader.waitForFinished() || reader.exitCode() != 0)
        return {};
    QString text = QString::fromUtf8(reader.readAllStandardOutput());
    text.remove(QChar(0x200B)).replace(QChar(0xA0), u' '); // where lines may and may not break
    return text.split(u'\f', Qt::SkipEmptyParts);
}

} // namespace

/// The statement that is printed says what the ledger says, read back by a program that has nothing to do with it.
class TestStatementPdf : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        SetClock clock;
        ledger::Ledger ledger(m_fixture->services().database(), clock);
        clock.time = now.addDays(-40);
        QVERIFY(ledger.recharge(TestWorkspace::Tenant, yuan("100"), QStringLiteral("before the period")));
        clock.time = now.addDays(-1);
        for (int i = 0; i < runs; ++i) {
            ledger::Usage usage;
            usage.item = i % 3 == 0 ? Item::OutputTokens : Item::InputTokens;
            usage.model = QStringLiteral("qwen-plus");
            usage.quantity = 100'000 + i;
            usage.unitPrice = yuan("3");
            usage.unitSize = ledger::unitSizeOf(usage.item);
            clock.time = clock.time.addSecs(60);
            QVERIFY(ledger.settle({TestWorkspace::Tenant, ExperimentId::random(), {usage}}));
        }
        clock.time = now.addSecs(-60);
        for (const char *note : {"<b>bold</b> & \"co\"", "=cmd|' /C calc'!A0", "发票 2026-0311", "منحة", "two\nlines"})
            QVERIFY(ledger.recharge(TestWorkspace::Tenant, yuan("0.5"), QString::fromUtf8(note)));
        clock.time = now;
        ledger::StatementPeriod period;
        period.tenant = TestWorkspace::Tenant;
        period.from = QDateTime(QDate(2026, 11, 1), QTime(0, 0), shanghai);
        period.to = QDateTime(QDate(2026, 12, 1), QTime(0, 0), shanghai);
        period.zone = shanghai;
        const auto rows = ledger::readStatement(ledger, period);
        QVERIFY2(rows, rows ? "" : qPrintable(rows.error().message));
        m_rows = *rows;
        QCOMPARE(m_rows.rows.size(), runs + 5);
    }

    void cleanup() { m_fixture.reset(); }

    void saysWhatTheLedgerSays()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("statement.pdf"));
        QVERIFY(writeStatementPdf(m_rows, path));
        const QStringList pages = pagesOf(path);
        QVERIFY2(pages.size() > 2, "pdftotext (Debian: poppler-utils) could not read it");
        const QString all = pages.join(u'\n');
        const QLocale locale;
        const QString opening = yuan("100").toDisplay(locale);
        const QString closing = m_rows.statement.closing.toDisplay(locale);
        for (const auto &[name, amount] :
            {std::pair("Opening balance", opening), std::pair("Closing balance", closing)})
            QVERIFY2(lineOf(pages.first(), name).contains(amount), qPrintable(pages.first()));
        QVERIFY(lineOf(pages.first(), "Period").contains(QStringLiteral("2026-11-01 to 2026-11-30, both included")));
        QVERIFY(lineOf(pages.first(), "Time zone").contains(QStringLiteral("Asia/Shanghai")));
        for (const ledger::BillGroup &item : std::as_const(m_rows.statement.items))
            QVERIFY2(pages.first().contains(item.sum.toDisplay(locale)), qPrintable(item.sum.toDisplay(locale)));
        // Every row, in its order, with its time in the zone, its amount and the balance after it.
        qsizetype from = all.lastIndexOf(QStringLiteral("Opening balance"));
        for (const auto &[bill, balance] : std::as_const(m_rows.rows)) {
            for (const QString &part :
                {bill.createdAt.toTimeZone(shanghai).toString(QStringLiteral("yyyy-MM-dd hh:mm")),
                    bill.amount.toDisplay(locale), balance.toDisplay(locale)}) {
                from = all.indexOf(part, from);
                QVERIFY2(from >= 0, qPrintable(part));
            }
        }
        QVERIFY(all.indexOf(QStringLiteral("Closing balance"), from) > 0);
        for (qsizetype i = 0; i < pages.size(); ++i) {
            const QString &page = pages.at(i);
            QVERIFY2(page.contains(QStringLiteral("Page %1 of %2").arg(i + 1).arg(pages.size())), qPrintable(page));
            QVERIFY2(QRegularExpression(QStringLiteral("Time +For +Quantity +Amount +Balance")).match(page).hasMatch(),
                qPrintable(page));
        }
    }

    void showsNotesAsTheyWereWritten()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("statement.pdf"));
        QVERIFY(writeStatementPdf(m_rows, path));
        const QString all = pagesOf(path).join(u'\n');
        for (const char *text : {"<b>bold</b> & \"co\"", "=cmd|' /C calc'!A0", "发票 2026-0311", "two\n"})
            QVERIFY2(all.contains(QString::fromUtf8(text).section(u'\n', 0, 0)), text);
    }

    void whatCannotBeWrittenLeavesTheOldStatement()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("statement.pdf"));
        QVERIFY(writeStatementPdf(m_rows, path));
        const QByteArray before = read(path);
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &usual), 0);
        const rlimit small{1'000, usual.rlim_max};
        const auto usually = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = writeStatementPdf(m_rows, path);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &usual), 0);
        std::signal(SIGXFSZ, usually);
        QVERIFY(!written);
        QVERIFY2(!written.error().remedy.isEmpty(), qPrintable(written.error().message));
        QCOMPARE(read(path), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
        const auto nowhere = writeStatementPdf(m_rows, folder.filePath(QStringLiteral("gone/statement.pdf")));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, QStringLiteral("write_failed"));
    }

private:
    static Money yuan(const char *decimal) { return Money::parse(QString::fromLatin1(decimal)).value_or(Money()); }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The first line that begins with this name.
    static QString lineOf(const QString &page, const char *name)
    {
        for (const QString &line : page.split(u'\n')) {
            if (line.trimmed().startsWith(QLatin1String(name)))
                return line;
        }
        return {};
    }

    const QTimeZone shanghai = QTimeZone("Asia/Shanghai");
    std::unique_ptr<UiFixture> m_fixture;
    ledger::StatementRows m_rows;
};

QTEST_MAIN(TestStatementPdf)
#include "tst_statementpdf.moc"
