"""How a loan is repaid (等额本息, 先息后本 …) and how days are counted (360 or 365 a year)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Span

_GAP = r"[^。；\n]{0,8}"
#: Repayment methods and their wordings; the first that matches at a position wins.
METHODS = (
    ("等额本息", r"等[额額]本息|等[额額]还本付息|等[额額]還本付息|本息(?:平均|等[额額])(?:攤還|摊还|偿还|法)|本息均攤|等[额額]分期还本付息"),
    ("等额本金", r"等[额額]本金|等[额額]还本|等本还款|本金(?:平均|等[额額])(?:攤還|摊还|偿还|法)"),
    ("等本等息", r"等本等息"),
    ("随借随还", r"随借随还|隨借隨還"),
    (
        "先息后本",
        rf"先息[后後]本|先(?:付|还)息[，、]?[后後]还本|(?:按[月季期日年]|每[月季期年]|分期|定期|每?\s?[0-9{HAN}]{{1,4}}\s?[天日])\s?"
        rf"(?:结息|付息|还息|支付利息|偿还利息|付利息)[0-9一]?次?{_GAP}(?:到期|期满|期末|届满|最后一期)[^。；，\n]{{0,6}}?(?:还本|偿还本金|归还本金|还清本金|返还本金|一次性还本)",
    ),
    (
        "一次性还本付息",
        rf"(?:到期|期满)?一次性?(?:还本付息|偿还本息|归还本息|还清本息|还付本息|付清本息)|(?:到期|期满)(?:一次)?(?:性)?"
        rf"(?:还本付息|偿还(?:全部)?本息|归还(?:全部)?本息|本息一次付清|还清本息)|一次性?(?:偿还|归还|清偿|还清)(?:全部)?(?:借款|贷款)?本金(?:和|及|与|、)(?:全部)?利息|利随本清|本息一次(?:性)?(?:付清|还清|结清|偿还)|到期一次还清",
    ),
)
_METHOD = re.compile("|".join(f"(?P<m{index}>{pattern})" for index, (_, pattern) in enumerate(METHODS)))
_LABEL = re.compile(r"[还還]款方式|偿还方式|还本付息方式|还款计划方式|[还還]款方法|还款形式")
_TICK_BEFORE = re.compile(r"(?P<on>[☑☒√✓✔■●◉]|[【\[（(]\s?[√✓✔xX]\s?[】\]）)])|(?P<off>[□○◯❏☐]|[【\[（(]\s{0,3}[】\]）)])")
#: Words before that only suppose or define a method.
_SUPPOSED = re.compile(r"(?:当|若|如|如果|选择|采用|采取|采|在)[^。；，\n]{0,16}$")
_MEANS = re.compile(r"[还還]?款?(?:法|方式)?(?:的)?[”\"』」]?(?:指|是指|即|计算公式|的?计算)|[还還]款?(?:方式)?(?:的|还款的)[，,]")
