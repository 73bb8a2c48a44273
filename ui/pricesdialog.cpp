// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pricesdialog.h"

#include "models/billlistmodel.h"
#include "models/format.h"
#include "services/core/currency.h"
#include "services/ledger/ledger.h"
#include "ui/clearbutton.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace society::ui {

namespace {

using Model = models::PriceListModel;

/// Past prices in the colour of what is aside, those to come in italics; the column of states says the same in words.
class PriceDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto phase = static_cast<models::PricePhase>(index.data(Model::PhaseRole).toInt());
        if (phase == models::PricePhase::Past)
            option->palette.setBrush(QPalette::Text, option->palette.brush(QPalette::PlaceholderText));
        option->font.setItalic(phase == models::PricePhase::Future);
    }
};

} // namespace

PricesDialog::PricesDialog(const AppContext &context, QWidget *parent)
    : WritingDialog(parent)
    , m_context(context)
    , m_prices(context.clock)
    , m_filter(new QLineEdit(this))
    , m_table(new DataTable(context.settings, QStringLiteral("priceTable"), this))
    , m_item(new QComboBox(this))
    , m_model(new QComboBox(this))
    , m_edit(new QLineEdit(this))
    , m_unit(new QLabel(this))
    , m_free(new QCheckBox(tr("&free"), this))
    , m_later(new QCheckBox(tr("only &from"), this))
    , m_from(new QDateTimeEdit(this))
    , m_problem(new QLabel(this))
    , m_set(new QPushButton(tr("&Set this price"), this))
    , m_import(new QPushButton(tr("&Import…"), this))
    , m_export(new QPushButton(tr("&Export…"), this))
    , m_sign(new QLineEdit(this))
    , m_saveSign(new QPushButton(tr("&Use it"), this))
    , m_error(new ErrorPanel(this))
    , m_done(new QLabel(this))
{
    setObjectName(QStringLiteral("pricesDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Prices"));
    m_proxy.setSourceModel(&m_prices);
    buildLayout();
    connectSignals();
    check();
    load();
}

PricesDialog::~PricesDialog()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void PricesDialog::buildLayout()
{
    m_filter->setObjectName(QStringLiteral("priceFilter"));
    m_filter->setPlaceholderText(tr("filter: item, model, state…"));
    m_filter->setAccessibleName(tr("Filter the prices"));
    offerClearing(m_filter);
    m_import->setObjectName(QStringLiteral("priceImport"));
    m_export->setObjectName(QStringLiteral("priceExport"));
    m_done->setObjectName(QStringLiteral("priceDone"));
    m_done->setWordWrap(true);
    m_done->hide();
    m_table->setUp(&m_proxy, {}, Model::Item);
    m_table->setItemDelegate(new PriceDelegate(m_table));
    m_table->setAccessibleName(tr("Prices"));
    m_table->setEmptyText(tr("No price is like that."));
    auto *words = new QLabel(tr("A run is billed at the prices in force when it started: a model's own, else that of "
                                "every model. A new price "
                                "changes no bill that was written."),
        this);
    words->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_filter, 1);
    top->addWidget(m_import);
    top->addWidget(m_export);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("priceClose"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    for (QPushButton *button : {close, m_import, m_export, m_saveSign})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(words);
    layout->addLayout(top);
    layout->addWidget(m_error);
    layout->addWidget(m_done);
    layout->addWidget(m_table, 1);
    layout->addWidget(makeForm());
    layout->addWidget(makeSignRow());
    layout->addWidget(close, 0, Qt::AlignRight);
    resize(720, 600);
}

QWidget *PricesDialog::makeForm()
{
    m_item->setObjectName(QStringLiteral("priceItem"));
    m_model->setObjectName(QStringLiteral("priceModel"));
    m_edit->setObjectName(QStringLiteral("priceAmount"));
    m_free->setObjectName(QStringLiteral("priceFree"));
    m_later->setObjectName(QStringLiteral("priceLater"));
    m_from->setObjectName(QStringLiteral("priceFrom"));
    m_problem->setObjectName(QStringLiteral("priceProblem"));
    m_set->setObjectName(QStringLiteral("priceSet"));
    for (const ledger::Item item : {ledger::Item::InputTokens, ledger::Item::OutputTokens, ledger::Item::RunTime})
        m_item->addItem(models::itemText(item), static_cast<int>(item));
    m_model->setEditable(true);
    m_model->setInsertPolicy(QComboBox::NoInsert);
    m_model->lineEdit()->setPlaceholderText(tr("every model"));
    offerClearing(m_model->lineEdit());
    m_edit->setPlaceholderText(QLocale().toString(3.0, 'f', 2));
    m_from->setCalendarPopup(true);
    m_from->setDisplayFormat(QStringLiteral("yyyy-MM-dd hh:mm"));
    const QDate today = m_context.clock.now().toLocalTime().date();
    m_from->setDateTime(QDate(today.year(), today.month(), 1).addMonths(1).startOfDay());
    m_from->setAccessibleName(tr("When the price begins to hold"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing());
    m_set->setDefault(true);
    auto *price = new QHBoxLayout;
    price->setSpacing(8);
    price->addWidget(m_edit, 1);
    price->addWidget(m_unit);
    price->addWidget(m_free);
    auto *when = new QHBoxLayout;
    when->setSpacing(8);
    when->addWidget(m_later);
    when->addWidget(m_from);
    when->addStretch();
    when->addWidget(m_set);
    auto *box = new QGroupBox(tr("A new price"), this);
    auto *form = new QFormLayout(box);
    form->addRow(tr("I&tem"), m_item);
    form->addRow(tr("&Model"), m_model);
    auto *priceLabel = new QLabel(tr("&Price"), box);
    priceLabel->setBuddy(m_edit);
    form->addRow(priceLabel, price);
    form->addRow(tr("Holds"), when);
    form->addRow(m_problem);
    return box;
}

QWidget *PricesDialog::makeSignRow()
{
    m_sign->setObjectName(QStringLiteral("priceSign"));
    m_saveSign->setObjectName(QStringLiteral("priceSaveSign"));
    m_sign->setText(currencySign());
    m_sign->setMaxLength(12);
    m_sign->setMaximumWidth(m_sign->fontMetrics().averageCharWidth() * 20);
    auto *row = new QWidget(this);
    auto *label = new QLabel(tr("Sign before &amounts"), row);
    label->setBuddy(m_sign);
    auto *hint = new QLabel(tr("shown only; nothing is converted"), row);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_sign);
    layout->addWidget(m_saveSign);
    layout->addWidget(hint, 1);
    return row;
}

void PricesDialog::connectSignals()
{
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) { m_proxy.setText(text); });
    connect(m_table, &DataTable::opened, this, &PricesDialog::takeRow);
    connect(m_item, &QComboBox::currentIndexChanged, this, &PricesDialog::check);
    connect(m_model, &QComboBox::editTextChanged, this, &PricesDialog::check);
    connect(m_edit, &QLineEdit::textChanged, this, &PricesDialog::check);
    for (QCheckBox *box : {m_free, m_later})
        connect(box, &QCheckBox::toggled, this, &PricesDialog::check);
    connect(m_set, &QPushButton::clicked, this, [this] { setPrice(entered(), false); });
    connect(m_import, &QPushButton::clicked, this, &PricesDialog::chooseImport);
    connect(m_export, &QPushButton::clicked, this, &PricesDialog::chooseExport);
    connect(m_saveSign, &QPushButton::clicked, this, &PricesDialog::saveSign);
    connect(m_sign, &QLineEdit::returnPressed, this, &PricesDialog::saveSign);
}

void PricesDialog::load()
{
    m_context.worker.run(
        this, [&context = m_context] { return context.ledger.priceList(); },
        [this](const Result<QList<ledger::Price>> &prices) {
            if (!prices) {
                m_error->showError(prices.error());
                return;
            }
            m_prices.setPrices(*prices);
            QStringList names;
            for (const ledger::Price &price : *prices)
                if (!price.model.isEmpty() && !names.contains(price.model))
                    names += price.model;
            if (names == m_known)
                return;
            m_known = names;
            const QString typed = m_model->currentText();
            m_model->clear();
            m_model->addItem(QString());
            m_model->addItems(names);
            m_model->setEditText(typed);
        });
}

/// A row that is opened fills the form: most new prices replace one that is there.
void PricesDialog::takeRow(const QModelIndex &index)
{
    const ledger::Price price = m_prices.rowAt(m_proxy.mapToSource(index).row()).price;
    m_item->setCurrentIndex(m_item->findData(static_cast<int>(price.item)));
    m_model->setEditText(price.model);
    m_free->setChecked(price.amount.isZero());
    m_edit->setText(price.amount.toDecimal().replace(u'.', QLocale().decimalPoint()));
    m_edit->setFocus();
    m_edit->selectAll();
}

void PricesDialog::check()
{
    const auto item = static_cast<ledger::Item>(m_item->currentData().toInt());
    const bool ofModels = item != ledger::Item::RunTime;
    m_model->setEnabled(ofModels);
    m_edit->setEnabled(!m_free->isChecked());
    m_from->setEnabled(m_later->isChecked());
    m_unit->setText(models::priceUnitText(item));
    m_edit->setAccessibleName(tr("Price %1").arg(m_unit->text()));
    QString problem;
    bool complete = true;
    if (m_free->isChecked()) {
        m_amount = {};
    } else if (const QString text = m_edit->text().trimmed(); text.isEmpty()) {
        complete = false;
    } else if (const auto amount = ledger::parsePrice(text, QLocale()); !amount) {
        problem = amount.error().message + u' ' + amount.error().remedy;
    } else {
        m_amount = *amount;
    }
    m_problem->setText(problem);
    m_set->setEnabled(!isWriting() && complete && problem.isEmpty());
}

ledger::Price PricesDialog::entered() const
{
    ledger::Price price;
    price.item = static_cast<ledger::Item>(m_item->currentData().toInt());
    price.model = m_model->isEnabled() ? m_model->currentText().trimmed() : QString();
    price.amount = m_amount;
    if (m_later->isChecked())
        price.validFrom = m_from->dateTime().toUTC();
    return price;
}

// What was asked about is what is written, whatever is typed meanwhile.
void PricesDialog::setPrice(const ledger::Price &price, bool agreed)
{
    m_error->clear();
    m_done->hide();
    write(
        m_context.worker,
        [&context = m_context, price, agreed]() -> Result<ledger::Price> {
            if (!agreed)
                SOCIETY_TRY(ledger::requireLikelyPrice(context.ledger, price.item, price.model, price.amount,
                    price.validFrom.isValid() ? price.validFrom : context.clock.now()));
            return context.ledger.setPrice(price.item, price.model, price.amount, price.validFrom);
        },
        [this, price](const Result<ledger::Price> &written) { priceAnswered(price, written); });
}

void PricesDialog::priceAnswered(const ledger::Price &price, const Result<ledger::Price> &written)
{
    if (!written) {
        if (written.error().code == QLatin1String("price_unlikely"))
            askWhetherMeant(price, written.error());
        else
            m_error->showError(written.error());
        return;
    }
    m_done->setText(tr("From %1 on: %2 %3.")
                        .arg(QLocale().toString(written->validFrom.toLocalTime(), QLocale::ShortFormat),
                            written->amount.toDisplay(QLocale()), models::priceUnitText(written->item)));
    m_done->show();
    load();
}

void PricesDialog::askWhetherMeant(const ledger::Price &price, const Error &unlikely)
{
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("priceQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(tr("Is this price meant?"));
    box->setTextFormat(Qt::PlainText);
    // The ledger names an item as files do.
    box->setText(QString(unlikely.message).replace(ledger::itemWord(price.item), models::itemText(price.item)));
    box->setInformativeText(
        tr("A price is for a million tokens, or for a second of run time. Runs that start from then on "
           "are billed at it."));
    QPushButton *yes = box->addButton(tr("&Set it all the same"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("priceAgree"));
    QPushButton *no = box->addButton(tr("&Change it"), QMessageBox::RejectRole);
    no->setObjectName(QStringLiteral("priceChange"));
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    connect(box, &QMessageBox::finished, this, [this, box, yes, price] {
        if (box->clickedButton() == yes) {
            setPrice(price, true);
        } else {
            m_edit->setFocus();
            m_edit->selectAll();
        }
    });
    box->open();
}

void PricesDialog::saveSign()
{
    m_error->clear();
    write(
        m_context.worker,
        [&context = m_context, sign = m_sign->text()] { return context.ledger.setCurrencySign(sign); },
        [this](const Result<QString> &sign) {
            if (!sign) {
                m_error->showError(sign.error());
                return;
            }
            m_sign->setText(*sign);
            m_prices.retranslate();
            emit currencySignChanged();
        });
}

} // namespace society::ui
