"""Words of trade and kind in firm names: what is common to many names and tells firms apart little."""

from __future__ import annotations

from functools import lru_cache

#: From the classes of GB/T 4754-2017 and the naming rules (企业名称登记管理规定: 行业或者经营特点).
WORDS = frozenset(
    """
    科技 技术 高科 高科技 信息 信息技术 网络 软件 数据 数码 数字 数科 数智 智能 智造 智慧 互联 互联网 云
    通信 通讯 通信技术 传媒 文化 传播 广告 影视 影业 出版 教育 体育 娱乐 游戏 旅游 酒店 餐饮 电子 电子科技
    光电 光学 光电子 微电子 半导体 集成电路 芯片 电路 线路板 元件 元器件 器件 显示 照明 电器 电气 电机 电缆
    线缆 电线 电源 电池 锂电 锂业 储能 能源 新能源 新能 清洁能源 电力 电网 水电 热电 风电 光伏 太阳能 氢能
    燃气 天然气 石油 石化 化工 化学 化纤 化肥 精细化工 农药 农化 涂料 油墨 塑料 橡胶 橡塑 塑胶 塑业 管业
    管材 高分子 材料 新材料 新材 超硬材料 复合材料 包装 包装材料 印刷 印务 纸业 造纸 纸品 玻璃 陶瓷 瓷业
    水泥 建材 建筑材料 建筑 建设 建工 路桥 工程 工程技术 工程机械 装饰 装备 装备制造 设备 机械 机电 机床
    机器人 机械设备 自动化 自控 仪器 仪表 仪器仪表 工具 刀具 五金 模具 精密 精工 精密机械 重工 重型 制造
    工业 工业设备 实业 产业 企业 集团 控股 投资 资产 资本 资源 发展 开发 管理 经营 服务 商务 商业 商贸 贸易
    进出口 国际 国际贸易 外贸 百货 超市 连锁 零售 物流 供应链 运输 航运 海运 港口 港务 航空 航天 机场 铁路
    轨道交通 轨道 高速 公路 交通 汽车 客车 汽配 零部件 汽车零部件 车业 轮胎 轴承 齿轮 阀门 泵业 船舶 造船
    钢铁 钢构 钢管 特钢 不锈钢 金属 有色金属 稀土 稀有金属 铜业 铜材 铝业 铝材 钨业 锌业 钛业 镁业 硅业 矿业
    矿山 煤业 煤炭 煤电 能化 黄金 金业 冶金 冶炼 铸造 锻造 再生 循环 环保 环境 环境科技 节能 生态 水务 水利
    园林 绿化 林业 木业 家具 家居 家纺 家电 厨电 卫浴 门业 纺织 纺织品 服装 服饰 印染 针织 丝绸 毛纺 皮革
    鞋业 箱包 食品 食品科技 饮料 乳业 酒业 啤酒 茶业 粮油 糖业 肉业 肉食 水产 渔业 牧业 畜牧 饲料 农业 农牧
    农业科技 种业 生物 生物科技 生物技术 生物医药 生物工程 医药 医药科技 制药 药业 药房 中药 医疗 医疗器械
    医疗科技 医院 健康 大健康 诊断 化妆品 日化 日用品 珠宝 首饰 钟表 眼镜 玩具 文具 用品 体育用品 工艺
    工艺品 置业 地产 房地产 物业 城市 城建 证券 银行 保险 信托 期货 金融 租赁 融资租赁 担保 基金 典当 咨询
    设计 设计院 研究 研究院 检测 检测技术 认证 勘察 勘测 监理 安全 安防 消防 防务 军工 印制 检验 系统
    系统工程 系统集成 平台 方案 解决方案 创新 创意 创业 综合 专用 特种 高新 新型 先进 股份 供水 污水 净化
    空调 制冷 冷链 热力 锅炉 压缩机 发动机 动力 传动 液压 气动 控制 测控 传感 传感器 激光 红外 声学 磁材
    磁业 磁电 永磁 碳素 石墨 合金 硬质合金 粉末 粉体 薄膜 膜业 纤维 玻纤 丝业 绳业 布业 棉业 麻业 羽绒 制品
    产品 产业园 商城 市场 大楼 商场 商厦 会展 互动 营销 品牌 人力资源 信息产业 电商 电子商务 跨境 快递 速递
    仓储 冷藏 停车 充电 装配 集成 模块 零件 配件 紧固件 铁合金 焊接 焊材 耐火材料 耐磨 保温 防水 门窗 幕墙
    石材 砂石 管桩 混凝土 预制 石英 光纤 光缆 天线 射频 微波 卫星 导航 雷达 测绘 地理信息 遥感 视讯 视听
    音响 音视频 安全技术
    """.split()  # noqa: SIM905
)
LONGEST = max(map(len, WORDS))


@lru_cache(maxsize=200_000)
def split(core: str) -> tuple[str, tuple[str, ...]]:
    """A core as (brand 字号, words of trade).

    The brand is what stands before the first place, two characters in or later, from where on all is words
    of trade; else before the first word of trade; else all of it. It is empty if all is words of trade.
    """
    words = segmented(core)
    if words is not None:
        return "", words
    for start in range(2, len(core) - 1):
        words = segmented(core[start:])
        if words is not None:
            return core[:start], words
    for start in range(2, len(core) - 1):
        for length in range(min(LONGEST, len(core) - start), 1, -1):
            if core[start : start + length] in WORDS:
                return core[:start], (core[start:],)
    return core, ()


@lru_cache(maxsize=200_000)
def segmented(text: str) -> tuple[str, ...] | None:
    """``text`` cut into words of trade (longest first, with stepping back), or ``None`` if that fails."""
    if not text:
        return ()
    for length in range(min(LONGEST, len(text)), 0, -1):
        if text[:length] in WORDS and (rest := segmented(text[length:])) is not None:
            return (text[:length], *rest)
    return None
