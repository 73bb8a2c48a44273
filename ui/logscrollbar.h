// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QTimer>
#include <set>
#include <vector>

namespace society::ui {

class LogShown;

/// A scroll bar with marks where something stands: errors at its left edge, hits at its right one, a person's marks
/// across. GUI thread.
class LogScrollBar : public QScrollBar {
    Q_OBJECT
public:
    /// What is marked; null: nothing of that kind. All must outlive their use.
    struct Marks {
        const log::HitList *hits = nullptr;
        const log::HitList *errors = nullptr;
        const std::set<qint64> *own = nullptr;
        const LogShown *shown = nullptr; ///< which lines the bar stands for
    };

    explicit LogScrollBar(QWidget *parent = nullptr);

    /// Call it again when the lists have changed; many times a second cost no more than some.
    void setMarks(const Marks &marks);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum Mark : unsigned char { Hit = 1, ErrorLine = 2, Own = 4 };
    void gather(int height);

    Marks m_marks;
    std::vector<unsigned char> m_rows; // marks of each two rows of pixels
    int m_height = -1;                 // that they were gathered for
    bool m_stale = true;
    QElapsedTimer m_gathered;
    QTimer m_later;
};

} // namespace society::ui
