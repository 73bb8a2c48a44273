// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "ui/appcontext.h"

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace society::ui {

class ErrorPanel;
class ProblemList;

/// The keys of an LLM configuration: whether each entry has one, how to change it, and a test that costs nothing. Keys
/// are typed into a password field, go to the secret store in a worker and are never shown. GUI thread.
class LlmKeyPanel : public QWidget {
    Q_OBJECT
public:
    explicit LlmKeyPanel(const AppContext &context, QWidget *parent = nullptr);

    /// Shows the entries of the newest version.
    void showKeys(const config::StoredConfig &stored);

signals:
    /// A key was given to an entry without one: the configuration has a new version.
    void saved();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct State {
        config::LlmEntry entry;
        bool hasKey = false;
    };
    void load();
    void rebuild(const QList<State> &states);
    void askKey(int index);
    void keepKey(int index, const QString &key);
    void test();

    const AppContext &m_context;
    config::StoredConfig m_stored;
    QList<State> m_states;
    QWidget *m_rows = nullptr;
    QPushButton *m_test;
    ProblemList *m_found;
    ErrorPanel *m_error;
    int m_request = 0;
};

/// Where a key found in a document of this configuration goes: to hand to ConfigStore as ImportOptions::storeSecret.
[[nodiscard]] std::function<Result<>(const ConfigId &, int, const QByteArray &)> keyKeeper(
    secrets::SecretStore &secrets, const TenantId &tenant);

} // namespace society::ui
