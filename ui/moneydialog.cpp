// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/moneydialog.h"

#include "services/core/currency.h"
#include "services/ledger/limits.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr Money smallestRecharge = Money::fromMicro(10'000); // ¥ 0.01, the ledger's rule

} // namespace

MoneyDialog::MoneyDialog(
    const QString &title, const QString &words, const QString &agree, Sign sign, bool needsNote, QWidget *parent)
    : QDialog(parent)
    , m_sign(sign)
    , m_needsNote(needsNote)
    , m_edit(new QLineEdit(this))
    , m_note(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_agree(new QPushButton(agree, this))
{
    setObjectName(QStringLiteral("moneyDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_edit->setObjectName(QStringLiteral("moneyAmount"));
    m_note->setObjectName(QStringLiteral("moneyNote"));
    m_problem->setObjectName(QStringLiteral("moneyProblem"));
    m_agree->setObjectName(QStringLiteral("moneyAgree"));
    m_edit->setPlaceholderText(QLocale().toString(10.0, 'f', 2));
    m_problem->setWordWrap(true);
    auto *label = new QLabel(words, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    auto *form = new QFormLayout;
    form->addRow(tr("&Amount, %1").arg(currencySign()), m_edit);
    form->addRow(needsNote ? tr("&Reason") : tr("&Note"), m_note);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_agree, QDialogButtonBox::AcceptRole);
    buttons->addButton(new QPushButton(tr("Cancel"), this), QDialogButtonBox::RejectRole);
    m_agree->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    resize(440, sizeHint().height());
    connect(m_edit, &QLineEdit::textChanged, this, &MoneyDialog::check);
    connect(m_note, &QLineEdit::textChanged, this, &MoneyDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

QString MoneyDialog::note() const
{
    return m_note->text().trimmed();
}

void MoneyDialog::check()
{
    const QString text = m_edit->text().trimmed();
    QString problem;
    bool complete = !text.isEmpty();
    if (complete) {
        const auto amount = Money::parse(text, QLocale());
        if (!amount)
            problem = amount.error().message;
        else if (m_sign == Sign::Positive && *amount < smallestRecharge)
            problem = tr("At least %1. To take money away, correct a bill.").arg(smallestRecharge.toDisplay(QLocale()));
        else if (amount->isZero())
            problem = tr("An amount of nothing changes nothing.");
        else
            m_amount = *amount;
    }
    if (problem.isEmpty() && complete && m_needsNote && note().isEmpty()) {
        complete = false;
        problem = tr("Say why: the reason stays on the bill.");
    }
    // Not cut to that length: who pastes a text would not see what is gone.
    if (problem.isEmpty() && note().size() > ledger::LongestNote)
        problem = tr("The text is longer than %L1 characters: shorten it.").arg(ledger::LongestNote);
    m_problem->setText(problem);
    m_agree->setEnabled(complete && problem.isEmpty());
}

} // namespace society::ui
