// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ask.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace society::ui {

void askText(QWidget *parent, const QString &title, const QString &label, const QString &value,
    const std::function<void(const QString &)> &then)
{
    auto *dialog = new QInputDialog(parent);
    dialog->setObjectName(QStringLiteral("askText"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(value);
    dialog->setOkButtonText(QCoreApplication::translate("Ask", "OK"));
    dialog->setCancelButtonText(QCoreApplication::translate("Ask", "Cancel"));
    dialog->resize(420, dialog->sizeHint().height());
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent, [then](const QString &text) {
        if (const QString trimmed = text.trimmed(); !trimmed.isEmpty())
            then(trimmed);
    });
    dialog->open();
    if (auto *edit = dialog->findChild<QLineEdit *>())
        edit->selectAll();
}

void askBeforeLoss(QWidget *parent, const QString &title, const QString &text, const QString &consequence,
    const QString &agree, const std::function<void()> &then)
{
    auto *box = new QMessageBox(parent);
    box->setObjectName(QStringLiteral("askBeforeLoss"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText);
    box->setText(text);
    box->setInformativeText(consequence);
    QPushButton *yes = box->addButton(agree, QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("askAgree"));
    QPushButton *no = box->addButton(QCoreApplication::translate("Ask", "Cancel"), QMessageBox::RejectRole);
    no->setObjectName(QStringLiteral("askCancel"));
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    QObject::connect(box, &QMessageBox::finished, parent, [box, yes, then] {
        if (box->clickedButton() == yes)
            then();
    });
    box->open();
}

Result<> openFolder(const QString &path)
{
    if (QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        return {};
    return fail(ErrorKind::Refused, "folder_unopened",
        QCoreApplication::translate("Ask", "No program could be found that shows folders."),
        QCoreApplication::translate("Ask", "Open it yourself; its path is in the details."), {}, path);
}

} // namespace society::ui
