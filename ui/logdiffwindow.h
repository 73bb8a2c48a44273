// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/logdiff.h"
#include "services/log/logdocument.h"

#include <QWidget>
#include <array>
#include <memory>

class QCheckBox;
class QLabel;
class QToolButton;

namespace society {
class Worker;
}

namespace society::ui {

class AppSettings;
class ErrorPanel;
class LogView;

/// Two logs beside each other, what differs in them marked, scrolled together: why did this run differ? Compared in a
/// worker of its own, as far as the logs are written when it is asked for. GUI thread.
class LogDiffWindow : public QWidget {
    Q_OBJECT
public:
    /// A log, and the name of its run.
    struct Side {
        QString name;
        QString path;
    };
    LogDiffWindow(AppSettings &settings, const Side &left, const Side &right, QWidget *parent = nullptr);
    ~LogDiffWindow() override;

    [[nodiscard]] const log::LogDiff &diff() const { return m_diff; }
    [[nodiscard]] LogView *left() const { return m_sides[0].view; }
    [[nodiscard]] LogView *right() const { return m_sides[1].view; }

signals:
    /// The logs were compared anew.
    void compared();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Shown {
        Side side;
        std::unique_ptr<log::LogDocument> document;
        LogView *view = nullptr;
        QLabel *title = nullptr;
        log::HitList changed;
    };
    void buildLayout();
    void connectSignals();
    void compareWhenReady();
    void compare();
    void take(const log::LogDiff &diff);
    void follow(size_t moved);
    void go(bool forward);
    [[nodiscard]] log::DiffOptions options() const;
    [[nodiscard]] QString countsText() const;
    void updateText();
    void retranslate();

    AppSettings &m_settings;
    std::array<Shown, 2> m_sides;
    log::LogDiff m_diff;
    std::shared_ptr<std::atomic_bool> m_stop; // of the comparison that goes on; null: none does
    qint64 m_hunk = -1;                       // that was gone to
    bool m_isCompared = false;
    bool m_hasFailed = false; // the comparison
    bool m_following = false;
    ErrorPanel *m_error;
    QLabel *m_text;
    QToolButton *m_previous, *m_next, *m_again;
    QCheckBox *m_times, *m_ids, *m_numbers, *m_wrap;
    std::unique_ptr<Worker> m_worker;
};

} // namespace society::ui
