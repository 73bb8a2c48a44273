// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/worker.h"

#include <QDialog>

class QLabel;

namespace society::ui {

/// A dialog that writes something in a worker and stays until it has heard what came of it: closed meanwhile, it says
/// so and closes at the end; what went wrong keeps it open, to be read. GUI thread.
class WritingDialog : public QDialog {
    Q_OBJECT
public:
    explicit WritingDialog(QWidget *parent = nullptr);

    [[nodiscard]] bool isWriting() const { return m_writing > 0; }

protected:
    void reject() override;
    void changeEvent(QEvent *event) override;
    /// A write began or ended: what would write the same again is not to be pressed meanwhile.
    virtual void writingChanged() {}

    /// Runs `work()`, whose answer is a Result, in the worker, then `done(result)`.
    template <class Work, class Done>
    void write(Worker &worker, Work work, Done done)
    {
        ++m_writing;
        writingChanged();
        worker.run(this, std::move(work), [this, done = std::move(done)](const auto &written) {
            --m_writing;
            writingChanged();
            if (!written.has_value())
                stay();
            done(written);
            closeIfWanted();
        });
    }

private:
    void stay();
    void closeIfWanted();
    void retranslate();

    int m_writing = 0; ///< how many are under way
    bool m_wantsToClose = false;
    QLabel *m_words = nullptr; ///< null until somebody closes too early
};

} // namespace society::ui
