#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes many requests and what scripted_replies.py answers, for comparing another practice model with it byte for byte.

  practice_corpus.py COUNT > corpus.jsonl

Every kind comes in both languages, with ordinary values, with odd ones (numbers that are none, digits of other scripts,
blanks that only Unicode knows, quotes, empty fields) and torn apart. One JSON object a line: the request as it is sent,
the seed, and kind, text, tool, id and tokens expected; `kind` null where the request must be refused.
"""
import json
import random
import sys

sys.dont_write_bytecode = True
import scripted_replies

TIMES = ["06:00", "07:15", "08:30", "10:29", "11:00", "12:45", "15:59", "16:00", "17:30", "20:59", "21:00", "23:45", "00:10",
         "5:59", "1２:３0", "99:99", "noon"]
NEEDS = ["hungry", "tired", "safe", "social", "whatever", "Go home and stay safe", "回家并注意安全", "", "water the plants"]
PLACES = ["At home", "At workplace", "On the road", ""]
JOBS = ["Student", "Teacher", "Doctor", "Engineer", "Manager", "Businessman", "Artist", "Athlete", "Other", "None", "unknown",
        "Éditeur", "医生", "ИНЖЕНЕР", ""]
AGES = ["8", "11", "18", "25", "34", "80", "unknown", "", "３５"]
NUMBERS = ["0.8", "0.15", "1", "0", "0.333", "0.005", "0.125", "0.85.", ".5", "..", "", "1.2.3", "12345678901234567890", "0.00001",
           "123456789.5", "1e5", "０.５", "0.995"]
TARGETS = ["Eat at home", "Eat outside", "Eat at current location", "Sleep at home", "Sleep at home (for now a short rest where I am)",
           "Work", "Shopping", "Contact with friends", "stay at home (read a book)", "stay at home (listen to music)",
           "stay at home (tidy up)", "leisure and entertainment (a walk in the park)", "Go home and stay safe",
           "leisure and entertainment (a cup of tea in the cafe)", "other (shop for groceries)", "other (go on with my work)",
           "stay at home (ÉCRIRE une lettre)", "在家吃饭", "去公园散步", "和朋友聊天", "睡觉", "回家", "工作", "去咖啡馆", "water the plants",
           "购物", "", "meal", "bed"]
INTENTIONS = ["Return home", "Cook dinner for 20 minutes", "Have lunch for 40 minutes", "Choose a restaurant nearby",
              "Go to the restaurant", "Sleep for 2 hours", "Work on the design for 2 hours", "Buy groceries", "Find a friend to talk to",
              "Send a message to the friend", "Walk under the trees for 45 minutes", "Go to the workplace", "Wash and get dressed for 30 minutes",
              "Don't know", "回家", "前往公司上班", "睡2小时", "工作（上课）2小时", "找一位朋友聊聊", "给朋友发消息", "购买食品", "选择附近的餐厅",
              "Watch a film", "study", "nap", "做饭", "看书60分钟", "rest 3 小时", "  spaced\u3000out ", "\x1codd\x85blank", "12345678901234567890 hours",
              "Ride the bus to see the \"big\" \\ show", "", "Éat", "休息"]
MOODS = ["Joy", "RELIEF", "Ärger", "平静", "", "Joy and Hope"]
STORIES = ["I grew up by the sea. Later I moved.", "No background story", "我在海边长大。后来搬了家。", "One! Two.", "...", "No end", ""]
HEARD = ["Hi! How is your day going?", "Shall we have tea together this weekend?", "Fine, thanks. And you?", "Good too. Bye!", "Sure, see you then!",
         "你好！今天过得怎么样？", "周末一起喝茶好吗？", "挺好的，你呢？", "我也好，再见！", "好久不见！最近好吗？", "All well here!", "？", "", "OK"]
EVENTS = ["A hurricane is coming to town.", "There will be a concert tonight.", "台风要来了，请回家。", "公园今晚有音乐会。", "wars and fires", "warning: fireplace", ""]
DID = ["I worked on the design for 2 hours", "had lunch for 40 minutes", "工作了2小时", "walked in the park", "I slept", "I finished: Cook (other)"]
QUESTIONS = ["How do you get to work?", "Do you like the town?", "你喜欢这座城市吗？", "您怎么去上班？", "Rate the noise, please", "你 like the park 吗"]
OPTIONS = ["By bus, By car, On foot", "Yes, No", "很满意, 一般, 不满意", "One", "a, b, c, d, e, f, g", "", "Yes, really, No"]
CATEGORIES = ["['restaurant', 'cafe', 'marketplace', 'park', 'cinema']", "['home', 'workplace', 'other']", "['home', \"children's home\", 'workplace', 'other']",
              "['medical care', 'outdoor activity', 'cultural and artistic', 'education institution']", "[]", "['a', 1, None]", "[oops]",
              "['tab\\there', 'x']", "['home', 'work' 'place', 'other',]", "['', 'home', 'workplace']", "['gym',\n 'library']", "['open"]
WISHES = ["a restaurant for lunch", "go home", "my workplace", "the office", "回家", "去公司", "公园散步", "buy food at the market", "go to the bank", "swim",
          "film", "see a doctor", "library", "喝咖啡", "somewhere", "Children's Home", ""]
DISTANCES = ["300", "1199.99", "1200", "8000.5", "far", "1200.", "９００"]


class Maker:
    def __init__(self, r):
        self.r = r

    def of(self, values):
        return self.r.choice(values)

    def profile(self):
        r, form = self.r, self.of(["my", "your", "-", "zh", "level"])
        job, age, name = self.of(JOBS), self.of(AGES), self.of(["Ann Li", "王芳", "", "none", "Bob."])
        if form == "zh":
            return f"姓名：{name}\n年龄: {age}\n职业：{job}\n性别：女\nbackground story：{self.of(STORIES)}"
        if form == "-":
            return f"- name: {name}\n- Age: {age}\n- occupation: {job}\n- background story: {self.of(STORIES)}"
        word = "My" if form == "my" else "Your"
        level = " level" if form == "level" else ""
        return f"{word} name is {name}. \n{word} age{level} is: {age}\n{word} occupation is {job}.\n{word} background story is: {self.of(STORIES)}"

    def satisfactions(self):
        return "\n".join(f"- {key}_satisfaction: {self.of(NUMBERS)}" for key in ("hunger", "energy", "safety", "social") if self.r.random() > 0.1)

    def memory(self):
        return "\n".join(f"- [{self.of(['mobility', 'other', '活动'])}]: {self.of(DID)} [day: 0, time: {self.of(TIMES)}]"
                         for _ in range(self.r.randrange(4)))

    def language(self, english, chinese):
        return self.of([english, chinese, english + "\n" + chinese])

    def prompt(self, kind):
        return getattr(self, kind)()

    def survey_analysis(self):
        return f'Question {self.r.randrange(9)}: {self.of(QUESTIONS)}\nReturn JSON {{"profile_query": "…", "memory_query": "…"}}'

    def survey_answer(self):
        form = self.of(["Options: " + self.of(OPTIONS), "Options: " + self.of(OPTIONS) + "\nYou may choose MULTIPLE options",
                        f"Rating range: {self.of(['1', '0', '-3', '10', '５'])} - {self.of(['5', '10', '1', '-1', '1000000000000000000000'])}",
                        "Rows: " + self.of(OPTIONS) + self.of(["\nColumns: Poor, Fair, Good", "\nColumns: 差, 中, 好", "", "\nColumns: "]),
                        "Please answer in words", "Choose MULTIPLE"])
        return f"{self.profile()}\nSurvey Title: Town\nQuestion {self.r.randrange(9)}: {self.of(QUESTIONS)}\nFormat: Please answer\n{form}\n"

    def need_init(self):
        return f'{self.profile()}\nCurrent time: {self.of(TIMES)}\n{self.language("Give initial values", "请给出初始值")}\n{{"current_satisfaction": {{}}}}'

    def need_reflection(self):
        line = "-" * self.of([1, 5, 20])
        return f'Current satisfactions:\n{self.satisfactions()}\nThe intervention message:\n{line}\n{self.of(EVENTS)}\n{line}\n{self.language("Decide", "请决定")} {{"do_something": true}}'

    def need_evaluation(self):
        steps = "\n".join(f"- {self.of(INTENTIONS)} ({self.of(['mobility', 'other', '社交', 'a b'])}): "
                          f"{self.of(['Done', 'not completed', 'FAILED', '完成', 'No target found', 'reached the limit', ''])}" for _ in range(self.r.randrange(5)))
        return (f"You tried to satisfy the {self.of(NEEDS)} need:\nGoal: {self.of(TARGETS)}\nExecution situation:\n{steps}\n"
                f"Current satisfaction: \n{self.satisfactions()}\nhunger_satisfaction")

    def guidance(self):
        return (f"Need to satisfy {self.of(NEEDS)}\nLocation: {self.of(PLACES)}\nCurrent time: {self.of(TIMES)}\nEmotion: {self.of(MOODS)}\n"
                f'{self.language("Choose one option", "请选择")} {{"selected_option": "…"}}')

    def plan(self):
        return (f"{self.of(['Plan target', 'target', '目标 target'])}{self.of([': ', '：'])}{self.of(TARGETS)}\n{self.profile()}\n{self.of(PLACES)}\nTime: {self.of(TIMES)}\n"
                f'{self.of(["limited to 6 steps", "limited to 2 steps", "limited to 0 steps", "", "limited to 99999999999999999999999 steps"])}\n'
                f'{self.language("Make a plan", "请制定计划")} {{"plan": {{"steps": [{{"intention": "…"}}]}}}}')

    def place_type(self):
        return f'Requirement: {self.of(WISHES)}\nMake a single selection from {self.of(CATEGORIES)}\n{{"place_type": "…"}}'

    def radius(self):
        return f'{self.of(MOODS)} weather, temperature {self.r.randrange(40)} {{"radius": 10000}}'

    def transport(self):
        return f'Distance{self.of(["", " in meters", " (m)"])}: {self.of(DISTANCES)} m\n{{"transportation_mode": "…"}} {self.r.random()}'

    def find_person(self):
        people = "\n".join(f"{{target_id: {self.of(['5', '6', '17', '٣', '99999999999999999999'])}, name: x, relationship_strength: {self.of(NUMBERS)}}}"
                           for _ in range(self.r.randrange(5)))
        return f'People:\n{people}\n{{"mode": "online", "target_id": 1}} {self.r.random()}'

    def chat_reply(self):
        label = self.of(["You received a message: ", "received a message：", "收到的消息：", "收到的消息: \n", ""])
        content = self.of([', "response_content": "…"', ""])
        return f'{label}{self.of(HEARD)}\n{self.of(["Emotion: Joy", "心情：平静"])}\n{{"should_respond": "YES"{content}}} {self.r.random()}'

    def emotion(self):
        levels = " ".join(f"{name}: {self.of(['0', '3', '5', '10', '７', '100'])}," for name in scripted_replies.EMOTIONS if self.r.random() > 0.05)
        incident = self.of([self.of(EVENTS), "You have failed to complete: " + self.of(INTENTIONS), "You received a social message: hello", "收到了一条消息",
                            self.memory(), "You have successfully completed: " + self.of(INTENTIONS)])
        return (f'Levels: {levels}\nwords: [Joy, Love, Hate]. {incident} Please reconsider\n{self.language("Answer", "请回答")} '
                f'{{"sadness": 0, "conclusion": "…", "word": "…"}} {self.r.random()}')

    def thought(self):
        return f'{self.memory()}\n{self.language("Summarise the day", "请总结")} {{"thought": "…"}} {self.r.random()}'

    def attitude(self):
        return f'You see your attitude towards this topic as: {self.of(["0", "5", "10", "x", "12"])}\n{self.of(EVENTS)} {{"attitude": 5}} {self.r.random()}'

    def month_plan(self):
        return f"{self.profile()} Share 'work' and 'consumption', the propensity to work {self.r.random()}"

    def depression_scale(self):
        return f'Statement 20: I could not get going. Answer "Rarely" … {self.r.random()}'

    def ubi_opinion(self):
        return f"{self.profile()} What is your opinion on the UBI policy?"

    def time_estimate(self):
        return f'{self.of(["Current action: ", "current Action: ", ""])}{self.of(INTENTIONS)}\nHow long? {{"time": 10}} in minutes'

    def probe(self):
        return f"Rate credibility and reasonableness of: {self.of(EVENTS)} {self.r.random()}"

    def find_friend(self):
        return f"Choose ['online', 2] from {[{'index': i, 'name': 'x'} for i in range(self.r.randrange(4))]} {self.r.random()}"

    def message(self):
        return f"My intention is: {self.of(INTENTIONS)}\nKeep it under 100 characters.{self.of(['', ' propagation_count', ' 请用中文，谢谢你的配合，这是一条很长的说明'])} {self.r.random()}"

    def status_summary(self):
        return f"Summarise the agent's current status in first-person\n- Current Intention: {self.of(INTENTIONS + NEEDS)}\n- Emotion: {self.of(MOODS)}\n{self.of(['', '请用中文回答，谢谢，一两句话即可，不要太长，越自然越好，谢谢你的合作，请开始吧，现在就开始写'])}"

    def persuade(self):
        return f"They {self.of(['agree', 'disagree'])}. What you would say (One or two sentences) {self.r.random()}"

    def reflection(self):
        return f"What is your feeling about those environmental information? {self.of(EVENTS)}"

    def rating_text(self):
        return f"你的打分？请只给出数字 {self.r.random()}"

    def remark(self):
        return f"写一句话，20字以内 {self.r.random()}"

    def chat_text(self):
        return self.of(["生成一个适当的回应", "Response should be ONLY the message text"]) + f" {self.of(HEARD)} {self.r.random()}"

    def post(self):
        return f"你是一名社交网络用户 {self.of(EVENTS)} {self.r.random()}"

    def interview(self):
        question = self.of(["How are you today?", "What is your name?", "What did you do today?", "你是谁？", "你今天做了什么？", "What do you think of taxes?",
                            "İstanbul?", "你觉得税收怎么样？", "Who are you?", "最近忙什么"])
        text = f"Please pretend to be a human.\n{self.profile()}\n{self.memory()}\nAnswer based on the following information"
        return [{"role": "system", "content": text}, {"role": "user", "content": question}]

    def unknown(self):
        return self.of(["Hello", "", "你好", "\U0001f600 emoji", "a" * 1000]) + str(self.r.random())


ODD = ["\u3000", "\x1c", "\t", "\n", "\"", "\\", "é", "\U0001f600", "９", "：", " 12:30 ", "时间", "\u2028", "\x7f", "\x01"]


def torn(r, text):
    """The text with something taken out, put in, or twice."""
    for _ in range(r.randrange(1, 4)):
        a, b = sorted((r.randrange(len(text) + 1), r.randrange(len(text) + 1)))
        b = min(b, a + 12)
        text = r.choice([text[:a] + text[b:], text[:a] + r.choice(ODD) + text[a:], text[:b] + text[a:]])
    return text


def tool_request(m):
    r = m.r
    names = m.of([["mobilityblock", "socialblock", "economyblock", "otherblock"], ["sleepblock", "othernoneblock", "no_suitable_block"],
                  ["moveblock", "placeselectionblock", "mobilitynoneblock"], ["workblock", "consumptionblock", "economynoneblock"],
                  ["findpersonblock", "messageblock", "socialnoneblock"], ["x", 7.50], [None], []])
    select = {"type": "function", "function": {"name": "select_block", "parameters": {"type": "object", "properties": {
        "block_name": {"type": "string", "enum": names}, "reason": {"type": "string"}}}}}
    other = {"type": "function", "function": {"name": m.of(["talk", "走", "t\"q"]), "parameters": {"properties": {
        "a": {"type": m.of(["string", "integer", "number", "boolean", "array", "object", ["integer", "null"], "x", None, {}, []])},
        "b": {"enum": m.of([[1.0, 2], ["x"], [], "abc", [1e-7], [{"k": "v"}]])}, "c": m.of([True, {}, {"type": "string"}])}}}}
    tools = m.of([[select], [other, select], [select, other], [other], [{}], [{"function": None}], [{"function": {"parameters": None}}], "text", {"a": 1}, [1], 5])
    task = m.of(["Task information: ", "Task information:\n\n", ""]) + m.of(INTENTIONS) + m.of(["", "\nmore"])
    request = {"messages": [{"role": "user", "content": task}], "tools": tools}
    choice = m.of([None, "auto", "none", {"type": "function", "function": {"name": "select_block"}}, {"function": {"name": "missing"}}, {"function": None}, {"function": {"name": 7}}])
    if choice is not None or r.random() < 0.3:
        request["tool_choice"] = choice
    return request


def refused(m):
    return m.of([{}, [], 5, None, {"messages": []}, {"messages": {}}, {"messages": "x"}, {"messages": [1]}, {"messages": ["x"]}, {"messages": [[]]}, {"messages": None}])


def odd_contents(m):
    """Contents that are no text."""
    return {"model": "m", "messages": [{"role": "user", "content": value} for value in (
        [{"type": "text", "text": m.prompt("guidance")}, {"type": "number", "v": m.of([1.5, 1e16, 1e-7, 100000.0, 3, -0.0])}],
        m.of([None, "", 0, False, [], {}, 0.0, "last", 17, True]))]}


KINDS = [name for name, _, _ in scripted_replies.KINDS] + ["unknown"]


def requests(count, r):
    m = Maker(r)
    for n in range(count):
        special = r.random()
        if special < 0.08:
            request = tool_request(m)
        elif special < 0.09:
            request = refused(m)
        elif special < 0.11:
            request = odd_contents(m)
        else:
            prompt = m.prompt(KINDS[n % len(KINDS)])
            if isinstance(prompt, str) and special < 0.35:
                prompt = torn(r, prompt)
            messages = prompt if isinstance(prompt, list) else [{"role": "user", "content": prompt}]
            if r.random() < 0.3:
                messages = [{"role": "system", "content": m.of(["You are helpful.", "", "你是一个助手。"])}] + messages
            request = {"model": "practice", "messages": messages, "temperature": 1, "max_tokens": None, "top_p": None}
            if r.random() < 0.1:
                request["tools"] = m.of([None, [], 0])
        yield request, m.of(["0", "0", "1", "4294967295", "种子"])


def main():
    for n, (request, seed) in enumerate(requests(int(sys.argv[1]), random.Random(20260101))):
        body = json.dumps(request, ensure_ascii=n % 2 == 0)
        expected = {"kind": None}
        try:
            parsed = json.loads(body)
            contents = [c if isinstance(c, str) else json.dumps(c, ensure_ascii=False)
                        for c in (m.get("content") or "" for m in parsed["messages"])]
            contents[-1]
            kind, message = scripted_replies.answer(parsed, seed)
            call = message["tool_calls"][0] if "tool_calls" in message else None
            text = call["function"]["arguments"] if call else message["content"]
            expected = {"kind": kind, "text": text, "tool": json.dumps(call["function"]["name"], ensure_ascii=False) if call else "",
                        "id": call["id"] if call else "", "in": (len("".join(contents)) + 3) // 4, "out": (len(text) + 3) // 4}
        except (KeyError, TypeError, AttributeError, IndexError):
            pass
        print(json.dumps({"seed": seed, "body": body, **expected}))


if __name__ == "__main__":
    main()
