// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sourcemodule.h"

class QPlainTextEdit;

namespace society::ui {

/// A source editor without colours and marks, for a program whose library of the editor is missing: what is written in
/// a configuration can be read, changed and saved with it. GUI thread.
class PlainSource : public SourceView {
public:
    explicit PlainSource(QWidget *parent);

    [[nodiscard]] QWidget *widget() override;
    void setText(const QString &text, config::Format format) override;
    [[nodiscard]] QString text() const override;
    void replaceText(const QString &text) override;
    [[nodiscard]] bool isModified() const override;
    void setModified(bool modified) override;
    [[nodiscard]] bool isReadOnly() const override;
    void setReadOnly(bool readOnly) override;
    void setMarks(const QList<SourceMark> &) override {}
    void goTo(config::Position position) override;
    [[nodiscard]] config::Position cursor() const override;
    bool findNext(const QString &text) override;
    void takePalette(const QPixmap &, const QPixmap &) override {}

private:
    QPlainTextEdit *m_edit; ///< its parent's
    bool m_setting = false;
};

} // namespace society::ui
