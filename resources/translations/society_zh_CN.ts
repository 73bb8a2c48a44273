<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Ask</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No program could be found that shows folders.</source>
        <translation>找不到能显示文件夹的程序。</translation>
    </message>
    <message>
        <source>Open it yourself; its path is in the details.</source>
        <translation>请自行打开；路径在详情里。</translation>
    </message>
</context>
<context>
    <name>ChartModule</name>
    <message>
        <source>The library that draws charts could not be loaded.</source>
        <translation>无法加载绘制图表的库。</translation>
    </message>
    <message>
        <source>The table says the same; to draw, install Society Workbench again.</source>
        <translation>表格中有相同的内容；若要绘图，请重新安装 Society Workbench。</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>The provider refuses the key (%1).</source>
        <translation>提供方拒绝了密钥（%1）。</translation>
    </message>
    <message>
        <source>Set the right key for this LLM.</source>
        <translation>请为此语言模型设置正确的密钥。</translation>
    </message>
    <message>
        <source>The provider cannot be reached: %1.</source>
        <translation>无法连接提供方：%1。</translation>
    </message>
    <message>
        <source>Check the address, the network and the proxy.</source>
        <translation>请检查地址、网络和代理。</translation>
    </message>
    <message>
        <source>The provider did not give its list of models (%1).</source>
        <translation>提供方没有给出模型列表（%1）。</translation>
    </message>
    <message>
        <source>If runs with it work, this can be left as it is.</source>
        <translation>若用它的运行正常，可以不理会。</translation>
    </message>
    <message>
        <source>The provider&apos;s list of models has no “%1”.</source>
        <translation>提供方的模型列表里没有“%1”。</translation>
    </message>
    <message>
        <source>Check the model&apos;s name.</source>
        <translation>请检查模型名称。</translation>
    </message>
    <message>
        <source>The provider of “%1” answers.</source>
        <translation>“%1”的提供方有应答。</translation>
    </message>
    <message>
        <source>Runner: AgentSociety %1.</source>
        <translation>运行器：AgentSociety %1。</translation>
    </message>
    <message>
        <source>There is not enough money: %1 is needed, %2 is available.</source>
        <translation>资金不足：需要 %1，可用 %2。</translation>
    </message>
    <message>
        <source>Recharge the account, or give the run a smaller cap.</source>
        <translation>请给账户充值，或给运行设较小的上限。</translation>
    </message>
    <message>
        <source>Free: no money is set aside.</source>
        <translation>免费：不冻结资金。</translation>
    </message>
    <message>
        <source>Money: %1 will be set aside.</source>
        <translation>资金：将冻结 %1。</translation>
    </message>
    <message>
        <source>The run&apos;s configuration has no place “%1”.</source>
        <translation>运行的配置里没有“%1”这个位置。</translation>
    </message>
    <message>
        <source>Name a place such as exp.workflow.0.steps.</source>
        <translation>请给出如 exp.workflow.0.steps 的位置。</translation>
    </message>
    <message>
        <source>No key is set for “%1”.</source>
        <translation>“%1”没有设置密钥。</translation>
    </message>
    <message>
        <source>Set the key of this LLM.</source>
        <translation>请设置此语言模型的密钥。</translation>
    </message>
    <message>
        <source>The key of “%1” is there.</source>
        <translation>“%1”的密钥已有。</translation>
    </message>
    <message>
        <source>A cap cannot be negative.</source>
        <translation>上限不能为负。</translation>
    </message>
    <message>
        <source>Give 0 or more.</source>
        <translation>请给 0 或更大的数。</translation>
    </message>
    <message>
        <source>Of an LLM only model and concurrency can be changed for a run.</source>
        <translation>一次运行只能更改语言模型的 model 和 concurrency。</translation>
    </message>
    <message>
        <source>Make another LLM configuration.</source>
        <translation>请另建一个语言模型配置。</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>What “%1” describes cannot be seen from it</source>
        <translation>从“%1”看不出它描述的是什么</translation>
    </message>
    <message>
        <source>Say what it is by --kind</source>
        <translation>请用 --kind 说明</translation>
    </message>
    <message>
        <source>Give a file, or all of --llm, --agents, --map and --workflow</source>
        <translation>请给出一个文件，或 --llm、--agents、--map 和 --workflow 全部</translation>
    </message>
    <message>
        <source>“%1” is no kind of configuration</source>
        <translation>“%1”不是配置的种类</translation>
    </message>
    <message>
        <source>There are: %1</source>
        <translation>有：%1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>public</source>
        <translation>公共</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改于</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message numerus="yes">
        <source>%n experiment(s)</source>
        <translation>
            <numerusform>%n 个实验</numerusform>
        </translation>
    </message>
    <message>
        <source>Used</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>There are no configurations. Import some by “society-cli config import”.</source>
        <translation>没有配置。请用“society-cli config import”导入一些。</translation>
    </message>
    <message>
        <source>%1 “%2”, version %3: imported</source>
        <translation>%1“%2”，版本 %3：已导入</translation>
    </message>
    <message>
        <source>%1 “%2”, version %3: is there already</source>
        <translation>%1“%2”，版本 %3：已经有了</translation>
    </message>
    <message>
        <source>Written to “%1”, without keys.</source>
        <translation>已写入“%1”，不含密钥。</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>已删除“%1”。</translation>
    </message>
    <message>
        <source>An id, its beginning, or a name</source>
        <translation>编号、其开头，或名称</translation>
    </message>
    <message>
        <source>One that is for all tenants</source>
        <translation>所有租户可用的</translation>
    </message>
    <message>
        <source>Configurations, own and public</source>
        <translation>自己的和公共的配置</translation>
    </message>
    <message>
        <source>llm, agents, map, workflow, survey, profile or template</source>
        <translation>llm、agents、map、workflow、survey、profile 或 template</translation>
    </message>
    <message>
        <source>The document; keys are masked</source>
        <translation>文档；密钥已遮盖</translation>
    </message>
    <message>
        <source>An older version</source>
        <translation>较旧的版本</translation>
    </message>
    <message>
        <source>One part, or (llm, agents, map and workflow) a run file; without keys</source>
        <translation>一个部分，或（llm、agents、map 和 workflow）一个运行文件；不含密钥</translation>
    </message>
    <message>
        <source>References, then the file</source>
        <translation>引用，然后是文件</translation>
    </message>
    <message>
        <source>Everything that would forbid a start, or is odd</source>
        <translation>一切会阻止启动或反常的东西</translation>
    </message>
    <message>
        <source>A run file, or one part</source>
        <translation>运行文件，或一个部分</translation>
    </message>
    <message>
        <source>What part the file is, where its content does not tell</source>
        <translation>文件是哪个部分（内容看不出时）</translation>
    </message>
    <message>
        <source>Configurations: language models, agents, maps, workflows, surveys, profiles</source>
        <translation>配置：语言模型、智能体、地图、工作流、问卷、人物档案</translation>
    </message>
    <message>
        <source>Files of AgentSociety: parts, run files, maps, profiles</source>
        <translation>AgentSociety 的文件：各部分、运行文件、地图、人物档案</translation>
    </message>
    <message>
        <source>JSON, YAML, .pb maps, CSV or JSON profiles</source>
        <translation>JSON、YAML、.pb 地图、CSV 或 JSON 人物档案</translation>
    </message>
    <message>
        <source>What they are, where the content does not tell</source>
        <translation>它们是什么（内容看不出时）</translation>
    </message>
    <message>
        <source>The name it gets</source>
        <translation>它得到的名称</translation>
    </message>
    <message>
        <source>For all tenants</source>
        <translation>供所有租户使用</translation>
    </message>
    <message>
        <source>A new version from a file</source>
        <translation>从文件建立新版本</translation>
    </message>
    <message>
        <source>A new name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>A copy that is your own, without its key</source>
        <translation>自己的副本，不含密钥</translation>
    </message>
    <message>
        <source>Refused while experiments use it</source>
        <translation>有实验使用时会拒绝</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>没有文件夹“%1”。</translation>
    </message>
    <message>
        <source>Make it by “society-cli setup”.</source>
        <translation>请用“society-cli setup”建立它。</translation>
    </message>
    <message>
        <source>“%1” may not be written to.</source>
        <translation>“%1”不能写入。</translation>
    </message>
    <message>
        <source>Take the right to write to it, or choose another.</source>
        <translation>请取得写入权限，或选择另一个。</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>Free some space: a run may write hundreds of megabytes.</source>
        <translation>请腾出一些空间：一次运行可能写数百兆字节。</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>“%1” has %2 available</source>
        <translation>“%1”可用 %2</translation>
    </message>
    <message>
        <source>AgentSociety %1 (%2)</source>
        <translation>AgentSociety %1（%2）</translation>
    </message>
    <message>
        <source>The practice town is not there.</source>
        <translation>练习小镇不在。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>好</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Everything that a run needs is there.</source>
        <translation>运行所需的一切都有了。</translation>
    </message>
    <message>
        <source>Something is missing.</source>
        <translation>还缺少一些。</translation>
    </message>
    <message>
        <source>%1 (practice)</source>
        <translation>%1（练习）</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最后的错误</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>自 %1</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>建立</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Run time</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>LLM calls</source>
        <translation>语言模型调用</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <translation>输入 %1，输出 %2</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation>目前费用</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>There are no such experiments.</source>
        <translation>没有这样的实验。</translation>
    </message>
    <message>
        <source>“%1” has already ended: nothing was changed.</source>
        <translation>“%1”已经结束：没有更改任何东西。</translation>
    </message>
    <message>
        <source>“%1” was deleted. Its bills stay.</source>
        <translation>已删除“%1”。它的账单会保留。</translation>
    </message>
    <message>
        <source>Settled now</source>
        <translation>现已结算</translation>
    </message>
    <message>
        <source>Found lost</source>
        <translation>发现失联</translation>
    </message>
    <message>
        <source>All experiments, newest first</source>
        <translation>所有实验，最新的在前</translation>
    </message>
    <message>
        <source>queued, starting, running, stopping, finished, failed, stopped or lost</source>
        <translation>queued、starting、running、stopping、finished、failed、stopped 或 lost</translation>
    </message>
    <message>
        <source>Part of the name</source>
        <translation>名称的一部分</translation>
    </message>
    <message>
        <source>At most so many</source>
        <translation>最多这么多</translation>
    </message>
    <message>
        <source>Those made before this one</source>
        <translation>在这一个之前建立的</translation>
    </message>
    <message>
        <source>The true state of an experiment</source>
        <translation>实验的真实状态</translation>
    </message>
    <message>
        <source>Deletes an ended experiment; its bills stay</source>
        <translation>删除已结束的实验；账单会保留</translation>
    </message>
    <message>
        <source>Ends an experiment and waits until nothing of it is left</source>
        <translation>结束实验，并等到它什么也不剩</translation>
    </message>
    <message>
        <source>Seconds to end by itself; 0 kills at once</source>
        <translation>自行结束的秒数；0 表示立即强行结束</translation>
    </message>
    <message>
        <source>Notices ended runs and settles them</source>
        <translation>察觉已结束的运行并结算</translation>
    </message>
    <message>
        <source>No key was given.</source>
        <translation>没有给出密钥。</translation>
    </message>
    <message>
        <source>Type it when asked, or give it by standard input: society-cli … &lt; FILE</source>
        <translation>请在询问时输入，或从标准输入给出：society-cli … &lt; FILE</translation>
    </message>
    <message>
        <source>What was given is no key: it has several lines or control characters.</source>
        <translation>所给的不是密钥：它有多行或控制字符。</translation>
    </message>
    <message>
        <source>Give the key alone.</source>
        <translation>请只给密钥。</translation>
    </message>
    <message>
        <source>The key is not kept: %1 %2</source>
        <translation>密钥没有保存：%1 %2</translation>
    </message>
    <message>
        <source>Key for “%1” (kept for this run only):</source>
        <translation>“%1”的密钥（只为这次运行保留）：</translation>
    </message>
    <message>
        <source>Folder of the workspace (else SOCIETY_WORKSPACE, else in your data folder)</source>
        <translation>工作区的文件夹（否则用 SOCIETY_WORKSPACE，再否则在你的数据文件夹）</translation>
    </message>
    <message>
        <source>Whose configurations, experiments and money</source>
        <translation>谁的配置、实验和资金</translation>
    </message>
    <message>
        <source>Print one JSON document</source>
        <translation>打印一份 JSON 文档</translation>
    </message>
    <message>
        <source>Print the version</source>
        <translation>打印版本</translation>
    </message>
    <message>
        <source>Print this help</source>
        <translation>打印此帮助</translation>
    </message>
    <message>
        <source>A verb is missing</source>
        <translation>缺少动词</translation>
    </message>
    <message>
        <source>See “society-cli --help” or “society-cli VERB --help”</source>
        <translation>见“society-cli --help”或“society-cli 动词 --help”</translation>
    </message>
    <message>
        <source>Runs and manages AgentSociety simulations without a window.</source>
        <translation>不用窗口运行和管理 AgentSociety 模拟。</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Set aside for runs</source>
        <translation>为运行冻结</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>There is no bill “%1”.</source>
        <translation>没有账单“%1”。</translation>
    </message>
    <message>
        <source>“society-cli bills” lists them.</source>
        <translation>“society-cli bills”可列出账单。</translation>
    </message>
    <message>
        <source>“%1” may mean several bills: %2.</source>
        <translation>“%1”可能指多张账单：%2。</translation>
    </message>
    <message>
        <source>Write more of the id.</source>
        <translation>请多写几位编号。</translation>
    </message>
    <message>
        <source>Standard output is closed.</source>
        <translation>标准输出已关闭。</translation>
    </message>
    <message numerus="yes">
        <source>%n bill(s) were written to “%1”.</source>
        <translation>
            <numerusform>已把 %n 张账单写入“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>There are no such bills.</source>
        <translation>没有这样的账单。</translation>
    </message>
    <message numerus="yes">
        <source>%n bill(s), together %1</source>
        <translation>
            <numerusform>%n 张账单，合计 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>More of them: add --after %1</source>
        <translation>还有更多：加上 --after %1</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>起效于</translation>
    </message>
    <message>
        <source>every model</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>There are no prices.</source>
        <translation>没有价格。</translation>
    </message>
    <message>
        <source>From %1 on: %2 for %3 %4</source>
        <translation>从 %1 起：%3 %4 为 %2</translation>
    </message>
    <message>
        <source>Every amount is right: %1 accounts, %2 bills, %3 runs.</source>
        <translation>每笔金额都对：%1 个账户，%2 张账单，%3 次运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s).</source>
        <translation>
            <numerusform>有 %n 处不符。</numerusform>
        </translation>
    </message>
    <message>
        <source>What was charged and paid, newest first</source>
        <translation>收费和付款，最新的在前</translation>
    </message>
    <message>
        <source>recharge, llm_input_token, llm_output_token, run_time or correction</source>
        <translation>recharge、llm_input_token、llm_output_token、run_time 或 correction</translation>
    </message>
    <message>
        <source>Those of one experiment</source>
        <translation>某个实验的</translation>
    </message>
    <message>
        <source>From a day or time on (UTC unless it says else)</source>
        <translation>从某日或某时起（未说明则为 UTC）</translation>
    </message>
    <message>
        <source>Before a day or time</source>
        <translation>某日或某时之前</translation>
    </message>
    <message>
        <source>The page after: “next” of the page before</source>
        <translation>下一页：上一页的“next”</translation>
    </message>
    <message>
        <source>Write all of them to a file; - is standard output</source>
        <translation>全部写入文件；- 表示标准输出</translation>
    </message>
    <message>
        <source>The price book</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>All prices and since when they hold</source>
        <translation>所有价格及起效时间</translation>
    </message>
    <message>
        <source>A new price; bills that are written stay</source>
        <translation>新价格；已写的账单不变</translation>
    </message>
    <message>
        <source>llm_input_token or llm_output_token (for a million), run_time (a second)</source>
        <translation>llm_input_token 或 llm_output_token（每百万），run_time（每秒）</translation>
    </message>
    <message>
        <source>In yuan, with a decimal point</source>
        <translation>以元为单位，用小数点</translation>
    </message>
    <message>
        <source>For one model only</source>
        <translation>只用于一个模型</translation>
    </message>
    <message>
        <source>From a day or time on; else from now</source>
        <translation>从某日或某时起；否则从现在起</translation>
    </message>
    <message>
        <source>Balance, what is set aside, what is available</source>
        <translation>余额、冻结、可用</translation>
    </message>
    <message>
        <source>Adds money to the account</source>
        <translation>给账户加钱</translation>
    </message>
    <message>
        <source>In yuan, with a decimal point; at least 0.01</source>
        <translation>以元为单位，用小数点；至少 0.01</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>A new bill that corrects another</source>
        <translation>更正另一张账单的新账单</translation>
    </message>
    <message>
        <source>Its id, or the beginning of it</source>
        <translation>它的编号，或其开头</translation>
    </message>
    <message>
        <source>In yuan, with a decimal point; either sign</source>
        <translation>以元为单位，用小数点；正负皆可</translation>
    </message>
    <message>
        <source>Recomputes every balance and settlement</source>
        <translation>重新计算每笔余额和结算</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Nothing forbids a start.</source>
        <translation>没有什么阻止启动。</translation>
    </message>
    <message>
        <source>This cannot be started.</source>
        <translation>这不能启动。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>The table has no rows.</source>
        <translation>表里没有行。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were written to “%1”.</source>
        <translation>
            <numerusform>已把 %n 行写入“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>--csv needs the name of a table</source>
        <translation>--csv 需要表的名称</translation>
    </message>
    <message>
        <source>The runner&apos;s log, byte for byte</source>
        <translation>运行器的日志，逐字节</translation>
    </message>
    <message>
        <source>Only the last so many</source>
        <translation>只要最后这么多</translation>
    </message>
    <message>
        <source>Go on until the run has ended</source>
        <translation>继续到运行结束</translation>
    </message>
    <message>
        <source>Only lines that match (PCRE2)</source>
        <translation>只要匹配的行（PCRE2）</translation>
    </message>
    <message>
        <source>What came out: profile, status, dialog, survey, metric, prompt</source>
        <translation>得出的结果：profile、status、dialog、survey、metric、prompt</translation>
    </message>
    <message>
        <source>Without it: the tables and their numbers of rows</source>
        <translation>不给则列出各表及其行数</translation>
    </message>
    <message>
        <source>Write the table to a file; - is standard output</source>
        <translation>把表写入文件；- 表示标准输出</translation>
    </message>
    <message>
        <source>The cap is negative.</source>
        <translation>上限是负数。</translation>
    </message>
    <message>
        <source>Give an amount of 0 or more.</source>
        <translation>请给 0 或更大的金额。</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>Name a configuration; “society-cli config list” shows them</source>
        <translation>请给出配置的名称；“society-cli config list”可列出</translation>
    </message>
    <message>
        <source>“%1” is not PATH=VALUE</source>
        <translation>“%1”不是 PATH=VALUE</translation>
    </message>
    <message>
        <source>Write for instance exp.workflow.0.days=2</source>
        <translation>请写成例如 exp.workflow.0.days=2</translation>
    </message>
    <message>
        <source>The experiment&apos;s name</source>
        <translation>实验的名称</translation>
    </message>
    <message>
        <source>Set so much aside, in yuan</source>
        <translation>冻结这么多，以元为单位</translation>
    </message>
    <message>
        <source>0 to 4294967295; else random</source>
        <translation>0 到 4294967295；否则随机</translation>
    </message>
    <message>
        <source>Starts an experiment from configurations or a run file</source>
        <translation>用配置或运行文件启动实验</translation>
    </message>
    <message>
        <source>A run file of AgentSociety (JSON or YAML): its parts are imported</source>
        <translation>AgentSociety 的运行文件（JSON 或 YAML）：其各部分会被导入</translation>
    </message>
    <message>
        <source>A configuration of language models</source>
        <translation>语言模型的配置</translation>
    </message>
    <message>
        <source>A configuration of agents</source>
        <translation>智能体的配置</translation>
    </message>
    <message>
        <source>A configuration of a map</source>
        <translation>地图的配置</translation>
    </message>
    <message>
        <source>A configuration of a workflow</source>
        <translation>工作流的配置</translation>
    </message>
    <message>
        <source>Runs an experiment again, changed where said</source>
        <translation>再次运行实验，按所说的更改</translation>
    </message>
    <message>
        <source>Changes a value, such as exp.workflow.0.days=2</source>
        <translation>更改一个值，如 exp.workflow.0.days=2</translation>
    </message>
    <message>
        <source>“%1” has no entry %2.</source>
        <translation>“%1”没有第 %2 项。</translation>
    </message>
    <message>
        <source>Its entries are numbered from 0 to %1.</source>
        <translation>它的各项从 0 编到 %1。</translation>
    </message>
    <message>
        <source>There is no place to keep the key: %1</source>
        <translation>没有地方可保存密钥：%1</translation>
    </message>
    <message>
        <source>Key for “%1”:</source>
        <translation>“%1”的密钥：</translation>
    </message>
    <message>
        <source>The key of “%1” is kept. %2</source>
        <translation>“%1”的密钥已保存。%2</translation>
    </message>
    <message>
        <source>No key of “%1” is stored.</source>
        <translation>没有保存“%1”的密钥。</translation>
    </message>
    <message>
        <source>The key of “%1” was deleted.</source>
        <translation>“%1”的密钥已删除。</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>No configuration here needs a key.</source>
        <translation>这里没有需要密钥的配置。</translation>
    </message>
    <message>
        <source>Keys of language models</source>
        <translation>语言模型的密钥</translation>
    </message>
    <message>
        <source>A configuration: its id, the beginning of it, or its name</source>
        <translation>配置：编号、其开头，或名称</translation>
    </message>
    <message>
        <source>Which entry of its list, from 0</source>
        <translation>列表中的哪一项，从 0 起</translation>
    </message>
    <message>
        <source>Keeps a key, read from standard input</source>
        <translation>保存密钥，从标准输入读取</translation>
    </message>
    <message>
        <source>Asks the provider for its list of models; costs nothing</source>
        <translation>向提供方查询模型列表；不花钱</translation>
    </message>
    <message>
        <source>Forgets a key</source>
        <translation>忘掉密钥</translation>
    </message>
    <message>
        <source>Which keys are stored; never the keys</source>
        <translation>保存了哪些密钥；绝不显示密钥</translation>
    </message>
    <message>
        <source>There is no workspace at “%1”.</source>
        <translation>“%1”没有工作区。</translation>
    </message>
    <message>
        <source>Make it by “society-cli setup”, or name another by --workspace.</source>
        <translation>请用“society-cli setup”建立，或用 --workspace 指定另一个。</translation>
    </message>
    <message>
        <source>%1 %  %2</source>
        <translation>%1 %  %2</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>运行器</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新的</translation>
    </message>
    <message>
        <source>nothing: all of it was there</source>
        <translation>没有：全都已经有了</translation>
    </message>
    <message>
        <source>Makes the workspace, the runner and the practice experiments; safe to repeat</source>
        <translation>建立工作区、运行器和练习实验；可放心重复</translation>
    </message>
    <message>
        <source>Use this AgentSociety instead of installing one: its “agentsociety” script</source>
        <translation>使用这个 AgentSociety 而不安装：它的“agentsociety”脚本</translation>
    </message>
    <message>
        <source>Without the practice configurations</source>
        <translation>不要练习配置</translation>
    </message>
    <message>
        <source>Checks everything that a run needs</source>
        <translation>检查运行所需的一切</translation>
    </message>
    <message>
        <source>There are no tenants.</source>
        <translation>没有租户。</translation>
    </message>
    <message>
        <source>Tenant “%1” was added, with a balance of %2.</source>
        <translation>已添加租户“%1”，余额 %2。</translation>
    </message>
    <message>
        <source>Who owns configurations, experiments and money</source>
        <translation>谁拥有配置、实验和资金</translation>
    </message>
    <message>
        <source>All tenants</source>
        <translation>所有租户</translation>
    </message>
    <message>
        <source>A new tenant, with an account</source>
        <translation>有账户的新租户</translation>
    </message>
    <message>
        <source>a–z, 0–9, point, dash, underscore</source>
        <translation>a–z、0–9、点、连字符、下划线</translation>
    </message>
    <message>
        <source>The name that is shown</source>
        <translation>所显示的名称</translation>
    </message>
    <message>
        <source>“%1” is not a time.</source>
        <translation>“%1”不是时间。</translation>
    </message>
    <message>
        <source>Write 2026-11-24 or 2026-11-24T08:00:00Z.</source>
        <translation>请写成 2026-11-24 或 2026-11-24T08:00:00Z。</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>VERB</source>
        <translation>动词</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用法</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Verbs</source>
        <translation>动词</translation>
    </message>
    <message>
        <source>The command line cannot be read: %1</source>
        <translation>无法读取命令行：%1</translation>
    </message>
    <message>
        <source>“%1” is no verb</source>
        <translation>“%1”不是动词</translation>
    </message>
    <message>
        <source>“%1” is not understood here</source>
        <translation>此处不认识“%1”</translation>
    </message>
    <message>
        <source>“%1” is no number of seconds</source>
        <translation>“%1”不是秒数</translation>
    </message>
    <message>
        <source>Write --wait or --wait=60</source>
        <translation>请写 --wait 或 --wait=60</translation>
    </message>
    <message>
        <source>Wait for the end; with =SECONDS, no longer than that</source>
        <translation>等到结束；加 =SECONDS 则不超过这么久</translation>
    </message>
    <message numerus="yes">
        <source>The run has not ended within %n second(s); it goes on</source>
        <translation>
            <numerusform>运行在 %n 秒内没有结束；它仍在继续</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at its status later, or stop it</source>
        <translation>请稍后查看状态，或停止它</translation>
    </message>
    <message>
        <source>“%1” was written (%2).</source>
        <translation>已写入“%1”（%2）。</translation>
    </message>
    <message>
        <source>Everything of an ended experiment in one file: record, log, calls, results, map and profiles</source>
        <translation>把已结束实验的全部内容放进一个文件：记录、日志、调用、结果、地图和人物档案</translation>
    </message>
    <message>
        <source>The new file</source>
        <translation>新文件</translation>
    </message>
    <message>
        <source>Not billed</source>
        <translation>未能计费</translation>
    </message>
    <message>
        <source>Not compared with its folder: %1</source>
        <translation>未能与其文件夹核对：%1</translation>
    </message>
    <message>
        <source>A copy of the database, %1, was written to “%2”.</source>
        <translation>数据库的备份（%1）已写入“%2”。</translation>
    </message>
    <message>
        <source>The workspace has the database of “%1”.</source>
        <translation>工作区现在使用“%1”的数据库。</translation>
    </message>
    <message>
        <source>What it had before is kept as “%1”.</source>
        <translation>之前的数据库保留为“%1”。</translation>
    </message>
    <message>
        <source>“society-cli audit” tells which runs are newer than the copy.</source>
        <translation>“society-cli audit”会指出哪些运行比备份更新。</translation>
    </message>
    <message>
        <source>Copies the database while it is used</source>
        <translation>在使用中备份数据库</translation>
    </message>
    <message>
        <source>Where to; else the workspace&apos;s folder backups</source>
        <translation>写到哪里；不给出则写入工作区的 backups 文件夹</translation>
    </message>
    <message>
        <source>Puts a copy in the place of the database</source>
        <translation>用备份替换数据库</translation>
    </message>
    <message>
        <source>A copy that was made by backup, or a daily one</source>
        <translation>由 backup 建立的备份，或每日备份</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>Those of one model</source>
        <translation>某一个模型的</translation>
    </message>
    <message>
        <source>With a text in note, model or experiment&apos;s name</source>
        <translation>备注、模型或实验名称中含有某文字的</translation>
    </message>
    <message>
        <source>From an amount on; charges are negative</source>
        <translation>从某金额起；扣费为负数</translation>
    </message>
    <message>
        <source>Up to an amount</source>
        <translation>不超过某金额</translation>
    </message>
    <message>
        <source>Sums by item, model, experiment, day or month instead</source>
        <translation>改为按项目、模型、实验、日或月列出合计</translation>
    </message>
    <message>
        <source>The database of this workspace is on a server.</source>
        <translation>此工作区的数据库在服务器上。</translation>
    </message>
    <message>
        <source>Its administrator puts copies back, for example by pg_restore.</source>
        <translation>由服务器管理员恢复副本，例如用 pg_restore。</translation>
    </message>
    <message>
        <source>%1: %L2 rows</source>
        <translation>%1：%L2 行</translation>
    </message>
    <message>
        <source>%L1 rows, %L2 of them bills, are now in “%3”; both databases were audited and compared.</source>
        <translation>%L1 行（其中账单 %L2 条）现已在“%3”中；两个数据库均已审计并比对。</translation>
    </message>
    <message>
        <source>What was before is kept as “%1”; nobody writes to it any more.</source>
        <translation>原数据库保留为“%1”；不再有人向其写入。</translation>
    </message>
    <message>
        <source>The database of this workspace is on a server already.</source>
        <translation>此工作区的数据库已在服务器上。</translation>
    </message>
    <message>
        <source>“society-cli database show” says on which.</source>
        <translation>“society-cli database show”会显示在哪台服务器上。</translation>
    </message>
    <message>
        <source>The database of this workspace is a file already.</source>
        <translation>此工作区的数据库已是文件。</translation>
    </message>
    <message>
        <source>“society-cli database show” says which.</source>
        <translation>“society-cli database show”会显示是哪个文件。</translation>
    </message>
    <message>
        <source>Moves everything to an empty ledger on a server, or back, audits both and changes over</source>
        <translation>把全部数据移到服务器上的空账本，或移回文件；审计双方后切换</translation>
    </message>
    <message>
        <source>To the server that is named</source>
        <translation>移到所指定的服务器</translation>
    </message>
    <message>
        <source>From the server to a file of the workspace</source>
        <translation>从服务器移到工作区的文件</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>not stored: libpq looks for it in ~/.pgpass</source>
        <translation>未保存：libpq 会在 ~/.pgpass 中查找</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>none (this machine)</source>
        <translation>无（本机）</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A ledger was made in %1; its admin is “%2”.</source>
        <translation>已在 %1 中建立账本；其管理员为“%2”。</translation>
    </message>
    <message>
        <source>The ledger in %1 is of version %2.</source>
        <translation>%1 中的账本为版本 %2。</translation>
    </message>
    <message>
        <source>This workspace has a database of its own, “%1”.</source>
        <translation>此工作区有自己的数据库“%1”。</translation>
    </message>
    <message>
        <source>Move it to the server by “society-cli database move”, or name a new workspace by --workspace.</source>
        <translation>请用“society-cli database move”把它移到服务器，或用 --workspace 指定新的工作区。</translation>
    </message>
    <message>
        <source>The workspace uses the ledger in %1.</source>
        <translation>工作区使用 %1 中的账本。</translation>
    </message>
    <message>
        <source>The password of “%1” is kept: %2</source>
        <translation>“%1”的密码已保存：%2</translation>
    </message>
    <message>
        <source>Host name or address of the PostgreSQL server</source>
        <translation>PostgreSQL 服务器的主机名或地址</translation>
    </message>
    <message>
        <source>Its port</source>
        <translation>其端口</translation>
    </message>
    <message>
        <source>The database on it</source>
        <translation>其上的数据库</translation>
    </message>
    <message>
        <source>The login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Certificate of the authority that must have signed the server&apos;s</source>
        <translation>必须签发服务器证书的机构的证书</translation>
    </message>
    <message>
        <source>How long to wait for an answer</source>
        <translation>等待应答的时间</translation>
    </message>
    <message>
        <source>Read the password from standard input and keep it with the other secrets</source>
        <translation>从标准输入读取密码，并与其他密钥一起保存</translation>
    </message>
    <message>
        <source>No server was named, and this workspace uses none.</source>
        <translation>没有指定服务器，此工作区也没有使用服务器。</translation>
    </message>
    <message>
        <source>Give --host, --database and --user.</source>
        <translation>请给出 --host、--database 和 --user。</translation>
    </message>
    <message>
        <source>Password of “%1”:</source>
        <translation>“%1”的密码：</translation>
    </message>
    <message>
        <source>The password is not kept: %1 %2</source>
        <translation>密码没有保存：%1 %2</translation>
    </message>
    <message>
        <source>Where the workspace&apos;s database is: a file, or a server</source>
        <translation>工作区的数据库所在：文件或服务器</translation>
    </message>
    <message>
        <source>Which file or server it is</source>
        <translation>是哪个文件或哪台服务器</translation>
    </message>
    <message>
        <source>Connects, and says what is there and which roles one has</source>
        <translation>连接并显示那里有什么、自己有哪些角色</translation>
    </message>
    <message>
        <source>Makes the ledger on a server, or brings it up to date</source>
        <translation>在服务器上建立账本，或将其升级</translation>
    </message>
    <message>
        <source>Lets a new workspace use the ledger on a server</source>
        <translation>让新的工作区使用服务器上的账本</translation>
    </message>
    <message>
        <source>Keeps a login&apos;s password, read from standard input</source>
        <translation>保存从标准输入读取的登录密码</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>You have no role in this ledger.</source>
        <translation>您在此账本中没有角色。</translation>
    </message>
    <message>
        <source>“%1” is an admin of the ledger.</source>
        <translation>“%1”是账本的管理员。</translation>
    </message>
    <message>
        <source>“%1” is %2 of the tenant “%3”.</source>
        <translation>“%1”是租户“%3”的 %2。</translation>
    </message>
    <message>
        <source>“%1” is no admin of the ledger any more.</source>
        <translation>“%1”不再是账本的管理员。</translation>
    </message>
    <message>
        <source>“%1” has no role in the tenant “%2” any more.</source>
        <translation>“%1”在租户“%2”中不再有角色。</translation>
    </message>
    <message>
        <source>Who may do what in a ledger on a server</source>
        <translation>在服务器上的账本中谁可以做什么</translation>
    </message>
    <message>
        <source>The members whom one may see</source>
        <translation>可以看到的成员</translation>
    </message>
    <message>
        <source>Gives a login of the server a role in the tenant (--tenant)</source>
        <translation>给服务器的登录名在租户（--tenant）中的角色</translation>
    </message>
    <message>
        <source>A login that the server has</source>
        <translation>服务器上已有的登录名</translation>
    </message>
    <message>
        <source>observer, member, owner; or admin, of all tenants</source>
        <translation>observer、member、owner；或全部租户的 admin</translation>
    </message>
    <message>
        <source>Takes a login&apos;s role in the tenant (--tenant) away</source>
        <translation>取消登录名在租户（--tenant）中的角色</translation>
    </message>
    <message>
        <source>That of an admin</source>
        <translation>管理员的角色</translation>
    </message>
    <message>
        <source>Opening balance %1, closing balance %2</source>
        <translation>期初余额 %1，期末余额 %2</translation>
    </message>
    <message>
        <source>A period&apos;s bills with opening and closing balance, days of UTC</source>
        <translation>某一时期的账单及期初、期末余额，日期为 UTC</translation>
    </message>
    <message>
        <source>From a day or time on; else from the first bill on</source>
        <translation>从某天或某时起；否则从第一张账单起</translation>
    </message>
    <message>
        <source>Before a day or time; else up to now</source>
        <translation>到某天或某时之前；否则到现在</translation>
    </message>
    <message>
        <source>The file; - is standard output</source>
        <translation>文件；- 为标准输出</translation>
    </message>
    <message>
        <source>Cross-check</source>
        <translation>交叉核对</translation>
    </message>
    <message>
        <source>has not ended</source>
        <translation>尚未结束</translation>
    </message>
    <message>
        <source>has ended without a bill</source>
        <translation>已结束但没有账单</translation>
    </message>
    <message>
        <source>was deleted or is unknown</source>
        <translation>已删除或未知</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>given back: %1</source>
        <translation>已退回：%1</translation>
    </message>
    <message>
        <source>No money is held.</source>
        <translation>没有冻结资金。</translation>
    </message>
    <message>
        <source>No money is held for “%1”.</source>
        <translation>没有为“%1”冻结资金。</translation>
    </message>
    <message>
        <source>“society-cli holds” lists what is held.</source>
        <translation>“society-cli holds”可列出冻结的资金。</translation>
    </message>
    <message>
        <source>“%1” may mean several holds: %2.</source>
        <translation>“%1”可能指多笔冻结：%2。</translation>
    </message>
    <message>
        <source>%1 are available again.</source>
        <translation>%1 又可用了。</translation>
    </message>
    <message>
        <source>Money set aside for runs, newest first</source>
        <translation>为运行冻结的资金，最新的在前</translation>
    </message>
    <message>
        <source>Also what was given back</source>
        <translation>也包括已退回的</translation>
    </message>
    <message>
        <source>One hold</source>
        <translation>一笔冻结</translation>
    </message>
    <message>
        <source>Gives back what no run can use any more</source>
        <translation>退回任何运行都不能再用的资金</translation>
    </message>
    <message>
        <source>The experiment&apos;s id, the beginning of it, or its name</source>
        <translation>实验的编号、编号的开头或名称</translation>
    </message>
    <message>
        <source>A price is for a million tokens or for a second. If it is meant, add --yes.</source>
        <translation>价格按一百万个词元或一秒计。若确实如此，请加上 --yes。</translation>
    </message>
    <message numerus="yes">
        <source>%n price(s) were written to “%1”.</source>
        <translation>
            <numerusform>已将 %n 个价格写入“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>现行</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>unlikely</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message numerus="yes">
        <source>%n price(s) were added.</source>
        <translation>
            <numerusform>已添加 %n 个价格。</numerusform>
        </translation>
    </message>
    <message>
        <source>Amounts are written as %1</source>
        <translation>金额写作 %1</translation>
    </message>
    <message>
        <source>Also where it is a hundred times more or less than before</source>
        <translation>即使是之前的百倍或百分之一</translation>
    </message>
    <message>
        <source>All prices as CSV</source>
        <translation>所有价格，CSV 格式</translation>
    </message>
    <message>
        <source>Adds the prices of a CSV file, all or none</source>
        <translation>添加 CSV 文件中的价格，全部或全不</translation>
    </message>
    <message>
        <source>Columns: item,model,price,unit_size,valid_from</source>
        <translation>列：item,model,price,unit_size,valid_from</translation>
    </message>
    <message>
        <source>Also where one is a hundred times more or less than before</source>
        <translation>即使其中有之前的百倍或百分之一</translation>
    </message>
    <message>
        <source>Only say what would change</source>
        <translation>只说明会有什么改变</translation>
    </message>
    <message>
        <source>What stands before amounts; nothing is converted</source>
        <translation>金额前的符号；不作换算</translation>
    </message>
    <message>
        <source>Another one; an empty text is ¥ again</source>
        <translation>另一个符号；空文字则恢复 ¥</translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s) put right.</source>
        <translation>
            <numerusform>已纠正 %n 处差异。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“society-cli audit --put-right” follows what is proposed for %n of them.</source>
        <translation>
            <numerusform>“society-cli audit --put-right”可按建议纠正其中 %n 处。</numerusform>
        </translation>
    </message>
    <message>
        <source>Write the correcting bills and the rest that is proposed, then audit again</source>
        <translation>写入更正账单并按其余建议纠正，然后再次审计</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) were written to “%1”.</source>
        <translation>
            <numerusform>已将 %n 个分组写入“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>The audits found %L1 differences, the same in both.</source>
        <translation>审计发现 %L1 处差异，两边相同。</translation>
    </message>
    <message>
        <source>auditing both and comparing</source>
        <translation>正在审计两个数据库并比较</translation>
    </message>
    <message>
        <source>“%1” counts as lost; nothing is held for it any more.</source>
        <translation>“%1”视为丢失；不再为它冻结资金。</translation>
    </message>
    <message>
        <source>“%1” was given up without a bill; nothing is held for it any more.</source>
        <translation>“%1”已放弃结算，没有账单；不再为它冻结资金。</translation>
    </message>
    <message>
        <source>Settles a run that can never be billed, its record or its workspace gone for good, without a bill</source>
        <translation>结算永远无法出账的运行（其记录或工作区已永远丢失），不产生账单</translation>
    </message>
</context>
<context>
    <name>ConfigAgents</name>
    <message>
        <source>There is nothing to choose from</source>
        <translation>没有可选的项</translation>
    </message>
    <message>
        <source>Add at least one choice.</source>
        <translation>请至少加一个选项。</translation>
    </message>
    <message>
        <source>There are %1 weights for %2 choices</source>
        <translation>有 %1 个权重，却有 %2 个选项</translation>
    </message>
    <message>
        <source>Give one weight for each choice.</source>
        <translation>请给每个选项一个权重。</translation>
    </message>
    <message>
        <source>The weights add up to nothing</source>
        <translation>权重之和为零</translation>
    </message>
    <message>
        <source>Make at least one weight greater than 0.</source>
        <translation>请让至少一个权重大于 0。</translation>
    </message>
    <message>
        <source>“%1” must be a whole number, written without a point</source>
        <translation>“%1”必须是整数，不带小数点</translation>
    </message>
    <message>
        <source>Write 18 rather than 18.0, or use uniform_float.</source>
        <translation>请写 18 而不是 18.0，或用 uniform_float。</translation>
    </message>
    <message>
        <source>“max_value” is smaller than “min_value”</source>
        <translation>“max_value”小于“min_value”</translation>
    </message>
    <message>
        <source>Exchange them.</source>
        <translation>请互换它们。</translation>
    </message>
    <message>
        <source>AgentSociety sets “%1” itself and refuses another distribution</source>
        <translation>AgentSociety 自己设定“%1”，不接受别的分布</translation>
    </message>
    <message>
        <source>Take it away; give places in a profile file.</source>
        <translation>请去掉它；地点请写在人物档案文件里。</translation>
    </message>
    <message>
        <source>These agents do not use the attribute “%1”</source>
        <translation>这些智能体不用属性“%1”</translation>
    </message>
    <message>
        <source>Take it away, or use a profile file.</source>
        <translation>请去掉它，或使用人物档案文件。</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>AgentSociety only uses a supervisor that has a profile file</source>
        <translation>AgentSociety 只使用有人物档案文件的监督者</translation>
    </message>
    <message>
        <source>Give a .json file with one entry: [{&quot;id&quot;: 900, &quot;name&quot;: &quot;Supervisor&quot;}].</source>
        <translation>请给一个只有一项的 .json 文件：[{&quot;id&quot;: 900, &quot;name&quot;: &quot;Supervisor&quot;}]。</translation>
    </message>
    <message>
        <source>A group has either a profile file or distributions, not both</source>
        <translation>一组智能体要么用人物档案文件，要么用分布，不能都用</translation>
    </message>
    <message>
        <source>Take one of them away, also where it is empty.</source>
        <translation>请去掉其中之一，即使它是空的。</translation>
    </message>
    <message>
        <source>AgentSociety cannot make firms from a file</source>
        <translation>AgentSociety 不能从文件生成企业</translation>
    </message>
    <message>
        <source>Give “number” instead.</source>
        <translation>请改用“number”。</translation>
    </message>
    <message>
        <source>Institutions from a file are untried in AgentSociety</source>
        <translation>AgentSociety 未试过从文件生成机构</translation>
    </message>
    <message>
        <source>AgentSociety cannot give a supervisor blocks</source>
        <translation>AgentSociety 不能给监督者加行为块</translation>
    </message>
    <message>
        <source>Take “blocks” away.</source>
        <translation>请去掉“blocks”。</translation>
    </message>
    <message>
        <source>There are no people in this run</source>
        <translation>这次运行里没有人</translation>
    </message>
    <message>
        <source>Raise “number”.</source>
        <translation>请增大“number”。</translation>
    </message>
</context>
<context>
    <name>ConfigCheck</name>
    <message>
        <source>“%1” occurs twice; the last one counts</source>
        <translation>“%1”出现两次；以最后一个为准</translation>
    </message>
    <message>
        <source>Take one of them away.</source>
        <translation>请去掉其中之一。</translation>
    </message>
    <message>
        <source>“%1” is missing</source>
        <translation>缺少“%1”</translation>
    </message>
    <message>
        <source>Add it.</source>
        <translation>请加上。</translation>
    </message>
    <message>
        <source>The address of the model is missing</source>
        <translation>缺少模型的地址</translation>
    </message>
    <message>
        <source>Give one such as http://127.0.0.1:8000/v1.</source>
        <translation>请给出如 http://127.0.0.1:8000/v1 的地址。</translation>
    </message>
    <message>
        <source>Without an address, vllm means OpenAI&apos;s own</source>
        <translation>没有地址时，vllm 指的是 OpenAI 自己</translation>
    </message>
    <message>
        <source>Give an address, or choose the provider openai.</source>
        <translation>请给出地址，或选择提供方 openai。</translation>
    </message>
    <message>
        <source>The provider %1 takes no address of yours</source>
        <translation>提供方 %1 不接受自定地址</translation>
    </message>
    <message>
        <source>Take base_url away, or choose the provider custom.</source>
        <translation>请去掉 base_url，或选择提供方 custom。</translation>
    </message>
    <message>
        <source>“%1” is not an address</source>
        <translation>“%1”不是地址</translation>
    </message>
    <message>
        <source>The address holds a user or password</source>
        <translation>地址里含有用户名或密码</translation>
    </message>
    <message>
        <source>Take it away, and give the key as api_key.</source>
        <translation>请去掉它，并用 api_key 给出密钥。</translation>
    </message>
    <message>
        <source>%1 needs a key</source>
        <translation>%1 需要密钥</translation>
    </message>
    <message>
        <source>Give the key of your account there.</source>
        <translation>请给出你在那里的账户的密钥。</translation>
    </message>
    <message>
        <source>The reference to the key is damaged</source>
        <translation>对密钥的引用已损坏</translation>
    </message>
    <message>
        <source>Set the key again.</source>
        <translation>请重新设置密钥。</translation>
    </message>
    <message>
        <source>A template must be an object</source>
        <translation>模板必须是对象</translation>
    </message>
    <message>
        <source>Import it again.</source>
        <translation>请重新导入。</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source> or </source>
        <translation>或</translation>
    </message>
    <message>
        <source>the number %1</source>
        <translation>数 %1</translation>
    </message>
    <message>
        <source>the text “%1”</source>
        <translation>文字“%1”</translation>
    </message>
    <message>
        <source>The document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Entry %1</source>
        <translation>第 %1 项</translation>
    </message>
    <message>
        <source>Entry %1 of “%2”</source>
        <translation>“%2”的第 %1 项</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>Fill it in.</source>
        <translation>请填写。</translation>
    </message>
    <message>
        <source>Write %1.</source>
        <translation>请写 %1。</translation>
    </message>
    <message>
        <source>Take it away: the next round is for all agents.</source>
        <translation>请去掉它：“下一轮”针对所有智能体。</translation>
    </message>
    <message>
        <source>Give a list of ids such as [5, 6], or {&quot;agent_class&quot;: [&quot;citizen&quot;]}.</source>
        <translation>请给编号列表如 [5, 6]，或 {&quot;agent_class&quot;: [&quot;citizen&quot;]}。</translation>
    </message>
    <message>
        <source>%1 must be %2, but is %3</source>
        <translation>%1 必须是%2，却是%3</translation>
    </message>
    <message>
        <source>%1 has another value</source>
        <translation>%1 的值不对</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 是空的</translation>
    </message>
    <message>
        <source>%1 cannot be %2</source>
        <translation>%1 不能是%2</translation>
    </message>
    <message>
        <source>Choose one of: %1.</source>
        <translation>请选择其一：%1。</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>Change %1.</source>
        <translation>请更改 %1。</translation>
    </message>
    <message>
        <source>%1 must be greater than %2%3</source>
        <translation>%1 必须大于 %2%3</translation>
    </message>
    <message>
        <source>%1 must be between %2 and %3%4</source>
        <translation>%1 必须在 %2 与 %3 之间%4</translation>
    </message>
    <message>
        <source>%1 must be at least %2%3</source>
        <translation>%1 至少为 %2%3</translation>
    </message>
    <message>
        <source>AgentSociety has no “%1”</source>
        <translation>AgentSociety 没有“%1”</translation>
    </message>
    <message>
        <source>“%1” is from another version and is ignored by AgentSociety</source>
        <translation>“%1”属于别的版本，AgentSociety 会忽略它</translation>
    </message>
    <message>
        <source>Take it away.</source>
        <translation>请去掉它。</translation>
    </message>
    <message>
        <source>Use “%1” instead.</source>
        <translation>请改用“%1”。</translation>
    </message>
    <message>
        <source>“%1” is not known to AgentSociety, which ignores it</source>
        <translation>AgentSociety 不认识“%1”，会忽略它</translation>
    </message>
    <message>
        <source>Take it away, or correct its name.</source>
        <translation>请去掉它，或改正名称。</translation>
    </message>
    <message>
        <source>Add at least one entry.</source>
        <translation>请至少加一项。</translation>
    </message>
    <message>
        <source>%1 can only be given from Python</source>
        <translation>%1 只能从 Python 给出</translation>
    </message>
    <message>
        <source>Leave the list empty.</source>
        <translation>请让列表为空。</translation>
    </message>
    <message>
        <source>A model&apos;s name has 1 to %1 characters, all on one line and without blanks at its ends</source>
        <translation>模型名称须为 1 到 %1 个字符，只占一行，首尾没有空格</translation>
    </message>
    <message>
        <source>Write it as the provider does.</source>
        <translation>请照提供方的写法填写。</translation>
    </message>
</context>
<context>
    <name>ConfigDocument</name>
    <message>
        <source>The text is empty: write a document or import one.</source>
        <translation>文字是空的：请写一份文档，或导入一份。</translation>
    </message>
    <message>
        <source>The text ends too early: close every bracket, brace and quotation mark.</source>
        <translation>文字结束得太早：请补全每个括号和引号。</translation>
    </message>
    <message>
        <source>Take away the comma before the closing bracket.</source>
        <translation>请去掉右括号前的逗号。</translation>
    </message>
    <message>
        <source>Use double quotation marks: &quot; instead of &apos;.</source>
        <translation>请用双引号：用 &quot; 而不是 &apos;。</translation>
    </message>
    <message>
        <source>JSON has no comments: take them away.</source>
        <translation>JSON 没有注释：请去掉。</translation>
    </message>
    <message>
        <source>Write true, false and null in small letters.</source>
        <translation>true、false 和 null 请用小写。</translation>
    </message>
    <message>
        <source>A comma is missing before this place.</source>
        <translation>此处之前缺少逗号。</translation>
    </message>
    <message>
        <source>Close the quotation mark before the end of the line.</source>
        <translation>请在行末之前补上引号。</translation>
    </message>
    <message>
        <source>Correct the text at this place.</source>
        <translation>请改正此处的文字。</translation>
    </message>
    <message>
        <source>%1 is nested more than %2 levels deep</source>
        <translation>%1 的嵌套超过 %2 层</translation>
    </message>
    <message>
        <source>Use a document with fewer levels.</source>
        <translation>请用层数更少的文档。</translation>
    </message>
    <message>
        <source>%1 is not valid JSON</source>
        <translation>%1 不是有效的 JSON</translation>
    </message>
    <message>
        <source>%1 has a number that is too large</source>
        <translation>%1 含有过大的数</translation>
    </message>
    <message>
        <source>Use numbers below 10^308.</source>
        <translation>请用小于 10^308 的数。</translation>
    </message>
    <message>
        <source>%1, line %2, column %3</source>
        <translation>%1，第 %2 行，第 %3 列</translation>
    </message>
    <message>
        <source>The document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>%1 is larger than %2</source>
        <translation>%1 大于 %2</translation>
    </message>
    <message>
        <source>Move large lists of people into a profile file.</source>
        <translation>请把大量人物移到人物档案文件里。</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text</source>
        <translation>%1 不是 UTF-8 文字</translation>
    </message>
    <message>
        <source>Save the file as UTF-8.</source>
        <translation>请把文件保存为 UTF-8。</translation>
    </message>
    <message>
        <source>The document has no %1</source>
        <translation>文档里没有 %1</translation>
    </message>
    <message>
        <source>Give a path that is there, or whose parent is.</source>
        <translation>请给出存在的路径，或其上级存在的路径。</translation>
    </message>
    <message>
        <source>Give a path that is there.</source>
        <translation>请给出存在的路径。</translation>
    </message>
    <message>
        <source>The number is too large</source>
        <translation>数过大</translation>
    </message>
    <message>
        <source>A number must be finite</source>
        <translation>数必须有限</translation>
    </message>
    <message>
        <source>The tag %1 is not supported</source>
        <translation>不支持标签 %1</translation>
    </message>
    <message>
        <source>The document is nested too deeply</source>
        <translation>文档嵌套过深</translation>
    </message>
    <message>
        <source>The document has too many values</source>
        <translation>文档的值过多</translation>
    </message>
    <message>
        <source>A key must be text</source>
        <translation>键必须是文字</translation>
    </message>
    <message>
        <source>Only a mapping can be merged with &lt;&lt;</source>
        <translation>只有映射可以用 &lt;&lt; 合并</translation>
    </message>
    <message>
        <source>Something stands behind the end of the document</source>
        <translation>文档末尾之后还有内容</translation>
    </message>
    <message>
        <source>%1: not readable as YAML</source>
        <translation>%1：无法按 YAML 读取</translation>
    </message>
</context>
<context>
    <name>ConfigExport</name>
    <message>
        <source>An export takes one configuration, or an LLM, agents, a map and a workflow</source>
        <translation>一次导出一个配置，或语言模型、智能体、地图和工作流各一个</translation>
    </message>
    <message>
        <source>Name one, or one of each of the four.</source>
        <translation>请给出一个，或四种各一个。</translation>
    </message>
</context>
<context>
    <name>ConfigImport</name>
    <message>
        <source>It cannot be seen what kind of configuration %1 is</source>
        <translation>看不出 %1 是哪种配置</translation>
    </message>
    <message>
        <source>Say which kind it is, or check that it is an AgentSociety document.</source>
        <translation>请说明种类，或检查它是否为 AgentSociety 的文档。</translation>
    </message>
    <message>
        <source>The document is kept as JSON; comments are left out</source>
        <translation>文档以 JSON 保存；注释不保留</translation>
    </message>
    <message>
        <source>The file %1 is missing</source>
        <translation>文件 %1 不存在</translation>
    </message>
    <message>
        <source>Put the file there, or import the document again where it is.</source>
        <translation>请把文件放到那里，或在有它的地方重新导入文档。</translation>
    </message>
    <message>
        <source>The key of “%1” is not in the document</source>
        <translation>文档里没有“%1”的密钥</translation>
    </message>
    <message>
        <source>Set it.</source>
        <translation>请设置它。</translation>
    </message>
</context>
<context>
    <name>ConfigKind</name>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>问卷</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>人物档案</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
</context>
<context>
    <name>ConfigMap</name>
    <message>
        <source>%1 areas of the map have no position, first %2</source>
        <translation>地图有 %1 个区域没有位置，首先是 %2</translation>
    </message>
    <message>
        <source>Repair the map, or choose another.</source>
        <translation>请修复地图，或选择另一个。</translation>
    </message>
    <message>
        <source>%1 areas of the map have an outline of less than three points, first %2</source>
        <translation>地图有 %1 个区域的轮廓不足三个点，首先是 %2</translation>
    </message>
    <message>
        <source>%1 areas of the map have an id that another has too; the last one counts</source>
        <translation>地图有 %1 个区域与别的区域编号相同；以最后一个为准</translation>
    </message>
    <message>
        <source>Give every area an id of its own.</source>
        <translation>请给每个区域自己的编号。</translation>
    </message>
    <message>
        <source>%1 places of the map have no position, first %2</source>
        <translation>地图有 %1 个地点没有位置，首先是 %2</translation>
    </message>
    <message>
        <source>No area of the map lists a place, such as a shop</source>
        <translation>地图没有区域列出地点（例如商店）</translation>
    </message>
    <message>
        <source>Use it only with agents that have no MobilityBlock.</source>
        <translation>请只用于没有 MobilityBlock 的智能体。</translation>
    </message>
    <message>
        <source>The map has no areas, so nobody can live in it</source>
        <translation>地图没有区域，所以没有人能住在里面</translation>
    </message>
    <message>
        <source>Choose a map with areas (AOIs).</source>
        <translation>请选择有区域（AOI）的地图。</translation>
    </message>
    <message>
        <source>The map&apos;s projection “%1” is none</source>
        <translation>地图的投影“%1”无效</translation>
    </message>
    <message>
        <source>Choose a map whose header has a PROJ string, such as +proj=tmerc +lat_0=39.9 +lon_0=116.4.</source>
        <translation>请选择文件头带 PROJ 字串的地图，如 +proj=tmerc +lat_0=39.9 +lon_0=116.4。</translation>
    </message>
    <message>
        <source>The map&apos;s header gives no bounds</source>
        <translation>地图的文件头没有给出边界</translation>
    </message>
    <message>
        <source>Use it only with agents that need no firms, or repair its header.</source>
        <translation>请只用于不需要企业的智能体，或修复文件头。</translation>
    </message>
    <message>
        <source>The map file cannot be read as a city map</source>
        <translation>地图文件无法按城市地图读取</translation>
    </message>
    <message>
        <source>Choose a map in the format city.map.v2 (.pb); a copy that was cut off must be copied again.</source>
        <translation>请选择 city.map.v2 格式（.pb）的地图；复制时被截断的须重新复制。</translation>
    </message>
    <message>
        <source>The map file %1 is missing</source>
        <translation>地图文件 %1 不存在</translation>
    </message>
    <message>
        <source>Put the file there, or choose another map.</source>
        <translation>请把文件放到那里，或选择另一张地图。</translation>
    </message>
    <message>
        <source>The map file is larger than %1</source>
        <translation>地图文件大于 %1</translation>
    </message>
    <message>
        <source>Choose a smaller part of the city.</source>
        <translation>请选择城市中较小的部分。</translation>
    </message>
    <message>
        <source>%1 places that areas of the map list are not in it, first %2: it may have been cut off</source>
        <translation>地图的区域列出的 %1 个地点不在地图里，第一个是 %2：文件可能被截断了</translation>
    </message>
    <message>
        <source>Copy the map again, or choose another.</source>
        <translation>请重新复制地图，或另选一张。</translation>
    </message>
</context>
<context>
    <name>ConfigPopulation</name>
    <message>
        <source>The id %1 stands in another profile file of this run too</source>
        <translation>编号 %1 在这次运行的另一个人物档案文件里也有</translation>
    </message>
    <message>
        <source>Give every agent an id of its own.</source>
        <translation>请给每个智能体自己的编号。</translation>
    </message>
    <message>
        <source>The run would have more than %1 agents</source>
        <translation>运行的智能体会超过 %1 个</translation>
    </message>
    <message>
        <source>Lower “number”.</source>
        <translation>请减小“number”。</translation>
    </message>
</context>
<context>
    <name>ConfigPreflight</name>
    <message>
        <source>The part “%1” has no form that AgentSociety reads</source>
        <translation>“%1”这一部分的形式 AgentSociety 无法读取</translation>
    </message>
    <message>
        <source>Open it, and correct the problems that are shown there.</source>
        <translation>请打开它，并改正那里显示的问题。</translation>
    </message>
    <message>
        <source>“%1” is missing</source>
        <translation>缺少“%1”</translation>
    </message>
    <message>
        <source>Choose or add it.</source>
        <translation>请选择或加上它。</translation>
    </message>
    <message>
        <source>“%1” occurs twice; the last one counts</source>
        <translation>“%1”出现两次；以最后一个为准</translation>
    </message>
    <message>
        <source>Take one of them away.</source>
        <translation>请去掉其中之一。</translation>
    </message>
    <message numerus="yes">
        <source>%n citizens, ids %1</source>
        <translation>
            <numerusform>%n 位市民，编号 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The map reads: %n areas</source>
        <translation>
            <numerusform>地图可读：%n 个区域</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a map whose header gives its bounds: firms and banks are placed by them.</source>
        <translation>请选择文件头给出边界的地图：企业和银行靠它安置。</translation>
    </message>
    <message>
        <source>Choose a map with places, or agents without MobilityBlock: the run would freeze.</source>
        <translation>请选择有地点的地图，或没有 MobilityBlock 的智能体：否则运行会卡住。</translation>
    </message>
    <message>
        <source>The practice model answers: no key, no money, no network</source>
        <translation>由练习模型回答：不用密钥，不花钱，不联网</translation>
    </message>
</context>
<context>
    <name>ConfigProfiles</name>
    <message>
        <source>A quotation mark in line %1 is not closed properly</source>
        <translation>第 %1 行的引号没有正确关闭</translation>
    </message>
    <message>
        <source>Close it, and double quotation marks inside a field.</source>
        <translation>请关闭它；字段内的引号要写两个。</translation>
    </message>
    <message>
        <source>%1 people have a “%2” that the map does not have: %3</source>
        <translation>%1 个人的“%2”在地图上没有：%3</translation>
    </message>
    <message>
        <source>Choose the map that belongs to these people, or correct the column.</source>
        <translation>请选择属于这些人的地图，或改正该列。</translation>
    </message>
    <message>
        <source>AgentSociety reads .json and .jsonl profile files, not %1</source>
        <translation>AgentSociety 读取 .json 和 .jsonl 的人物档案文件，不读 %1</translation>
    </message>
    <message>
        <source>Import the file as a profile: it becomes JSON.</source>
        <translation>请把文件作为人物档案导入：它会变成 JSON。</translation>
    </message>
    <message>
        <source>%1 agents are asked for, but the file has %2 people</source>
        <translation>需要 %1 个智能体，但文件里有 %2 个人</translation>
    </message>
    <message>
        <source>Lower “number”, or use a longer file.</source>
        <translation>请减小“number”，或使用更长的文件。</translation>
    </message>
    <message>
        <source>AgentSociety drops these columns of the file: %1</source>
        <translation>AgentSociety 会丢弃文件的这些列：%1</translation>
    </message>
    <message>
        <source>Put what matters into background_story, or into a column that AgentSociety knows.</source>
        <translation>请把要紧的写进 background_story，或写进 AgentSociety 认识的列。</translation>
    </message>
    <message>
        <source>People of the file know agents that are not in the run: %1</source>
        <translation>文件里的人认识不在这次运行里的智能体：%1</translation>
    </message>
    <message>
        <source>Raise “number”, or take these ties away.</source>
        <translation>请增大“number”，或去掉这些关系。</translation>
    </message>
    <message>
        <source>Correct the file at this place.</source>
        <translation>请改正文件的此处。</translation>
    </message>
    <message>
        <source>The profile file</source>
        <translation>人物档案文件</translation>
    </message>
    <message>
        <source>The profile file is no list</source>
        <translation>人物档案文件不是列表</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>该行</translation>
    </message>
    <message>
        <source>Line %1 of the profile file is not valid JSON</source>
        <translation>人物档案文件的第 %1 行不是有效的 JSON</translation>
    </message>
    <message>
        <source>The profile file is empty</source>
        <translation>人物档案文件是空的</translation>
    </message>
    <message>
        <source>The first line of the profile file must name every column, each differently</source>
        <translation>人物档案文件的第一行必须给每列命名，且各不相同</translation>
    </message>
    <message>
        <source>Row %1 has %2 values instead of %3</source>
        <translation>第 %1 行有 %2 个值，而不是 %3 个</translation>
    </message>
    <message>
        <source>Give every row a value for each column; put values with commas in quotation marks.</source>
        <translation>请让每行的每列都有值；含逗号的值请加引号。</translation>
    </message>
    <message>
        <source>Row %1: “social_network” must be a list</source>
        <translation>第 %1 行：“social_network”必须是列表</translation>
    </message>
    <message>
        <source>Give a list of {&quot;target_id&quot;, &quot;kind&quot;, &quot;strength&quot;}.</source>
        <translation>请给 {&quot;target_id&quot;, &quot;kind&quot;, &quot;strength&quot;} 的列表。</translation>
    </message>
    <message>
        <source>Row %1: a tie of “social_network” is not complete</source>
        <translation>第 %1 行：“social_network”的一条关系不完整</translation>
    </message>
    <message>
        <source>Give target_id (an id), kind (one of %1) and strength (0 to 1).</source>
        <translation>请给出 target_id（编号）、kind（%1 之一）和 strength（0 到 1）。</translation>
    </message>
    <message>
        <source>Row %1 is no object</source>
        <translation>第 %1 行不是对象</translation>
    </message>
    <message>
        <source>Give each person as {&quot;id&quot;: …}.</source>
        <translation>请把每个人写成 {&quot;id&quot;: …}。</translation>
    </message>
    <message>
        <source>Row %1 has no id</source>
        <translation>第 %1 行没有编号</translation>
    </message>
    <message>
        <source>Give every person an id, a whole number.</source>
        <translation>请给每个人一个整数编号。</translation>
    </message>
    <message>
        <source>Row %1: the id must be a whole number</source>
        <translation>第 %1 行：编号必须是整数</translation>
    </message>
    <message>
        <source>Write it without quotation marks.</source>
        <translation>请不带引号地写。</translation>
    </message>
    <message>
        <source>Row %1: the id %2 is not between 1 and %3</source>
        <translation>第 %1 行：编号 %2 不在 1 与 %3 之间</translation>
    </message>
    <message>
        <source>Choose an id in this range.</source>
        <translation>请选择此范围内的编号。</translation>
    </message>
    <message>
        <source>Rows %1 and %2 have the same id %3</source>
        <translation>第 %1 行和第 %2 行的编号 %3 相同</translation>
    </message>
    <message>
        <source>Give every person an id of their own.</source>
        <translation>请给每个人自己的编号。</translation>
    </message>
    <message>
        <source>The profile file is larger than %1</source>
        <translation>人物档案文件大于 %1</translation>
    </message>
    <message>
        <source>Split it.</source>
        <translation>请分开它。</translation>
    </message>
    <message>
        <source>AgentSociety reads no profile files of type “%1”</source>
        <translation>AgentSociety 不读“%1”类型的人物档案文件</translation>
    </message>
    <message>
        <source>Use a .json list, .jsonl or, for import, .csv.</source>
        <translation>请用 .json 列表、.jsonl，或（导入时）.csv。</translation>
    </message>
    <message>
        <source>AgentSociety drops the column “%1”</source>
        <translation>AgentSociety 会丢弃列“%1”</translation>
    </message>
    <message>
        <source>Put it into background_story, or into a column that AgentSociety knows.</source>
        <translation>请把它写进 background_story，或写进 AgentSociety 认识的列。</translation>
    </message>
    <message>
        <source>The profile file %1 is missing</source>
        <translation>人物档案文件 %1 不存在</translation>
    </message>
    <message>
        <source>Put the file there, or choose another.</source>
        <translation>请把文件放到那里，或选择另一个。</translation>
    </message>
    <message>
        <source>The profile file %1 is larger than %2</source>
        <translation>人物档案文件 %1 大于 %2</translation>
    </message>
</context>
<context>
    <name>ConfigRunFile</name>
    <message>
        <source>“%1” is from another version and is ignored by AgentSociety</source>
        <translation>“%1”属于别的版本，AgentSociety 会忽略它</translation>
    </message>
    <message>
        <source>Take it away.</source>
        <translation>请去掉它。</translation>
    </message>
    <message>
        <source>“%1” is not known to AgentSociety, which ignores it</source>
        <translation>AgentSociety 不认识“%1”，会忽略它</translation>
    </message>
    <message>
        <source>Take it away, or correct its name.</source>
        <translation>请去掉它，或改正名称。</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>“env” is left out: each run gets a database and a home folder of its own</source>
        <translation>不采用“env”：每次运行有自己的数据库和主文件夹</translation>
    </message>
    <message>
        <source>“exp.id” is left out: each run gets an id of its own</source>
        <translation>不采用“exp.id”：每次运行有自己的编号</translation>
    </message>
    <message>
        <source>The document is no AgentSociety run configuration</source>
        <translation>此文档不是 AgentSociety 的运行配置</translation>
    </message>
    <message>
        <source>Give a file with the keys llm, agents, map and exp.</source>
        <translation>请给出带 llm、agents、map 和 exp 键的文件。</translation>
    </message>
    <message>
        <source>The part “%1” is missing</source>
        <translation>缺少“%1”这一部分</translation>
    </message>
    <message>
        <source>Choose or add it.</source>
        <translation>请选择或加上它。</translation>
    </message>
</context>
<context>
    <name>ConfigStore</name>
    <message>
        <source>A key was left out of the document</source>
        <translation>文档里的一个密钥没有采用</translation>
    </message>
    <message>
        <source>Set the key of this LLM.</source>
        <translation>请设置此语言模型的密钥。</translation>
    </message>
    <message>
        <source>There is nothing to import</source>
        <translation>没有可导入的内容</translation>
    </message>
    <message>
        <source>Choose a file with a configuration.</source>
        <translation>请选择含有配置的文件。</translation>
    </message>
    <message>
        <source>“%1” was changed meanwhile: version %2 is there</source>
        <translation>“%1”其间已被更改：现在有版本 %2</translation>
    </message>
    <message>
        <source>Look at the newer version, and save your changes again.</source>
        <translation>请查看新版本，再保存你的更改。</translation>
    </message>
    <message>
        <source>There is a configuration named “%1” already</source>
        <translation>已有名为“%1”的配置</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择另一个名称。</translation>
    </message>
    <message>
        <source>“%1” is used by %2 experiments: %3</source>
        <translation>“%1”正被 %2 个实验使用：%3</translation>
    </message>
    <message>
        <source>Delete these experiments first, or keep the configuration.</source>
        <translation>请先删除这些实验，或保留此配置。</translation>
    </message>
    <message>
        <source>There is no configuration “%1”</source>
        <translation>没有配置“%1”</translation>
    </message>
    <message>
        <source>Look at the list of configurations for its name or id.</source>
        <translation>请在配置列表中查看它的名称或编号。</translation>
    </message>
    <message>
        <source>The configuration %1 belongs to another tenant</source>
        <translation>配置 %1 属于另一个租户</translation>
    </message>
    <message>
        <source>Choose one of your own, or a public one.</source>
        <translation>请选择自己的，或公共的。</translation>
    </message>
    <message>
        <source>“%1” is public and is changed only by the administrator</source>
        <translation>“%1”是公共的，只有管理员能更改</translation>
    </message>
    <message>
        <source>Make a copy, and change that.</source>
        <translation>请复制一份，再更改副本。</translation>
    </message>
    <message>
        <source>A name has 1 to %1 characters, all on one line</source>
        <translation>名称须为 1 到 %1 个字符，且在一行之内</translation>
    </message>
    <message>
        <source>“%1” can mean: %2</source>
        <translation>“%1”可能指：%2</translation>
    </message>
    <message>
        <source>Give the id, or more of it.</source>
        <translation>请给出编号，或更多字符。</translation>
    </message>
    <message>
        <source>“%1” is of the kind %2</source>
        <translation>“%1”属于种类 %2</translation>
    </message>
    <message>
        <source>Choose one of the kind %1.</source>
        <translation>请选择种类为 %1 的。</translation>
    </message>
    <message>
        <source>“%1” has no version %2</source>
        <translation>“%1”没有版本 %2</translation>
    </message>
    <message>
        <source>Choose a version from 1 to %1.</source>
        <translation>请选择版本 1 到 %1。</translation>
    </message>
</context>
<context>
    <name>ConfigSummary</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>%n rounds × %1 s</source>
        <translation>
            <numerusform>%n 轮 × %1 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 days in rounds of %2 s</source>
        <translation>%1 天，每轮 %2 秒</translation>
    </message>
    <message>
        <source>interview “%1” to %2</source>
        <translation>访谈“%1”，对象 %2</translation>
    </message>
    <message>
        <source>survey “%1” to %2</source>
        <translation>问卷“%1”，对象 %2</translation>
    </message>
    <message>
        <source>message “%1” to %2</source>
        <translation>消息“%1”，对象 %2</translation>
    </message>
    <message>
        <source>environment: %1 changes</source>
        <translation>环境：更改 %1</translation>
    </message>
    <message>
        <source>%1 of %2 changes</source>
        <translation>更改 %2 的 %1</translation>
    </message>
    <message>
        <source>save %1 of %2</source>
        <translation>保存 %2 的 %1</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>next round</source>
        <translation>下一轮</translation>
    </message>
    <message>
        <source>function %1</source>
        <translation>函数 %1</translation>
    </message>
    <message>
        <source>a step that cannot be read</source>
        <translation>无法读取的步骤</translation>
    </message>
    <message>
        <source>scripted, free, no network</source>
        <translation>照脚本回答，免费，不联网</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>没有模型</translation>
    </message>
    <message numerus="yes">
        <source>%n citizens, ids %1</source>
        <translation>
            <numerusform>%n 位市民，编号 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n institutions</source>
        <translation>
            <numerusform>%n 个机构</numerusform>
        </translation>
    </message>
    <message>
        <source>, from a file</source>
        <translation>，来自文件</translation>
    </message>
    <message numerus="yes">
        <source>%n areas, %1 km</source>
        <translation>
            <numerusform>%n 个区域，%1 公里</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n 个地点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n roads</source>
        <translation>
            <numerusform>%n 条道路</numerusform>
        </translation>
    </message>
    <message>
        <source>no roads</source>
        <translation>没有道路</translation>
    </message>
    <message numerus="yes">
        <source>and %n more steps</source>
        <translation>
            <numerusform>还有 %n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>no steps</source>
        <translation>没有步骤</translation>
    </message>
    <message numerus="yes">
        <source>%n questions</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n 个人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n 列</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfigSurvey</name>
    <message>
        <source>“%1” is not a UUID</source>
        <translation>“%1”不是 UUID</translation>
    </message>
    <message>
        <source>Use an id such as 6ad0dbc2-1f0e-4b41-9f2b-3c8f2e7b1a55.</source>
        <translation>请使用如 6ad0dbc2-1f0e-4b41-9f2b-3c8f2e7b1a55 的编号。</translation>
    </message>
    <message>
        <source>The id reads as a number, so AgentSociety stores another one with the answers</source>
        <translation>这个编号读起来像数字，AgentSociety 会随回答存成另一个编号</translation>
    </message>
    <message>
        <source>Put a letter a, b, c, d or f into the id.</source>
        <translation>请在编号里放入字母 a、b、c、d 或 f。</translation>
    </message>
    <message>
        <source>Two questions are named “%1”</source>
        <translation>有两个问题都叫“%1”</translation>
    </message>
    <message>
        <source>Give each question a name of its own.</source>
        <translation>请给每个问题自己的名称。</translation>
    </message>
    <message>
        <source>The question is empty</source>
        <translation>问题是空的</translation>
    </message>
    <message>
        <source>Write what the agents are asked.</source>
        <translation>请写要问智能体的话。</translation>
    </message>
    <message>
        <source>The question has no choices</source>
        <translation>问题没有选项</translation>
    </message>
    <message>
        <source>Add choices.</source>
        <translation>请加上选项。</translation>
    </message>
    <message>
        <source>The matrix has no rows or no columns</source>
        <translation>矩阵没有行或没有列</translation>
    </message>
    <message>
        <source>Add rows and columns.</source>
        <translation>请加上行和列。</translation>
    </message>
    <message>
        <source>The highest rating is not above the lowest</source>
        <translation>最高评分不高于最低评分</translation>
    </message>
    <message>
        <source>Exchange them.</source>
        <translation>请互换它们。</translation>
    </message>
    <message>
        <source>“created_at” is not a time</source>
        <translation>“created_at”不是时间</translation>
    </message>
    <message>
        <source>Take it away, or write it as 2026-01-31T12:00:00Z.</source>
        <translation>请去掉它，或写成 2026-01-31T12:00:00Z。</translation>
    </message>
    <message>
        <source>The survey has no questions</source>
        <translation>问卷没有问题</translation>
    </message>
    <message>
        <source>Add a question.</source>
        <translation>请加一个问题。</translation>
    </message>
</context>
<context>
    <name>ConfigTargets</name>
    <message>
        <source>The run goes on for %1 simulated days; AgentSociety fails when its firms and banks close their accounts after %2</source>
        <translation>运行持续 %1 个模拟日；%2 天后企业和银行结账时 AgentSociety 会失败</translation>
    </message>
    <message>
        <source>Shorten the run, or set time_diff of all firms, banks, statistics offices and governments to more than the run.</source>
        <translation>请缩短运行，或把所有企业、银行、统计局和政府的 time_diff 设得比运行更长。</translation>
    </message>
    <message>
        <source>The step is for nobody and does nothing</source>
        <translation>此步骤没有对象，什么也不做</translation>
    </message>
    <message>
        <source>There is no agent %1</source>
        <translation>没有智能体 %1</translation>
    </message>
    <message>
        <source>There are no agents %1</source>
        <translation>没有智能体 %1</translation>
    </message>
    <message>
        <source>An earlier step deletes the agents %1</source>
        <translation>前面的步骤删除了智能体 %1</translation>
    </message>
    <message>
        <source>Take them out of the list, or move the step up.</source>
        <translation>请把它们从列表中去掉，或把此步骤上移。</translation>
    </message>
    <message>
        <source>Agent %1 is an institution</source>
        <translation>智能体 %1 是机构</translation>
    </message>
    <message>
        <source>The agents %1 are institutions</source>
        <translation>智能体 %1 是机构</translation>
    </message>
    <message>
        <source>, so the step does nothing</source>
        <translation>，所以此步骤什么也不做</translation>
    </message>
    <message>
        <source> and will be left out</source>
        <translation>，会被略过</translation>
    </message>
    <message>
        <source>The list names an agent twice: %1</source>
        <translation>列表里有智能体出现两次：%1</translation>
    </message>
    <message>
        <source>Name each agent once.</source>
        <translation>每个智能体请只列一次。</translation>
    </message>
    <message>
        <source>The filter matches no agent, so the step does nothing</source>
        <translation>筛选条件不匹配任何智能体，此步骤什么也不做</translation>
    </message>
    <message>
        <source>The filter still finds agents that an earlier step deletes, and the run fails</source>
        <translation>筛选条件仍会找到前面步骤删除的智能体，运行会失败</translation>
    </message>
    <message>
        <source>Name the remaining agents by a list of ids.</source>
        <translation>请用编号列表给出余下的智能体。</translation>
    </message>
    <message>
        <source>The filter selects all agents, institutions included</source>
        <translation>筛选条件选中所有智能体，包括机构</translation>
    </message>
    <message>
        <source>Write {&quot;agent_class&quot;: [&quot;citizen&quot;]}.</source>
        <translation>请写 {&quot;agent_class&quot;: [&quot;citizen&quot;]}。</translation>
    </message>
    <message>
        <source>A message before the first step fails: people have no position yet</source>
        <translation>第一步之前的消息会失败：人还没有位置</translation>
    </message>
    <message>
        <source>Put a “step” before it.</source>
        <translation>请在它前面放一个“step”。</translation>
    </message>
    <message>
        <source>This run has no citizens.</source>
        <translation>这次运行没有市民。</translation>
    </message>
    <message>
        <source>Citizens are %1.</source>
        <translation>市民是 %1。</translation>
    </message>
    <message>
        <source>The workflow ends with an interview: AgentSociety leaves its tokens out of its own totals; they are metered all the same</source>
        <translation>工作流以访谈结束：AgentSociety 自己的合计不含它的词元；这里照样计量</translation>
    </message>
    <message>
        <source>The workflow ends with a survey: AgentSociety leaves its tokens out of its own totals; they are metered all the same</source>
        <translation>工作流以问卷结束：AgentSociety 自己的合计不含它的词元；这里照样计量</translation>
    </message>
</context>
<context>
    <name>ConfigTemplates</name>
    <message>
        <source>Qwen (Alibaba Cloud)</source>
        <translation>通义千问（阿里云）</translation>
    </message>
    <message>
        <source>DeepSeek</source>
        <translation>DeepSeek</translation>
    </message>
    <message>
        <source>OpenAI</source>
        <translation>OpenAI</translation>
    </message>
    <message>
        <source>Zhipu AI</source>
        <translation>智谱 AI</translation>
    </message>
    <message>
        <source>SiliconFlow</source>
        <translation>硅基流动</translation>
    </message>
    <message>
        <source>Volcano Engine</source>
        <translation>火山引擎</translation>
    </message>
    <message>
        <source>vLLM server</source>
        <translation>vLLM 服务器</translation>
    </message>
    <message>
        <source>Any OpenAI-compatible address</source>
        <translation>任何兼容 OpenAI 的地址</translation>
    </message>
    <message>
        <source>Practice (scripted, free)</source>
        <translation>练习（照脚本回答，免费）</translation>
    </message>
    <message>
        <source>Ten citizens</source>
        <translation>十位市民</translation>
    </message>
    <message>
        <source>Citizens from a profile file</source>
        <translation>来自人物档案文件的市民</translation>
    </message>
    <message>
        <source>One hour</source>
        <translation>一小时</translation>
    </message>
    <message>
        <source>One day</source>
        <translation>一天</translation>
    </message>
    <message>
        <source>Some steps, then a survey</source>
        <translation>几步，然后一份问卷</translation>
    </message>
    <message>
        <source>Three questions</source>
        <translation>三个问题</translation>
    </message>
</context>
<context>
    <name>ConfigWorkflow</name>
    <message>
        <source>A condition on ${profile…} matches no agent in this version of AgentSociety</source>
        <translation>在此版本的 AgentSociety 里，以 ${profile…} 为条件不匹配任何智能体</translation>
    </message>
    <message>
        <source>Name the agents by a list of ids, or by agent_class.</source>
        <translation>请用编号列表或 agent_class 给出智能体。</translation>
    </message>
    <message>
        <source>AgentSociety would run this text as a program</source>
        <translation>AgentSociety 会把这段文字当程序执行</translation>
    </message>
    <message>
        <source>A filter cannot name the class “%1”: the run would fail</source>
        <translation>筛选条件不能用类“%1”：运行会失败</translation>
    </message>
    <message>
        <source>Choose one of: %1.</source>
        <translation>请选择其一：%1。</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>The filter says nothing</source>
        <translation>筛选条件是空的</translation>
    </message>
    <message>
        <source>Give agent_class, such as [&quot;citizen&quot;], or a list of ids.</source>
        <translation>请给出 agent_class（如 [&quot;citizen&quot;]）或编号列表。</translation>
    </message>
    <message>
        <source>AgentSociety ignores so short a time</source>
        <translation>AgentSociety 会忽略这么短的时间</translation>
    </message>
    <message>
        <source>Use a “step” instead.</source>
        <translation>请改用“step”。</translation>
    </message>
    <message>
        <source>A message is read from “intervene_message”</source>
        <translation>消息从“intervene_message”读取</translation>
    </message>
    <message>
        <source>Rename “interview_message”.</source>
        <translation>请重命名“interview_message”。</translation>
    </message>
    <message>
        <source>“%1” is no log level</source>
        <translation>“%1”不是日志级别</translation>
    </message>
    <message>
        <source>Choose INFO.</source>
        <translation>请选择 INFO。</translation>
    </message>
    <message>
        <source>With the log level %1 the log shows no progress</source>
        <translation>日志级别为 %1 时，日志看不到进度</translation>
    </message>
</context>
<context>
    <name>CrossCheck</name>
    <message>
        <source>AgentSociety itself counted %1 tokens in and %2 out</source>
        <translation>AgentSociety 自己统计的输入为 %1 个词元，输出为 %2 个</translation>
    </message>
    <message>
        <source>%1, the same as the bill.</source>
        <translation>%1，与账单一致。</translation>
    </message>
    <message>
        <source>%1; the bill has %2 and %3 more. AgentSociety adds up only while it steps: what it asks for afterwards (interviews, surveys) and answers that it could not use are in the bill alone.</source>
        <translation>%1；账单分别多 %2 个和 %3 个。AgentSociety 只在逐步运行时累计：之后的提问（访谈、问卷）以及它无法使用的回答只计入账单。</translation>
    </message>
    <message>
        <source>%1; the bill has %2 and %3. The bill is made from the gateway&apos;s own record of each call; an answer that was cut off on its way may count on one side only.</source>
        <translation>%1；账单为 %2 个和 %3 个。账单依据网关对每次调用的记录生成；传输中断的回答可能只在一方计入。</translation>
    </message>
</context>
<context>
    <name>Database</name>
    <message>
        <source>The database “%1” was removed or replaced while it was in use.</source>
        <translation>数据库“%1”在使用中被移走或替换。</translation>
    </message>
    <message>
        <source>Put it back, or close this program and open it again.</source>
        <translation>请放回去，或关闭本程序再打开。</translation>
    </message>
    <message>
        <source>The database “%1” cannot be shared safely between programs where it is.</source>
        <translation>数据库“%1”所在之处不能在程序之间安全共用。</translation>
    </message>
    <message>
        <source>Put the workspace on a local disk.</source>
        <translation>请把工作区放在本地磁盘上。</translation>
    </message>
    <message>
        <source>This SQLite library knows no foreign keys.</source>
        <translation>此 SQLite 库不支持外键。</translation>
    </message>
    <message>
        <source>Install the SQLite library of your system.</source>
        <translation>请安装系统自带的 SQLite 库。</translation>
    </message>
    <message>
        <source>“%1” is not a file.</source>
        <translation>“%1”不是文件。</translation>
    </message>
    <message>
        <source>Choose another workspace folder.</source>
        <translation>请选择另一个工作区文件夹。</translation>
    </message>
    <message>
        <source>There is no database “%1”.</source>
        <translation>没有数据库“%1”。</translation>
    </message>
    <message>
        <source>Set the workspace up first.</source>
        <translation>请先建立工作区。</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>没有文件夹“%1”。</translation>
    </message>
    <message>
        <source>Make it, or choose another workspace folder.</source>
        <translation>请建立它，或选择另一个工作区文件夹。</translation>
    </message>
    <message>
        <source>The database “%1” may not be written to.</source>
        <translation>数据库“%1”不能写入。</translation>
    </message>
    <message>
        <source>Check the permissions of the file and of its folder.</source>
        <translation>请检查文件及其文件夹的权限。</translation>
    </message>
    <message>
        <source>“%1” is a database of another program.</source>
        <translation>“%1”是别的程序的数据库。</translation>
    </message>
    <message>
        <source>The database “%1” was made by a newer version of Society Workbench.</source>
        <translation>数据库“%1”由更新版本的 Society Workbench 建立。</translation>
    </message>
    <message>
        <source>Install the newest version of Society Workbench.</source>
        <translation>请安装最新版本的 Society Workbench。</translation>
    </message>
    <message>
        <source>The program&apos;s own file “%1” could not be read.</source>
        <translation>程序自己的文件“%1”无法读取。</translation>
    </message>
    <message>
        <source>Install Society Workbench again.</source>
        <translation>请重新安装 Society Workbench。</translation>
    </message>
    <message>
        <source>The database “%1” could not be brought to version %2.</source>
        <translation>数据库“%1”无法升级到版本 %2。</translation>
    </message>
    <message>
        <source>It is as it was before. Report this with the details.</source>
        <translation>它与之前一样。请连同详情一起报告。</translation>
    </message>
    <message>
        <source>The database “%1” was made by an older version of Society Workbench.</source>
        <translation>数据库“%1”由旧版本的 Society Workbench 建立。</translation>
    </message>
    <message>
        <source>Open the workspace once with this version.</source>
        <translation>请用此版本打开一次工作区。</translation>
    </message>
    <message>
        <source>Nothing was saved, as the database failed on the way.</source>
        <translation>什么也没有保存，因为数据库中途失败。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, report it with the details.</source>
        <translation>请再试一次；若再次发生，请连同详情一起报告。</translation>
    </message>
    <message>
        <source>There is such an entry already.</source>
        <translation>已有这样的条目。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择另一个名称。</translation>
    </message>
    <message>
        <source>This entry is kept as it was written.</source>
        <translation>此条目按写下的样子保存，不能更改。</translation>
    </message>
    <message>
        <source>Add a new entry instead of changing this one.</source>
        <translation>请加新条目，而不是更改这一个。</translation>
    </message>
    <message>
        <source>The database refused the entry, as it breaks one of its rules.</source>
        <translation>数据库拒绝了该条目，因为它违反规则。</translation>
    </message>
    <message>
        <source>Check the values.</source>
        <translation>请检查各个值。</translation>
    </message>
    <message>
        <source>Another program is writing to the database “%1”.</source>
        <translation>另一个程序正在写数据库“%1”。</translation>
    </message>
    <message>
        <source>Try again in a moment; if it stays so, close the other programs that use this workspace.</source>
        <translation>请稍后再试；若一直如此，请关闭使用此工作区的其他程序。</translation>
    </message>
    <message>
        <source>The database “%1” is damaged.</source>
        <translation>数据库“%1”已损坏。</translation>
    </message>
    <message>
        <source>Restore it from a copy; leave the file as it is until then.</source>
        <translation>请从备份恢复；在那之前不要动这个文件。</translation>
    </message>
    <message>
        <source>The disk is full: the database “%1” could not be written.</source>
        <translation>磁盘已满：数据库“%1”无法写入。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间再试。</translation>
    </message>
    <message>
        <source>The database “%1” could not be reached.</source>
        <translation>无法访问数据库“%1”。</translation>
    </message>
    <message>
        <source>Check that its folder exists, may be used by you, and is on a local disk.</source>
        <translation>请检查其文件夹是否存在、你能否使用、是否在本地磁盘上。</translation>
    </message>
    <message>
        <source>The database “%1” failed.</source>
        <translation>数据库“%1”出错。</translation>
    </message>
    <message>
        <source>Nothing was saved, as a part of it failed.</source>
        <translation>什么也没有保存，因为其中一部分失败。</translation>
    </message>
    <message>
        <source>A program error: it wanted to write while it only reads.</source>
        <translation>程序错误：它在只读时想要写入。</translation>
    </message>
    <message>
        <source>Report it with the details.</source>
        <translation>请连同详情一起报告。</translation>
    </message>
    <message>
        <source>Use an older copy; leave the file as it is until then.</source>
        <translation>请使用更早的备份；在那之前不要动这个文件。</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>Choose a copy that Society Workbench has made.</source>
        <translation>请选择 Society Workbench 建立的备份。</translation>
    </message>
    <message>
        <source>A program has the database “%1” open.</source>
        <translation>有程序正打开着数据库“%1”。</translation>
    </message>
    <message>
        <source>Close the window and wait until every society-cli has ended, then try again.</source>
        <translation>请关闭窗口，等所有 society-cli 结束后再试。</translation>
    </message>
    <message>
        <source>A copy cannot take the place of the database itself.</source>
        <translation>备份不能写到数据库自己的位置。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择另一个文件。</translation>
    </message>
    <message>
        <source>“%1” is no copy: its newest changes are in a file beside it.</source>
        <translation>“%1”不是备份：它最新的更改在旁边的文件里。</translation>
    </message>
    <message>
        <source>Make a copy of it by “society-cli backup”.</source>
        <translation>请用“society-cli backup”建立它的备份。</translation>
    </message>
    <message>
        <source>The database is on a server (%1).</source>
        <translation>数据库在服务器上（%1）。</translation>
    </message>
    <message>
        <source>Its administrator makes copies of it, for example by pg_dump.</source>
        <translation>由服务器管理员制作副本，例如用 pg_dump。</translation>
    </message>
    <message>
        <source>Choose another database on the server.</source>
        <translation>请选择服务器上的另一个数据库。</translation>
    </message>
    <message>
        <source>This workspace&apos;s database is a file, and has no members.</source>
        <translation>此工作区的数据库是文件，没有成员。</translation>
    </message>
    <message>
        <source>Move it to a server first, by “society-cli database move”.</source>
        <translation>请先用“society-cli database move”把它移到服务器。</translation>
    </message>
    <message>
        <source>“%1” is no role.</source>
        <translation>“%1”不是角色。</translation>
    </message>
    <message>
        <source>Use one of: %1.</source>
        <translation>请使用其中之一：%1。</translation>
    </message>
    <message>
        <source>There is no tenant “%1”.</source>
        <translation>没有租户“%1”。</translation>
    </message>
    <message>
        <source>Choose one from the list of tenants, or add it.</source>
        <translation>请从租户列表中选择，或添加它。</translation>
    </message>
    <message>
        <source>“%1” has no role in the tenant “%2”.</source>
        <translation>“%1”在租户“%2”中没有角色。</translation>
    </message>
    <message>
        <source>Look at the list of members.</source>
        <translation>请查看成员列表。</translation>
    </message>
    <message>
        <source>A sum is larger than any amount can be.</source>
        <translation>合计超出了金额的最大范围。</translation>
    </message>
    <message>
        <source>“%1” is not the name or address of a server.</source>
        <translation>“%1”不是服务器的名称或地址。</translation>
    </message>
    <message>
        <source>Enter a host name such as db.example.org, or an address.</source>
        <translation>请输入主机名（如 db.example.org）或地址。</translation>
    </message>
    <message>
        <source>%1 is not a port.</source>
        <translation>%1 不是端口。</translation>
    </message>
    <message>
        <source>Enter a number from 1 to 65535.</source>
        <translation>请输入 1 到 65535 之间的数。</translation>
    </message>
    <message>
        <source>“%1” is not the name of a database.</source>
        <translation>“%1”不是数据库名称。</translation>
    </message>
    <message>
        <source>Enter the name of the database on the server.</source>
        <translation>请输入服务器上数据库的名称。</translation>
    </message>
    <message>
        <source>“%1” is not a login.</source>
        <translation>“%1”不是登录名。</translation>
    </message>
    <message>
        <source>Enter the name with which you log in to the server.</source>
        <translation>请输入您登录服务器所用的名称。</translation>
    </message>
    <message>
        <source>“%1” cannot be used as a path here.</source>
        <translation>“%1”在此不能用作路径。</translation>
    </message>
    <message>
        <source>Put the certificate where the path has no semicolon, quote or backslash.</source>
        <translation>请把证书放在路径不含分号、引号或反斜杠的位置。</translation>
    </message>
    <message>
        <source>%1 is not a time to wait in seconds.</source>
        <translation>%1 不是以秒计的等待时间。</translation>
    </message>
    <message>
        <source>Enter a number from 1 to 300.</source>
        <translation>请输入 1 到 300 之间的数。</translation>
    </message>
    <message>
        <source>Mend the file “%1”, or write it anew by “society-cli database use”.</source>
        <translation>请修正文件“%1”，或用“society-cli database use”重新写入。</translation>
    </message>
    <message>
        <source>The server at %1:%2 is too old.</source>
        <translation>%1:%2 上的服务器版本过旧。</translation>
    </message>
    <message>
        <source>Use PostgreSQL 13 or newer.</source>
        <translation>请使用 PostgreSQL 13 或更新版本。</translation>
    </message>
    <message>
        <source>The database “%1” cannot keep every character.</source>
        <translation>数据库“%1”无法保存所有字符。</translation>
    </message>
    <message>
        <source>Make one with the encoding UTF8.</source>
        <translation>请建立编码为 UTF8 的数据库。</translation>
    </message>
    <message>
        <source>This machine has no driver for PostgreSQL servers.</source>
        <translation>本机没有 PostgreSQL 服务器的驱动程序。</translation>
    </message>
    <message>
        <source>Install the package libqt6sql6-psql.</source>
        <translation>请安装软件包 libqt6sql6-psql。</translation>
    </message>
    <message>
        <source>The database “%1” on %2 has no ledger yet.</source>
        <translation>%2 上的数据库“%1”还没有账本。</translation>
    </message>
    <message>
        <source>Its administrator makes one by “society-cli database create”.</source>
        <translation>由其管理员用“society-cli database create”建立。</translation>
    </message>
    <message>
        <source>Its administrator brings it up to date by “society-cli database create”.</source>
        <translation>由其管理员用“society-cli database create”升级。</translation>
    </message>
    <message>
        <source>The database server at %1 could not be reached.</source>
        <translation>无法连接 %1 上的数据库服务器。</translation>
    </message>
    <message>
        <source>Check that the server runs, and the network; what was begun was not saved and can be done again.</source>
        <translation>请检查服务器是否运行以及网络；未完成的操作没有保存，可以重做。</translation>
    </message>
    <message>
        <source>The server has no such login.</source>
        <translation>服务器上没有这个登录名。</translation>
    </message>
    <message>
        <source>Its administrator makes one, for example by “createuser --pwprompt NAME”.</source>
        <translation>由其管理员建立，例如用“createuser --pwprompt NAME”。</translation>
    </message>
    <message>
        <source>This is the last admin of the ledger.</source>
        <translation>这是账本的最后一位管理员。</translation>
    </message>
    <message>
        <source>Make another login an admin first.</source>
        <translation>请先让另一个登录名成为管理员。</translation>
    </message>
    <message>
        <source>Your role in the shared ledger does not allow this (login “%1”).</source>
        <translation>您在共享账本中的角色不允许此操作（登录名“%1”）。</translation>
    </message>
    <message>
        <source>Ask an owner of the tenant, or the admin.</source>
        <translation>请联系租户的所有者或管理员。</translation>
    </message>
    <message>
        <source>Another program is writing to the database on %1.</source>
        <translation>另一个程序正在写入 %1 上的数据库。</translation>
    </message>
    <message>
        <source>Nothing was saved; try again in a moment.</source>
        <translation>没有保存任何内容；请稍后重试。</translation>
    </message>
    <message>
        <source>The disk of the server at %1 is full.</source>
        <translation>%1 上服务器的磁盘已满。</translation>
    </message>
    <message>
        <source>Ask its administrator to free some space, then try again.</source>
        <translation>请让其管理员释放一些空间，然后重试。</translation>
    </message>
    <message>
        <source>The database on %1 may only be read now.</source>
        <translation>%1 上的数据库目前只能读取。</translation>
    </message>
    <message>
        <source>Ask the administrator of the server.</source>
        <translation>请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The database on %1 is damaged.</source>
        <translation>%1 上的数据库已损坏。</translation>
    </message>
    <message>
        <source>The database on %1 failed.</source>
        <translation>%1 上的数据库出错。</translation>
    </message>
    <message>
        <source>The server at %1 offers no encrypted connection that can be trusted.</source>
        <translation>%1 上的服务器没有提供可信的加密连接。</translation>
    </message>
    <message>
        <source>Ask its administrator to switch TLS on: without it nothing is sent to another machine.</source>
        <translation>请让其管理员启用 TLS：没有 TLS 时不会向其他机器发送任何内容。</translation>
    </message>
    <message>
        <source>Check that “%1” is the certificate of the authority that signed the server&apos;s, and that the server is called by the name in its certificate.</source>
        <translation>请检查“%1”是否为签发服务器证书的机构的证书，并且服务器的名称与其证书中的名称一致。</translation>
    </message>
    <message>
        <source>The server at %1 does not let “%2” in.</source>
        <translation>%1 上的服务器不允许“%2”登录。</translation>
    </message>
    <message>
        <source>Check the login, and store its password by “society-cli database password”.</source>
        <translation>请检查登录名，并用“society-cli database password”保存其密码。</translation>
    </message>
    <message>
        <source>The server at %1 has no database “%2”.</source>
        <translation>%1 上的服务器没有数据库“%2”。</translation>
    </message>
    <message>
        <source>Check the name, or ask the administrator to make it, for example by “createdb %1”.</source>
        <translation>请检查名称，或让管理员建立它，例如用“createdb %1”。</translation>
    </message>
    <message>
        <source>A text with the character 0 cannot be kept on the server.</source>
        <translation>含有字符 0 的文本不能保存在服务器上。</translation>
    </message>
    <message>
        <source>Take that character out of it.</source>
        <translation>请去掉该字符。</translation>
    </message>
    <message>
        <source>The connection to the server broke just as it was to save.</source>
        <translation>正要保存时与服务器的连接中断。</translation>
    </message>
    <message>
        <source>Look whether it was saved before you do it again; a settlement may simply be repeated.</source>
        <translation>重做之前请查看是否已保存；结算可以直接重复。</translation>
    </message>
    <message>
        <source>This version cannot move the table “%1”.</source>
        <translation>此版本无法移动表“%1”。</translation>
    </message>
    <message>
        <source>Report it.</source>
        <translation>请报告此问题。</translation>
    </message>
    <message>
        <source>The database “%1” is not empty.</source>
        <translation>数据库“%1”不是空的。</translation>
    </message>
    <message>
        <source>Only an empty one can take another&apos;s rows: make one, or remove what an earlier try has left.</source>
        <translation>只有空的数据库才能接收另一个数据库的数据：请新建一个，或清除先前尝试留下的内容。</translation>
    </message>
    <message>
        <source>The table “%1” would not be the same in the other database.</source>
        <translation>表“%1”在另一个数据库中会不一致。</translation>
    </message>
    <message>
        <source>Nothing was moved. See what “society-cli audit” says of this one.</source>
        <translation>没有移动任何数据。请用“society-cli audit”查看此数据库的审计结果。</translation>
    </message>
    <message>
        <source>“%1” does not say which workspace this is.</source>
        <translation>“%1”没有说明这是哪个工作区。</translation>
    </message>
    <message>
        <source>The move was cancelled.</source>
        <translation>迁移已取消。</translation>
    </message>
    <message>
        <source>Nothing was moved; begin again when it suits.</source>
        <translation>没有迁移任何内容；方便时再重新开始。</translation>
    </message>
</context>
<context>
    <name>Executor</name>
    <message>
        <source>This run is still being kept by its keeper.</source>
        <translation>这次运行仍由守护进程看管。</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>请先停止它。</translation>
    </message>
    <message>
        <source>The run&apos;s keeper did not start.</source>
        <translation>运行的守护进程没有启动。</translation>
    </message>
    <message>
        <source>Look into keeper.log in the folder of the run, and start again.</source>
        <translation>请看运行文件夹里的 keeper.log，再启动一次。</translation>
    </message>
    <message>
        <source>Another keeper holds this run.</source>
        <translation>另一个守护进程正看管这次运行。</translation>
    </message>
    <message>
        <source>Wait until it has ended.</source>
        <translation>请等它结束。</translation>
    </message>
    <message>
        <source>This run has already been started once.</source>
        <translation>这次运行已启动过一次。</translation>
    </message>
    <message>
        <source>Start the experiment anew.</source>
        <translation>请重新启动实验。</translation>
    </message>
    <message>
        <source>The keeper cannot use what it was given: %1</source>
        <translation>守护进程无法使用所给的内容：%1</translation>
    </message>
    <message>
        <source>The keeper cannot work in the folder of the run: %1</source>
        <translation>守护进程无法在运行的文件夹里工作：%1</translation>
    </message>
    <message>
        <source>Check that the folder may be written to and that the disk has space.</source>
        <translation>请检查文件夹能否写入、磁盘是否有空间。</translation>
    </message>
    <message>
        <source>This run has already ended.</source>
        <translation>这次运行已经结束。</translation>
    </message>
    <message>
        <source>This run is not running.</source>
        <translation>这次运行没有在进行。</translation>
    </message>
    <message>
        <source>The folder of the run cannot be written to.</source>
        <translation>运行的文件夹无法写入。</translation>
    </message>
    <message>
        <source>Check that the folder exists and may be written to.</source>
        <translation>请检查文件夹是否存在、能否写入。</translation>
    </message>
    <message>
        <source>Processes of a run whose keeper is gone could not be ended.</source>
        <translation>守护进程已不在，其运行的一些进程无法结束。</translation>
    </message>
    <message>
        <source>End them by hand, or restart the machine.</source>
        <translation>请手动结束它们，或重启机器。</translation>
    </message>
    <message>
        <source>Look at its state: there is nothing left to stop.</source>
        <translation>请看它的状态：已没有可停止的了。</translation>
    </message>
    <message>
        <source>Look at its state in a moment; if it runs then, stop it again.</source>
        <translation>请稍后看它的状态；若那时在运行，请再停止一次。</translation>
    </message>
</context>
<context>
    <name>Experiment</name>
    <message>
        <source>The provider could not be asked: the gateway gave no answer.</source>
        <translation>无法询问提供方：网关没有应答。</translation>
    </message>
    <message>
        <source>Try again; install Society Workbench again if this stays.</source>
        <translation>请再试一次；若仍如此，请重新安装 Society Workbench。</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>已失联</translation>
    </message>
    <message>
        <source>It could not be started: %1</source>
        <translation>未能启动：%1</translation>
    </message>
    <message>
        <source>Mend what is named, then start it again.</source>
        <translation>请处理所指出的问题，再启动一次。</translation>
    </message>
    <message>
        <source>It was never started: the program ended before it came to that.</source>
        <translation>从未启动：程序在那之前就结束了。</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>请再启动一次。</translation>
    </message>
    <message>
        <source>Its status file cannot be read.</source>
        <translation>它的状态文件无法读取。</translation>
    </message>
    <message>
        <source>Look into its folder; start it again.</source>
        <translation>请看它的文件夹；再启动一次。</translation>
    </message>
    <message>
        <source>Its folder was removed while it ran.</source>
        <translation>运行期间它的文件夹被删除了。</translation>
    </message>
    <message>
        <source>Start it again, and leave its folder alone while it runs.</source>
        <translation>请再启动一次，运行期间不要动它的文件夹。</translation>
    </message>
    <message>
        <source>“%1” is not a state.</source>
        <translation>“%1”不是状态。</translation>
    </message>
    <message>
        <source>States are queued, starting, running, stopping, finished, failed, stopped and lost.</source>
        <translation>状态有 queued、starting、running、stopping、finished、failed、stopped 和 lost。</translation>
    </message>
    <message>
        <source>The run has not ended yet.</source>
        <translation>运行还没有结束。</translation>
    </message>
    <message>
        <source>Kill it: stop it again with a grace of 0 seconds.</source>
        <translation>请强行结束：以 0 秒宽限再停止一次。</translation>
    </message>
    <message>
        <source>The run has not ended within %1 seconds; it goes on.</source>
        <translation>运行在 %1 秒内没有结束；它仍在继续。</translation>
    </message>
    <message>
        <source>Look at its status later, or stop it.</source>
        <translation>请稍后查看状态，或停止它。</translation>
    </message>
    <message>
        <source>“%1” has not ended yet.</source>
        <translation>“%1”还没有结束。</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>请先停止它。</translation>
    </message>
    <message>
        <source>Some files of “%1” could not be removed.</source>
        <translation>“%1”的一些文件无法删除。</translation>
    </message>
    <message>
        <source>There is no experiment “%1”.</source>
        <translation>没有实验“%1”。</translation>
    </message>
    <message>
        <source>Look for its id or name in the list of experiments.</source>
        <translation>请在实验列表中查找它的编号或名称。</translation>
    </message>
    <message>
        <source>This experiment belongs to another tenant.</source>
        <translation>此实验属于另一个租户。</translation>
    </message>
    <message>
        <source>Choose that tenant, or another experiment.</source>
        <translation>请选择那个租户，或另一个实验。</translation>
    </message>
    <message>
        <source>“%1” means more than one experiment: %2.</source>
        <translation>“%1”对应多个实验：%2。</translation>
    </message>
    <message>
        <source>Give the id, or enough of its first characters.</source>
        <translation>请给出编号，或足够多的开头字符。</translation>
    </message>
    <message>
        <source>What a start sets aside cannot be negative.</source>
        <translation>启动时冻结的金额不能为负。</translation>
    </message>
    <message>
        <source>Give 0 or more.</source>
        <translation>请给 0 或更大的数。</translation>
    </message>
    <message>
        <source>“%1” is still being ended.</source>
        <translation>“%1”仍在结束中。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>Check that you may write to this folder, then delete it again: %1</source>
        <translation>请检查你能否写入此文件夹，再删除一次：%1</translation>
    </message>
    <message>
        <source>“%1” (%2): %3</source>
        <translation>“%1”（%2）：%3</translation>
    </message>
    <message>
        <source>“%1” has ended, but its bill cannot be made: %2</source>
        <translation>“%1”已结束，但无法生成账单：%2</translation>
    </message>
    <message>
        <source>“%1” is no address of a Ray cluster.</source>
        <translation>“%1”不是 Ray 集群的地址。</translation>
    </message>
    <message>
        <source>Write host:port, such as 10.0.0.1:6379, or leave it empty.</source>
        <translation>请写成“主机:端口”，例如 10.0.0.1:6379，或者留空。</translation>
    </message>
    <message>
        <source>The folder “%1” is of a run that the database does not know.</source>
        <translation>文件夹“%1”属于数据库不认识的运行。</translation>
    </message>
    <message>
        <source>Its run is in another workspace that shares this ledger.</source>
        <translation>该实验在共享此账本的另一个工作区中运行。</translation>
    </message>
    <message>
        <source>Do it there: only there are its processes and files.</source>
        <translation>请在那里操作：其进程和文件只在那里。</translation>
    </message>
    <message>
        <source>Only an owner of the tenant or an admin may give up a run.</source>
        <translation>只有租户的所有者或管理员可以放弃运行。</translation>
    </message>
    <message>
        <source>Ask one of them.</source>
        <translation>请联系他们之一。</translation>
    </message>
    <message>
        <source>A run is not given up without a reason.</source>
        <translation>放弃运行必须说明原因。</translation>
    </message>
    <message>
        <source>“%1” has been settled.</source>
        <translation>“%1”已结算。</translation>
    </message>
    <message>
        <source>Nothing is held for it.</source>
        <translation>没有为它冻结资金。</translation>
    </message>
    <message>
        <source>Its workspace is gone: %1</source>
        <translation>它的工作区已不存在：%1</translation>
    </message>
    <message>
        <source>What it used was not billed. Start it again.</source>
        <translation>它的用量没有计费。请重新启动。</translation>
    </message>
    <message>
        <source>The record in its folder is not this run&apos;s.</source>
        <translation>其文件夹中的记录不是这次运行的。</translation>
    </message>
    <message>
        <source>Put back the run&apos;s own record.json.</source>
        <translation>请放回这次运行自己的 record.json。</translation>
    </message>
    <message>
        <source>Whether “%1” has ended cannot be told: %2</source>
        <translation>无法判断“%1”是否已结束：%2</translation>
    </message>
    <message>
        <source>Say what has become of it.</source>
        <translation>请说明它的下落。</translation>
    </message>
    <message>
        <source>Its bill was given up: %1</source>
        <translation>它的账单已放弃：%1</translation>
    </message>
    <message>
        <source>What it used was not billed; nothing need be done.</source>
        <translation>它的用量没有计费；无需处理。</translation>
    </message>
    <message>
        <source>“%1” (%2) was settled without a bill: nothing of it was left to be read.</source>
        <translation>“%1”（%2）结算时没有账单：它没有留下可读的内容。</translation>
    </message>
    <message>
        <source>“%1” (%2) was given up without a bill: %3</source>
        <translation>“%1”（%2）已放弃结算，没有账单：%3</translation>
    </message>
    <message>
        <source>The folder of “%1” is out of reach: %2</source>
        <translation>无法访问“%1”的文件夹：%2</translation>
    </message>
    <message>
        <source>Nothing was billed, and its hold of %1 stays; the next start of the program tries again. Where it can never be mended, give its bill up with a reason: Experiments › Give up its bill…, or “society-cli abandon”.</source>
        <translation>没有计费，为它冻结的 %1 保留；程序下次启动时会再试。如果永远无法修复，请说明原因并放弃它的账单：“实验 › 放弃其账单…”，或“society-cli abandon”。</translation>
    </message>
    <message>
        <source>The reason is longer than %L1 characters.</source>
        <translation>原因超过了 %L1 个字符。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>请缩短它。</translation>
    </message>
    <message>
        <source>The disk that it was on is gone: %1</source>
        <translation>它所在的磁盘已不复存在：%1</translation>
    </message>
    <message>
        <source>Nothing was billed, and its hold of %1 stays; the next start of the program tries again. See that you may read the file; only where its disk has lost it, move it away and give the bill up.</source>
        <translation>没有计费，为它冻结的 %1 保留；程序下次启动时会再试。请确认您可以读取该文件；只有当磁盘已丢失其内容时，才把它移走并放弃账单。</translation>
    </message>
    <message>
        <source>The folder of this tenant&apos;s runs is out of reach: %1</source>
        <translation>无法访问该租户的运行文件夹：%1</translation>
    </message>
    <message>
        <source>Nothing was billed, and its hold of %1 stays; the next start of the program tries again.</source>
        <translation>没有计费，为它冻结的 %1 保留；程序下次启动时会再试。</translation>
    </message>
    <message>
        <source>Its list of calls is gone.</source>
        <translation>它的调用列表不见了。</translation>
    </message>
    <message>
        <source>Put back the run&apos;s own usage.jsonl.</source>
        <translation>请放回该运行自己的 usage.jsonl。</translation>
    </message>
    <message>
        <source>Connect the disk that it is on. Until then the run stays as it is. Where it is gone for good, give its bill up with a reason: Experiments › Give up its bill…, or “society-cli abandon”.</source>
        <translation>请连接它所在的磁盘。在此之前，该运行保持原样。如果磁盘不再存在，请说明原因并放弃它的账单：“实验 › 放弃其账单…”，或“society-cli abandon”。</translation>
    </message>
    <message>
        <source>Connect the disk that it is on. Until then the run stays as it is. Where it is gone for good, give the run up with a reason: Experiments › Give up for lost…, or “society-cli abandon”.</source>
        <translation>请连接它所在的磁盘。在此之前，该运行保持原样。如果磁盘不再存在，请说明原因并放弃该运行：“实验 › 放弃并算作丢失…”，或“society-cli abandon”。</translation>
    </message>
    <message>
        <source>The folder of “%1” cannot be read: %2</source>
        <translation>无法读取“%1”的文件夹：%2</translation>
    </message>
    <message>
        <source>See that you may read it, and that its disk is well. Until then the run stays as it is.</source>
        <translation>请确认您可以读取它，并且它的磁盘完好。在此之前，该运行保持原样。</translation>
    </message>
    <message>
        <source>Connect the disk that it is on. Where that is gone for good, first give up what waits there for its bill, such as “%1”: Experiments › Give up its bill… or Give up for lost…, or “society-cli abandon”.</source>
        <translation>请连接它所在的磁盘。如果磁盘不再存在，请先放弃在那里等待计费的运行，例如“%1”：“实验 › 放弃其账单…”或“放弃并算作丢失…”，或“society-cli abandon”。</translation>
    </message>
    <message>
        <source>Connect the disk that it is on. Where that is gone for good, or the folder was removed, begin a new one: make it, with an empty file “.runs” in it.</source>
        <translation>请连接它所在的磁盘。如果磁盘不再存在，或文件夹已被删除，请重新建立：创建该文件夹，并在其中放一个空文件“.runs”。</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Finished.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Stopped by you.</source>
        <translation>由你停止。</translation>
    </message>
    <message>
        <source>Stopped because its budget was reached.</source>
        <translation>因达到预算而停止。</translation>
    </message>
    <message>
        <source>Start it again with a larger cap, or with a smaller workflow.</source>
        <translation>请用更大的上限或更小的工作流再启动一次。</translation>
    </message>
    <message>
        <source>Ended because the machine was shutting down, or because somebody ended the run&apos;s keeper.</source>
        <translation>因机器正在关机，或有人结束了该运行的守护进程而结束。</translation>
    </message>
    <message>
        <source>The runner ended with exit code {exit_code}.</source>
        <translation>运行器以退出码 {exit_code} 结束。</translation>
    </message>
    <message>
        <source>Look at the end of the log.</source>
        <translation>请看日志末尾。</translation>
    </message>
    <message>
        <source>Ended by signal {signal} from outside.</source>
        <translation>被外部的信号 {signal} 结束。</translation>
    </message>
    <message>
        <source>Somebody or the system ended it; with too little memory the system uses signal 9. Look into the system&apos;s log.</source>
        <translation>有人或系统结束了它；内存不足时系统使用信号 9。请查看系统日志。</translation>
    </message>
    <message>
        <source>The runner could not be started: {detail}</source>
        <translation>运行器无法启动：{detail}</translation>
    </message>
    <message>
        <source>Install the runner again (society-cli setup).</source>
        <translation>请重新安装运行器（society-cli setup）。</translation>
    </message>
    <message>
        <source>The gateway to the LLM did not start ({detail}).</source>
        <translation>通往语言模型的网关没有启动（{detail}）。</translation>
    </message>
    <message>
        <source>Look into keeper.log in the run&apos;s folder; install Society Workbench again if the program is missing.</source>
        <translation>请看运行文件夹里的 keeper.log；若缺少该程序，请重新安装 Society Workbench。</translation>
    </message>
    <message>
        <source>The gateway to the LLM ended before the run.</source>
        <translation>通往语言模型的网关先于运行结束了。</translation>
    </message>
    <message>
        <source>Look into keeper.log in the run&apos;s folder, then run it again.</source>
        <translation>请看运行文件夹里的 keeper.log，再运行一次。</translation>
    </message>
    <message>
        <source>It gave no sign of life for too long.</source>
        <translation>它太久没有动静。</translation>
    </message>
    <message>
        <source>Test the LLM, then run it again.</source>
        <translation>请测试语言模型，再运行一次。</translation>
    </message>
    <message>
        <source>It has given no sign of life for a while.</source>
        <translation>它已有一段时间没有任何动静。</translation>
    </message>
    <message>
        <source>It may only be slow: wait, or stop it, test the LLM and run it again.</source>
        <translation>可能只是较慢：请等待，或停止它，测试语言模型后再运行一次。</translation>
    </message>
    <message>
        <source>The city simulator ended before the run.</source>
        <translation>城市模拟器先于运行结束了。</translation>
    </message>
    <message>
        <source>Run it again; if it happens again, choose the practice city.</source>
        <translation>请再运行一次；若再次发生，请选择练习城市。</translation>
    </message>
    <message>
        <source>The LLM failed to answer three times in a row.</source>
        <translation>语言模型连续三次没有应答。</translation>
    </message>
    <message>
        <source>Test the LLM in its configuration, then run it again.</source>
        <translation>请在其配置中测试语言模型，再运行一次。</translation>
    </message>
    <message>
        <source>The program that watched over the run was ended, and the run with it.</source>
        <translation>看管运行的程序被结束，运行也随之结束。</translation>
    </message>
    <message>
        <source>Run it again; what it wrote until then is kept.</source>
        <translation>请再运行一次；在那之前写下的都已保留。</translation>
    </message>
    <message>
        <source>The machine was restarted while it ran.</source>
        <translation>运行期间机器重启了。</translation>
    </message>
    <message>
        <source>The workflow was completed, but the runner then ended with exit code {exit_code}.</source>
        <translation>工作流已完成，但运行器随后以退出码 {exit_code} 结束。</translation>
    </message>
    <message>
        <source>The results are complete; look at the end of the log for what went wrong after them.</source>
        <translation>结果是完整的；之后出了什么问题，请看日志末尾。</translation>
    </message>
    <message>
        <source>The map file is missing.</source>
        <translation>地图文件不存在。</translation>
    </message>
    <message>
        <source>Import the map again, or choose another one.</source>
        <translation>请重新导入地图，或选择另一张。</translation>
    </message>
    <message>
        <source>The map file is not a map.</source>
        <translation>地图文件不是地图。</translation>
    </message>
    <message>
        <source>Choose a map in AgentSociety&apos;s format (.pb).</source>
        <translation>请选择 AgentSociety 格式（.pb）的地图。</translation>
    </message>
    <message>
        <source>The map file has no areas.</source>
        <translation>地图文件没有区域。</translation>
    </message>
    <message>
        <source>Choose a map with at least one area (AOI) where people can live and work.</source>
        <translation>请选择至少有一个可供居住和工作的区域（AOI）的地图。</translation>
    </message>
    <message>
        <source>The workflow names agent {agent}, and there is none with this id.</source>
        <translation>工作流提到智能体 {agent}，但没有这个编号。</translation>
    </message>
    <message>
        <source>Correct the target: built-in citizens begin at 5, people from a profile file keep the file&apos;s ids.</source>
        <translation>请改正对象：自带的市民从 5 开始，来自人物档案文件的人沿用文件中的编号。</translation>
    </message>
    <message>
        <source>A message was sent to people who had no place in the city yet.</source>
        <translation>消息发给了在城市里还没有位置的人。</translation>
    </message>
    <message>
        <source>Put a step or run before the first message in the workflow.</source>
        <translation>请在工作流的第一条消息之前放一个 step 或 run。</translation>
    </message>
    <message>
        <source>A workflow entry has ticks_per_step below 1.</source>
        <translation>某个工作流条目的 ticks_per_step 小于 1。</translation>
    </message>
    <message>
        <source>Set ticks_per_step to 1 or more.</source>
        <translation>请把 ticks_per_step 设为 1 或更大。</translation>
    </message>
    <message>
        <source>A distribution of the agents lacks what its type ({distribution}) needs.</source>
        <translation>智能体的某个分布缺少其类型（{distribution}）所需的内容。</translation>
    </message>
    <message>
        <source>Complete the distribution in the agents&apos; configuration.</source>
        <translation>请在智能体的配置里补全该分布。</translation>
    </message>
    <message>
        <source>The profile file is neither .json nor .jsonl.</source>
        <translation>人物档案文件既不是 .json 也不是 .jsonl。</translation>
    </message>
    <message>
        <source>Import the profiles: the workbench converts CSV.</source>
        <translation>请导入人物档案：工作台会转换 CSV。</translation>
    </message>
    <message>
        <source>The profile file “{file}” is missing.</source>
        <translation>人物档案文件“{file}”不存在。</translation>
    </message>
    <message>
        <source>Import the profiles again.</source>
        <translation>请重新导入人物档案。</translation>
    </message>
    <message>
        <source>The profile file has fewer people than the group asks for.</source>
        <translation>人物档案文件里的人比该组要求的少。</translation>
    </message>
    <message>
        <source>Lower the number of the group, or add people to the file.</source>
        <translation>请减小该组的人数，或在文件里加人。</translation>
    </message>
    <message>
        <source>AgentSociety did not accept the configuration ({count} errors).</source>
        <translation>AgentSociety 不接受该配置（{count} 处错误）。</translation>
    </message>
    <message>
        <source>The log&apos;s end lists each error with its place in the configuration.</source>
        <translation>日志末尾列出了每处错误及其在配置中的位置。</translation>
    </message>
    <message>
        <source>AgentSociety could not read the configuration file.</source>
        <translation>AgentSociety 无法读取配置文件。</translation>
    </message>
    <message>
        <source>Run it again; if it happens again, check the disk.</source>
        <translation>请再运行一次；若再次发生，请检查磁盘。</translation>
    </message>
    <message>
        <source>AgentSociety knows no class, block or function “{name}”.</source>
        <translation>AgentSociety 没有名为“{name}”的类、行为块或函数。</translation>
    </message>
    <message>
        <source>Correct the name; capitals count.</source>
        <translation>请改正名称；区分大小写。</translation>
    </message>
    <message>
        <source>An institution has an agent class that AgentSociety does not know.</source>
        <translation>某个机构的智能体类 AgentSociety 不认识。</translation>
    </message>
    <message>
        <source>Use firm, bank, nbs and government, each in its own list.</source>
        <translation>请使用 firm、bank、nbs 和 government，各在自己的列表里。</translation>
    </message>
    <message>
        <source>AgentSociety failed at the end of the institutions&apos; month, a fault of its own.</source>
        <translation>AgentSociety 在机构月末时失败，这是它自身的缺陷。</translation>
    </message>
    <message>
        <source>Run fewer than 30 simulated days, or set a larger time_diff for all institutions.</source>
        <translation>请运行少于 30 个模拟日，或给所有机构设更大的 time_diff。</translation>
    </message>
    <message>
        <source>The supervisor has no profile file and so was not made.</source>
        <translation>监督者没有人物档案文件，因此没有生成。</translation>
    </message>
    <message>
        <source>Give the supervisor a memory_from_file, or leave it out.</source>
        <translation>请给监督者 memory_from_file，或不要它。</translation>
    </message>
    <message>
        <source>There is no logging level “{name}”.</source>
        <translation>没有日志级别“{name}”。</translation>
    </message>
    <message>
        <source>Use DEBUG, INFO, WARNING, ERROR or CRITICAL.</source>
        <translation>请使用 DEBUG、INFO、WARNING、ERROR 或 CRITICAL。</translation>
    </message>
    <message>
        <source>AgentSociety&apos;s city simulator could not be downloaded.</source>
        <translation>AgentSociety 的城市模拟器无法下载。</translation>
    </message>
    <message>
        <source>Connect this machine to the internet for the first such run, or choose the practice city.</source>
        <translation>首次这样运行请让机器联网，或选择练习城市。</translation>
    </message>
    <message>
        <source>The city simulator may not be executed.</source>
        <translation>城市模拟器不允许执行。</translation>
    </message>
    <message>
        <source>Keep the workspace on a file system that allows programs (not mounted noexec).</source>
        <translation>请把工作区放在允许执行程序的文件系统上（未以 noexec 挂载）。</translation>
    </message>
    <message>
        <source>The word lists for the agents&apos; memory are missing.</source>
        <translation>缺少智能体记忆用的词表。</translation>
    </message>
    <message>
        <source>Run “society-cli setup” to restore what runs share.</source>
        <translation>请运行“society-cli setup”，恢复各运行共用的部分。</translation>
    </message>
    <message>
        <source>The LLM endpoint refused the key.</source>
        <translation>语言模型的端点拒绝了密钥。</translation>
    </message>
    <message>
        <source>Set the right key in the LLM&apos;s configuration and test it.</source>
        <translation>请在语言模型的配置里设置正确的密钥并测试。</translation>
    </message>
    <message>
        <source>The LLM endpoint refused further calls: too many, or the provider&apos;s quota is used up.</source>
        <translation>语言模型的端点拒绝了后续调用：次数过多，或提供方的额度已用完。</translation>
    </message>
    <message>
        <source>Lower the LLM&apos;s concurrency, or see to the account at the provider.</source>
        <translation>请降低语言模型的并发数，或查看在提供方的账户。</translation>
    </message>
    <message>
        <source>The LLM endpoint could not be reached.</source>
        <translation>无法连接语言模型的端点。</translation>
    </message>
    <message>
        <source>Check the address and the network, and test the LLM in its configuration.</source>
        <translation>请检查地址和网络，并在其配置中测试语言模型。</translation>
    </message>
    <message>
        <source>The LLM failed to answer a call for good. {status}</source>
        <translation>语言模型最终未能应答某次调用。{status}</translation>
    </message>
    <message>
        <source>Test the LLM in its configuration; the log has the endpoint&apos;s words.</source>
        <translation>请在其配置中测试语言模型；日志里有端点的原话。</translation>
    </message>
    <message>
        <source>Another program kept the run&apos;s database locked.</source>
        <translation>另一个程序一直锁着运行的数据库。</translation>
    </message>
    <message>
        <source>Close what has opened sqlite.db of this run, then run it again.</source>
        <translation>请关闭打开了这次运行的 sqlite.db 的程序，再运行一次。</translation>
    </message>
    <message>
        <source>The machine is out of disk space.</source>
        <translation>机器的磁盘空间用完了。</translation>
    </message>
    <message>
        <source>Free some space, then run it again.</source>
        <translation>请腾出一些空间，再运行一次。</translation>
    </message>
    <message>
        <source>The run&apos;s folder could not be written to.</source>
        <translation>运行的文件夹无法写入。</translation>
    </message>
    <message>
        <source>Check that the workspace&apos;s disk is not mounted read-only.</source>
        <translation>请检查工作区的磁盘是否以只读方式挂载。</translation>
    </message>
    <message>
        <source>Ray did not start in time: the machine was too busy.</source>
        <translation>Ray 没有及时启动：机器太忙。</translation>
    </message>
    <message>
        <source>Start fewer runs at once, or use light start.</source>
        <translation>请同时少启动一些运行，或使用轻启动。</translation>
    </message>
    <message>
        <source>The folder for Ray&apos;s files has too long a name.</source>
        <translation>Ray 文件所在文件夹的名称太长。</translation>
    </message>
    <message>
        <source>Choose one with at most 39 characters.</source>
        <translation>请选择不超过 39 个字符的。</translation>
    </message>
    <message>
        <source>Ray failed.</source>
        <translation>Ray 出错。</translation>
    </message>
    <message>
        <source>Look at the end of the log; light start does without Ray.</source>
        <translation>请看日志末尾；轻启动不需要 Ray。</translation>
    </message>
    <message>
        <source>The runner lacks the Python module “{name}”.</source>
        <translation>运行器缺少 Python 模块“{name}”。</translation>
    </message>
    <message>
        <source>The machine is out of memory.</source>
        <translation>机器的内存用完了。</translation>
    </message>
    <message>
        <source>Run fewer experiments at once, or one with fewer agents.</source>
        <translation>请同时少运行一些实验，或减少智能体。</translation>
    </message>
    <message>
        <source>AgentSociety failed: {detail}</source>
        <translation>AgentSociety 失败：{detail}</translation>
    </message>
    <message>
        <source>Look at the last error in the log.</source>
        <translation>请看日志中的最后一个错误。</translation>
    </message>
    <message>
        <source>The run ended for a reason that this version does not know (%1).</source>
        <translation>运行结束的原因是此版本不认识的（%1）。</translation>
    </message>
    <message>
        <source>Its folder was removed while it ran.</source>
        <translation>运行期间它的文件夹被删除了。</translation>
    </message>
    <message>
        <source>Run it again, and leave its folder alone while it runs.</source>
        <translation>请再运行一次，运行期间不要动它的文件夹。</translation>
    </message>
    <message>
        <source>The use of the LLM could not be written down, so its calls were refused ({detail}).</source>
        <translation>无法记录 LLM 的用量，因此拒绝了对它的调用（{detail}）。</translation>
    </message>
    <message>
        <source>See that the run&apos;s folder can be written to, then run it again.</source>
        <translation>请确认该运行的文件夹可以写入，再运行一次。</translation>
    </message>
    <message>
        <source>It started without waiting for the others&apos; starts to end ({detail}).</source>
        <translation>它没有等其他运行启动完就启动了（{detail}）。</translation>
    </message>
    <message>
        <source>Starts may be slow when there are many at once; see that the workspace can be written to.</source>
        <translation>同时启动多个运行时可能会慢；请确认工作区可以写入。</translation>
    </message>
    <message>
        <source>A process of the run could not be ended ({detail}).</source>
        <translation>该运行有一个进程无法结束（{detail}）。</translation>
    </message>
    <message>
        <source>It may be waiting for a disk or a device; if it stays, restart the machine.</source>
        <translation>它可能在等待磁盘或设备；如果一直存在，请重启机器。</translation>
    </message>
    <message>
        <source>Temporary files of the run could not be removed ({detail}).</source>
        <translation>该运行的临时文件无法删除（{detail}）。</translation>
    </message>
    <message>
        <source>Remove them by hand.</source>
        <translation>请手动删除。</translation>
    </message>
    <message>
        <source>The runner could open no more files: the limit for one program is reached.</source>
        <translation>运行器无法再打开文件：已达到单个程序的上限。</translation>
    </message>
    <message>
        <source>Raise the limit (ulimit -n) where Society Workbench is started, then run it again.</source>
        <translation>请在启动 Society Workbench 的环境中提高上限（ulimit -n），然后重新运行。</translation>
    </message>
    <message>
        <source>AgentSociety could not open the run&apos;s database any more.</source>
        <translation>AgentSociety 无法再打开本次运行的数据库。</translation>
    </message>
    <message>
        <source>See that the run&apos;s folder can be written to and that programs may open enough files (ulimit -n), then run it again.</source>
        <translation>请确认运行文件夹可以写入，并且程序可以打开足够多的文件（ulimit -n），然后重新运行。</translation>
    </message>
    <message>
        <source>It has given no sign of life for a while but calls to the LLM that fail ({calls} of them, the last with status {status}).</source>
        <translation>它已有一段时间没有动静，只有失败的 LLM 调用（{calls} 次，最后一次的状态码为 {status}）。</translation>
    </message>
    <message>
        <source>The provider may be overloaded or away: wait, or stop it, test the LLM and run it again.</source>
        <translation>提供方可能过载或不可用：请等待，或停止它，测试 LLM 后再次运行。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>The disk is full: “%1” could not be written.</source>
        <translation>磁盘已满：“%1”无法写入。</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>“%1”无法写入。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间再试。</translation>
    </message>
    <message>
        <source>Check that the folder exists and may be written to.</source>
        <translation>请检查文件夹是否存在、能否写入。</translation>
    </message>
    <message>
        <source>“%1” could not be read.</source>
        <translation>“%1”无法读取。</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>请检查你是否有读取权限。</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>没有文件“%1”。</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>“%1” is larger than %2 bytes.</source>
        <translation>“%1”大于 %2 字节。</translation>
    </message>
    <message>
        <source>Choose a smaller file.</source>
        <translation>请选择更小的文件。</translation>
    </message>
    <message>
        <source>“%1” is not a JSON object.</source>
        <translation>“%1”不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Restore it from a copy, or remove it.</source>
        <translation>请从备份恢复，或删除它。</translation>
    </message>
    <message>
        <source>Society Workbench has too many files open.</source>
        <translation>Society Workbench 打开的文件太多。</translation>
    </message>
    <message>
        <source>Close it and open it again; runs go on meanwhile. If this stays, raise the limit of open files (ulimit -n).</source>
        <translation>请关闭后重新打开；运行会继续进行。如果仍然如此，请提高可打开文件数的上限（ulimit -n）。</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>%1 %2 (%3 UTC)</source>
        <translation>%1 %2（UTC %3）</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>%1 k</source>
        <comment>thousands</comment>
        <translation>%1 千</translation>
    </message>
    <message>
        <source>%1 M</source>
        <comment>millions</comment>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>day %1 · %2:%3</source>
        <translation>第 %1 天 · %2:%3</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Id</name>
    <message>
        <source>“%1” is not an id.</source>
        <translation>“%1”不是编号。</translation>
    </message>
    <message>
        <source>An id has 32 hexadecimal digits, in groups of 8, 4, 4, 4 and 12.</source>
        <translation>编号有 32 个十六进制数字，按 8、4、4、4、12 分组。</translation>
    </message>
    <message>
        <source>“%1” cannot be a tenant&apos;s id.</source>
        <translation>“%1”不能作租户的编号。</translation>
    </message>
    <message>
        <source>Use up to 63 of a–z, 0–9, point, dash and underscore, a letter or digit first.</source>
        <translation>请用不超过 63 个 a–z、0–9、点、连字符和下划线，以字母或数字开头。</translation>
    </message>
</context>
<context>
    <name>LaunchSpec</name>
    <message>
        <source>The run&apos;s launch.json was written by a newer version of this program.</source>
        <translation>运行的 launch.json 由更新版本的程序写成。</translation>
    </message>
    <message>
        <source>Update this program.</source>
        <translation>请更新本程序。</translation>
    </message>
    <message>
        <source>The run&apos;s launch.json is not usable: field “%1”.</source>
        <translation>运行的 launch.json 不可用：字段“%1”。</translation>
    </message>
    <message>
        <source>Start the experiment anew.</source>
        <translation>请重新启动实验。</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>The tenant “%1” has no account.</source>
        <translation>租户“%1”没有账户。</translation>
    </message>
    <message>
        <source>The balance of “%1” is not the sum of its bills.</source>
        <translation>“%1”的余额不等于其账单之和。</translation>
    </message>
    <message>
        <source>%L1 bills are missing from the sequence.</source>
        <translation>序号中缺少 %L1 张账单。</translation>
    </message>
    <message>
        <source>The experiment %1 was settled with %2 bills, and has %3.</source>
        <translation>实验 %1 以 %2 张账单结算，现有 %3 张。</translation>
    </message>
    <message>
        <source>The experiment %1 has bills but was never settled.</source>
        <translation>实验 %1 有账单，却从未结算。</translation>
    </message>
    <message>
        <source>The experiment %1 has ended but was not settled.</source>
        <translation>实验 %1 已结束，却没有结算。</translation>
    </message>
    <message>
        <source>The experiment %1 is marked as settled but was not.</source>
        <translation>实验 %1 标记为已结算，实际没有。</translation>
    </message>
    <message>
        <source>The experiment %1 was settled but is not marked so.</source>
        <translation>实验 %1 已结算，却没有标记。</translation>
    </message>
    <message>
        <source>The cost shown of the experiment %1 is not the sum of its bills.</source>
        <translation>实验 %1 显示的费用不等于其账单之和。</translation>
    </message>
    <message>
        <source>The experiment %1 was billed to another tenant.</source>
        <translation>实验 %1 记在了另一个租户账上。</translation>
    </message>
    <message>
        <source>Money is held for %1, which is no experiment of this tenant.</source>
        <translation>为 %1 冻结了资金，但它不是此租户的实验。</translation>
    </message>
    <message>
        <source>Money is still held for the settled experiment %1.</source>
        <translation>已结算的实验 %1 仍冻结着资金。</translation>
    </message>
    <message>
        <source>Money is still held for the experiment %1, which has ended.</source>
        <translation>已结束的实验 %1 仍冻结着资金。</translation>
    </message>
    <message>
        <source>No money is held for the experiment %1, which has not ended.</source>
        <translation>尚未结束的实验 %1 没有冻结资金。</translation>
    </message>
    <message>
        <source>After the bill %1 the balance is not the one before it and its amount together.</source>
        <translation>账单 %1 之后的余额，不等于之前的余额加其金额。</translation>
    </message>
    <message>
        <source>The experiment %1 was billed twice for %2.</source>
        <translation>实验 %1 的 %2 被计费两次。</translation>
    </message>
    <message>
        <source>The amount of the bill %1 is not quantity times price.</source>
        <translation>账单 %1 的金额不等于数量乘单价。</translation>
    </message>
    <message>
        <source>The price of the bill %1 was never in the price book.</source>
        <translation>账单 %1 的价格从未在价目表中。</translation>
    </message>
    <message>
        <source>The correction %1 names a bill that it cannot be for.</source>
        <translation>更正 %1 指向了它不能更正的账单。</translation>
    </message>
    <message>
        <source>The experiment %1 was billed for %2, which it did not use.</source>
        <translation>实验 %1 被计了 %2 的费用，却没有用它。</translation>
    </message>
    <message>
        <source>The experiment %1 used %L2 of %3 and was billed for %L4.</source>
        <translation>实验 %1 用了 %L2 %3，却按 %L4 计费。</translation>
    </message>
    <message>
        <source>“%1” is not where a page of bills ended.</source>
        <translation>“%1”不是某页账单的结尾。</translation>
    </message>
    <message>
        <source>Use the value “next” of the page before.</source>
        <translation>请用上一页的“next”值。</translation>
    </message>
    <message>
        <source>The bills could not be written.</source>
        <translation>账单无法写入。</translation>
    </message>
    <message>
        <source>Check that the folder exists, may be written to, and has free space.</source>
        <translation>请检查文件夹是否存在、能否写入、是否有空间。</translation>
    </message>
    <message>
        <source>There is no tenant “%1”.</source>
        <translation>没有租户“%1”。</translation>
    </message>
    <message>
        <source>Choose one from the list of tenants, or add it.</source>
        <translation>请从租户列表中选择，或添加它。</translation>
    </message>
    <message>
        <source>The note is longer than %L1 characters.</source>
        <translation>备注超过 %L1 个字符。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>请缩短它。</translation>
    </message>
    <message>
        <source>Not enough money: %1 available, %2 needed.</source>
        <translation>资金不足：可用 %1，需要 %2。</translation>
    </message>
    <message>
        <source>Recharge at least %1, lower the cap, or wait until a run in progress has ended.</source>
        <translation>请至少充值 %1，降低上限，或等某次正在进行的运行结束。</translation>
    </message>
    <message>
        <source>A hold cannot be negative.</source>
        <translation>冻结金额不能为负。</translation>
    </message>
    <message>
        <source>Enter an amount of zero or more.</source>
        <translation>请输入零或更大的金额。</translation>
    </message>
    <message>
        <source>The experiment was settled before.</source>
        <translation>此实验先前已结算。</translation>
    </message>
    <message>
        <source>Run it again as a new experiment.</source>
        <translation>请作为新实验再运行一次。</translation>
    </message>
    <message>
        <source>Money is set aside for this experiment already.</source>
        <translation>已为此实验冻结资金。</translation>
    </message>
    <message>
        <source>No money is set aside for this experiment.</source>
        <translation>没有为此实验冻结资金。</translation>
    </message>
    <message>
        <source>Choose one from the list of holds.</source>
        <translation>请从冻结列表中选择。</translation>
    </message>
    <message>
        <source>The hold belongs to another tenant.</source>
        <translation>此冻结属于另一个租户。</translation>
    </message>
    <message>
        <source>Change to that tenant first.</source>
        <translation>请先切换到那个租户。</translation>
    </message>
    <message>
        <source>There is no bill “%1”.</source>
        <translation>没有账单“%1”。</translation>
    </message>
    <message>
        <source>Choose one from the list of bills.</source>
        <translation>请从账单列表中选择。</translation>
    </message>
    <message>
        <source>The bill “%1” belongs to another tenant.</source>
        <translation>账单“%1”属于另一个租户。</translation>
    </message>
    <message>
        <source>%1 cannot be added: the smallest recharge is %2.</source>
        <translation>不能加 %1：最小充值为 %2。</translation>
    </message>
    <message>
        <source>Enter a larger amount; to take money off, correct the bill it came by.</source>
        <translation>请输入更大的金额；要减去资金，请更正当初的账单。</translation>
    </message>
    <message>
        <source>A correction of zero corrects nothing.</source>
        <translation>更正额为零什么也不改。</translation>
    </message>
    <message>
        <source>Enter the amount to add, or, with a minus sign, to take off.</source>
        <translation>请输入要加上的金额，减去则加负号。</translation>
    </message>
    <message>
        <source>A correction needs a note.</source>
        <translation>更正需要备注。</translation>
    </message>
    <message>
        <source>Say why it is made.</source>
        <translation>请说明为什么。</translation>
    </message>
    <message>
        <source>There is no price for “%1”.</source>
        <translation>“%1”没有价格。</translation>
    </message>
    <message>
        <source>Prices are for llm_input_token and llm_output_token, of every model or of one, and for run_time.</source>
        <translation>价格用于 llm_input_token 和 llm_output_token（所有模型或某个模型），以及 run_time。</translation>
    </message>
    <message>
        <source>A price cannot be negative.</source>
        <translation>价格不能为负。</translation>
    </message>
    <message>
        <source>The price book has no price for “%1” at that time.</source>
        <translation>价目表在那时没有“%1”的价格。</translation>
    </message>
    <message>
        <source>Add a price that holds from an earlier date.</source>
        <translation>请加一个从更早日期起有效的价格。</translation>
    </message>
    <message>
        <source>What the run used cannot be billed as it was recorded.</source>
        <translation>运行的用量无法按所记的计费。</translation>
    </message>
    <message>
        <source>Report it with the details.</source>
        <translation>请连同详情一起报告。</translation>
    </message>
    <message>
        <source>The experiment belongs to another tenant.</source>
        <translation>此实验属于另一个租户。</translation>
    </message>
    <message>
        <source>There is a tenant “%1” already.</source>
        <translation>已有租户“%1”。</translation>
    </message>
    <message>
        <source>Choose another id.</source>
        <translation>请选择另一个编号。</translation>
    </message>
    <message>
        <source>“%1” is not what a bill can be for.</source>
        <translation>“%1”不能作账单的用途。</translation>
    </message>
    <message>
        <source>Use one of: %1.</source>
        <translation>请用其中之一：%1。</translation>
    </message>
    <message>
        <source>The kept total of %1 (%2) is of %L3 bills; there are %L4.</source>
        <translation>%1（%2）保存的合计为 %L3 张账单，实际有 %L4 张。</translation>
    </message>
    <message>
        <source>The ledger has changed since it was audited.</source>
        <translation>审计之后账本已有变化。</translation>
    </message>
    <message>
        <source>Audit it again; nothing was written.</source>
        <translation>请重新审计；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Giving a hold back needs a reason.</source>
        <translation>退回冻结需要理由。</translation>
    </message>
    <message>
        <source>Say why it is given back.</source>
        <translation>请说明为什么退回。</translation>
    </message>
    <message>
        <source>The hold was given back before.</source>
        <translation>这笔冻结之前已退回。</translation>
    </message>
    <message>
        <source>Nothing need be done.</source>
        <translation>无需再做什么。</translation>
    </message>
    <message>
        <source>“%1” has not ended and may still use the money.</source>
        <translation>“%1”尚未结束，可能还要用这笔钱。</translation>
    </message>
    <message>
        <source>Stop it: its end gives the money back.</source>
        <translation>请停止它：结束时会退回资金。</translation>
    </message>
    <message>
        <source>Line %L1: %2</source>
        <translation>第 %L1 行：%2</translation>
    </message>
    <message>
        <source>The first line names the columns: %1. Nothing was changed.</source>
        <translation>第一行是列名：%1。什么都没有改变。</translation>
    </message>
    <message>
        <source>“%1” is no column of a price file, or is there twice.</source>
        <translation>“%1”不是价目文件的列，或出现了两次。</translation>
    </message>
    <message>
        <source>The column “%1” is missing.</source>
        <translation>缺少列“%1”。</translation>
    </message>
    <message>
        <source>“%1” is not a time.</source>
        <translation>“%1”不是时间。</translation>
    </message>
    <message>
        <source>Write it as 2026-11-24 or 2026-11-24T08:00:00Z. Nothing was changed.</source>
        <translation>请写成 2026-11-24 或 2026-11-24T08:00:00Z。什么都没有改变。</translation>
    </message>
    <message>
        <source>The unit size of %1 is %L2, not %3.</source>
        <translation>%1 的计价单位是 %L2，不是 %3。</translation>
    </message>
    <message>
        <source>Give the price for that many. Nothing was changed.</source>
        <translation>请给出这么多的价格。什么都没有改变。</translation>
    </message>
    <message>
        <source>If it is meant, say so expressly; a price is for a million tokens or for a second.</source>
        <translation>若确实如此，请明确说明；价格按一百万个词元或一秒计。</translation>
    </message>
    <message>
        <source>The file has no prices.</source>
        <translation>文件中没有价格。</translation>
    </message>
    <message>
        <source>It has %L1 fields where the first line has %L2.</source>
        <translation>它有 %L1 个字段，而第一行有 %L2 个。</translation>
    </message>
    <message>
        <source>The same item, model and date come twice.</source>
        <translation>相同的项目、模型和日期出现了两次。</translation>
    </message>
    <message>
        <source>The statement could not be written.</source>
        <translation>对账单无法写入。</translation>
    </message>
    <message>
        <source>The period ends before it begins.</source>
        <translation>时期的结束早于开始。</translation>
    </message>
    <message>
        <source>Choose an end after the beginning.</source>
        <translation>请选择开始之后的结束日期。</translation>
    </message>
    <message>
        <source>The period has %L1 bills, more than the %L2 of one document.</source>
        <translation>此时期有 %L1 张账单，超过一份文档的 %L2 张。</translation>
    </message>
    <message>
        <source>Choose a shorter period, or CSV, which has no such limit.</source>
        <translation>请选择较短的时期，或没有此限制的 CSV。</translation>
    </message>
    <message>
        <source>the table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>the unique key</source>
        <translation>唯一键</translation>
    </message>
    <message>
        <source>a check</source>
        <translation>检查约束</translation>
    </message>
    <message>
        <source>a reference</source>
        <translation>引用约束</translation>
    </message>
    <message>
        <source>the index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>the policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>the row security</source>
        <translation>行级安全</translation>
    </message>
    <message>
        <source>the function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>the trigger</source>
        <translation>触发器</translation>
    </message>
    <message>
        <source>%1 “%2” of “%3”</source>
        <translation>“%3”的%1“%2”</translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <translation>%1“%2”</translation>
    </message>
    <message>
        <source>A rule of the database is missing: %1. What it keeps may have been changed: compare with a copy.</source>
        <translation>数据库缺少一条规则：%1。它所保护的内容可能已被改动：请与备份比较。</translation>
    </message>
    <message>
        <source>A rule of the database was changed: %1. What it keeps may have been changed: compare with a copy.</source>
        <translation>数据库的一条规则被改动：%1。它所保护的内容可能已被改动：请与备份比较。</translation>
    </message>
    <message>
        <source>The database has a rule that is not of this program: %1. It may undo what others keep: remove it.</source>
        <translation>数据库中有一条不属于本程序的规则：%1。它可能使其他规则失效：请将其删除。</translation>
    </message>
    <message>
        <source>The kept total of %1 (%2) names other bills as its first and last than there are.</source>
        <translation>%1（%2）的留存合计所记的首末账单与实际不符。</translation>
    </message>
    <message>
        <source>%L1 bills were written; by the kept totals it should have been %L2.</source>
        <translation>已写出 %L1 张账单；按留存合计应为 %L2 张。</translation>
    </message>
    <message>
        <source>Run the audit, which puts the totals right, and export again.</source>
        <translation>请先运行审计以更正合计，然后重新导出。</translation>
    </message>
    <message>
        <source>What is kept of the amounts of %1 (%2) is not what the bills come to.</source>
        <translation>%1（%2）按金额留存的合计与账单之和不符。</translation>
    </message>
    <message>
        <source>%1 for %L2</source>
        <translation>每 %L2 为 %1</translation>
    </message>
    <message>
        <source>%1 (free)</source>
        <translation>%1（免费）</translation>
    </message>
    <message>
        <source>The experiment %1 was billed for %2 at %3; its record says %4.</source>
        <translation>实验 %1 的 %2 按 %3 计费，而其记录写的是 %4。</translation>
    </message>
    <message>
        <source>A model&apos;s name has 1 to %1 characters, all on one line and without blanks at its ends.</source>
        <translation>模型名称须为 1 到 %1 个字符，在一行之内，首尾没有空格。</translation>
    </message>
    <message>
        <source>Write the model as the configuration of the LLM has it.</source>
        <translation>请照 LLM 配置中的写法填写模型。</translation>
    </message>
    <message>
        <source>%1: %2 is %4 times the %3 in force.</source>
        <translation>%1：%2 是现行价格 %3 的 %4 倍。</translation>
    </message>
    <message>
        <source>%1: the %3 in force is %4 times %2.</source>
        <translation>%1：现行价格 %3 是 %2 的 %4 倍。</translation>
    </message>
</context>
<context>
    <name>LineMatcher</name>
    <message>
        <source>The pattern “%1” is not a regular expression: %2.</source>
        <translation>“%1”不是正则表达式：%2。</translation>
    </message>
    <message>
        <source>Correct it, or search for the text as it stands.</source>
        <translation>请改正它，或按原文查找。</translation>
    </message>
    <message>
        <source>The pattern takes too long on this log.</source>
        <translation>此表达式在这份日志上太费时。</translation>
    </message>
    <message>
        <source>Make it simpler: repeated groups inside repeated groups are the usual cause.</source>
        <translation>请简化它：通常是重复里又套重复。</translation>
    </message>
</context>
<context>
    <name>LogColumns</name>
    <message>
        <source>Line &amp;number</source>
        <translation>行号(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Time of writing</source>
        <translation>写入时间(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Level</source>
        <translation>级别(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Simulated time</source>
        <translation>模拟时间(&amp;S)</translation>
    </message>
    <message>
        <source>debug</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <extracomment>of a line of a log: day and time in the simulation, number of the step</extracomment>
        <translation>%1 · 第 %2 步</translation>
    </message>
</context>
<context>
    <name>LogDocument</name>
    <message>
        <source>There is no log yet.</source>
        <translation>还没有日志。</translation>
    </message>
    <message>
        <source>A run has a log from the moment when its runner starts.</source>
        <translation>运行器启动后，运行才有日志。</translation>
    </message>
    <message>
        <source>The selected lines are too long to be copied.</source>
        <translation>所选的行太长，无法复制。</translation>
    </message>
    <message>
        <source>Save them to a file instead.</source>
        <translation>请改为保存到文件。</translation>
    </message>
    <message>
        <source>Saving the log was cancelled.</source>
        <translation>日志的保存已取消。</translation>
    </message>
    <message>
        <source>The log became shorter while it was saved.</source>
        <translation>保存期间日志变短了。</translation>
    </message>
    <message>
        <source>Save it again.</source>
        <translation>请重新保存。</translation>
    </message>
</context>
<context>
    <name>LogFile</name>
    <message>
        <source>The log “%1” could not be read.</source>
        <translation>日志“%1”无法读取。</translation>
    </message>
    <message>
        <source>Check that the file and its disk are there and that you may read it.</source>
        <translation>请检查文件及其磁盘是否在、你能否读取。</translation>
    </message>
    <message>
        <source>There is no log “%1”.</source>
        <translation>没有日志“%1”。</translation>
    </message>
    <message>
        <source>A run has a log from the moment when its runner starts.</source>
        <translation>运行器启动后，运行才有日志。</translation>
    </message>
</context>
<context>
    <name>LogPhases</name>
    <message>
        <source>“%1” could not be read.</source>
        <translation>“%1”无法读取。</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>请检查你是否有读取权限。</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Byte %1, which is no UTF-8 here</source>
        <translation>字节 %1，此处不是 UTF-8</translation>
    </message>
    <message>
        <source>Control character %1 (%2)</source>
        <translation>控制字符 %1（%2）</translation>
    </message>
    <message>
        <source>Character U+%1, which cannot be seen</source>
        <translation>字符 U+%1，不可见</translation>
    </message>
    <message>
        <source>Escape sequence</source>
        <translation>转义序列</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Runs AgentSociety experiments in a window.</source>
        <translation>在窗口中运行 AgentSociety 实验。</translation>
    </message>
    <message>
        <source>The folder that holds everything.</source>
        <translation>存放一切的文件夹。</translation>
    </message>
    <message>
        <source>Whose experiments and money.</source>
        <translation>属于谁的实验和资金。</translation>
    </message>
    <message>
        <source>Another window has this workspace open and does not answer.</source>
        <translation>另一个窗口已打开此工作区，但没有应答</translation>
    </message>
    <message>
        <source>Close it, or wait until it does.</source>
        <translation>请关闭它，或等它应答。</translation>
    </message>
    <message>
        <source>A window for the workspace %1 could not be started.</source>
        <translation>无法为工作区 %1 启动窗口。</translation>
    </message>
    <message>
        <source>Check that %1 is there and may be run, or install the program anew.</source>
        <translation>请检查 %1 是否存在且可运行，或重新安装程序。</translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message>
        <source>“%1” is not an amount.</source>
        <translation>“%1”不是金额。</translation>
    </message>
    <message>
        <source>Write digits with at most one decimal point, such as 12.50.</source>
        <translation>请写数字，最多一个小数点，如 12.50。</translation>
    </message>
    <message>
        <source>The amount is too large.</source>
        <translation>金额太大。</translation>
    </message>
    <message>
        <source>The largest amount is 9,223,372,036,854.775807 yuan.</source>
        <translation>最大的金额是 9,223,372,036,854.775807 元。</translation>
    </message>
    <message>
        <source>“%1” has more than six decimals.</source>
        <translation>“%1”的小数超过六位。</translation>
    </message>
    <message>
        <source>The smallest amount is 0.000001 yuan.</source>
        <translation>最小的金额是 0.000001 元。</translation>
    </message>
    <message>
        <source>“%1” cannot stand before amounts.</source>
        <translation>“%1”不能放在金额前。</translation>
    </message>
    <message>
        <source>Use at most %1 letters or currency signs.</source>
        <translation>请最多用 %1 个字母或货币符号。</translation>
    </message>
</context>
<context>
    <name>Phases</name>
    <message>
        <source>gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>waiting for its turn</source>
        <translation>等待轮到它</translation>
    </message>
    <message>
        <source>runner</source>
        <translation>运行器</translation>
    </message>
    <message>
        <source>database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>LLM</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>city</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>收尾</translation>
    </message>
    <message>
        <source>tidying up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>The experiment&apos;s record cannot be read.</source>
        <translation>实验的记录无法读取。</translation>
    </message>
    <message>
        <source>The experiment was made by a newer version of this program.</source>
        <translation>此实验由更新版本的程序建立。</translation>
    </message>
    <message>
        <source>Update Society Workbench.</source>
        <translation>请更新 Society Workbench。</translation>
    </message>
    <message>
        <source>Restore its record.json from a copy. Bills that were made stay; where the run is not billed yet, its bill waits for that.</source>
        <translation>请从副本恢复它的 record.json。已有的账单不变；尚未出账的运行要等它恢复后才能出账。</translation>
    </message>
</context>
<context>
    <name>ResultDatabase</name>
    <message>
        <source>The run has not written any results yet.</source>
        <translation>运行还没有写出任何结果。</translation>
    </message>
    <message>
        <source>Look again later.</source>
        <translation>请稍后再看。</translation>
    </message>
    <message>
        <source>The results in “%1” cannot be read.</source>
        <translation>“%1”中的结果无法读取。</translation>
    </message>
    <message>
        <source>Copy the file away and look at it with sqlite3; the log and the calls are not affected.</source>
        <translation>请把文件复制出来用 sqlite3 查看；日志和调用不受影响。</translation>
    </message>
    <message>
        <source>The run is writing its results just now.</source>
        <translation>运行正在写结果。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>There is no table “%1”.</source>
        <translation>没有表“%1”。</translation>
    </message>
    <message>
        <source>Use one of: %1.</source>
        <translation>请用其中之一：%1。</translation>
    </message>
</context>
<context>
    <name>RowSource</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>The export was cancelled.</source>
        <translation>导出已取消。</translation>
    </message>
    <message>
        <source>The table could not be written.</source>
        <translation>表格无法写入。</translation>
    </message>
    <message>
        <source>Check the disk&apos;s space and the folder&apos;s rights.</source>
        <translation>请检查磁盘空间和文件夹的权限。</translation>
    </message>
</context>
<context>
    <name>RunExport</name>
    <message>
        <source>“%1” has not ended yet.</source>
        <translation>“%1”还没有结束。</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it.</source>
        <translation>请等它结束，或将它停止。</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>The state of this run was written by a newer version of this program.</source>
        <translation>这次运行的状态由更新版本的程序写成。</translation>
    </message>
    <message>
        <source>Update this program.</source>
        <translation>请更新本程序。</translation>
    </message>
    <message>
        <source>The state of this run cannot be read: field “%1”.</source>
        <translation>这次运行的状态无法读取：字段“%1”。</translation>
    </message>
    <message>
        <source>Look into keeper.log in the folder of the run.</source>
        <translation>请看运行文件夹里的 keeper.log。</translation>
    </message>
    <message>
        <source>The run has no status yet.</source>
        <translation>该运行还没有状态。</translation>
    </message>
    <message>
        <source>Look again in a moment.</source>
        <translation>请稍后再看。</translation>
    </message>
</context>
<context>
    <name>RunnerKit</name>
    <message>
        <source>The installation was cancelled.</source>
        <translation>安装已取消。</translation>
    </message>
    <message>
        <source>Start it again when it suits.</source>
        <translation>合适时再开始。</translation>
    </message>
    <message>
        <source>There is not enough space for the runner in “%1”.</source>
        <translation>“%1”没有足够空间放运行器。</translation>
    </message>
    <message>
        <source>Free %1 GB and try again.</source>
        <translation>请腾出 %1 GB 再试。</translation>
    </message>
    <message>
        <source>This machine&apos;s Python cannot make virtual environments.</source>
        <translation>本机的 Python 不能建立虚拟环境。</translation>
    </message>
    <message>
        <source>Install the package python3-venv (as root: apt install python3-venv).</source>
        <translation>请安装软件包 python3-venv（以 root：apt install python3-venv）。</translation>
    </message>
    <message>
        <source>There is no Python 3.11 or 3.12 on this machine.</source>
        <translation>本机没有 Python 3.11 或 3.12。</translation>
    </message>
    <message>
        <source>Install the packages python3 and python3-venv (as root: apt install python3 python3-venv).</source>
        <translation>请安装软件包 python3 和 python3-venv（以 root：apt install python3 python3-venv）。</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>Unpacking packages: %1 of %2</source>
        <translation>正在解开软件包：第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>“%1” could not be removed.</source>
        <translation>“%1”无法删除。</translation>
    </message>
    <message>
        <source>Remove the folder and try again.</source>
        <translation>请删除该文件夹再试。</translation>
    </message>
    <message>
        <source>The disk became full while the runner was being installed.</source>
        <translation>安装运行器时磁盘满了。</translation>
    </message>
    <message>
        <source>The Python package index could not be reached.</source>
        <translation>无法访问 Python 软件包索引。</translation>
    </message>
    <message>
        <source>Check the network and the proxy settings (HTTPS_PROXY, pip&apos;s configuration), then try again; what was already downloaded is kept.</source>
        <translation>请检查网络和代理设置（HTTPS_PROXY、pip 的配置）再试；已下载的会保留。</translation>
    </message>
    <message>
        <source>The runner could not be installed.</source>
        <translation>运行器无法安装。</translation>
    </message>
    <message>
        <source>Look into install.log in the folder runner of the workspace, then try again.</source>
        <translation>请看工作区 runner 文件夹里的 install.log，再试一次。</translation>
    </message>
    <message>
        <source>Another program is installing this workspace&apos;s runner.</source>
        <translation>另一个程序正在安装此工作区的运行器。</translation>
    </message>
    <message>
        <source>Wait until it has finished, then try again.</source>
        <translation>请等它完成再试。</translation>
    </message>
    <message>
        <source>Making a virtual environment</source>
        <translation>正在建立虚拟环境</translation>
    </message>
    <message>
        <source>Asking for the packages</source>
        <translation>正在询问软件包</translation>
    </message>
    <message>
        <source>Starting the runner for the first time</source>
        <translation>正在首次启动运行器</translation>
    </message>
    <message>
        <source>AgentSociety %1 is installed</source>
        <translation>已安装 AgentSociety %1</translation>
    </message>
    <message>
        <source>The folder “%1” could not be made.</source>
        <translation>无法建立文件夹“%1”。</translation>
    </message>
    <message>
        <source>Check that the folder above it may be written to.</source>
        <translation>请检查其上级文件夹能否写入。</translation>
    </message>
    <message>
        <source>There is no city “%1”.</source>
        <translation>没有城市“%1”。</translation>
    </message>
    <message>
        <source>Use “practice” or “own”.</source>
        <translation>请用“practice”或“own”。</translation>
    </message>
    <message>
        <source>There is no map “%1”.</source>
        <translation>没有地图“%1”。</translation>
    </message>
    <message>
        <source>Choose another map, or import it again.</source>
        <translation>请选择另一张地图，或重新导入它。</translation>
    </message>
    <message>
        <source>Choose the script “agentsociety” in the folder bin of a virtual environment, or let the workbench install one.</source>
        <translation>请选择虚拟环境 bin 文件夹里的“agentsociety”脚本，或让工作台安装一个。</translation>
    </message>
    <message>
        <source>The runner “%1” does not work.</source>
        <translation>运行器“%1”不能工作。</translation>
    </message>
    <message>
        <source>Install it again, or choose another one.</source>
        <translation>请重新安装，或选择另一个。</translation>
    </message>
    <message>
        <source>The runner has Python %1; it needs 3.11 or 3.12.</source>
        <translation>运行器用的是 Python %1；需要 3.11 或 3.12。</translation>
    </message>
    <message>
        <source>Choose a runner with Python 3.11 or 3.12, or let the workbench install one.</source>
        <translation>请选择用 Python 3.11 或 3.12 的运行器，或让工作台安装一个。</translation>
    </message>
    <message>
        <source>This is AgentSociety %1; the workbench works with 1.5.6 and later versions of 1.5.</source>
        <translation>这是 AgentSociety %1；工作台支持 1.5.6 及之后的 1.5 版。</translation>
    </message>
    <message>
        <source>Install AgentSociety %1, or let the workbench do it.</source>
        <translation>请安装 AgentSociety %1，或让工作台来装。</translation>
    </message>
    <message>
        <source>The runner lacks the package agentsociety-community.</source>
        <translation>运行器缺少软件包 agentsociety-community。</translation>
    </message>
    <message>
        <source>Install it beside AgentSociety: pip install agentsociety-community==0.3.3.</source>
        <translation>请装在 AgentSociety 旁边：pip install agentsociety-community==0.3.3。</translation>
    </message>
    <message>
        <source>There is no runner at “%1”.</source>
        <translation>“%1”处没有运行器。</translation>
    </message>
    <message>
        <source>There is no runner in the folder “%1”.</source>
        <translation>文件夹“%1”里没有运行器。</translation>
    </message>
    <message>
        <source>“%1” does not name the Python that runs it.</source>
        <translation>“%1”没有指明运行它的 Python。</translation>
    </message>
    <message>
        <source>No runner is installed.</source>
        <translation>没有安装运行器。</translation>
    </message>
    <message>
        <source>Run “society-cli setup”, or install it on the workbench&apos;s first page.</source>
        <translation>请运行“society-cli setup”，或在工作台的第一页安装。</translation>
    </message>
    <message>
        <source>The runner “%1” was removed.</source>
        <translation>运行器“%1”已被移走。</translation>
    </message>
    <message>
        <source>Run “society-cli setup” to install it, or choose another one.</source>
        <translation>请运行“society-cli setup”安装，或选择另一个。</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>A scripted model: no key, no money, no network.</source>
        <translation>照脚本回答的模型：不用密钥，不花钱，不联网。</translation>
    </message>
    <message>
        <source>Four of AgentSociety&apos;s own citizens, drawn at random.</source>
        <translation>AgentSociety 自带的四位市民，随机抽取。</translation>
    </message>
    <message>
        <source>Ten people from a profile file, with homes, work, relations and places they know.</source>
        <translation>来自人物档案文件的十个人，有住处、工作、关系和熟悉的地方。</translation>
    </message>
    <message>
        <source>A town of 64 areas, 1.6 km wide, without roads.</source>
        <translation>有 64 个区域、宽 1.6 公里、没有道路的小镇。</translation>
    </message>
    <message>
        <source>One hour in four steps, a small survey and a closing interview.</source>
        <translation>一小时分四步，一份小问卷，最后一次访谈。</translation>
    </message>
    <message>
        <source>From six to eight the next morning, with interviews, a survey in two languages and a storm warning.</source>
        <translation>从六点到次日早上八点，有访谈、一份双语问卷和一次风暴预警。</translation>
    </message>
</context>
<context>
    <name>Secrets</name>
    <message>
        <source>The file of keys “%1” is damaged.</source>
        <translation>密钥文件“%1”已损坏。</translation>
    </message>
    <message>
        <source>Restore it from a copy, or move it away and enter the keys again.</source>
        <translation>请从备份恢复，或把它移开后重新输入密钥。</translation>
    </message>
    <message>
        <source>The file of keys “%1” was made by a newer version.</source>
        <translation>密钥文件“%1”由更新版本建立。</translation>
    </message>
    <message>
        <source>Use the newer version of Society Workbench.</source>
        <translation>请使用更新版本的 Society Workbench。</translation>
    </message>
    <message>
        <source>The passphrase is empty.</source>
        <translation>口令是空的。</translation>
    </message>
    <message>
        <source>Enter one.</source>
        <translation>请输入口令。</translation>
    </message>
    <message>
        <source>The file of keys could not be opened: too little memory.</source>
        <translation>无法打开密钥文件：内存太少。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序再试。</translation>
    </message>
    <message>
        <source>The file of keys is closed.</source>
        <translation>密钥文件没有打开。</translation>
    </message>
    <message>
        <source>Enter its passphrase, or name a file that holds it in SOCIETY_PASSPHRASE_FILE.</source>
        <translation>请输入它的口令，或在 SOCIETY_PASSPHRASE_FILE 里指明存有口令的文件。</translation>
    </message>
    <message>
        <source>The passphrase does not open the file of keys.</source>
        <translation>此口令打不开密钥文件。</translation>
    </message>
    <message>
        <source>Enter the passphrase it was made with.</source>
        <translation>请输入建立它时的口令。</translation>
    </message>
    <message>
        <source>The file of keys is full.</source>
        <translation>密钥文件已满。</translation>
    </message>
    <message>
        <source>Delete keys that are not used.</source>
        <translation>请删除不用的密钥。</translation>
    </message>
    <message>
        <source>“%1” could not be locked.</source>
        <translation>“%1”无法加锁。</translation>
    </message>
    <message>
        <source>Put the workspace on a file system that has locks.</source>
        <translation>请把工作区放在支持文件锁的文件系统上。</translation>
    </message>
    <message>
        <source>Another program holds the file of keys.</source>
        <translation>另一个程序占用着密钥文件。</translation>
    </message>
    <message>
        <source>Wait until it has ended, then try again.</source>
        <translation>请等它结束再试。</translation>
    </message>
    <message>
        <source>The keychain did not do as asked.</source>
        <translation>钥匙串没有照做。</translation>
    </message>
    <message>
        <source>Unlock the desktop&apos;s keychain, then try again.</source>
        <translation>请解锁桌面的钥匙串再试。</translation>
    </message>
    <message>
        <source>There is no keychain that can be used.</source>
        <translation>没有可用的钥匙串。</translation>
    </message>
    <message>
        <source>Log in to a desktop with a keychain and unlock it, or use a passphrase.</source>
        <translation>请登录带钥匙串的桌面并解锁，或使用口令。</translation>
    </message>
    <message>
        <source>The list of keys “%1” is damaged.</source>
        <translation>密钥列表“%1”已损坏。</translation>
    </message>
    <message>
        <source>Move it away; keys that then seem to be missing must be entered again.</source>
        <translation>请把它移开；之后显示缺少的密钥须重新输入。</translation>
    </message>
    <message>
        <source>The list of keys “%1” was made by a newer version.</source>
        <translation>密钥列表“%1”由更新版本建立。</translation>
    </message>
    <message>
        <source>“%1” does not name a key.</source>
        <translation>“%1”不是密钥的名称。</translation>
    </message>
    <message>
        <source>A key&apos;s name is TENANT/CONFIGURATION/NUMBER.</source>
        <translation>密钥的名称是 租户/配置/编号。</translation>
    </message>
    <message>
        <source>The key of this LLM is not stored.</source>
        <translation>没有保存此语言模型的密钥。</translation>
    </message>
    <message>
        <source>Enter it in the LLM&apos;s configuration, or by “society-cli secret set”.</source>
        <translation>请在语言模型的配置里输入，或用“society-cli secret set”。</translation>
    </message>
    <message>
        <source>The passphrase file “%1” is empty.</source>
        <translation>口令文件“%1”是空的。</translation>
    </message>
    <message>
        <source>Write the passphrase into its first line.</source>
        <translation>请把口令写在它的第一行。</translation>
    </message>
    <message>
        <source>Keys are kept in this desktop&apos;s keychain.</source>
        <translation>密钥保存在此桌面的钥匙串里。</translation>
    </message>
    <message>
        <source>Keys are kept in the workspace&apos;s encrypted file, because there is no keychain here.</source>
        <translation>密钥保存在工作区的加密文件里，因为这里没有钥匙串。</translation>
    </message>
    <message>
        <source>Keys are kept in memory only: %1</source>
        <translation>密钥只留在内存里：%1</translation>
    </message>
    <message>
        <source>Keys are kept in memory only: the encrypted file of keys is closed.</source>
        <translation>密钥只留在内存里：加密的密钥文件没有打开。</translation>
    </message>
    <message>
        <source>Keys are kept in memory only: there is no keychain here, and no passphrase for an encrypted file.</source>
        <translation>密钥只留在内存里：这里没有钥匙串，也没有加密文件的口令。</translation>
    </message>
    <message>
        <source>Choose a passphrase, or name a file that holds one in SOCIETY_PASSPHRASE_FILE.</source>
        <translation>请选定口令，或在 SOCIETY_PASSPHRASE_FILE 里指明存有口令的文件。</translation>
    </message>
    <message>
        <source>The encrypted file of keys is closed.</source>
        <translation>加密的密钥文件没有打开。</translation>
    </message>
    <message>
        <source>The key is in a keychain that cannot be opened here.</source>
        <translation>密钥在这里打不开的钥匙串里。</translation>
    </message>
    <message>
        <source>Log in to the desktop and unlock its keychain, or enter the key again.</source>
        <translation>请登录桌面并解锁钥匙串，或重新输入密钥。</translation>
    </message>
    <message>
        <source>Log in to the desktop and unlock its keychain, then try again.</source>
        <translation>请登录桌面并解锁钥匙串，再试一次。</translation>
    </message>
    <message>
        <source>The key is empty.</source>
        <translation>密钥是空的。</translation>
    </message>
    <message>
        <source>Enter the key that the provider gave you.</source>
        <translation>请输入提供方给你的密钥。</translation>
    </message>
</context>
<context>
    <name>Settlement</name>
    <message>
        <source>practice: free</source>
        <translation>练习：免费</translation>
    </message>
    <message>
        <source>own key: tokens free</source>
        <translation>自有密钥：词元免费</translation>
    </message>
    <message>
        <source>%1 calls estimated: the provider sent no usage</source>
        <translation>%1 次调用为估计：提供方没有给出用量</translation>
    </message>
    <message>
        <source>until the last sign of life: the run was lost</source>
        <translation>算到最后一次有动静：运行已失联</translation>
    </message>
    <message>
        <source>lines of usage.jsonl that could not be read: %1</source>
        <translation>usage.jsonl 中无法读取的行数：%1</translation>
    </message>
    <message>
        <source>without %1 s in which the machine slept</source>
        <translation>不含机器休眠的 %1 秒</translation>
    </message>
    <message>
        <source>The experiment&apos;s record has no price for %1.</source>
        <translation>实验的记录中没有 %1 的价格。</translation>
    </message>
    <message>
        <source>The experiment&apos;s record has no price for %1 of “%2”.</source>
        <translation>实验的记录中没有“%2”的 %1 的价格。</translation>
    </message>
    <message>
        <source>Put back the run&apos;s own record.json: it has the prices since the start.</source>
        <translation>请放回此运行自己的 record.json：其中有启动时的价格。</translation>
    </message>
</context>
<context>
    <name>SourceModule</name>
    <message>
        <source>The library that colours sources could not be loaded.</source>
        <translation>无法加载为源文本着色的库。</translation>
    </message>
    <message>
        <source>The text can be read and changed all the same; for colours, install Society Workbench again.</source>
        <translation>文本仍可阅读和修改；若要着色，请重新安装 Society Workbench。</translation>
    </message>
</context>
<context>
    <name>Statement</name>
    <message>
        <source>the beginning</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Statement of account</source>
        <translation>对账单</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时期</translation>
    </message>
    <message>
        <source>%1 to %2, both included</source>
        <translation>%1 至 %2（含首尾两天）</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>制作时间</translation>
    </message>
    <message>
        <source>Opening balance</source>
        <translation>期初余额</translation>
    </message>
    <message>
        <source>Closing balance</source>
        <translation>期末余额</translation>
    </message>
    <message>
        <source>Sums</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>The run&apos;s list of calls could not be read.</source>
        <translation>运行的调用列表无法读取。</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>请检查你是否有读取权限。</translation>
    </message>
    <message>
        <source>The run&apos;s list of calls was written by a newer version of this program.</source>
        <translation>运行的调用列表由更新版本的程序写成。</translation>
    </message>
    <message>
        <source>Update Society Workbench.</source>
        <translation>请更新 Society Workbench。</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>The program “%1” is missing.</source>
        <translation>程序“%1”不存在。</translation>
    </message>
    <message>
        <source>Install Society Workbench again.</source>
        <translation>请重新安装 Society Workbench。</translation>
    </message>
    <message>
        <source>The database “%1” is gone or empty, but this workspace has runs.</source>
        <translation>数据库“%1”不见了或是空的，但此工作区里有运行。</translation>
    </message>
    <message>
        <source>Put it back from a copy; to begin anew, move the folder “%1” away first.</source>
        <translation>请用副本放回它；若要重新开始，请先移走文件夹“%1”。</translation>
    </message>
    <message>
        <source>The move of this workspace&apos;s database to a server was interrupted at its last step.</source>
        <translation>此工作区的数据库移到服务器时，在最后一步中断了。</translation>
    </message>
    <message>
        <source>Everything is there: rename “%1” to “database.json”, and the workspace uses it.</source>
        <translation>数据都在：把“%1”改名为“database.json”，工作区就会使用它。</translation>
    </message>
</context>
<context>
    <name>WorkspaceDatabase</name>
    <message>
        <source>The audits of the two databases do not say the same.</source>
        <translation>两个数据库的审计结果不一致。</translation>
    </message>
    <message>
        <source>Nothing was moved. See what an audit says of this one.</source>
        <translation>没有迁移任何内容。请查看对此数据库的审计结果。</translation>
    </message>
    <message>
        <source>The move was cancelled.</source>
        <translation>迁移已取消。</translation>
    </message>
    <message>
        <source>Nothing was moved; begin again when it suits.</source>
        <translation>没有迁移任何内容；方便时再重新开始。</translation>
    </message>
    <message>
        <source>“%1” could not be renamed.</source>
        <translation>无法重命名“%1”。</translation>
    </message>
    <message>
        <source>Rename it by hand: the workspace does not use it any more.</source>
        <translation>请手动重命名：工作区已不再使用它。</translation>
    </message>
    <message>
        <source>The database of this workspace is on a server already.</source>
        <translation>此工作区的数据库已在服务器上。</translation>
    </message>
    <message>
        <source>It is in %1.</source>
        <translation>它位于 %1。</translation>
    </message>
    <message>
        <source>The database of this workspace is a file already.</source>
        <translation>此工作区的数据库已是文件。</translation>
    </message>
    <message>
        <source>It is “%1”.</source>
        <translation>它是“%1”。</translation>
    </message>
    <message>
        <source>There is a file “%1” already.</source>
        <translation>已存在文件“%1”。</translation>
    </message>
    <message>
        <source>Move it away first.</source>
        <translation>请先将其移走。</translation>
    </message>
    <message>
        <source>The database of this workspace is a file.</source>
        <translation>此工作区的数据库是一个文件。</translation>
    </message>
    <message>
        <source>Move it to a server first.</source>
        <translation>请先将其迁移到服务器。</translation>
    </message>
    <message>
        <source>This workspace has a database of its own with %L1 experiments and %L2 bills, “%3”.</source>
        <translation>此工作区有自己的数据库“%3”，含 %L1 个实验和 %L2 张账单。</translation>
    </message>
    <message>
        <source>Move it to an empty ledger on the server, or use the server&apos;s from a new workspace.</source>
        <translation>请将其迁移到服务器上的空账本，或从新的工作区使用服务器的账本。</translation>
    </message>
    <message>
        <source>Take away what is in the way, “%1”.</source>
        <translation>请移走挡在那里的“%1”。</translation>
    </message>
    <message>
        <source>“%1” is to be renamed to “%2” by hand.</source>
        <translation>需要手动把“%1”改名为“%2”。</translation>
    </message>
    <message>
        <source>The workspace goes on where it was. The copy in “%1” belongs to nobody: its administrator empties that ledger before the next move.</source>
        <translation>工作区继续使用原来的数据库。“%1”中的副本不属于任何人：下次移动之前，由其管理员清空该账本。</translation>
    </message>
    <message>
        <source>The ledger on the server may be closed for writing already; it can be moved again.</source>
        <translation>服务器上的账本可能已禁止写入；可以再次移动。</translation>
    </message>
</context>
<context>
    <name>Zip</name>
    <message>
        <source>The export was cancelled.</source>
        <translation>导出已取消。</translation>
    </message>
    <message>
        <source>The library that writes archives could not be loaded.</source>
        <translation>无法加载用于写入压缩包的库。</translation>
    </message>
    <message>
        <source>Install the package libarchive13, or export into a folder.</source>
        <translation>请安装软件包 libarchive13，或导出到文件夹。</translation>
    </message>
</context>
<context>
    <name>society::models::AuditReportModel</name>
    <message numerus="yes">
        <source>%n bill(s) were added up and compared with the balance, the holds and what the run directories say.</source>
        <translation>
            <numerusform>已把 %n 张账单相加，并与余额、冻结和运行目录的记录比对。</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything agrees.</source>
        <translation>全部一致。</translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s):</source>
        <translation>
            <numerusform>%n 处差异：</numerusform>
        </translation>
    </message>
    <message>
        <source>correct a bill by %1</source>
        <translation>更正账单 %1</translation>
    </message>
    <message>
        <source>give %1 back</source>
        <translation>退回 %1</translation>
    </message>
    <message>
        <source>add balance and totals up anew</source>
        <translation>重新计算余额和合计</translation>
    </message>
    <message>
        <source>Expected %1, found %2.</source>
        <translation>应为 %1，实为 %2。</translation>
    </message>
    <message>
        <source>Proposed: %1.</source>
        <translation>建议：%1。</translation>
    </message>
    <message>
        <source>Not compared with its folder: %1</source>
        <translation>未能与其文件夹核对：%1</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实为</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
</context>
<context>
    <name>society::models::BillGroupModel</name>
    <message>
        <source>no model (recharges, run time)</source>
        <translation>无模型（充值、运行时间）</translation>
    </message>
    <message>
        <source>no experiment (recharges)</source>
        <translation>无实验（充值）</translation>
    </message>
    <message>
        <source>Of what the groups that cost money spent together</source>
        <translation>占所有花费分组合计的比例</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Share of the spend</source>
        <translation>占花费的比例</translation>
    </message>
</context>
<context>
    <name>society::models::BillListModel</name>
    <message>
        <source>Recharge</source>
        <translation>充值</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>输入词元</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出词元</translation>
    </message>
    <message>
        <source>Run time</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>%1 per %2 ms</source>
        <translation>每 %2 毫秒 %1</translation>
    </message>
    <message>
        <source>%1 per %2 tokens</source>
        <translation>每 %2 个词元 %1</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Balance after</source>
        <translation>之后的余额</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>%1: what the whole account came to with this bill, whatever is filtered</source>
        <translation>%1：记入此账单后整个账户的余额，与筛选无关</translation>
    </message>
</context>
<context>
    <name>society::models::ConfigListModel</name>
    <message>
        <source>public</source>
        <translation>公共</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新于</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>society::models::ExperimentListModel</name>
    <message>
        <source>%1, %2 of %3 steps</source>
        <translation>%1，第 %2 步，共 %3 步</translation>
    </message>
    <message>
        <source>Ray</source>
        <translation>Ray</translation>
    </message>
    <message>
        <source>light start</source>
        <translation>轻启动</translation>
    </message>
    <message>
        <source>free</source>
        <comment>cost of a practice run</comment>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <translation>输入 %1，输出 %2</translation>
    </message>
    <message>
        <source>A practice run costs nothing.</source>
        <translation>练习运行不花钱。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>LLM</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>建立</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Population</source>
        <translation>人口</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>society::models::HoldListModel</name>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>has not ended</source>
        <translation>尚未结束</translation>
    </message>
    <message>
        <source>has ended without a bill: nothing will release it</source>
        <translation>已结束但没有账单：不会自动退回</translation>
    </message>
    <message>
        <source>was deleted or is unknown: nothing will release it</source>
        <translation>已删除或未知：不会自动退回</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>society::models::MemberListModel</name>
    <message>
        <source>observer</source>
        <translation>观察者</translation>
    </message>
    <message>
        <source>member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>admin</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的%1</translation>
    </message>
    <message>
        <source>no role</source>
        <translation>没有角色</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>自</translation>
    </message>
</context>
<context>
    <name>society::models::PriceChangeModel</name>
    <message>
        <source>new, a hundred times more or less</source>
        <translation>新，百倍或百分之一</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>现行</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>起效时间</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>society::models::PriceListModel</name>
    <message>
        <source>every model</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>always</source>
        <translation>一直</translation>
    </message>
    <message>
        <source>past</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>现行</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>将起效</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>per %1 tokens</source>
        <translation>每 %1 个词元</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>起效时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>society::models::ResultTableModel</name>
    <message>
        <source>Agent</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Second of day</source>
        <translation>当天的秒数</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>行动</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>说话者</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>问卷</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Tick</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>LLM entry</source>
        <translation>模型条目</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Prompt kind</source>
        <translation>提示词种类</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入词元</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出词元</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>Latency (ms)</source>
        <translation>延迟（毫秒）</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP 状态</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
</context>
<context>
    <name>society::models::SpendTableModel</name>
    <message>
        <source>no model (run time)</source>
        <translation>无模型（运行时间）</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>on %1 at the earliest</source>
        <translation>最早在 %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>大约在 %1</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>在 %1 与 %2 之间</translation>
    </message>
    <message>
        <source>If spending goes on as in the last 7 and the last 30 whole days (%1 to %2 a day on average), the balance is used up %3. Recharges are not foreseen.</source>
        <translation>若按最近 7 个和 30 个整天的花费（平均每天 %1 至 %2）继续，余额将%3用完。未计入充值。</translation>
    </message>
    <message>
        <source>The balance is used up.</source>
        <translation>余额已用完。</translation>
    </message>
    <message>
        <source>At what was spent in the last 30 days the balance lasts for good.</source>
        <translation>按最近 30 天的花费，余额可长期使用。</translation>
    </message>
    <message>
        <source>No forecast yet: it needs 7 whole days since the first charge, and charges on 3 of the last 30 days.</source>
        <translation>暂无预测：需要自首次收费起满 7 天，且最近 30 天中有 3 天产生费用。</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Balance at its end</source>
        <translation>当日结束时余额</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>花费</translation>
    </message>
</context>
<context>
    <name>society::models::TenantListModel</name>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Spent this month</source>
        <translation>本月花费</translation>
    </message>
    <message>
        <source>Last bill</source>
        <translation>最近账单</translation>
    </message>
    <message>
        <source>Runs in progress</source>
        <translation>进行中的运行</translation>
    </message>
</context>
<context>
    <name>society::models::TroublesModel</name>
    <message numerus="yes">
        <source>%Ln error line(s)</source>
        <translation>
            <numerusform>%Ln 行错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln traceback(s)</source>
        <translation>
            <numerusform>%Ln 处回溯</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) were retried</source>
        <translation>
            <numerusform>%Ln 次调用被重试</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s) could not be used</source>
        <translation>
            <numerusform>%Ln 个回答无法使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Error lines</source>
        <translation>错误行</translation>
    </message>
    <message>
        <source>Tracebacks</source>
        <translation>回溯</translation>
    </message>
    <message>
        <source>Retried calls</source>
        <translation>重试的调用</translation>
    </message>
    <message>
        <source>Unusable answers</source>
        <translation>无法使用的回答</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln line(s)</source>
        <translation>
            <numerusform>%1，%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
</context>
<context>
    <name>society::ui::AccountsPage</name>
    <message>
        <source>spent this month %1 · last month %2</source>
        <translation>本月支出 %1 · 上月 %2</translation>
    </message>
    <message>
        <source>No money is held for runs.</source>
        <translation>没有为运行冻结资金。</translation>
    </message>
    <message numerus="yes">
        <source>Held for %n run(s)</source>
        <translation>
            <numerusform>为 %n 次运行冻结</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the bill to correct in the list.</source>
        <translation>请在列表中选择要更正的账单。</translation>
    </message>
    <message>
        <source>Recharge</source>
        <translation>充值</translation>
    </message>
    <message>
        <source>Adds money to “%1”. A recharge cannot be taken back; a correction can set it right.</source>
        <translation>给“%1”加钱。充值不能撤回，但可以用更正来改正。</translation>
    </message>
    <message>
        <source>&amp;Recharge</source>
        <translation>充值(&amp;R)</translation>
    </message>
    <message>
        <source>%1 of “%2”</source>
        <translation>“%2”的%1</translation>
    </message>
    <message>
        <source>Correct a bill</source>
        <translation>更正账单</translation>
    </message>
    <message>
        <source>%1: %2. A bill never changes: a new one that names it adds this amount (negative: takes away).</source>
        <translation>%1：%2。账单从不改变：新账单会指明它，并加上这个金额（负数为减去）。</translation>
    </message>
    <message>
        <source>&amp;Write the correction</source>
        <translation>写入更正(&amp;W)</translation>
    </message>
    <message>
        <source>Auditing the account</source>
        <translation>正在审计账户</translation>
    </message>
    <message>
        <source>Export the bills shown</source>
        <translation>导出所显示的账单</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Exporting bills</source>
        <translation>正在导出账单</translation>
    </message>
    <message>
        <source>balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>held for runs</source>
        <translation>为运行冻结</translation>
    </message>
    <message>
        <source>available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>account of %1</source>
        <translation>%1 的账户</translation>
    </message>
    <message>
        <source>Re&amp;charge…</source>
        <translation>充值(&amp;C)…</translation>
    </message>
    <message>
        <source>C&amp;orrect…</source>
        <translation>更正(&amp;O)…</translation>
    </message>
    <message>
        <source>A&amp;udit</source>
        <translation>审计(&amp;U)</translation>
    </message>
    <message>
        <source>Adds up every bill again and compares</source>
        <translation>把每张账单重新相加并比对</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>No bills here. Recharge adds money; each run that uses any adds its own.</source>
        <translation>这里没有账单。充值会加钱；每次用到钱的运行会加上自己的账单。</translation>
    </message>
    <message>
        <source>Money held for runs</source>
        <translation>为运行冻结的资金</translation>
    </message>
    <message>
        <source>&amp;Open the run</source>
        <translation>打开该运行(&amp;O)</translation>
    </message>
    <message>
        <source>Only this experiment&apos;s &amp;bills</source>
        <translation>只看此实验的账单(&amp;B)</translation>
    </message>
    <message numerus="yes">
        <source>%n of them can be given back</source>
        <translation>
            <numerusform>其中 %n 笔可退回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln bill(s) · sum %1</source>
        <translation>
            <numerusform>%Ln 张账单 · 合计 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a hold that nothing will release.</source>
        <translation>请选择一笔不会自动退回的冻结。</translation>
    </message>
    <message>
        <source>Give a hold back</source>
        <translation>退回冻结</translation>
    </message>
    <message>
        <source>%1 held for “%2” become available again. If the run is billed after all, it is billed in full.
Reason:</source>
        <translation>为“%2”冻结的 %1 将重新可用。若该运行最终仍要计费，会全额计费。
理由：</translation>
    </message>
    <message>
        <source>Writes the bills that are filtered as CSV</source>
        <translation>把筛选出的账单写成 CSV</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Statement…</source>
        <translation>对账单(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Prices…</source>
        <translation>价格(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Tenants…</source>
        <translation>租户(&amp;T)…</translation>
    </message>
    <message>
        <source>each bill</source>
        <translation>逐张账单</translation>
    </message>
    <message>
        <source>by experiment</source>
        <translation>按实验</translation>
    </message>
    <message>
        <source>by model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>by item</source>
        <translation>按项目</translation>
    </message>
    <message>
        <source>by day</source>
        <translation>按日</translation>
    </message>
    <message>
        <source>by month</source>
        <translation>按月</translation>
    </message>
    <message>
        <source>How the bills are grouped</source>
        <translation>账单的分组方式</translation>
    </message>
    <message>
        <source>Groups of bills</source>
        <translation>账单分组</translation>
    </message>
    <message>
        <source>Only the &amp;bills of this group</source>
        <translation>只看此组的账单(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Find in the bills</source>
        <translation>在账单中查找(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Give back…</source>
        <translation>退回(&amp;G)…</translation>
    </message>
    <message>
        <source>Only the %L1 dearest of %L2 groups are listed. Narrow the filter to see the others.</source>
        <translation>只列出 %L2 组中花费最多的 %L1 组。要看其余的，请缩小筛选范围。</translation>
    </message>
</context>
<context>
    <name>society::ui::AuditDialog</name>
    <message>
        <source>&amp;Put right…</source>
        <translation>改正(&amp;P)…</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>What the audit found</source>
        <translation>审计结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>复制为文本(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save as JSON…</source>
        <translation>存为 JSON(&amp;S)…</translation>
    </message>
    <message>
        <source>Does what is proposed for the lines that are chosen, or for all</source>
        <translation>按建议处理所选各行，或全部</translation>
    </message>
    <message>
        <source>Nothing is proposed: only people can say what is right here.</source>
        <translation>没有建议：这里只有人才能判断对错。</translation>
    </message>
    <message>
        <source>Put right what differs</source>
        <translation>改正差异</translation>
    </message>
    <message numerus="yes">
        <source>%Ln proposal(s) will be followed, all together or none.</source>
        <translation>
            <numerusform>将采纳 %Ln 条建议，全部或全不。</numerusform>
        </translation>
    </message>
    <message>
        <source>Bills are never changed: corrections are new bills, and say why.</source>
        <translation>账单从不改变：更正是新账单，并说明理由。</translation>
    </message>
    <message>
        <source>&amp;Put right</source>
        <translation>改正(&amp;P)</translation>
    </message>
    <message>
        <source>Save what the audit found</source>
        <translation>保存审计结果</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>society::ui::BillFilterBar</name>
    <message>
        <source>every model</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>only of no run ✕</source>
        <translation>仅无运行的 ✕</translation>
    </message>
    <message>
        <source>only “%1” ✕</source>
        <translation>仅“%1” ✕</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>experiment, model, text…</source>
        <translation>实验、模型、文字…</translation>
    </message>
    <message>
        <source>Filter the bills</source>
        <translation>筛选账单</translation>
    </message>
    <message>
        <source>What the bills are for</source>
        <translation>账单的用途</translation>
    </message>
    <message>
        <source>Model that the bills are for</source>
        <translation>账单所属的模型</translation>
    </message>
    <message>
        <source>Show the bills of all experiments again</source>
        <translation>重新显示所有实验的账单</translation>
    </message>
    <message>
        <source>C&amp;lear filters</source>
        <translation>清除筛选(&amp;L)</translation>
    </message>
    <message>
        <source>Esc brings them back</source>
        <translation>按 Esc 可恢复</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>第一天</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>to</source>
        <comment>between two amounts</comment>
        <translation>到</translation>
    </message>
    <message>
        <source>Least amount</source>
        <translation>最小金额</translation>
    </message>
    <message>
        <source>Largest amount</source>
        <translation>最大金额</translation>
    </message>
    <message>
        <source>Charges are negative: from −5 to −1 shows charges of one to five.</source>
        <translation>收费为负数：从 −5 到 −1 显示 1 到 5 的收费。</translation>
    </message>
</context>
<context>
    <name>society::ui::CommandPalette</name>
    <message>
        <source>Find an experiment, a configuration or a command…</source>
        <translation>查找实验、配置或命令…</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>查找任何东西</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
</context>
<context>
    <name>society::ui::ConfigDetail</name>
    <message>
        <source>The document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>“%1” is nowhere</source>
        <translation>没有找到“%1”</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源文本</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>&amp;Save a version</source>
        <translation>保存为新版本(&amp;S)</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>D&amp;iscard</source>
        <translation>放弃(&amp;I)</translation>
    </message>
    <message>
        <source>Back to the newest version</source>
        <translation>回到最新版本</translation>
    </message>
    <message>
        <source>&amp;Duplicate to edit</source>
        <translation>复制后编辑(&amp;D)</translation>
    </message>
    <message>
        <source>find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Find in the source</source>
        <translation>在源文本中查找</translation>
    </message>
    <message>
        <source>Source of the configuration</source>
        <translation>配置的源文本</translation>
    </message>
    <message>
        <source>Problems of the configuration</source>
        <translation>配置的问题</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>建立于</translation>
    </message>
    <message>
        <source>By</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>Versions of the configuration</source>
        <translation>配置的各个版本</translation>
    </message>
    <message>
        <source>Experiments that use the configuration</source>
        <translation>使用此配置的实验</translation>
    </message>
    <message>
        <source>Steps of the workflow</source>
        <translation>工作流的步骤</translation>
    </message>
    <message>
        <source>Return or a double click shows the step in the source.</source>
        <translation>按回车或双击，在源文本中显示该步骤。</translation>
    </message>
    <message>
        <source>Sho&amp;w its source</source>
        <translation>显示其源文本(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Restore as the newest</source>
        <translation>恢复为最新版本(&amp;R)</translation>
    </message>
    <message>
        <source>Maps of real cities are files in AgentSociety&apos;s format (.pb): its website offers some, and its map tools make others from OpenStreetMap. Import brings them in. The practice town has areas and shops but no roads: people move in straight lines.</source>
        <translation>真实城市的地图是 AgentSociety 格式的文件（.pb）：其网站提供一些，其地图工具可用 OpenStreetMap 制作别的，用“导入”带进来。练习小镇有区域和商店，但没有道路：人沿直线移动。</translation>
    </message>
    <message>
        <source>public, read-only · version %1</source>
        <translation>公共，只读 · 版本 %1</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>没有发现问题</translation>
    </message>
    <message>
        <source>Find ne&amp;xt</source>
        <translation>查找下一个(&amp;X)</translation>
    </message>
</context>
<context>
    <name>society::ui::ConfigPicker</name>
    <message>
        <source>public</source>
        <translation>公共</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>filter…</source>
        <translation>筛选…</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>筛选：%1</translation>
    </message>
    <message>
        <source>Choice: %1</source>
        <translation>选择：%1</translation>
    </message>
    <message>
        <source>Summary: %1</source>
        <translation>摘要：%1</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit: %1</source>
        <translation>编辑：%1</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New: %1</source>
        <translation>新建：%1</translation>
    </message>
</context>
<context>
    <name>society::ui::ConfigurationsPage</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>“%1” has changes that were not saved.</source>
        <translation>“%1”有更改尚未保存。</translation>
    </message>
    <message>
        <source>Going on drops them. Cancel, then Ctrl+S saves them as a new version.</source>
        <translation>继续会丢弃这些更改。若先取消，可按 Ctrl+S 保存为新版本。</translation>
    </message>
    <message>
        <source>Drop the changes</source>
        <translation>丢弃更改</translation>
    </message>
    <message>
        <source>filter…</source>
        <translation>筛选…</translation>
    </message>
    <message>
        <source>Filter the configurations</source>
        <translation>筛选配置</translation>
    </message>
    <message>
        <source>Kinds of configurations</source>
        <translation>配置的种类</translation>
    </message>
    <message>
        <source>Configurations</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>None of this kind yet. New begins one; Import brings files in, and so does dropping them here.</source>
        <translation>还没有这一种。“新建”可开始一个；“导入”可带进文件，拖放到这里也行。</translation>
    </message>
    <message>
        <source>Choose a configuration at the left.</source>
        <translation>请在左边选择一个配置。</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation>导入(&amp;M)…</translation>
    </message>
    <message>
        <source>D&amp;uplicate…</source>
        <translation>复制(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Save a version</source>
        <translation>保存为新版本(&amp;S)</translation>
    </message>
    <message>
        <source>Import configurations</source>
        <translation>导入配置</translation>
    </message>
    <message>
        <source>Configurations, maps, profiles (*.json *.yaml *.yml *.pb *.csv *.jsonl)</source>
        <translation>配置、地图、人物档案 (*.json *.yaml *.yml *.pb *.csv *.jsonl)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>Importing %n file(s)</source>
        <translation>
            <numerusform>正在导入 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <translation>%1“%2”</translation>
    </message>
    <message>
        <source>%1 “%2” was there already, the same</source>
        <translation>%1“%2”已经有了，内容相同</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What to know about it:</source>
        <translation>需要知道的：</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>导出“%1”</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Name of the copy (keys are not copied):</source>
        <translation>副本的名称（不复制密钥）：</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1（副本）</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>New name:</source>
        <translation>新名称：</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete “%1”?</source>
        <translation>删除“%1”？</translation>
    </message>
    <message numerus="yes">
        <source>%n version(s) of it are lost. Nothing is deleted while an experiment uses it.</source>
        <translation>
            <numerusform>它的 %n 个版本将丢失。仍被实验使用时不会删除。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::DataTable</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy as CS&amp;V</source>
        <translation>复制为 CSV(&amp;V)</translation>
    </message>
</context>
<context>
    <name>society::ui::DatabaseDialog</name>
    <message>
        <source>A file of this workspace: %1</source>
        <translation>此工作区的文件：%1</translation>
    </message>
    <message>
        <source>The ledger in %1</source>
        <translation>%1 中的账本</translation>
    </message>
    <message>
        <source>The ledger in %1
You are “%2” there: %3.</source>
        <translation>%1 中的账本
您在那里是“%2”：%3。</translation>
    </message>
    <message>
        <source>one is stored</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>else ~/.pgpass is asked</source>
        <translation>留空则查询 ~/.pgpass</translation>
    </message>
    <message>
        <source>Encryption is required; the server&apos;s certificate must be signed by this authority and name “%1”.</source>
        <translation>必须加密；服务器的证书须由此机构签署，并写明“%1”。</translation>
    </message>
    <message>
        <source>Encryption is required, unless the server is this machine.</source>
        <translation>除非服务器就是本机，否则必须加密。</translation>
    </message>
    <message>
        <source>This machine: what is said does not leave it, so encryption is not required.</source>
        <translation>本机：通信不会离开本机，因此不要求加密。</translation>
    </message>
    <message>
        <source>Encryption is required; any certificate is taken. Give that of the authority to be sure who answers.</source>
        <translation>必须加密；接受任何证书。给出签发机构的证书，才能确定是谁在应答。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Moving…</source>
        <translation>正在迁移…</translation>
    </message>
    <message>
        <source>encrypted (%1)</source>
        <translation>已加密（%1）</translation>
    </message>
    <message>
        <source>not encrypted (this machine)</source>
        <translation>未加密（本机）</translation>
    </message>
    <message>
        <source>It works: PostgreSQL %1, %2, %3 ms away. You are “%4” there: %5.</source>
        <translation>可以使用：PostgreSQL %1，%2，往返 %3 毫秒。您在那里是“%4”：%5。</translation>
    </message>
    <message>
        <source>The password is kept until the window closes: %1 %2</source>
        <translation>密码只保留到窗口关闭：%1 %2</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Use the ledger on a server</source>
        <translation>使用服务器上的账本</translation>
    </message>
    <message>
        <source>The workspace uses the ledger in %1 from now on.</source>
        <translation>此后工作区使用 %1 中的账本。</translation>
    </message>
    <message>
        <source>Its own database is set aside as a file beside it, with the configurations and settings in it: they are not shown any more. That is done only where it has no experiments and no bills; else move it.</source>
        <translation>它自己的数据库连同其中的配置和设置将作为文件放在一旁，不再显示。只有其中没有实验和账单时才能这样做；否则请迁移。</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>使用(&amp;U)</translation>
    </message>
    <message>
        <source>Move the workspace to the server</source>
        <translation>将工作区迁移到服务器</translation>
    </message>
    <message>
        <source>Everything in this workspace&apos;s database goes to the ledger in %1: experiments, bills, prices, configurations.</source>
        <translation>此工作区数据库中的一切都将转到 %1 中的账本：实验、账单、价格、配置。</translation>
    </message>
    <message>
        <source>That ledger must be empty, and you its admin. Both are audited and compared before the workspace changes over; the file is kept. Runs in progress go on; starts wait. Whoever else has this workspace open must open it again.</source>
        <translation>该账本必须为空，且您是其管理员。切换之前会审计并比较两者；文件会保留。进行中的运行会继续；新的启动会等待。其他打开此工作区的程序须重新打开。</translation>
    </message>
    <message>
        <source>&amp;Move it</source>
        <translation>迁移(&amp;M)</translation>
    </message>
    <message>
        <source>Move the ledger back to a file</source>
        <translation>将账本迁回文件</translation>
    </message>
    <message>
        <source>Everything in the ledger in %1 goes into a file of this workspace.</source>
        <translation>%1 中账本的一切都将转到此工作区的文件。</translation>
    </message>
    <message>
        <source>On the server it is closed for writing, for all who share it. Members and roles do not come along: whoever can read the file sees every tenant. Both are audited and compared before the workspace changes over.</source>
        <translation>服务器上的账本对所有共享者都将停止写入。成员和角色不会带走：能读取该文件的人可看到所有租户。切换之前会审计并比较两者。</translation>
    </message>
    <message>
        <source>Auditing both and comparing…</source>
        <translation>正在审计两者并比较…</translation>
    </message>
    <message>
        <source>%1: %L2 rows</source>
        <translation>%1：%L2 行</translation>
    </message>
    <message>
        <source>The workspace uses the ledger in %1.</source>
        <translation>工作区使用 %1 中的账本。</translation>
    </message>
    <message>
        <source>Its own database is kept as %1.</source>
        <translation>它自己的数据库保留为 %1。</translation>
    </message>
    <message>
        <source>%L1 rows, %L2 of them bills, are now in %3.</source>
        <translation>%L1 行（其中 %L2 张账单）现在位于 %3。</translation>
    </message>
    <message>
        <source>Both databases were audited and compared: they are the same, and everything agrees.</source>
        <translation>两个数据库已审计并比较：二者相同，且一切相符。</translation>
    </message>
    <message numerus="yes">
        <source>Both databases were audited and compared: they are the same, also in %Ln difference(s) that the audit found. Accounts names them.</source>
        <translation>
            <numerusform>两个数据库已审计并比较：二者相同，包括审计发现的 %Ln 处差异。“账户”页面会列出它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>What was before is kept as %1; nobody writes to it any more.</source>
        <translation>之前的内容保留为 %1；不再有人写入它。</translation>
    </message>
    <message>
        <source>Certificate of the authority</source>
        <translation>签发机构的证书</translation>
    </message>
    <message>
        <source>Certificates (*.crt *.pem)</source>
        <translation>证书 (*.crt *.pem)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>A ledger on a server</source>
        <translation>服务器上的账本</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>服务器(&amp;S)</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>数据库(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>C&amp;ertificate</source>
        <translation>证书(&amp;E)</translation>
    </message>
    <message>
        <source>such as db.example.org</source>
        <translation>例如 db.example.org</translation>
    </message>
    <message>
        <source>of the authority that has signed the server&apos;s</source>
        <translation>签署服务器证书的机构的证书</translation>
    </message>
    <message>
        <source>Choose the file with the certificate</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Connects, and says what is there and who you are. Changes nothing.</source>
        <translation>连接并说明那里有什么、您是谁。不作任何改动。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Use this ledger…</source>
        <translation>使用此账本(&amp;U)…</translation>
    </message>
    <message>
        <source>The workspace shows what is there from now on.</source>
        <translation>此后工作区显示那里的内容。</translation>
    </message>
    <message>
        <source>Mo&amp;ve this workspace to the server…</source>
        <translation>将此工作区迁移到服务器(&amp;V)…</translation>
    </message>
    <message>
        <source>Takes everything along into an empty ledger.</source>
        <translation>将一切带入一个空账本。</translation>
    </message>
    <message>
        <source>Move back to a &amp;file…</source>
        <translation>迁回文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Takes everything from the server into a file of this workspace.</source>
        <translation>将服务器上的一切带入此工作区的文件。</translation>
    </message>
    <message>
        <source>&amp;Members…</source>
        <translation>成员(&amp;M)…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>The database in use</source>
        <translation>正在使用的数据库</translation>
    </message>
    <message>
        <source>What the server has answered</source>
        <translation>服务器的应答</translation>
    </message>
</context>
<context>
    <name>society::ui::ErrorPanel</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the problem</source>
        <translation>问题的详情</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the problem&apos;s text</source>
        <translation>复制问题的文字</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Dismiss the problem</source>
        <translation>关闭问题提示</translation>
    </message>
    <message>
        <source>Details for a developer</source>
        <translation>给开发者的详情</translation>
    </message>
</context>
<context>
    <name>society::ui::ExperimentsPage</name>
    <message>
        <source>%1 of %2</source>
        <translation>共 %2 个，显示 %1 个</translation>
    </message>
    <message numerus="yes">
        <source>%Ln experiment(s)</source>
        <translation>
            <numerusform>%Ln 个实验</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no experiments yet. Start the first one on the Launch page (Ctrl+1).</source>
        <translation>还没有实验。请在“启动”页开始第一个（Ctrl+1）。</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>正在读取列表…</translation>
    </message>
    <message>
        <source>No experiment matches the filter.</source>
        <translation>没有符合筛选的实验。</translation>
    </message>
    <message>
        <source>Rename the experiment</source>
        <translation>重命名实验</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message numerus="yes">
        <source>Note on %Ln experiment(s)</source>
        <translation>
            <numerusform>%Ln 个实验的备注</numerusform>
        </translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Delete the experiment “%1”?</source>
        <translation>删除实验“%1”？</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln experiment(s)?</source>
        <translation>
            <numerusform>删除 %Ln 个实验？</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete experiments</source>
        <translation>删除实验</translation>
    </message>
    <message>
        <source>Their logs, records and results are deleted from the disk and cannot be brought back. Their bills stay.</source>
        <translation>它们的日志、记录和结果会从磁盘删除，无法找回。账单会保留。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Filter by name, configuration, note…</source>
        <translation>按名称、配置、备注筛选…</translation>
    </message>
    <message>
        <source>Filter the experiments</source>
        <translation>筛选实验</translation>
    </message>
    <message>
        <source>Filter by state</source>
        <translation>按状态筛选</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新的运行</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Re-run</source>
        <translation>重新运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Clone and edit</source>
        <translation>克隆并编辑(&amp;C)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>No&amp;te…</source>
        <translation>备注(&amp;T)…</translation>
    </message>
    <message>
        <source>Show &amp;bills</source>
        <translation>显示账单(&amp;B)</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>Give &amp;up for lost…</source>
        <translation>放弃并算作丢失(&amp;U)…</translation>
    </message>
    <message>
        <source>Give a run up for lost</source>
        <translation>放弃运行并算作丢失</translation>
    </message>
    <message>
        <source>“%1” is a run of another workspace that shares this ledger. Only where that workspace is gone for good: the run counts as lost then, without a bill, and the %2 held for it become available again.
What has become of the workspace:</source>
        <translation>“%1”是共享此账本的另一个工作区的运行。只有当那个工作区不再存在时才这样做：该运行算作丢失，不产生账单，为它预留的 %2 重新可用。
那个工作区怎么了：</translation>
    </message>
    <message>
        <source>Give &amp;up its bill…</source>
        <translation>放弃其账单(&amp;U)…</translation>
    </message>
    <message>
        <source>“%1” has ended, but its bill cannot be made. Only where what is missing of it is gone for good: nothing is billed for it then, ever, and the %2 held for it become available again. The reason is kept, and every audit names it.
What has become of the run&apos;s record:</source>
        <translation>“%1”已结束，但无法出账。只有当缺失的内容已永远丢失时才这样做：此后不再为它计费，为它冻结的 %2 恢复可用。原因会保留，每次审计都会列出。
此运行的记录下落如何：</translation>
    </message>
    <message>
        <source>Give a bill up</source>
        <translation>放弃账单</translation>
    </message>
    <message>
        <source>The folder of “%1” is out of reach. Only where the disk that it is on is gone for good: the run counts as lost then, nothing is billed for it, ever, and the %2 held for it become available again. The reason is kept, and every audit names it.
What has become of the disk:</source>
        <translation>无法访问“%1”的文件夹。只有当它所在的磁盘不再存在时才这样做：该运行算作丢失，永远不产生账单，为它预留的 %2 重新可用。原因会被保留，每次审计都会列出它。
那个磁盘怎么了：</translation>
    </message>
    <message>
        <source>“%1” has ended, but its folder is out of reach. Only where the disk that it is on is gone for good: nothing is billed for it then, ever, and the %2 held for it become available again. The reason is kept, and every audit names it.
What has become of the disk:</source>
        <translation>“%1”已结束，但无法访问它的文件夹。只有当它所在的磁盘不再存在时才这样做：永远不再为它计费，为它预留的 %2 重新可用。原因会被保留，每次审计都会列出它。
那个磁盘怎么了：</translation>
    </message>
</context>
<context>
    <name>society::ui::LaunchPage</name>
    <message>
        <source>%1 · available %2</source>
        <translation>%1 · 可用 %2</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>没有选择。</translation>
    </message>
    <message>
        <source>Choose one of each: “%1” has none chosen.</source>
        <translation>每种都要选一个：“%1”还没有选。</translation>
    </message>
    <message>
        <source>The cap “%1” is no amount of money.</source>
        <translation>上限“%1”不是金额。</translation>
    </message>
    <message>
        <source>The cap must not be negative.</source>
        <translation>上限不能是负数。</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 4294967295.</source>
        <translation>种子必须是 0 到 4294967295 的整数。</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>The check could not be made.</source>
        <translation>未能完成检查。</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) must be solved first.</source>
        <translation>
            <numerusform>须先解决 %n 个问题。</numerusform>
        </translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Ctrl+Return, or Return in the name</source>
        <translation>Ctrl+Return，或在名称处按回车</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Start · free</source>
        <translation>启动 · 免费(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Start · holds %1</source>
        <translation>启动 · 冻结 %1(&amp;S)</translation>
    </message>
    <message>
        <source>%1 is set aside until the run has ended; then what it used is billed and the rest is free again.</source>
        <translation>冻结 %1 直到运行结束；届时按实际用量计费，其余解冻。</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>checked just now</source>
        <translation>刚刚检查过</translation>
    </message>
    <message numerus="yes">
        <source>checked %n s ago</source>
        <translation>
            <numerusform>%n 秒前检查</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>checked %n min ago</source>
        <translation>
            <numerusform>%n 分钟前检查</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Name of the experiment</source>
        <translation>实验的名称</translation>
    </message>
    <message>
        <source>Practice: a scripted model inside this computer answers for the agents. It needs no key and no network and costs nothing. Everything else is the real thing; what the agents say means nothing.</source>
        <translation>练习：由本机内照脚本回答的模型代智能体作答，不用密钥，不联网，不花钱。其余一切都是真的；智能体所说的话没有意义。</translation>
    </message>
    <message>
        <source>Before it can start</source>
        <translation>启动之前</translation>
    </message>
    <message>
        <source>Problems before the start</source>
        <translation>启动之前的问题</translation>
    </message>
    <message>
        <source>Ca&amp;p</source>
        <translation>上限(&amp;P)</translation>
    </message>
    <message>
        <source>Cap on the cost</source>
        <translation>费用上限</translation>
    </message>
    <message>
        <source>The most that this run is meant to cost; so much is set aside. Empty: the usual amount.</source>
        <translation>这次运行最多打算花的钱，会先冻结这么多。留空：通常的金额。</translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation>种子(&amp;D)</translation>
    </message>
    <message>
        <source>Seed of the run</source>
        <translation>运行的种子</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>The same seed with the same configurations gives the same run. Empty: a random one, shown with the run.</source>
        <translation>相同的种子加相同的配置，得到相同的运行。留空：随机，会随运行显示。</translation>
    </message>
    <message>
        <source>Export the run file</source>
        <translation>导出运行文件</translation>
    </message>
    <message>
        <source>Run files (*.json)</source>
        <translation>运行文件 (*.json)</translation>
    </message>
</context>
<context>
    <name>society::ui::LlmKeyPanel</name>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Asks each provider for its list of models: that costs nothing.</source>
        <translation>向各提供方查询模型列表，不花钱。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>needs no key</source>
        <translation>不需要密钥</translation>
    </message>
    <message>
        <source>key kept: ••••</source>
        <translation>已存有密钥：••••</translation>
    </message>
    <message>
        <source>no key yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>Change key…</source>
        <translation>更换密钥…</translation>
    </message>
    <message>
        <source>Set key…</source>
        <translation>设置密钥…</translation>
    </message>
    <message>
        <source>Key of entry %1</source>
        <translation>条目 %1 的密钥</translation>
    </message>
    <message>
        <source>Key for %1</source>
        <translation>%1 的密钥</translation>
    </message>
    <message>
        <source>Paste the provider&apos;s key. It goes to the keychain (or the workspace&apos;s encrypted file) and is never written anywhere in clear.</source>
        <translation>请粘贴提供方的密钥。它会存入钥匙串（或工作区的加密文件），绝不以明文写到任何地方。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>society::ui::LogDiffWindow</name>
    <message numerus="yes">
        <source>No difference: all %Ln line(s) are the same.</source>
        <translation>
            <numerusform>没有差异：全部 %Ln 行都相同。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln difference(s)</source>
        <translation>
            <numerusform>%Ln 处差异</numerusform>
        </translation>
    </message>
    <message>
        <source>Difference %1 of %2</source>
        <translation>第 %1 处差异，共 %2 处</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) only on the left</source>
        <translation>
            <numerusform>仅左侧有 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln only on the right</source>
        <translation>
            <numerusform>仅右侧有 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln the same</source>
        <translation>
            <numerusform>相同 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>only the first %1 lines were compared</source>
        <translation>只比较了前 %1 行</translation>
    </message>
    <message>
        <source>“%1” has no log yet.</source>
        <translation>“%1”还没有日志。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>“%1” and “%2”</source>
        <translation>“%1”与“%2”</translation>
    </message>
    <message>
        <source>Previous difference (Shift+F8)</source>
        <translation>上一处差异（Shift+F8）</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Next difference (F8)</source>
        <translation>下一处差异（F8）</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Ignore times</source>
        <translation>忽略时间</translation>
    </message>
    <message>
        <source>Ignore ids</source>
        <translation>忽略标识符</translation>
    </message>
    <message>
        <source>Ignore numbers</source>
        <translation>忽略数字</translation>
    </message>
    <message>
        <source>Dates and times of day</source>
        <translation>日期和时刻</translation>
    </message>
    <message>
        <source>Identifiers, addresses, process numbers, ports</source>
        <translation>标识符、地址、进程号、端口</translation>
    </message>
    <message>
        <source>All other numbers</source>
        <translation>其他所有数字</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Left log</source>
        <translation>左侧日志</translation>
    </message>
    <message>
        <source>Right log</source>
        <translation>右侧日志</translation>
    </message>
    <message>
        <source>This run has left no log.</source>
        <translation>这次运行没有留下日志。</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>compared roughly, as they differ in so much</source>
        <translation>差异很多，只作了粗略比较</translation>
    </message>
    <message>
        <source>The log of “%1” cannot be read.</source>
        <translation>无法读取“%1”的日志。</translation>
    </message>
    <message>
        <source>Not compared</source>
        <translation>未比较</translation>
    </message>
</context>
<context>
    <name>society::ui::LogFindBar</name>
    <message>
        <source>Find in the whole log…</source>
        <translation>在整个日志中查找…</translation>
    </message>
    <message>
        <source>Find any of these words…</source>
        <translation>查找其中任一词…</translation>
    </message>
    <message>
        <source>Find all of these words…</source>
        <translation>查找其中所有词…</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>在日志中查找</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Find by regular expression</source>
        <translation>用正则表达式查找</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Find with matching case</source>
        <translation>区分大小写查找</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全词匹配</translation>
    </message>
    <message>
        <source>Find whole words</source>
        <translation>按全词查找</translation>
    </message>
    <message>
        <source>any</source>
        <extracomment>how the text to find is meant: as one text; any of its words; all of its words</extracomment>
        <translation>任一</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>How the text is meant</source>
        <translation>如何理解文本</translation>
    </message>
    <message>
        <source>The text as it is</source>
        <translation>按原文</translation>
    </message>
    <message>
        <source>Any of its words</source>
        <translation>其中任一词</translation>
    </message>
    <message>
        <source>All of its words, in any order</source>
        <translation>其中所有词，顺序不限</translation>
    </message>
    <message>
        <source>Quotation marks hold words together</source>
        <translation>引号可把几个词连在一起</translation>
    </message>
    <message>
        <source>Lines that do not have it</source>
        <translation>不含它的行</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处匹配</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处匹配</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>text</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Find in this line…</source>
        <translation>在此行中查找…</translation>
    </message>
</context>
<context>
    <name>society::ui::LogGrid</name>
    <message>
        <source>Put this log away</source>
        <translation>收起此日志</translation>
    </message>
    <message>
        <source>Put the log of “%1” away</source>
        <translation>收起“%1”的日志</translation>
    </message>
    <message>
        <source>Add the log of a run</source>
        <translation>添加一次运行的日志</translation>
    </message>
    <message>
        <source>Logs side by side</source>
        <translation>并排日志</translation>
    </message>
    <message>
        <source>Add a run…</source>
        <translation>添加运行…</translation>
    </message>
    <message>
        <source>No log is here. Add that of a run.</source>
        <translation>这里还没有日志。请添加一次运行的日志。</translation>
    </message>
    <message numerus="yes">
        <source>%n log(s)</source>
        <translation>
            <numerusform>%n 个日志</numerusform>
        </translation>
    </message>
    <message>
        <source>Nine logs are as many as fit.</source>
        <translation>最多只能放九个日志。</translation>
    </message>
</context>
<context>
    <name>society::ui::LogLineDialog</name>
    <message>
        <source>&amp;Raw: every byte</source>
        <translation>原始(&amp;R)：每个字节</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>The whole line</source>
        <translation>整行</translation>
    </message>
    <message>
        <source>Escape sequences with ␛, all states of a progress bar below each other</source>
        <translation>转义序列以 ␛ 显示，进度条的所有状态逐行列出</translation>
    </message>
    <message>
        <source>Part of the line</source>
        <translation>行的一部分</translation>
    </message>
    <message>
        <source>Part before</source>
        <translation>上一部分</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>下一部分</translation>
    </message>
    <message>
        <source>&amp;Copy the whole line</source>
        <translation>复制整行(&amp;C)</translation>
    </message>
    <message>
        <source>The log was written anew meanwhile; this is what the line was.</source>
        <translation>日志在此期间被重写；这是该行原来的内容。</translation>
    </message>
    <message>
        <source>Line %1 · %2</source>
        <translation>第 %1 行 · %2</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> / %1</translation>
    </message>
    <message>
        <source>Bytes %1 to %2 of %3</source>
        <translation>第 %1 至 %2 字节，共 %3</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>no hits</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>第 %1 字节</translation>
    </message>
    <message>
        <source>%1 characters were copied.</source>
        <translation>已复制 %1 个字符。</translation>
    </message>
</context>
<context>
    <name>society::ui::LogPane</name>
    <message>
        <source>%1 of %2</source>
        <translation>共 %2 个，显示 %1 个</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln 处匹配</numerusform>
        </translation>
    </message>
    <message>
        <source>no hits</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>%1 lines · %2</source>
        <translation>%1 行 · %2</translation>
    </message>
    <message>
        <source>reading, %1</source>
        <translation>正在读取，%1</translation>
    </message>
    <message>
        <source>the file was removed; this is what it held</source>
        <translation>文件已被删除；这是它原有的内容</translation>
    </message>
    <message numerus="yes">
        <source>%Ln error line(s)</source>
        <translation>
            <numerusform>%Ln 行错误</numerusform>
        </translation>
    </message>
    <message>
        <source>The log appears here as soon as the runner writes it.</source>
        <translation>运行器一写日志，就会显示在这里。</translation>
    </message>
    <message>
        <source>This run has left no log.</source>
        <translation>这次运行没有留下日志。</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Line number, or time such as 12:01:07</source>
        <translation>行号，或时间，如 12:01:07</translation>
    </message>
    <message>
        <source>“%1” is neither a line number nor a time.</source>
        <translation>“%1”既不是行号，也不是时间。</translation>
    </message>
    <message>
        <source>Type a number such as 1204, or a time such as 12:01:07.</source>
        <translation>请输入数字如 1204，或时间如 12:01:07。</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Text files (*.txt *.log);;All files (*)</source>
        <translation>文本文件 (*.txt *.log);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Saved as “%1”.</source>
        <translation>已保存为“%1”。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More of the log</source>
        <translation>日志的更多操作</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处匹配</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处匹配</translation>
    </message>
    <message>
        <source>Next error</source>
        <translation>下一个错误</translation>
    </message>
    <message>
        <source>Previous error</source>
        <translation>上一个错误</translation>
    </message>
    <message>
        <source>&amp;Go to line or time…</source>
        <translation>转到行或时间(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Wrap lines</source>
        <translation>自动换行(&amp;W)</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>F&amp;ollow the end</source>
        <translation>跟随末尾(&amp;O)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Show the whole &amp;line</source>
        <translation>显示整行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Save the whole log…</source>
        <translation>保存整个日志(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the selected lines…</source>
        <translation>保存所选行…</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Normal size</source>
        <translation>正常大小</translation>
    </message>
    <message>
        <source>Error ▲</source>
        <extracomment>buttons: the error before, the error after</extracomment>
        <translation>错误 ▲</translation>
    </message>
    <message>
        <source>Error ▼</source>
        <translation>错误 ▼</translation>
    </message>
    <message>
        <source>Go to…</source>
        <translation>转到…</translation>
    </message>
    <message>
        <source>The filter was taken off to show line %1.</source>
        <translation>为显示第 %1 行，已取消筛选。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln on show</source>
        <translation>
            <numerusform>显示 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mark(s)</source>
        <translation>
            <numerusform>%Ln 个标记</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 第 %2 步</translation>
    </message>
    <message>
        <source>No line fits the filter so far.</source>
        <translation>目前没有符合筛选的行。</translation>
    </message>
    <message>
        <source>Troubles: %1</source>
        <translation>问题：%1</translation>
    </message>
    <message>
        <source>Troubles</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>No trouble so far</source>
        <translation>目前没有问题</translation>
    </message>
    <message>
        <source>Level of the lines on show</source>
        <translation>所显示行的级别</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>With a level</source>
        <translation>有级别的行</translation>
    </message>
    <message>
        <source>Warnings, errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Only &amp;hits on show</source>
        <translation>只显示匹配行(&amp;H)</translation>
    </message>
    <message>
        <source>Only hits</source>
        <translation>只看匹配</translation>
    </message>
    <message>
        <source>Hits alone</source>
        <translation>仅匹配行</translation>
    </message>
    <message>
        <source>With the line before and after</source>
        <translation>连同前后各一行</translation>
    </message>
    <message>
        <source>With three lines before and after</source>
        <translation>连同前后各三行</translation>
    </message>
    <message>
        <source>&amp;Troubles</source>
        <translation>问题(&amp;T)</translation>
    </message>
    <message>
        <source>Fol&amp;d tracebacks and repeated lines</source>
        <translation>折叠回溯和重复行(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Mark the line, or take its mark away</source>
        <translation>标记该行或取消标记(&amp;M)</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>下一个标记</translation>
    </message>
    <message>
        <source>Previous mark</source>
        <translation>上一个标记</translation>
    </message>
    <message>
        <source>Copy lines with their colour codes</source>
        <translation>连同颜色代码复制行</translation>
    </message>
    <message>
        <source>Save the hits…</source>
        <translation>保存匹配行…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel saving</source>
        <translation>取消保存</translation>
    </message>
    <message>
        <source>Saved so far</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Not saved; the file is as it was.</source>
        <translation>未保存；文件保持原样。</translation>
    </message>
    <message>
        <source>There is no log to be saved.</source>
        <translation>没有可保存的日志。</translation>
    </message>
    <message>
        <source>“%1” is the log itself; nothing was written.</source>
        <translation>“%1”就是该日志本身；未写入任何内容。</translation>
    </message>
    <message>
        <source>Choose another name or folder.</source>
        <translation>请选择其他名称或文件夹。</translation>
    </message>
    <message>
        <source>The log has no line %1.</source>
        <translation>日志没有第 %1 行。</translation>
    </message>
    <message>
        <source>Type a number from 1 to %1.</source>
        <translation>请输入 1 到 %1 之间的行号。</translation>
    </message>
    <message>
        <source>Nothing was written at or after that time; this is the last line.</source>
        <translation>该时间及之后没有任何输出；这是最后一行。</translation>
    </message>
    <message>
        <source>Lines around the hits</source>
        <translation>命中前后的行</translation>
    </message>
    <message>
        <source>The day of “%1” is not known: the first lines of the log have no time.</source>
        <translation>无法确定“%1”是哪一天：日志开头的行没有时间。</translation>
    </message>
    <message>
        <source>Type the day, too, such as 2026-11-24 12:01:07.</source>
        <translation>请连日期一起输入，例如 2026-11-24 12:01:07。</translation>
    </message>
    <message>
        <source>Show the &amp;raw line, every byte</source>
        <translation>显示原始行，每个字节(&amp;R)</translation>
    </message>
    <message>
        <source>The log was written anew or cut short.</source>
        <translation>日志已被重写或截短。</translation>
    </message>
    <message>
        <source>Colum&amp;ns</source>
        <translation>列(&amp;N)</translation>
    </message>
</context>
<context>
    <name>society::ui::LogTroubles</name>
    <message>
        <source>No trouble so far</source>
        <translation>目前没有问题</translation>
    </message>
    <message>
        <source>Troubles</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Return: the next line of this trouble</source>
        <translation>回车：该问题的下一行</translation>
    </message>
    <message>
        <source>No call was retried, every answer could be used, and there is no error line. This is what one hopes for.</source>
        <translation>没有重试的调用，所有回答都可使用，也没有错误行。一切正常。</translation>
    </message>
    <message>
        <source>Close the troubles (Esc)</source>
        <translation>关闭问题面板（Esc）</translation>
    </message>
    <message>
        <source>Close the troubles</source>
        <translation>关闭问题面板</translation>
    </message>
</context>
<context>
    <name>society::ui::LogView</name>
    <message numerus="yes">
        <source>%Ln new line(s) ⤓</source>
        <translation>
            <numerusform>%Ln 行新内容 ⤓</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the end and follow it (End)</source>
        <translation>转到末尾并跟随（End）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more line(s)</source>
        <translation>
            <numerusform>还有 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>A progress bar: its earlier states are in the raw line</source>
        <translation>进度条：较早的状态在原始行中</translation>
    </message>
    <message>
        <source>Escape sequences that are no colours: they are in the raw line</source>
        <translation>不是颜色的转义序列：它们在原始行中</translation>
    </message>
    <message>
        <source>Only the beginning is shown: the rest is in the whole line</source>
        <translation>只显示了开头：其余在整行中</translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) of the line are no UTF-8</source>
        <translation>
            <numerusform>此行有 %Ln 个字节不是 UTF-8</numerusform>
        </translation>
    </message>
    <message>
        <source>Written on %1</source>
        <translation>写于 %1</translation>
    </message>
    <message>
        <source>%1, as line %2 says</source>
        <translation>%1（据第 %2 行）</translation>
    </message>
    <message>
        <source>Nothing was written for %1</source>
        <translation>%1内没有写入任何内容</translation>
    </message>
</context>
<context>
    <name>society::ui::MainWindow</name>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>experiment · %1</source>
        <translation>实验 · %1</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) in progress.</source>
        <translation>
            <numerusform>有 %n 次运行正在进行。</numerusform>
        </translation>
    </message>
    <message>
        <source>They go on without the window; it shows them again when it is opened. Or stop them now: what they have done so far is kept and billed.</source>
        <translation>没有窗口它们也会继续；再次打开窗口时会重新显示。也可以现在停止：已做的部分会保留并计费。</translation>
    </message>
    <message>
        <source>&amp;Leave them running</source>
        <translation>让它们继续(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Stop them</source>
        <translation>停止它们(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>About Society Workbench</source>
        <translation>关于 Society Workbench</translation>
    </message>
    <message>
        <source>Society Workbench %1</source>
        <translation>Society Workbench %1</translation>
    </message>
    <message>
        <source>Runs simulations of societies of language-model agents with AgentSociety. Free software under the GNU General Public License, version 3 or later. It sends nothing anywhere except to the language model that you choose.</source>
        <translation>用 AgentSociety 运行由语言模型智能体组成的社会的模拟。自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。除了你选择的语言模型，它不向任何地方发送任何东西。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Open what is chosen in a list; start, in the name of an experiment</source>
        <translation>打开列表中所选的；在实验名称处则启动</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Delete, with a question</source>
        <translation>删除，会先询问</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>Copy rows as text</source>
        <translation>把行复制为文字</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>Save a version of a configuration</source>
        <translation>保存配置的新版本</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Society Workbench</source>
        <translation>Society Workbench</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>外观(&amp;L)</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>语言(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>&amp;Launch</source>
        <translation>启动(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Experiments</source>
        <translation>实验(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Configurations</source>
        <translation>配置(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Accounts</source>
        <translation>账户(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>查找任何东西(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Import configurations…</source>
        <translation>导入配置(&amp;I)…</translation>
    </message>
    <message>
        <source>Set &amp;up…</source>
        <translation>准备运行(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Open the &amp;workspace&apos;s folder</source>
        <translation>打开工作区的文件夹(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Start the experiment</source>
        <translation>启动实验(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Recharge the account…</source>
        <translation>给账户充值(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Audit the account</source>
        <translation>审计账户(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>键盘(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Society Workbench</source>
        <translation>关于 Society Workbench(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Export the run file…</source>
        <translation>导出运行文件(&amp;E)…</translation>
    </message>
    <message>
        <source>F3, F8 or F4</source>
        <translation>F3、F8 或 F4</translation>
    </message>
    <message>
        <source>In a log: the next hit; the next error. With Shift the one before</source>
        <translation>在日志中：下一个匹配；下一个错误。按住 Shift 为上一个</translation>
    </message>
    <message>
        <source>Ctrl+L, Ctrl+T</source>
        <translation>Ctrl+L、Ctrl+T</translation>
    </message>
    <message>
        <source>In a log: only the hits; the troubles</source>
        <translation>在日志中：只看匹配；问题列表</translation>
    </message>
    <message>
        <source>Ctrl+M, F2</source>
        <translation>Ctrl+M、F2</translation>
    </message>
    <message>
        <source>In a log: mark the line; the next mark</source>
        <translation>在日志中：标记该行；下一个标记</translation>
    </message>
    <message>
        <source>Ctrl+G, Alt+Z</source>
        <translation>Ctrl+G、Alt+Z</translation>
    </message>
    <message>
        <source>In a log: go to a line or time; wrap lines</source>
        <translation>在日志中：转到行或时间；自动换行</translation>
    </message>
    <message>
        <source>+, -, Ctrl+Shift+F</source>
        <translation>+、-、Ctrl+Shift+F</translation>
    </message>
    <message>
        <source>In a log: open or close a fold; all of them</source>
        <translation>在日志中：展开或折叠；全部展开或折叠</translation>
    </message>
    <message>
        <source>Find in a log, a source or the bills</source>
        <translation>在日志、源文本或账单中查找</translation>
    </message>
    <message>
        <source>&amp;Money</source>
        <translation>资金(&amp;M)</translation>
    </message>
    <message>
        <source>S&amp;tatement of account…</source>
        <translation>对账单(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Prices…</source>
        <translation>价格(&amp;P)…</translation>
    </message>
    <message>
        <source>T&amp;enants…</source>
        <translation>租户(&amp;E)…</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>&amp;Database…</source>
        <translation>数据库(&amp;D)…</translation>
    </message>
    <message>
        <source>The database is being moved. Edit when it has arrived.</source>
        <translation>数据库正在迁移。请等迁移完成后再编辑。</translation>
    </message>
</context>
<context>
    <name>society::ui::MembersDialog</name>
    <message>
        <source>&amp;Give</source>
        <translation>授予(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Take away…</source>
        <translation>收回(&amp;T)…</translation>
    </message>
    <message>
        <source>Members of the ledger</source>
        <translation>账本的成员</translation>
    </message>
    <message>
        <source>filter: login, tenant, role…</source>
        <translation>筛选：登录名、租户、角色…</translation>
    </message>
    <message>
        <source>Filter the members</source>
        <translation>筛选成员</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>You see no members.</source>
        <translation>没有可见的成员。</translation>
    </message>
    <message>
        <source>a login of the server</source>
        <translation>服务器的登录名</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>sees the tenant&apos;s configurations, experiments and bills</source>
        <translation>查看租户的配置、实验和账单</translation>
    </message>
    <message>
        <source>also runs: experiments, configurations, settlements</source>
        <translation>还可运行：实验、配置、结算</translation>
    </message>
    <message>
        <source>also recharges, corrects, and says who else is in the tenant</source>
        <translation>还可充值、更正，并决定谁在此租户中</translation>
    </message>
    <message>
        <source>all of it, in every tenant</source>
        <translation>在每个租户中拥有全部权限</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Give a login a role, in the place of the one it has</source>
        <translation>授予登录名一个角色，取代它现有的角色</translation>
    </message>
    <message>
        <source>Choose a member in the list.</source>
        <translation>请在列表中选择一个成员。</translation>
    </message>
    <message>
        <source>Take a role away</source>
        <translation>收回角色</translation>
    </message>
    <message>
        <source>“%1” is %2.</source>
        <translation>“%1”是%2。</translation>
    </message>
    <message>
        <source>What it has done stays. It sees nothing of the tenant from now on; the role can be given again.</source>
        <translation>它所做的一切都会保留。此后它看不到该租户的任何内容；可以再次授予角色。</translation>
    </message>
    <message>
        <source>&amp;Take away</source>
        <translation>收回(&amp;T)</translation>
    </message>
</context>
<context>
    <name>society::ui::MoneyDialog</name>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>At least %1. To take money away, correct a bill.</source>
        <translation>至少 %1。要减少资金，请更正账单。</translation>
    </message>
    <message>
        <source>An amount of nothing changes nothing.</source>
        <translation>金额为零不会改变什么。</translation>
    </message>
    <message>
        <source>Say why: the reason stays on the bill.</source>
        <translation>请说明理由：它会留在账单上。</translation>
    </message>
    <message>
        <source>&amp;Amount, %1</source>
        <translation>金额，%1(&amp;A)</translation>
    </message>
    <message>
        <source>The text is longer than %L1 characters: shorten it.</source>
        <translation>文字超过 %L1 个字符：请缩短。</translation>
    </message>
</context>
<context>
    <name>society::ui::NewConfigDialog</name>
    <message>
        <source>&amp;Create</source>
        <translation>建立(&amp;C)</translation>
    </message>
    <message>
        <source>New configuration</source>
        <translation>新配置</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>种类(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Begin with</source>
        <translation>开始于(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>society::ui::Notifier</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>society::ui::PricesDialog</name>
    <message>
        <source>&amp;free</source>
        <translation>免费(&amp;F)</translation>
    </message>
    <message>
        <source>only &amp;from</source>
        <translation>起效于(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Set this price</source>
        <translation>设定此价格(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>使用(&amp;U)</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>filter: item, model, state…</source>
        <translation>筛选：项目、模型、状态…</translation>
    </message>
    <message>
        <source>Filter the prices</source>
        <translation>筛选价格</translation>
    </message>
    <message>
        <source>No price is like that.</source>
        <translation>没有这样的价格。</translation>
    </message>
    <message>
        <source>A run is billed at the prices in force when it started: a model&apos;s own, else that of every model. A new price changes no bill that was written.</source>
        <translation>运行按其开始时的现行价格计费：先看该模型自己的价格，否则用所有模型的价格。新价格不会改变已写的账单。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>every model</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>When the price begins to hold</source>
        <translation>价格起效的时间</translation>
    </message>
    <message>
        <source>A new price</source>
        <translation>新价格</translation>
    </message>
    <message>
        <source>I&amp;tem</source>
        <translation>项目(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Price</source>
        <translation>价格(&amp;P)</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>起效</translation>
    </message>
    <message>
        <source>Sign before &amp;amounts</source>
        <translation>金额前的符号(&amp;A)</translation>
    </message>
    <message>
        <source>shown only; nothing is converted</source>
        <translation>仅用于显示；不作换算</translation>
    </message>
    <message>
        <source>Price %1</source>
        <translation>价格，%1</translation>
    </message>
    <message>
        <source>From %1 on: %2 %3.</source>
        <translation>自 %1 起：%3 %2。</translation>
    </message>
    <message>
        <source>Is this price meant?</source>
        <translation>确定是这个价格吗？</translation>
    </message>
    <message>
        <source>A price is for a million tokens, or for a second of run time. Runs that start from then on are billed at it.</source>
        <translation>价格按一百万个词元或一秒运行时间计。此后开始的运行都按它计费。</translation>
    </message>
    <message>
        <source>&amp;Set it all the same</source>
        <translation>仍然设定(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Change it</source>
        <translation>修改(&amp;C)</translation>
    </message>
    <message>
        <source>Import prices</source>
        <translation>导入价格</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>The book has all of these prices already.</source>
        <translation>价目表中已有所有这些价格。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln price(s) will be added, all together or none. Bills that are written stay.</source>
        <translation>
            <numerusform>将添加 %Ln 个价格，全部或全不。已写的账单不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>What the file changes</source>
        <translation>文件所作的改变</translation>
    </message>
    <message numerus="yes">
        <source>%Ln price(s) a hundred times more or less than before: they are &amp;meant</source>
        <translation>
            <numerusform>%Ln 个价格达到之前的百倍或不足百分之一：确实如此(&amp;M)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add them</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%Ln price(s) were added.</source>
        <translation>
            <numerusform>已添加 %Ln 个价格。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export prices</source>
        <translation>导出价格</translation>
    </message>
</context>
<context>
    <name>society::ui::ProblemList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>转到那里</translation>
    </message>
    <message>
        <source>Go to problem %1</source>
        <translation>转到问题 %1</translation>
    </message>
</context>
<context>
    <name>society::ui::RecordView</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>建立于</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Ray; not repeatable: the order of its workers is not fixed</source>
        <translation>Ray；不可重复：其工作进程的先后不固定</translation>
    </message>
    <message>
        <source>light start; repeatable with the same seed and the same answers</source>
        <translation>轻启动；相同的种子和相同的回答可得到相同的运行</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>practice city</source>
        <translation>练习城市</translation>
    </message>
    <message>
        <source>AgentSociety&apos;s own</source>
        <translation>AgentSociety 自带的</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>运行器</translation>
    </message>
    <message>
        <source>AgentSociety %1, community %2</source>
        <translation>AgentSociety %1，community %2</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>not known beforehand</source>
        <translation>事先不知道</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Configurations</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>as it is now</source>
        <translation>与现在相同</translation>
    </message>
    <message>
        <source>deleted since</source>
        <translation>后来已删除</translation>
    </message>
    <message>
        <source>now version %1</source>
        <translation>现在是版本 %1</translation>
    </message>
    <message>
        <source>%1, version %2 (%3)</source>
        <translation>%1，版本 %2（%3）</translation>
    </message>
    <message>
        <source>Files, by SHA-256</source>
        <translation>文件（SHA-256）</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>人物档案</translation>
    </message>
    <message>
        <source>Prices in force</source>
        <translation>当时的价格</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 per %2 ms</source>
        <translation>每 %2 毫秒 %1</translation>
    </message>
    <message>
        <source>%1 per %2 tokens</source>
        <translation>每 %2 个词元 %1</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Record of the run</source>
        <translation>运行的记录</translation>
    </message>
    <message>
        <source>The runner&apos;s configuration</source>
        <translation>运行器的配置</translation>
    </message>
</context>
<context>
    <name>society::ui::RemovedRunDialog</name>
    <message>
        <source>%1, version %2</source>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结局</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>LLM</source>
        <translation>LLM</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>%1 in, %2 out, in %3 calls</source>
        <translation>输入 %1，输出 %2，共 %3 次调用</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>A run that was deleted</source>
        <translation>已删除的运行</translation>
    </message>
    <message>
        <source>“%1” was deleted %2, and its log and results with it. Its bills stay, and this of its record:</source>
        <translation>“%1”已于 %2 删除，日志和结果也一并删除。它的账单会保留，记录中保留的还有：</translation>
    </message>
    <message>
        <source>Nothing is known here of the run %1 but its bills: it ran elsewhere, or before a copy of the database was put back.</source>
        <translation>除账单外，这里对运行 %1 一无所知：它在别处运行，或早于数据库的恢复。</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>账单</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bill(s), together %1</source>
        <translation>
            <numerusform>%Ln 张账单，共 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Only its &amp;bills</source>
        <translation>只看它的账单(&amp;B)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>society::ui::ResultTab</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>共 %2 行，已显示 %1 行</translation>
    </message>
    <message>
        <source>more as you scroll</source>
        <translation>滚动可看更多</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv);;All files (*)</source>
        <translation>CSV 文件 (*.csv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>正在导出“%1”</translation>
    </message>
    <message>
        <source>%1 rows saved as “%2”</source>
        <translation>已把 %1 行保存为“%2”</translation>
    </message>
    <message>
        <source>Filter…</source>
        <translation>筛选…</translation>
    </message>
    <message>
        <source>Filter the rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
</context>
<context>
    <name>society::ui::RunBills</name>
    <message numerus="yes">
        <source>%Ln bill(s), together %1</source>
        <translation>
            <numerusform>%Ln 张账单，合计 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Bills are written when the run has ended.</source>
        <translation>运行结束后才写账单。</translation>
    </message>
    <message>
        <source>This run was billed nothing: its runner was never started.</source>
        <translation>这次运行没有计费：它的运行器从未启动。</translation>
    </message>
    <message>
        <source>Show on the Accounts page</source>
        <translation>在“账户”页显示</translation>
    </message>
    <message>
        <source>Bills of the run</source>
        <translation>该运行的账单</translation>
    </message>
</context>
<context>
    <name>society::ui::RunChooser</name>
    <message>
        <source>Find a run by its name…</source>
        <translation>按名称查找运行…</translation>
    </message>
    <message>
        <source>Find a run</source>
        <translation>查找运行</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>There is no other run yet.</source>
        <translation>还没有其他运行。</translation>
    </message>
</context>
<context>
    <name>society::ui::RunEnding</name>
    <message>
        <source>It cost %1; its log and results are kept.</source>
        <translation>花费 %1；日志和结果都已保留。</translation>
    </message>
    <message>
        <source>Its log and results are kept.</source>
        <translation>日志和结果都已保留。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Show in the log</source>
        <translation>在日志中显示</translation>
    </message>
    <message>
        <source>The last error of the log</source>
        <translation>日志中的最后一个错误</translation>
    </message>
</context>
<context>
    <name>society::ui::RunHeader</name>
    <message>
        <source>%1 of %2 steps</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>stopping; ended by force in %1 s</source>
        <translation>正在停止；%1 秒后强行结束</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln 次调用</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>practice: no key, no money, no network</source>
        <translation>练习：不用密钥，不花钱，不联网</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>cost so far, of what was set aside</extracomment>
        <translation>共 %2 个，显示 %1 个</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>回到列表（Esc）</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>回到列表</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行的进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask the run to end; what it wrote is kept</source>
        <translation>请求运行结束；已写的内容会保留</translation>
    </message>
    <message>
        <source>Kill now</source>
        <translation>立即强行结束</translation>
    </message>
    <message>
        <source>Do not wait: end every process of the run at once</source>
        <translation>不再等待：立刻结束该运行的所有进程</translation>
    </message>
    <message>
        <source>Re-run</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>Start a new experiment with the same record, seed included</source>
        <translation>用相同的记录（含种子）开始新的实验</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Choose the same configurations on the Launch page, to change something</source>
        <translation>在“启动”页选上相同的配置，以便修改</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the log and every table as files</source>
        <translation>把日志和每张表保存为文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Open the run&apos;s folder</source>
        <translation>打开该运行的文件夹</translation>
    </message>
</context>
<context>
    <name>society::ui::RunLogs</name>
    <message>
        <source>Compare the log of “%1” with that of</source>
        <translation>将“%1”的日志与之比较</translation>
    </message>
    <message>
        <source>Back to the page of the run</source>
        <translation>回到运行页面</translation>
    </message>
    <message>
        <source>In a &amp;window of its own</source>
        <translation>在单独的窗口中(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Beside other logs</source>
        <translation>与其他日志并排(&amp;B)</translation>
    </message>
    <message>
        <source>Com&amp;pare with another run…</source>
        <translation>与另一次运行比较(&amp;P)…</translation>
    </message>
    <message>
        <source>The log is in a window of its own.</source>
        <translation>日志在单独的窗口中。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Log of “%1”</source>
        <translation>“%1”的日志</translation>
    </message>
</context>
<context>
    <name>society::ui::RunPage</name>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Dialogs</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Surveys</source>
        <translation>问卷</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Export into a new folder in</source>
        <translation>导出到此处的新文件夹</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>正在导出“%1”</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What to see of the run</source>
        <translation>看运行的哪一部分</translation>
    </message>
    <message>
        <source>The run has written nothing here yet.</source>
        <translation>运行还没有在这里写下任何内容。</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>No LLM call has been made yet.</source>
        <translation>还没有调用语言模型。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>Exported to &lt;a href=&quot;%1&quot;&gt;%2&lt;/a&gt;</source>
        <translation>已导出到 &lt;a href=&quot;%1&quot;&gt;%2&lt;/a&gt;</translation>
    </message>
</context>
<context>
    <name>society::ui::RunPhases</name>
    <message>
        <source>%1 %2 …</source>
        <translation>%1 %2 …</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>starting …</source>
        <translation>正在启动 …</translation>
    </message>
</context>
<context>
    <name>society::ui::SettingsDialog</name>
    <message>
        <source>AgentSociety %1
%2</source>
        <translation>AgentSociety %1
%2</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>外观(&amp;L)</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>语言(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation>方式(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;City</source>
        <translation>城市(&amp;C)</translation>
    </message>
    <message>
        <source>Usual &amp;hold</source>
        <translation>通常冻结(&amp;H)</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>运行器</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light start</source>
        <translation>轻启动</translation>
    </message>
    <message>
        <source>Ray</source>
        <translation>Ray</translation>
    </message>
    <message>
        <source>Practice town&apos;s</source>
        <translation>练习小镇的</translation>
    </message>
    <message>
        <source>AgentSociety&apos;s own</source>
        <translation>AgentSociety 自带的</translation>
    </message>
    <message>
        <source>Light start: two processes, begins in seconds, can be repeated exactly. Ray: as AgentSociety does it, for very large populations; not repeatable.</source>
        <translation>轻启动：两个进程，几秒内开始，可以完全重复。Ray：AgentSociety 原本的方式，适合很大的人口；不可重复。</translation>
    </message>
    <message>
        <source>The practice town&apos;s simulator moves people in straight lines and knows no roads. AgentSociety&apos;s own drives on the roads of a real map; it is downloaded once.</source>
        <translation>练习小镇的模拟器让人沿直线移动，不认道路。AgentSociety 自带的会在真实地图的道路上行驶；只需下载一次。</translation>
    </message>
    <message>
        <source>What a run without a cap sets aside from the account until it ends.</source>
        <translation>没有上限的运行在结束前从账户冻结的金额。</translation>
    </message>
    <message>
        <source>Cha&amp;nge…</source>
        <translation>更换(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>使用(&amp;U)</translation>
    </message>
    <message>
        <source>Workspace folder</source>
        <translation>工作区文件夹</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Runner in use</source>
        <translation>正在使用的运行器</translation>
    </message>
    <message>
        <source>LLM &amp;workers</source>
        <translation>LLM 工作方式(&amp;W)</translation>
    </message>
    <message>
        <source>Ra&amp;y address</source>
        <translation>Ra&amp;y 地址</translation>
    </message>
    <message>
        <source>By population</source>
        <translation>按人口数</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Light start alone: what waits for the LLM&apos;s answers. Threads take less memory, processes are faster with hundreds of citizens. By population chooses for each run.</source>
        <translation>仅用于轻启动：由什么来等待 LLM 的回答。线程占用内存较少，居民有数百人时进程更快。“按人口数”为每次运行自动选择。</translation>
    </message>
    <message>
        <source>a Ray of the run&apos;s own</source>
        <translation>该运行自己的 Ray</translation>
    </message>
    <message>
        <source>Mode Ray alone: host:port of a cluster that is running, such as 10.0.0.1:6379. Empty: each run starts a Ray of its own.</source>
        <translation>仅用于 Ray 模式：正在运行的集群的“主机:端口”，例如 10.0.0.1:6379。留空：每次运行启动自己的 Ray。</translation>
    </message>
    <message>
        <source>End a run that gives no &amp;sign of life</source>
        <translation>结束没有动静的运行(&amp;S)</translation>
    </message>
    <message>
        <source>How long a run may be silent depends on its phase: 10 minutes while it steps, 1 to 30 minutes before. Then a warning is shown; with this, the run is ended as failed.</source>
        <translation>运行可以安静多久取决于所处阶段：执行步骤时为 10 分钟，之前的阶段为 1 至 30 分钟。超过后会显示警告；勾选此项则将该运行以失败结束。</translation>
    </message>
    <message>
        <source>On a server: %1</source>
        <translation>在服务器上：%1</translation>
    </message>
    <message>
        <source>A file in this folder</source>
        <translation>此文件夹中的文件</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>&amp;Database…</source>
        <translation>数据库(&amp;D)…</translation>
    </message>
    <message>
        <source>Where the database is</source>
        <translation>数据库的位置</translation>
    </message>
</context>
<context>
    <name>society::ui::SetupPage</name>
    <message>
        <source>Installing the runner</source>
        <translation>正在安装运行器</translation>
    </message>
    <message>
        <source>The agentsociety script of an existing installation</source>
        <translation>现有安装的 agentsociety 脚本</translation>
    </message>
    <message>
        <source>Asking %1 for its version…</source>
        <translation>正在询问 %1 的版本…</translation>
    </message>
    <message>
        <source>Everything is kept in %1</source>
        <translation>一切都存放在 %1</translation>
    </message>
    <message>
        <source>AgentSociety %1 with community %2, Python %3: %4</source>
        <translation>AgentSociety %1，community %2，Python %3：%4</translation>
    </message>
    <message>
        <source>Looking for it…</source>
        <translation>正在寻找…</translation>
    </message>
    <message>
        <source>AgentSociety runs the simulations. It is not here yet: install it (about 1 GB from the Python package index, some minutes), or use one that is on this computer.</source>
        <translation>模拟由 AgentSociety 运行，这里还没有：请安装（从 Python 软件包索引下载约 1 GB，需几分钟），或使用本机已有的。</translation>
    </message>
    <message numerus="yes">
        <source>%n configuration(s) to begin with, no key and no money needed.</source>
        <translation>
            <numerusform>有 %n 个配置可供开始，不用密钥，也不花钱。</numerusform>
        </translation>
    </message>
    <message>
        <source>They are made as soon as there is a runner.</source>
        <translation>有了运行器就会建立。</translation>
    </message>
    <message>
        <source>&amp;Install ours instead</source>
        <translation>改为安装自带的(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>安装(&amp;I)</translation>
    </message>
    <message>
        <source>Get ready to run</source>
        <translation>准备运行</translation>
    </message>
    <message>
        <source>Three things are needed before the first experiment. This page does them, or says what is in the way. It is reached later by File › Set up.</source>
        <translation>第一个实验之前需要三样东西。本页会办好，或说明哪里受阻。以后可从“文件 › 准备运行”再来。</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>运行器</translation>
    </message>
    <message>
        <source>Practice configurations</source>
        <translation>练习配置</translation>
    </message>
    <message>
        <source>&amp;Use an existing one…</source>
        <translation>使用现有的(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Progress of the installation</source>
        <translation>安装进度</translation>
    </message>
    <message>
        <source>Go to &amp;Launch</source>
        <translation>去启动(&amp;L)</translation>
    </message>
</context>
<context>
    <name>society::ui::SpendPanel</name>
    <message>
        <source>balance %1</source>
        <translation>余额 %1</translation>
    </message>
    <message>
        <source>spent %1</source>
        <translation>花费 %1</translation>
    </message>
    <message>
        <source>Nothing was spent in this time. Each run that ends adds its bills here.</source>
        <translation>这段时间没有花费。每次运行结束都会在这里加上账单。</translation>
    </message>
    <message>
        <source>Nothing of what is filtered was spent in this time.</source>
        <translation>这段时间里没有符合筛选的花费。</translation>
    </message>
    <message>
        <source>%1 · %2: %3</source>
        <translation>%1 · %2：%3</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Spend by month</source>
        <translation>每月花费</translation>
    </message>
    <message>
        <source>Spend by day</source>
        <translation>每日花费</translation>
    </message>
    <message>
        <source>%1 to %2: %3. The table has each number.</source>
        <translation>%1 至 %2：%3。表格中有每个数字。</translation>
    </message>
    <message>
        <source>balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Course of the balance</source>
        <translation>余额走势</translation>
    </message>
    <message>
        <source>spend by item</source>
        <translation>按项目的花费</translation>
    </message>
    <message>
        <source>spend by model</source>
        <translation>按模型的花费</translation>
    </message>
    <message>
        <source>balance and forecast</source>
        <translation>余额与预测</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>last 90 days</source>
        <translation>最近 90 天</translation>
    </message>
    <message>
        <source>last 12 months</source>
        <translation>最近 12 个月</translation>
    </message>
    <message>
        <source>time of the filter</source>
        <translation>筛选的时间</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>图表的内容</translation>
    </message>
    <message>
        <source>Time of the chart</source>
        <translation>图表的时间</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Show or hide the chart</source>
        <translation>显示或隐藏图表</translation>
    </message>
    <message>
        <source>as a ta&amp;ble</source>
        <translation>表格(&amp;B)</translation>
    </message>
    <message>
        <source>The same numbers as text; Return shows the bills of a day</source>
        <translation>相同的数字，以文字显示；按回车查看当天的账单</translation>
    </message>
    <message>
        <source>The numbers of the chart</source>
        <translation>图表的数字</translation>
    </message>
    <message>
        <source>Nothing was spent in this time.</source>
        <translation>这段时间没有花费。</translation>
    </message>
</context>
<context>
    <name>society::ui::StartupPage</name>
    <message>
        <source>Society Workbench</source>
        <translation>Society Workbench</translation>
    </message>
    <message>
        <source>Opening the workspace %1…</source>
        <translation>正在打开工作区 %1…</translation>
    </message>
    <message>
        <source>The workspace %1 could not be opened.</source>
        <translation>工作区 %1 无法打开。</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>再试一次(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Open another workspace</source>
        <translation>打开另一个工作区</translation>
    </message>
    <message>
        <source>&amp;Open another workspace…</source>
        <translation>打开另一个工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Connection settings…</source>
        <translation>连接设置(&amp;C)…</translation>
    </message>
</context>
<context>
    <name>society::ui::StatementDialog</name>
    <message>
        <source>&amp;PDF…</source>
        <translation>&amp;PDF…</translation>
    </message>
    <message>
        <source>&amp;CSV…</source>
        <translation>&amp;CSV…</translation>
    </message>
    <message>
        <source>Statement of account</source>
        <translation>对账单</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>this year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>from day to day</source>
        <translation>自选日期</translation>
    </message>
    <message>
        <source>P&amp;eriod</source>
        <translation>时期(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;First day</source>
        <translation>第一天(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Last day</source>
        <translation>最后一天(&amp;L)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bill(s), days of %1.</source>
        <translation>
            <numerusform>%Ln 张账单，日期按 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening balance %1, closing balance %2.</source>
        <translation>期初余额 %1，期末余额 %2。</translation>
    </message>
    <message>
        <source>Write the statement</source>
        <translation>写入对账单</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Writing the statement</source>
        <translation>正在写入对账单</translation>
    </message>
    <message>
        <source>Written to &lt;a href=&quot;%1&quot;&gt;%2&lt;/a&gt;</source>
        <translation>已写入 &lt;a href=&quot;%1&quot;&gt;%2&lt;/a&gt;</translation>
    </message>
</context>
<context>
    <name>society::ui::StatusArea</name>
    <message>
        <source>%1 · available %2</source>
        <translation>%1 · 可用 %2</translation>
    </message>
    <message>
        <source>Balance %1, held for runs %2. Click for the account.</source>
        <translation>余额 %1，为运行冻结 %2。点击查看账户。</translation>
    </message>
    <message>
        <source>no runs in progress</source>
        <translation>没有正在进行的运行</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) in progress</source>
        <translation>
            <numerusform>%n 次运行正在进行</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the background work</source>
        <translation>取消后台工作</translation>
    </message>
    <message>
        <source>Progress of the background work</source>
        <translation>后台工作的进度</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source> (+%n more)</source>
        <translation>
            <numerusform>（还有 %n 个）</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to read and dismiss</source>
        <translation>点击阅读并关闭</translation>
    </message>
    <message>
        <source>Unread problem: %1</source>
        <translation>未读的问题：%1</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier one(s) are not kept.</source>
        <translation>
            <numerusform>更早的 %n 个问题没有保留。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>society::ui::TenantsDialog</name>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Work as this tenant</source>
        <translation>切换到此租户(&amp;W)</translation>
    </message>
    <message>
        <source>Tenants</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>filter: id, name…</source>
        <translation>筛选：编号、名称…</translation>
    </message>
    <message>
        <source>Filter the tenants</source>
        <translation>筛选租户</translation>
    </message>
    <message>
        <source>No tenant is called like that.</source>
        <translation>没有这样的租户。</translation>
    </message>
    <message>
        <source>id: a–z, 0–9, point, dash, underscore</source>
        <translation>编号：a–z、0–9、点、短横、下划线</translation>
    </message>
    <message>
        <source>Id of the new tenant</source>
        <translation>新租户的编号</translation>
    </message>
    <message>
        <source>name that is shown</source>
        <translation>显示的名称</translation>
    </message>
    <message>
        <source>Name of the new tenant</source>
        <translation>新租户的名称</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A new tenant</source>
        <translation>新租户</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tenant(s) · balance %1 · held %2 · spent this month %3</source>
        <translation>
            <numerusform>%Ln 个租户 · 余额 %1 · 冻结 %2 · 本月花费 %3</numerusform>
        </translation>
    </message>
    <message>
        <source>There is such a tenant already.</source>
        <translation>已有这个租户。</translation>
    </message>
</context>
<context>
    <name>society::ui::WritingDialog</name>
    <message>
        <source>Something is still being written. This closes when it is done.</source>
        <translation>仍在写入。写完后此窗口会关闭。</translation>
    </message>
</context>
</TS>
