// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/crosscheck.h"

#include "services/agentsociety/resultdatabase.h"

#include <QCoreApplication>
#include <QLocale>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CrossCheck", text);
}

} // namespace

std::optional<CrossCheck> crossCheckOf(const Experiment &experiment)
{
    const agentsociety::ResultDatabase results(
        experiment.runDirectory + QStringLiteral("/home"), experiment.id, experiment.tenant);
    const auto row = results.experiment();
    if (!row)
        return std::nullopt;
    return CrossCheck{experiment.tokensIn, experiment.tokensOut, row->tokensIn, row->tokensOut};
}

QString crossCheckText(const CrossCheck &check)
{
    const QLocale locale;
    const QString counted = tr("AgentSociety itself counted %1 tokens in and %2 out")
                                .arg(locale.toString(check.runnerIn), locale.toString(check.runnerOut));
    if (check.agrees())
        return tr("%1, the same as the bill.").arg(counted);
    const qint64 in = check.meteredIn - check.runnerIn;
    const qint64 out = check.meteredOut - check.runnerOut;
    if (in >= 0 && out >= 0)
        return tr("%1; the bill has %2 and %3 more. AgentSociety adds up only while it steps: what it asks for "
                  "afterwards (interviews, surveys) and answers that it could not use are in the bill alone.")
            .arg(counted, locale.toString(in), locale.toString(out));
    return tr("%1; the bill has %2 and %3. The bill is made from the gateway's own record of each call; an answer that "
              "was cut off on its way may count on one side only.")
        .arg(counted, locale.toString(check.meteredIn), locale.toString(check.meteredOut));
}

} // namespace society::experiment
