// SPDX-License-Identifier: GPL-3.0-or-later
// What the Start page asks for, and whether it can be started.
#include "services/experiment/experimentservice.h"
#include "ui/configpicker.h"
#include "ui/errorpanel.h"
#include "ui/launchpage.h"
#include "ui/problemlist.h"

#include <QLineEdit>
#include <QLocale>
#include <algorithm>

namespace society::ui {

using config::Kind;

experiment::Request LaunchPage::request() const
{
    experiment::Request request;
    request.tenant = m_context.tenant;
    request.llm = picker(Kind::Llm)->chosen().id.text();
    request.agents = picker(Kind::Agents)->chosen().id.text();
    request.map = picker(Kind::Map)->chosen().id.text();
    request.workflow = picker(Kind::Workflow)->chosen().id.text();
    request.name = m_name->text().trimmed();
    if (const auto cap = Money::parse(m_cap->text().trimmed(), QLocale()); cap && !m_cap->text().trimmed().isEmpty())
        request.cap = *cap;
    bool isNumber = false;
    if (const uint seed = m_seed->text().trimmed().toUInt(&isNumber); isNumber)
        request.seed = seed;
    return request;
}

void LaunchPage::scheduleCheck()
{
    // What was found belongs to another choice: it stays in sight, but nothing can be started by it.
    ++*m_checkNumber;
    m_checking = true;
    m_debounce.start();
    updateStart();
}

void LaunchPage::check(bool testEndpoints)
{
    const experiment::Request asked = request();
    if (asked.llm.isEmpty() || asked.agents.isEmpty() || asked.map.isEmpty() || asked.workflow.isEmpty()) {
        m_checking = false;
        m_hasCheck = false;
        m_problems->setProblems({});
        updateStart();
        return;
    }
    // The first look asks nobody outside but, for keys, the keychain; whether a provider answers comes after it.
    Worker &worker = testEndpoints ? m_context.starter : m_context.prober;
    worker.run(
        this,
        [&context = m_context, asked, testEndpoints, newest = m_checkNumber,
            number = m_checkNumber->load()]() -> Result<experiment::Check> {
            // Waiting behind a provider that hangs, it may be about a choice that is no more: then nobody is asked.
            return *newest == number ? context.experiments.check(asked, testEndpoints) : experiment::Check();
        },
        [this, number = m_checkNumber->load(), testEndpoints](
            const Result<experiment::Check> &found) { checked(number, testEndpoints, found); });
}

void LaunchPage::checked(int number, bool tested, const Result<experiment::Check> &found)
{
    if (number != *m_checkNumber)
        return;
    m_checking = false;
    m_hasCheck = found.has_value();
    if (!found) {
        m_error->showError(found.error());
    } else {
        m_check = *found;
        m_problems->setProblems(found->problems);
        m_age.start();
        if (!tested && !found->practice && found->canStart())
            check(true);
    }
    updateStart();
}

QString LaunchPage::obstacle() const
{
    for (const ConfigPicker *picker : m_pickers) {
        if (picker->chosen().id.isNull())
            return tr("Choose one of each: “%1” has none chosen.").arg(picker->title());
    }
    if (const QString cap = m_cap->text().trimmed(); !cap.isEmpty()) {
        const auto amount = Money::parse(cap, QLocale());
        if (!amount)
            return tr("The cap “%1” is no amount of money.").arg(cap);
        if (amount->isNegative())
            return tr("The cap must not be negative.");
    }
    if (const QString seed = m_seed->text().trimmed(); !seed.isEmpty()) {
        bool isNumber = false;
        seed.toUInt(&isNumber);
        if (!isNumber)
            return tr("The seed must be a whole number from 0 to 4294967295.");
    }
    if (m_checking)
        return tr("Checking…");
    if (!m_hasCheck)
        return tr("The check could not be made.");
    if (!m_check.canStart()) {
        const auto errors = std::count_if(m_check.problems.begin(), m_check.problems.end(),
            [](const config::Problem &problem) { return problem.severity == config::Severity::Error; });
        return tr("%n problem(s) must be solved first.", nullptr, static_cast<int>(errors));
    }
    return {};
}

} // namespace society::ui
