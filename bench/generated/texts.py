"""Names of the lengths that registered names have, product names and credit codes; all drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TOWNS = _words(
    """
    江西 南昌 九江 赣州 上饶 宜春 吉安 抚州 萍乡 新余 鹰潭 景德镇 高安 丰城 樟树 瑞金 德兴
    贵溪 共青城 井冈山 深圳 东莞 苏州 无锡 宁波 温州 台州 嘉兴 绍兴 金华 杭州 上海 北京 天津
    重庆 武汉 长沙 株洲 湘潭 合肥 芜湖 福州 厦门 泉州 宁德 龙岩 广州 佛山 惠州 中山 珠海
    成都 绵阳 西安 郑州 洛阳 济南 青岛 烟台 大连 沈阳 哈尔滨
    """
)
_MARKS = (
    "华新中天金宏鑫瑞恒德盛泰兴隆达通利丰源和美佳安康信诚力能光明星辰海洋江河山川松柏云龙凤飞鸿"
    "鹏宇宙科创智联合众汇聚方圆正大元亨贞吉祥福禄昌荣茂林森晶硅锂钨铜铝钢铁航博远扬志成功铭立升"
    "旭晨曦东南西北九州四维百千万"
)
_TRADES = _words(
    """
    科技 实业 电子 新材料 新能源 电子科技 电子材料 光电科技 精密制造 精密机械 机械设备
    智能装备 汽车零部件 铜业 铜箔 钨业 稀土 稀土永磁材料 锂业 锂电新能源 动力电池 电池材料
    半导体 半导体照明 微电子 集成电路 电路板 通信技术 信息技术 航空 航空零部件 通用航空
    生物医药 药业 中药饮片 医疗器械 陶瓷 建筑陶瓷 玻璃 水泥 建材 钢铁 特钢 化工 精细化工
    有机硅 氟化工 纺织 服装 针织服饰 羽绒 家具 实木家具 家居 食品 粮油 饮料 农业开发
    包装材料 物流 环保科技 再生资源 线缆 电缆 电机 变压器 磁性材料 模具 五金制品 塑胶制品
    光伏 光伏科技 储能技术
    """
)
_FORMS = ("有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "(集团)股份有限公司", "厂")
_FORM_SHARE = (0.72, 0.08, 0.1, 0.05, 0.01, 0.04)
_GRADES = _words(
    """
    高纯 电池级 工业级 电子级 超细 纳米 改性 高强度 耐高温 低膨胀 柔性 双面 多层 超薄 医用
    食品级 精制 特种 无铅 阻燃
    """
)
_GOODS = _words(
    """
    碳酸锂 氢氧化锂 磷酸铁锂 三元前驱体 电解液 隔膜 铜箔 铝箔 阴极铜 铜杆 铜管 钨粉
    硬质合金刀具 稀土永磁体 硅片 光伏玻璃 逆变器 覆铜板 印制电路板 LED芯片 摄像模组 触控屏
    连接器 电声器件 锂离子电芯 电池包 电机定子 减速器 航空锻件 碳纤维预浸料 有机硅单体
    硅橡胶 聚氨酯 钛白粉 水泥熟料 建筑陶瓷砖 卫生陶瓷 耐火砖 螺纹钢 弹簧扁钢 中成药颗粒
    原料药 输液器 注射器 羽绒服 针织衫 涤纶纱 实木床 办公家具 大米 脐橙汁 茶油 白酒 米粉
    变压器油箱 漆包线 电力电缆 磁钢 注塑件 冲压件 精密齿轮 轴承套圈 汽车座椅 制动盘 包装纸箱
    """
)
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])


def firm_names(rng: np.random.Generator, count: int) -> list[str]:
    """``count`` different registered names: town, mark of two to four characters, trade, legal form."""
    names: dict[str, None] = {}
    while len(names) < count:
        size = int((count - len(names)) * 1.05) + 16
        marks = [_MARKS[i] for i in rng.integers(0, len(_MARKS), 4 * size).tolist()]
        lengths = rng.choice([2, 3, 4], size, p=[0.6, 0.3, 0.1]).tolist()
        towns = pick(rng, _TOWNS, size)
        trades = pick(rng, _TRADES, size)
        forms = [_FORMS[i] for i in rng.choice(len(_FORMS), size, p=_FORM_SHARE).tolist()]
        for i, (town, long, trade, form) in enumerate(zip(towns, lengths, trades, forms, strict=True)):
            names[f"{town}{''.join(marks[4 * i : 4 * i + long])}{trade}{form}"] = None
    return list(names)[:count]


def short_name(name: str) -> str:
    """A registered name without its legal form."""
    for form in sorted(_FORMS, key=len, reverse=True):
        if name.endswith(form):
            return name.removesuffix(form)
    return name


def product_names(count: int) -> list[str]:
    """``count`` different product names; with a model number once grades and goods are used up."""
    plain = [f"{grade}{good}" for good in _GOODS for grade in _GRADES]
    return [
        plain[i % len(plain)] + (f" {i // len(plain)}型" if i >= len(plain) else "") for i in range(count)
    ]


def credit_codes(rng: np.random.Generator, count: int, first: int = 0) -> list[str]:
    """``count`` unified social credit codes (GB 32100) with right check characters.

    No code of the numbers from ``first`` on is one of other numbers.
    """
    digits = np.zeros((count, 18), dtype=np.int64)
    digits[:, 0:2] = (9, 1)
    digits[:, 2:4] = (3, 6)
    digits[:, 4:8] = rng.integers(0, 10, (count, 4))
    number = np.arange(first, first + count, dtype=np.int64) * 1_000_003 + rng.integers(0, 1_000_003, count)
    for place in range(16, 7, -1):
        digits[:, place] = number % 31
        number //= 31
    digits[:, 17] = (31 - (digits[:, :17] * _WEIGHTS).sum(axis=1) % 31) % 31
    letters = np.array(list(_CODE), dtype="U1")[digits]
    return [str(code) for code in np.ascontiguousarray(letters).view("U18").ravel()]


def wrong_check(code: str) -> str:
    """``code`` (or, without one, some code) with another check character."""
    code = code or "91360000000000000X"
    return code[:17] + _CODE[(_CODE.index(code[17]) + 1) % 31]


def days(rng: np.random.Generator, first: int, last: int, count: int) -> list[str]:
    """``count`` dates of the years ``first`` to ``last``, some of them of a month or a year alone."""
    years, months, dates = (
        rng.integers(*span, count).tolist() for span in ((first, last + 1), (1, 13), (1, 29))
    )
    precision = rng.choice([4, 7, 10], count, p=[0.2, 0.3, 0.5]).tolist()
    return [
        f"{year}-{month:02}-{day:02}"[:length]
        for year, month, day, length in zip(years, months, dates, precision, strict=True)
    ]


def pick(rng: np.random.Generator, words: Sequence[str], count: int) -> list[str]:
    """``count`` of ``words``, each as likely as the others."""
    return [words[i] for i in rng.integers(0, len(words), count).tolist()]
