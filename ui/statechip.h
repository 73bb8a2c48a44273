// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experiment.h"
#include "ui/textdelegate.h"

#include <QWidget>

namespace society::ui {

/// What a message or a check says about itself; drawn with a shape of its own, since colour alone does not tell.
enum class Severity { Good, Information, Warning, Fault };

/// A state's colour, readable on the palette's base (light and dark).
[[nodiscard]] QColor stateColour(experiment::State state, const QPalette &palette);
[[nodiscard]] QColor severityColour(Severity severity, const QPalette &palette);

/// Draws a state's shape into a square: queued a hollow circle, starting a half-filled one, running a triangle that
/// points right, stopping a hollow square, finished a tick, failed a cross, stopped a filled square, lost a question
/// mark.
void paintStateShape(QPainter *painter, const QRectF &square, experiment::State state, const QColor &colour);
/// Draws a severity's shape: ✔, i, ⚠, ✖.
void paintSeverityShape(QPainter *painter, const QRectF &square, Severity severity, const QColor &colour);

/// The shapes as icons, for places that take no painter.
[[nodiscard]] QIcon stateIcon(experiment::State state, const QPalette &palette);
[[nodiscard]] QIcon severityIcon(Severity severity, const QPalette &palette);

/// Draws the state column of lists: shape and word in the state's colour. Reads the state as int (experiment::State)
/// from `stateRole` of the index; an index without one is drawn as usual.
class StateDelegate : public TextDelegate {
    Q_OBJECT
public:
    explicit StateDelegate(int stateRole, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_stateRole;
};

/// A state with shape and word, for headers. Its accessible name is the word.
class StateLabel : public QWidget {
    Q_OBJECT
public:
    explicit StateLabel(QWidget *parent = nullptr);
    void setState(experiment::State state);
    [[nodiscard]] experiment::State state() const { return m_state; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    experiment::State m_state = experiment::State::Queued;
};

} // namespace society::ui
