"""How much of what is personal is covered by ``--mask``: made-up persons in many layouts of a contract.

    python benchmark/masking.py [--contracts 300] [--slips]

A place counts as covered when none of its letters and figures is left; what else is covered is counted too. The
persons are drawn with a fixed seed, the layouts are ours, written before the first run.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter

from contract_scan.mask import mask_text

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志鹏晓东海燕文博思雨子轩浩然欣怡梓涵"
COMPOUND = ["欧阳", "司马", "诸葛", "上官"]
MINORITY = ["买买提·艾力", "古丽娜尔·吐尔逊", "扎西多吉", "阿依古丽"]
PLACES = [
    "浙江省杭州市西湖区文一路18号3幢502室", "北京市朝阳区望京西园221号楼1806",
    "四川省成都市青羊区少城街道东城根街9号", "广东省深圳市南山区科技园南区W1栋A座",
    "河南省周口市太康县城关镇前王村4组", "上海市浦东新区张杨路500弄12号1201室",
]  # fmt: skip
BANKS = ["中国工商银行", "招商银行股份有限公司杭州分行", "农业银行太康县支行", "建设银行"]
#: {n} name, {m} another name, {i} identity number, {t} telephone, {a} account, {p} address, {e} mail, {b} bank
LAYOUTS = [
    "甲方（出借人）：{n}\n身份证号：{i}\n联系电话：{t}\n住址：{p}",
    "乙方（借款人）：{n}，身份证号码{i}，手机{t}",
    "借款人姓名：{n}    性别：男    证件号码：{i}",
    "出借人 {n}（身份证：{i}）",
    "| 姓名 | {n} | 证件号码 | {i} |\n| 手机号码 | {t} | 通讯地址 | {p} |",
    "本人{n}（身份证号：{i}）今向{m}（身份证号：{j}）借到人民币伍万元整。",
    "户名：{n}\n开户行：{b}\n账号：{a}",
    "收款账户：{b} {a}（{n}）",
    "还款账户户名：{n}，开户银行：{b}，卡号：{a}。",
    "紧急联系人：{n}，与借款人关系：夫妻，电话：{t}",
    "联系人一：{n} {t}；联系人二：{m} {u}",
    "保证人：{n}  住所：{p}  电话：{t}",
    "甲方（签字）：{n}\n乙方（签字）：{m}\n日期：2026年3月5日",
    "借款人（签名、按手印）：{n}",
    "电子邮箱：{e}",
    "通知送达：{n}，地址：{p}，邮编：310012，电话：{t}，邮箱：{e}",
    "乙方指定收款账户为：开户名 {n}，开户行 {b}，账号 {a}",
    "抵押人{n}将坐落于{p}的房产抵押给抵押权人{m}。",
    "借款人配偶：{n}（{i}）",
    "法定代表人：{n}   联系方式：{t}",
    "委托代理人：{n}，身份证号{i}",
    "微信号：{t}（{n}）",
    "转账至{n}尾号为6217的账户，账号{a}。",
    "户籍地址：{p}\n现居住地：{p}",
    "Name：{n}  ID No.：{i}  Tel：{t}",
    "共同借款人：{n}、{m}",
    "见证人：{n}　　电话：{t}",
]
PLAIN = [
    "第一条 借款金额为人民币100,000元（大写：壹拾万元整），期限12个月，自2026年3月5日起至2027年3月4日止。",
    "第二条 年利率12%，每月20日还息，到期还本。逾期的，按日万分之五计收罚息。",
    "第三条 合同编号：JK-2026-000318。甲方客服热线：400-888-6666，官网：www.example.com。",
    "第四条 争议由被告住所地人民法院管辖。本合同一式两份，双方各执一份。",
    "统一社会信用代码：91330106MA2XXXXX1K，监管投诉电话：12378。",
]


class People:
    """Draws made-up particulars with a fixed seed."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)

    def one_of(self, items: list[str]) -> str:
        """Any of them."""
        return self._draw.choice(items)

    def name(self) -> str:
        """Mostly two or three characters; some compound surnames and names of minorities."""
        kind = self._draw.random()
        if kind < 0.04:
            return self._draw.choice(MINORITY)
        surname = self._draw.choice(COMPOUND) if kind < 0.08 else self._draw.choice(SURNAMES)
        return surname + "".join(self._draw.sample(GIVEN, self._draw.choice([1, 2, 2, 2])))

    def identity(self) -> str:
        """Eighteen characters with the right check digit; some masked in part, spaced or old."""
        day = f"{self._draw.randint(1950, 2005)}{self._draw.randint(1, 12):02}{self._draw.randint(1, 28):02}"
        body = self._draw.choice(["330106", "110105", "411627", "510105"]) + day + f"{self._draw.randint(0, 999):03}"
        weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        whole = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
        if self._draw.random() < 0.1:
            return f"{whole[:6]} {whole[6:14]} {whole[14:]}"
        return whole[:6] + "********" + whole[14:] if self._draw.random() < 0.1 else whole

    def telephone(self) -> str:
        """Mobile numbers in several ways of writing, and land lines."""
        number = "1" + self._draw.choice("3589") + f"{self._draw.randint(0, 999999999):09}"
        grouped = (number[:3], number[3:7], number[7:])
        land = f"0571-{self._draw.randint(80000000, 89999999)}"
        return self._draw.choice([number, number, number, "-".join(grouped), " ".join(grouped), f"+86 {number}", land])

    def account(self) -> str:
        """Sixteen to nineteen figures, half of them in groups of four."""
        number = "62" + "".join(self._draw.choice("0123456789") for _ in range(self._draw.choice([14, 17])))
        return " ".join(re.findall(".{1,4}", number)) if self._draw.random() < 0.5 else number

    def mail(self) -> str:
        """An address of a made-up name at a made-up host."""
        return f"u{self._draw.randint(1000, 99999)}@mail{self._draw.randint(1, 9)}.com"


def contract(people: People) -> tuple[str, list[tuple[str, str, int]]]:
    """A text and its secrets as (kind, words, position)."""
    text, secrets = "借款合同\n", []
    draws = {
        "n": ("name", people.name), "m": ("name", people.name), "i": ("identity", people.identity),
        "j": ("identity", people.identity), "t": ("telephone", people.telephone), "u": ("telephone", people.telephone),
        "a": ("account", people.account), "e": ("mail", people.mail), "p": ("address", lambda: people.one_of(PLACES)),
    }  # fmt: skip
    for layout in [people.one_of(LAYOUTS) for _ in range(8)]:
        for piece in re.split(r"(\{\w\})", layout):
            key = piece.strip("{}")
            if piece.startswith("{") and key in draws:
                kind, draw = draws[key]
                secrets.append((kind, words := draw(), len(text)))
                text += words
            else:
                text += people.one_of(BANKS) if piece == "{b}" else piece
        text += "\n" + people.one_of(PLAIN) + "\n"
    return text, secrets


def main() -> int:
    """Print the share covered by kind, and the share of other characters covered too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contracts", type=int, default=300)
    parser.add_argument("--slips", action="store_true", help="list what was left uncovered, with the words around")
    arguments = parser.parse_args()
    people = People(20261127)
    covered, all_, beyond, plain = Counter[str](), Counter[str](), 0, 0
    for _ in range(arguments.contracts):
        text, secrets = contract(people)
        masked = mask_text(text)
        own = {at for _, words, start in secrets for at in range(start, start + len(words))}
        for kind, words, start in secrets:
            left = [
                c for c, was in zip(masked[start : start + len(words)], words, strict=True) if c == was and c.isalnum()
            ]
            all_[kind] += 1
            covered[kind] += not left
            if left and arguments.slips:
                around = text[max(0, start - 12) : start + len(words) + 4]
                print(f"left {kind}: {around!r} → {masked[start : start + len(words)]}")
        others = [at for at, c in enumerate(text) if at not in own and c.isalnum()]
        plain += len(others)
        beyond += sum(masked[at] != text[at] for at in others)
    for kind in sorted(all_):
        print(f"{kind:10s} {covered[kind]}/{all_[kind]} covered ({covered[kind] / all_[kind]:.1%})")
    print(f"all        {covered.total()}/{all_.total()} ({covered.total() / all_.total():.2%})")
    print(f"other characters covered too: {beyond}/{plain} ({beyond / plain:.2%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
