// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trial/plan.h"

#include "tests/trial/dice.h"

#include <QJsonDocument>

namespace society::trial {

namespace {

/// How many of 100 or so runs end in this way, and for which runner.
struct End {
    const char *name;
    int share;
    bool real;
};

constexpr End Ends[] = {
    {"finish", 14, true},
    {"fail_exit", 4, false},
    {"fail_error", 4, false},
    {"fail_traceback", 4, false},
    {"fail_signal", 3, false},
    {"stop", 8, true},
    {"stop_now", 4, true},
    {"stop_deaf", 3, false},
    {"kill_keeper", 7, true},
    {"kill_gateway", 6, true},
    {"kill_runner", 6, true},
    {"kill_simulator", 4, true},
    {"kill_keeper_runner", 4, true},
    {"kill_keeper_gateway", 4, true},
    {"kill_keeper_guard", 4, true},
    {"kill_gateway_runner", 2, true},
    {"kill_window", 7, true},
    {"kill_cli", 4, true},
    {"kill_window_keeper", 3, true},
    {"disk_full", 6, true},
    {"llm_401", 3, true},
    {"llm_429", 2, false},
    {"llm_500", 2, false},
    {"llm_malformed", 2, false},
    {"llm_drops", 2, false},
    {"llm_vanishes", 3, true},
};

QString chooseEnd(const Wish &wish, Dice &dice)
{
    int sum = 0;
    const auto suits = [&wish](const End &end) {
        return (end.real || !wish.real) && (wish.ends.isEmpty() || wish.ends.contains(QLatin1String(end.name)));
    };
    for (const End &end : Ends)
        sum += suits(end) ? end.share : 0;
    int at = sum > 0 ? dice.between(1, sum) : 0;
    for (const End &end : Ends) {
        if (!suits(end))
            continue;
        at -= end.share;
        if (at <= 0)
            return QString::fromLatin1(end.name);
    }
    return QStringLiteral("finish");
}

QString chooseName(Dice &dice)
{
    static const QStringList names{QStringLiteral("plain"), QStringLiteral("阿明的一天"), QStringLiteral("it's \"so\""),
        QStringLiteral("مرحبا بالعالم"), QStringLiteral("\u202eright to left\u202c"), QStringLiteral("--help"),
        QStringLiteral("../../../etc/passwd"), QStringLiteral("'); DROP TABLE bills; --"), QStringLiteral("%s%n%d"),
        QStringLiteral("$(touch /tmp/x) `id`"), QStringLiteral("{\"json\": [1]}"),
        QStringLiteral("\\n\\u0000 back\\slash"), QStringLiteral("  blanks  around  "),
        QStringLiteral("🙂👩‍👩‍👧‍👦 e\u0301"), QStringLiteral("<b>bold</b> &amp;"),
        QStringLiteral("@GATEWAY@ @TOKEN@"), QStringLiteral("Simulation error: not one"), QString(190, u'ü')};
    return dice.oneOf(names);
}

/// Citizens and a workflow of its own for some, samples for the others.
void chooseParts(Plan &plan, Dice &dice)
{
    plan.agents = QStringLiteral("Four people");
    plan.workflow = QStringLiteral("A short morning");
    if (dice.chance(plan.real ? 20 : 40))
        plan.agents = QStringLiteral("Ten people of the practice town");
    const int citizens = dice.between(1, plan.real ? 6 : 200);
    const int steps = dice.between(1, 3);
    const int ticks = dice.oneOf<int>({60, 300, 900});
    const bool own = dice.chance(50) || plan.agents.startsWith(u'T');
    if (!own)
        return;
    if (plan.agents.startsWith(u'F')) {
        plan.agents = QStringLiteral("agents ") + plan.token;
        plan.agentsText =
            "{\"citizens\": [{\"agent_class\": \"citizen\", \"number\": " + QByteArray::number(citizens) + "}]}";
    }
    plan.workflow = QStringLiteral("workflow ") + plan.token;
    plan.workflowText = "{\"workflow\": [{\"type\": \"step\", \"steps\": " + QByteArray::number(steps) +
                        ", \"ticks_per_step\": " + QByteArray::number(ticks) + "}]}";
}

void chooseMoney(Plan &plan, Dice &dice, std::uint64_t seed)
{
    const int kind = dice.between(0, 3);
    const bool needsProvider = plan.end.startsWith(QLatin1String("llm_"));
    static const QStringList kinds{
        QStringLiteral("practice"), QStringLiteral("own"), QStringLiteral("once"), QStringLiteral("public")};
    plan.llm = kinds.at(needsProvider ? 1 + kind % 3 : kind);
    plan.entries = dice.between(1, 2);
    plan.cap = dice.oneOf<QString>({QString(), QStringLiteral("0"), QStringLiteral("0.01"), QStringLiteral("2.5")});
    // Opening the file of keys is dear (it is meant to be), so not everybody has one.
    if (plan.llm == QLatin1String("once") || (plan.hasProvider() && dice.chance(30)))
        plan.key = QStringLiteral("sk-%1%2-%3").arg(canary(seed), plan.token).arg(dice.next(), 0, 16);
    static const QStringList ways{QStringLiteral("start"), QStringLiteral("wait"), QStringLiteral("window")};
    plan.way = dice.oneOf(ways);
    if (plan.end.startsWith(QLatin1String("kill_window")))
        plan.way = QStringLiteral("window");
    if (plan.end == QLatin1String("kill_cli"))
        plan.way = QStringLiteral("wait");
    if (plan.llm == QLatin1String("once"))
        plan.entries = 1; // standard input is one key
    // Only a program that is asked can be given a key for one run.
    if (plan.way == QLatin1String("window") && plan.llm == QLatin1String("once"))
        plan.llm = QStringLiteral("own");
}

void chooseMoment(Plan &plan, Dice &dice)
{
    Moment &moment = plan.moment;
    const bool stops = plan.end.startsWith(QLatin1String("stop"));
    const int kind = dice.between(0, stops ? 2 : 4);
    moment.calls = dice.between(1, plan.real ? 10 : 6);
    moment.when = QStringLiteral("calls");
    moment.ms = dice.between(0, 300);
    if (plan.end == QLatin1String("disk_full") || plan.end == QLatin1String("llm_vanishes") ||
        plan.end == QLatin1String("stop_deaf") || plan.end == QLatin1String("kill_simulator") || kind >= 3)
        return;
    if (kind == 0) {
        // Before there is a keeper only that which starts the run can be killed.
        const bool starter = plan.end == QLatin1String("kill_window") || plan.end == QLatin1String("kill_cli");
        moment.when = starter ? QStringLiteral("asked") : QStringLiteral("keeper");
        moment.ms = dice.between(0, starter ? 1200 : plan.real ? 2500 : 250);
    } else if (kind == 1 && !stops) {
        moment.when = QStringLiteral("exit");
        moment.ms = dice.between(0, 1300);
    }
}

/// What the trial's runner plays. One that is to be ended from outside goes on until then.
void choosePlay(Plan &plan, Dice &dice)
{
    QString end = QStringLiteral("ok");
    for (const char *failure : {"exit", "error", "traceback", "signal"})
        if (plan.end == QStringLiteral("fail_") + QLatin1String(failure))
            end = QString::fromLatin1(failure);
    const bool ended = plan.end.startsWith(QLatin1String("stop")) || plan.end.startsWith(QLatin1String("kill")) ||
                       plan.end == QLatin1String("disk_full");
    const bool goesOn = ended && plan.moment.when != QLatin1String("exit") &&
                        plan.end != QLatin1String("kill_window") && plan.end != QLatin1String("kill_cli") &&
                        plan.end != QLatin1String("disk_full");
    const bool patient = plan.end == QLatin1String("llm_401") || plan.end == QLatin1String("llm_vanishes");
    QJsonObject &play = plan.play;
    play.insert(QStringLiteral("calls"), dice.between(goesOn ? 8 : 1, 25));
    play.insert(QStringLiteral("pause"), dice.between(0, 8) / 100.0);
    play.insert(QStringLiteral("volume"), dice.chance(10) ? 3'000'000 : 20'000);
    play.insert(QStringLiteral("forever"), goesOn);
    play.insert(QStringLiteral("end"), end);
    play.insert(QStringLiteral("code"), dice.between(1, 120));
    play.insert(QStringLiteral("deaf"), plan.end == QLatin1String("stop_deaf"));
    play.insert(QStringLiteral("simulator"), plan.end == QLatin1String("kill_simulator") || dice.chance(40));
    // With keeper and guard gone, what has a session of its own is out of reach: docs/run-directory.md.
    play.insert(QStringLiteral("orphan"), plan.end != QLatin1String("kill_keeper_guard") && dice.chance(30));
    play.insert(QStringLiteral("tries"), patient ? 200 : plan.end == QLatin1String("disk_full") ? 3 : 1);
    if (plan.end == QLatin1String("disk_full") || plan.end.startsWith(QLatin1String("llm_")))
        play.insert(QStringLiteral("calls"), 30);
}

void chooseProvider(Plan &plan, Dice &dice)
{
    plan.latencyMs = dice.oneOf<int>({0, 0, 5, 40, 400});
    const auto fault = [&](const QString &key, const QJsonValue &value) {
        plan.misbehaves = {QJsonObject{{QStringLiteral("from"), plan.moment.calls}, {key, value}}};
    };
    for (const int status : {401, 429, 500})
        if (plan.end == QStringLiteral("llm_%1").arg(status))
            fault(QStringLiteral("status"), status);
    if (plan.end == QLatin1String("llm_malformed"))
        fault(QStringLiteral("raw"), QStringLiteral("{\"choices\": ["));
    if (plan.end == QLatin1String("llm_drops"))
        fault(QStringLiteral("drop"), true);
}

} // namespace

QStringList endNames(bool real)
{
    QStringList names;
    for (const End &end : Ends)
        if (end.real || !real)
            names.append(QString::fromLatin1(end.name));
    return names;
}

QString canary(std::uint64_t seed)
{
    return QStringLiteral("canary%1-").arg(Dice(seed ^ 0x5eedU).next(), 0, 16);
}

Plan planOf(const Wish &wish, int number)
{
    Dice dice(Dice(wish.seed).next() ^ (static_cast<std::uint64_t>(number) * 0x100000001b3U + (wish.real ? 7U : 0U)));
    Plan plan;
    plan.number = number;
    plan.real = wish.real;
    plan.token = QStringLiteral("%1%2").arg(QLatin1Char(wish.real ? 'r' : 't')).arg(number, 5, 10, QLatin1Char('0'));
    plan.end = chooseEnd(wish, dice);
    plan.name = chooseName(dice) + u' ' + plan.token;
    plan.seed = static_cast<std::uint32_t>(dice.next());
    chooseParts(plan, dice);
    chooseMoney(plan, dice, wish.seed);
    chooseMoment(plan, dice);
    choosePlay(plan, dice);
    chooseProvider(plan, dice);
    if (plan.end == QLatin1String("stop_now"))
        plan.graceSeconds = 0;
    if (plan.end == QLatin1String("stop_deaf"))
        plan.graceSeconds = 1;
    if (plan.end == QLatin1String("disk_full"))
        plan.disk = dice.chance(50) ? QStringLiteral("runs") : QStringLiteral("all");
    return plan;
}

QJsonObject Plan::toJson() const
{
    const QJsonObject at{{QStringLiteral("when"), moment.when}, {QStringLiteral("calls"), moment.calls},
        {QStringLiteral("ms"), moment.ms}};
    return {{QStringLiteral("number"), number}, {QStringLiteral("token"), token}, {QStringLiteral("real"), real},
        {QStringLiteral("end"), end}, {QStringLiteral("name"), name}, {QStringLiteral("way"), way},
        {QStringLiteral("llm"), llm}, {QStringLiteral("entries"), hasProvider() ? entries : 1},
        {QStringLiteral("agents"), agents}, {QStringLiteral("workflow"), workflow},
        {QStringLiteral("agents_text"), QString::fromUtf8(agentsText)},
        {QStringLiteral("workflow_text"), QString::fromUtf8(workflowText)}, {QStringLiteral("cap"), cap},
        {QStringLiteral("seed"), static_cast<qint64>(seed)}, {QStringLiteral("grace"), graceSeconds},
        {QStringLiteral("disk"), disk}, {QStringLiteral("moment"), at}, {QStringLiteral("play"), play},
        {QStringLiteral("latency_ms"), latencyMs}, {QStringLiteral("misbehaves"), misbehaves}};
}

} // namespace society::trial
