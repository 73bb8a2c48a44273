// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"
#include "services/log/tracebackfolder.h"

#include <QSet>
#include <vector>

namespace society::ui {

/// Which lines of a log are on show: all but those inside closed folds, or those of a list and no others. A place is
/// the number of a line among those on show; places and lines are found from each other in logarithmic time. A value;
/// GUI thread.
class LogShown {
public:
    /// Forgets lines and folds, but not whether folds begin closed.
    void clear();
    void setLineCount(qint64 count) { m_lineCount = count; }
    [[nodiscard]] qint64 lineCount() const { return m_lineCount; }
    /// Shows the lines of a list only, which must outlive its use and may grow; null: all lines, folded.
    void setList(const log::HitList *list) { m_list = list; }
    [[nodiscard]] bool hasList() const { return m_list != nullptr; }

    /// Takes the folds of an outline that has changed: more at the end, the last one longer, or none any more.
    void takeFolds(const std::vector<log::Fold> &folds);
    /// Closes or opens all folds, those to come included. `folds`: those that are known.
    void setAllClosed(bool closed, const std::vector<log::Fold> &folds);
    [[nodiscard]] bool isAllClosed() const { return m_allClosed; }
    /// Closes or opens one.
    void setClosed(const log::Fold &fold, bool closed, const std::vector<log::Fold> &folds);
    [[nodiscard]] bool isClosed(const log::Fold &fold) const { return m_allClosed != m_others.contains(fold.first); }

    /// How many lines are on show.
    [[nodiscard]] qint64 count() const;
    /// The line at a place (0 ≤ place < count()).
    [[nodiscard]] qint64 lineAt(qint64 place) const;
    /// The lines at places place … place + count - 1, fewer at the end.
    [[nodiscard]] std::vector<qint64> lines(qint64 place, qint64 count) const;
    /// The place of a line; where it is not on show, that of what stands for it: its fold, or the line on show before
    /// it, or the first one.
    [[nodiscard]] qint64 placeOf(qint64 line) const;
    [[nodiscard]] bool isShown(qint64 line) const;
    /// The line's place in lines: itself, or what stands for it.
    [[nodiscard]] qint64 standInOf(qint64 line) const { return count() > 0 ? lineAt(placeOf(line)) : 0; }

private:
    struct Closed {
        qint64 first = 0;
        qint64 last = 0;
        qint64 hiddenBefore = 0; // lines that the closed folds before it hide
    };
    void takeFrom(size_t index, const std::vector<log::Fold> &folds);
    [[nodiscard]] const Closed *closedBefore(qint64 line) const;

    const log::HitList *m_list = nullptr;
    qint64 m_lineCount = 0;
    std::vector<Closed> m_closed;
    size_t m_taken = 0; // of the outline's folds
    bool m_allClosed = true;
    QSet<qint64> m_others; // first lines of folds that are the other way
};

} // namespace society::ui
