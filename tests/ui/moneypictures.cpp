// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/moneypictures.h"

#include "services/ledger/statement.h"
#include "services/store/members.h"
#include "services/store/query.h"
#include "tests/support/postgresserver.h"
#include "tests/support/setclock.h"
#include "tests/ui/goonfor.h"
#include "ui/accountspage.h"
#include "ui/mainwindow.h"
#include "ui/membersdialog.h"
#include "ui/removedrun.h"
#include "ui/statementpdf.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>
#include <array>

namespace society::test {

namespace {

using namespace society::ui;
using ledger::Item;

/// As bills have them: the same every time the pictures are taken.
class Dice {
public:
    int to(int limit)
    {
        m_state = m_state * 1'103'515'245U + 12'345U;
        return static_cast<int>((m_state >> 16) % static_cast<unsigned>(limit));
    }

private:
    unsigned m_state = 7;
};

struct Study {
    const char *name;
    const char *model;
};
constexpr std::array studies{Study{"Rumour in a small town", "qwen-plus"},
    Study{"Polarization, 100 citizens", "qwen-max"}, Study{"Hurricane and mobility", "deepseek-chat"},
    Study{"UBI pilot", "qwen-plus"}};

ledger::Usage usageOf(Item item, const QString &model, qint64 quantity)
{
    ledger::Usage usage;
    usage.item = item;
    usage.model = model;
    usage.quantity = quantity;
    usage.unitPrice = Money::fromMicro(item == Item::RunTime ? 1'000 : 3'000'000);
    usage.unitSize = ledger::unitSizeOf(item);
    return usage;
}

bool runOnce(TestWorkspace &services, ledger::Ledger &ledger, const SetClock &clock, Dice &dice)
{
    const Study &study = studies.at(static_cast<size_t>(dice.to(studies.size())));
    const ExperimentId id = ExperimentId::random();
    const auto inserted = store::execute(services.database(),
        QStringLiteral("INSERT INTO experiments (id, tenant, name, state, created_at, settled) VALUES (?, ?, ?, "
                       "'finished', ?, 1)"),
        {id.text(), TestWorkspace::Tenant, QString::fromLatin1(study.name), toIso(clock.time)});
    ledger::Settlement settlement{TestWorkspace::Tenant, id, {}};
    const QString model = QString::fromLatin1(study.model);
    settlement.items = {usageOf(Item::InputTokens, model, 60'000 + dice.to(200'000)),
        usageOf(Item::OutputTokens, model, 15'000 + dice.to(50'000)),
        usageOf(Item::RunTime, {}, 120'000 + dice.to(300'000))};
    const auto settled = ledger.settle(settlement);
    return inserted && settled &&
           store::execute(services.database(), QStringLiteral("UPDATE experiments SET cost_micro = ? WHERE id = ?"),
               {static_cast<qlonglong>(-settled->total.micro()), id.text()});
}

template <class Widget>
Widget *named(QWidget *in, const char *name)
{
    return in->findChild<Widget *>(QString::fromLatin1(name));
}

class Album {
public:
    Album(UiFixture &fixture, MainWindow &window, const QString &variant, const QString &folder)
        : m_fixture(fixture)
        , m_window(window)
        , m_name(folder + QStringLiteral("/%1-") + variant + QStringLiteral(".png"))
    {
    }

    void shoot(const char *name, QWidget *what = nullptr)
    {
        m_fixture.settle();
        goOnFor(400); // what is drawn on timers is drawn
        (what ? what : &m_window)->grab().save(m_name.arg(QLatin1String(name)));
    }

    void shootDialog(const char *name, const char *dialog)
    {
        m_fixture.settle();
        if (QWidget *open = openDialog(dialog)) {
            shoot(name, open);
            open->close();
            m_fixture.settle();
        }
    }

private:
    UiFixture &m_fixture;
    MainWindow &m_window;
    QString m_name;
};

} // namespace

bool makeMoneySample(TestWorkspace &services)
{
    SetClock clock;
    ledger::Ledger ledger(services.database(), clock);
    Dice dice;
    constexpr int days = 86;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int day = days; day >= 0; --day) {
        clock.time = now.addDays(-day).addSecs(-3'600);
        if (day % 40 == 6 &&
            !ledger.recharge(TestWorkspace::Tenant, Money::fromMicro(60'000'000), QStringLiteral("Grant 2026-114")))
            return false;
        for (int run = dice.to(3); run > 0; --run) {
            clock.time = clock.time.addSecs(600);
            if (!runOnce(services, ledger, clock, dice))
                return false;
        }
    }
    ledger::BillFilter newest;
    newest.tenant = TestWorkspace::Tenant;
    newest.item = Item::InputTokens;
    const auto bills = ledger.bills(newest);
    return bills &&
           ledger.correct(TestWorkspace::Tenant, bills->bills.first().id, Money::fromMicro(150'000),
               QStringLiteral("The provider charged half: invoice 2026-0311 / 供应商只收一半，见发票")) &&
           ledger.placeHold(TestWorkspace::Tenant, ExperimentId::random(), Money::fromMicro(1'000'000),
               QStringLiteral("start of “UBI pilot”")) &&
           ledger.setPrice(
               Item::InputTokens, QStringLiteral("qwen-plus"), Money::fromMicro(800'000), now.addDays(-60)) &&
           ledger.setPrice(
               Item::InputTokens, QStringLiteral("qwen-plus"), Money::fromMicro(1'200'000), now.addDays(-20)) &&
           ledger.setPrice(Item::OutputTokens, QStringLiteral("own-model"), Money(), now.addDays(-9)) &&
           ledger.setPrice(Item::RunTime, {}, Money::fromMicro(1'500), now.addDays(30)) &&
           ledger.addTenant(QStringLiteral("sociology"), QStringLiteral("Sociology, group Li")) &&
           ledger.addTenant(QStringLiteral("teaching"), QStringLiteral("Teaching, autumn")) &&
           ledger.recharge(QStringLiteral("sociology"), Money::fromMicro(250'000'000), QStringLiteral("Project money"));
}

namespace {

/// What the dialog of prices asks about an amount that may be a slip, and shows of a file before it is taken in.
void takePriceDialogs(UiFixture &fixture, Album &album)
{
    fixture.settle();
    QWidget *dialog = openDialog("pricesDialog");
    if (!dialog)
        return;
    named<QLineEdit>(dialog, "priceAmount")->setText(QStringLiteral("3000"));
    named<QAbstractButton>(dialog, "priceSet")->click();
    fixture.settle();
    album.shootDialog("accounts-price-question", "priceQuestion");
    named<QLineEdit>(dialog, "priceAmount")->clear();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("prices.csv"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write("item,model,price\nllm_input_token,qwen-plus,2.4\nllm_output_token,qwen-plus,9.6\nrun_time,,1\n") <
            0)
        return;
    file.close();
    named<QAbstractButton>(dialog, "priceImport")->click();
    // At once: what is chosen is not written into a field that has the keyboard.
    if (auto *chooser = qobject_cast<QFileDialog *>(openDialog("priceImportDialog"))) {
        chooser->setDirectory(folder.path());
        chooser->selectFile(path);
        QMetaObject::invokeMethod(chooser, "accept");
        goOnFor(500);
    }
    album.shootDialog("accounts-price-preview", "pricePreview");
}

void takeRemovedRun(UiFixture &fixture, MainWindow &window, Album &album)
{
    ledger::BillFilter newest;
    newest.tenant = TestWorkspace::Tenant;
    newest.item = Item::RunTime;
    newest.limit = 1;
    const auto page = fixture.services().ledger().bills(newest);
    if (!page || page->bills.isEmpty())
        return;
    const ledger::Bill &bill = page->bills.first();
    experiment::Removed removed;
    removed.removedAt = bill.createdAt.addSecs(1'800);
    experiment::Experiment &run = removed.experiment;
    run.id = bill.experiment;
    run.name = bill.experimentName;
    run.state = experiment::State::Finished;
    run.startedAt = bill.createdAt.addMSecs(-bill.quantity);
    run.endedAt = bill.createdAt;
    run.runMs = bill.quantity;
    run.llm = {{}, {}, QStringLiteral("Qwen plus"), 3};
    run.agents = {{}, {}, QStringLiteral("A hundred people"), 1};
    run.map = {{}, {}, QStringLiteral("Practice town"), 1};
    run.workflow = {{}, {}, QStringLiteral("Two days"), 2};
    run.seed = 7;
    run.tokensIn = 148'210;
    run.tokensOut = 41'377;
    run.calls = 96;
    const auto bills = fixture.services().ledger().billsOf(TestWorkspace::Tenant, bill.experiment);
    auto *dialog = new RemovedRunDialog(bill.experiment, removed, bills.value_or(QList<ledger::Bill>()), &window);
    dialog->open();
    album.shootDialog("accounts-removed-run", "removedRunDialog");
}

} // namespace

void takeMoneyPictures(UiFixture &fixture, const QString &variant, const QString &folder)
{
    MainWindow window(fixture.context());
    window.resize(1120, 740);
    window.show();
    goOnFor(2000);
    Album album(fixture, window, variant, folder);
    named<QAction>(&window, "goAccounts")->trigger();
    goOnFor(500);
    album.shoot("accounts");
    named<QComboBox>(&window, "spendWhat")->setCurrentIndex(1);
    named<QComboBox>(&window, "spendTime")->setCurrentIndex(1);
    named<QComboBox>(&window, "billGrouping")->setCurrentIndex(1);
    album.shoot("accounts-grouped");
    named<QComboBox>(&window, "spendWhat")->setCurrentIndex(2);
    named<QComboBox>(&window, "billGrouping")->setCurrentIndex(0);
    named<QLineEdit>(&window, "billText")->setText(QStringLiteral("town"));
    goOnFor(400);
    album.shoot("accounts-balance");
    named<QCheckBox>(&window, "spendAsTable")->setChecked(true);
    named<QComboBox>(&window, "spendWhat")->setCurrentIndex(0);
    album.shoot("accounts-table");
    named<QCheckBox>(&window, "spendAsTable")->setChecked(false);
    named<QAction>(&window, "prices")->trigger();
    takePriceDialogs(fixture, album);
    album.shootDialog("accounts-prices", "pricesDialog");
    named<QAbstractButton>(&window, "accountRecharge")->click();
    fixture.settle();
    if (QWidget *dialog = openDialog("moneyDialog")) {
        named<QLineEdit>(dialog, "moneyAmount")->setText(QLocale().toString(60.0, 'f', 2));
        named<QLineEdit>(dialog, "moneyNote")->setText(QStringLiteral("Grant 2026-114"));
    }
    album.shootDialog("accounts-recharge", "moneyDialog");
    takeRemovedRun(fixture, window, album);
    named<QAction>(&window, "statement")->trigger();
    album.shootDialog("accounts-statement", "statementDialog");
    ledger::StatementPeriod all;
    all.tenant = TestWorkspace::Tenant;
    all.zone = QTimeZone::systemTimeZone();
    const auto rows = ledger::readStatement(fixture.services().ledger(), all);
    const QTemporaryDir statements;
    const QString pdf = statements.filePath(QStringLiteral("statement.pdf"));
    const QString picture = QStringLiteral("%1/statement-%2").arg(folder, variant);
    // Its first page; paper is white whatever the window's look is.
    if (!rows || !writeStatementPdf(*rows, pdf) ||
        QProcess::execute(
            QStringLiteral("pdftoppm"), {QStringLiteral("-png"), QStringLiteral("-r"), QStringLiteral("80"),
                                            QStringLiteral("-singlefile"), pdf, picture}) != 0)
        qWarning("the statement could not be written");
    named<QAction>(&window, "tenants")->trigger();
    album.shootDialog("accounts-tenants", "tenantsDialog");
    named<QAction>(&window, "audit")->trigger();
    goOnFor(1000);
    if (QWidget *dialog = openDialog("auditDialog")) {
        named<QAbstractButton>(dialog, "auditPutRight")->click();
        fixture.settle();
        album.shootDialog("accounts-put-right", "askBeforeLoss");
    }
    album.shootDialog("accounts-audit", "auditDialog");
    named<QAction>(&window, "settings")->trigger();
    album.shootDialog("settings", "settingsDialog");
    named<QAction>(&window, "database")->trigger();
    fixture.settle();
    if (QWidget *dialog = openDialog("databaseDialog")) {
        named<QLineEdit>(dialog, "databaseHost")->setText(QStringLiteral("db.example.org"));
        named<QLineEdit>(dialog, "databaseName")->setText(QStringLiteral("lab"));
        named<QLineEdit>(dialog, "databaseUser")->setText(QStringLiteral("ann"));
        named<QLineEdit>(dialog, "databasePassword")->setText(QStringLiteral("not a password"));
    }
    album.shootDialog("database", "databaseDialog");
}

bool makeMembersSample(TestWorkspace &services)
{
    if (!services.ledger().addTenant(QStringLiteral("sociology"), QStringLiteral("Sociology, group Li")))
        return false;
    for (const auto &[login, tenant, role] :
        {std::tuple("ann", "default", "owner"), std::tuple("ben", "default", "member"),
            std::tuple("liwei", "sociology", "owner"), std::tuple("guest", "sociology", "observer")}) {
        PostgresServer::shared().addLogin(QString::fromLatin1(login));
        if (!store::setMember(services.database(), QString::fromLatin1(login), QString::fromLatin1(tenant),
                QString::fromLatin1(role)))
            return false;
    }
    return true;
}

void takeMembersPicture(UiFixture &fixture, const QString &variant, const QString &folder)
{
    auto *dialog = new MembersDialog(fixture.context());
    dialog->show();
    fixture.settle();
    named<QLineEdit>(dialog, "memberLogin")->setText(QStringLiteral("chen"));
    goOnFor(400);
    dialog->grab().save(QStringLiteral("%1/members-%2.png").arg(folder, variant));
    dialog->close();
}

} // namespace society::test
