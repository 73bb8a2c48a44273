// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runending.h"

#include "models/format.h"
#include "services/agentsociety/failure.h"
#include "ui/icons.h"
#include "ui/statechip.h"

#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

namespace society::ui {

namespace {

constexpr qsizetype fewestLines = 2;
constexpr qsizetype mostLines = 7; // more are scrolled to

bool endedBadly(experiment::State state)
{
    return state == experiment::State::Failed || state == experiment::State::Lost;
}

/// What is to be said of a run that has ended, beside why it did; a line each.
QString lastingWarnings(const QList<executor::RunStatus::Warning> &warnings, const experiment::Experiment &experiment)
{
    QStringList lines;
    for (const auto &warning : warnings) {
        if (!agentsociety::outlastsRun(warning.code) || warning.code == experiment.reasonCode)
            continue;
        const agentsociety::Failure failure = agentsociety::warningOf(warning.code, warning.detail);
        lines += agentsociety::reasonText(failure) + u' ' + agentsociety::remedyText(failure);
    }
    return lines.join(u'\n');
}

} // namespace

RunEnding::RunEnding(QWidget *parent)
    : QFrame(parent)
    , m_shape(new QLabel(this))
    , m_reason(new QLabel(this))
    , m_remedy(new QLabel(this))
    , m_quote(new QPlainTextEdit(this))
    , m_jump(new QPushButton(icon("go-jump"), QString(), this))
{
    setObjectName(QStringLiteral("runEnding"));
    setFrameShape(QFrame::StyledPanel);
    m_reason->setObjectName(QStringLiteral("runReason"));
    m_remedy->setObjectName(QStringLiteral("runRemedy"));
    m_quote->setObjectName(QStringLiteral("runErrorBlock"));
    m_jump->setObjectName(QStringLiteral("runShowInLog"));
    for (QLabel *label : {m_reason, m_remedy}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    QFont bold = m_reason->font();
    bold.setBold(true);
    m_reason->setFont(bold);
    m_quote->setReadOnly(true);
    m_quote->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_quote->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));

    auto *layout = new QGridLayout(this);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_shape, 0, 0, Qt::AlignTop);
    layout->addWidget(m_reason, 0, 1);
    layout->addWidget(m_jump, 0, 2, Qt::AlignTop);
    layout->addWidget(m_remedy, 1, 1, 1, 2);
    layout->addWidget(m_quote, 2, 1, 1, 2);
    layout->setColumnStretch(1, 1);
    connect(m_jump, &QPushButton::clicked, this, [this] { emit lineRequested(m_line); });
    renew();
}

void RunEnding::setExperiment(const experiment::Experiment &experiment)
{
    if (experiment.id != m_experiment.id) {
        m_warnings.clear();
        m_block.clear();
        m_line = -1;
    }
    m_experiment = experiment;
    renew();
}

void RunEnding::setWarnings(const QList<executor::RunStatus::Warning> &warnings)
{
    m_warnings.clear();
    for (const auto &warning : warnings) {
        if (!warning.until.isValid()) // what is over need not be said
            m_warnings.append(warning);
    }
    renew();
}

void RunEnding::setErrorBlock(const QStringList &lines, qint64 line)
{
    m_block = lines;
    m_line = line;
    renew();
}

void RunEnding::renew()
{
    const bool ended = experiment::isEnded(m_experiment.state);
    const bool bad = endedBadly(m_experiment.state);
    QString reason;
    QString remedy;
    if (ended && m_experiment.state != experiment::State::Finished) {
        reason = experiment::reasonText(m_experiment);
        remedy = experiment::remedyText(m_experiment);
        if (!m_experiment.practice && m_experiment.settled) {
            remedy += (remedy.isEmpty() ? QString() : QStringLiteral(" ")) +
                      tr("It cost %1; its log and results are kept.").arg(m_experiment.cost.toDisplay(QLocale()));
        } else if (m_experiment.state == experiment::State::Stopped) {
            remedy += (remedy.isEmpty() ? QString() : QStringLiteral(" ")) + tr("Its log and results are kept.");
        }
    } else if (!ended && !m_warnings.isEmpty()) {
        const agentsociety::Failure failure = agentsociety::warningOf(m_warnings.last().code, m_warnings.last().detail);
        reason = tr("%1: %2").arg(models::clockTime(m_warnings.last().at), agentsociety::reasonText(failure));
        remedy = agentsociety::remedyText(failure);
    }
    const QString lasting = ended ? lastingWarnings(m_warnings, m_experiment) : QString();
    QString &place = reason.isEmpty() ? reason : remedy; // it may have ended as it should, but for these
    if (!lasting.isEmpty())
        place += (place.isEmpty() ? QString() : QStringLiteral("\n")) + lasting;
    const Severity severity = bad                          ? Severity::Fault
                              : ended && lasting.isEmpty() ? Severity::Information
                                                           : Severity::Warning;
    m_shape->setPixmap(severityIcon(severity, palette()).pixmap(16, 16));
    m_reason->setText(reason);
    m_remedy->setText(remedy);
    m_remedy->setVisible(!remedy.isEmpty());
    const bool quotes = bad && !m_block.isEmpty();
    m_quote->setVisible(quotes);
    if (quotes && m_quote->toPlainText() != m_block.join(u'\n')) {
        m_quote->setPlainText(m_block.join(u'\n'));
        const auto lines = static_cast<int>(qBound(fewestLines, m_block.size(), mostLines));
        const int frame = 2 * (m_quote->frameWidth() + static_cast<int>(m_quote->document()->documentMargin()));
        m_quote->setFixedHeight(lines * m_quote->fontMetrics().lineSpacing() + frame + 2);
    }
    m_jump->setVisible(quotes && m_line >= 0);
    m_jump->setText(tr("Show in the log"));
    m_quote->setAccessibleName(tr("The last error of the log"));
    setAccessibleName(reason);
    setVisible(!reason.isEmpty());
}

void RunEnding::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        renew();
    QFrame::changeEvent(event);
}

} // namespace society::ui
