"""Single sentences composed by hand: what each states of the report's own year, and what it only seems to state."""

from __future__ import annotations

import pytest
from prose_reading import read_prose

HEADING = "一、总体情况\n"
STATED = [
    ("2022年12月收到申请2件。", []),
    ("接到投诉举报3件,均与信息公开无关。", []),
    ("县政府办理行政复议案件50件,行政诉讼应诉20件。", []),
    ("东湖区收到有关政府信息公开工作方面的举报投诉47起。", ["complaints_received=47"]),
    ("行政复议和行政诉讼案件分别为2件和3件。", ["reconsideration_cases=2", "litigation_cases=3"]),
    ("也没有发生行政复议和行政诉讼。", ["reconsideration_cases=0!", "litigation_cases=0!"]),
    ("通过微博微信回应21次、召开了0次新闻发布会。", ["weibo_wechat_responses=21", "press_conferences_held=0"]),
    ("收到申请3份,予以公开2件。通过政府门户网站公开1829条。",
     ["requests_received=3", "granted_full=2", "disclosed_via_website=1829"]),
    # sentence of a report for 2022, what it states
    ("收到申请12件(其中网络申请10件、当面申请2件),已全部答复。",
     ["requests_received=12", "requests_received_online=10", "requests_received_in_person=2", "requests_disposed_total=12"]),
    ("共收到依申请公开政府信息12件,其中2件转下年办理,10件已办结。",
     ["requests_received=12", "requests_carried_out=2", "requests_completed=10"]),
    ("上年度结转2件,本年度新收5件,办结6件,结转下年度1件。",
     ["requests_carried_in=2", "requests_received=5", "requests_completed=6", "requests_carried_out=1"]),
    ("共收到申请5件,3件予以公开,1件部分公开,1件信息不存在。",
     ["requests_received=5", "granted_full=3", "granted_partial=1", "information_nonexistent=1"]),
    ("本年度收到的5件申请中,有3件为当面申请。", ["requests_received=5", "requests_received_in_person=3"]),
    ("收到申请5件,均按时答复。", ["requests_received=5", "requests_disposed_total=5"]),
    ("收到申请5件,均按时办结。", ["requests_received=5", "requests_completed_on_time=5"]),
    ("截至2022年12月31日,本机关共收到申请7件。", ["requests_received=7"]),
    ("2022年1-12月收到申请2件。", ["requests_received=2"]),
    ("行政复议、行政诉讼各1件。", ["reconsideration_cases=1", "litigation_cases=1"]),
    ("未发生因政府信息公开引起的行政复议,行政诉讼1件。", ["reconsideration_cases=0!", "litigation_cases=1"]),
    ("行政复议案件3件,维持2件,纠正1件;行政诉讼1件,维持1件。",
     ["reconsideration_cases=3", "reconsideration_cases/upheld=2", "reconsideration_cases/corrected=1",
      "litigation_cases=1", "litigation_cases/upheld=1"]),
    ("主动公开政府信息1000余条,其中通过门户网站公开800条、微信公众号200条。",
     ["proactive_items_disclosed=1000~", "disclosed_via_website=800", "disclosed_via_wechat=200"]),
    ("微信公众号关注人数1.2万人,发布信息350条。", ["disclosed_via_wechat=350"]),
    ("网站访问量3万次,其中政务公开栏目访问量1万次。", ["website_visits=30000"]),
    ("召开新闻发布会2场,主要负责人出席1场。", ["press_conferences_held=2", "press_conferences_principal_attended=1"]),
    ("全市政务公开工作人员共有35人,其中专职5人、兼职30人。",
     ["oi_staff_total=35", "oi_staff_full_time=5", "oi_staff_part_time=30"]),
    ("制定规范性文件5件,废止3件,现行有效20件。",
     ["normative_documents_issued=5", "normative_documents_repealed=3", "normative_documents_in_force=20"]),
    ("收取信息处理费0元。", ["information_processing_fee_collected=0"]),
    ("未向申请人收取任何费用。", ["request_fees_collected=0!"]),
    ("收到申请零件。", ["requests_received=0"]),
    ("2022年收到申请5件,2021年结转2件,办结6件,结转2023年1件。",
     ["requests_received=5", "requests_carried_in=2", "requests_completed=6", "requests_carried_out=1"]),
    ("收到申请17件,另有1件结转至2023年办理,其余16件按期答复。",
     ["requests_received=17", "requests_carried_out=1", "requests_disposed_total=16"]),
    ("收到申请17件,答复14件,3件尚在办理期限内。",
     ["requests_received=17", "requests_disposed_total=14", "requests_carried_out=3"]),
    ("收到申请5件,已按时答复。", ["requests_received=5", "requests_disposed_total=5"]),
    ("收到申请1件并按期答复。", ["requests_received=1", "requests_disposed_total=1"]),
    ("收到申请7件,答复、办结7件。", ["requests_received=7"]),
    ("收到申请3件,其中网络申请2件,已答复。", ["requests_received=3", "requests_received_online=2"]),
    ("收到申请16件,均已在15个工作日内答复。", ["requests_received=16", "requests_disposed_total=16"]),
    ("收到网络依申请公开申请12件、信函申请3件。", ["requests_received_online=12", "requests_received_letter=3"]),
    ("收到申请30件,其中商业企业5件、法律服务机构3件、其他2件。",
     ["requests_received=30", "requests_received/commercial_enterprise=5", "requests_received/legal_service_org=3",
      "requests_received/other_org=2"]),
    ("收到申请30件,其中信访类3件、不动产登记类8件;同意公开14件,信息不存在5件。",
     ["requests_received=30", "granted_full=14", "information_nonexistent=5"]),
    ("行政诉讼1件,尚未审结;行政复议2件,均予以维持。",
     ["litigation_cases=1", "litigation_cases/pending=1", "reconsideration_cases=2", "reconsideration_cases/upheld=2"]),
    ("行政复议11件、行政诉讼3件,复议维持9件、撤销2件,诉讼均胜诉。",
     ["reconsideration_cases=11", "litigation_cases=3", "reconsideration_cases/upheld=9",
      "reconsideration_cases/corrected=2", "litigation_cases/upheld=3"]),
    ("行政诉讼9起(未经复议直接起诉6起,其中驳回4起,尚未审结2起;复议后起诉3起均维持)。",
     ["litigation_cases=9", "litigation_cases/direct=6", "litigation_cases/dismissed/direct=4",
      "litigation_cases/pending/direct=2", "litigation_cases/after_reconsideration=3",
      "litigation_cases/upheld/after_reconsideration=3"]),
    ("行政诉讼5件(直接起诉3件,复议后起诉2件),维持4件,未审结1件。",
     ["litigation_cases=5", "litigation_cases/direct=3", "litigation_cases/after_reconsideration=2",
      "litigation_cases/upheld=4", "litigation_cases/pending=1"]),
    ("行政诉讼4件,其中未经复议直接起诉3件(尚未审结),复议后起诉1件(结果维持)。",
     ["litigation_cases=4", "litigation_cases/direct=3", "litigation_cases/pending/direct=3",
      "litigation_cases/after_reconsideration=1", "litigation_cases/upheld/after_reconsideration=1"]),
    ("行政复议2件、行政诉讼1件,其中1件复议被责令重新答复。",
     ["reconsideration_cases=2", "litigation_cases=1"]),
    ("制发规范性文件3件,主动公开2件,废止1件。",
     ["normative_documents_issued=3", "normative_documents_disclosed=2", "normative_documents_repealed=1"]),
    ("发出收费通知的件数0件、总金额0元,实际收取信息处理费总金额0元。", ["information_processing_fee_collected=0"]),
    ("收取信息处理费的情况:发出收费通知2件、总金额310元,实际收取总金额200元。",
     ["information_processing_fee_collected=200"]),
]  # fmt: skip
NOT_ALL = [
    ("没有超期办理的政府信息公开申请。", []),
    ("做到无遗漏受理政府信息公开申请。", []),
    ("没有发生逾期答复的政府信息公开申请。", []),
    ("对无正常理由逾期不补正的政府信息公开申请不再处理。", []),
    ("没有违规收费情况。", []),
    ("未收取超出标准的费用。", []),
    ("无被纠正的行政复议案件。", ["reconsideration_cases/corrected=0!"]),
    ("没有废止规范性文件。", ["normative_documents_repealed=0!"]),
    ("没有收取任何费用。", ["request_fees_collected=0!"]),
    ("没有收到政府信息公开申请。", ["requests_received=0!"]),
    ("没有收到任何单位和个人要求公开政府信息的申请。", ["requests_received=0!"]),
    ("无政府信息公开申请。", ["requests_received=0!"]),
]
OTHER_YEARS = [
    ("2021年收到政府信息公开申请8件,2022年收到12件。", ["requests_received=12"]),
    ("较2021年的8件增加4件,2022年共收到申请12件。", ["requests_received=12"]),
    ("与去年收到的8件申请相比,今年收到申请12件,增加4件。", ["requests_received=12"]),
    ("收到申请5件,比去年同期的8件减少3件,办结5件。", ["requests_received=5", "requests_completed=5"]),
    ("2008年以来累计主动公开信息10万条,2022年主动公开1.2万条。", ["proactive_items_disclosed=12000"]),
    ("全年举办政务公开培训3次,2023年将举办政务公开培训5次。", ["oi_trainings_held=3"]),
    ("计划2023年举办政务公开培训3次。", []),
    ("从2021年收到申请10件增加至15件。", []),
    ("主动公开信息由2021年的96条增加到154条,依申请公开由2件减少到0件。",
     ["proactive_items_disclosed=154", "requests_received=0"]),
    ("收到申请数量与上年相比增加3件,达到10件。", ["requests_received=10"]),
    ("网站浏览量由150万次增长到320万次。", ["website_visits=3200000"]),
    ("其中2件为2021年度收到、2022年办结。", []),
    ("网站公开信息1.02万条(2008年以来),其中2022年新增1137条。", ["disclosed_via_website=1137"]),
    ("公开信息52.6万条,仅2022年就公开6.8万条。", ["proactive_items_disclosed=68000"]),
    ("2022年上半年收到申请3件,下半年收到申请5件。", []),
    ("第一季度收到申请2件。", []),
    ("1-6月收到申请2件。", []),
    ("每年主动公开信息不少于300条。", []),
]  # fmt: skip
OTHER_SUBJECTS = [
    ("通过微信、微博、抖音等新媒体发布信息3369条。", []),
    ("通过电视、报纸等媒体发布信息87条。", []),
    ("快手号发布信息120条,在办事大厅公示墙公开信息30条。", []),
    ("县旅游网发布信息300条,互联网+监管系统公开信息120条。", []),
    ("通过政府网站、政府公报、新闻发布会等渠道公开信息870条。", ["proactive_items_disclosed=870"]),
    ("省局网站公开信息2103条;各市(州)局网站公开信息8967条。", ["disclosed_via_website=2103"]),
    ("政务服务网办件量12.6万件,其中网上申请8.9万件,窗口申请3.7万件。", []),
    ("受理行政许可申请63件,受理窗口12个。", []),
    ("公开行政许可事项办理结果586条。", []),
    ("线上收到申请28件,线下收到13件。", ["requests_received_online=28"]),
    ("县政府办公室制发公文189件,主动公开121件。", []),
    ("公开信息1823条,其中“决策公开”12条、“回应关切”24条。", ["proactive_items_disclosed=1823"]),
    ("收到行政复议申请1件(非信息公开类),行政诉讼1件,均与政府信息公开无关。", []),
    ("全县行政复议机构受理行政复议申请246件,维持60件。", []),
    ("受理行政复议92件,维持60件。涉及政府信息公开的行政复议案件3件。", ["reconsideration_cases=3"]),
    ("行政许可事项412项,查处行政处罚案件45件,办理行政许可1320件。", ["licensing_decisions=1320"]),
    ("接待群众咨询3000余人次,其中电话咨询2000人次。", []),
    ("收到申请9件,正在办理行政诉讼1件,行政许可信息公开12件。", ["requests_received=9"]),
    ("某企业不服行政处罚被起诉3件,被投诉5件。", []),
    ("收到政府信息公开申请3件;处理投诉12件,落实培训2次。", ["requests_received=3"]),
    ("县政府网站更新栏目5个。", []),
    ("在《临江日报》刊登政务信息85条。", []),
    ("全年共受理行政审批事项申请12300件,办结12280件。", []),
    ("共公开政府信息3500条,其中主动公开3468条,依申请公开32条。", ["proactive_items_disclosed=3468"]),
    ("收到人大建议43件、政协提案12件,均已办结。", []),
    ("收到网民留言50条,回复50条。", []),
    ("办理市长热线工单50件,按时办结50件。", []),
    ("收到12345热线投诉举报50件。", []),
    ("收到政府信息公开申请3件。12345热线受理工单50件,按时答复50件。", ["requests_received=3"]),
    ("收到政府信息公开申请3件。网民留言50条,均已答复。", ["requests_received=3"]),
    ("办理建议提案50件,全部按时办结。收到政府信息公开申请3件,全部按时办结。",
     ["requests_received=3", "requests_completed_on_time=3"]),
    ("县财政局收到申请3件,县公安局收到申请2件。", []),
    ("全县共收到申请20件,其中县本级5件,乡镇15件。", ["requests_received=20"]),
    ("各乡镇主动公开信息2500条,各部门主动公开信息3000条。", []),
    ("财政局公开预算信息25条,教育局公开招生信息30条。", []),
    ("通过政府网站发布政务动态信息350条。", []),
    ("组织消防安全培训2次,参训人员50人。", []),
    ("公开行政许可信息120条,行政处罚信息30条。", []),
    ("举办新闻发布会2次,回答记者提问15次。", ["press_conferences_held=2"]),
    ("全县行政复议立案35件,其中政府信息公开类3件。", []),
    ("主动公开信息5500条,人均50条。", ["proactive_items_disclosed=5500"]),
    ("向国家档案馆、图书馆移送政府信息500条。", []),
]  # fmt: skip
FAULTS = [
    # sentence, what it states; the reader loses part of it
    ("全年行政应诉案件20件,其中涉及政府信息公开2件。", ["litigation_cases=2"]),
]


def told(sentence: str) -> list[str]:
    """quantity=value of the claims with an indicator; ~ inexact, ! by negation. `/` parts a quantity from its outcome."""
    marks = {"exact": "", "approximate": "~", "at_least": ">"}
    return [
        f"{claim.quantity_id}={int(claim.value)}{marks[claim.qualifier]}{'!' * claim.by_negation}"
        for claim in read_prose(HEADING + sentence, 2022)
        if claim.indicator_id
    ]


@pytest.mark.parametrize(("sentence", "states"), STATED)
def test_a_sentence_states_its_figures(sentence: str, states: list[str]) -> None:
    assert told(sentence) == states


@pytest.mark.parametrize(("sentence", "states"), OTHER_YEARS)
def test_a_figure_of_another_period_is_not_the_years(sentence: str, states: list[str]) -> None:
    assert told(sentence) == states


@pytest.mark.parametrize(("sentence", "states"), OTHER_SUBJECTS)
def test_a_figure_of_another_subject_is_not_the_reports(sentence: str, states: list[str]) -> None:
    assert told(sentence) == states


@pytest.mark.parametrize(("sentence", "states"), FAULTS)
@pytest.mark.xfail(strict=True, reason="the reader loses a part told by a clause without its noun")
def test_what_the_reader_does_not_see_yet(sentence: str, states: list[str]) -> None:
    assert told(sentence) == states


BOTH = "四、因政府信息公开申请行政复议、提起行政诉讼的情况\n"
HEADED = [
    (BOTH + "全年共4件,维持3件,纠正1件。", []),
    (BOTH + "维持3件,纠正1件。行政诉讼案件2件。", ["litigation_cases=2"]),
    (BOTH + "（一）行政复议情况\n维持3件,纠正1件。", ["reconsideration_cases/upheld=3", "reconsideration_cases/corrected=1"]),
    (BOTH + "（二）行政诉讼情况\n维持3件,纠正1件。", ["litigation_cases/upheld=3", "litigation_cases/corrected=1"]),
    ("五、行政复议情况\n维持3件,纠正1件。", ["reconsideration_cases/upheld=3", "reconsideration_cases/corrected=1"]),
    ("（四）行政复议和诉讼情况。2022年,共受理有关政府信息公开行政复议案件5件,其\n中,维持4件,纠正1件。",
     ["reconsideration_cases=5", "reconsideration_cases/upheld=4", "reconsideration_cases/corrected=1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "states"), HEADED)
def test_an_outcome_is_of_the_kind_that_its_heading_names_alone(text: str, states: list[str]) -> None:
    assert told(text) == states


@pytest.mark.parametrize(("sentence", "states"), NOT_ALL)
def test_without_those_of_a_kind_there_may_be_others(sentence: str, states: list[str]) -> None:
    assert told(sentence) == states
