// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/problemlist.h"

#include "services/config/document.h"
#include "ui/statechip.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr qsizetype shownProblems = 100; // more at once help nobody; the rest is counted

QLabel *makeWords(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

QString readablePath(const QString &path)
{
    QStringList parts = config::splitPath(path);
    if (!parts.isEmpty() && parts.first() == QLatin1String("exp"))
        parts.removeFirst();
    for (QString &part : parts) {
        bool isNumber = false;
        const int number = part.toInt(&isNumber);
        if (isNumber)
            part = QString::number(number + 1);
    }
    if (parts.isEmpty())
        return path;
    const QString first = parts.first();
    if (first == QLatin1String("llm"))
        parts[0] = QCoreApplication::translate("ProblemList", "Language model");
    else if (first == QLatin1String("agents"))
        parts[0] = QCoreApplication::translate("ProblemList", "Agents");
    else if (first == QLatin1String("map"))
        parts[0] = QCoreApplication::translate("ProblemList", "Map");
    else if (first == QLatin1String("workflow"))
        parts[0] = QCoreApplication::translate("ProblemList", "Workflow");
    return parts.join(QStringLiteral(" › "));
}

ProblemList::ProblemList(QWidget *parent)
    : QScrollArea(parent)
    , m_reachable([](const config::Problem &problem) { return !problem.path.isEmpty(); })
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameStyle(QFrame::StyledPanel | QFrame::Plain);
    rebuild();
}

void ProblemList::setProblems(const QList<config::Problem> &problems)
{
    if (problems == m_problems)
        return;
    m_problems = problems;
    rebuild();
}

void ProblemList::setReachable(std::function<bool(const config::Problem &)> reachable)
{
    m_reachable = std::move(reachable);
    rebuild();
}

void ProblemList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
    QScrollArea::changeEvent(event);
}

void ProblemList::rebuild()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    QStringList well;
    qsizetype shown = 0;
    qsizetype left = 0;
    for (const config::Problem &problem : std::as_const(m_problems)) {
        if (problem.severity == config::Severity::Ok)
            well += problem.message.endsWith(u'.') || problem.message.endsWith(u'。')
                        ? problem.message.chopped(1)
                        : problem.message; // a list, no sentences
        else if (shown < shownProblems)
            layout->addWidget(makeRow(problem, static_cast<int>(++shown)));
        else
            ++left;
    }
    if (left > 0)
        layout->addWidget(makeWords(tr("and %n more", nullptr, static_cast<int>(left)), content));
    if (!well.isEmpty()) {
        auto *row = new QWidget(content);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto *shape = new QLabel(row);
        shape->setPixmap(severityIcon(Severity::Good, palette()).pixmap(16, 16));
        auto *words = makeWords(well.join(QStringLiteral("   ·   ")), row);
        words->setObjectName(QStringLiteral("problemsWell"));
        line->addWidget(shape, 0, Qt::AlignTop);
        line->addWidget(words, 1);
        layout->addWidget(row);
    }
    layout->addStretch();
    setWidget(content); // deletes the one before
    m_content = content;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    viewport()->setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Problems"));
}

QWidget *ProblemList::makeRow(const config::Problem &problem, int number)
{
    const bool fault = problem.severity == config::Severity::Error;
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *shape = new QLabel(row);
    const Severity severity = fault ? Severity::Fault : Severity::Warning;
    shape->setPixmap(severityIcon(severity, palette()).pixmap(16, 16));
    shape->setAccessibleName(fault ? tr("Error") : tr("Warning"));

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    QString message = problem.message;
    if (!problem.path.isEmpty())
        message = tr("%1: %2").arg(readablePath(problem.path), message);
    auto *words = makeWords(message, row);
    words->setObjectName(QStringLiteral("problem_%1").arg(number));
    texts->addWidget(words);
    if (!problem.remedy.isEmpty()) {
        auto *remedy = makeWords(problem.remedy, row);
        remedy->setForegroundRole(QPalette::PlaceholderText);
        texts->addWidget(remedy);
    }
    line->addWidget(shape, 0, Qt::AlignTop);
    line->addLayout(texts, 1);
    if (m_reachable(problem)) {
        auto *button = new QPushButton(tr("Go there"), row);
        button->setObjectName(QStringLiteral("goThere_%1").arg(number));
        button->setAccessibleName(tr("Go to problem %1").arg(number));
        button->setAccessibleDescription(message);
        connect(button, &QPushButton::clicked, this, [this, problem] { emit goThere(problem); });
        line->addWidget(button, 0, Qt::AlignTop);
    }
    return row;
}

} // namespace society::ui
