// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/problem.h"

#include <QScrollArea>
#include <functional>

class QVBoxLayout;

namespace society::ui {

/// What a check found, each with shape, place, words, remedy and a way there; what is well in one line at the end.
/// Stays as it is while the same problems are set again, so the keyboard's place is kept. GUI thread.
class ProblemList : public QScrollArea {
    Q_OBJECT
public:
    explicit ProblemList(QWidget *parent = nullptr);

    void setProblems(const QList<config::Problem> &problems);
    [[nodiscard]] const QList<config::Problem> &problems() const { return m_problems; }
    /// Decides which problems get a "Go there"; at first those with a path.
    void setReachable(std::function<bool(const config::Problem &)> reachable);

signals:
    void goThere(const society::config::Problem &problem);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    [[nodiscard]] QWidget *makeRow(const config::Problem &problem, int number);

    QList<config::Problem> m_problems;
    std::function<bool(const config::Problem &)> m_reachable;
    QWidget *m_content = nullptr;
};

/// "Workflow › 2 › target agent" for "exp.workflow.2.target_agent": a path as people read it, list places from 1.
[[nodiscard]] QString readablePath(const QString &path);

} // namespace society::ui
