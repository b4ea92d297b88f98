"""Whose a thing probably is, by the words in it: a role by what is to be done, names where the plan gives them."""

import re

from logistics.school.choices import Role

WORDS: tuple[tuple[Role, str], ...] = (  # the first that fits
    (Role.DUTY_TEACHER, "值周|值日(?!生)"),
    (Role.CANTEEN_MANAGER, "食堂|厨房|炊事|菜谱|菜单|留样|餐|伙食|食品|饮食|健康证|卫生许可"),
    (Role.SAFETY_GROUP, "消防|安全|报警|监控|疏散|演练|应急|预案|隐患|防盗|防火|护学岗|周边"),
    (Role.GUARD, "门卫|保安|来客|外来人员|巡逻|巡查校园"),
    (Role.CASHIER, "收费|现金|缴费|工资发放|发放工资"),
    (Role.BOOKKEEPER, "工资|绩效|报表|经费|预算|决算|法人年检|年报|劳动用工|财务|结算|账务|审计"),
    (Role.PURCHASER, "采购|征订|订购|购买|购置|添置|招标"),
    (
        Role.KEEPER,
        "财产|校产|资产|桌椅|课桌|桌凳|台凳|用床|教具|仪器|设备|仓库|领用|发放|报废|报损|清洁工具|教学用品|教材|簿本|调整教室|保管",
    ),
    (Role.ACADEMIC, "教学设施|教研|课程|考试|实验室|图书"),
    (
        Role.DIRECTOR,
        "维修|整修|检修|修理|供暖|水电|绿化|花木|修剪|环境|卫生|值班|计划|总结|会议|考核|通讯录|档案|材料|收集|活动|后勤|办公室|开学|学期结束|运动会",
    ),
)
LOOKS = tuple((role, re.compile(words)) for role, words in WORDS)
NAMED = re.compile(
    r"[（(\[]?\s?(?:责任人|负责人|负责|承办人|经办人|牵头人|责任部门|责任科室|负责部门|承办部门|牵头部门|分管)\s?[:：]\s?"
    r"([^（）()\[\]。；;\n]{1,40})[）)\]]?"
)
BETWEEN = re.compile(r"[、,，/和及与\s]+")


def role_for(text: str) -> str:
    """The role whose work this usually is; empty where no word tells."""
    return next((role for role, look in LOOKS if look.search(text)), "")


def names_in(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without ``（责任人：张三、李四）``, and those names."""
    match = NAMED.search(text)
    if match is None:
        return text, ()
    rest = f"{text[: match.start()]}{text[match.end() :]}".strip(" ，,")
    return rest, as_names(match[1])


def as_names(text: str) -> tuple[str, ...]:
    """``张三、李四`` → its names."""
    return tuple(name for name in BETWEEN.split(text.strip()) if name)
