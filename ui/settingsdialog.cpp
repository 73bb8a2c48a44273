// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settingsdialog.h"

#include "services/core/currency.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

template <class Widget>
Widget *named(Widget *widget, const char *name)
{
    widget->setObjectName(QString::fromLatin1(name));
    return widget;
}

QLabel *makeHint(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

// Fills a box anew without telling anyone that its choice had changed.
void fill(QComboBox *box, const QList<std::pair<QString, QVariant>> &entries)
{
    const QSignalBlocker blocker(box);
    const QVariant before = box->currentData();
    box->clear();
    for (const auto &[text, data] : entries)
        box->addItem(text, data);
    box->setCurrentIndex(qMax(0, box->findData(before)));
}

} // namespace

SettingsDialog::SettingsDialog(const AppContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_windowBox(new QGroupBox(this))
    , m_runBox(new QGroupBox(this))
    , m_keyBox(new QGroupBox(this))
    , m_placeBox(new QGroupBox(this))
    , m_lookLabel(new QLabel(this))
    , m_languageLabel(new QLabel(this))
    , m_modeLabel(new QLabel(this))
    , m_cityLabel(new QLabel(this))
    , m_holdLabel(new QLabel(this))
    , m_runnerLabel(new QLabel(this))
    , m_workspaceLabel(new QLabel(this))
    , m_databaseLabel(new QLabel(this))
    , m_workersLabel(new QLabel(this))
    , m_rayLabel(new QLabel(this))
    , m_look(named(new QComboBox(this), "settingsLook"))
    , m_language(named(new QComboBox(this), "settingsLanguage"))
    , m_mode(named(new QComboBox(this), "settingsMode"))
    , m_city(named(new QComboBox(this), "settingsCity"))
    , m_workers(named(new QComboBox(this), "settingsWorkers"))
    , m_hold(named(new QLineEdit(this), "settingsHold"))
    , m_ray(named(new QLineEdit(this), "settingsRay"))
    , m_endStalled(named(new QCheckBox(this), "settingsEndStalled"))
    , m_modeHint(makeHint(this))
    , m_cityHint(makeHint(this))
    , m_holdHint(makeHint(this))
    , m_runner(named(new QLabel(this), "settingsRunner"))
    , m_changeRunner(named(new QPushButton(this), "settingsChangeRunner"))
    , m_keys(named(new QLabel(this), "settingsKeys"))
    , m_passphraseLabel(new QLabel(this))
    , m_passphrase(named(new QLineEdit(this), "settingsPassphrase"))
    , m_unlock(named(new QPushButton(this), "settingsUnlock"))
    , m_workspace(named(new QLineEdit(this), "settingsWorkspace"))
    , m_openWorkspace(named(new QPushButton(this), "settingsOpenWorkspace"))
    , m_database(named(new QLabel(this), "settingsDatabase"))
    , m_changeDatabase(named(new QPushButton(this), "settingsChangeDatabase"))
    , m_error(new ErrorPanel(this))
    , m_close(named(new QPushButton(this), "settingsClose"))
{
    setObjectName(QStringLiteral("settingsDialog"));
    buildLayout();
    retranslate();
    m_look->setCurrentIndex(m_look->findData(static_cast<int>(m_context.settings.look())));
    m_language->setCurrentIndex(qMax(0, m_language->findData(m_context.settings.language())));
    connectSignals();
    m_look->setFocus();
    load();
}

void SettingsDialog::buildLayout()
{
    const std::initializer_list<std::pair<QLabel *, QWidget *>> buddies{{m_lookLabel, m_look},
        {m_languageLabel, m_language}, {m_modeLabel, m_mode}, {m_cityLabel, m_city}, {m_holdLabel, m_hold},
        {m_workersLabel, m_workers}, {m_rayLabel, m_ray}, {m_runnerLabel, m_changeRunner},
        {m_workspaceLabel, m_openWorkspace}, {m_databaseLabel, m_changeDatabase}, {m_passphraseLabel, m_passphrase}};
    for (const auto &[label, widget] : buddies)
        label->setBuddy(widget);
    // Return in a field holds what was typed, and presses nothing else.
    for (QPushButton *button : {m_changeRunner, m_unlock, m_openWorkspace, m_changeDatabase, m_close})
        button->setAutoDefault(false);
    m_workspace->setReadOnly(true);
    m_workspace->setText(m_context.workspace.root());
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_runner->setWordWrap(true);
    m_runner->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_keys->setWordWrap(true);
    m_database->setWordWrap(true);
    m_database->setTextFormat(Qt::PlainText);
    m_database->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const auto beside = [](QWidget *wide, QWidget *button) {
        auto *line = new QHBoxLayout;
        line->addWidget(wide, 1);
        line->addWidget(button, 0, Qt::AlignTop);
        return line;
    };

    auto *window = new QFormLayout(m_windowBox);
    window->addRow(m_lookLabel, m_look);
    window->addRow(m_languageLabel, m_language);
    auto *run = new QFormLayout(m_runBox);
    run->addRow(m_runnerLabel, beside(m_runner, m_changeRunner));
    const auto above = [](QWidget *field, QLabel *hint) {
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(field);
        column->addWidget(hint);
        return column;
    };
    run->addRow(m_modeLabel, above(m_mode, m_modeHint));
    run->addRow(m_workersLabel, m_workers);
    run->addRow(m_rayLabel, m_ray);
    run->addRow(m_cityLabel, above(m_city, m_cityHint));
    run->addRow(m_holdLabel, above(m_hold, m_holdHint));
    run->addRow(m_endStalled);
    auto *keys = new QFormLayout(m_keyBox);
    keys->addRow(m_keys);
    keys->addRow(m_passphraseLabel, beside(m_passphrase, m_unlock));
    auto *place = new QFormLayout(m_placeBox);
    place->addRow(m_workspaceLabel, beside(m_workspace, m_openWorkspace));
    place->addRow(m_databaseLabel, beside(m_database, m_changeDatabase));

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    for (QWidget *widget : {static_cast<QWidget *>(m_windowBox), static_cast<QWidget *>(m_runBox),
             static_cast<QWidget *>(m_keyBox), static_cast<QWidget *>(m_placeBox), static_cast<QWidget *>(m_error)})
        layout->addWidget(widget);
    layout->addStretch();
    layout->addWidget(m_close, 0, Qt::AlignRight);
    resize(600, 560);
}

void SettingsDialog::connectSignals()
{
    AppSettings &settings = m_context.settings;
    connect(m_look, &QComboBox::currentIndexChanged, this,
        [this, settings = &settings] { settings->setLook(static_cast<Look>(m_look->currentData().toInt())); });
    connect(m_language, &QComboBox::currentIndexChanged, this,
        [this, settings = &settings] { settings->setLanguage(m_language->currentData().toString()); });
    connect(&settings, &AppSettings::lookChanged, this,
        [this](Look look) { m_look->setCurrentIndex(m_look->findData(static_cast<int>(look))); });
    connect(&settings, &AppSettings::languageChanged, this,
        [this](const QString &language) { m_language->setCurrentIndex(qMax(0, m_language->findData(language))); });
    connect(m_mode, &QComboBox::currentIndexChanged, this, &SettingsDialog::saveRunSettings);
    connect(m_city, &QComboBox::currentIndexChanged, this, &SettingsDialog::saveRunSettings);
    connect(m_workers, &QComboBox::currentIndexChanged, this, &SettingsDialog::saveRunSettings);
    connect(m_endStalled, &QCheckBox::toggled, this, &SettingsDialog::saveRunSettings);
    connect(m_hold, &QLineEdit::editingFinished, this, &SettingsDialog::holdEdited);
    connect(m_ray, &QLineEdit::editingFinished, this, &SettingsDialog::rayEdited);
    connect(m_changeRunner, &QPushButton::clicked, this, [this] {
        close();
        emit setupRequested();
    });
    connect(m_changeDatabase, &QPushButton::clicked, this, [this] {
        close();
        emit databaseRequested();
    });
    connect(m_unlock, &QPushButton::clicked, this, &SettingsDialog::setPassphrase);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &SettingsDialog::setPassphrase);
    connect(m_openWorkspace, &QPushButton::clicked, this, [this] {
        if (const Result<> opened = openFolder(m_context.workspace.root()); !opened)
            m_error->showError(opened.error());
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
}

void SettingsDialog::load()
{
    m_context.worker.run(
        this, [&context = m_context] { return context.experiments.runSettings(); },
        [this](const Result<experiment::RunSettings> &settings) {
            if (!settings) {
                m_error->showError(settings.error());
                return;
            }
            m_run = *settings;
            m_loaded = true;
            showRunSettings();
        });
    m_context.prober.run(
        this, [&context = m_context] { return context.runner.installed(); },
        [this](const Result<agentsociety::InstalledRunner> &runner) {
            m_runner->setText(
                runner ? tr("AgentSociety %1\n%2").arg(runner->version, runner->path) : runner.error().message);
            fit();
        });
    m_context.prober.run(
        this, [&context = m_context] { return context.secrets.where(); },
        [this](const secrets::Whereabouts &where) { showKeys(where); });
    m_context.prober.run(
        this, [&context = m_context] { return context.database.where(); },
        [this](const Result<experiment::DatabaseWhere> &where) {
            if (where)
                showDatabase(*where);
            else
                m_error->showError(where.error());
        });
}

void SettingsDialog::showDatabase(const experiment::DatabaseWhere &where)
{
    m_database->setText(where.server ? tr("On a server: %1").arg(where.server->text()) : tr("A file in this folder"));
    m_database->setToolTip(where.server ? QString() : where.file);
    fit();
}

void SettingsDialog::showRunSettings()
{
    const QSignalBlocker mode(m_mode);
    const QSignalBlocker city(m_city);
    const QSignalBlocker workers(m_workers);
    const QSignalBlocker endStalled(m_endStalled);
    const bool isLight = m_run.mode == agentsociety::RunMode::Light;
    for (QWidget *widget : {static_cast<QWidget *>(m_mode), static_cast<QWidget *>(m_city),
             static_cast<QWidget *>(m_hold), static_cast<QWidget *>(m_endStalled)})
        widget->setEnabled(m_loaded);
    m_workers->setEnabled(m_loaded && isLight);
    m_ray->setEnabled(m_loaded && !isLight);
    if (!m_loaded)
        return;
    m_workers->setCurrentIndex(m_workers->findData(static_cast<int>(m_run.workers)));
    m_endStalled->setChecked(m_run.endStalled);
    if (!m_ray->hasFocus())
        m_ray->setText(m_run.rayAddress);
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(m_run.mode)));
    m_city->setCurrentIndex(m_city->findData(static_cast<int>(m_run.city)));
    if (!m_hold->hasFocus())
        m_hold->setText(m_run.hold.toDisplay(QLocale()));
}

void SettingsDialog::holdEdited()
{
    QString text = m_hold->text();
    text.remove(currencySign());
    const auto amount = Money::parse(QStringView(text).trimmed(), QLocale());
    if (!amount) {
        m_error->showError(amount.error());
        return;
    }
    if (*amount == m_run.hold)
        return;
    m_run.hold = *amount;
    saveRunSettings();
}

void SettingsDialog::rayEdited()
{
    const QString address = m_ray->text().trimmed();
    if (address == m_run.rayAddress)
        return;
    experiment::RunSettings wanted = m_run;
    wanted.rayAddress = address;
    save(wanted);
}

void SettingsDialog::saveRunSettings()
{
    if (!m_loaded)
        return;
    experiment::RunSettings wanted = m_run;
    wanted.mode = static_cast<agentsociety::RunMode>(m_mode->currentData().toInt());
    wanted.city = static_cast<agentsociety::City>(m_city->currentData().toInt());
    wanted.workers = static_cast<agentsociety::LightWorkers>(m_workers->currentData().toInt());
    wanted.endStalled = m_endStalled->isChecked();
    save(wanted);
}

void SettingsDialog::save(const experiment::RunSettings &wanted)
{
    m_context.worker.run(
        this, [&context = m_context, wanted] { return context.experiments.setRunSettings(wanted); },
        [this, wanted](const Result<> &saved) {
            if (!saved) {
                m_error->showError(saved.error());
                showRunSettings(); // back to what holds
                return;
            }
            m_error->clear();
            m_run = wanted;
            showRunSettings();
            emit runSettingsChanged();
        });
}

void SettingsDialog::showKeys(const secrets::Whereabouts &where)
{
    m_keys->setText(where.remedy.isEmpty() ? where.sentence : where.sentence + u'\n' + where.remedy);
    m_keys->setToolTip(where.detail);
    // With a keychain, or with the file open already, there is nothing to ask for.
    const bool ask = where.place == secrets::Place::SessionOnly && !where.code.isEmpty();
    for (QWidget *widget : {static_cast<QWidget *>(m_passphraseLabel), static_cast<QWidget *>(m_passphrase),
             static_cast<QWidget *>(m_unlock)})
        widget->setVisible(ask);
    fit();
}

void SettingsDialog::setPassphrase()
{
    QByteArray bytes = m_passphrase->text().toUtf8();
    m_passphrase->clear();
    // Shared, since a job must be copyable and a secret is not.
    auto secret = std::make_shared<secrets::SecretBytes>(secrets::SecretBytes::take(bytes));
    m_context.prober.run(
        this,
        [&context = m_context, secret]() -> Result<secrets::Whereabouts> {
            SOCIETY_TRY(context.secrets.setPassphrase(*secret));
            return context.secrets.where();
        },
        [this](const Result<secrets::Whereabouts> &where) {
            if (!where) {
                m_error->showError(where.error());
                return;
            }
            m_error->clear();
            showKeys(*where);
        });
}

void SettingsDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        load();
    }
    QDialog::changeEvent(event);
}

void SettingsDialog::retranslate()
{
    setWindowTitle(tr("Settings"));
    m_windowBox->setTitle(tr("Window"));
    m_runBox->setTitle(tr("Runs"));
    m_keyBox->setTitle(tr("Keys"));
    m_placeBox->setTitle(tr("Workspace"));
    m_lookLabel->setText(tr("&Look"));
    m_languageLabel->setText(tr("L&anguage"));
    m_modeLabel->setText(tr("&Mode"));
    m_cityLabel->setText(tr("&City"));
    m_holdLabel->setText(tr("Usual &hold"));
    m_runnerLabel->setText(tr("Runner"));
    m_workspaceLabel->setText(tr("Folder"));
    fill(m_look, {{tr("As the system"), static_cast<int>(Look::System)}, {tr("Light"), static_cast<int>(Look::Light)},
                     {tr("Dark"), static_cast<int>(Look::Dark)}});
    fill(
        m_language, {{tr("As the system"), QStringLiteral("system")}, {QStringLiteral("English"), QStringLiteral("en")},
                        {QStringLiteral("简体中文"), QStringLiteral("zh_CN")}});
    fill(m_mode, {{tr("Light start"), static_cast<int>(agentsociety::RunMode::Light)},
                     {tr("Ray"), static_cast<int>(agentsociety::RunMode::Ray)}});
    m_workersLabel->setText(tr("LLM &workers"));
    m_rayLabel->setText(tr("Ra&y address"));
    fill(m_workers, {{tr("By population"), static_cast<int>(agentsociety::LightWorkers::ByPopulation)},
                        {tr("Threads"), static_cast<int>(agentsociety::LightWorkers::Threads)},
                        {tr("Processes"), static_cast<int>(agentsociety::LightWorkers::Forked)}});
    m_workers->setToolTip(tr("Light start alone: what waits for the LLM's answers. Threads take less memory, processes "
                             "are faster with hundreds of citizens. By population chooses for each run."));
    m_ray->setPlaceholderText(tr("a Ray of the run's own"));
    m_ray->setToolTip(
        tr("Mode Ray alone: host:port of a cluster that is running, such as 10.0.0.1:6379. Empty: each run "
           "starts a Ray of its own."));
    m_endStalled->setText(tr("End a run that gives no &sign of life"));
    m_endStalled->setToolTip(tr("How long a run may be silent depends on its phase: 10 minutes while it steps, 1 to 30 "
                                "minutes before. Then a warning is shown; with this, the run is ended as failed."));
    fill(m_city, {{tr("Practice town's"), static_cast<int>(agentsociety::City::Practice)},
                     {tr("AgentSociety's own"), static_cast<int>(agentsociety::City::Own)}});
    m_modeHint->setText(
        tr("Light start: two processes, begins in seconds, can be repeated exactly. Ray: as AgentSociety "
           "does it, for very large populations; not repeatable."));
    m_cityHint->setText(tr("The practice town's simulator moves people in straight lines and knows no roads. "
                           "AgentSociety's own drives on the roads of a real map; it is downloaded once."));
    m_holdHint->setText(tr("What a run without a cap sets aside from the account until it ends."));
    m_changeRunner->setText(tr("Cha&nge…"));
    m_passphraseLabel->setText(tr("&Passphrase"));
    m_unlock->setText(tr("&Use it"));
    m_workspace->setAccessibleName(tr("Workspace folder"));
    m_openWorkspace->setText(tr("&Open"));
    m_databaseLabel->setText(tr("Database"));
    m_changeDatabase->setText(tr("&Database…"));
    m_database->setAccessibleName(tr("Where the database is"));
    m_close->setText(tr("Close"));
    m_runner->setAccessibleName(tr("Runner in use"));
    showRunSettings();
    showKeys({});
}

// Words wrap, so the height follows from the width.
void SettingsDialog::fit()
{
    layout()->activate();
    const int wanted = layout()->totalHeightForWidth(width());
    setMinimumHeight(wanted);
    resize(width(), wanted);
}

} // namespace society::ui
