// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"

#include <QScrollBar>

namespace society::ui {

/// A scroll bar with marks where something stands: errors at its left edge, hits at its right one. GUI thread.
class LogScrollBar : public QScrollBar {
    Q_OBJECT
public:
    explicit LogScrollBar(QWidget *parent = nullptr);

    /// The lists must outlive their use; null: none. Call it again when they have changed. `lineCount` is what the
    /// whole bar stands for.
    void setMarks(const log::HitList *hits, const log::HitList *errors, qint64 lineCount);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const log::HitList *m_hits = nullptr;
    const log::HitList *m_errors = nullptr;
    qint64 m_lineCount = 0;
};

} // namespace society::ui
