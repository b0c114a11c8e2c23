"""Names of organs and the prose around the tables, in words of our own. Every number in the prose is a trap, never a figure."""

from random import Random

COUNTIES = (
    "青河县", "临江市", "石门县", "云溪区", "北川县", "南湖区", "东阳市", "西峡县", "兴山县", "安平县", "长岭县", "宁化县",
    "平乐县", "龙泉市", "永春县", "清水县", "白河县", "金湖县", "会同县", "古田县", "阳信县", "太和县", "新田县", "大余县",
)  # fmt: skip
BUREAUS = (
    "水利局",
    "教育局",
    "财政局",
    "民政局",
    "农业农村局",
    "交通运输局",
    "卫生健康局",
    "林业局",
    "统计局",
    "司法局",
)
TOWNS = (
    "平安镇",
    "和睦乡",
    "柳树镇",
    "上河乡",
    "新民镇",
    "大桥镇",
    "红旗乡",
    "双井镇",
    "沙河镇",
    "东风镇",
)


def random_organ(rng: Random) -> str:
    """A county government, a county bureau or a township government."""
    county = rng.choice(COUNTIES)
    tail = rng.choice(("人民政府", rng.choice(BUREAUS), rng.choice(TOWNS) + "人民政府"))
    return county + tail


def numbered_organs(count: int) -> list[str]:
    """`count` different organs."""
    names = [county + town + "人民政府" for county in COUNTIES for town in TOWNS]
    names += [county + bureau for county in COUNTIES for bureau in BUREAUS]
    ordinals = "甲乙丙丁戊己庚辛壬癸"
    names += [
        f"{county}{town[:-1]}{a}{b}{town[-1]}人民政府"
        for a in ordinals for b in ordinals for county in COUNTIES for town in TOWNS
    ]  # fmt: skip
    return names[:count]


def title(organ: str, year: int) -> str:
    """The line that names organ and year."""
    return f"{organ}{year}年政府信息公开工作年度报告"


def opening(organ: str, year: int, rng: Random) -> str:
    """The paragraph before the first section: dates, a phone number and a postcode."""
    phone = f"0{rng.randint(311, 999)}-{rng.randint(2000000, 8999999)}"
    code = (
        f"{organ}依据国办公开办函〔{year}〕{rng.randint(10, 99)}号所附格式,汇总{year}年全年情况如下,数据截至12月31日。"
    )
    law = f"本年度报告由{organ}按照《中华人民共和国政府信息公开条例》编制。统计时段为{year}年1月1日至{year}年12月31日。"
    return rng.choice((code, law)) + f"联系电话:{phone},邮编{rng.randint(100000, 859999)}。"


GENERAL = (
    "这一年,我们把公开工作放在日常业务里一起做,栏目有人管,内容有人审。",
    "公开事项清单按季度核对,过期页面及时撤下,群众来电由值班人员记录后转办。",
    "网站改版后,政策文件按主题归类,查找比过去省事。",
)
PROBLEMS = (
    "不足之处在于业务科室提供材料偏慢,解读文字仍嫌生硬。下一步将安排专人跟进,并把要求写进岗位职责。",
    "工作人员更换较多,对答复口径掌握不一。明年将组织案例讨论,统一文书样式。",
)
OTHER = ("没有其他需要说明的事项。", "本机关全年未发生需要另行报告的情况。")
NOISE = (
    "首页 | 政务公开 | 办事服务 | 互动交流",
    "字号:[大 中 小]  浏览次数:1,904  发布时间:2024-01-26 10:35",
    "您当前的位置:首页 > 信息公开 > 年报",
    "按回车键打开无障碍说明页面,按Ctrl+~键打开导盲模式。",
    "版权所有:某某网站 ICP备2020012834号 网站标识码:2109220045",
    "建议使用1440*768分辨率浏览,技术支持电话:400-810-8888",
    "上一篇:关于做好冬季供暖工作的通知(政办发〔2022〕17号)",
)


def signature(organ: str, year: int, rng: Random) -> str:
    """Organ and date of issue, in January of the next year."""
    return f"{organ}\n{year + 1}年1月{rng.randint(5, 30)}日"
