// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/llmkeypanel.h"

#include "services/config/preflight.h"
#include "services/experiment/experimentservice.h"
#include "services/secrets/secretstore.h"
#include "ui/errorpanel.h"
#include "ui/problemlist.h"
#include "ui/statechip.h"

#include <QEvent>
#include <QGridLayout>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <memory>

namespace society::ui {

namespace {

/// The practice model is the only one that no key can be given to.
bool takesKey(const config::LlmEntry &entry)
{
    return entry.provider != QLatin1String("practice");
}

} // namespace

std::function<Result<>(const ConfigId &, int, const QByteArray &)> keyKeeper(
    secrets::SecretStore &secrets, const TenantId &tenant)
{
    return [&secrets, tenant](const ConfigId &id, int number, const QByteArray &key) -> Result<> {
        SOCIETY_TRY(secrets.write({tenant, id, number}, secrets::SecretBytes(key)));
        return {};
    };
}

LlmKeyPanel::LlmKeyPanel(const AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_test(new QPushButton(this))
    , m_found(new ProblemList(this))
    , m_error(new ErrorPanel(this))
{
    setObjectName(QStringLiteral("llmKeys"));
    m_test->setObjectName(QStringLiteral("llmTest"));
    m_found->setObjectName(QStringLiteral("llmTestFound"));
    m_found->setReachable([](const config::Problem &) { return false; });
    m_found->setMinimumHeight(60);
    m_found->hide();
    m_rows = new QWidget(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    layout->addWidget(m_test, 0, Qt::AlignLeft);
    layout->addWidget(m_found);
    layout->addWidget(m_error);
    connect(m_test, &QPushButton::clicked, this, &LlmKeyPanel::test);
    rebuild({});
}

void LlmKeyPanel::showKeys(const config::StoredConfig &stored)
{
    m_stored = stored;
    m_found->hide();
    m_error->clear();
    load();
    show();
}

void LlmKeyPanel::load()
{
    // The keychain may ask its owner first: that is the prober's to wait for.
    m_context.prober.run(
        this,
        [&context = m_context, stored = m_stored]() -> Result<QList<State>> {
            SOCIETY_ASSIGN(const QList<config::LlmEntry> entries, config::llmEntries(stored.document));
            QList<State> states;
            for (const config::LlmEntry &entry : entries) {
                State state{entry, false};
                if (entry.secret >= 0) {
                    SOCIETY_ASSIGN(
                        state.hasKey, context.secrets.contains({stored.row.tenant, stored.row.id, entry.secret}));
                }
                states += state;
            }
            return states;
        },
        [this, request = ++m_request](const Result<QList<State>> &states) {
            if (request != m_request)
                return;
            // A document of another shape is the Source tab's subject.
            if (states)
                rebuild(*states);
            else if (states.error().code != QLatin1String("merge_invalid"))
                m_error->showError(states.error());
        });
}

void LlmKeyPanel::rebuild(const QList<State> &states)
{
    m_states = states;
    m_test->setText(tr("&Test"));
    m_test->setToolTip(tr("Asks each provider for its list of models: that costs nothing."));
    m_test->setVisible(!states.isEmpty());
    auto *rows = new QWidget(this);
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(3, 1);
    for (int i = 0; i < states.size(); ++i) {
        const State &state = states.at(i);
        const bool well = state.hasKey || !config::needsKey(state.entry.provider);
        auto *shape = new QLabel(rows);
        shape->setPixmap(severityIcon(well ? Severity::Good : Severity::Warning, palette()).pixmap(16, 16));
        auto *name = new QLabel(tr("%1 · %2").arg(state.entry.provider, state.entry.model), rows);
        auto *words = new QLabel(rows);
        words->setObjectName(QStringLiteral("llmKey_%1").arg(i));
        words->setText(!takesKey(state.entry) ? tr("needs no key")
                       : state.hasKey         ? tr("key kept: ••••")
                                              : tr("no key yet"));
        grid->addWidget(shape, i, 0);
        grid->addWidget(name, i, 1);
        grid->addWidget(words, i, 2);
        if (!takesKey(state.entry) || m_stored.row.tenant.isEmpty())
            continue;
        auto *change = new QPushButton(state.hasKey ? tr("Change key…") : tr("Set key…"), rows);
        change->setObjectName(QStringLiteral("llmChangeKey_%1").arg(i));
        change->setAccessibleName(tr("Key of entry %1").arg(i + 1));
        connect(change, &QPushButton::clicked, this, [this, i] { askKey(i); });
        grid->addWidget(change, i, 4);
    }
    delete layout()->replaceWidget(m_rows, rows);
    m_rows->deleteLater(); // one of its buttons may be what brought us here
    m_rows = rows;
}

void LlmKeyPanel::askKey(int index)
{
    const config::LlmEntry &entry = m_states.at(index).entry;
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("llmKeyDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Key for %1").arg(entry.provider));
    dialog->setLabelText(tr("Paste the provider's key. It goes to the keychain (or the workspace's encrypted file) and "
                            "is never written anywhere in clear."));
    dialog->setTextEchoMode(QLineEdit::Password);
    dialog->setOkButtonText(tr("Keep it"));
    dialog->setCancelButtonText(tr("Cancel"));
    dialog->resize(460, dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, index](const QString &key) {
        if (!key.trimmed().isEmpty())
            keepKey(index, key.trimmed());
    });
    dialog->open();
}

void LlmKeyPanel::keepKey(int index, const QString &key)
{
    m_error->clear();
    const config::LlmEntry entry = m_states.at(index).entry;
    const bool isList = !m_stored.document.contains(QStringLiteral("llm"));
    const QString path = QStringLiteral("%1%2.api_key").arg(isList ? QString() : QStringLiteral("llm.")).arg(index);
    QByteArray bytes = key.toUtf8();
    // Shared, since a job must be copyable and a secret is not.
    auto secret = std::make_shared<secrets::SecretBytes>(secrets::SecretBytes::take(bytes));
    m_context.prober.run(
        this,
        [&context = m_context, stored = m_stored, entry, path, secret]() -> Result<bool> {
            if (entry.secret >= 0) {
                SOCIETY_TRY(context.secrets.write({stored.row.tenant, stored.row.id, entry.secret}, *secret));
                return false;
            }
            // The store takes the key out of the text again and leaves a reference in its place.
            QByteArray text;
            text.reserve(6 * secret->size() + 2);
            secrets::appendJsonString(text, secret->view());
            auto with = stored.document.with(path, text);
            secrets::wipe(text);
            SOCIETY_TRY(with);
            config::ImportOptions options;
            options.tenant = stored.row.tenant;
            options.storeSecret = keyKeeper(context.secrets, stored.row.tenant);
            SOCIETY_TRY(context.configs.save(context.tenant, stored.row.id, stored.row.version, with->text(), options));
            return true;
        },
        [this](const Result<bool> &newVersion) {
            if (!newVersion)
                m_error->showError(newVersion.error());
            else if (*newVersion)
                emit saved();
            else
                load();
        });
}

void LlmKeyPanel::test()
{
    m_test->setEnabled(false);
    m_error->clear();
    m_context.starter.run(
        this,
        [&context = m_context, id = m_stored.row.id.text()] { return context.experiments.testLlm(context.tenant, id); },
        [this](const Result<QList<config::Problem>> &found) {
            m_test->setEnabled(true);
            if (!found) {
                m_error->showError(found.error());
                return;
            }
            m_found->setProblems(*found);
            m_found->setVisible(!found->isEmpty());
        });
}

void LlmKeyPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild(m_states);
    QWidget::changeEvent(event);
}

} // namespace society::ui
