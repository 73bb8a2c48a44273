// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/billfilterbar.h"
#include "ui/clearbutton.h"

#include "models/billlistmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <chrono>

namespace society::ui {

namespace {

using namespace std::chrono_literals;

constexpr int amountWidth = 9; // characters
constexpr qsizetype longestName = 32;

template <class Widget>
void name(Widget *widget, const char *text)
{
    widget->setObjectName(QString::fromLatin1(text));
}

constexpr std::initializer_list<ledger::Item> items{ledger::Item::Recharge, ledger::Item::InputTokens,
    ledger::Item::OutputTokens, ledger::Item::RunTime, ledger::Item::Correction};

} // namespace

ledger::BillFilter BillChoice::filter(const TenantId &tenant) const
{
    ledger::BillFilter filter;
    filter.tenant = tenant;
    filter.item = item;
    filter.model = model;
    filter.experiment = experiment;
    filter.text = text;
    filter.least = least;
    filter.most = most;
    // Days are local ones, both included; the ledger's end is exclusive and in UTC.
    if (from.isValid())
        filter.from = from.startOfDay().toUTC();
    if (to.isValid())
        filter.to = to.addDays(1).startOfDay().toUTC();
    return filter;
}

BillFilterBar::BillFilterBar(QDate today, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_item(new QComboBox(this))
    , m_model(new QComboBox(this))
    , m_only(new QPushButton(this))
    , m_clear(new QPushButton(this))
    , m_fromOn(new QCheckBox(this))
    , m_toOn(new QCheckBox(this))
    , m_from(new QDateEdit(this))
    , m_to(new QDateEdit(this))
    , m_amountLabel(new QLabel(this))
    , m_amountTo(new QLabel(this))
    , m_least(new QLineEdit(this))
    , m_most(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_second(new QHBoxLayout)
{
    m_from->setDate(QDate(today.year(), today.month(), 1));
    m_to->setDate(today);
    buildLayout();
    retranslate();
    connectSignals();
}

void BillFilterBar::buildLayout()
{
    name(m_text, "billText");
    name(m_item, "billItem");
    name(m_model, "billModel");
    name(m_only, "billOnly");
    name(m_clear, "billClear");
    name(m_fromOn, "billFromOn");
    name(m_from, "billFrom");
    name(m_toOn, "billToOn");
    name(m_to, "billTo");
    name(m_least, "billLeast");
    name(m_most, "billMost");
    name(m_problem, "billProblem");
    offerClearing(m_text);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_amountLabel->setBuddy(m_least);
    m_problem->hide();
    m_problem->setWordWrap(true);
    for (QDateEdit *edit : {m_from, m_to}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    }
    for (QLineEdit *edit : {m_least, m_most})
        edit->setMaximumWidth(edit->fontMetrics().averageCharWidth() * amountWidth * 2);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_text, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_item, m_model, m_only, m_clear})
        first->addWidget(widget);
    m_second->setSpacing(8);
    for (QWidget *widget :
        std::initializer_list<QWidget *>{m_fromOn, m_from, m_toOn, m_to, m_amountLabel, m_least, m_amountTo, m_most})
        m_second->addWidget(widget);
    m_second->insertSpacing(4, 8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(m_second);
    layout->addWidget(m_problem);
}

void BillFilterBar::addToEnd(QWidget *widget, int stretch)
{
    m_second->addWidget(widget, stretch);
}

void BillFilterBar::connectSignals()
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(200ms);
    connect(&m_debounce, &QTimer::timeout, this, [this] {
        showState();
        emit changed();
    });
    for (QLineEdit *edit : {m_text, m_least, m_most})
        connect(edit, &QLineEdit::textChanged, this, &BillFilterBar::noteEdit);
    for (QDateEdit *edit : {m_from, m_to})
        connect(edit, &QDateEdit::dateChanged, this, &BillFilterBar::noteEdit);
    const auto now = [this] {
        m_debounce.stop();
        showState();
        emit changed();
    };
    for (QComboBox *box : {m_item, m_model})
        connect(box, &QComboBox::currentIndexChanged, this, now);
    for (QCheckBox *box : {m_fromOn, m_toOn})
        connect(box, &QCheckBox::toggled, this, now);
    connect(m_only, &QPushButton::clicked, this, [this, now] {
        m_experiment.reset();
        now();
    });
    connect(m_clear, &QPushButton::clicked, this, [this] {
        emit cleared();
        setChoice({});
        m_text->setFocus(Qt::OtherFocusReason);
    });
}

void BillFilterBar::noteEdit()
{
    m_debounce.start();
}

std::optional<Money> BillFilterBar::amountOf(const QLineEdit *edit, QString &problem) const
{
    QString text = edit->text().trimmed();
    if (text.isEmpty())
        return std::nullopt;
    text.replace(u'−', u'-'); // as amounts are shown
    const auto amount = Money::parse(text, QLocale());
    if (!amount)
        problem = amount.error().message + u' ' + amount.error().remedy;
    return amount ? std::optional(*amount) : std::nullopt;
}

BillChoice BillFilterBar::choice() const
{
    BillChoice choice;
    if (const QVariant item = m_item->currentData(); item.isValid())
        choice.item = static_cast<ledger::Item>(item.toInt());
    if (const QVariant model = m_model->currentData(); model.isValid())
        choice.model = model.toString();
    choice.experiment = m_experiment;
    if (m_experiment)
        choice.experimentName = m_experimentName;
    if (m_fromOn->isChecked())
        choice.from = m_from->date();
    if (m_toOn->isChecked())
        choice.to = m_to->date();
    QString problem;
    choice.least = amountOf(m_least, problem);
    choice.most = amountOf(m_most, problem);
    choice.text = m_text->text().trimmed();
    return choice;
}

void BillFilterBar::setChoice(const BillChoice &choice)
{
    {
        const QSignalBlocker blockers[]{QSignalBlocker(m_text), QSignalBlocker(m_item), QSignalBlocker(m_model),
            QSignalBlocker(m_fromOn), QSignalBlocker(m_toOn), QSignalBlocker(m_from), QSignalBlocker(m_to),
            QSignalBlocker(m_least), QSignalBlocker(m_most)};
        m_item->setCurrentIndex(choice.item ? m_item->findData(static_cast<int>(*choice.item)) : 0);
        if (choice.model && m_model->findData(*choice.model) < 0)
            m_model->addItem(*choice.model, *choice.model); // a model whose list has not been read yet
        m_model->setCurrentIndex(choice.model ? m_model->findData(*choice.model) : 0);
        m_experiment = choice.experiment;
        m_experimentName = choice.experimentName;
        m_fromOn->setChecked(choice.from.isValid());
        m_toOn->setChecked(choice.to.isValid());
        if (choice.from.isValid())
            m_from->setDate(choice.from);
        if (choice.to.isValid())
            m_to->setDate(choice.to);
        m_least->setText(choice.least ? choice.least->toDecimal().replace(u'.', QLocale().decimalPoint()) : QString());
        m_most->setText(choice.most ? choice.most->toDecimal().replace(u'.', QLocale().decimalPoint()) : QString());
        m_text->setText(choice.text);
    }
    m_debounce.stop();
    showState();
    emit changed();
}

void BillFilterBar::setModels(const QStringList &models)
{
    const QVariant chosen = m_model->currentData();
    const QSignalBlocker blocker(m_model);
    m_model->clear();
    m_model->addItem(tr("every model"));
    for (const QString &model : models)
        m_model->addItem(model.isEmpty() ? tr("no model") : model, model);
    if (chosen.isValid() && m_model->findData(chosen) < 0)
        m_model->addItem(chosen.toString(), chosen);
    m_model->setCurrentIndex(chosen.isValid() ? m_model->findData(chosen) : 0);
}

void BillFilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void BillFilterBar::showState()
{
    m_from->setEnabled(m_fromOn->isChecked());
    m_to->setEnabled(m_toOn->isChecked());
    m_only->setVisible(m_experiment.has_value());
    if (m_experiment) {
        const QString whole = m_experimentName.isEmpty() ? m_experiment->text().left(8) : m_experimentName;
        const QString shown = whole.size() > longestName ? whole.left(longestName - 1) + u'…' : whole;
        m_only->setText(m_experiment->isNull()
                            ? tr("only of no run ✕")
                            : tr("only “%1” ✕").arg(QString(shown).replace(u'&', QLatin1String("&&"))));
    }
    QString problem;
    (void)amountOf(m_least, problem);
    (void)amountOf(m_most, problem);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_clear->setEnabled(!choice().isEmpty() || !problem.isEmpty());
}

void BillFilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void BillFilterBar::retranslate()
{
    const int chosen = qMax(0, m_item->currentIndex());
    {
        const QSignalBlocker blocker(m_item);
        m_item->clear();
        m_item->addItem(tr("everything"));
        for (const ledger::Item item : items)
            m_item->addItem(models::itemText(item), static_cast<int>(item));
        m_item->setCurrentIndex(chosen);
    }
    QStringList models;
    for (int i = 1; i < m_model->count(); ++i)
        models += m_model->itemData(i).toString();
    setModels(models);
    m_text->setPlaceholderText(tr("experiment, model, text…"));
    m_text->setAccessibleName(tr("Filter the bills"));
    m_item->setAccessibleName(tr("What the bills are for"));
    m_model->setAccessibleName(tr("Model that the bills are for"));
    m_only->setToolTip(tr("Show the bills of all experiments again"));
    m_clear->setText(tr("C&lear filters"));
    m_clear->setToolTip(tr("Esc brings them back"));
    m_fromOn->setText(tr("from"));
    m_from->setAccessibleName(tr("First day"));
    m_toOn->setText(tr("to"));
    m_to->setAccessibleName(tr("Last day"));
    m_amountLabel->setText(tr("amount"));
    m_amountTo->setText(tr("to", "between two amounts"));
    m_least->setAccessibleName(tr("Least amount"));
    m_most->setAccessibleName(tr("Largest amount"));
    for (QLineEdit *edit : {m_least, m_most})
        edit->setToolTip(tr("Charges are negative: from −5 to −1 shows charges of one to five."));
    showState();
}

} // namespace society::ui
