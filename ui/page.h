// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"

#include <QWidget>

class QAction;
class QKeySequence;

namespace society::ui {

/// What the main window needs of a page, and what a page may ask of the main window. GUI thread.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(QWidget *parent = nullptr);

    /// F5: asks the services again. Must not block.
    virtual void refresh() {}
    /// Esc: true where the page had something to go back from, such as a list behind a detail.
    virtual bool goBack() { return false; }
    /// Where the keyboard goes when the page is shown.
    virtual void focusFirst() { setFocus(); }
    /// False where something unsaved is in the way; the page then says so itself, without blocking.
    virtual bool mayLeave() { return true; }

signals:
    /// Shows the Run page of an experiment.
    void experimentRequested(const society::ExperimentId &id);
    /// Shows a configuration, with the cursor at `path` (such as "workflow.0.days"; may be empty).
    void configurationRequested(const society::ConfigId &id, const QString &path);
    /// Shows the bills of an experiment on the Accounts page.
    void billsRequested(const society::ExperimentId &id);
    /// Chooses the configurations of an experiment on the Launch page, to change and start anew.
    void cloneRequested(const society::ExperimentId &id);

protected:
    /// An action for the list of a page, whose keys hold where its widgets have the keyboard; its text is
    /// retranslate()'s.
    [[nodiscard]] QAction *makeAction(const char *name, const char *iconName, const QKeySequence &shortcut);
    /// Sets every visible text again. Called when the language changed; call it once in the constructor, too.
    virtual void retranslate() {}
    void changeEvent(QEvent *event) override;
};

} // namespace society::ui
