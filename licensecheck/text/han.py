"""Traditional Chinese characters folded into simplified ones, so that one set of phrases reads both.

The pairs are those whose simplified character stands in a rule, or in other words of law; a fact of the writing, as the
Unihan database has it (kSimplifiedVariant). Phrases for Japanese are folded as the texts are in which they are sought.
"""

from __future__ import annotations

from licensecheck.lazy import re

_TRADITIONAL = (
    "㕘㕥㠯㨿㪚㳒㴱㽞䛐並亞佈佔併來侷係俬俻個們偽備傚傳傷僅働僞價億償兒內冊冐別刪則剏剙剝創効動務勞勢勵匯區協卽厤參咊員問單噁"
    "噹嚇嚮嚴囌國圍圖團坿埰執報場塲壞妳婬學寀實審寫將專對導屬師帶幣庫廹廻張強彆彔彙後從復徵惡愽態應戰戶捲採揹搆損擁擇擊擔據擧"
    "擾敎數敺斷於旹昇時曆曏書會朞朮枱査條棄業極構標樣機檔檯權欵歐歡歴歷歸殘殺毀毬汙汚決沒洩淩測準滙滛滿漢澱灋灣為無營燬爭爲牠"
    "狀獨獲現環產産甦畱當療癮發皷監眎眡眾瞞確碼礎祕祘秊秖稅稱穢穫竝競筞箇範簡簽籤糰約納級終組結絡給經綫網綴綵線緣編練縣織繞繫"
    "續缐罵羅羣義習聞聯聲聽脃脅脇脩腦臉臺與舉舘茲華萬葠葯蓋蓡蔘薦藥蘇蘓處虛號螎衆衊術衕補裝製複褻襍襲覇覈規視訂計訊訓託記訟訪"
    "設許訴診註証詆詐評詞詢試誘語說説誹調請論諜諮諾謗講謠謡證識譭譯議護譽讀變讓讬谘負財貨販責買貸費貿資賠賣質賭購贈踰躍車軍軟"
    "載輛輭輸轄轉辠迴迻逥進遊運過達違遠適遶選還邊郵鄉醫釋銷錄録錶鍵門開間閤閱閲關陞陸隊隨險隱隻雙雜離雲電韆韓響頁項須預頒頟頭"
    "頻題額類顯風颱館餽餾饋駈駡駭騙騷驅體髮鬚麪麫麵麺點齣𠕂𠕅𢧐𧹒𪠽𫔭"
)
_SIMPLIFIED = (
    "参以以据散法深留词并亚布占并来局系私备个们伪备效传伤仅动伪价亿偿儿内册冒别删则创创剥创效动务劳势励汇区协即历参和员问单恶"
    "当吓向严苏国围图团附采执报场场坏你淫学采实审写将专对导属师带币库迫回张强别录汇后从复征恶博态应战户卷采背构损拥择击担据举"
    "扰教数驱断于时升时历向书会期术台查条弃业极构标样机档台权款欧欢历历归残杀毁球污污决没泄凌测准汇淫满汉淀法湾为无营毁争为它"
    "状独获现环产产苏留当疗瘾发鼓监视视众瞒确码础秘算年只税称秽获并竞策个范简签签团约纳级终组结络给经线网缀彩线缘编练县织绕系"
    "续线骂罗群义习闻联声听脆胁胁修脑脸台与举馆兹华万参药盖参参荐药苏苏处虚号融众蔑术同补装制复亵杂袭霸核规视订计讯训托记讼访"
    "设许诉诊注证诋诈评词询试诱语说说诽调请论谍咨诺谤讲谣谣证识毁译议护誉读变让托咨负财货贩责买贷费贸资赔卖质赌购赠逾跃车军软"
    "载辆软输辖转罪回移回进游运过达违远适绕选还边邮乡医释销录录表键门开间合阅阅关升陆队随险隐只双杂离云电千韩响页项须预颁额头"
    "频题额类显风台馆馈馏馈驱骂骇骗骚驱体发须面面面面点出再再战买当开"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_HAN = re.compile("[\u4e00-\u9fff]")


def fold_han(text: str) -> str:
    """The text, of the same length, with traditional characters as simplified ones."""
    return text if text.isascii() or not _HAN.search(text) else text.translate(_FOLD)
