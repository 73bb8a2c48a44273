# SPDX-License-Identifier: GPL-3.0-or-later
"""What the practice model says: a believable, reproducible answer to each prompt of AgentSociety 1.5 and its community.

`answer(request, seed)` returns (kind, message). The message depends on the request's contents and the seed only: every
choice is a hash of both, never of time or order. KINDS, near the end, lists the prompts by traits that survive edited
templates (mostly the JSON keys that the caller reads back), first fit wins; a prompt that fits none gets UNION, one JSON
object with every key that any caller looks for. A person's day follows from two of them: `guidance` chooses what to do
by need and hour, `plan` splits it into steps whose words ("Work … for 2 hours") later steer select_block, place and time.
"""
import ast
import json
import re
import zlib

UNION = {
    "current_satisfaction": {"hunger_satisfaction": 0.8, "energy_satisfaction": 0.8,
                             "safety_satisfaction": 0.8, "social_satisfaction": 0.8},
    "selected_option": "stay at home",
    "evaluation": {"attitude": 0.8, "subjective_norm": 0.7, "perceived_control": 0.9, "reasoning": "scripted"},
    "plan": {"target": "rest", "steps": [{"intention": "rest at home", "type": "other"}]},
    "time": 30, "thought": "An ordinary day.", "profile_query": "age", "memory_query": "today",
    "sadness": 2, "joy": 6, "fear": 1, "disgust": 1, "anger": 1, "surprise": 3, "conclusion": "calm",
    "word": "Relief", "answer": "Yes", "response": "Yes", "reason": "scripted", "content": "Hello.",
}
EMOTIONS = ["sadness", "joy", "fear", "disgust", "anger", "surprise"]
NEED_KEYS = {"hungry": "hunger", "tired": "energy", "safe": "safety", "social": "social"}
DANGER = r"\b(?:storm|hurricane|flood|fire|earthquake|war|attack|virus|accident|danger)s?\b|台风|洪水|地震|火灾|危险|暴雨|疫情"


class Prompt:
    """One request: its text, the language to answer in, and choices that depend on both text and seed."""

    def __init__(self, request, seed=""):
        self.request = request
        contents = [m.get("content") or "" for m in request["messages"]]
        self.contents = [c if isinstance(c, str) else json.dumps(c, ensure_ascii=False) for c in contents]
        self.text, self.last = "\n".join(self.contents), self.contents[-1]
        self.hash = zlib.crc32(self.text.encode("utf-8", "replace"), zlib.crc32(str(seed).encode()))
        self.chinese = mostly_chinese(self.last)

    def number(self, salt, below):
        """0 … below-1. A CRC alone is linear, so that choices would go together; Murmur3's last step breaks that."""
        mixed = zlib.crc32(salt.encode(), self.hash)
        mixed = (mixed ^ mixed >> 16) * 0x85EBCA6B & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
        return (mixed ^ mixed >> 16) % below

    def pick(self, salt, choices):
        return choices[self.number(salt, len(choices))]

    def share(self, salt, low, high):
        return round(low + (high - low) * self.number(salt, 101) / 100, 2)

    def find(self, pattern, default=""):
        match = re.search(pattern, self.text)
        return match.group(1).strip() if match else default

    def hour(self):
        """The simulated time in the prompt, in hours; 12 where it names none."""
        match = re.search(r"(?i)time:\s*(\d{1,2}):(\d{2})", self.text)
        return int(match.group(1)) + int(match.group(2)) / 60 if match else 12.0

    def say(self, english, chinese):
        return chinese if self.chinese else english

    def listed(self, pattern):
        """The Python list that the pattern's group holds."""
        try:
            return [str(item) for item in ast.literal_eval(self.find(pattern, "[]"))]
        except (ValueError, SyntaxError):
            return []

    def known(self, name):
        """A profile attribute, in any of the ways in which the prompts state one; "" where it is not known."""
        chinese = {"name": "姓名", "age": "年龄", "occupation": "职业", "gender": "性别"}.get(name, name)
        value = self.find(rf"(?i)(?:my|your|-) {name}(?: level)?(?: is:?|:) (.+)") or self.find(rf"{chinese}[:：]\s*(.+)")
        value = value.strip(" .。")
        return "" if value.lower() in ("", "none", "unknown", "no background story") else value


def mostly_chinese(text):
    return len(re.findall("[\u4e00-\u9fff]", text)) > len(re.findall("[A-Za-z]+", text))


def whole(digits):
    """The number that a run of digits states; past 18 digits only the first 18, so that it fits 64 bits everywhere."""
    return int(digits[:18])


def decimal(text, default):
    """The number at the start of a text that a prompt put where one belongs ("0.85." at a sentence's end), else default."""
    match = re.match(r"\d+(?:\.\d+)?", text)
    return float(match.group()) if match else default


def about(p):
    """The person in one clause: "a 34-year-old teacher", or "" where the prompt tells nothing."""
    age, job = p.known("age"), p.known("occupation")
    job = "" if job.lower() == "other" else job.lower()
    if p.chinese:
        return (f"{age}岁的" if age else "") + (job or "居民") if age or job else ""
    article = "an" if re.match(r"8|11|18|[aeiou]", age or job) else "a"
    return f"{article} {age + '-year-old ' if age else ''}{job or 'resident'}" if age or job else ""


# Needs and plans

def need_init(p):
    hour = p.hour()
    meal = any(start <= hour < start + 2 for start in (6, 7, 11, 17))
    return {"current_satisfaction": {
        "hunger_satisfaction": p.share("hunger", 0.08, 0.26) if meal else p.share("hunger", 0.5, 0.8),
        "energy_satisfaction": round(min(1.0, max(0.15, 1.0 - 0.05 * (hour - 6))) if hour >= 6 else 0.15, 2),
        "safety_satisfaction": p.share("safety", 0.6, 0.9), "social_satisfaction": p.share("social", 0.35, 0.6)}}


def need_evaluation(p):
    need = p.find(r"to satisfy the (.+?) need:")
    goal, results = p.find(r"Goal: (.*)"), re.findall(r"(?m)^- .+ \(\w+\): (.*)$", p.text)
    bad = sum(bool(re.search(r"(?i)not completed|fail|no target|limit", result)) for result in results)
    done = 1 - bad / max(1, len(results))
    full = {"hungry": 0.95, "tired": 0.7 if "short rest" in goal else 0.98,
            "safe": 0.95, "social": 0.85}.get(need, 0.6)

    def raised(key):
        now = decimal(p.find(rf"{key}_satisfaction: ([\d.]+)"), 0.5)
        return round(max(now, now + (full - now) * max(0.25, done)), 2)
    keys = [NEED_KEYS[need]] if need in NEED_KEYS else ["safety", "social"]
    return {key + "_satisfaction": raised(key) for key in keys}


def need_reflection(p):
    event = p.find(r"(?s)intervention message:\s*-+\n(.*?)\n-{5}")
    if re.search("(?i)" + DANGER, event):
        return {"do_something": True, "description": p.say("Go home and stay safe", "回家并注意安全")}
    return {key + "_satisfaction": decimal(p.find(rf"{key}_satisfaction: ([\d.]+)"), 0.6)
            for key in NEED_KEYS.values()}


def guidance(p):
    need, hour, home = p.find(r"Need to satisfy (.*)"), p.hour(), "At home" in p.text
    night = hour >= 21 or hour < 6
    if need == "hungry":
        choice = "Eat at home" if home or night else p.pick("eat", [
            "Eat outside", "Eat at home" if hour >= 16 else "Eat at current location" if "At workplace" in p.text else "Eat outside"])
        reason = p.say("I am hungry and this is the easiest way to get a good meal now", "我饿了，这样吃饭最方便")
    elif need == "tired":
        choice = "Sleep at home" if night else "Sleep at home (for now a short rest where I am)"
        reason = p.say("I can hardly keep my eyes open", "我困得睁不开眼")
    elif need == "safe":
        choice = "Work" if 5 <= hour < 17 else "Shopping"
        reason = p.say("a steady income and a full cupboard make me feel safe", "稳定的收入和充足的储备让我安心")
    elif need == "social":
        choice = "Contact with friends"
        reason = p.say("I have not talked with my friends for a while", "我有一阵子没和朋友聊天了")
    elif need == "whatever":
        quiet = ["stay at home (read a book)", "stay at home (listen to music)", "stay at home (tidy up)"]
        out = ["leisure and entertainment (a walk in the park)", "leisure and entertainment (a cup of tea in the cafe)"]
        work = ["other (shop for groceries)"] + ["other (go on with my work)"] * (5 if 8 <= hour < 16 else 0)
        choice = p.pick("free", quiet if night else quiet + out + work)
        reason = p.say("this is a good time for it", "现在正是时候")
    else:  # something that the person was told to do
        choice, reason = need, p.say("it cannot wait", "这件事不能等")
    return {"selected_option": choice, "evaluation": {
        "attitude": p.share("attitude", 0.65, 0.95), "subjective_norm": p.share("norm", 0.55, 0.9),
        "perceived_control": p.share("control", 0.6, 0.95), "reasoning": reason}}


def plan(p):
    target, hour = p.find(r"Plan target: (.*)") or p.find(r"(?i)target[:：]\s*(.*)"), p.hour()
    home, work = "At home" in p.text, "At workplace" in p.text
    go_home = [] if home else [("Return home", "回家", "mobility")]

    def out(place, zh):
        return [(f"Choose a {place} nearby", f"选择附近的{zh}", "mobility"), (f"Go to the {place}", f"前往{zh}", "mobility")]
    meal, zh_meal = ("breakfast", "早饭") if 4 <= hour < 10 else ("lunch", "午饭") if hour < 15 else ("dinner", "晚饭")
    if re.search(r"(?i)short rest", target):
        steps = [("Rest with closed eyes for 40 minutes", "闭目休息40分钟", "other")]
    elif re.search(r"(?i)sleep|bed|睡", target):
        parts = min(5, max(3, round((6.5 + p.share("wake", -0.5, 1) - hour) % 24 / 2)))
        steps = go_home + [("Sleep for 2 hours", "睡2小时", "other")] * parts
    elif re.search(r"(?i)eat outside|restaurant", target):
        steps = out("restaurant", "餐厅") + [(f"Have {meal} for 40 minutes", f"吃{zh_meal}40分钟", "other")]
    elif re.search(r"(?i)current location", target):
        steps = [(f"Have a packed {meal} for 20 minutes", f"吃自带的{zh_meal}20分钟", "other")]
    elif re.search(r"(?i)\beat\b|meal|吃", target):
        steps = go_home + [(f"Cook {meal} for 20 minutes", f"做{zh_meal}20分钟", "other"),
                           (f"Have {meal} for 25 minutes", f"吃{zh_meal}25分钟", "other")]
    elif re.search(r"(?i)shop|groceries|购物", target):
        steps = out("market", "市场") + [("Buy groceries", "购买食品", "economy")] + \
            ([("Return home", "回家", "mobility")] if hour >= 16 else [])
    elif re.search(r"(?i)\bwork\b|工作", target):
        end = 12 if hour < 10.5 else 17.5 if hour < 16 else hour + 1.5
        parts = max(1, min(3, round((end - hour - (0 if work else 0.75)) / 2)))
        task, zh_task = next(((en, zh) for name, en, zh in WORK if name in p.known("occupation")), WORK[-1][1:])
        steps = [("Wash and get dressed for 30 minutes", "洗漱穿衣30分钟", "other")] * (home and hour < 7.5) + \
            [("Go to the workplace", "前往公司上班", "mobility")] * (not work) + [
            (f"Work {task} for 2 hours", f"工作（{zh_task}）2小时", "economy")] * parts
    elif re.search(r"(?i)friend|contact|social|朋友", target):
        steps = [("Find a friend to talk to", "找一位朋友聊聊", "social"),
                 ("Send a message to the friend", "给朋友发消息", "social")]
    elif re.search(r"(?i)park|walk|公园", target):
        steps = out("park", "公园") + [("Walk under the trees for 45 minutes", "在树下散步45分钟", "other")]
    elif re.search(r"(?i)cafe|\btea\b|咖啡", target):
        steps = out("cafe", "咖啡馆") + [("Drink tea and watch people for 40 minutes", "喝茶看人40分钟", "other")]
    elif re.search(r"(?i)home|家", target):
        task = re.search(r"\((.+?)\)", target)
        task = task.group(1).capitalize() if task else "Rest"
        steps = go_home + [(f"{task} for 60 minutes", {"Read a book": "看书60分钟", "Listen to music": "听音乐60分钟",
                            "Tidy up": "收拾屋子60分钟"}.get(task, "休息60分钟"), "other")]
    else:
        steps = [(target or "Rest", target or "休息", "other")]
    limit = whole(p.find(r"limited to (\d+) steps", "6"))
    return {"plan": {"target": target, "steps": [{"intention": p.say(en, zh), "type": kind}
                                                 for en, zh, kind in steps[:limit]]}}


WORK = [("Student", "on the course book", "复习功课"), ("Teacher", "with the class", "上课"), ("Doctor", "with patients", "看病人"),
        ("Engineer", "on the design", "画图纸"), ("Manager", "with the team", "带团队"), ("Business", "with customers", "见客户"),
        ("Artist", "on a new piece", "创作"), ("Athlete", "on the training plan", "训练"), ("", "on the day's tasks", "日常事务")]


# Steps: which block, where, how long

BLOCKS = [  # block, words of an intention that it fits; first fit among the offered blocks
    ("mobilityblock", r"^(go|return|head|travel|commute|move|drive|leave|visit|choose|select|walk to)\b|前往|回家|出发|去|选择"),
    ("socialblock", r"\b(friends?|messages?|chat|talk|contact|call|social|greet)\b|朋友|消息|聊|联系"),
    ("economyblock", r"\b(work|buy|shop|shopping|purchase|pay|sell|order)\b|工作|上班|购|买"),
    ("placeselectionblock", r"\b(choose|select|decide|pick)\b|选择"),
    ("moveblock", r"\b(go|return|head|travel|commute|move|drive|leave|visit|walk to)\b|前往|回家|出发|去"),
    ("messageblock", r"\b(messages?|chat|send|write|call|greet|tell)\b|消息|发"),
    ("findpersonblock", r"\b(find|choose|friends?|contact)\b|找|朋友"),
    ("consumptionblock", r"\b(buy|shop|shopping|purchase|pay|order)\b|购|买"),
    ("workblock", r"\bwork\b|工作|上班"),
    ("sleepblock", r"\b(sleep|nap|bed)\b|睡"),
    ("othernoneblock", ""), ("otherblock", ""), ("mobilitynoneblock", ""), ("socialnoneblock", ""), ("economynoneblock", ""),
]
PLACES = [  # words of an intention, categories of AgentSociety's two levels that fit, best first
    (r"\b(eat|meal|restaurant|lunch|dinner|breakfast)\b|餐|饭", ["restaurant"]),
    (r"\b(cafe|tea|coffee)\b|咖啡|茶", ["cafe", "restaurant"]),
    (r"\b(shop|shopping|buy|market|groceries)\b|购|买|市场", ["marketplace", "other special purpose"]),
    (r"\b(park|walk|nature)\b|公园|散步", ["park", "outdoor activity"]),
    (r"\b(film|cinema|concert)\b|电影", ["cinema", "cultural and artistic"]),
    (r"\b(hospital|doctor|clinic)\b|医院", ["hospital", "medical care"]),
    (r"\b(school|library|study|class)\b|学校", ["school", "library", "education institution"]),
    (r"\bbank\b|银行", ["bank", "financial service"]), (r"\b(sport|gym|swim)\b|运动", ["sports_centre", "sports facility"]),
]
MINUTES = [(r"\bsleep\b|睡", 480), (r"\b(nap|rest)\b|休息", 40), (r"\b(work|study)\b|工作", 120), (r"\bcook\b|做饭", 30),
           (r"\b(film|movie)\b|电影", 120), (r"\b(eat|meal|have)\b|吃|饭", 30), (r"\b(walk|read)\b|散步|看书", 60), ("", 30)]


def use_tool(p):
    """A call of the tool that the request demands (else the last one), with arguments that its schema allows."""
    tools = [mapping(t.get("function")) for t in p.request["tools"]]
    wanted = mapping(mapping(p.request.get("tool_choice")).get("function")).get("name")
    tool = next((t for t in tools if isinstance(wanted, str) and wanted and t.get("name") == wanted), tools[-1])
    properties = mapping(mapping(tool.get("parameters")).get("properties"))
    names = mapping(properties.get("block_name")).get("enum")
    if isinstance(names, list) and names:
        task = p.find(r"(?s)Task information:\s*(.*)") or p.last
        fits = [name for name, words in BLOCKS if name in names and re.search("(?i)" + words, task.strip())]
        arguments = {"block_name": (fits + names[-1:])[0], "reason": p.say(f"It fits: {task[:60]}", f"适合：{task[:30]}")}
    else:
        arguments = {name: sample(mapping(schema)) for name, schema in properties.items()}
    return {"role": "assistant", "content": None, "tool_calls": [{
        "id": f"call_{p.hash:08x}", "type": "function",
        "function": {"name": tool.get("name", "select_block"), "arguments": json.dumps(arguments, ensure_ascii=False)}}]}


def mapping(value):
    """The value where it is an object; an empty one for all else that a careless schema may hold."""
    return value if isinstance(value, dict) else {}


def sample(schema):
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return {"object": {}, "array": [], "integer": 1, "number": 1, "boolean": True}.get(
        kind if isinstance(kind, str) else "", "enough for now")


def place_type(p):
    offered, wish = p.listed(r"(?s)single selection from (\[.*?\])"), p.find(r"(?i)requirement: (.*)").lower()
    if "workplace" in offered and "home" in offered:  # where to go: a known place or "other"
        known = next((place for place in offered if place and place.lower() in wish), None)
        if re.search(r"\bwork\b|office|公司|上班", wish):
            known = "workplace"
        return {"place_type": known or ("home" if "家" in wish else "other")}
    liked = [place for words, places in PLACES if re.search(words, wish) for place in places]
    return {"place_type": next((place for place in liked if place in offered), p.pick("place", offered or ["park"]))}


def time_estimate(p):
    action = p.find(r"(?i)current action: (.*)") or p.last
    if action == "Don't know":  # what 1.5.7 always writes for work and for sleep: both come in pieces of two hours
        return {"time": 120}
    said = re.search(r"(\d+)\s*(hour|minute|小时|分钟)", action)
    if said:
        return {"time": whole(said.group(1)[:15]) * (60 if said.group(2) in ("hour", "小时") else 1)}
    return {"time": next(minutes for words, minutes in MINUTES if re.search("(?i)" + words, action))}


def transport(p):
    distance = decimal(p.find(r"Distance[^:]*: ([\d.]+)"), 2000.0)
    return {"transportation_mode": "walk" if distance < 1200 else p.pick("mode", ["public transport", "car"])}


# Talking

def find_person(p):
    people = re.findall(r"target_id: (\d+).*?relationship_strength: ([\d.]+)", p.text)
    chosen = [whole(number) for number, strength in people for _ in range(1 + int(min(decimal(strength, 0.0), 100.0) * 4))]
    return {"mode": p.pick("mode", ["online", "online", "offline"]), "target_id": p.pick("who", chosen) if chosen else 0}


def find_friend(p):  # track one's form: ['online', index]
    return str([p.pick("mode", ["online", "offline"]), whole(p.pick("who", re.findall(r"'index': (\d+)", p.text) or ["0"]))])


OPENERS = [("Hi! How is your day going?", "你好！今天过得怎么样？"), ("Shall we have tea together this weekend?", "周末一起喝茶好吗？"),
           ("The park is lovely today, have you been there?", "公园今天很美，你去过了吗？"), ("Long time no see! How are you?", "好久不见！最近好吗？"),
           ("I tried a new noodle place. Shall we go together?", "我发现一家新面馆，一起去吗？"), ("How was work today?", "今天工作怎么样？")]
ANSWERS = [("Fine, thanks. And you?", "挺好的，你呢？"), ("Good idea, I'd love to!", "好主意，我很乐意！"), ("Quite busy, and you?", "挺忙的，你呢？"),
           ("Sure, see you then!", "好啊，到时候见！"), ("All well here!", "我一切都好！")]
CLOSERS = [("Good too. Bye!", "我也好，再见！"), ("Same here, bye!", "我也是，再见！"), ("Well, take care, bye!", "保重，再见！")]


def message(p):
    wish = p.find(r"My intention is: (.*)")
    p.chinese = p.chinese or mostly_chinese(wish)
    text = p.say(*p.pick("opener", OPENERS))
    return {"content": text, "propagation_count": 1} if "propagation_count" in p.text else text


def chat_reply(p):
    heard = p.find(r"(?i)(?:received a message|收到的消息)[:：]\s*(.*)")
    p.chinese = mostly_chinese(heard) if heard else p.chinese
    if re.search(r"(?i)\bbye\b|再见|see you|到时候见", heard) or not re.search(r"[?？]", heard):
        answer = {"should_respond": "NO", "response_content": ""}
    elif re.search(r"(?i)and you\?|你呢", heard):
        answer = {"should_respond": "YES", "response_content": p.say(*p.pick("closer", CLOSERS))}
    else:
        fits = ANSWERS[1::2] if re.search(r"(?i)shall we|一起|好吗", heard) and "最近" not in heard else ANSWERS[::2]
        answer = {"should_respond": "YES", "response_content": p.say(*p.pick("reply", fits))}
    return answer if "response_content" in p.text else {"should_respond": answer["should_respond"]}


def chat_text(p):
    return p.say(*p.pick("reply", ANSWERS))


def interview(p):
    """One or two sentences that mention the profile, or at least the background story, where the prompt has one."""
    who, name, story = about(p), p.known("name"), re.split(r"(?<=[.。!])", p.known("background story"))[0]
    did = re.findall(r"- \[\w+\]: (?:I )?(.+?)(?: for \d+ \w+)? \[day", p.text)
    tail = "" if who or not story else p.say(f" What you should know about me: {story.rstrip('.')}.", f"我的经历：{story}")
    intro = p.say(f"As {who}, ", f"作为{who}，") if who else ""
    question = p.last.lower()
    if re.search(r"your name|who are you|introduce|你是谁|名字|介绍", question):
        said = p.say(f"I'm {name or 'a citizen of this town'}{', ' + who if who else ''}.",
                     f"我是{name or '这座小城的居民'}{'，' + who if who else ''}。")
    elif re.search(r"how are you|feel|mood|感觉|心情|怎么样|好吗", question):
        said = p.say(f"{intro}I feel all right today.", f"{intro}我今天感觉还不错。")
    elif re.search(r"(today|lately|recent|did you|have you|今天|最近)", question) and did:
        said = p.say(f"{intro}I had an ordinary day. Lately: {p.pick('did', did)[:80]}.", f"{intro}今天过得很平常，做了自己该做的事。")
    else:
        said = intro + p.say(*p.pick("opinion", [
            ("I see good and bad sides in it, but on the whole I am in favour.", "我觉得有利有弊，总体上赞成。"),
            ("I have not thought much about it, it does not touch my day.", "我没怎么想过，对我的生活影响不大。"),
            ("I think it matters to people like me.", "我觉得这对我这样的人很重要。")]))
    return said[:1].upper() + said[1:] + tail


def survey_analysis(p):
    p.chinese = mostly_chinese(p.find(r"Question \d+: (.*)"))
    return {"profile_query": p.say("What is my age, gender, education and occupation?", "我的年龄、性别、教育程度和职业是什么？"),
            "memory_query": p.say("What have I done recently that has to do with this?", "我最近做过哪些与此有关的事？")}


def survey_answer(p):
    """{"answer": …}: a text for one choice and for words, a list for many, a number for a rating, {row: column} for a matrix."""
    question, lines = p.find(r"Question \d+: (.*)"), dict(re.findall(r"(?m)^(Options|Rows|Columns): (.*)$", p.last))
    p.chinese = mostly_chinese(question)
    options = lines.get("Options", "").split(", ")
    rating = re.search(r"Rating range: (-?\d+) - (-?\d+)", p.last)
    if "Rows" in lines:
        columns = lines.get("Columns", "").split(", ")
        value = {row: p.pick(row, columns) for row in lines["Rows"].split(", ")}
    elif rating:
        low, high = sorted(whole(n[1:]) * -1 if n[0] == "-" else whole(n) for n in rating.groups())
        value = max(low + p.number("low", high - low + 1), low + p.number("high", high - low + 1))
    elif "MULTIPLE" in p.last:
        value = [o for o in options if p.number(o, 2)] or [p.pick("one", options)]
    elif "Options" in lines:
        value = p.pick("one", options)
    else:
        who = about(p)
        value = p.say(f"As {who}, " if who else "", f"作为{who}，" if who else "") + p.say(
            *p.pick("words", [("I think it is quite good the way it is.", "我觉得现在这样挺好。"),
                              ("I would like a little more of it in our town.", "我希望我们这里能再多一些。"),
                              ("I have mixed feelings about it.", "我的看法比较复杂。")]))
    return {"answer": value}


# Feelings and thoughts

def emotion(p):
    now = {name: whole(p.find(rf"{name}: (\d+)", "5")) for name in EMOTIONS}
    incident = p.find(r"(?s)Love, Hate\]\.(.*?)Please reconsider") or p.last
    if re.search("(?i)" + DANGER, incident):
        goal, word = [5, 1, 8, 2, 3, 6], "Fear"
        conclusion = p.say("I feel uneasy about what I just heard.", "刚听到的消息让我不安。")
    elif re.search(r"(?i)have failed to complete", incident):
        goal, word = [5, 3, 2, 2, 4, 3], "Disappointment"
        conclusion = p.say("I feel a little let down, because it did not work out.", "事情没办成，我有点失望。")
    elif re.search(r"(?i)social message|收到了一条消息", incident):
        goal, word = [1, 7, 1, 1, 1, 4], p.pick("word", ["Liking", "Joy", "Gratitude"])
        conclusion = p.say("I feel glad that someone thought of me.", "有人想着我，我很高兴。")
    else:
        goal, word = [2, 7, 1, 1, 1, 3], p.pick("word", ["Satisfaction", "Joy", "Relief", "Gratification", "Hope"])
        done = re.search(r"(?s)\]: (?:I )?(.+?)(?: for \d+ \w+)? \[day", incident)
        done = done.group(1)[:60] if done else "what I planned"
        conclusion = p.say(f"I feel content. Done: {done[:1].lower()}{done[1:]}.", "事情进展顺利，我觉得满足。")
    levels = {name: now[name] + max(-2, min(2, aim - now[name])) for name, aim in zip(EMOTIONS, goal)}
    return {**levels, "conclusion": conclusion, "word": word}


def thought(p):
    english, chinese = p.pick("thought", [("I should see my friends more often.", "我该多见见朋友。"),
                                          ("I am content with small things.", "平凡的日子，我很知足。"),
                                          ("Tomorrow I will take more time for myself.", "明天要多留点时间给自己。")])
    busy = re.search(r"(?i)worked|工作", p.text)
    return {"thought": p.say(f"It was a {'busy' if busy else 'quiet'} day. {english}", f"{'忙碌' if busy else '安静'}的一天。{chinese}")}


def attitude(p):
    before = p.find(r"towards this topic as: (\d+)", "5")
    return {"attitude": max(0, min(10, whole(before) + p.number("shift", 3) - 1)),
            "reason": p.say("Today changed little.", "今天变化不大。")}


def month_plan(p):
    return {"work": p.share("work", 0.6, 0.95), "consumption": p.share("spend", 0.02, 0.08)}


def depression_scale(p):
    positive = {4, 8, 12, 16}
    return {str(n): p.pick(f"q{n}", ["Occasionally", "Most"] if n in positive else ["Rarely", "Rarely", "Some"])
            for n in range(1, 21)}


def status_summary(p):
    doing = p.find(r"- Current Intention: (.*)")
    mood = p.find(r"- Emotion: (.*)").lower()
    words = {"hungry": "looking for something to eat", "tired": "about to rest", "safe": "about to do my work",
             "social": "thinking of my friends", "whatever": "taking it easy", "Don't know": "starting my day",
             "": "starting my day"}.get(doing)
    doing = words or "about to " + doing[:1].lower() + re.sub(r" for \d+ \w+$", "", doing[1:])
    return p.say(f"I am {doing}. What I feel most is {mood or 'calm'}.", f"我正要{doing}，心情{mood or '平静'}。")


def persuade(p):
    return p.pick("against", ["I understand the worry, but new rules would hit honest people first.",
                              "Before we add laws, let us enforce the ones we have."]) if "disagree" in p.text else \
        p.pick("for", ["Stricter checks would save lives and cost honest people very little.",
                       "If one more check prevents one tragedy, I think it is worth it."])


def remark(p):
    return p.say(*p.pick("remark", [("It is good to know, I will keep it in mind.", "知道了，我会留意的。"),
                                    ("Interesting, it makes me think.", "很有意思，让我深思。"),
                                    ("It makes this place feel alive.", "这里很有生活气息。")]))


KINDS = [  # name, words that must all be in the prompt, reply
    ("survey_analysis", ['"profile_query"', '"memory_query"'], survey_analysis),
    ("survey_answer", ["Survey Title:", "Question ", "Format: Please"], survey_answer),
    ("need_init", ['"current_satisfaction"'], need_init),
    ("need_reflection", ['"do_something"'], need_reflection),
    ("need_evaluation", ["Execution situation", "hunger_satisfaction"], need_evaluation),
    ("guidance", ['"selected_option"'], guidance),
    ("plan", ['"steps"', '"intention"'], plan),
    ("place_type", ['"place_type"'], place_type),
    ("radius", ['"radius"'], lambda p: {"radius": 3000 + 1000 * p.number("radius", 8)}),
    ("transport", ['"transportation_mode"'], transport),
    ("find_person", ['"target_id"', '"mode"'], find_person),
    ("chat_reply", ['"should_respond"'], chat_reply),
    ("emotion", ['"sadness"', '"conclusion"'], emotion),
    ("thought", ['"thought":'], thought),
    ("attitude", ['{"attitude"'], attitude),
    ("month_plan", ["'work'", "'consumption'", "propensity to work"], month_plan),
    ("depression_scale", ["Statement 20", '"Rarely"'], depression_scale),
    ("ubi_opinion", ["opinion on the UBI policy"], lambda p: "It helps those in need, but somebody has to pay for it."),
    ("time_estimate", ['"time":', "minute"], time_estimate),
    ("probe", ["credibility", "reasonableness"], lambda p: {k: 60 + p.number(k, 30) for k in ("credibility", "reasonableness")}),
    ("find_friend", ["['online'", "'index'"], find_friend),
    ("message", ["Keep it under 100 characters"], message),
    ("status_summary", ["agent's current status", "first-person"], status_summary),
    ("persuade", ["What you would say (One or two sentences)"], persuade),
    ("reflection", ["feeling about those environmental information"], remark),
    ("rating_text", ["请只给出数字"], lambda p: str(2 + p.number("rating", 7))),
    ("remark", ["20字以内"], remark),
    ("chat_text", ["生成一个适当的回应"], chat_text),
    ("chat_text", ["Response should be ONLY the message text"], chat_text),
    ("post", ["你是一名社交网络用户"], lambda p: p.say(*p.pick("post", [OPENERS[2], OPENERS[4]]))),
    ("interview", ["pretend to be a human", "Answer based on the following information"], interview),
]


def answer(request, seed=""):
    p = Prompt(request, seed)
    if request.get("tools") and request.get("tool_choice") != "none":
        return "tool", use_tool(p)
    for kind, words, reply in KINDS:
        if all(word in p.text for word in words):
            break
    else:
        kind, reply = "unknown", lambda _: UNION
    text = reply(p)
    return kind, {"role": "assistant", "content": text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)}
