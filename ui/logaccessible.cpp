// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logaccessible.h"

#include "ui/logview.h"

#include <QAccessibleWidget>

namespace society::ui {

namespace {

class AccessibleLogView : public QAccessibleWidget {
public:
    explicit AccessibleLogView(LogView *view)
        : QAccessibleWidget(view, QAccessible::StaticText)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        if (which == QAccessible::Value)
            return static_cast<LogView *>(widget())->spokenText();
        QString text = QAccessibleWidget::text(which);
        if (which != QAccessible::Description)
            return text;
        // Which hit of how many, then the hit; and what it has that is no text.
        const auto *view = static_cast<LogView *>(widget());
        if (const QString line = view->cursorText(); !text.isEmpty() && !line.isEmpty())
            text += QStringLiteral(": ") + line;
        const QString note = view->cursorNote();
        return text.isEmpty() || note.isEmpty() ? text + note : text + QStringLiteral(" · ") + note;
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        return state;
    }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<LogView *>(object);
    return view ? new AccessibleLogView(view) : nullptr;
}

} // namespace

void installLogAccessibility()
{
    QAccessible::installFactory(makeInterface); // a factory that is there already is not added again
}

bool isScreenReaderListening()
{
    return QAccessible::isActive();
}

void tellScreenReader(LogView *view, const QString &text)
{
    QAccessibleValueChangeEvent event(view, text);
    QAccessible::updateAccessibility(&event);
}

} // namespace society::ui
