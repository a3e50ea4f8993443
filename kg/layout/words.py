"""How much two characters that stand side by side tell about what a text is about.

COMMON holds the 400 pairs that occur in most articles of a sample of 640 Chinese business news;
sharing one of them says next to nothing. Every other pair weighs the more, the fewer paragraphs of the page have it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from kg.text import is_han

COMMON_WEIGHT = 0.1

_COMMON = """
亿元 企业 项目 发展 投资 产业 建设 今年 目前 市场 公司 生产 中国 技术 国家 经济 同时 增长 产品 实现
重点 全国 规模 业的 行业 已经 其中 通过 服务 推动 领域 成为 主要 超过 国内 方面 一步 创新 达到 表示
进行 完成 制造 资金 以来 加快 持续 国际 大的 集团 政策 第一 工业 以上 一个 工程 科技 万元 计划 显示
不断 进一 正在 质量 提升 有限 实施 推进 相关 的一 销售 我国 预计 战略 作为 最大 重要 地区 能源 合作
形成 未来 基础 中心 资源 能力 开发 以及 同比 提供 的重 全球 优势 支持 需求 限公 影响 去年 政府 数据
积极 设备 研发 投产 开工 成本 增加 总投 水平 重大 部分 价格 进入 竞争 一批 包括 管理 问题 工作 了解
业链 发布 开始 没有 打造 的产 由于 比增 材料 平台 的发 基地 提高 年的 认为 智能 研究 世界 业发 新能
可以 收入 北京 根据 产能 投入 信息 规划 部门 环境 展的 年以 情况 元的 突破 多家 人民 机构 加大 随着
截至 的新 全面 新的 左右 之一 供应 时间 正式 关键 业务 到了 消费 个月 升级 多个 这个 来的 上海 继续
目标 扩大 建成 基本 集中 利润 第二 对于 人士 经营 高质 采购 汽车 现在 分析 综合 场的 核心 品牌 的企
这些 设施 使用 开展 可能 方式 负责 布局 一家 也是 期间 量发 年来 落地 股份 协议 半年 介绍 提出 今天
的中 目的 我们 系统 大型 联合 当地 出现 促进 需要 城市 年底 上的 业集 具有 一年 就是 各地 实际 标准
体系 社会 资产 民币 成立 业内 培育 新兴 万吨 要求 近日 万亿 季度 应用 的市 签订 因此 高端 了一 造业
的是 他们 成了 建立 利用 分别 出口 董事 司的 家企 不仅 全部 设计 业园 这一 加速 数字 绿色 的主 累计
金额 因为 工厂 年产 改造 运营 完善 的大 中的 其他 将在 产值 模式 融资 保障 装备 一次 存在 上市 是一
出台 这是 获得 阶段 力度 传统 更多 等方 带来 业在 转型 系列 区的 配套 拥有 美元 签约 金融 集群 营业
此外 在中 指出 虽然 带动 内的 一定 先进 但是 产量 空间 解决 作用 大幅 产的 来自 用于 共同 保持 此次
为了 来看 的生 好的 按照 产线 月份 控制 多的 动力 日前 快速 明显 一些 为主 力的 电子 定的 有一 告诉
整个 数量 第三 区域 交易 启动 公里 优化 年前 合同 这样 接受 这家 方案 电力 总额 公告 有的 责人 的投
如果 人员 年度 改革 措施 代表 据显 签署 江苏 统计 确定 报告 长期 原因 整体 有关 前的 浙江 得到 每年
"""
COMMON = frozenset(_COMMON.split())

Pairs = frozenset[str]


def find_pairs(text: str) -> Pairs:
    """Pairs of neighbouring characters, without punctuation and digits."""
    return frozenset(a + b for a, b in pairwise(text) if a.isalpha() and b.isalpha())


def find_names(text: str) -> Pairs:
    """Three characters in a row without any common pair: pieces of names, which an article repeats."""
    return frozenset(
        a + b + c
        for a, b, c in zip(text, text[1:], text[2:], strict=False)
        if is_han(a) and is_han(b) and is_han(c) and a + b not in COMMON and b + c not in COMMON
    )


def make_weights(texts: Iterable[str]) -> dict[str, float]:
    """The weight of each pair that occurs in `texts`, the paragraphs of a page."""
    found = [find_pairs(text) for text in texts]
    counts = Counter(pair for pairs in found for pair in pairs)
    return {
        pair: COMMON_WEIGHT if pair in COMMON else math.log(1 + len(found) / count) for pair, count in counts.items()
    }


def weigh(pairs: Pairs, weights: dict[str, float]) -> float:
    return math.fsum(weights[pair] for pair in pairs)
