"""Single values: what is accepted, what it becomes, what is refused and with which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.ontology import load_ontology
from graph.values import (
    VALUE_TYPES,
    Bilingual,
    EnumValue,
    Property,
    ValueFault,
    clean_cell,
    flat_names,
    flatten_value,
    show_value,
)

ONTOLOGY = load_ontology()
COLOURS = (EnumValue(value="red", zh="红", en="Red"), EnumValue(value="dark_blue", zh="深蓝", en="dark blue"))


def prop(kind: str, **more: object) -> Property:
    return Property(name="p", type=kind, label=Bilingual(zh="属性", en="Property"), **more)  # type: ignore[arg-type]


def clean(kind: str, raw: str, **more: object) -> object:
    return clean_cell(prop(kind, **more), raw)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  江西\t铜业 \n二期 ", "江西 铜业\n二期"),
        ("text", "（１２３ＡＢｃ）", "（123ABc）"),
        ("name", "江西\u200b铜业\ufeff", "江西铜业"),
        ("name", "Cafe\u0301", "Café"),
        ("integer", "１,２３４", 1234),
        ("integer", "-3", -3),
        ("integer", "3.0", 3),
        ("float", "115.86", 115.86),
        ("float", "\u22120.5", -0.5),
        ("boolean", "是", True),
        ("boolean", "No", False),
        ("boolean", "０", False),
        ("place_code", "360100", "360100"),
        ("place_code", "３６０１２１", "360121"),
        ("place_code", "360121100", "360121100"),
        ("place_code", "us", "US"),
        ("stock_code", "600362", "600362.SH"),
        ("stock_code", "300750.sz", "300750.SZ"),
        ("stock_code", "SH600362", "600362.SH"),
        ("stock_code", "920367", "920367.BJ"),
        ("stock_code", "358.HK", "00358.HK"),
        ("stock_code", "NYSE:JKS", "JKS.NYSE"),
        ("gb4754", "C3985", "3985"),
        ("gb4754", "3985", "3985"),
        ("gb4754", "c", "C"),
        ("gb4754", "0111", "0111"),
        ("url", "https://www.jiangxi.gov.cn/a?b=1#c", "https://www.jiangxi.gov.cn/a?b=1#c"),
        ("url", "http://例子.中国/路", "http://例子.中国/路"),
        ("uscc", "9144030071526726xg", "9144030071526726XG"),
        ("uscc", "９１４４０３００７１５２６７２６ＸＧ", "9144030071526726XG"),
    ],
)
def test_accepted(kind: str, raw: str, value: object) -> None:
    assert clean(kind, raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("text", "a\x00b"),
        ("text", "a\x1bb"),
        ("text", "\ud800"),
        ("text", "\u202eexe.txt"),
        ("text", "乱码\ufffd"),
        ("text", "长" * 4001),
        ("text", "\u200b"),
        ("name", "上\n下"),
        ("name", "——"),
        ("name", "长" * 401),
        ("integer", "3.5"),
        ("integer", "12 34"),
        ("integer", "1,23"),
        ("integer", "9" * 40),
        ("float", "nan"),
        ("float", "inf"),
        ("float", "1e5"),
        ("float", "约3"),
        ("boolean", "也许"),
        ("place_code", "36010"),
        ("place_code", "990100"),
        ("place_code", "USA"),
        ("stock_code", "600362.SZ"),
        ("stock_code", "000001.SH"),
        ("stock_code", "830799"),
        ("stock_code", "12345"),
        ("stock_code", "600362.XX"),
        ("gb4754", "A3985"),
        ("gb4754", "9812"),
        ("gb4754", "39851"),
        ("url", "javascript:alert(1)"),
        ("url", "www.jiangxi.gov.cn"),
        ("url", "ftp://x.cn/"),
        ("url", "https://user:secret@x.cn/"),
        ("url", 'https://x.cn/"onclick'),
        ("url", "https://"),
        ("url", "https://[::1/"),
        ("uscc", "9144030071526726XA"),
        ("uscc", "9144030071526726"),
        ("uscc", "9144030071526726IG"),
    ],
)
def test_refused(kind: str, raw: str) -> None:
    with pytest.raises(ValueFault) as caught:
        clean(kind, raw)
    fault = caught.value
    assert fault.found == raw
    assert fault.expected_zh in fault.detail
    assert fault.expected_en in fault.detail
    assert fault.detail.isprintable()
    assert isinstance(fault, BadInput)


def gb32100(first: str) -> str:
    """The check character of GB 32100-2015: weights 3^i mod 31 over an alphabet without I, O, S, V, Z."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(char) * pow(3, i, 31) for i, char in enumerate(first))
    return alphabet[(31 - total % 31) % 31]


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(1, 30))
def test_uscc_tells_the_right_check_character(body: str, shift: int) -> None:
    first = "91360100" + body
    right = gb32100(first)
    assert clean("uscc", first + right) == first + right
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    wrong = alphabet[(alphabet.index(right) + shift) % 31]
    with pytest.raises(ValueFault, match=rf"末位应为 {right}"):
        clean("uscc", first + wrong)


@pytest.mark.parametrize("raw", ["red", "RED", "红", " Red "])
def test_enum_takes_word_and_labels(raw: str) -> None:
    assert clean("enum", raw, values=COLOURS) == "red"


def test_enum_names_the_choices() -> None:
    with pytest.raises(ValueFault) as caught:
        clean("enum", "绿", values=COLOURS)
    assert "深蓝" in caught.value.expected("zh")
    assert "dark_blue" in caught.value.expected("en")


STAGE = ONTOLOGY.entities["Project"].properties["status"]
STAGES = ("谋划", "洽谈", "签约", "开工", "建设", "投产", "达产", "终止", "暂停")


@pytest.mark.parametrize(
    ("raw", "means", "asks"),
    [
        ("在谈", "洽谈", None),
        ("在建", "建设", None),
        ("停工", "暂停", None),
        ("即将投产", None, None),  # not yet
        ("未开工", None, None),
        ("拟签约", None, None),
        ("竣工", None, None),  # produced or not, nobody knows
        ("停产", None, None),  # one sign of two in common with 投产
        ("签约、开工", None, None),  # which of the two
        ("本月签约", None, "签约"),
    ],
)
def test_a_word_of_an_office_is_not_read_but_told(raw: str, means: str | None, asks: str | None) -> None:
    with pytest.raises(ValueFault) as caught:
        clean_cell(STAGE, raw)
    told = caught.value.expected("zh")
    assert all(stage in told for stage in STAGES)
    assert told.startswith(f"「{means}」；") == (means is not None)
    assert told.endswith(f"；是否「{asks}」？") == (asks is not None)
    assert ("「" in told) == (means is not None or asks is not None)


def test_words_of_offices_are_told_in_every_list_once() -> None:
    classes = (*ONTOLOGY.entities.values(), *ONTOLOGY.relations.values())
    for cls in classes:
        for one in cls.properties.values():
            for option in one.values:
                for word in option.also:
                    with pytest.raises(ValueFault) as caught:
                        clean_cell(one, word)
                    assert caught.value.expected("zh").startswith(f"「{option.zh}」")
                    assert caught.value.expected("en").startswith(f"{option.value};")


def test_enum_is_shown_by_label() -> None:
    colour = prop("enum", values=COLOURS)
    assert show_value(colour, "dark_blue") == "深蓝"
    assert show_value(colour, "dark_blue", "en") == "dark blue"
    assert show_value(colour, "gone") == "gone"


def test_bounds() -> None:
    assert clean("float", "0", minimum=0.0, maximum=1.0) == 0.0
    for raw in ("-0.1", "1.1"):
        with pytest.raises(ValueFault, match="0–1"):
            clean("float", raw, minimum=0.0, maximum=1.0)


def test_cell_of_many() -> None:
    many = prop("stock_code", many=True)
    assert clean_cell(many, "600362 | 00358.HK｜600362.SH|") == ["600362.SH", "00358.HK"]
    assert flatten_value(many, ["600362.SH", "00358.HK"]) == {"p": ["600362.SH", "00358.HK"]}
    assert show_value(many, ["600362.SH", "00358.HK"]) == "600362.SH、00358.HK"
    assert flat_names(many) == ("p",)


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("磷酸铁锂、碳酸锂；电解铜;铜箔", ["磷酸铁锂", "碳酸锂", "电解铜", "铜箔"]),
        ("电子信息（照明、终端；其他）、新材料", ["电子信息（照明、终端；其他）", "新材料"]),
        ("“铜、铝”制品、[a;b]", ["“铜、铝”制品", "[a;b]"]),
        ("铅、锌精矿|铜", ["铅、锌精矿", "铜"]),
        ("铅、锌精矿|", ["铅、锌精矿"]),
        ("铜（阴极、铝", ["铜（阴极、铝"]),
        ("铜、、铜、 ", ["铜"]),
        ("铜,铝，锌", ["铜,铝，锌"]),
    ],
)
def test_names_in_a_cell_are_parted_by_the_marks_of_their_property(raw: str, values: list[str]) -> None:
    assert clean_cell(ONTOLOGY.entities["Firm"].properties["products"], raw) == values


def test_names_that_hold_such_marks_are_not_parted_at_them() -> None:
    aliases = ONTOLOGY.entities["Project"].properties["aliases"]
    assert clean_cell(aliases, "五、六期项目；扩建项目") == ["五、六期项目", "扩建项目"]
    sources = ONTOLOGY.common["sources"]
    assert clean_cell(sources, "甲、乙；丙") == ["甲、乙；丙"]


@pytest.mark.parametrize("many", [False, True])
def test_empty_is_unknown(many: bool) -> None:
    assert clean_cell(prop("text", many=many), " \u3000") is None
    assert flatten_value(prop("text", many=many), None) == {}
    assert show_value(prop("text", many=many), None) == ""
    with pytest.raises(ValueFault, match="必填"):
        clean_cell(prop("text", many=many, required=True), "")


def test_false_and_zero_are_known() -> None:
    assert flatten_value(prop("boolean"), False) == {"p": False}
    assert flatten_value(prop("integer"), 0) == {"p": 0}
    assert show_value(prop("boolean"), False) == "否"
    assert show_value(prop("boolean"), True, "en") == "yes"


@pytest.mark.parametrize("kind", sorted(VALUE_TYPES))
@given(raw=st.text(max_size=60))
def test_any_text_is_cleaned_or_refused(kind: str, raw: str) -> None:
    """No other error leaves a type; what it gives is stable and can be flattened and shown."""
    it = prop(kind, values=COLOURS if kind == "enum" else ())
    try:
        value = clean_cell(it, raw)
    except ValueFault:
        return
    if value is None:
        return
    assert clean_cell(it, show_value(it, value)) == value
    assert set(flatten_value(it, value)) <= set(flat_names(it))
    assert show_value(it, value, "en")
