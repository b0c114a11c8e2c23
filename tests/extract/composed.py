"""Pages composed by hand for the reader's tests, and a short way to look at what was read. Expects nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extract.stage import read_documents

Row = dict[str, Any]

TITLE = "青田县水务局2022年政府信息公开工作年度报告\n"

DISCLOSURE = """\
二、主动公开政府信息情况
第二十条第(一)项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 1 | 2 | 3 |
行政规范性文件 | 4 | 5 | 6 |
第二十条第(五)项 | |||
信息内容 | 本年处理决定数量 | ||
行政许可 | 7 | ||
第二十条第(六)项 | |||
信息内容 | 本年处理决定数量 | ||
行政处罚 | 8 | ||
行政强制 | 9 | ||
第二十条第(八)项 | |||
信息内容 | 本年收费金额(单位:万元) | ||
行政事业性收费 | 1.5 | ||
"""

REQUESTS = """\
三、收到和处理政府信息公开申请情况
(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 | ||||||||
自然人 | 法人或其他组织 | 总计 | |||||||
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||
二、上年结转政府信息公开申请数量 | 7 | 0 | 0 | 0 | 0 | 0 | 7 | ||
三、本年度办理结果 | (一)予以公开 | 8 | 2 | 3 | 4 | 5 | 6 | 28 | |
(三)不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |
(七)总计 | 8 | 2 | 3 | 4 | 5 | 6 | 28 | ||
四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
"""

APPLICANTS = (
    "natural_person", "commercial_enterprise", "research_institution", "public_interest_org", "legal_service_org",
    "other_org", "total",
)  # fmt: skip
"""Columns of the requests table in printed order."""

DISPUTES = """\
四、政府信息公开行政复议、行政诉讼情况
行政复议 | 行政诉讼 | |||||||||||||
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 | ||||||||
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | |||||
1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |
"""

REPORT = TITLE + DISCLOSURE + REQUESTS + DISPUTES + "五、存在的主要问题及改进情况\n"

STATISTICS = """\
开平市水利局2016年政府信息公开工作年度报告
政府信息公开情况统计表
统计指标 | 单位 | 统计数 |
一、主动公开情况 | —— | |
(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) | 条 | 31 |
其中:主动公开规范性文件数 | 条 | 4 |
制发规范性文件总数 | 件 | 5 |
三、依申请公开情况 | —— | |
(一)收到申请数 | 件 | 6 |
1.当面申请数 | 件 | 1 |
2.传真申请数 | 件 | 5 |
七、依申请公开信息收取的费用 | 万元 | 0.25 |
(三)接受培训人员数 | 人次 | 70 |
"""

SHANGHAI = """\
临洮县人民政府2011年政府信息公开工作年度报告
指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |
甲 | 乙 | 丙 | 1 | 2 |
主动公开信息数 | 条 | 01 | 15 | 40 |
其中:全文电子化的主动公开信息数 | 条 | 02 | 2 | 2 |
新增的行政规范性文件数 | 条 | 03 | 3 | 3 |
提供服务类信息数 | 条 | 04 | 4 | 9 |
网站专栏页面访问量 | 人次 | 05 | 5 | 77 |
现场接待人数 | 人次 | 06 | 06 | 6 |
网上咨询数 | 人次 | 07 | 7 | 7 |
"""


@dataclass(frozen=True)
class Staged:
    """The staged rows of one document."""

    document: Row
    reports: list[Row]
    cells: list[Row]
    rejects: list[Row]

    @property
    def report(self) -> Row:
        """The one report of the document."""
        (only,) = self.reports
        return only

    def values(self, table: str = "", ordinal: int = 1) -> dict[str, str]:
        """Line/column (and #part) -> number, or value status in brackets, of the slots of one report and table."""
        report_id = self.reports[ordinal - 1]["report_id"]
        cells = [cell for cell in self.cells if cell["report_id"] == report_id and cell["slot_id"]]
        return {_place(cell): _shown(cell) for cell in cells if cell["slot_id"].split("/")[1].startswith(table)}

    def loose(self) -> list[tuple[str, str]]:
        """Row label and raw text of the cells that the form does not have."""
        return [(cell["row_path"], cell["raw_text"]) for cell in self.cells if cell["slot_id"] is None]

    def cell(self, place: str) -> Row:
        """The one cell at a place (line/column)."""
        (only,) = [cell for cell in self.cells if cell["slot_id"] and _place(cell) == place]
        return only


def _place(cell: Row) -> str:
    return cell["slot_id"].split("/", 2)[2] + (f"#{cell['part']}" if cell["part"] else "")


def _shown(cell: Row) -> str:
    return f"({cell['value_status']})" if cell["value"] is None else f"{cell['value']:f}".rstrip("0").rstrip(".") or "0"


def read(page: str | bytes) -> Staged:
    """Stage one document."""
    content = page.encode() if isinstance(page, str) else page
    tables = {name: table.to_pylist() for name, table in read_documents([("page.txt", content)]).items()}
    (document,) = tables["document"]
    return Staged(document, tables["report"], tables["cell"], tables["reject"])


def swap(page: str, printed: str, instead: str) -> str:
    """`page` with the one occurrence of `printed` replaced; a page that does not print it once is a faulty test."""
    assert page.count(printed) == 1, f"{printed!r} stands {page.count(printed)} times in the page"
    return page.replace(printed, instead)


def line(name: str, *values: str) -> dict[str, str]:
    """The places of one line of the requests table with their values in printed order."""
    return {f"{name}/{column}": value for column, value in zip(APPLICANTS, values, strict=True)}
