"""Traditional script as copying mirrors print it, with or without pinyin glosses. Own small map, for the words used here."""

_PAIRS = (
    "专專个個为為举舉业業务務们們众眾会會传傳体體关關决決况況单單卫衛厅廳历歷发發县縣参參双雙变變号號听聽员員响響园園"
    "围圍国國图圖场場块塊备備复復头頭学學宁寧实實审審对對导導将將层層属屬岗崗岭嶺师師带帶库庫应應废廢开開张張强強归歸"
    "当當录錄径徑总總态態执執护護报報担擔据據换換数數无無时時显顯权權条條来來构構标標栏欄树樹样樣档檔检檢气氣汇匯没沒"
    "济濟测測浏瀏满滿热熱点點现現环環电電监監码碼确確离離种種积積称稱稳穩笔筆签簽简簡类類级級纠糾约約纳納线線组組细細"
    "经經结結给給络絡统統继繼续續维維综綜编編缴繳网網罚罰职職联聯舆輿节節获獲营營补補规規视視览覽订訂计計认認议議讯訊"
    "记記讲講许許论論设設访訪证證评評诉訴词詞试試话話询詢该該语語误誤说說请請读讀调調谁誰负負财財责責质質购購费費资資"
    "转轉较較输輸辑輯边邊过過运運还還这這进進违違连連适適选選邮郵释釋针針错錯门門问問间間闻聞阅閱阳陽队隊际際随隨隐隱"
    "难難须須项項预預领領题題额額风風驳駁验驗龙龍东東两兩严嚴与與丰豐临臨云雲产產兴興内內农農减減办辦动動区區华華处處"
    "够夠币幣广廣庆慶愿願户戶断斷术術机機桥橋沟溝湾灣状狀盘盤习習虽雖见見车車载載达達远遠镇鎮键鍵长長页頁颁頒万萬义義"
    "书書缓緩热熱协協价價纪紀级級闭閉绝絕训訓认認够夠贴貼讼訟织織红紅讨討识識写寫从從扫掃灾災账賬"
)
_TO_TRADITIONAL = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_GLOSSES = {
    "開": "kāi", "國": "guó", "報": "bào", "據": "jù", "簡": "jiǎn", "稱": "chēng", "關": "guān", "數": "shù", "統": "tǒng",
    "計": "jì", "為": "wéi", "網": "wǎng", "訊": "xùn", "對": "duì", "項": "xiàng", "發": "fā", "廢": "fèi", "現": "xiàn",
    "規": "guī", "處": "chǔ", "許": "xǔ", "罰": "fá", "強": "qiáng", "業": "yè", "請": "qǐng", "組": "zǔ", "織": "zhī",
    "構": "gòu", "務": "wù", "總": "zǒng", "結": "jié", "轉": "zhuǎn", "辦": "bàn", "區": "qū", "屬": "shǔ", "穩": "wěn",
    "護": "hù", "內": "nèi", "類": "lèi", "過": "guò", "執": "zhí", "無": "wú", "機": "jī", "沒": "méi", "補": "bǔ",
    "訪": "fǎng", "舉": "jǔ", "訴": "sù", "復": "fù", "應": "yīng", "繳": "jiǎo", "納": "nà", "維": "wéi", "糾": "jiū",
    "審": "shěn", "經": "jīng", "縣": "xiàn", "鎮": "zhèn", "單": "dān", "條": "tiáo", "員": "yuán", "會": "huì",
}  # fmt: skip


def to_traditional(text: str) -> str:
    """Character by character, as mirrors do it; words that need another character in context keep the simplified one."""
    return text.translate(_TO_TRADITIONAL)


def to_glossed(text: str) -> str:
    """Traditional script with the pronunciation of many characters in brackets behind them: 開(kāi)."""
    return "".join(f"{char}({_GLOSSES[char]})" if char in _GLOSSES else char for char in to_traditional(text))
