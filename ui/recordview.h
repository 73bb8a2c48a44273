// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/experiment/record.h"
#include "ui/appcontext.h"

#include <QWidget>

class QPlainTextEdit;
class QTreeWidget;

namespace society::ui {

class ErrorPanel;

/// The record of an experiment: all that is needed to run it again, and what has changed since. Reads it in the worker
/// when it is shown. GUI thread.
class RecordView : public QWidget {
    Q_OBJECT
public:
    explicit RecordView(const AppContext &context, QWidget *parent = nullptr);

    /// Another experiment's; read when load() is called.
    void setRunDirectory(const QString &runDirectory);
    void load();

signals:
    void configurationRequested(const society::ConfigId &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Read {
        experiment::Record record;
        QList<config::ConfigRow> newest;
    };
    void retranslate();
    void show(const Read &read);
    void addConfigurations(const Read &read);
    void addFiles(const experiment::Record &record);
    void addPrices(const experiment::Record &record);

    const AppContext &m_context;
    QString m_runDirectory;
    bool m_loaded = false;
    Read m_read;
    ErrorPanel *m_error;
    QTreeWidget *m_tree;
    QPlainTextEdit *m_source;
};

} // namespace society::ui
