<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>%n experiment(s)</source>
        <translation>
            <numerusform>%n experiment</numerusform>
            <numerusform>%n experiments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bill(s) were written to “%1”.</source>
        <translation>
            <numerusform>%n bill was written to “%1”.</numerusform>
            <numerusform>%n bills were written to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bill(s), together %1</source>
        <translation>
            <numerusform>%n bill, together %1</numerusform>
            <numerusform>%n bills, together %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s).</source>
        <translation>
            <numerusform>%n difference.</numerusform>
            <numerusform>%n differences.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were written to “%1”.</source>
        <translation>
            <numerusform>%n row was written to “%1”.</numerusform>
            <numerusform>%n rows were written to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run has not ended within %n second(s); it goes on</source>
        <translation>
            <numerusform>The run has not ended within %n second; it goes on</numerusform>
            <numerusform>The run has not ended within %n seconds; it goes on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n price(s) were written to “%1”.</source>
        <translation>
            <numerusform>%n price was written to “%1”.</numerusform>
            <numerusform>%n prices were written to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n price(s) were added.</source>
        <translation>
            <numerusform>%n price was added.</numerusform>
            <numerusform>%n prices were added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s) put right.</source>
        <translation>
            <numerusform>%n difference put right.</numerusform>
            <numerusform>%n differences put right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“society-cli audit --put-right” follows what is proposed for %n of them.</source>
        <translation>
            <numerusform>“society-cli audit --put-right” follows what is proposed for %n of them.</numerusform>
            <numerusform>“society-cli audit --put-right” follows what is proposed for %n of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) were written to “%1”.</source>
        <translation>
            <numerusform>%n group was written to “%1”.</numerusform>
            <numerusform>%n groups were written to “%1”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfigPreflight</name>
    <message numerus="yes">
        <source>%n citizens, ids %1</source>
        <translation>
            <numerusform>%n citizen, id %1</numerusform>
            <numerusform>%n citizens, ids %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The map reads: %n areas</source>
        <translation>
            <numerusform>The map reads: %n area</numerusform>
            <numerusform>The map reads: %n areas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfigSummary</name>
    <message numerus="yes">
        <source>%n rounds × %1 s</source>
        <translation>
            <numerusform>%n round × %1 s</numerusform>
            <numerusform>%n rounds × %1 s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n citizens, ids %1</source>
        <translation>
            <numerusform>%n citizen, id %1</numerusform>
            <numerusform>%n citizens, ids %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n institutions</source>
        <translation>
            <numerusform>%n institution</numerusform>
            <numerusform>%n institutions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n areas, %1 km</source>
        <translation>
            <numerusform>%n area, %1 km</numerusform>
            <numerusform>%n areas, %1 km</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n roads</source>
        <translation>
            <numerusform>%n road</numerusform>
            <numerusform>%n roads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more steps</source>
        <translation>
            <numerusform>and %n more step</numerusform>
            <numerusform>and %n more steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n questions</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::models::AuditReportModel</name>
    <message numerus="yes">
        <source>%n bill(s) were added up and compared with the balance, the holds and what the run directories say.</source>
        <translation>
            <numerusform>%n bill was added up and compared with the balance, the holds and what the run directories say.</numerusform>
            <numerusform>%n bills were added up and compared with the balance, the holds and what the run directories say.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s):</source>
        <translation>
            <numerusform>%n difference:</numerusform>
            <numerusform>%n differences:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::models::TroublesModel</name>
    <message numerus="yes">
        <source>%Ln error line(s)</source>
        <translation>
            <numerusform>%Ln error line</numerusform>
            <numerusform>%Ln error lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln traceback(s)</source>
        <translation>
            <numerusform>%Ln traceback</numerusform>
            <numerusform>%Ln tracebacks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) were retried</source>
        <translation>
            <numerusform>%Ln call was retried</numerusform>
            <numerusform>%Ln calls were retried</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s) could not be used</source>
        <translation>
            <numerusform>%Ln answer could not be used</numerusform>
            <numerusform>%Ln answers could not be used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln line(s)</source>
        <translation>
            <numerusform>%1, %Ln line</numerusform>
            <numerusform>%1, %Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::AccountsPage</name>
    <message numerus="yes">
        <source>Held for %n run(s)</source>
        <translation>
            <numerusform>Held for %n run</numerusform>
            <numerusform>Held for %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them can be given back</source>
        <translation>
            <numerusform>%n of them can be given back</numerusform>
            <numerusform>%n of them can be given back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln bill(s) · sum %1</source>
        <translation>
            <numerusform>%Ln bill · sum %1</numerusform>
            <numerusform>%Ln bills · sum %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::AuditDialog</name>
    <message numerus="yes">
        <source>%Ln proposal(s) will be followed, all together or none.</source>
        <translation>
            <numerusform>%Ln proposal will be followed.</numerusform>
            <numerusform>%Ln proposals will be followed, all together or none.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::ConfigurationsPage</name>
    <message numerus="yes">
        <source>Importing %n file(s)</source>
        <translation>
            <numerusform>Importing %n file</numerusform>
            <numerusform>Importing %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n version(s) of it are lost. Nothing is deleted while an experiment uses it.</source>
        <translation>
            <numerusform>Its %n version is lost. Nothing is deleted while an experiment uses it.</numerusform>
            <numerusform>%n versions of it are lost. Nothing is deleted while an experiment uses it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::DatabaseDialog</name>
    <message numerus="yes">
        <source>Both databases were audited and compared: they are the same, also in %Ln difference(s) that the audit found. Accounts names them.</source>
        <translation>
            <numerusform>Both databases were audited and compared: they are the same, also in the %Ln difference that the audit found. Accounts names it.</numerusform>
            <numerusform>Both databases were audited and compared: they are the same, also in the %Ln differences that the audit found. Accounts names them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::ExperimentsPage</name>
    <message numerus="yes">
        <source>%Ln experiment(s)</source>
        <translation>
            <numerusform>%Ln experiment</numerusform>
            <numerusform>%Ln experiments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Note on %Ln experiment(s)</source>
        <translation>
            <numerusform>Note on %Ln experiment</numerusform>
            <numerusform>Note on %Ln experiments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln experiment(s)?</source>
        <translation>
            <numerusform>Delete %Ln experiment?</numerusform>
            <numerusform>Delete %Ln experiments?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::LaunchPage</name>
    <message numerus="yes">
        <source>%n problem(s) must be solved first.</source>
        <translation>
            <numerusform>%n problem must be solved first.</numerusform>
            <numerusform>%n problems must be solved first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>checked %n s ago</source>
        <translation>
            <numerusform>checked %n s ago</numerusform>
            <numerusform>checked %n s ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>checked %n min ago</source>
        <translation>
            <numerusform>checked %n min ago</numerusform>
            <numerusform>checked %n min ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::LogDiffWindow</name>
    <message numerus="yes">
        <source>No difference: all %Ln line(s) are the same.</source>
        <translation>
            <numerusform>No difference: the only line is the same.</numerusform>
            <numerusform>No difference: all %Ln lines are the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln difference(s)</source>
        <translation>
            <numerusform>%Ln difference</numerusform>
            <numerusform>%Ln differences</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) only on the left</source>
        <translation>
            <numerusform>%Ln line only on the left</numerusform>
            <numerusform>%Ln lines only on the left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln only on the right</source>
        <translation>
            <numerusform>%Ln only on the right</numerusform>
            <numerusform>%Ln only on the right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln the same</source>
        <translation>
            <numerusform>%Ln the same</numerusform>
            <numerusform>%Ln the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::LogGrid</name>
    <message numerus="yes">
        <source>%n log(s)</source>
        <translation>
            <numerusform>%n log</numerusform>
            <numerusform>%n logs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::LogPane</name>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error line(s)</source>
        <translation>
            <numerusform>%Ln error line</numerusform>
            <numerusform>%Ln error lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln on show</source>
        <translation>
            <numerusform>%Ln on show</numerusform>
            <numerusform>%Ln on show</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mark(s)</source>
        <translation>
            <numerusform>%Ln mark</numerusform>
            <numerusform>%Ln marks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::LogView</name>
    <message numerus="yes">
        <source>%Ln new line(s) ⤓</source>
        <translation>
            <numerusform>%Ln new line ⤓</numerusform>
            <numerusform>%Ln new lines ⤓</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more line(s)</source>
        <translation>
            <numerusform>%Ln more line</numerusform>
            <numerusform>%Ln more lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) of the line are no UTF-8</source>
        <translation>
            <numerusform>%Ln byte of the line is no UTF-8</numerusform>
            <numerusform>%Ln bytes of the line are no UTF-8</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) in progress.</source>
        <translation>
            <numerusform>%n run in progress.</numerusform>
            <numerusform>%n runs in progress.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::PricesDialog</name>
    <message numerus="yes">
        <source>%Ln price(s) will be added, all together or none. Bills that are written stay.</source>
        <translation>
            <numerusform>%Ln price will be added. Bills that are written stay.</numerusform>
            <numerusform>%Ln prices will be added, all together or none. Bills that are written stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln price(s) a hundred times more or less than before: they are &amp;meant</source>
        <translation>
            <numerusform>%Ln price a hundred times more or less than before: it is &amp;meant</numerusform>
            <numerusform>%Ln prices a hundred times more or less than before: they are &amp;meant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln price(s) were added.</source>
        <translation>
            <numerusform>%Ln price was added.</numerusform>
            <numerusform>%Ln prices were added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::ProblemList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::RemovedRunDialog</name>
    <message numerus="yes">
        <source>%Ln bill(s), together %1</source>
        <translation>
            <numerusform>%Ln bill, together %1</numerusform>
            <numerusform>%Ln bills, together %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::ResultTab</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::RunBills</name>
    <message numerus="yes">
        <source>%Ln bill(s), together %1</source>
        <translation>
            <numerusform>%Ln bill, together %1</numerusform>
            <numerusform>%Ln bills, together %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::RunHeader</name>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::SetupPage</name>
    <message numerus="yes">
        <source>%n configuration(s) to begin with, no key and no money needed.</source>
        <translation>
            <numerusform>%n configuration to begin with, no key and no money needed.</numerusform>
            <numerusform>%n configurations to begin with, no key and no money needed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::StatementDialog</name>
    <message numerus="yes">
        <source>%Ln bill(s), days of %1.</source>
        <translation>
            <numerusform>%Ln bill, days of %1.</numerusform>
            <numerusform>%Ln bills, days of %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::StatusArea</name>
    <message numerus="yes">
        <source>%n run(s) in progress</source>
        <translation>
            <numerusform>%n run in progress</numerusform>
            <numerusform>%n runs in progress</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> (+%n more)</source>
        <translation>
            <numerusform> (+%n more)</numerusform>
            <numerusform> (+%n more)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier one(s) are not kept.</source>
        <translation>
            <numerusform>%n earlier one is not kept.</numerusform>
            <numerusform>%n earlier ones are not kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::TenantsDialog</name>
    <message numerus="yes">
        <source>%Ln tenant(s) · balance %1 · held %2 · spent this month %3</source>
        <translation>
            <numerusform>%Ln tenant · balance %1 · held %2 · spent this month %3</numerusform>
            <numerusform>%Ln tenants · balance %1 · held %2 · spent this month %3</numerusform>
        </translation>
    </message>
</context>
</TS>
