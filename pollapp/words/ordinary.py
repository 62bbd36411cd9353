"""Where published lists of offensive words do not fit a meeting: what they hold of plain speech, and insults they lack.

People meet to speak of violence, health and rights, in plain words. A facilitator who wants one of these masked puts it
on the list of the meeting.
"""

ORDINARY = {
    "ar": """
        شرج, لعق, لحس, بيضان, ثدي, حلمة, مبادل, جماع, قضيب, سحاق, اغتصاب, اغتصا, خنثي, احتلام, وسخ, علق, فحل, هايج, زان, سادي, سادى, شذوذ,
        متع, حمام, جنس, جوزي, مراتي, مراتى, مرات, ورا, شعر, مشعر, اركب, فرس, جاد, فاجر, محروم, واقف, شرقان, لبن, لبو, لبوت, افضي, دهولت,
        سلب, عايز, دكر, نتاية, نتايه, زنج, تعبان, اقعد, هيجان, بوكسر, كلوت, سنتيا, اندر, بتاع, مشتهي, نكته, بلكيشن, كيشن, سبيان, ليسبيان,
        بز, هربط, بنوتي, بنوتى, بيحك
    """,
    "en": """
        anal, anus, auto erotic, autoerotic, babeland, bareback, bastinado, big black, big breasts, big knockers, bondage, bs,
        butt, chocolate rosebuds, clitoris, date rape, daterape, deep throat, dingleberries, dingleberry, dog style,
        domination, dp action, ecchi, ejaculation, erotic, erotism, escort, eunuch, fecal, fingering, foot fetish, gay sex,
        genitals, girl on, girl on top, golden shower, grope, hard core, hardcore, hoe, homoerotic, hooker, hot chick,
        how to kill, how to murder, huge fat, incest, intercourse, jelly donut, juggs, leather restraint, lolita, lovemaking,
        make me come, mf, missionary position, mound of venus, mr hands, neonazi, nipple, nipples, nude, nudity, octopussy,
        orgasm, orgy, paedophile, panties, panty, pedophile, pegging, penis, phone sex, playboy, pleasure chest, poof,
        prince albert piercing, rape, raping, rapist, rectum, retard, sadism, santorum, scat, scissoring, semen, sex, sexo,
        sexy, shrimping, simp, skeet, snatch, snowballing, sodomy, spread legs, spunk, strip club, suck, sucks, sultry women,
        swastika, swinger, tainted love, taste my, testbad01, throating, tied up, tight white, tongue in a, topless, twinkie,
        undressing, vagina, venus mound, vibrator, violet wand
    """,
    "es": """
        asesinato, asno, chupada, concha, cono, coprofagía, drogas, esperma, fiesta de salchichas, haciendo el amor, heroína,
        infierno, maciza, mamada, martillo, nazi, negro, orina, pedo, pezón, pis, prostituta, racista, sádico, semen, sexo,
        sexo oral, tetas grandes, tía buena, travesti, trio, vulva
    """,
    "fr": """
        baiser, bander, bigornette, bitte, bosser, bourré, bourrée, cailler, chatte, clitoris, cul-de-sac, culs-de-sac, drague, folle, gerbe, gerber,
        grande folle, gueule, jouir, ménage à trois, meuf, negro, pédale, péter, pipi, ramoner, suce, tanche, teuf, trique, veuve
    """,
    "ru": """
        бардак, бугор, встать раком, голый, другой дразнится, играть на кожаной флейте, каждый дрочит как он хочет, какая разница,
        курите мою трубку, мент, на фиг, обнаженный, офигеть, половое сношение, секс, сиски, ты мне ваньку не валяй, фига, хапать,
        хер с ней, хер с ним, хрен
    """,
    "zh": """
        13., 13点, 三级片, 九游, 乳头, 乳房, 交配, 他奶奶, 他妈, 他娘, 你全家, 你妈, 你娘, 你是鸡, 你是鸭, 军妓, 刚度, 包皮, 十三点, 卖淫, 卵子, 双峰微颤, 口肯,
        叫床, 后庭, 吹箫, 外阴, 处女, 奶子, 她妈, 妈妈的, 妓女, 妓院, 娘的, 嫖娼, 嫖客, 密洞, 射精, 小肉粒, 小鸡鸡, 屁股, 巨乳, 干你, 强奸, 性交, 性器, 性无能, 性爱,
        情色, 成人, 扒光, 打飞机, 抽插, 招妓, 撒尿, 操比, 放荡, 日你, 月经, 激情, 玉杵, 祖宗, 私服, 精子, 老二, 老味, 老母, 肉壁, 肉棒, 肉缝, 肛交, 肥西, 色情, 花柳,
        想上你, 贝肉, 轮奸, 迷药, 野鸡, 阳具, 阳萎, 阴唇, 阴户, 阴核, 阴毛, 阴茎, 阴道, 阴部, 靠背, 靠腰, 鬼公, 鸡鸡, 龟头
    """,
}
"""Plain speech by the language of the meeting; English entries count in every meeting."""

MISSING = {
    "es": "cabrones, joder, pendeja, pendejo, puto",
    "fr": "bâtard, bâtarde",
    "ru": """
        блядский, бля, выблядок, долбоёб, еблан, заебал, заебали, заебать, мразь, мудак, нахуй, отъебись, пидор, пидорас, пизда, пиздец, сука,
        сучка, ублюдок, хуёвый, хуйня, шлюха
    """,
    "zh": "傻b, 混蛋",
}


def entries(listed: str) -> frozenset[str]:
    """Return the entries of a list as it is written here: between commas."""
    return frozenset(entry.strip() for entry in listed.split(",") if entry.strip())
