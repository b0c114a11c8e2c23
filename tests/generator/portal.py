"""Whole pages of government portals around a report, and pages of such portals that are no report. Draws no table itself."""

from html import escape
from random import Random

from . import places
from .printing import Composed
from .web import Draw, grid, page_body

_CHANNELS = ("首页", "新闻中心", "政务公开", "办事服务", "互动交流", "走进本地", "专题专栏", "数据开放")
_TREE = (
    "机构职能",
    "领导信息",
    "政策文件",
    "规划计划",
    "财政预决算",
    "行政许可",
    "政府采购",
    "重大项目",
    "应急管理",
    "公开指南",
)
_NEWS = (
    "全市召开安全生产工作调度会", "关于印发防汛应急预案的通知", "春耕备耕物资供应充足", "我县举办职业技能竞赛", "市民服务中心延长办公时间",
    "公共图书馆新馆开放公告", "关于道路临时封闭施工的通告", "农村饮水工程通过验收", "中小学校园食堂检查情况通报", "政务服务大厅搬迁启事",
)  # fmt: skip
_STYLE = ".menu li{float:left;padding:0 12px;line-height:40px}.list a:hover{color:#c00;text-decoration:underline}\n"
_SCRIPT = (
    "$(function(){$('.menu li').hover(function(){$(this).addClass('on')},function(){$(this).removeClass('on')});});\n"
)


def portal_page(composed: Composed, rng: Random, size: int = 0, draw: Draw = grid, charset: str = "utf-8") -> str:
    """A portal's page with the report in its middle, filled up with menus, lists and scripts to about `size` characters.

    The declared `charset` is only written down; encoding is the caller's.
    """
    report = composed.report
    title = f"{report.organ}{report.year}年政府信息公开工作年度报告"
    body = page_body(composed, rng, draw)
    meta = f'<div class="info">发布时间:{report.year + 1}-01-{rng.randint(10, 30)} 10:2{rng.randint(0, 9)} 来源:{report.organ} 浏览次数:<span id="hits"></span></div>'
    crumbs = f'<div class="crumb">您当前的位置:<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; {escape(report.organ)}</div>'
    main = f'{crumbs}<div class="article">{meta}<div class="TRS_Editor">{body}</div></div>'
    return _filled(title, main, rng, size, charset)


def other_page(rng: Random, size: int = 20_000, charset: str = "utf-8") -> str:
    """A page of such a portal that is no report: news, or a list of links."""
    heading = rng.choice(_NEWS)
    sentences = "。".join(rng.choice(places.GENERAL + places.PROBLEMS) for _ in range(rng.randint(3, 12)))
    table = "<table><tr><th>序号</th><th>名称</th><th>数量</th></tr>" + "".join(
        f"<tr><td>{number}</td><td>{rng.choice(_NEWS)}</td><td>{rng.randint(0, 400)}</td></tr>"
        for number in range(1, rng.randint(2, 20))
    )
    return _filled(heading, f"<h1>{heading}</h1><p>{sentences}</p>{table}</table>", rng, size, charset)


def _filled(title: str, main: str, rng: Random, size: int, charset: str) -> str:
    menu = "".join(f'<li><a href="/col/col{rng.randint(100, 999)}/index.html">{word}</a></li>' for word in _CHANNELS)
    tree = "".join(f'<li><a href="/zwgk/{rng.randint(1000, 9999)}/">{word}</a></li>' for word in _TREE)
    noise = "".join(f"<p>{escape(line)}</p>" for line in places.NOISE[3:6])
    head = f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{escape(title)}</title>\n'
    opening = f'</head><body><div class="top"><ul class="menu">{menu}</ul></div><div class="side"><ul>{tree}</ul></div>\n<div class="main">'
    closing = f'</div>\n<div class="footer">{noise}</div></body></html>\n'
    missing = max(0, size - len(head) - len(opening) - len(main) - len(closing))
    # Real pages are full of styles and scripts first, and of links second.
    code = (
        f"<style>{_repeated(_STYLE, missing * 4 // 10)}</style><script>{_repeated(_SCRIPT, missing * 3 // 10)}</script>"
    )
    links: list[str] = []
    while missing and sum(map(len, links)) < missing * 3 // 10:
        links.append(
            f'<li><a href="/art/{rng.randint(2015, 2025)}/{rng.randint(1, 12)}/art_{rng.randint(1000, 99999)}.html" title="{rng.choice(_NEWS)}">{rng.choice(_NEWS)}</a></li>\n'
        )
    return head + code + opening + main + '<ul class="list">' + "".join(links) + "</ul>" + closing


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[: length // len(text) * len(text)]
