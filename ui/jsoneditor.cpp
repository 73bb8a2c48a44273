// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jsoneditor.h"

#include "ui/errorpanel.h"
#include "ui/plainsource.h"
#include "ui/statechip.h"

#include <QEvent>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr int markSize = 14;

} // namespace

JsonEditor::JsonEditor(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    if (const auto module = sourceModule()) {
        m_view = (*module)->makeView(this);
    } else {
        auto *panel = new ErrorPanel(this);
        panel->showError(module.error());
        layout->addWidget(panel);
        m_view = std::make_unique<PlainSource>(this);
    }
    layout->addWidget(m_view->widget(), 1);
    setFocusProxy(m_view->widget());
    m_view->edited = [this] { emit edited(); };
    m_view->modificationChanged = [this](bool modified) { emit modificationChanged(modified); };
    setText({}, config::Format::Json);
    applyLook();
}

// The widgets go after the view, and still tell it of their end.
JsonEditor::~JsonEditor()
{
    delete m_view->widget();
}

void JsonEditor::setText(const QByteArray &utf8, config::Format format)
{
    m_view->setText(QString::fromUtf8(utf8), format);
    m_view->setMarks({});
    emit modificationChanged(false);
}

QByteArray JsonEditor::text() const
{
    return m_view->text().toUtf8();
}

void JsonEditor::replaceText(const QByteArray &utf8)
{
    m_view->replaceText(QString::fromUtf8(utf8));
}

void JsonEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyLook();
    QWidget::changeEvent(event);
}

void JsonEditor::applyLook()
{
    m_view->takePalette(severityIcon(Severity::Fault, palette()).pixmap(markSize, markSize),
        severityIcon(Severity::Warning, palette()).pixmap(markSize, markSize));
}

} // namespace society::ui
