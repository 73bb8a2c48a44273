// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/samples.h"

#include <QCoreApplication>
#include <QFile>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Samples", text);
}

QByteArray document(const QString &name)
{
    QFile file(u":/society/sample/"_s + name);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "samples", qPrintable(name));
    return opened ? file.readAll() : QByteArray();
}

} // namespace

QList<SampleDocument> sampleDocuments(const Workspace &workspace)
{
    return {
        {u"llm"_s, u"Practice model"_s, tr("A scripted model: no key, no money, no network."),
            document(u"practice-model.json"_s), workspace.root()},
        {u"agents"_s, u"Four people"_s, tr("Four of AgentSociety's own citizens, drawn at random."),
            document(u"four-people.json"_s), workspace.profiles()},
        {u"agents"_s, u"Ten people of the practice town"_s,
            tr("Ten people from a profile file, with homes, work, relations and places they know."),
            document(u"ten-people.json"_s), workspace.profiles()},
        {u"map"_s, u"Practice town"_s, tr("A town of 64 areas, 1.6 km wide, without roads."),
            document(u"practice-town.json"_s), workspace.maps()},
        {u"workflow"_s, u"A short morning"_s, tr("One hour in four steps, a small survey and a closing interview."),
            document(u"short-morning.json"_s), workspace.root()},
        {u"workflow"_s, u"A day in town"_s,
            tr("From six to eight the next morning, with interviews, a survey in two languages and a storm warning."),
            document(u"day-in-town.json"_s), workspace.root()},
    };
}

QList<SampleExperiment> sampleExperiments()
{
    return {
        {u"A short morning"_s, u"Practice model"_s, u"Four people"_s, u"Practice town"_s, u"A short morning"_s},
        {u"A day in town"_s, u"Practice model"_s, u"Ten people of the practice town"_s, u"Practice town"_s,
            u"A day in town"_s},
    };
}

} // namespace society::agentsociety
